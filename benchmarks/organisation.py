"""Measures the pages of a large organisation in this process: 60 areas, 5,000 measures; prints them as JSON.

Run by hand: `.venv/bin/python benchmarks/organisation.py <empty folder>`. CPU time is that of rendering a page, without
the server around it; the targets are 12 statements, 150 ms of CPU and 15 kB.
"""

import gzip
import json
import os
import re
import statistics
import sys
import time
from datetime import timedelta
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "brueckenschlag.settings"
os.environ["DATA_DIR"] = sys.argv[1]
Path(sys.argv[1]).mkdir(exist_ok=True)

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brueckenschlag.accounts.models import Organisation, Person
from brueckenschlag.accounts.operations import add_areas, found_organisation
from brueckenschlag.assessments import editions
from brueckenschlag.assessments.models import Assessment, Rating
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import Actor
from brueckenschlag.management.publishing import publish_shipped
from brueckenschlag.plans.models import Measure

FRAME = re.compile("BEGIN|COMMIT|SAVEPOINT|RELEASE|PRAGMA")
TIMES = 25
MEASURES = 83


def filled() -> tuple[Client, Organisation]:
    """An organisation of 6 areas with 9 below each, and its owner's browser."""
    person = Person.objects.create(email="ada@example.org", name="Person 3")
    by = Actor(person.pk)
    organisation = found_organisation("Kreisverband", "zo", by=by)
    areas = add_areas(organisation, [f"Bereich {number}" for number in range(6)], by=by)
    for top in tuple(areas):
        areas += add_areas(organisation, [f"Teil {number}" for number in range(9)], parent=top, by=by)
    edition = editions.current("zo")
    for at, area in enumerate(areas):
        assessment, _ = begin_assessment(edition, organisation=organisation, area=area, by=by)
        fill(assessment, at)
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return client, organisation


def fill(assessment: Assessment, at: int, measures: int = MEASURES) -> None:
    """Rates every checkpoint and plans so many measures, some due, some done; `at` makes each different."""
    instrument = editions.original(assessment.edition_id)
    points, levels = instrument.checkpoints, instrument.levels
    Rating.objects.bulk_create(
        Rating(assessment=assessment, checkpoint=point.key, level=levels[(at + number * at) % len(levels)].key)
        for number, point in enumerate(points)
    )
    Measure.objects.bulk_create(
        Measure(
            assessment=assessment,
            checkpoint=points[number % len(points)].key,
            text=f"Maßnahme {number} im Bereich {at}",
            priority=("high", "medium", "low")[number % 3],
            responsible=f"Person {number % 60}",
            review=timezone.localdate() + timedelta(days=number * 7 % 400 - 200),
            status=("open", "started", "done")[number % 3],
            position=number + 1,
        )
        for number in range(measures)
    )


def measured(client: Client, path: str) -> dict[str, float]:
    """Statements beside BEGIN and COMMIT, median of CPU milliseconds, bytes as they travel."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    statements = sum(not FRAME.match(query["sql"]) for query in queries)
    assert answer.status_code == 200, path
    taken = []
    for _ in range(TIMES):
        began = time.process_time()
        client.get(path)
        taken.append((time.process_time() - began) * 1000)
    return {
        "statements": statements,
        "CPU ms": round(statistics.median(taken), 1),
        "bytes": len(gzip.compress(answer.content, 3)),
    }


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    list(publish_shipped())
    client, organisation = filled()
    area = organisation.areas.filter(parent=None).first()
    pages = ("", "plan", "plan?sortierung=bereich", f"plan?bereich={area.pk}&stand=faellig", "einstellungen")
    figures = {page or "overview": measured(client, f"/organisation/{organisation.pk}/{page}") for page in pages}
    json.dump(figures, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
