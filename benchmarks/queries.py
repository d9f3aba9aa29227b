"""Counts the SQL statements of each page in this process, beside BEGIN and COMMIT; prints them as JSON."""

import json
import os
import re
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "brueckenschlag.settings"
os.environ["DATA_DIR"] = sys.argv[1]

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from brueckenschlag.accounts.keys import grouped
from brueckenschlag.assessments import editions
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.assessments.rules import note_sign
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.management.publishing import publish_shipped

FRAME = re.compile("BEGIN|COMMIT|SAVEPOINT|RELEASE|PRAGMA")


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    list(publish_shipped())
    assessment, key = begin_assessment(editions.current("zo"), "Messung e. V.", by=GUEST)
    client = Client(headers={"host": "localhost"})
    client.get(f"/weiter/{grouped(key)}")
    root = f"/praxishilfe/{assessment.id}/"
    first = {"level": "gut", "version": 0, "planned": "planen.kriterien", "running": "planen.themen"}
    client.post(f"{root}checkpunkt/planen", first)
    steps = {
        "GET checkpoint": lambda: client.get(f"{root}checkpunkt/planen"),
        "GET overview": lambda: client.get(f"{root}ueberblick"),
        "GET plan": lambda: client.get(f"{root}plan"),
        "POST rating": lambda: client.post(
            f"{root}checkpunkt/planen", {"level": "bedarf", "was_level": "gut", "was_note": note_sign("")}
        ),
    }
    counted = {}
    for name, step in steps.items():
        with CaptureQueriesContext(connection) as queries:
            step()
        counted[name] = sum(not FRAME.match(query["sql"]) for query in queries)
    json.dump(counted, sys.stdout)


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(exist_ok=True)
    main()
