"""What can be done to a row of the plan with one tap: taken over, deleted, brought back, moved."""

from urllib.parse import parse_qs, urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from ...assessments.models import Assessment
from ...instruments.model import Instrument
from ...plans.models import Measure
from ...plans.operations import PlanFullError, move_measure, plan_suggestion, remove_measure, restore_measure
from ..forms import FULL
from ..paths import editable, instrument_of, private
from ..visitor import acting, visitor


@private
@require_POST
def take_suggestion(request: HttpRequest, id: UUID) -> HttpResponse:
    """One tap: the suggestion becomes a measure."""
    assessment, instrument = own_with_instrument(request, id)
    suggestion = request.POST.get("suggestion", "")
    if suggestion not in instrument.suggestion_by_key:
        return _refused(request, assessment, gettext("Diese Anregung gibt es in dieser Praxishilfe nicht."))
    level = level_of(assessment, suggestion.partition(".")[0])
    try:
        row, _ = plan_suggestion(assessment, instrument, suggestion, level=level, by=acting(request, assessment))
    except PlanFullError:
        return _refused(request, assessment, FULL)
    return redirect(plan_after(assessment, "neu", row.id))


@private
@require_POST
def remove(request: HttpRequest, id: UUID, measure_id: UUID) -> HttpResponse:
    """Takes a row out of the plan; the plan offers to bring it back."""
    assessment, _ = own_with_instrument(request, id)
    row = get_object_or_404(Measure, assessment=assessment, pk=measure_id)
    remove_measure(row, by=acting(request, assessment))
    return redirect(plan_after(assessment, "geloescht", row.id, request.POST.get("view", "")))


@private
@require_POST
def restore(request: HttpRequest, id: UUID, measure_id: UUID) -> HttpResponse:
    """Brings a row back."""
    assessment, _ = own_with_instrument(request, id)
    row = get_object_or_404(Measure.objects.within_undo(), assessment=assessment, pk=measure_id)
    try:
        restore_measure(row, by=acting(request, assessment))
    except PlanFullError:
        return _refused(request, assessment, FULL)
    return redirect(plan_after(assessment, "zurueck", row.id, request.POST.get("view", "")))


@private
@require_POST
def move(request: HttpRequest, id: UUID, measure_id: UUID) -> HttpResponse:
    """One place up or down in the own order."""
    assessment, _ = own_with_instrument(request, id)
    row = get_object_or_404(Measure.objects.in_plan(), assessment=assessment, pk=measure_id)
    direction = request.POST.get("direction")
    if direction not in ("up", "down"):
        return _refused(request, assessment, gettext("Eine Maßnahme lässt sich nur nach oben oder unten verschieben."))
    move_measure(row, up=direction == "up", by=acting(request, assessment))
    return redirect(reverse("plan", args=[assessment.id]) + f"?sortierung=eigene&bewegt={direction}#m-{row.id}")


def own_with_instrument(request: HttpRequest, id: UUID) -> tuple[Assessment, Instrument]:
    """The assessment of that id with its instrument, if this person may change it. Raises Http404."""
    assessment = editable(visitor(request), id)
    return assessment, instrument_of(assessment)


def plan_after(assessment: Assessment, what: str, row: UUID, view: str = "") -> str:
    """The plan's address with what has just happened to which row, in the order and filter of before."""
    kept = {name: values[0] for name, values in parse_qs(view[:200]).items() if name in ("sortierung", "stand")}
    return reverse("plan", args=[assessment.id]) + "?" + urlencode({what: row} | kept)


def _refused(request: HttpRequest, assessment: Assessment, sentence: str) -> HttpResponse:
    return render(request, "refused.html", {"assessment": assessment, "sentence": sentence}, status=422)


def level_of(assessment: Assessment, checkpoint: str) -> str:
    """The key of the level that the checkpoint has been given, or nothing."""
    return assessment.ratings.filter(checkpoint=checkpoint).values_list("level", flat=True).first() or ""
