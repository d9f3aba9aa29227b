"""Ways into an account, set up by its owner: password, passkeys, an app for the second step."""

import json

from allauth.mfa.adapter import get_adapter as get_second_step
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as app_codes
from allauth.mfa.webauthn.internal import auth as passkeys
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from ...accounts.models import Person
from ...accounts.operations import (
    add_passkey,
    remove_passkey,
    remove_second_step,
    renew_recovery_codes,
    set_password,
    set_up_app,
)
from ..account_forms import CodeForm, NewPasswordForm, PasskeyForm
from ..guards import actor_of, confirmed, person_of, signed_in
from .signing_in import ASKED, FAILED, is_signed

TOTP, RECOVERY, PASSKEY = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES, Authenticator.Type.WEBAUTHN


@require_safe
@signed_in
def security(request: HttpRequest) -> HttpResponse:
    """Which ways in there are, and what can be added."""
    person = person_of(request)
    own = list(Authenticator.objects.filter(user=person).order_by("created_at"))
    left = [one.wrap().get_unused_codes() for one in own if one.type == RECOVERY]
    shown = {
        "passkeys": [one for one in own if one.type == PASSKEY],
        "has_app": any(one.type == TOTP for one in own),
        "codes_left": len(left[0]) if left else 0,
        "has_password": person.has_usable_password(),
        "was_saved": "gespeichert" in request.GET,
    }
    return render(request, "account/security.html", shown)


@require_http_methods(ASKED)
@confirmed
def password(request: HttpRequest) -> HttpResponse:
    """A password for whoever wants one; an empty field with the other button takes it away."""
    person = person_of(request)
    form = NewPasswordForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and "remove" in request.POST:
        return _with_password(request, "")
    if form.is_valid():
        return _with_password(request, form.cleaned_data["password"])
    shown = {"form": form, "has_password": person.has_usable_password()}
    return render(request, "account/new_password.html", shown, status=422 if form.errors else 200)


def _with_password(request: HttpRequest, words: str) -> HttpResponse:
    person = person_of(request)
    set_password(person, words)
    update_session_auth_hash(request, person)  # all other devices are signed out
    return redirect(reverse("security") + "?gespeichert=1")


@require_http_methods(ASKED)
@confirmed
def new_passkey(request: HttpRequest) -> HttpResponse:
    """Lets the browser make a passkey; needs our script."""
    person = person_of(request)
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if is_signed(form) and _is_made(form.cleaned_data["credential"]):
        name = form.cleaned_data["name"] or gettext("Passkey")
        add_passkey(person, name, form.cleaned_data["credential"])
        return redirect(reverse("security") + "?gespeichert=1")
    if request.method == "POST" and not form.errors:
        form.add_error("credential", FAILED)
    options = json.dumps(dict(passkeys.begin_registration(person, True)))
    shown = {"form": form, "options": options}
    return render(request, "account/new_passkey.html", shown, status=422 if form.errors else 200)


def _is_made(credential: dict[str, object]) -> bool:
    """Whether the browser has made a passkey for what it was asked, with a check of the person."""
    try:
        passkeys.parse_registration_response(credential)
        return bool(passkeys.complete_registration(credential).is_user_verified())
    except (ValidationError, TypeError, ValueError, AttributeError, KeyError):
        return False


@require_http_methods(ASKED)
@confirmed
def drop_passkey(request: HttpRequest, number: int) -> HttpResponse:
    """Asks once, and removes a passkey of the person's own."""
    person = person_of(request)
    key = Authenticator.objects.filter(user=person, type=PASSKEY, pk=number).first()
    if key is None:
        raise Http404
    if request.method == "POST":
        remove_passkey(person, key)
        return redirect(reverse("security") + "?gespeichert=1")
    words = gettext("„%(name)s“ öffnet Ihr Konto danach nicht mehr.") % {"name": key.wrap().name}
    return _ask(request, gettext("Passkey entfernen?"), words, gettext("Entfernen"))


@require_http_methods(ASKED)
@confirmed
def app(request: HttpRequest) -> HttpResponse:
    """Sets up the app for the second step, or asks whether to take it away."""
    person = person_of(request)
    if Authenticator.objects.filter(user=person, type=TOTP).exists():
        return _without_app(request, person)
    form = CodeForm(request.POST if request.method == "POST" else None)
    secret = app_codes.get_totp_secret()
    if form.is_valid():
        if app_codes.validate_totp_code(secret, form.cleaned_data["code"]):
            set_up_app(person, secret)
            app_codes.clear_totp_secret(request)
            return redirect(reverse("recovery_codes") + "?neu=1")
        form.add_error("code", _("Dieser Code stimmt nicht. Er wechselt alle 30 Sekunden."))
    adapter = get_second_step()
    address = adapter.build_totp_url(person, secret)
    shown = {
        "form": form,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "address": address,
        "picture": SafeString(adapter.build_totp_svg(address)),
    }
    return render(request, "account/app.html", shown, status=422 if form.errors else 200)


def _without_app(request: HttpRequest, person: Person) -> HttpResponse:
    if request.method == "POST":
        remove_second_step(person, by=actor_of(request))
        return redirect(reverse("security") + "?gespeichert=1")
    words = gettext("Danach melden Sie sich wieder ohne den zweiten Schritt an. Die Notfallcodes gelten nicht mehr.")
    return _ask(request, gettext("App nicht mehr benutzen?"), words, gettext("App entfernen"))


@require_http_methods(ASKED)
@confirmed
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes for emergencies, to be written down; POST makes new ones."""
    person = person_of(request)
    if request.method == "POST" and Authenticator.objects.filter(user=person, type=TOTP).exists():
        renew_recovery_codes(person)
        return redirect(reverse("recovery_codes") + "?neu=1")
    stored = Authenticator.objects.filter(user=person, type=RECOVERY).first()
    if stored is None:
        return redirect("security")
    shown = {"codes": stored.wrap().get_unused_codes(), "are_new": "neu" in request.GET}
    return render(request, "account/recovery_codes.html", shown)


def _ask(request: HttpRequest, heading: str, words: str, action: str) -> HttpResponse:
    shown = {"heading": heading, "words": words, "action": action, "back": reverse("security")}
    return render(request, "account/ask.html", shown)
