"""Showing once more who one is, before something that only the person may do."""

import json
import time
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ...accounts.models import Person
from ...mail.letters import send_code
from .. import codes
from ..account_forms import CODE_WRONG, NOT_SENT, TOO_MANY, CodeForm, NewPasswordForm
from ..guards import CONFIRMED, person_of, signed_in, way_back
from .security import PASSKEY, TOTP
from .signing_in import ASKED, is_signed

PURPOSE = "confirm"


@require_http_methods(ASKED)
@signed_in
def confirm(request: HttpRequest) -> HttpResponse:
    """Lets the person show once more who they are, by one of the ways that they have."""
    person = person_of(request)
    forms = _confirming_forms(request, person)
    sent = request.POST.get("way", "") if request.method == "POST" else ""
    form = forms.get(sent)
    if form is not None and _confirms(request, person, sent, form):
        request.session[CONFIRMED] = time.time()
        return redirect(way_back(request))
    waiting = codes.address_waiting(request, PURPOSE)
    options = json.dumps(dict(passkeys.begin_authentication(person))) if "passkey" in forms else ""
    shown = {"forms": forms, "form": form, "sent": sent, "waiting": waiting, "options": options, "person": person}
    shown["directory"] = settings.CONFIGURATION.sign_in.oidc_issuer
    return render(request, "account/confirm.html", shown, status=422 if form and form.errors else 200)


def _confirming_forms(request: HttpRequest, person: Person) -> dict[str, Form]:
    """The forms for the ways that this person has, by the name of the way."""
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    data = request.POST if request.method == "POST" else None
    way = request.POST.get("way", "")
    forms: dict[str, Form] = {}
    if person.has_usable_password():
        forms["password"] = NewPasswordForm(data if way == "password" else None, person=person)
    if TOTP in kinds:
        forms["app"] = ReauthenticateForm(user=person, data=data if way == "app" else None)
    if PASSKEY in kinds:
        forms["passkey"] = ReauthenticateWebAuthnForm(user=person, data=data if way == "passkey" else None)
    if settings.EMAIL_HOST:
        forms |= {"send": Form(data if way == "send" else None), "code": CodeForm(data if way == "code" else None)}
    return forms


def _confirms(request: HttpRequest, person: Person, way: str, form: Form) -> bool:
    """Whether what was sent by that way shows that it is the person; errors are added to the form."""
    if way == "send":
        _send(request, person, form)
        return False
    if way in ("app", "passkey"):
        return is_signed(form) and _note_second_factor(request, form)
    if way == "password":
        return _is_password(request, person, form)
    return form.is_valid() and _is_code(request, form)


def _note_second_factor(request: HttpRequest, form: Any) -> bool:
    """Keeps in the session that a second factor was shown, as signing in with one does."""
    post_authentication(request, form.cleaned_data.get("credential") or form.authenticator)
    return True


def _is_password(request: HttpRequest, person: Person, form: Form) -> bool:
    try:
        if get_adapter(request).reauthenticate(person, request.POST.get("password", "")[:1000]):
            return True
        form.is_valid()
        form.errors.clear()  # of the rules for new passwords, which do not count here
        form.add_error("password", _("Dieses Passwort stimmt nicht."))
    except ValidationError:
        form.add_error(None, TOO_MANY)
    return False


def _is_code(request: HttpRequest, form: Form) -> bool:
    try:
        if codes.matches(request, PURPOSE, form.cleaned_data["code"]):
            codes.forget(request, PURPOSE)
            return True
        form.add_error("code", CODE_WRONG)
    except codes.TooManyError:
        form.add_error("code", TOO_MANY)
    return False


def _send(request: HttpRequest, person: Person, form: Form) -> None:
    form.is_valid()
    if not codes.may_send(request, person.email):
        form.add_error(None, TOO_MANY)
        return
    try:
        send_code(person.email, code=codes.new_code(request, PURPOSE, person.email), minutes=codes.MINUTES)
    except (SMTPException, OSError):
        codes.forget(request, PURPOSE)
        form.add_error(None, NOT_SENT)
