"""`demo`: fills an empty database with believable examples and prints their personal links."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from ...accounts.keys import grouped, reader_key
from ...accounts.models import Area, Organisation, Person
from ...accounts.operations import (
    add_areas,
    add_member,
    found_organisation,
    give_mandate,
    join_person,
    set_staff,
)
from ...accounts.sign_in_links import LONGEST, new_token
from ...assessments import editions
from ...assessments.models import Assessment
from ...assessments.operations import begin_assessment, mark_running, rate_checkpoint, take_over
from ...audit.actors import GUEST, Actor
from ...instruments import markup
from ...instruments.model import Instrument
from ...plans.operations import add_measure
from ...plans.rules import Content, preset_priority
from ..examples import (
    ADVICE,
    ADVISER,
    ASSOCIATION,
    EDITOR,
    GUESTS,
    MANAGER,
    OWNER,
    PEOPLE,
    READER,
    STAFF,
    Example,
    Row,
)
from ..publishing import publish_shipped, root_address

FILE = "demo-keys.txt"


class Command(BaseCommand):
    """Example data for a look around."""

    help = "Füllt eine leere Datenbank mit Beispielen"

    def handle(self, *args: Any, **options: Any) -> None:
        """Fills once; a second call shows the links again."""
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        list(publish_shipped())
        file = settings.DATA_DIR / FILE
        if not Assessment.objects.exists():
            keys = [f"{_fill(example, by=GUEST)} {example.name}" for example in GUESTS]
            file.write_text("\n".join(keys), encoding="utf-8")
            file.chmod(0o600)
            _settle(Assessment.objects.get(name=GUESTS[0].name))
        if not file.exists():
            self.stdout.write("In dieser Datenbank sind schon andere Daten; Beispiele kommen nicht dazu.")
            return
        for line in file.read_text(encoding="utf-8").splitlines():
            key, _, name = line.partition(" ")
            self.stdout.write(f"{name}\n  bearbeiten: {root_address()}/weiter/{grouped(key)}")
            self.stdout.write(f"  nur lesen:  {root_address()}/lesen/{grouped(reader_key(key))}")
        self.stdout.write(
            "\nMenschen mit Konto (jeder Link gilt einmal, drei Tage lang; neue gibt es beim nächsten Aufruf):"
        )
        for one in PEOPLE:
            person = Person.objects.filter(email=one.address).first()
            if person:
                self.stdout.write(f"{one.name}, {one.part}\n  {root_address()}/einlass/{new_token(person, LONGEST)}")


def _settle(assessment: Assessment) -> None:
    """Gives the people of the examples their accounts, organisations and parts."""
    accounts = {one: join_person(one.address, language=settings.LANGUAGE_CODE, name=one.name) for one in PEOPLE}
    owner, manager = Actor(accounts[OWNER].pk), Actor(accounts[MANAGER].pk)
    verein = found_organisation(assessment.name, "zo", by=owner)
    take_over([assessment], verein, by=owner, keep_links=True)
    add_member(verein, accounts[EDITOR], "editor", by=owner)
    add_member(verein, accounts[READER], "reader", by=owner)
    association = _associate(manager)
    advice = found_organisation(ADVICE, "advice", by=Actor(accounts[ADVISER].pk))
    give_mandate(verein, advice, may_write=True, by=owner)
    give_mandate(association, advice, may_write=False, by=manager)
    set_staff(accounts[STAFF], True, by=GUEST)


def _associate(manager: Actor) -> Organisation:
    """The organisation with areas, each with what it has filled in."""
    organisation = found_organisation(ASSOCIATION.name, "zo", by=manager)
    areas = {area.name: area for area in add_areas(organisation, list(ASSOCIATION.areas), by=manager)}
    for upper, names in ASSOCIATION.areas.items():
        areas |= {area.name: area for area in add_areas(organisation, names, parent=areas[upper], by=manager)}
    for example in ASSOCIATION.examples:
        _fill(example, organisation, areas[example.name], by=manager)
    return organisation


def _fill(example: Example, organisation: Organisation | None = None, area: Area | None = None, *, by: Actor) -> str:
    """Fills one assessment by the operations that people's pages call; returns the owner's key."""
    edition = editions.current(example.slug)
    assert edition is not None  # published above  # noqa: S101
    instrument = editions.original(edition.hash)
    assessment, key = begin_assessment(edition, example.name, organisation=organisation, area=area, by=by)
    for checkpoint, (level, note) in example.ratings.items():
        rate_checkpoint(assessment, checkpoint, level, note, version=0, by=by)
    mark_running(assessment, add=example.running, remove=[], by=by)
    for row in example.rows:
        _add(assessment, instrument, example, row, by)
    return key


def _add(assessment: Assessment, instrument: Instrument, example: Example, row: Row, by: Actor) -> None:
    """One measure, from a suggestion or in own words."""
    named, _, words = row.what.partition(": ")
    suggestion, checkpoint = ("" if words else named), named.partition(".")[0]
    level, _note = example.ratings[checkpoint]
    content = Content(
        checkpoint=checkpoint,
        text=words or markup.unmarked(instrument.suggestion_by_key[suggestion].text),
        priority=preset_priority(instrument.level_by_key[level]),
        responsible=row.who,
        start=_day(row.start),
        review=_day(row.review),
        status=row.status,
    )
    add_measure(assessment, content, id=uuid.uuid4(), suggestion=suggestion, by=by)


def _day(offset: int) -> date:
    return timezone.localdate() + timedelta(days=offset)
