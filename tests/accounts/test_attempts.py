"""Attempts are counted for all workers together, and their table names nobody."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from allauth.core import context, ratelimit
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory

# Tries as fast as it can, as a worker of the server would, and prints how often it was allowed to.
WORKER = """
import django
django.setup()
from allauth.core import ratelimit
from django.test import RequestFactory
request = RequestFactory().post("/anmelden")
tries = [ratelimit.consume(request, action="request_login_code", key="xylander@example.org") for _ in range(6)]
print(sum(tries))
"""


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "BRUECKENSCHLAG_"))}
    return kept | {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "brueckenschlag.settings"}


def test_two_workers_count_together(tmp_path):
    python = [sys.executable]
    made = [*python, "-m", "brueckenschlag", "createcachetable"]
    subprocess.run(made, env=environment(tmp_path), check=True, capture_output=True)
    workers = [
        subprocess.Popen([*python, "-c", WORKER], env=environment(tmp_path), stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    allowed = [int(worker.communicate(timeout=60)[0]) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0]
    assert sum(allowed) == 3


@pytest.mark.django_db
def test_the_table_names_neither_addresses_nor_devices():
    cache.clear()
    request = RequestFactory(REMOTE_ADDR="203.0.113.7").post("/anmelden")
    with context.request_context(request):
        assert ratelimit.consume(request, action="request_login_code", key="xylander@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM brueckenschlag_attempts")
        rows = str(cursor.fetchall())
    assert rows != "[]"
    assert "203.0.113.7" not in rows
    assert "xylander" not in rows  # a name of letters that no hash is written with


@pytest.mark.django_db
def test_what_is_over_is_removed_at_night_and_the_rest_stays():
    cache.clear()
    cache.set("over", [1], timeout=600)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE brueckenschlag_attempts SET expires = %s", ["2026-01-01 00:00:00"])
    cache.set("counts", [1], timeout=600)
    call_command("remove_expired", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM brueckenschlag_attempts")
        assert cursor.fetchone() == (1,)
    assert cache.get("counts") == [1]
