"""The action plan: the table, one page for each measure, and what can be done to a row."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...assessments.models import Assessment
from ...assessments.rules import first_unrated, levels_by_checkpoint
from ...instruments.model import Instrument, Level
from ...plans import rules
from ...plans.models import RESPONSIBLE_LENGTH, TEXT_LENGTH, Measure
from ...plans.operations import (
    PlanFullError,
    StaleMeasureError,
    add_measure,
    change_measure,
    move_measure,
    plan_suggestion,
    remove_measure,
    restore_measure,
)
from ...plans.words import PRIORITIES, STATUSES
from .. import arch, rendering
from ..conflicts import Choice, as_typed, chosen
from ..forms import FULL, MeasureForm
from ..homeless import title_of
from ..paths import earlier_instrument_of, editable, instrument_of, private, visible
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
    titles = _strange_titles(assessment, instrument, measures)
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
        "undo": rendering.variables()["undo"],
    }
    return render(request, "plan.html", shown)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def new_measure(request: HttpRequest, id: UUID) -> HttpResponse:
    """A row written freely. Its id is in the address of the empty form: going back and sending twice make one row."""
    assessment, instrument = _editable(request, id)
    if request.method != "POST":
        known = _sent_id(request.GET)
        if known is None:
            return redirect(f"{request.path}?{urlencode(request.GET.dict() | {'id': uuid4()})}")
        if Measure.objects.filter(assessment=assessment, pk=known).exists():
            return redirect("measure", assessment.id, known)
    form = MeasureForm(
        request.POST if request.method == "POST" else None,
        instrument=instrument,
        initial=_preset(request, assessment, instrument),
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = add_measure(assessment, form.content(), id=_sent_id(request.POST) or uuid4())
        except PlanFullError:
            form.add_error(None, FULL)
        except StaleMeasureError as stale:
            return _conflict(request, assessment, instrument, form, stale.stored)
        else:
            return redirect(_plan(assessment, "neu", row.id))
    id_of_row = _sent_id(request.POST) or _sent_id(request.GET) or uuid4()
    shown: dict[str, object] = {"id": id_of_row, "heading": gettext("Maßnahme hinzufügen")}
    return _form_page(request, assessment, instrument, form, shown)


@private
@require_POST
def take_suggestion(request: HttpRequest, id: UUID) -> HttpResponse:
    """One tap: the suggestion becomes a measure."""
    assessment, instrument = _editable(request, id)
    suggestion = request.POST.get("suggestion", "")
    if suggestion not in instrument.suggestion_by_key:
        return _refused(request, assessment, gettext("Diese Anregung gibt es in dieser Praxishilfe nicht."))
    level = assessment.ratings.filter(checkpoint=suggestion.partition(".")[0]).values_list("level", flat=True).first()
    try:
        row, _ = plan_suggestion(assessment, instrument, suggestion, level=level or "")
    except PlanFullError:
        return _refused(request, assessment, FULL)
    return redirect(_plan(assessment, "neu", row.id))


@private
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, id: UUID, measure_id: UUID) -> HttpResponse:
    """One row of the plan, to be changed."""
    assessment, instrument = _editable(request, id)
    row = get_object_or_404(Measure, assessment=assessment, pk=measure_id)
    if request.method != "POST":
        if row.deleted_at:
            return redirect(_plan(assessment, "geloescht", row.id))
        form = MeasureForm(instrument=instrument, initial={name: getattr(row, name) for name in rules.FIELDS})
        return _form_page(request, assessment, instrument, form, _editing(request, row, row.version))
    data = chosen(request.POST, row, rules.FIELDS) if "pick" in request.POST else request.POST
    form = MeasureForm(data, instrument=instrument)
    version = _version(request)
    if not form.is_valid():
        return _form_page(request, assessment, instrument, form, _editing(request, row, version))
    try:
        change_measure(row, form.content(), version=version)
    except StaleMeasureError as stale:
        return _conflict(request, assessment, instrument, form, stale.stored)
    return redirect(_plan(assessment, "gespeichert", row.id))


@private
@require_POST
def remove(request: HttpRequest, id: UUID, measure_id: UUID) -> HttpResponse:
    """Takes a row out of the plan; the plan offers to bring it back."""
    assessment, _ = _editable(request, id)
    row = get_object_or_404(Measure, assessment=assessment, pk=measure_id)
    remove_measure(row)
    return redirect(_plan(assessment, "geloescht", row.id, request.POST.get("view", "")))


@private
@require_POST
def restore(request: HttpRequest, id: UUID, measure_id: UUID) -> HttpResponse:
    """Brings a row back."""
    assessment, _ = _editable(request, id)
    row = get_object_or_404(Measure.objects.within_undo(), assessment=assessment, pk=measure_id)
    try:
        restore_measure(row)
    except PlanFullError:
        return _refused(request, assessment, FULL)
    return redirect(_plan(assessment, "zurueck", row.id, request.POST.get("view", "")))


@private
@require_POST
def move(request: HttpRequest, id: UUID, measure_id: UUID) -> HttpResponse:
    """One place up or down in the own order."""
    assessment, _ = _editable(request, id)
    row = get_object_or_404(Measure.objects.in_plan(), assessment=assessment, pk=measure_id)
    direction = request.POST.get("direction")
    if direction not in ("up", "down"):
        return _refused(request, assessment, gettext("Eine Maßnahme lässt sich nur nach oben oder unten verschieben."))
    move_measure(row, up=direction == "up")
    return redirect(reverse("plan", args=[assessment.id]) + f"?sortierung=eigene&bewegt={direction}#m-{row.id}")


def _editable(request: HttpRequest, id: UUID) -> tuple[Assessment, Instrument]:
    assessment = editable(visitor(request), id)
    return assessment, instrument_of(assessment)


def _levels(assessment: Assessment, instrument: Instrument) -> dict[str, Level]:
    return levels_by_checkpoint(instrument, dict(assessment.ratings.values_list("checkpoint", "level")))


def _plan(assessment: Assessment, what: str, row: UUID, view: str = "") -> str:
    """The plan's address with what has just happened to which row, in the order and filter of before."""
    kept = {name: values[0] for name, values in parse_qs(view[:200]).items() if name in ("sortierung", "stand")}
    return reverse("plan", args=[assessment.id]) + "?" + urlencode({what: row} | kept)


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


