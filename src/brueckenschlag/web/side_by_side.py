"""The assessments of an organisation side by side: one card for each area, and where the areas differ.

Progress (how much is rated and done) and quality (the ratings) are told apart and never put into one figure.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..accounts.models import Organisation
from ..assessments.models import Assessment, Rating
from ..assessments.rules import agreement, levels_by_checkpoint
from ..instruments.model import Checkpoint, Instrument, Level
from ..plans.models import Measure
from . import arch
from .areas import Place, Tree
from .paths import current_instruments, instrument_of

AGREEMENT = {"one": _("einig"), "near": _("fast einig"), "apart": _("uneinig – bitte besprechen")}
# Up to so many ratings of a checkpoint are shown lamp by lamp, more as one lamp of each level with their number.
MOST_LAMPS = 12
# Of so many areas with the same level the names are told, of more only how many.
MOST_NAMES = 60
# Which instrument an organisation begins with.
NATURAL = {"kmu": "kmu"}
STARTED = ("open", "started")


@dataclass(frozen=True)
class Card:
    """One area (None: the organisation as a whole) with its latest assessment of an instrument, None where none is."""

    place: Place | None
    instrument: Instrument
    assessment: Assessment | None = None
    levels: Mapping[str, Level] = field(default_factory=dict)
    earlier: tuple[Assessment, ...] = ()
    measures: int = 0
    done: int = 0
    due: int = 0

    @property
    def points(self) -> int:
        """How many checkpoints there are to rate."""
        return len(self.instrument.checkpoints)

    @property
    def arch(self) -> SafeString:
        """The picture; the words beside it say how far the area is, its own words say the ratings."""
        rated = [(number, self.levels[key]) for key, number in self.instrument.numbers.items() if key in self.levels]
        words = ", ".join(f"{number} {level.short}" for number, level in rated)
        levels = [self.levels.get(point.key) for point in self.instrument.checkpoints]
        stones = [arch.Stone(level.tone if level else "") for level in levels]
        return arch.arch(stones, label=words or gettext("noch nicht bewertet"), kind="tiny")

    @property
    def is_complete(self) -> bool:
        """Whether every checkpoint is rated."""
        return len(self.levels) == self.points


@dataclass(frozen=True)
class Difference:
    """The ratings of one checkpoint over all cards: lamps in the order of the scale, and a word for the agreement.

    `levels` holds each level with names of areas that have it, and how many more there are.
    """

    checkpoint: Checkpoint
    number: int
    lamps: list[tuple[SafeString, int]]
    levels: list[tuple[Level, list[str], int]]
    kind: str
    words: str


@dataclass(frozen=True)
class Section:
    """One instrument: its cards, and the checkpoints in comparison."""

    instrument: Instrument
    cards: list[Card]
    differences: list[Difference]

    @property
    def begun(self) -> list[Card]:
        """Those with an assessment."""
        return [card for card in self.cards if card.assessment]

    @property
    def progress(self) -> dict[str, int]:
        """How far the areas are, in figures."""
        begun = self.begun
        return {
            "all": len(self.cards),
            "begun": len(begun),
            "complete": sum(card.is_complete for card in begun),
            "measures": sum(card.measures for card in begun),
            "done": sum(card.done for card in begun),
            "due": sum(card.due for card in begun),
        }


def sections(organisation: Organisation, tree: Tree) -> list[Section]:
    """Every instrument that the organisation uses; the one that it would begin with, where it uses none. 4 queries."""
    assessments = list(Assessment.objects.filter(organisation=organisation).order_by("-changed_on", "pk"))
    found: dict[str, dict[UUID | None, list[Assessment]]] = defaultdict(lambda: defaultdict(list))
    for assessment in assessments:
        found[instrument_of(assessment).slug][assessment.area_id].append(assessment)
    latest = [ones[0].pk for by_area in found.values() for ones in by_area.values()]
    ratings: dict[UUID, dict[str, str]] = defaultdict(dict)
    for id, checkpoint, level in Rating.objects.filter(assessment__in=latest).values_list(
        "assessment", "checkpoint", "level"
    ):
        ratings[id][checkpoint] = level
    measures = _measures(latest)
    natural = NATURAL.get(organisation.kind, "zo")
    instruments = [one for one in current_instruments() if one.slug in found or (not found and one.slug == natural)]
    made = []
    for at, instrument in enumerate(instruments):
        places = _places(tree, found[instrument.slug], is_first=at == 0)
        cards = [_card(place, found[instrument.slug], instrument, ratings, measures) for place in places]
        made.append(Section(instrument, cards, _differences(instrument, cards, ratings)))
    return made


def _measures(assessments: list[UUID]) -> dict[UUID, dict[str, int]]:
    is_due = Q(review__lt=timezone.localdate(), status__in=STARTED)
    rows = Measure.objects.filter(assessment__in=assessments).in_plan().values("assessment").order_by()
    counted = rows.annotate(measures=Count("pk"), done=Count("pk", Q(status="done")), due=Count("pk", is_due))
    return {row.pop("assessment"): row for row in counted}


def _places(tree: Tree, found: Mapping[UUID | None, list[Assessment]], *, is_first: bool) -> list[Place | None]:
    """Where cards belong: to every area that has begun, and in the first section also to those that could.

    An area that has parts needs no card of its own until it has begun.
    """
    whole: list[Place | None] = [None] if None in found or is_first else []
    return whole + [place for key, place in tree.items() if key in found or (is_first and not place.has_parts)]


def _card(
    place: Place | None,
    found: Mapping[UUID | None, list[Assessment]],
    instrument: Instrument,
    ratings: Mapping[UUID, Mapping[str, str]],
    measures: Mapping[UUID, dict[str, int]],
) -> Card:
    own = found.get(place.area.pk if place else None)
    if not own:
        return Card(place, instrument)
    instrument = instrument_of(own[0])
    levels = levels_by_checkpoint(instrument, ratings[own[0].pk])
    facts = measures.get(own[0].pk, {})
    return Card(place, instrument, own[0], levels, tuple(own[1:]), **facts)


def _differences(
    instrument: Instrument, cards: Iterable[Card], ratings: Mapping[UUID, Mapping[str, str]]
) -> list[Difference]:
    """One row for each checkpoint of today's edition; empty while fewer than two areas have begun."""
    rated = [(card, ratings[card.assessment.pk]) for card in cards if card.assessment]
    if len(rated) < 2:
        return []
    return [_difference(instrument, point, rated) for point in instrument.checkpoints]


