"""Ways in and second steps: password, link, passkeys, app; and what is forgotten of devices and attempts."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from ...audit.actors import Actor
from .. import sign_in_links
from ..models import NAME_LENGTH, Person
from .people import note_change

# What is stored in the place of a device's network address, which nobody needs.
NO_ADDRESS = "0.0.0.0"  # noqa: S104  # no server listens on it


def set_password(person: Person, password: str) -> None:
    """Sets a password; an empty one takes it away."""
    with transaction.atomic():
        person.set_password(password or None)
        person.save(update_fields=["password"])
        note_change(person, by=Actor(person.pk))


def use_sign_in_link(token: str) -> Person | None:
    """Whom the link lets in, this once; None when it lets nobody in any more."""
    with transaction.atomic():
        person = sign_in_links.person_behind(token)
        if person is None:
            return None
        unused = Person.objects.filter(pk=person.pk, last_login=person.last_login)
        person.last_login = timezone.now()
        return person if unused.update(last_login=person.last_login) else None


def add_passkey(person: Person, name: str, credential: dict[str, object]) -> None:
    """Stores a passkey that the browser has just made."""
    with transaction.atomic():
        WebAuthn.add(person, name[:NAME_LENGTH], credential)
        note_change(person, by=Actor(person.pk))


def remove_passkey(person: Person, key: Authenticator) -> None:
    """Removes a passkey of the person's."""
    with transaction.atomic():
        key.delete()
        note_change(person, by=Actor(person.pk))


def set_up_app(person: Person, secret: str) -> None:
    """Makes codes of an app the second step of every sign-in, and codes for emergencies with it."""
    with transaction.atomic():
        TOTP.activate(person, secret)
        _new_codes(person)
        note_change(person, by=Actor(person.pk))


def renew_recovery_codes(person: Person) -> None:
    """Makes new codes for emergencies; the old ones are worth nothing any more."""
    with transaction.atomic():
        _new_codes(person)
        note_change(person, by=Actor(person.pk))


def remove_second_step(person: Person, *, by: Actor) -> None:
    """Takes the app and the codes for emergencies away: for the person, or for the operator when both are lost."""
    with transaction.atomic():
        Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.WEBAUTHN).delete()
        note_change(person, by=by)


def forget_network_address(session_key: str) -> None:
    """Takes away from where a session was begun: the list of devices does not show it."""
    UserSession.objects.filter(session_key=session_key).update(ip=NO_ADDRESS)


def forget_old_attempts() -> None:
    """Removes counted attempts whose time is over: the cache by itself keeps them until its table is full."""
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608  # a name of our own


def _new_codes(person: Person) -> None:
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(person)
