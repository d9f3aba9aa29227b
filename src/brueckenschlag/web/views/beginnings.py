"""A new Praxishilfe from a file: from another installation, or from a form that was filled in before there was one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ...assessments import editions
from ...assessments.models import Edition
from ...documents.applying import begin_from
from ...documents.exchange.model import nothing
from ...documents.returns.compare import compare
from ...documents.returns.returned import Filled, RefusedError, Returned, Sentence, as_additions
from ...documents.returns.understanding import base_of
from ...plans.operations import PlanFullError
from .. import returning, sent_files, visitor
from ..forms import FULL
from ..paths import private, text_of

NO_INSTRUMENT = Sentence(
    "Diese Datei sagt nicht, zu welcher Praxishilfe sie gehört. Damit lässt sich keine neue beginnen."
)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The field for the file; POST shows what stands in it, and a second one begins with it."""
    if request.method != "POST":
        return _page(request)
    try:
        if "carried" not in request.POST:
            filled = sent_files.sent(request)
            edition = _edition_for(filled)
            return _page(
                request, edition=edition, returned=sent_files.understood(filled, edition.pk, is_elsewhere=True)
            )
        returned = sent_files.taken_up(request, "")
        assessment, key = begin_from(_current(returned.instrument), returned)
    except RefusedError as refused:
        return _page(request, refused)
    except PlanFullError:
        return _page(request, RefusedError(Sentence(str(FULL))))
    visitor.remember(request, assessment, key)
    return redirect("overview", assessment.id)


def _edition_for(filled: Filled) -> Edition:
    """The newest edition of the file's instrument. Raises RefusedError."""
    base = base_of(filled)
    if base is None:
        raise RefusedError(NO_INSTRUMENT)
    return _current(base.instrument)


def _current(slug: str) -> Edition:
    edition = editions.current(slug)
    if edition is None:
        raise RefusedError(sent_files.UNKNOWN_INSTRUMENT, slug=slug)
    return edition


def _page(
    request: HttpRequest,
    refused: RefusedError | None = None,
    *,
    edition: Edition | None = None,
    returned: Returned | None = None,
) -> HttpResponse:
    shown: dict[str, object] = {"error": sent_files.words(refused), "largest": sent_files.LARGEST_MB}
    if edition and returned:
        instrument = text_of(edition.pk)
        words = returning.Words(instrument)
        preview = compare(as_additions(returned), nothing(edition.slug, edition.version, edition.pk))
        shown |= {
            "instrument": instrument,
            "is_other_edition": returned.edition_hash != edition.pk,
            "carried": sent_files.carried(returned, ""),
            "name": returning.name_of(returned),
            "counts": returning.counts(preview),
            "doubts": [words.doubt(one) for one in preview.doubts],
        }
    return render(request, "begin_from_file.html", shown, status=sent_files.status(refused))
