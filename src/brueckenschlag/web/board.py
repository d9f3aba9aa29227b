"""The board of an adviser: one row for each organisation that is advised, and what needs attention there.

Everything is read in four queries, however many clients there are; figures of all are needed to put them in order.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..accounts.models import NAME_LENGTH, Mandate, MandateQuerySet, Organisation
from ..accounts.rules import alphabetical
from ..assessments.models import Assessment, chosen_levels
from ..assessments.rules import levels_by_checkpoint
from ..instruments.model import Checkpoint, Instrument
from ..plans.models import Figures, Measure
from .names_found import is_named
from .paths import text_of

ENDS_SOON = timedelta(days=30)
NOTHING = Figures()


@dataclass
class Progress:
    """How far the latest assessments with one instrument are: each area's counts."""

    instrument: Instrument
    rated: int = 0
    points: int = 0


@dataclass(frozen=True)
class Red:
    """A checkpoint whose level is the most urgent, where it stands."""

    assessment: Assessment
    point: Checkpoint


@dataclass
class Client:
    """One row: the organisation, under which mandates, its latest assessments, and what needs attention."""

    organisation: Organisation
    may_write: bool = False
    until: date | None = None
    mandates: list[Mandate] = field(default_factory=list)
    progress: dict[str, Progress] = field(default_factory=dict)
    latest: list[Assessment] = field(default_factory=list)
    red: list[Red] = field(default_factory=list)
    due: int = 0
    next_review: date | None = None

    @property
    def is_complete(self) -> bool:
        """Whether something has begun and every checkpoint of it is rated."""
        return bool(self.progress) and all(one.rated == one.points for one in self.progress.values())

    @property
    def ends_soon(self) -> bool:
        """Whether the last mandate ends within ENDS_SOON."""
        return self.until is not None and self.until <= timezone.localdate() + ENDS_SOON

    @property
    def writing(self) -> Mandate | None:
        """A mandate under which assessments can be begun."""
        return next((one for one in self.mandates if one.may_write), None)


def _name(client: Client) -> str:
    return alphabetical(client.organisation.name)


Test = Callable[[Client], bool]
FILTERS: dict[str, tuple[Any, Test]] = {
    "faellig": (_("wo etwas fällig ist"), lambda one: one.due > 0),
    "dringend": (_("wo etwas dringend ist"), lambda one: bool(one.red)),
    "unfertig": (_("noch nicht fertig bewertet"), lambda one: not one.is_complete),
    "endet": (_("Beratung endet bald"), lambda one: one.ends_soon),
}
ORDERS: dict[str, tuple[Any, Callable[[Client], Any]]] = {
    "dringlichkeit": (
        _("Dringlichkeit"),
        lambda one: (-one.due, -len(one.red), one.next_review or date.max, _name(one)),
    ),
    "kontrolle": (_("Nächste Kontrolle"), lambda one: (one.next_review or date.max, _name(one))),
    "name": (_("Name"), _name),
}


def clients_of(adviser: Organisation) -> list[Client]:
    """All clients of an adviser, in no order."""
    mandates = Mandate.objects.in_force().filter(adviser=adviser)
    needed = ("may_write", "until", "adviser", "organisation__name", "organisation__kind")
    clients = _by_organisation(mandates.select_related("organisation").only(*needed))
    covered = Assessment.objects.under(mandates)
    levels, figures = chosen_levels(covered), Measure.objects.filter(assessment__in=covered.values("pk"))
    plans = figures.figures(timezone.localdate())
    seen: set[tuple[UUID | None, str, UUID | None]] = set()
    shown = covered.select_related("area").only("edition", "organisation", "area__name", "name", "changed_on")
    for one in shown.order_by("-changed_on", "pk"):
        client, instrument = clients.get(one.organisation_id), text_of(one.edition_id)
        if client is None:
            continue
        _count(client, plans.get(one.pk, NOTHING))
        if (place := (one.organisation_id, instrument.slug, one.area_id)) not in seen:
            seen.add(place)
            _add(client, one, instrument, levels.get(one.pk, {}))
    return list(clients.values())


def _by_organisation(mandates: MandateQuerySet) -> dict[UUID | None, Client]:
    """Each client once, with the most that its mandates allow."""
    found: dict[UUID | None, list[Mandate]] = defaultdict(list)
    for mandate in mandates:
        found[mandate.organisation_id].append(mandate)
    return {id: _client(ones) for id, ones in found.items()}


def _client(mandates: list[Mandate]) -> Client:
    days = [one.until for one in mandates]
    until = None if None in days else max(day for day in days if day)
    return Client(mandates[0].organisation, any(one.may_write for one in mandates), until, mandates)


def _count(client: Client, figures: Figures) -> None:
    client.due += figures.due
    if figures.next_review and (client.next_review is None or figures.next_review < client.next_review):
        client.next_review = figures.next_review


def _add(client: Client, assessment: Assessment, instrument: Instrument, chosen: dict[str, str]) -> None:
    """Counts the latest assessment of an area; earlier ones only with their measures."""
    levels = levels_by_checkpoint(instrument, chosen)
    progress = client.progress.setdefault(instrument.slug, Progress(instrument))
    progress.rated += len(levels)
    progress.points += len(instrument.checkpoints)
    client.latest.append(assessment)
    red = [instrument.checkpoint_by_key[key] for key, level in levels.items() if level.tone == "red"]
    client.red += [Red(assessment, point) for point in red]


@dataclass(frozen=True)
class Asked:
    """What an address asks for: one of FILTERS, "" for all; words of a name, "" for any; one of ORDERS."""

    wanted: str
    name: str
    order: str

    @property
    def query(self) -> str:
        """The same as the end of an address, without the page."""
        return urlencode({"zeigen": self.wanted, "suche": self.name, "sortierung": self.order})


def asked_for(given: QueryDict) -> Asked:
    """What stands in an address; what is none of ours counts as not given, of long words the beginning counts."""
    wanted, order = given.get("zeigen", ""), given.get("sortierung", "")
    name = " ".join(given.get("suche", "").replace("\x00", "")[:NAME_LENGTH].split())
    return Asked(wanted if wanted in FILTERS else "", name, order if order in ORDERS else next(iter(ORDERS)))


def chosen_clients(clients: Iterable[Client], asked: Asked) -> list[Client]:
    """Those that are asked for, in the order that is asked for."""
    passed, unnamed = FILTERS[asked.wanted][1] if asked.wanted else None, gettext("ohne Namen")
    found = [one for one in clients if passed is None or passed(one)]
    if asked.name:
        found = [one for one in found if is_named(one.organisation.name or unnamed, asked.name)]
    return sorted(found, key=ORDERS[asked.order][1])
