"""The checkpoint pages and the overview."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from ...accounts.rules import may_edit
from ...assessments import editions, rules
from ...assessments.models import NAME_LENGTH, Assessment, Rating
from ...assessments.operations import StaleRatingError, rename_assessment
from ...instruments.model import Checkpoint, Instrument, Level
from ...plans.models import Measure, checkpoint_state
from ...plans.operations import PlanFullError, Saved, save_checkpoint
from .. import arch, checkpoints, languages, page_frame
from ..conflicts import Choice, chosen
from ..context import root
from ..forms import FULL, CheckpointForm, NameForm
from ..homeless import left_over
from ..paths import editable, instrument_of, private, visible
from ..visitor import acting, has_put_off, visitor


@private
@require_http_methods(["GET", "HEAD", "POST"])
def checkpoint(request: HttpRequest, id: UUID, key: str) -> HttpResponse:
    """One checkpoint: its practice, the rating, the suggestions, a note."""
    person = visitor(request)
    if request.method == "POST":
        return _save(request, editable(person, id), key)
    assessment = visible(person, id)
    instrument, _ = _find(assessment, key)
    state = checkpoint_state(assessment, key)
    rating = state.ratings.get(key) or Rating(checkpoint=key, version=0)
    switches = {f"running:{suggestion}" for suggestion in state.running if suggestion.startswith(f"{key}.")}
    switches |= {f"planned:{suggestion}" for suggestion in state.planned}
    slots = _slots(request, assessment, rating, state.ratings, switches)
    is_reader = not assessment.is_editable_by(person)
    if is_reader:
        slots |= {name: checkpoints.disabled(slots[name]) for name in ("levels", "suggestions")}
    skeleton = checkpoints.checkpoint_skeleton(instrument, key, is_reader)
    slots |= {"csrf_token": get_token(request), "root": root(request), "here": languages.here(request)}
    slots["header"] = page_frame.header(person.person is not None)
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
        saved = save_checkpoint(assessment, instrument, key, form.answer(), by=acting(request, assessment))
    except StaleRatingError as stale:
        return _conflict(request, assessment, point, stale)
    except PlanFullError:
        form.add_error("planned", FULL)
        return _not_saved(request, assessment, instrument, point, form)
    if "HX-Request" in request.headers:
        return _saved_part(assessment, point, form, saved)
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


def _saved_part(assessment: Assessment, point: Checkpoint, form: CheckpointForm, saved: Saved) -> HttpResponse:
    instrument = instrument_of(assessment)
    level, note = form.cleaned_data["level"], form.cleaned_data["note"]
    is_known = saved.rating.level in {"", *instrument.level_by_key}  # else it is of an earlier edition
    others = _changed_by_others(is_known and saved.rating.level != level, saved.rating.note != note)
    shown = {
        "assessment": assessment,
        "saved": saved,
        "others": others,
        "was_level": level,
        "was_note": rules.note_sign(note),
        "before": " ".join(sorted(form.switches)),
        "arch": _arch(assessment, instrument, _levels(instrument, saved.ratings), point.key),
    }
    # Without the request: nothing of the page's frame is in this part, and it is the most frequent answer of all.
    return HttpResponse(render_to_string("parts/saved.html", shown))


def _changed_by_others(level: bool, note: bool) -> str:
    """Says what the page does not show because somebody else has changed it; empty when there is nothing."""
    if level and note:
        return gettext("Bewertung und Notiz hat inzwischen jemand anderes geändert.")
    if level:
        return gettext("Die Bewertung hat inzwischen jemand anderes geändert.")
    return gettext("Die Notiz hat inzwischen jemand anderes geändert.") if note else ""


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
    )
    sent = {f"{name}:{key}" for name in ("running", "planned") for key in request.POST.getlist(name)}
    shown = checkpoints.checkpoint_frame(instrument, point.key)
    shown |= _slots(request, assessment, typed, ratings, sent)
    shown |= {name: form.data.get(name, "") for name in ("version", "was_level", "was_note", "before")}
    shown |= {"form": form, "status": checkpoints.not_saved()}
    return render(request, "checkpoint.html", shown, status=422)


def _conflict(request: HttpRequest, assessment: Assessment, point: Checkpoint, stale: StaleRatingError) -> HttpResponse:
    instrument, stored, mine = instrument_of(assessment), stale.stored, stale.merged
    if "HX-Request" in request.headers:
        return render(request, "parts/not_saved.html", {"is_stale": True}, status=409)
    labels = {level.key: level.label for level in instrument.levels} | {"": gettext("Noch nicht bewertet")}
    words = labels.get(stored.level, "")
    choices = {
        "level": Choice("level", gettext("Bewertung"), mine.level, stored.level, labels.get(mine.level, ""), words),
        "note": Choice("note", gettext("Notiz"), mine.note, stored.note, mine.note, stored.note, can_be_both=True),
    }
    shown = {
        "assessment": assessment,
        "heading": checkpoints.checkpoint_words(instrument, point),
        "is_measure": False,
        "choices": [choice for field, choice in choices.items() if field in mine.conflicts],
        "same": [choice for field, choice in choices.items() if field not in mine.conflicts],
        "version": stored.version,
        # Whoever has not pressed "Speichern und weiter" stays on this page afterwards.
        "carried": [("back", request.POST.get("back", "")), *([] if "save" in request.POST else [("stay", "1")])],
        "keep": reverse("checkpoint", args=[assessment.id, point.key]),
    }
    return render(request, "conflict.html", shown, status=409)


@private
@require_safe
def overview(request: HttpRequest, id: UUID) -> HttpResponse:
    """All checkpoints with their ratings and notes, and what is most urgent."""
    person = visitor(request)
    assessment = visible(person, id)
    instrument = instrument_of(assessment)
    ratings = {rating.checkpoint: rating for rating in assessment.ratings.all()}
    levels = _levels(instrument, ratings)
    was_moved = assessment.earlier_edition_id is not None
    newer = editions.newer_than(assessment.edition_id, instrument.slug)
    shown = {
        "assessment": assessment,
        "instrument": instrument,
        "newer": newer,
        "has_put_off": newer is not None and has_put_off(request, newer.hash),
        "left_over": left_over(assessment, instrument) if was_moved else [],
        "is_reader": not assessment.is_editable_by(person),
        "arch": _arch(assessment, instrument, levels, "", kind="large"),
        "rows": [_row(assessment, point, levels, ratings) for point in instrument.checkpoints],
        "rated": len(levels),
        "first_unrated": rules.first_unrated(instrument, levels),
        "most_urgent": rules.most_urgent(instrument, levels),
        "measures": Measure.objects.filter(assessment=assessment).in_plan().count(),
        "is_own": assessment.is_own_of(person),
        "may_set_area": may_edit(assessment.member_role or ""),
        "may_hand_over": may_edit(assessment.member_role or "") and _is_advisers(assessment),
        "expires_on": assessment.expires_on,
    }
    return render(request, "overview.html", shown)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, id: UUID) -> HttpResponse:
    """The name of the organisation or area."""
    assessment = editable(visitor(request), id)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": assessment.name})
    if request.method == "POST" and form.is_valid():
        rename_assessment(assessment, form.cleaned_data["name"], by=acting(request, assessment))
        return redirect("overview", assessment.id)
    shown = {"assessment": assessment, "form": form, "longest": NAME_LENGTH}
    return render(request, "name.html", shown, status=422 if form.errors else 200)


def _is_advisers(assessment: Assessment) -> bool:
    return assessment.organisation is not None and assessment.organisation.kind == "advice"


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
    parts = checkpoints.checkpoint_parts(instrument, rating.checkpoint)
    saved, nothing = checkpoints.state_words()
    belongs = assessment.organisation_id is not None
    return {
        "belonging": render_to_string("parts/belonging.html", {"assessment": assessment}) if belongs else "",
        "arch": _arch(assessment, instrument, _levels(instrument, ratings), rating.checkpoint),
        "status": saved if rating.version or switches else nothing,
        "was_level": rating.level if rating.level in instrument.level_by_key else "",
        "was_note": rules.note_sign(rating.note),
        "before": " ".join(sorted(switches)),
        "levels": checkpoints.switched(parts["levels"], {f"level:{rating.level}"}),
        "suggestions": checkpoints.switched(parts["suggestions"], switches),
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
    stones, said = [], checkpoints.arch_words(instrument)
    for point in instrument.checkpoints:
        level = levels.get(point.key)
        words = f"{said[point.key]}, {level.label if level else said['not rated']}"
        stones.append(arch.Stone(level.tone if level else "", words, root + point.key, point.key == current))
    return arch.arch(stones, label=said[""], kind=kind)
