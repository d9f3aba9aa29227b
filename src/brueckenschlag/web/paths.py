"""What all pages of an assessment share: no copy in caches or search engines, and their instrument."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

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


def instrument_of(assessment: Assessment) -> Instrument:
    """The instrument that the assessment fills in. Raises Http404 when this installation no longer has it."""
    instrument = library.instrument(assessment.instrument)
    if instrument is None:
        raise Http404
    return instrument
