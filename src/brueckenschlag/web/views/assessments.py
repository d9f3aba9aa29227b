"""The checkpoint pages and the overview."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from ...assessments import rules
from ...assessments.models import NAME_LENGTH, Assessment, Rating
from ...assessments.operations import StaleRatingError, rename_assessment
from ...instruments.model import Checkpoint, Instrument, Level
from ...plans.models import Measure, checkpoint_state
from ...plans.operations import PlanFullError, Saved, save_checkpoint
from .. import arch, languages, rendering
from ..conflicts import Choice, chosen
from ..context import root
from ..forms import FULL, CheckpointForm, NameForm
from ..paths import found, instrument_of, private
from ..visitor import visitor


@private
@require_http_methods(["GET", "HEAD", "POST"])
def checkpoint(request: HttpRequest, id: UUID, key: str) -> HttpResponse:
    """One checkpoint: its practice, the rating, the suggestions, a note."""
    person = visitor(request)
    if request.method == "POST":
        return _save(request, found(Assessment.objects.editable_by(person), id), key)
    assessment = found(Assessment.objects.visible_to(person), id)
    instrument, _ = _find(assessment, key)
    state = checkpoint_state(assessment, key)
    rating = state.ratings.get(key) or Rating(checkpoint=key, version=0)
    switches = {f"running:{suggestion}" for suggestion in state.running if suggestion.startswith(f"{key}.")}
    switches |= {f"planned:{suggestion}" for suggestion in state.planned}
    slots = _slots(request, assessment, rating, state.ratings, switches)
    is_reader = not assessment.is_editable_by(person)
    if is_reader:
        slots |= {name: rendering.disabled(slots[name]) for name in ("levels", "suggestions")}
    skeleton = rendering.checkpoint_skeleton(instrument, key, is_reader)
    slots |= {"csrf_token": get_token(request), "root": root(request), "here": languages.here(request)}
    return HttpResponse(skeleton.filled(slots))


def _save(request: HttpRequest, assessment: Assessment, key: str) -> HttpResponse:
    instrument, point = _find(assessment, key)
    data: QueryDict = request.POST
    if "pick" in data:
        data = chosen(data, Rating.objects.filter(assessment=assessment, checkpoint=key).first(), ("level", "note"))
    if "clear" in data:
        data = data.copy()
        data["level"] = ""
    form = CheckpointForm(data, instrument=instrument, checkpoint=point)
    if not form.is_valid():
        return _not_saved(request, assessment, instrument, point, form)
    try:
        saved = save_checkpoint(assessment, instrument, key, form.answer())
    except StaleRatingError as stale:
        return _conflict(request, assessment, point, form, stale.stored)
    except PlanFullError:
        form.add_error("planned", FULL)
        return _not_saved(request, assessment, instrument, point, form)
    if "HX-Request" in request.headers:
        return _saved_part(request, assessment, point, form, saved)
    return redirect(_next_page(request, assessment, instrument, key))


def _next_page(request: HttpRequest, assessment: Assessment, instrument: Instrument, key: str) -> str:
    """The next checkpoint, after the last the overview; back to the overview for whoever came from there."""
    if "clear" in request.POST or "stay" in request.POST:
        return reverse("checkpoint", args=[assessment.id, key])
    if "measure" in request.POST:
        return reverse("new_measure", args=[assessment.id]) + f"?checkpunkt={key}"
    following = rules.next_checkpoint(instrument, key)
    if following is None or request.POST.get("back") == "ueberblick":
        return reverse("overview", args=[assessment.id])
    return reverse("checkpoint", args=[assessment.id, following.key])


def _saved_part(
    request: HttpRequest, assessment: Assessment, point: Checkpoint, form: CheckpointForm, saved: Saved
) -> HttpResponse:
    instrument = instrument_of(assessment)
    shown = {
        "assessment": assessment,
        "saved": saved,
        "before": " ".join(sorted(form.switches)),
        "arch": _arch(assessment, instrument, _levels(instrument, saved.ratings), point.key),
    }
    return render(request, "parts/saved.html", shown)


def _not_saved(
    request: HttpRequest,
    assessment: Assessment,
    instrument: Instrument,
    point: Checkpoint,
    form: CheckpointForm,
) -> HttpResponse:
    if "HX-Request" in request.headers:
        return render(request, "parts/not_saved.html", {"form": form}, status=422)
    ratings = {rating.checkpoint: rating for rating in assessment.ratings.all()}
    typed = Rating(
        checkpoint=point.key,
        level=str(form["level"].value() or ""),
        note=form["note"].value(),
        version=form.cleaned_data.get("version", 0),
    )
    sent = {f"{name}:{key}" for name in ("running", "planned") for key in request.POST.getlist(name)}
    shown = rendering.checkpoint_frame(instrument, point.key)
    shown |= _slots(request, assessment, typed, ratings, sent)
    shown |= {
        "form": form,
        "before": form.data.get("before", ""),
        "status": rendering.not_saved(),
    }
    return render(request, "checkpoint.html", shown, status=422)


def _conflict(
    request: HttpRequest, assessment: Assessment, point: Checkpoint, form: CheckpointForm, stored: Rating
) -> HttpResponse:
    instrument = instrument_of(assessment)
    if "HX-Request" in request.headers:
        return render(request, "parts/not_saved.html", {"is_stale": True}, status=409)
    labels = {level.key: level.label for level in instrument.levels} | {"": gettext("Noch nicht bewertet")}
    data = form.cleaned_data
    choices = [
        Choice(
            "level",
            gettext("Bewertung"),
            data["level"],
            stored.level,
            labels[data["level"]],
            labels.get(stored.level, ""),
        ),
        Choice("note", gettext("Notiz"), data["note"], stored.note, data["note"], stored.note),
    ]
    shown = {
        "assessment": assessment,
        "heading": rendering.checkpoint_words(instrument, point),
        "is_measure": False,
        "choices": [choice for choice in choices if choice.differs],
        "same": [choice for choice in choices if not choice.differs],
        "version": stored.version,
        "carried": [(name, value) for name in ("running", "planned") for value in data[name]]
        + [("before", data["before"]), ("back", request.POST.get("back", ""))],
        "keep": reverse("checkpoint", args=[assessment.id, point.key]),
    }
    return render(request, "conflict.html", shown, status=409)


@private
@require_safe
def overview(request: HttpRequest, id: UUID) -> HttpResponse:
    """All checkpoints with their ratings and notes, and what is most urgent."""
    person = visitor(request)
    assessment = found(Assessment.objects.visible_to(person), id)
    instrument = instrument_of(assessment)
    ratings = {rating.checkpoint: rating for rating in assessment.ratings.all()}
    levels = _levels(instrument, ratings)
    shown = {
        "assessment": assessment,
        "instrument": instrument,
        "is_reader": not assessment.is_editable_by(person),
        "arch": _arch(assessment, instrument, levels, "", kind="large"),
        "rows": [_row(assessment, point, levels, ratings) for point in instrument.checkpoints],
        "rated": len(levels),
        "first_unrated": rules.first_unrated(instrument, levels),
        "most_urgent": rules.most_urgent(instrument, levels),
        "measures": Measure.objects.filter(assessment=assessment).in_plan().count(),
        "expires_on": rules.expires_on(assessment.changed_on),
    }
    return render(request, "overview.html", shown)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, id: UUID) -> HttpResponse:
    """The name of the organisation or area."""
    assessment = found(Assessment.objects.editable_by(visitor(request)), id)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": assessment.name})
    if request.method == "POST" and form.is_valid():
        rename_assessment(assessment, form.cleaned_data["name"])
        return redirect("overview", assessment.id)
    shown = {"assessment": assessment, "form": form, "longest": NAME_LENGTH}
    return render(request, "name.html", shown, status=422 if form.errors else 200)


def _find(assessment: Assessment, key: str) -> tuple[Instrument, Checkpoint]:
    instrument = instrument_of(assessment)
    point = instrument.checkpoint_by_key.get(key)
    if point is None:
        raise Http404
    return instrument, point


def _levels(instrument: Instrument, ratings: Mapping[str, Rating]) -> dict[str, Level]:
    return rules.levels_by_checkpoint(instrument, {key: rating.level for key, rating in ratings.items()})


def _slots(
    request: HttpRequest,
    assessment: Assessment,
    rating: Rating,
    ratings: Mapping[str, Rating],
    switches: set[str],
) -> dict[str, object]:
    """What a checkpoint page shows of this assessment."""
    instrument = instrument_of(assessment)
    parts = rendering.checkpoint_parts(instrument, rating.checkpoint)
    saved, nothing = rendering.state_words()
    return {
        "arch": _arch(assessment, instrument, _levels(instrument, ratings), rating.checkpoint),
        "status": saved if rating.version or switches else nothing,
        "version": rating.version,
        "before": " ".join(sorted(switches)),
        "levels": rendering.switched(parts["levels"], {f"level:{rating.level}"}),
        "suggestions": rendering.switched(parts["suggestions"], switches),
        "note": rating.note,
        "back": request.GET.get("von", request.POST.get("back", "")),
    }


def _row(
    assessment: Assessment, point: Checkpoint, levels: Mapping[str, Level], ratings: Mapping[str, Rating]
) -> dict[str, object]:
    level = levels.get(point.key)
    return {
        "checkpoint": point,
        "level": level,
        "lamp": arch.lamp(level.tone if level else ""),
        "note": ratings[point.key].note if point.key in ratings else "",
        "href": reverse("checkpoint", args=[assessment.id, point.key]) + "?von=ueberblick",
    }


def _arch(
    assessment: Assessment, instrument: Instrument, levels: Mapping[str, Level], current: str, kind: str = ""
) -> str:
    root = reverse("checkpoint", args=[assessment.id, "-"])[:-1]
    stones, said = [], rendering.arch_words(instrument)
    for point in instrument.checkpoints:
        level = levels.get(point.key)
        words = f"{said[point.key]}, {level.label if level else said['not rated']}"
        stones.append(arch.Stone(level.tone if level else "", words, root + point.key, point.key == current))
    return arch.arch(stones, label=said[""], kind=kind)
