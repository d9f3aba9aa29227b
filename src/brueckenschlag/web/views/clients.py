"""An adviser's clients: the board, and asking a list of people to become clients."""

import csv
import io
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...accounts import client_list, operations
from ...accounts.models import ClientInvitation, Organisation
from ...accounts.rules import CLIENT_INVITATIONS_PER_DAY, MOST_CLIENTS_AT_ONCE, OFFER_DAYS, may_edit
from ...assessments.models import Assessment
from ...audit.actors import Actor
from ...mail.letters import send_client_invitations
from .. import arch
from ..advice_forms import ClientListForm
from ..board import FILTERS, ORDERS, asked_for, chosen_clients, clients_of
from ..paths import current_instruments, organisation_of, personal_link, private
from ..side_by_side import NATURAL
from ..visitor import visitor

CLIENTS_ON_A_PAGE = 50
DONE = ("gemailt", "ungesendet", "bereit", "nichts", "zurueckgezogen", "beendet")
FAULTS = {
    "": _("wird eingeladen"),
    "address": _("keine E-Mail-Adresse"),
    "name": _("Der Name ist zu lang."),
    "twice": _("steht schon in der Liste"),
    "client": _("wird schon beraten"),
    "invited": _("ist schon eingeladen"),
    "many": _("zu viele auf einmal"),
}
GOES_OUT = ("", "invited")  # whoever is invited already gets the letter that has not gone out yet


@private
@require_safe
def clients(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Whom the organisation advises, what needs attention first; and what it has prepared and not yet handed over."""
    found = _adviser(request, organisation)
    everybody = clients_of(found)
    asked = asked_for(request.GET)
    page = Paginator(chosen_clients(everybody, asked), CLIENTS_ON_A_PAGE).get_page(request.GET.get("seite"))
    instruments = {one.slug: one for one in current_instruments()}
    rows = [(one, instruments.get(NATURAL.get(one.organisation.kind, "zo"))) for one in page]
    shown = {
        "organisation": found,
        "may_edit": may_edit(found.member_role or ""),
        "total": len(everybody),
        "due": sum(1 for one in everybody if one.due),
        "red": sum(1 for one in everybody if one.red),
        "rows": rows,
        "page": page,
        "asked": asked,
        "query": asked.query,
        "filters": [(key, words) for key, (words, _test) in FILTERS.items()],
        "orders": [(key, words) for key, (words, _key) in ORDERS.items()],
        "lamp": arch.lamp("red"),
        "prepared": list(
            Assessment.objects.filter(organisation=found).order_by("-changed_on", "pk")[:CLIENTS_ON_A_PAGE]
        ),
        "instruments": list(instruments.values()),
        "done": next((name for name in DONE if name in request.GET), ""),
    }
    return render(request, "clients.html", shown)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """A list, then how it was understood, then the invitations."""
    found = _adviser(request, organisation, "owner", "editor")
    form = ClientListForm(request.POST, request.FILES) if request.method == "POST" else ClientListForm()
    if request.method != "POST" or not form.is_valid() or "aendern" in request.POST:
        return _list_page(request, found, form, 422 if form.errors else 200)
    rows = client_list.read(form.listed, found)
    wanted = [(row.name, row.address) for row in rows if row.fault in GOES_OUT]
    if "senden" not in request.POST:
        return _preview(request, found, rows, form.listed)
    try:
        asked = operations.invite_clients(found, wanted, by=Actor(visitor(request).person))
    except operations.TooManyClientsError:
        words = gettext("Heute sind keine weiteren Einladungen möglich: An einem Tag gehen höchstens %(most)d hinaus.")
        form.add_error("text", words % {"most": CLIENT_INVITATIONS_PER_DAY})
        return _list_page(request, found, form, 429)
    done = _mailed(request, asked) if any(row.fault == "" for row in rows) or settings.EMAIL_HOST else "nichts"
    return redirect(f"{reverse('client_invitations', args=[found.pk])}?{done}=1")


def _preview(request: HttpRequest, found: Organisation, rows: list[client_list.Row], text: str) -> HttpResponse:
    """How the list was understood: what is left out first, because nobody looks for it among fifty."""
    shown = {
        "organisation": found,
        "rows": [(row, FAULTS[row.fault]) for row in sorted(rows, key=lambda one: one.fault in GOES_OUT)],
        "new": sum(row.fault == "" for row in rows),
        "left_out": sum(row.fault not in GOES_OUT for row in rows),
        "text": text,
        "days": OFFER_DAYS,
    }
    return render(request, "clients_preview.html", shown)


def _mailed(request: HttpRequest, asked: list[tuple[ClientInvitation, str]]) -> str:
    """Mails the links that have not been mailed yet, where mails can be sent; says how it went, in one of DONE."""
    if not settings.EMAIL_HOST:
        return "bereit"
    waiting = {one.email: (one, key) for one, key in asked if one.mailed_at is None}
    if not waiting:
        return "nichts"
    letters = [
        (address, personal_link(request, "open_advice", key), one.expires_at) for address, (one, key) in waiting.items()
    ]
    try:
        send_client_invitations(
            letters,
            inviter=request.user.get_username(),
            sent=lambda address: operations.note_mailed(waiting[address][0]),
        )
    except (SMTPException, OSError):
        return "ungesendet"
    return "gemailt"


@private
@require_safe
def invitations(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Who has been asked and has not accepted yet."""
    found = _adviser(request, organisation, "owner", "editor")
    shown = {
        "organisation": found,
        "invitations": list(_open(found)),
        "done": next((name for name in DONE if name in request.GET), ""),
    }
    return render(request, "client_invitations.html", shown)


@private
@require_safe
def links(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """The links of all open invitations as a list for a spreadsheet."""
    found = _adviser(request, organisation, "owner", "editor")
    written = io.StringIO()
    table = csv.writer(written, delimiter=";")
    table.writerow([gettext("Name"), gettext("E-Mail-Adresse"), gettext("Link"), gettext("Gilt bis")])
    for one in _open(found):
        link = personal_link(request, "open_advice", operations.client_key(one))
        table.writerow([_harmless(one.name), _harmless(one.email), link, one.expires_at.date().isoformat()])
    # With the sign at the beginning spreadsheets read umlauts as what they are.
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="einladungen.csv"'
    return response


@private
@require_POST
def revoke(request: HttpRequest, organisation: UUID, asked: UUID) -> HttpResponse:
    """Withdraws an invitation and forgets the address."""
    found = _adviser(request, organisation, "owner", "editor")
    own = get_object_or_404(ClientInvitation, adviser=found, pk=asked)
    address = reverse("client_invitations", args=[found.pk])
    try:
        operations.revoke_client_invitation(own, by=Actor(visitor(request).person))
    except operations.OfferGoneError:
        return redirect(address)
    return redirect(address + "?zurueckgezogen=1")


def _adviser(request: HttpRequest, id: UUID, *roles: str) -> Organisation:
    """The organisation if the visitor has one of these roles in it and it advises others. Raises Http404."""
    found = organisation_of(visitor(request), id, *roles)
    if found.kind != "advice":
        raise Http404
    return found


def _open(adviser: Organisation) -> "list[ClientInvitation]":
    return list(ClientInvitation.objects.open().filter(adviser=adviser).order_by("-created_at", "email"))


def _harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def _list_page(request: HttpRequest, organisation: Organisation, form: ClientListForm, status: int) -> HttpResponse:
    shown = {"organisation": organisation, "form": form, "most": MOST_CLIENTS_AT_ONCE}
    return render(request, "clients_invite.html", shown, status=status)