def _strange_titles(assessment: Assessment, instrument: Instrument, measures: list[Measure]) -> dict[str, str]:
    """Titles of checkpoints that only the earlier edition knows."""
    strange = {one.checkpoint for one in measures if one.checkpoint not in instrument.checkpoint_by_key}
    return {key: title_of(earlier_instrument_of(assessment), key) for key in strange}


def _row(
    one: Measure, instrument: Instrument, levels: Mapping[str, Level], titles: Mapping[str, str]
) -> dict[str, Any]:
    point, level = instrument.checkpoint_by_key.get(one.checkpoint), levels.get(one.checkpoint)
    today = timezone.localdate()
    return {
        "measure": one,
        "number": instrument.numbers.get(one.checkpoint, "–"),
        "title": point.short if point else titles[one.checkpoint],
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
        "suggestions": [(full, rendering.plain(instrument, entry.text)) for full, entry in checkpoint.suggestions()],
    }


def _preset(request: HttpRequest, assessment: Assessment, instrument: Instrument) -> dict[str, str]:
    key = request.GET.get("checkpunkt", "")
    if request.method == "POST" or key not in instrument.checkpoint_by_key:
        return {"status": "open", "priority": "medium"}
    return {
        "checkpoint": key,
        "status": "open",
        "priority": rules.preset_priority(_levels(assessment, instrument).get(key)),
    }


def _sent_id(data: QueryDict) -> UUID | None:
    try:
        return UUID(data.get("id", ""))
    except ValueError:
        return None


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _editing(request: HttpRequest, row: Measure, version: int) -> dict[str, object]:
    """The form for a row; `was` holds the values that it was opened with, to tell whose change is whose."""
    was = {name: request.POST.get(f"was-{name}", str(getattr(row, name) or "")) for name in rules.FIELDS}
    return {"measure": row, "version": version, "was": was.items(), "heading": gettext("Maßnahme ändern")}


def _form_page(
    request: HttpRequest,
    assessment: Assessment,
    instrument: Instrument,
    form: MeasureForm,
    shown: dict[str, object],
) -> HttpResponse:
    shown |= {
        "assessment": assessment,
        "form": form,
        "columns": instrument.column_by_key,
        "text_length": TEXT_LENGTH,
        "responsible_length": RESPONSIBLE_LENGTH,
    }
    return render(request, "measure.html", shown, status=422 if form.errors else 200)


def _refused(request: HttpRequest, assessment: Assessment, sentence: str) -> HttpResponse:
    return render(request, "refused.html", {"assessment": assessment, "sentence": sentence}, status=422)


def _conflict(
    request: HttpRequest, assessment: Assessment, instrument: Instrument, form: MeasureForm, stored: Measure
) -> HttpResponse:
    mine, labels = asdict(form.content()), {key: column.label for key, column in instrument.column_by_key.items()}
    names = labels | {"text": labels["measure"], "status": gettext("Stand")}
    titles = {point.key: f"{instrument.numbers[point.key]}. {point.title}" for point in instrument.checkpoints}
    words = PRIORITIES | STATUSES | titles

    def shown_as(value: object) -> str:
        return date_format(value, "DATE_FORMAT") if isinstance(value, date) else str(words.get(str(value), value or ""))

    choices = [
        Choice(
            field,
            names[field],
            as_typed(mine[field]),
            as_typed(getattr(stored, field)),
            shown_as(mine[field]),
            shown_as(getattr(stored, field)),
            is_untouched=request.POST.get(f"was-{field}") == str(mine[field] or ""),
        )
        for field in rules.FIELDS
        if field in names
    ]
    page = {
        "assessment": assessment,
        "heading": stored.text,
        "is_measure": True,
        "is_deleted": stored.deleted_at is not None,
        "choices": [choice for choice in choices if choice.differs],
        "same": [choice for choice in choices if not choice.differs],
        "version": stored.version,
        "carried": [],
        "action": reverse("measure", args=[assessment.id, stored.id]),
        "keep": reverse("plan", args=[assessment.id]),
    }
    return render(request, "conflict.html", page, status=409)
