"""The site's administration of accounts: who has one, and help for whoever has lost the way into theirs."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...accounts.models import Person
from ...accounts.operations import (
    AddressTakenError,
    change_address,
    close_account,
    note_opening,
    remove_second_step,
    reopen_account,
    sign_out_everywhere,
)
from ...accounts.rules import UNDO_ERASURE_DAYS
from ...audit.actors import Actor
from ...mail.letters import send_account_changed, send_address_changed
from ...privacy import operations
from ...privacy.reads import alone_responsible
from ..account_forms import AddressForm
from ..guards import actor_of, for_operators
from ..organisation_forms import ROLE_WORDS
from .operator import ROWS_ON_A_PAGE
from .signing_in import ASKED


@dataclass(frozen=True)
class Step:
    """Something that is asked once, then done to an account: its words, what does it, what the person is told."""

    heading: Any
    words: Any
    action: Any
    do: Callable[[Person, Actor], None]
    told: Any = ""


def _erase(person: Person, by: Actor) -> None:
    operations.ask_erasure_of_person(person, with_organisations=(), by=by)


STEPS = {
    "abmelden": Step(
        _("Überall abmelden?"),
        _("Die Person wird auf allen Geräten abgemeldet und kann sich gleich wieder anmelden."),
        _("Überall abmelden"),
        lambda person, by: sign_out_everywhere(person, by=by),
        _("Sie sind auf allen Geräten abgemeldet und können sich gleich wieder anmelden."),
    ),
    "zweiter-schritt": Step(
        _("App und Notfallcodes entfernen?"),
        _("Danach genügt zum Anmelden der Code aus der E-Mail oder das Passwort. Prüfen Sie vorher, wer darum bittet."),
        _("Entfernen"),
        lambda person, by: remove_second_step(person, by=by),
        _("Der zweite Schritt beim Anmelden ist entfernt. Sie können ihn unter „Sicherheit“ neu einrichten."),
    ),
    "schliessen": Step(
        _("Konto schließen?"),
        _("Niemand kommt mehr in dieses Konto. Gelöscht wird nichts, und Sie können es wieder öffnen."),
        _("Konto schließen"),
        lambda person, by: close_account(person, by=by),
        _("Das Konto ist geschlossen. Niemand kann sich damit anmelden."),
    ),
    "oeffnen": Step(
        _("Konto wieder öffnen?"),
        _("Die Person kann sich danach wieder anmelden."),
        _("Konto öffnen"),
        lambda person, by: reopen_account(person, by=by),
        _("Das Konto ist wieder offen. Sie können sich anmelden."),
    ),
    "loeschen": Step(
        _("Konto löschen?"),
        _("Nach Ablauf der Frist ist das Konto endgültig weg. Bis dahin lässt es sich zurücknehmen."),
        _("Konto löschen"),
        _erase,
        _("Jemand hat verlangt, Ihr Konto zu löschen. In Ihrem Konto können Sie das noch zurücknehmen."),
    ),
    "behalten": Step(
        _("Konto behalten?"),
        _("Es wird dann nicht gelöscht."),
        _("Doch nicht löschen"),
        lambda person, by: operations.undo_erasure_of_person(person, by=by),
        _("Ihr Konto wird nicht gelöscht."),
    ),
}
LEAVE_NOBODY = ("schliessen", "loeschen")  # what takes an organisation its only lead


@require_safe
@for_operators
def people(request: HttpRequest) -> HttpResponse:
    """All accounts, found by the beginning of their address or a part of their name."""
    wanted = " ".join(request.GET.get("suche", "")[:254].replace("\x00", "").split())
    rows = Person.objects.annotate(organisation_count=Count("memberships"))
    if wanted:
        rows = rows.filter(Q(email__istartswith=wanted) | Q(name__icontains=wanted))
    page = Paginator(rows.order_by("email"), ROWS_ON_A_PAGE).get_page(request.GET.get("seite"))
    return render(request, "operator/people.html", {"page": page, "wanted": wanted})


@require_safe
@for_operators
def person(request: HttpRequest, person: UUID) -> HttpResponse:
    """One account. That it was looked at stands in the log."""
    found = get_object_or_404(Person, pk=person)
    note_opening(found, by=actor_of(request))
    return _page(request, found, AddressForm())


def _page(request: HttpRequest, found: Person, form: AddressForm, status: int = 200) -> HttpResponse:
    memberships = found.memberships.select_related("organisation").order_by("joined_at", "pk")
    kinds = set(Authenticator.objects.filter(user=found).values_list("type", flat=True))
    shown = {
        "person": found,
        "memberships": [(one, ROLE_WORDS[one.role]) for one in memberships],
        "has_app": Authenticator.Type.TOTP in kinds,
        "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
        "sessions": UserSession.objects.filter(user=found).count(),
        "form": form,
        "days": UNDO_ERASURE_DAYS,
        "was_saved": "gespeichert" in request.GET,
        "has_mail": bool(settings.EMAIL_HOST),
    }
    return render(request, "operator/person.html", shown, status=status)


@require_http_methods(ASKED)
@for_operators
def step(request: HttpRequest, person: UUID, step: str) -> HttpResponse:
    """Asks once, does it, and tells the person by mail where mails are sent."""
    found, asked = _changeable(person), STEPS.get(step)
    if asked is None:
        raise Http404
    back = reverse("operator_person", args=[found.pk])
    shown = {
        "parent": "operator/frame.html",
        "heading": asked.heading,
        "words": asked.words,
        "hint": found.words,
        "action": asked.action,
        "back": back,
        "led_alone": alone_responsible(found.pk) if step in LEAVE_NOBODY else [],
    }
    if request.method != "POST":
        return render(request, "confirm.html", shown)
    try:
        asked.do(found, actor_of(request))
    except operations.LeftAloneError as error:
        names = ", ".join(one.name or gettext("Organisation ohne Namen") for one in error.organisations)
        words = gettext("Nur diese Person leitet: %(names)s. Geben Sie zuerst jemand anderem die Leitung.")
        return render(request, "confirm.html", shown | {"words": words % {"names": names}, "led_alone": []}, status=422)
    _tell(found, found.email, asked.told)
    return redirect(back + "?gespeichert=1")


@require_POST
@for_operators
def new_address(request: HttpRequest, person: UUID) -> HttpResponse:
    """Another address, for whoever can no longer open the old mailbox; both addresses are told."""
    found, form = _changeable(person), AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, 422)
    old, new = found.email, form.cleaned_data["address"]
    try:
        change_address(found, new, by=actor_of(request))
    except AddressTakenError:
        form.add_error("address", gettext("Zu dieser Adresse gibt es schon ein anderes Konto."))
        return _page(request, get_object_or_404(Person, pk=person), form, 422)
    _tell(found, new, _("Ihr Konto hat jetzt diese E-Mail-Adresse."))
    if settings.EMAIL_HOST:
        with suppress(SMTPException, OSError), override(found.language or settings.LANGUAGE_CODE):
            send_address_changed(old)
    return redirect(reverse("operator_person", args=[found.pk]) + "?gespeichert=1")


def _changeable(id: UUID) -> Person:
    """The account of that id. Those of operators are changed on the server only: nobody takes over another's."""
    return get_object_or_404(Person, pk=id, is_staff=False)


def _tell(person: Person, address: str, what: Any) -> None:
    """Tells the person what was changed, in their language. A letter that does not go stands in the log."""
    if settings.EMAIL_HOST:
        with suppress(SMTPException, OSError), override(person.language or settings.LANGUAGE_CODE):
            send_account_changed(address, what=str(what))
