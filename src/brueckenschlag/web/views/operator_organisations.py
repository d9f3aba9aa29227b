"""The site's administration of organisations: who they are and who is in them, never what they have entered."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...accounts.models import Mandate, Organisation, Person
from ...accounts.operations import add_member, note_organisation_opening
from ...accounts.rules import UNDO_ERASURE_DAYS
from ...audit.models import LogEntry
from ...privacy import operations
from .. import log
from ..account_forms import AddressForm
from ..guards import actor_of, for_operators
from ..organisation_forms import KINDS, ROLE_WORDS
from .operator import ROWS_ON_A_PAGE
from .signing_in import ASKED

LATEST = 10


@require_safe
@for_operators
def organisations(request: HttpRequest) -> HttpResponse:
    """All organisations, found by a part of their name."""
    wanted = " ".join(request.GET.get("suche", "")[:120].replace("\x00", "").split())
    rows = Organisation.objects.annotate(
        member_count=Count("memberships", distinct=True), assessment_count=Count("assessments", distinct=True)
    )
    if wanted:
        rows = rows.filter(name__icontains=wanted)
    shown = {
        "page": Paginator(rows.order_by("name", "created_at", "pk"), ROWS_ON_A_PAGE).get_page(request.GET.get("seite")),
        "wanted": wanted,
        "kinds": KINDS,
    }
    return render(request, "operator/organisations.html", shown)


@require_safe
@for_operators
def organisation(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """One organisation. That it was looked at stands in its log."""
    found = get_object_or_404(Organisation, pk=organisation)
    note_organisation_opening(found, by=actor_of(request))
    return _page(request, found, AddressForm())


def _page(request: HttpRequest, found: Organisation, form: AddressForm, status: int = 200) -> HttpResponse:
    mandates = Mandate.objects.of(found).select_related("organisation", "adviser").order_by("-created_at")
    members = found.memberships.select_related("person").order_by("joined_at", "pk")
    shown = {
        "organisation": found,
        "kind": dict(KINDS)[found.kind],
        "members": [(one, ROLE_WORDS[one.role]) for one in members],
        "has_owner": any(one.role == "owner" and one.person.is_active for one in members),
        "mandates": mandates,
        "areas": found.areas.count(),
        "assessments": found.assessments.count(),
        "lines": log.lines(
            list(LogEntry.objects.of_organisation(found.pk)[:LATEST]), shows_addresses=True, is_site=True
        ),
        "form": form,
        "was_saved": "gespeichert" in request.GET,
    }
    return render(request, "operator/organisation.html", shown, status=status)


@require_POST
@for_operators
def give_owner(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Makes somebody with an account an owner, where nobody who leads the organisation can be reached any more."""
    found = get_object_or_404(Organisation, pk=organisation)
    form = AddressForm(request.POST)
    if form.is_valid():
        person = Person.objects.filter(email=form.cleaned_data["address"], is_active=True).first()
        if person is not None:
            add_member(found, person, "owner", by=actor_of(request))
            return redirect(reverse("operator_organisation", args=[found.pk]) + "?gespeichert=1")
        form.add_error("address", gettext("Zu dieser Adresse gibt es kein offenes Konto."))
    return _page(request, found, form, 422)


@require_http_methods(ASKED)
@for_operators
def erase(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Asks once; then the organisation is erased after some days, until which it can be undone."""
    found = get_object_or_404(Organisation, pk=organisation, erase_on=None)
    back = reverse("operator_organisation", args=[found.pk])
    if request.method == "POST":
        operations.ask_erasure_of_organisation(found, by=actor_of(request))
        return redirect(back + "?gespeichert=1")
    shown = {
        "parent": "operator/frame.html",
        "heading": gettext("Organisation löschen?"),
        "words": gettext("„%(name)s“ wird in %(days)s Tagen mit allem gelöscht, was dazu gespeichert ist.")
        % {"name": found.name or gettext("Organisation ohne Namen"), "days": UNDO_ERASURE_DAYS},
        "hint": gettext("Bis dahin können Sie oder die Leitung es zurücknehmen. Die Mitglieder sehen es sofort."),
        "action": gettext("Organisation löschen"),
        "back": back,
    }
    return render(request, "confirm.html", shown)


@require_POST
@for_operators
def keep(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Undoes asking for erasure."""
    found = get_object_or_404(Organisation, pk=organisation)
    operations.undo_erasure_of_organisation(found, by=actor_of(request))
    return redirect(reverse("operator_organisation", args=[found.pk]) + "?gespeichert=1")
