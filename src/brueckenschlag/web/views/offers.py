"""Links between advisers and those they advise: opening one, the page that says what it means, and accepting.

Three kinds have the same address, as whoever holds one need not know which it is: an organisation lets an adviser
advise it; an adviser asks to advise; an adviser hands over an assessment that they have prepared.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from ...accounts import keys
from ...accounts.models import NAME_LENGTH, ClientInvitation, Mandate, Organisation
from ...accounts.operations import (
    OfferGoneError,
    accept_client_invitation,
    accept_mandate,
    found_organisation,
)
from ...assessments.models import Handover
from ...assessments.operations import HandoverGoneError, take_handover
from ...audit.actors import Actor
from .. import device
from ..advice_forms import ALLOWED, TakeForm
from ..organisation_forms import Choices
from ..paths import instrument_of, leads_on, private
from ..visitor import visitor

KEEPS: list[tuple[str, Any]] = [*ALLOWED, ("", _("Nichts mehr"))]
Offer = Mandate | ClientInvitation | Handover


@dataclass(frozen=True)
class Asked:
    """One kind of offer as its page needs it.

    `organisations` are those for which the visitor may accept, `allowed` the choices of what the adviser may do then;
    `accept` is given the chosen organisation, None for a new one, and the form, and says which page comes then.
    """

    offer: Offer
    template: str
    organisations: "QuerySet[Organisation]"
    allowed: list[tuple[str, Any]]
    initial: dict[str, Any]
    shown: dict[str, Any]
    accept: Callable[[Organisation | None, dict[str, str], Actor], tuple[str, UUID]]


@private
@require_safe
def open_offer(request: HttpRequest, key: str) -> HttpResponse:
    """Keeps the offer on this device and leads on to an address without the key. Uses nothing up."""
    clean = keys.key_in(key)
    if clean is None or _behind(clean) is None:
        raise Http404("link")
    device.keep(request, offer=clean)
    return leads_on("offer")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest) -> HttpResponse:
    """Who offers what to whom; POST accepts."""
    own = _behind(str(device.kept(request).get("offer", "")))
    if own is None:
        return _gone(request)
    person = visitor(request)
    asked = _asked(own, person)
    sent = request.POST if request.method == "POST" else None
    form = TakeForm(sent, organisations=_choices(asked.organisations), allowed=asked.allowed, initial=asked.initial)
    # What was sent must be about the offer that this device has opened last.
    is_meant = person.person is not None and request.POST.get("offer") == str(own.pk)
    if request.method != "POST" or not is_meant or not form.is_valid():
        return _page(request, asked, form)
    chosen = form.cleaned_data["organisation"]
    organisation = asked.organisations.get(pk=UUID(chosen)) if chosen else None
    try:
        page, id = asked.accept(organisation, form.cleaned_data, Actor(person.person))
    except (OfferGoneError, HandoverGoneError):
        return _gone(request)
    device.keep(request, offer=None)
    return redirect(page, id)


def _behind(key: str) -> Offer | None:
    """The open offer of that key; none of an organisation that has been one that advises and is no more."""
    if not key:
        return None
    hashed = keys.hash_key(key)
    mandates = Mandate.objects.offered().select_related("organisation", "created_by")
    invitations = ClientInvitation.objects.open().filter(adviser__kind="advice")
    invitations = invitations.select_related("adviser", "invited_by")
    handovers = Handover.objects.open().filter(assessment__organisation__kind="advice")
    handovers = handovers.select_related("assessment__organisation", "offered_by")
    for rows in (mandates, invitations, handovers):
        if found := rows.filter(token_hash=hashed).first():
            return found
    return None


def _asked(own: Offer, person: keys.Visitor) -> Asked:
    if isinstance(own, Mandate):
        return _mandate(own, person)
    mine = Organisation.objects.owned_by(person)
    return _client(own, mine) if isinstance(own, ClientInvitation) else _handover(own, mine)


def _mandate(mandate: Mandate, person: keys.Visitor) -> Asked:
    """An organisation lets one that advises do so."""
    advising = Organisation.objects.editable_by(person).filter(kind="advice").exclude(pk=mandate.organisation_id)
    covered = mandate.covered.select_related("assessment")
    shown = {
        "from": mandate.organisation,
        "who": mandate.created_by,
        "expires_at": mandate.offer_expires_at,
        "names": [one.assessment.name or gettext("ohne Namen") for one in covered],
    }

    def accept(adviser: Organisation | None, sent: dict[str, str], by: Actor) -> tuple[str, UUID]:
        with transaction.atomic():
            adviser = adviser or found_organisation(sent["name"], "advice", by=by)
            accept_mandate(mandate, adviser, by=by)
        return "clients", adviser.pk

    return Asked(mandate, "offer_mandate.html", advising, [], {}, shown, accept)


def _client(invitation: ClientInvitation, mine: "QuerySet[Organisation]") -> Asked:
    """An adviser asks to advise."""
    shown = {"from": invitation.adviser, "who": invitation.invited_by, "expires_at": invitation.expires_at}

    def accept(organisation: Organisation | None, sent: dict[str, str], by: Actor) -> tuple[str, UUID]:
        may_write = sent["allowed"] == "write"
        mandate = accept_client_invitation(invitation, organisation, name=sent["name"], may_write=may_write, by=by)
        return "advice", mandate.organisation_id

    own, initial = mine.exclude(pk=invitation.adviser_id), {"name": invitation.name, "allowed": "read"}
    return Asked(invitation, "offer_client.html", own, list(ALLOWED), initial, shown, accept)


def _handover(handover: Handover, mine: "QuerySet[Organisation]") -> Asked:
    """An adviser hands over an assessment."""
    assessment = handover.assessment
    shown = {
        "from": assessment.organisation,
        "who": handover.offered_by,
        "expires_at": handover.expires_at,
        "assessment": assessment,
        "instrument": instrument_of(assessment),
    }

    def accept(organisation: Organisation | None, sent: dict[str, Any], by: Actor) -> tuple[str, UUID]:
        taken = take_handover(handover, organisation, name=sent["name"], keeps=sent["allowed"], by=by)
        return "overview", taken.pk

    own, initial = mine.exclude(pk=assessment.organisation_id or ""), {"name": assessment.name}
    return Asked(handover, "offer_handover.html", own, KEEPS, initial, shown, accept)


def _choices(organisations: "QuerySet[Organisation]") -> Choices:
    rows = organisations.order_by("name", "pk").values_list("pk", "name")
    return [(str(id), name or gettext("Ihre Organisation")) for id, name in rows]


def _page(request: HttpRequest, asked: Asked, form: TakeForm) -> HttpResponse:
    shown = asked.shown | {
        "offer": asked.offer,
        "form": form,
        "choices": _choices(asked.organisations),
        "longest": NAME_LENGTH,
        "me": request.user if request.user.is_authenticated else None,
    }
    return render(request, asked.template, shown, status=422 if request.method == "POST" else 200)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "offer_gone.html", {"status": 404}, status=404)
