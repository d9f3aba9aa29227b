"""The log for people: its ids turned into names, so many queries for a page of it as for one entry."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from ..accounts.models import Area, Mandate, Organisation, Person
from ..assessments.models import Assessment
from ..audit.models import LogEntry
from ..plans.models import Measure
from .log_words import WORDS
from .paths import instrument_of

# Nobody without an account can act on an organisation or on people: that is the program, as every night.
OF_THE_PROGRAM = ("organisation.", "member.", "invitation.", "person.", "operator.", "mail.", "terms.")


@dataclass(frozen=True)
class Line:
    """One entry in words. `href` leads to the assessment, "" where it is gone; `about` is "" where nothing is known."""

    at: datetime
    who: str
    what: str
    about: str
    assessment: str
    href: str


@dataclass(frozen=True)
class Known:
    """What the ids in some entries stand for; what has been erased is missing."""

    people: dict[UUID, str]
    advisers: dict[UUID, str]
    assessments: dict[UUID, Assessment] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)
    organisations: dict[UUID, str] = field(default_factory=dict)

    def who(self, entry: LogEntry) -> str:
        """Who acted, as all may read it."""
        if entry.mandate:
            return self.adviser(entry.mandate)
        if entry.person:
            return self.person(entry.person)
        is_about_all = entry.verb.startswith(OF_THE_PROGRAM)
        return gettext("das Programm") if is_about_all else gettext("über den persönlichen Link")

    def person(self, id: UUID) -> str:
        """The person's name as long as they have an account."""
        return self.people.get(id) or gettext("ehemals beteiligt")

    def adviser(self, mandate: UUID) -> str:
        """The adviser's organisation."""
        name = self.advisers.get(mandate)
        if name is None:
            return gettext("Beratung, ehemals beteiligt")
        return gettext("Beratung %(name)s") % {"name": name}

    def about(self, entry: LogEntry) -> str:
        """What the entry's target is called today."""
        if entry.verb == "mail.failed":
            return entry.target
        if entry.verb.startswith(("member.", "person.")):
            is_other = entry.target and entry.target != str(entry.person)
            return (self.things.get(entry.target) or gettext("ehemals beteiligt")) if is_other else ""
        return self.things.get(entry.target) or self._checkpoint(entry)

    def _checkpoint(self, entry: LogEntry) -> str:
        assessment = self.assessments.get(entry.assessment) if entry.assessment else None
        if assessment is None or not entry.target:
            return ""
        point = instrument_of(assessment).checkpoint_by_key.get(entry.target.partition(".")[0])
        return str(point.title) if point else ""


def known_people(ids: Iterable[UUID], *, shows_addresses: bool, is_site: bool = False) -> dict[UUID, str]:
    """How people with an account are called; without `shows_addresses` whoever has no name is a member only.

    `is_site` is for those who run the site: they see who of them it was.
    """
    nameless = gettext("Mitglied der Organisation")
    people = Person.objects.filter(pk__in=set(ids))
    return {one.pk: _called(one, shows_addresses, is_site) or nameless for one in people}


def _called(person: Person, shows_address: bool, is_site: bool) -> str:
    """Whoever runs the site acts on others' organisations too: all see that it was them, and never their address."""
    if person.is_staff and not is_site:
        runs_it = gettext("Betrieb der Seite")
        return f"{person.name} ({runs_it})" if person.name else runs_it
    return person.words if shows_address else person.name


def known_advisers(mandates: Iterable[UUID]) -> dict[UUID, str]:
    """The names of the organisations that act under these mandates."""
    rows = Mandate.objects.filter(pk__in=set(mandates)).exclude(adviser=None)
    return dict(rows.values_list("pk", "adviser__name"))


def lines(
    entries: Sequence[LogEntry], *, shows_addresses: bool, is_site: bool = False, own: UUID | None = None
) -> list[Line]:
    """The entries in words: at most five queries, one more for the site's log, which names the organisations.

    `own` is the organisation whose log it is: what it has handed over since is not told, for it is another's today.
    """
    known = _known(entries, shows_addresses=shows_addresses, is_site=is_site, own=own)
    return [_line(entry, known) for entry in entries]


def all_lines(
    entries: Iterable[LogEntry], *, shows_addresses: bool, own: UUID | None = None, at_once: int = 2000
) -> Iterator[Line]:
    """A whole log in words, some thousand entries at a time."""
    some: list[LogEntry] = []
    for entry in entries:
        some.append(entry)
        if len(some) == at_once:
            yield from lines(some, shows_addresses=shows_addresses, own=own)
            some = []
    yield from lines(some, shows_addresses=shows_addresses, own=own)


def _known(entries: Sequence[LogEntry], *, shows_addresses: bool, is_site: bool, own: UUID | None) -> Known:
    targets = {id for id in map(_id, (entry.target for entry in entries)) if id}
    ids = {entry.person for entry in entries if entry.person} | targets
    people = known_people(ids, shows_addresses=shows_addresses, is_site=is_site)
    mandates = known_advisers(entry.mandate for entry in entries if entry.mandate)
    there, measures = Assessment.objects.all(), Measure.objects.all()
    if own is not None:
        there, measures = there.filter(organisation=own), measures.filter(assessment__organisation=own)
    assessments = there.in_bulk({entry.assessment for entry in entries if entry.assessment})
    things = {str(id): people[id] for id in targets if id in people}
    if targets:
        things |= {str(id): name for id, name in Area.objects.filter(pk__in=targets).values_list("pk", "name")}
        things |= {str(id): text for id, text in measures.filter(pk__in=targets).values_list("pk", "text")}
    organisations = _organisations(entries) if is_site else {}
    return Known(people, mandates, assessments, things, organisations)


def _organisations(entries: Sequence[LogEntry]) -> dict[UUID, str]:
    ids = {entry.organisation for entry in entries if entry.organisation}
    found = Organisation.objects.filter(pk__in=ids).values_list("pk", "name")
    return {id: name or gettext("Organisation ohne Namen") for id, name in found}


def _id(target: str) -> UUID | None:
    try:
        return UUID(target) if len(target) == 36 else None
    except ValueError:
        return None


def _line(entry: LogEntry, known: Known) -> Line:
    assessment = known.assessments.get(entry.assessment) if entry.assessment else None
    title = (assessment.name or str(instrument_of(assessment).frame.title)) if assessment else ""
    href = reverse("overview", args=[assessment.pk]) if assessment else ""
    organisation = known.organisations.get(entry.organisation, "") if entry.organisation else ""
    about = ": ".join(part for part in (organisation, known.about(entry)) if part)
    return Line(entry.at, known.who(entry), str(WORDS[entry.verb]), about, title, href)