def _difference(instrument: Instrument, point: Checkpoint, rated: list[tuple[Card, Mapping[str, str]]]) -> Difference:
    names: dict[str, list[str]] = defaultdict(list)
    for card, chosen in rated:
        names[chosen.get(point.key, "")].append(card.place.path if card.place else gettext("Ganze Organisation"))
    levels = [(rank, level) for rank, level in enumerate(instrument.levels) if level.key in names]
    counts = Counter({rank: len(names[level.key]) for rank, level in levels})
    if counts.total() <= MOST_LAMPS:
        lamps = [(arch.lamp(level.tone), 1) for rank, level in levels for _ in range(counts[rank])]
    else:
        lamps = [(arch.lamp(level.tone), counts[rank]) for rank, level in levels]
    kind = agreement(counts.elements()) or ""
    words = str(AGREEMENT[kind]) if kind else gettext("noch zu wenige Bewertungen")
    told = [(level, names[level.key][:MOST_NAMES], len(names[level.key][MOST_NAMES:])) for _, level in levels]
    return Difference(point, instrument.numbers[point.key], lamps, told, kind, words)


@dataclass(frozen=True)
class Group:
    """Cards below one highest area; "" stands for those without parts, and for the organisation as a whole."""

    title: str
    cards: list[Card]


def grouped(cards: Iterable[Card]) -> list[Group]:
    """The cards by their highest area: first those that stand alone, then each area with its parts, as in the tree."""
    alone: list[Card] = []
    groups: dict[UUID, Group] = {}
    for card in cards:
        if card.place is None or (card.place.level == 1 and not card.place.has_parts):
            alone.append(card)
        else:
            top = card.place.top
            groups.setdefault(top.pk, Group(top.name, [])).cards.append(card)
    return [*([Group("", alone)] if alone else []), *groups.values()]
