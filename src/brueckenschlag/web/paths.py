"""What all pages of an assessment share: no copy in caches or search engines, and their instrument."""

from collections.abc import Callable, Iterator
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language

from ..accounts.keys import Visitor, grouped
from ..accounts.models import Organisation
from ..accounts.rules import ROLES
from ..assessments import editions, left_over
from ..assessments.models import Assessment, Edition
from ..instruments.model import Instrument
from ..plans.models import Measure

View = Callable[..., HttpResponse]
OURS = {"zo": 0, "kmu": 1}  # the two sides of the bridge, in the order in which they are offered


def private(view: View) -> View:
    """Marks every answer of the view, also its redirects, as not to be stored or listed anywhere.

    What somebody else erases for good while the view is at work is not found, as it would be a moment later.
    """

    @wraps(view)
    def handle(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except (Assessment.DoesNotExist, Measure.DoesNotExist, Organisation.DoesNotExist):
            raise Http404 from None
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return handle


def visible(person: Visitor, id: UUID) -> Assessment:
    """The assessment of that id if this person may see it. Raises Http404."""
    return _found(Assessment.objects.opened_by(person, id, for_writing=False))


def editable(person: Visitor, id: UUID) -> Assessment:
    """The assessment of that id if this person may change it. Raises Http404."""
    return _found(Assessment.objects.opened_by(person, id, for_writing=True))


def own(person: Visitor, id: UUID) -> Assessment:
    """The assessment of that id if it is this person's own to give away or delete: no adviser's. Raises Http404."""
    assessment = editable(person, id)
    if not assessment.is_own_of(person):
        raise Http404
    return assessment


def organisation_of(person: Visitor, id: UUID, *roles: str) -> Organisation:
    """The organisation of that id if this person has one of these roles in it; any role by default. Raises Http404."""
    organisation = Organisation.objects.with_role(person, *(roles or ROLES)).filter(pk=id).first()
    if organisation is None:
        raise Http404
    return organisation


def _found(assessment: Assessment | None) -> Assessment:
    if assessment is None:
        raise Http404
    return assessment


def personal_link(request: HttpRequest, name: str, key: str) -> str:
    """The whole address of a link with a key, on the public address where the operator has set one."""
    path = reverse(name, args=[grouped(key)])
    return settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path)


def leads_on(page: str, *args: object) -> HttpResponse:
    """Leads from an address with a key to one without it; the browser tells the next page nothing of the first."""
    response = redirect(page, *args)
    response["Referrer-Policy"] = "no-referrer"
    return response


def instrument_of(assessment: Assessment) -> Instrument:
    """The instrument that the assessment fills in, in the language of the page."""
    return text_of(assessment.edition_id)


def earlier_instruments_of(assessment: Assessment) -> Iterator[Instrument]:
    """The editions whose words its entries may have, see `left_over.earlier`; none is read before it is needed."""
    return left_over.earlier(assessment, get_language() or "")


def text_of(edition: str) -> Instrument:
    """The instrument of an edition, named by its hash, in the language of the page."""
    return editions.in_language(edition, get_language() or "")


def current(slug: str) -> tuple[Edition, Instrument]:
    """The newest edition of that instrument in the language of the page. Raises Http404."""
    edition = editions.current(slug)
    if edition is None:
        raise Http404
    return edition, text_of(edition.hash)


def current_instruments() -> list[Instrument]:
    """All instruments in their newest edition and the language of the page: our two, then those of others by title."""
    found = [text_of(edition.hash) for edition in editions.all_current()]
    return sorted(found, key=lambda one: (OURS.get(one.slug, len(OURS)), one.frame.title))
