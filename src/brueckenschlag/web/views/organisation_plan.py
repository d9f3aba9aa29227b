"""One plan across all assessments of an organisation: filtered, sorted, in pages; each row leads to its measure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ...accounts.models import Organisation, Person
from ...accounts.rules import alphabetical, may_edit
from ...assessments.models import Rating
from ...plans.models import Measure
from ...plans.rules import PRIORITIES as PRIORITY_KEYS
from ...plans.rules import STATUSES as STATUS_KEYS
from ...plans.words import PRIORITIES, STATUSES
from .. import arch
from ..areas import Tree, choices, tree_of, with_parts
from ..homeless import title_of
from ..paths import instrument_of, organisation_of, private
from ..visitor import visitor

ROWS_ON_A_PAGE = 50
WHOLE = "ganze"
DUE = "faellig"
ORDERS = {"datum": _("Kontrolle"), "prioritaet": _("Priorität"), "bereich": _("Bereich"), "person": _("Verantwortlich")}
STATUS_BY_WORD = {word: key for key, word in STATUS_KEYS.items()}
_UNFINISHED = Q(status__in=("open", "started"))


@dataclass(frozen=True)
class View:
    """What the address asks for; whatever is not one of ours counts as not given."""

    area: str
    person: str
    status: str
    order: str

    @property
    def query(self) -> str:
        """The same as the end of an address, without the page."""
        named = {"bereich": self.area, "person": self.person, "stand": self.status, "sortierung": self.order}
        return urlencode({name: value for name, value in named.items() if value})


@private
@require_safe
def plan(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """All measures of the organisation's plans."""
    found = organisation_of(visitor(request), organisation)
    tree = tree_of(found)
    everything = Measure.objects.filter(assessment__organisation=found).in_plan()
    people = _people(everything)
    view = _view(request, tree, people)
    chosen = _chosen(everything, view, tree, people)
    rows = _in_order(chosen, view.order, tree).select_related("assessment")
    page = Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("seite"))
    shown = {
        "organisation": found,
        "view": view,
        "page": page,
        "rows": _rows(page, tree, found),
        "overdue": everything.filter(_UNFINISHED, review__lt=timezone.localdate()).count(),
        "total": sum(count for _, count in people.values()),
        "orders": ORDERS.items(),
        "statuses": [(word, STATUSES[key]) for key, word in STATUS_KEYS.items()],
        "areas": choices(tree.values()),
        "people": _by_name(people),
        "mine": _mine(request.user, people),
        "is_filtered": bool(view.area or view.person or view.status),
    }
    return render(request, "organisation_plan.html", shown)


def _people(everything: "QuerySet[Measure]") -> dict[str, tuple[str, int]]:
    """Names of those responsible, with how many measures, by a short sign of the name.

    Addresses hold the sign, so that no name gets into the log of a server between.
    """
    counted = everything.values_list("responsible").annotate(count=Count("pk")).order_by("-count", "responsible")
    return {_sign(name): (name, count) for name, count in counted}


def _sign(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def _by_name(people: Mapping[str, tuple[str, int]]) -> list[tuple[str, str]]:
    """Sign and name of everybody who has a name, in the order of the alphabet."""
    named = [(key, name) for key, (name, _) in people.items() if name]
    return sorted(named, key=lambda one: alphabetical(one[1]))


def _mine(user: Any, people: Mapping[str, tuple[str, int]]) -> str:
    """The sign under which measures are assigned to whoever has signed in, "" when there are none."""
    own = {words.casefold() for words in (user.name, user.email) if words} if isinstance(user, Person) else set()
    return next((key for key, (name, _) in people.items() if name.strip().casefold() in own), "")


def _view(request: HttpRequest, tree: Tree, people: Mapping[str, tuple[str, int]]) -> View:
    asked = request.GET
    area, person, status = asked.get("bereich", ""), asked.get("person", ""), asked.get("stand", "")
    order = asked.get("sortierung", "")
    return View(
        area if area == WHOLE or area in {str(key) for key in tree} else "",
        person if person in people else "",
        status if status == DUE or status in STATUS_BY_WORD else "",
        order if order in ORDERS else "datum",
    )


def _chosen(
    everything: "QuerySet[Measure]", view: View, tree: Tree, people: Mapping[str, tuple[str, int]]
) -> "QuerySet[Measure]":
    if view.area == WHOLE:
        everything = everything.filter(assessment__area=None)
    elif view.area:
        everything = everything.filter(assessment__area__in=with_parts(tree, UUID(view.area)))
    if view.person:
        everything = everything.filter(responsible=people[view.person][0])
    if view.status == DUE:
        return everything.filter(_UNFINISHED, review__lt=timezone.localdate())
    return everything.filter(status=STATUS_BY_WORD[view.status]) if view.status else everything


def _in_order(chosen: "QuerySet[Measure]", order: str, tree: Tree) -> "QuerySet[Measure]":
    """Sorted in the database, so that only the rows of one page are read; what is finished comes last."""
    ranks = {key: rank for rank, key in enumerate(PRIORITY_KEYS)}
    by_priority = Case(*(When(priority=key, then=Value(rank)) for key, rank in ranks.items()))
    by_review = F("review").asc(nulls_last=True)
    finished = Case(When(_UNFINISHED, then=Value(0)), default=Value(1))
    if order == "bereich" and tree:
        places = Case(*(When(assessment__area=key, then=Value(at)) for at, key in enumerate(tree)), default=Value(-1))
        return chosen.order_by(places, finished, by_review, by_priority, "pk")
    if order == "person":
        unnamed = Case(When(responsible="", then=Value(1)), default=Value(0))
        return chosen.order_by(unnamed, "responsible", finished, by_review, by_priority, "pk")
    if order == "prioritaet":
        return chosen.order_by(finished, by_priority, by_review, "pk")
    return chosen.order_by(finished, by_review, by_priority, "pk")


def _rows(page: "Page[Measure]", tree: Tree, organisation: Organisation) -> list[dict[str, Any]]:
    """The rows of one page, with the lamp of their checkpoint."""
    measures = list(page)
    rated = Rating.objects.filter(assessment__in={one.assessment_id for one in measures})
    levels = {(id, key): level for id, key, level in rated.values_list("assessment", "checkpoint", "level")}
    is_reader = not may_edit(organisation.member_role or "")
    return [_row(one, levels.get((one.assessment_id, one.checkpoint), ""), tree, is_reader) for one in measures]


def _row(one: Measure, chosen: str, tree: Tree, is_reader: bool) -> dict[str, Any]:
    """One row. Whoever only reads is led to the row in the plan of its assessment, everybody else to its own page."""
    instrument, today = instrument_of(one.assessment), timezone.localdate()
    point, level = instrument.checkpoint_by_key.get(one.checkpoint), instrument.level_by_key.get(chosen)
    place = tree.get(one.assessment.area_id) if one.assessment.area_id else None
    in_plan = reverse("plan", args=[one.assessment_id]) + f"#m-{one.pk}"
    return {
        "measure": one,
        "href": in_plan if is_reader else reverse("measure", args=[one.assessment_id, one.pk]),
        "number": instrument.numbers.get(one.checkpoint, "–"),
        "title": point.short if point else title_of(one.assessment, one.checkpoint),
        "lamp": arch.lamp(level.tone if level else ""),
        "level": level.short if level else gettext("noch nicht bewertet"),
        "place": place.path if place else gettext("Ganze Organisation"),
        "priority": PRIORITIES[one.priority],
        "status": STATUSES[one.status],
        "is_due": bool(one.review and one.review < today and one.status in ("open", "started")),
    }
