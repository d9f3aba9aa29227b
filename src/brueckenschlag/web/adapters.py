"""What allauth asks of us: classes, because that is how it asks. Everything else about signing in lies in views."""

import base64
import hashlib
import secrets
import time
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ..accounts.models import NAME_LENGTH, Person
from ..accounts.operations import forget_network_address, note_joining
from .guards import CONFIRMED, own_path

MESSAGES = {
    "incorrect_code": _("Dieser Code stimmt nicht."),
    "too_many_login_attempts": _("Das waren zu viele Versuche. Bitte warten Sie ein paar Minuten."),
    "email_password_mismatch": _("Adresse oder Passwort stimmt nicht."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Signing in: where it leads, and what a fresh session holds."""

    error_messages = DefaultAccountAdapter.error_messages | MESSAGES

    def is_safe_url(self, url: str) -> bool:
        """Only pages of ours."""
        return own_path(url) is not None

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Never by allauth: our pages ask themselves (guards.confirmed)."""
        return False

    def login(self, request: HttpRequest, user: Person) -> None:
        """Begins the session with its full term; who has just signed in need not confirm it again."""
        super().login(request, user)
        request.session.set_expiry(None)
        request.session[CONFIRMED] = time.time()

    def post_login(self, request: HttpRequest, user: Person, **options: Any) -> Any:
        """Leads on; the list of devices keeps no network address."""
        response = super().post_login(request, user, **options)
        forget_network_address(request.session.session_key or "")
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing: all letters are ours and go out by mail.letters."""


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Passkeys and the app: for which site they are made, and how their secrets lie in the database."""

    error_messages = DefaultMFAAdapter.error_messages | MESSAGES

    def is_mfa_enabled(self, user: Person, types: Any = None) -> bool:
        """Whether the person has one of these. A passkey is a way in of its own, no second step after a code."""
        if types and set(types) == {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}:
            types = [Authenticator.Type.TOTP]
        return bool(super().is_mfa_enabled(user, types=types))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site for which passkeys are made."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Brückenschlag", "id": urlsplit(settings.PUBLIC_URL).hostname or entity["id"]}

    def encrypt(self, text: str) -> str:
        """Whoever steals only the database cannot make codes."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; one that nobody knows where it cannot be read any more."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:  # another secret_key: no code may match, least of all that of an empty secret
            return base64.b32encode(secrets.token_bytes(20)).decode()


class DirectoryAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """People who come from the operator's own directory."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Person:
        """Takes over address and name, and nothing else of what the directory tells."""
        sociallogin.account.extra_data = {}
        for address in sociallogin.email_addresses:
            address.email = address.email.strip().lower()
            address.verified = address.verified or settings.CONFIGURATION.sign_in.oidc_trust_addresses
        person: Person = sociallogin.user
        person.email = str(data.get("email") or "").strip().lower()
        person.name = str(data.get("name") or "")[:NAME_LENGTH]
        person.language = get_language() or ""
        return person

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuses whoever comes for the first time without a confirmed address."""
        if not sociallogin.is_existing and not any(one.verified for one in sociallogin.email_addresses):
            words = gettext("Ihr Verzeichnis hat uns keine bestätigte E-Mail-Adresse von Ihnen genannt.")
            raise ImmediateHttpResponse(stopped(request, words))

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Person:
        """Stores a new account with its note in the log."""
        person: Person = super().save_user(request, sociallogin, form)
        note_joining(person)
        return person

    def on_authentication_error(self, request: HttpRequest, provider: Any, **told: Any) -> None:
        """A page of ours, whatever has gone wrong on the way."""
        raise ImmediateHttpResponse(stopped(request, gettext("Die Anmeldung wurde abgebrochen oder ist gescheitert.")))


def stopped(request: HttpRequest, words: str, status: int = 403) -> HttpResponse:
    """The page for whoever could not be let in by the directory."""
    shown = {"heading": gettext("Das hat nicht geklappt"), "words": words}
    response = render(request, "account/stopped.html", shown, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


def _box() -> Fernet:
    key = hashlib.sha256(b"brueckenschlag.second-step" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
