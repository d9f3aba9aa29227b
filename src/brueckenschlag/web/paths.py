"""What all pages of an assessment share: no copy in caches or search engines, and their instrument."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from ..assessments.models import Assessment
from ..instruments import library
from ..instruments.model import Instrument

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Marks every answer of the view, also its redirects, as not to be stored or listed anywhere."""

    @wraps(view)
    def handle(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return handle


def found(assessments: QuerySet[Assessment], id: UUID) -> Assessment:
    """The one of these with that id. Raises Http404 for one that is not among them.

    Django's own shortcut asks for up to 21 rows to be sure of one; the primary key is sure already, and this is part
    of every request.
    """
    for assessment in assessments.filter(pk=id):
        return assessment
    raise Http404


def instrument_of(assessment: Assessment) -> Instrument:
    """The instrument that the assessment fills in, in the language of the page.

    Raises Http404 when this installation no longer has it.
    """
    instrument = library.instrument(assessment.instrument, get_language() or "")
    if instrument is None:
        raise Http404
    return instrument
