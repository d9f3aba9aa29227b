"""The way back: a file that was filled in elsewhere is looked at, then taken over as far as the person wishes."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ...assessments import editions
from ...assessments.models import Assessment
from ...documents.applying import ChangedMeanwhileError, UnfitChoiceError, apply_return, stored_state
from ...documents.returns.compare import Preview, compare, fingerprint
from ...documents.returns.returned import RefusedError, Returned, Sentence, as_additions, only_what_is_there
from ...plans.operations import PlanFullError
from .. import page_texts, returning, sent_files
from ..forms import FULL
from ..paths import earlier_instruments_of, editable, instrument_of, private, text_of
from ..visitor import acting, visitor

OTHER_INSTRUMENT = Sentence("Diese Datei gehört zu einer anderen Praxishilfe: „%(title)s“.")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, id: UUID) -> HttpResponse:
    """The field for the file; POST shows what stands in it, and changes nothing."""
    assessment = editable(visitor(request), id)
    if request.method != "POST":
        return _upload_page(request, assessment)
    try:
        filled = sent_files.sent(request)
        returned = sent_files.understood(filled, assessment.edition_id)
        if returned.instrument not in ("", assessment.edition.slug):
            raise _other_instrument(returned.instrument)
        if returned.assessment not in ("", str(assessment.pk)):
            returned = sent_files.understood(filled, assessment.edition_id, is_elsewhere=True)
            return _stranger_page(request, assessment, returned)
        if returned.base and not returned.assessment:
            returned = only_what_is_there(returned)
        return _preview_page(request, assessment, returned)
    except RefusedError as refused:
        return _upload_page(request, assessment, refused)


@private
@require_POST
def check(request: HttpRequest, id: UUID) -> HttpResponse:
    """What was chosen is applied; without a choice the preview is shown (a file of another assessment)."""
    assessment = editable(visitor(request), id)
    if "carried" not in request.POST:
        return redirect("return", assessment.id)
    try:
        returned = sent_files.taken_up(request, str(assessment.pk))
        if "take" in request.POST:
            return _apply(request, assessment, returned)
        return _preview_page(request, assessment, returned)
    except RefusedError as refused:
        return _upload_page(request, assessment, refused)


def _apply(request: HttpRequest, assessment: Assessment, returned: Returned) -> HttpResponse:
    taken = _taken(request, compare(returned, stored_state(assessment)))
    try:
        applied = apply_return(
            assessment, returned, taken, seen=request.POST.get("seen", ""), by=acting(request, assessment)
        )
    except ChangedMeanwhileError:
        # Where nothing is left to take it has been taken: the same choice has arrived twice.
        return _preview_page(request, assessment, returned, taken=taken, status=409 if taken else 200)
    except UnfitChoiceError as unfit:
        return _preview_page(request, assessment, returned, taken=taken, faults=unfit.faults, status=422)
    except PlanFullError:
        return _preview_page(request, assessment, returned, taken=taken, faults={"": str(FULL)}, status=422)
    done = f"?uebernommen={applied.items}" + (f"&geloescht={applied.removed}" if applied.removed else "")
    return redirect(reverse("return", args=[assessment.id]) + done)


def _other_instrument(slug: str) -> RefusedError:
    edition = editions.current(slug)
    if edition is None:
        return RefusedError(sent_files.UNKNOWN_INSTRUMENT, slug=slug)
    return RefusedError(OTHER_INSTRUMENT, title=str(text_of(edition.pk).frame.title))


def _taken(request: HttpRequest, preview: Preview) -> frozenset[str]:
    """The keys of what is to come from the file."""
    how = request.POST["take"]
    if how == "all":
        return frozenset(item.key for item in preview.items)
    if how == "undisputed":
        return preview.undisputed()
    return frozenset(item.key for item in preview.items if request.POST.get(item.key) == "file")


def _upload_page(request: HttpRequest, assessment: Assessment, refused: RefusedError | None = None) -> HttpResponse:
    shown = {
        "assessment": assessment,
        "error": sent_files.words(refused),
        "largest": sent_files.LARGEST_MB,
        "applied": _number(request, "uebernommen"),
        "removed": _number(request, "geloescht"),
        "undo": page_texts.variables()["undo"],
    }
    return render(request, "return.html", shown, status=sent_files.status(refused))


def _preview_page(  # noqa: PLR0913  # the last three are what a second showing adds
    request: HttpRequest,
    assessment: Assessment,
    returned: Returned,
    *,
    taken: Collection[str] | None = None,
    faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """What the file would change. `taken` are earlier choices, `faults` sentences by item, "" for all of it."""
    stored = stored_state(assessment)
    preview = compare(returned, stored)
    words = returning.Words(instrument_of(assessment), earlier_instruments_of(assessment), stored.measures)
    faults = faults or {}
    chosen = preview.undisputed() if taken is None else taken
    shown = {
        "assessment": assessment,
        "carried": sent_files.carried(returned, str(assessment.pk)),
        "seen": fingerprint(stored),
        "groups": returning.groups(preview, words, chosen, faults),
        "preview": preview,
        "has_disputed": any(not item.is_undisputed for item in preview.items),
        "doubts": [words.doubt(one) for one in preview.doubts],
        "fault": faults.get("", ""),
        "is_refused": bool(faults),
        "is_stale": status == 409,
        "has_base": returned.base is not None,
        "is_other_edition": returned.edition_hash not in ("", assessment.edition_id),
    }
    return render(request, "return_check.html", shown, status=status)


def _stranger_page(request: HttpRequest, assessment: Assessment, returned: Returned) -> HttpResponse:
    """A file of another assessment: says so, and offers to look at it as additions."""
    shown = {
        "assessment": assessment,
        "own": Assessment.objects.editable_by(visitor(request)).filter(pk=returned.assessment).first(),
        "carried": sent_files.carried(as_additions(returned), str(assessment.pk)),
        "name": returning.name_of(returned),
    }
    return render(request, "return_stranger.html", shown, status=422)


def _number(request: HttpRequest, name: str) -> int:
    """A small number from the address, 0 for anything else."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
