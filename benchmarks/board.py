"""Measures the board of an adviser in this process: 500 clients with 5,000 measures; prints figures as JSON.

Run by hand: `.venv/bin/python benchmarks/board.py <empty folder> [assessments of each client]`. The targets are 12
statements, 150 ms of CPU and 15 kB, as for the pages of a large organisation.
"""

import json
import sys

from django.core.management import call_command
from django.test import Client
from organisation import fill, measured  # lies beside this file and sets Django up

from brueckenschlag.accounts.models import Organisation, Person
from brueckenschlag.accounts.operations import found_organisation, give_mandate
from brueckenschlag.assessments import editions
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import Actor
from brueckenschlag.management.publishing import publish_shipped

CLIENTS, MEASURES = 500, 5_000


def filled(each: int) -> tuple[Client, Organisation]:
    """An organisation that advises, `each` assessments of every client, and its owner's browser."""
    person = Person.objects.create(email="ada@example.org")
    by = Actor(person.pk)
    adviser = found_organisation("Kontaktstelle", "advice", by=by)
    for at in range(CLIENTS):
        kind = ("zo", "zo", "kmu")[at % 3]
        client = found_organisation(f"Verein {at:03}", kind, by=by)
        give_mandate(client, adviser, may_write=at % 2 == 0, by=by)
        for nth in range(each):
            assessment, _ = begin_assessment(editions.current(kind), organisation=client, by=by)
            fill(assessment, at + nth, measures=MEASURES // CLIENTS // each)
    browser = Client(headers={"host": "localhost"})
    browser.force_login(person)
    return browser, adviser


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    list(publish_shipped())
    browser, adviser = filled(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    pages = ("", "?zeigen=faellig", "?sortierung=name&seite=9")
    figures = {page or "board": measured(browser, f"/organisation/{adviser.pk}/klienten{page}") for page in pages}
    json.dump(figures, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
