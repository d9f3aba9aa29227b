"""`demo`: fills an empty database with believable examples and prints their personal links."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from ...accounts.keys import grouped, reader_key
from ...accounts.models import Person
from ...accounts.operations import add_member, found_organisation, join_person, set_staff
from ...accounts.sign_in_links import LONGEST, new_token
from ...assessments import editions
from ...assessments.models import Assessment
from ...assessments.operations import begin_assessment, mark_running, rate_checkpoint, take_over
from ...audit.actors import GUEST, Actor
from ...instruments import markup
from ...instruments.model import Instrument
from ...plans.operations import add_measure
from ...plans.rules import Content, preset_priority
from ..publishing import publish_shipped, root_address

FILE = "demo-keys.txt"


@dataclass(frozen=True)
class Row:
    """A measure: a suggestion's key or `checkpoint: own words`; who; start and review in days from today; status."""

    what: str
    who: str
    start: int
    review: int
    status: str = "open"


@dataclass(frozen=True)
class Example:
    """An organisation with its ratings (checkpoint: level and note), marks and measures."""

    name: str
    ratings: dict[str, tuple[str, str]]
    running: tuple[str, ...] = ()
    rows: tuple[Row, ...] = field(default=())
    slug: str = "zo"


EXAMPLES = (
    Example(
        "Nachbarschaftshilfe Lindental e. V.",
        {
            "nutzen": ("gut", "Im Vorstand im September besprochen, steht im Protokoll."),
            "moeglichkeiten": ("bedarf", "Was wir bieten können, haben wir nie aufgeschrieben."),
            "planen": ("dringend", "Kein Plan. Anfragen beantwortet, wer gerade da ist."),
            "denkwelten": ("gut", ""),
            "kontakte": ("bedarf", "Die Schreinerei Holm fragt seit Jahren, ob sie helfen kann."),
            "vereinbarungen": ("bedarf", ""),
            "organisation": ("gut", ""),
        },
        ("nutzen.mitstreitende", "nutzen.helfende", "denkwelten.vertrauen", "organisation.zustaendig"),
        (
            Row("planen.kriterien", "Ayla Kern", 14, 75),
            Row("planen.abbruch", "Vorstand", 14, 75),
            Row("planen.mitglieder", "Bernd Oster", -20, 30, "started"),
            Row("moeglichkeiten.ausbildung", "Ruth Sand", 40, 130),
            Row("kontakte.aktionstage", "Ayla Kern", 60, 160),
            Row("vereinbarungen: Vorlage für eine Vereinbarung auf einer Seite schreiben", "Jo Brandt", 7, 45),
            Row("kontakte: Schreinerei Holm anrufen und Termin ausmachen", "Ruth Sand", -30, -3, "done"),
        ),
    ),
    Example(
        "Sportgemeinschaft Ostufer, Abteilung Jugend",
        {
            "nutzen": ("bedarf", ""),
            "moeglichkeiten": ("gut", "Trikots und Fahrten sind gesichert."),
            "planen": ("bedarf", ""),
            "kontakte": ("dringend", "Alles hängt an einer einzigen Person."),
        },
        ("moeglichkeiten.geld",),
        (
            Row("kontakte.personen", "Trainerteam", 5, 60),
            Row("nutzen: Nutzen im Jugendausschuss besprechen", "", 20, 20),
        ),
    ),
    Example("Stiftung Alter Hafen, Bereich Bildung", {"nutzen": ("gut", "")}),
    Example(
        "Schreinerei Holm",
        {
            "nutzen": ("gut", "Zwei Lehrlinge kamen über die Jugendfeuerwehr."),
            "kontakte": ("bedarf", "Die Nachbarschaftshilfe kennt uns, wir kennen sie kaum."),
            "organisation": ("dringend", "Wenn jemand fehlt, weiß keiner, wer einspringt."),
        },
        ("kontakte.ansprechperson",),
        (
            Row("kontakte.profil", "Mara Holm", 10, 60),
            Row("kontakte.aktionstag", "Werkstatt", 40, 120),
        ),
        slug="kmu",
    ),
)


@dataclass(frozen=True)
class Somebody:
    """A person of the examples: what they show, their address and name."""

    part: str
    address: str
    name: str


OWNER = Somebody("verantwortlich in der Nachbarschaftshilfe", "ayla.kern@lindental.example", "Ayla Kern")
EDITOR = Somebody("bearbeitet dort mit", "bernd.oster@lindental.example", "Bernd Oster")
READER = Somebody("liest dort nur", "ruth.sand@lindental.example", "Ruth Sand")
ADVISER = Somebody("berät andere Organisationen", "jo.brandt@agentur.example", "Jo Brandt")
STAFF = Somebody("betreibt die Seite", "betrieb@praxishilfe.example", "Kim Vogt")
PEOPLE = (OWNER, EDITOR, READER, ADVISER, STAFF)


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
            keys = [f"{_fill(example)} {example.name}" for example in EXAMPLES]
            file.write_text("\n".join(keys), encoding="utf-8")
            file.chmod(0o600)
            _settle(Assessment.objects.get(name=EXAMPLES[0].name))
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
    """Gives the people of the examples their accounts, and the first example its organisation."""
    accounts = {one: join_person(one.address, language=settings.LANGUAGE_CODE, name=one.name) for one in PEOPLE}
    by = Actor(accounts[OWNER].pk)
    organisation = found_organisation(assessment.name, "zo", by=by)
    take_over([assessment], organisation, by=by, keep_links=True)
    add_member(organisation, accounts[EDITOR], "editor", by=by)
    add_member(organisation, accounts[READER], "reader", by=by)
    found_organisation("Freiwilligenagentur Mittelstadt", "advice", by=Actor(accounts[ADVISER].pk))
    set_staff(accounts[STAFF], True, by=GUEST)


def _fill(example: Example) -> str:
    """Fills one assessment by the operations that people's pages call; returns the owner's key."""
    edition = editions.current(example.slug)
    assert edition is not None  # published above  # noqa: S101
    instrument = editions.original(edition.hash)
    assessment, key = begin_assessment(edition, example.name, by=GUEST)
    for checkpoint, (level, note) in example.ratings.items():
        rate_checkpoint(assessment, checkpoint, level, note, version=0, by=GUEST)
    mark_running(assessment, add=example.running, remove=[], by=GUEST)
    for row in example.rows:
        _add(assessment, instrument, example, row)
    return key


def _add(assessment: Assessment, instrument: Instrument, example: Example, row: Row) -> None:
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
    add_measure(assessment, content, id=uuid.uuid4(), suggestion=suggestion, by=GUEST)


def _day(offset: int) -> date:
    return timezone.localdate() + timedelta(days=offset)
