"""Everything that changes accounts, organisations and who belongs to them."""

# --- sign-in and take-over

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from ..audit.actors import Actor
from ..audit.operations import record
from . import sign_in_links
from .models import NAME_LENGTH, Membership, Organisation, Person
from .rules import Role

# What is stored in the place of a device's network address, which nobody needs.
NO_ADDRESS = "0.0.0.0"  # noqa: S104  # no server listens on it


class AddressTakenError(Exception):
    """Another account has that address."""


def join_person(address: str, *, language: str = "", name: str = "") -> Person:
    """The account of whoever has proved that the address is theirs; a new one where there is none."""
    with transaction.atomic():
        person, is_new = Person.objects.get_or_create(
            email=address.strip().lower(), defaults={"language": language, "name": name[:NAME_LENGTH]}
        )
        if is_new:
            person.set_unusable_password()
            person.save(update_fields=["password"])
            EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
            note_joining(person)
    return person


def note_joining(person: Person) -> None:
    """Writes into the log that the account is new; alone only where a directory has made it."""
    record("person.joined", by=Actor(person.pk), target=str(person.pk))


def change_person(person: Person, *, name: str, language: str) -> None:
    """Changes how the person is called, and the language of their letters."""
    with transaction.atomic():
        person.name, person.language = name, language
        person.save(update_fields=["name", "language"])
        _note_change(person)


def change_address(person: Person, address: str) -> None:
    """Gives the account another address, which has been confirmed, as has the old one. Raises AddressTakenError."""
    new = address.strip().lower()
    with transaction.atomic():
        if Person.objects.filter(email=new).exclude(pk=person.pk).exists():
            raise AddressTakenError
        person.email = new
        person.save(update_fields=["email"])
        EmailAddress.objects.filter(user=person).delete()
        EmailAddress.objects.create(user=person, email=new, primary=True, verified=True)
        _note_change(person)


def set_password(person: Person, password: str) -> None:
    """Sets a password; an empty one takes it away."""
    with transaction.atomic():
        person.set_password(password or None)
        person.save(update_fields=["password"])
        _note_change(person)


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
        _note_change(person)


def remove_passkey(person: Person, key: Authenticator) -> None:
    """Removes a passkey of the person's."""
    with transaction.atomic():
        key.delete()
        _note_change(person)


def set_up_app(person: Person, secret: str) -> None:
    """Makes codes of an app the second step of every sign-in, and codes for emergencies with it."""
    with transaction.atomic():
        TOTP.activate(person, secret)
        _new_codes(person)
        _note_change(person)


def renew_recovery_codes(person: Person) -> None:
    """Makes new codes for emergencies; the old ones are worth nothing any more."""
    with transaction.atomic():
        _new_codes(person)
        _note_change(person)


def remove_second_step(person: Person) -> None:
    """Takes the app and the codes for emergencies away: for the person, or for the operator when both are lost."""
    with transaction.atomic():
        Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.WEBAUTHN).delete()
        _note_change(person)


def forget_network_address(session_key: str) -> None:
    """Takes away from where a session was begun: the list of devices does not show it."""
    UserSession.objects.filter(session_key=session_key).update(ip=NO_ADDRESS)


def forget_old_attempts() -> None:
    """Removes counted attempts whose time is over: the cache by itself keeps them until its table is full."""
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608  # a name of our own


def found_organisation(name: str, kind: str, *, by: Actor) -> Organisation:
    """A new organisation, owned by the person who acts; `kind` is one of rules.KINDS, the name may be empty."""
    with transaction.atomic():
        organisation = Organisation.objects.create(name=name[:NAME_LENGTH], kind=kind)
        if by.person is not None:
            Membership.objects.create(organisation=organisation, person_id=by.person, role="owner")
        record("organisation.founded", by=by, organisation=organisation.pk)
    return organisation


def add_member(organisation: Organisation, person: Person, role: Role, *, by: Actor) -> None:
    """Gives a person a role without an invitation: for examples and the operator."""
    with transaction.atomic():
        Membership.objects.update_or_create(organisation=organisation, person=person, defaults={"role": role})
        record("member.role-changed", by=by, organisation=organisation.pk, target=str(person.pk))


def set_staff(person: Person, is_staff: bool) -> None:
    """Makes somebody one of those who run the site, or no longer."""
    with transaction.atomic():
        person.is_staff = is_staff
        person.save(update_fields=["is_staff"])
        record("operator.changed", by=Actor(), target=str(person.pk))


def _new_codes(person: Person) -> None:
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(person)


def _note_change(person: Person) -> None:
    record("person.changed", by=Actor(person.pk), target=str(person.pk))
