"""What a person can do with all data of their account: take it along, have it erased, undo that."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from ...accounts.models import Organisation, Person
from ...accounts.rules import UNDO_ERASURE_DAYS
from ...audit.actors import Actor
from ...privacy import exports, operations
from ...privacy.reads import alone_responsible, measures_naming
from .. import readable
from ..paths import private
from .organisation_data import archive


@private
@require_http_methods(["GET", "HEAD", "POST"])
def take_along(request: HttpRequest) -> HttpResponse:
    """Says what is in the file; then the file."""
    person = _person(request)
    if request.method == "POST":
        record = operations.export_person(person, by=Actor(person.pk))
        page = readable.page(record, gettext("Meine Daten bei Brückenschlag"))
        return archive({"konto.json": exports.as_json(record), "konto.html": page}, "mein-konto")
    return render(request, "take_along_account.html", {"person": person})


@private
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Says what goes and what stays, and asks about organisations that nobody else leads; then it can be undone."""
    person = _person(request)
    left: list[Organisation] = []
    also: list[UUID] = []
    if request.method == "POST" and person.erase_on is None:
        also = [UUID(id) for id in request.POST.getlist("organisation") if _is_id(id)]
        try:
            operations.ask_erasure_of_person(person, with_organisations=also, by=Actor(person.pk))
            return redirect("erase_account")
        except operations.LeftAloneError as error:
            left = error.organisations
    shown = {
        "person": person,
        "days": UNDO_ERASURE_DAYS,
        "alone": alone_responsible(person.pk) if person.erase_on is None else [],
        "left": left,
        "ticked": also,
        "measures": len(measures_naming(person)),
        "today": timezone.localdate(),
    }
    return render(request, "erase_account.html", shown, status=422 if left else 200)


@private
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Undoes asking for erasure."""
    person = _person(request)
    operations.undo_erasure_of_person(person, by=Actor(person.pk))
    return redirect("erase_account")


def _person(request: HttpRequest) -> Person:
    if not request.user.is_authenticated:
        raise Http404
    return request.user


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
