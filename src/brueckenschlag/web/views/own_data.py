"""What a person can do with all data of their account: take it along, have it erased, undo that."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from ...accounts.models import Organisation
from ...accounts.rules import UNDO_ERASURE_DAYS
from ...privacy import exports, operations
from ...privacy.reads import alone_responsible, measures_naming
from .. import readable
from ..guards import actor_of, person_of, signed_in
from .organisation_data import archive


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def take_along(request: HttpRequest) -> HttpResponse:
    """Says what is in the file; then the file."""
    person = person_of(request)
    if request.method == "POST":
        record = operations.export_person(person, by=actor_of(request))
        page = readable.page(record, gettext("Meine Daten bei Brückenschlag"))
        return archive({"konto.json": exports.as_json(record), "konto.html": page}, "mein-konto")
    return render(request, "account/take_along.html", {"person": person})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def erase(request: HttpRequest) -> HttpResponse:
    """Says what goes and what stays, and asks about organisations that nobody else leads; then it can be undone."""
    person = person_of(request)
    left: list[Organisation] = []
    also: list[UUID] = []
    if request.method == "POST" and person.erase_on is None:
        also = [UUID(id) for id in request.POST.getlist("organisation") if _is_id(id)]
        try:
            operations.ask_erasure_of_person(person, with_organisations=also, by=actor_of(request))
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
    return render(request, "account/erase.html", shown, status=422 if left else 200)


@require_POST
@signed_in
def keep(request: HttpRequest) -> HttpResponse:
    """Undoes asking for erasure."""
    person = person_of(request)
    operations.undo_erasure_of_person(person, by=actor_of(request))
    return redirect("erase_account")


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
