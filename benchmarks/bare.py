"""The floor: a bare WSGI application that makes the same kinds of SQLite access, without any framework."""

import os
import sqlite3
import threading

DATABASE = os.path.join(os.environ["DATA_DIR"], "brueckenschlag.sqlite3")
PRAGMAS = "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "mmap_size=134217728", "cache_size=-8000"
READS = (
    "SELECT * FROM brueckenschlag_assessment WHERE id = ?",
    "SELECT * FROM brueckenschlag_rating WHERE assessment_id = ?",
    "SELECT suggestion FROM brueckenschlag_mark WHERE assessment_id = ? AND suggestion LIKE 'planen.%'",
    "SELECT suggestion FROM brueckenschlag_measure WHERE assessment_id = ? AND checkpoint = 'planen'",
)
PAGE = ("<!doctype html><title>x</title>" + "<p>Ein Absatz, wie er auf einer Seite steht.</p>" * 300).encode()
_own = threading.local()


def connection() -> sqlite3.Connection:
    """One for each thread, opened at its first request."""
    if not hasattr(_own, "connection"):
        _own.connection = sqlite3.connect(DATABASE, isolation_level=None)
        for pragma in PRAGMAS:
            _own.connection.execute(f"PRAGMA {pragma}")
    return _own.connection


def application(environ, start_response):
    """GET reads four times and answers with a page, POST writes one rating in a transaction."""
    id = environ["QUERY_STRING"]
    database = connection()
    if environ["REQUEST_METHOD"] == "GET":
        for read in READS:
            database.execute(read, (id,)).fetchall()
        body = PAGE
    else:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        database.execute(READS[0], (id,)).fetchall()
        database.execute("BEGIN IMMEDIATE")
        database.execute(READS[1], (id,)).fetchall()
        database.execute(
            "UPDATE brueckenschlag_rating SET version = version + 1 WHERE assessment_id = ? AND checkpoint = 'nutzen'",
            (id,),
        )
        database.execute("COMMIT")
        body = b"ok"
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
    return [body]
