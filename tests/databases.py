"""The database that the tests run on: SQLite, or the private PostgreSQL that tools/postgresql.py has started."""

import os
import uuid

import psycopg

# The only name that the tests look at: no database of somebody's own may get into them by accident.
PRIVATE = os.environ.get("PRIVATE_DATABASE_URL", "")


def fresh_database() -> dict[str, str]:
    """The environment of a program that is to begin with an empty database; on SQLite its data folder holds it."""
    if not PRIVATE:
        return {"DATABASE_URL": ""}
    name = f"fresh_{uuid.uuid4().hex}"
    with psycopg.connect(PRIVATE, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return {"DATABASE_URL": PRIVATE.replace("/postgres?", f"/{name}?")}
