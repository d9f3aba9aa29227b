"""A person's own pages: what their organisations have, who they are, the devices on which they are signed in."""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from smtplib import SMTPException
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from ...accounts.models import Organisation
from ...accounts.operations import AddressTakenError, change_address, change_person
from ...assessments.models import Assessment
from ...mail.letters import send_address_changed, send_codes_for_new_address
from .. import codes
from ..account_forms import CODE_WRONG, NOT_SENT, TOO_MANY, AddressForm, PersonForm, TwoCodesForm
from ..devices import device_words, end_sessions
from ..guards import actor_of, confirmed, person_of, signed_in
from ..paths import instrument_of
from ..visitor import visitor
from .signing_in import ASKED

OLD, NEW = "old-address", "new-address"
ORGANISATIONS_ON_A_PAGE, CARDS = 20, 5


@require_safe
@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """What the person's organisations have filled in, the latest of each."""
    organisations = Organisation.objects.of(visitor(request)).order_by("name", "created_at", "pk")
    page = Paginator(organisations, ORGANISATIONS_ON_A_PAGE).get_page(request.GET.get("seite", ""))
    cards = _latest(page.object_list)
    shown = {
        "person": person_of(request),
        "page": page,
        "groups": [(one, cards[one.pk][:CARDS], len(cards[one.pk]) > CARDS) for one in page],
        "taken": request.GET.get("uebernommen", ""),
    }
    return render(request, "account/account.html", shown)


def _latest(organisations: Iterable[Organisation]) -> dict[UUID | None, list[dict[str, object]]]:
    """Of each organisation the assessments changed last: one more than is shown, which tells whether there are more."""
    nth = Window(RowNumber(), partition_by="organisation", order_by=["-changed_on", "name", "pk"])
    found = Assessment.objects.filter(organisation__in=[one.pk for one in organisations]).annotate(nth=nth)
    cards: dict[UUID | None, list[dict[str, object]]] = defaultdict(list)
    for one in found.filter(nth__lte=CARDS + 1).order_by("nth"):
        cards[one.organisation_id].append({"assessment": one, "title": instrument_of(one).frame.title})
    return cards


@require_http_methods(ASKED)
@signed_in
def details(request: HttpRequest) -> HttpResponse:
    """Name and language."""
    person = person_of(request)
    initial = {"name": person.name, "language": person.language or settings.LANGUAGE_CODE}
    form = PersonForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        change_person(person, **form.cleaned_data)
        return redirect(reverse("details") + "?gespeichert=1")
    shown = {"form": form, "person": person, "was_saved": "gespeichert" in request.GET}
    return render(request, "account/details.html", shown, status=422 if form.errors else 200)


@require_http_methods(ASKED)
@confirmed
def address(request: HttpRequest) -> HttpResponse:
    """Another address: a code goes to it and one to the old address; nothing changes before both are there."""
    if not settings.EMAIL_HOST:
        raise Http404
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        status = _send_codes(request, form)
        if status == 302:
            return redirect("address_codes")
        return render(request, "account/address.html", {"form": form}, status=status)
    return render(request, "account/address.html", {"form": form}, status=422 if form.errors else 200)


def _send_codes(request: HttpRequest, form: AddressForm) -> int:
    old, new = person_of(request).email, form.cleaned_data["address"]
    if old == new:
        form.add_error("address", _("Das ist schon Ihre Adresse."))
        return 422
    if not (codes.may_send(request, old) and codes.may_send(request, new)):
        form.add_error("address", TOO_MANY)
        return 429
    made = codes.new_code(request, OLD, f"{old} {new}"), codes.new_code(request, NEW, new)
    try:
        send_codes_for_new_address(old, new, codes=made, minutes=codes.MINUTES)
    except (SMTPException, OSError):
        form.add_error("address", NOT_SENT)
        return 503
    return 302


@require_http_methods(ASKED)
@confirmed
def address_codes(request: HttpRequest) -> HttpResponse:
    """Both codes; then the address is changed, and the old one is told."""
    person, new = person_of(request), codes.address_waiting(request, NEW)
    old = person.email
    # The code for the old address counts for this pair of addresses only.
    if new is None or codes.address_waiting(request, OLD) != f"{old} {new}":
        return redirect("address")
    form = TwoCodesForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _are_right(request, form):
        try:
            change_address(person, new, by=actor_of(request))
            _tell(old)
            return redirect(reverse("details") + "?gespeichert=1")
        except AddressTakenError:
            form.add_error("new", _("Zu dieser Adresse gibt es schon ein anderes Konto."))
    shown = {"form": form, "old": old, "new": new, "minutes": codes.MINUTES}
    return render(request, "account/address_codes.html", shown, status=422 if form.errors else 200)


def _are_right(request: HttpRequest, form: TwoCodesForm) -> bool:
    """Whether both codes are right; they count once, and only together."""
    try:
        for purpose, field in ((OLD, "old"), (NEW, "new")):
            if not codes.matches(request, purpose, form.cleaned_data[field]):
                form.add_error(field, CODE_WRONG)
    except codes.TooManyError:
        form.add_error(None, TOO_MANY)
    if form.errors:
        return False
    codes.forget(request, OLD)
    codes.forget(request, NEW)
    return True


def _tell(old: str) -> None:
    # Without the letter it is changed all the same: both addresses have confirmed it.
    with suppress(SMTPException, OSError):
        send_address_changed(old)


@require_http_methods(ASKED)
@signed_in
def devices(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in; ends one of these, or all but this."""
    person = person_of(request)
    if request.method == "POST":
        if end_sessions(request, person, request.POST.get("device", "")):
            return redirect("home")
        return redirect(reverse("devices") + "?beendet=1")
    sessions = sorted(UserSession.objects.purge_and_list(person), key=lambda one: one.created_at, reverse=True)
    shown = {
        "devices": [(one, device_words(one.user_agent), one.is_current()) for one in sessions],
        "were_ended": "beendet" in request.GET,
    }
    return render(request, "account/devices.html", shown)
