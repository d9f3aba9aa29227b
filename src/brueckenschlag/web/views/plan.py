"""The action plan: the table, what is open, and what can be brought back."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ...assessments.models import Assessment
from ...assessments.rules import first_unrated, levels_by_checkpoint
from ...instruments.model import Instrument, Level
from ...plans import rules
from ...plans.models import Measure
from ...plans.words import PRIORITIES, STATUSES
from .. import arch, page_texts, terms
from ..forms import FULL
from ..homeless import earlier_titles
from ..paths import instrument_of, private, visible
from ..visitor import visitor

ORDER_WORDS = {
    "prioritaet": _("Priorität"),
    "checkpunkt": _("Checkpunkt"),
    "datum": _("Datum"),
    "eigene": _("Eigene Reihenfolge"),
}


@private
@require_safe
def plan(request: HttpRequest, id: UUID) -> HttpResponse:
    """The plan in the chosen order, what is open, and what can be brought back."""
    person = visitor(request)
    assessment = visible(person, id)
    instrument = instrument_of(assessment)
    levels = _levels(assessment, instrument)
    everything = list(Measure.objects.filter(assessment=assessment).within_undo())
    measures = [one for one in everything if one.deleted_at is None]
    orders = _orders(instrument)
    order, status = _view_settings(request, orders)
    titles = earlier_titles(assessment, instrument, (one.checkpoint for one in measures))
    all_rows = [_row(one, instrument, levels, titles) for one in rules.ordered(measures, order, instrument.numbers)]
    is_reader = not assessment.is_editable_by(person)
    open_points = rules.open_checkpoints(instrument, levels, {one.checkpoint for one in measures})
    shown = {
        "assessment": assessment,
        "instrument": instrument,
        "is_reader": is_reader,
        "columns": instrument.frame.plan.columns,
        "rows": [row for row in all_rows if status in ("", row["measure"].status)],
        "total": len(measures),
        "checkpoints_covered": len({one.checkpoint for one in measures}),
        "next_review": rules.next_review(measures, timezone.localdate()),
        "order": order,
        "orders": orders,
        "status": status,
        "status_words": STATUSES.get(status, ""),
        "statuses": [(key, word, STATUSES[key]) for key, word in rules.STATUSES.items()],
        "open": [_open_point(one, instrument, levels) for one in open_points],
        "overdue": sum(row["is_due"] is True for row in all_rows),
        "first_unrated": first_unrated(instrument, levels),
        "view": urlencode({"sortierung": order, "stand": request.GET.get("stand", "")}),
        "deleted": [] if is_reader else _deleted(everything),
        "changed": _changed(request, everything),
        "is_full": len(measures) >= rules.MOST_MEASURES,
        "full": FULL,
        "has_ratings": bool(levels),
        "undo": page_texts.variables()["undo"],
    }
    return render(request, "plan.html", shown)


def _levels(assessment: Assessment, instrument: Instrument) -> dict[str, Level]:
    return levels_by_checkpoint(instrument, dict(assessment.ratings.values_list("checkpoint", "level")))


def _orders(instrument: Instrument) -> Mapping[str, object]:
    """The orders that this plan's columns allow, the usual one first."""
    needs = {"prioritaet": {"priority"}, "datum": {"start", "review"}}
    known = instrument.column_by_key.keys()
    return {key: words for key, words in ORDER_WORDS.items() if key not in needs or needs[key] & known}


def _view_settings(request: HttpRequest, orders: Mapping[str, object]) -> tuple[str, str]:
    """Order and filter from the address; what is not one of ours counts as not given."""
    order, status = request.GET.get("sortierung", ""), request.GET.get("stand", "")
    by_word = {word: key for key, word in rules.STATUSES.items()}
    return order if order in orders else next(iter(orders)), by_word.get(status, "")


def _changed(request: HttpRequest, measures: list[Measure]) -> dict[str, object] | None:
    """What the plan says about the row that was just added, saved, deleted or brought back."""
    by_id = {str(one.id): one for one in measures}
    for what in ("neu", "gespeichert", "geloescht", "zurueck"):
        row = by_id.get(request.GET.get(what, ""))
        if row and (row.deleted_at is not None) == (what == "geloescht"):
            return {"what": what, "measure": row}
    return None


def _deleted(measures: list[Measure]) -> list[Measure]:
    gone = [(one.deleted_at, one) for one in measures if one.deleted_at is not None]
    return [one for _, one in sorted(gone, key=lambda pair: pair[0], reverse=True)]


def _row(
    one: Measure, instrument: Instrument, levels: Mapping[str, Level], titles: Mapping[str, str]
) -> dict[str, Any]:
    point, level = instrument.checkpoint_by_key.get(one.checkpoint), levels.get(one.checkpoint)
    today = timezone.localdate()
    return {
        "measure": one,
        "number": instrument.numbers.get(one.checkpoint, "–"),
        "title": point.short if point else titles[one.checkpoint],
        "is_earlier": point is None,
        "lamp": arch.lamp(level.tone if level else ""),
        "level": level.short if level else gettext("noch nicht bewertet"),
        "priority": PRIORITIES[one.priority],
        "status": STATUSES[one.status],
        "is_due": bool(one.review and one.review < today and one.status in ("open", "started")),
    }


def _open_point(point: object, instrument: Instrument, levels: Mapping[str, Level]) -> dict[str, object]:
    key = str(getattr(point, "key", ""))
    checkpoint = instrument.checkpoint_by_key[key]
    return {
        "checkpoint": checkpoint,
        "number": instrument.numbers[key],
        "level": levels[key],
        "lamp": arch.lamp(levels[key].tone),
        "suggestions": [(full, terms.plain(instrument, entry.text)) for full, entry in checkpoint.suggestions()],
    }
