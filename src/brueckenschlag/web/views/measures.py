"""One row of the plan on a page of its own: written, changed, and changed by two at once."""

from dataclasses import asdict
from datetime import date
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from ...assessments.models import Assessment
from ...instruments.model import Instrument
from ...plans import rules
from ...plans.models import RESPONSIBLE_LENGTH, TEXT_LENGTH, Measure
from ...plans.operations import PlanFullError, StaleMeasureError, add_measure, change_measure
from ...plans.words import PRIORITIES, STATUSES
from ..conflicts import Choice, as_typed, chosen
from ..forms import FULL, MeasureForm, checkpoint_words
from ..homeless import earlier_titles
from ..paths import earlier_instruments_of, private
from ..visitor import acting
from .rows import level_of, own_with_instrument, plan_after


@private
@require_http_methods(["GET", "HEAD", "POST"])
def new_measure(request: HttpRequest, id: UUID) -> HttpResponse:
    """A row written freely. Its id is in the address of the empty form: going back and sending twice make one row."""
    assessment, instrument = own_with_instrument(request, id)
    if request.method != "POST":
        known = _sent_id(request.GET)
        if known is None:
            return redirect(f"{request.path}?{urlencode(request.GET.dict() | {'id': uuid4()})}")
        if Measure.objects.filter(assessment=assessment, pk=known).exists():
            return redirect("measure", assessment.id, known)
    form = MeasureForm(
        request.POST if request.method == "POST" else None,
        instrument=instrument,
        earlier={},
        initial=_preset(request, assessment, instrument),
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = add_measure(
                assessment, form.content(), id=_sent_id(request.POST) or uuid4(), by=acting(request, assessment)
            )
        except PlanFullError:
            form.add_error(None, FULL)
        except StaleMeasureError as stale:
            return _conflict(request, assessment, instrument, form, stale.stored)
        else:
            return redirect(plan_after(assessment, "neu", row.id))
    id_of_row = _sent_id(request.POST) or _sent_id(request.GET) or uuid4()
    shown: dict[str, object] = {"id": id_of_row, "heading": gettext("Maßnahme hinzufügen")}
    return _form_page(request, assessment, instrument, form, shown)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, id: UUID, measure_id: UUID) -> HttpResponse:
    """One row of the plan, to be changed."""
    assessment, instrument = own_with_instrument(request, id)
    row = get_object_or_404(Measure, assessment=assessment, pk=measure_id)
    if request.method != "POST":
        if row.deleted_at:
            return redirect(plan_after(assessment, "geloescht", row.id))
        stored = {name: getattr(row, name) for name in rules.FIELDS}
        form = MeasureForm(instrument=instrument, earlier=_earlier(assessment, instrument, row), initial=stored)
        return _form_page(request, assessment, instrument, form, _editing(request, row, row.version))
    data = chosen(request.POST, row, rules.FIELDS) if "pick" in request.POST else request.POST
    earlier = _earlier(assessment, instrument, row, data.get("checkpoint", ""))
    form = MeasureForm(data, instrument=instrument, earlier=earlier)
    version = _version(request)
    if not form.is_valid():
        return _form_page(request, assessment, instrument, form, _editing(request, row, version))
    try:
        change_measure(row, form.content(), version=version, by=acting(request, assessment))
    except StaleMeasureError as stale:
        return _conflict(request, assessment, instrument, form, stale.stored)
    return redirect(plan_after(assessment, "gespeichert", row.id))


def _preset(request: HttpRequest, assessment: Assessment, instrument: Instrument) -> dict[str, str]:
    key = request.GET.get("checkpunkt", "")
    if request.method == "POST" or key not in instrument.checkpoint_by_key:
        return {"status": "open", "priority": "medium"}
    return {
        "checkpoint": key,
        "status": "open",
        "priority": rules.preset_priority(instrument.level_by_key.get(level_of(assessment, key))),
    }


def _sent_id(data: QueryDict) -> UUID | None:
    try:
        return UUID(data.get("id", ""))
    except ValueError:
        return None


def _earlier(assessment: Assessment, instrument: Instrument, row: Measure, sent: str = "") -> dict[str, str]:
    """Titles of checkpoints of an earlier edition that the row may keep: its own, and one that was sent for it.

    The latter matters when somebody else has meanwhile given the row another: both then stand side by side.
    """
    is_known = any(sent in one.checkpoint_by_key for one in earlier_instruments_of(assessment)) if sent else False
    return earlier_titles(assessment, instrument, {row.checkpoint, *([sent] if is_known else [])})


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
        "earlier": form["checkpoint"].value() in form.earlier,
        "text_length": TEXT_LENGTH,
        "responsible_length": RESPONSIBLE_LENGTH,
    }
    return render(request, "measure.html", shown, status=422 if form.errors else 200)


def _conflict(
    request: HttpRequest, assessment: Assessment, instrument: Instrument, form: MeasureForm, stored: Measure
) -> HttpResponse:
    mine, labels = asdict(form.content()), {key: column.label for key, column in instrument.column_by_key.items()}
    names = labels | {"text": labels["measure"], "status": gettext("Stand")}
    earlier = earlier_titles(assessment, instrument, (form.content().checkpoint, stored.checkpoint))
    words = PRIORITIES | STATUSES | checkpoint_words(instrument, earlier)

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
