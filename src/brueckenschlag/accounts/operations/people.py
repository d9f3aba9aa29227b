"""Accounts: joining, name and language, another address, running the site."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from ...audit.actors import Actor
from ...audit.operations import record, record_once
from ..models import NAME_LENGTH, Person


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
        note_change(person, by=Actor(person.pk))


def change_address(person: Person, address: str, *, by: Actor) -> None:
    """Gives the account another address: confirmed like the old one, or by the operator. Raises AddressTakenError."""
    new = address.strip().lower()
    with transaction.atomic():
        if Person.objects.filter(email=new).exclude(pk=person.pk).exists():
            raise AddressTakenError
        person.email = new
        person.save(update_fields=["email"])
        EmailAddress.objects.filter(user=person).delete()
        EmailAddress.objects.create(user=person, email=new, primary=True, verified=True)
        note_change(person, by=by)


def set_staff(person: Person, is_staff: bool, *, by: Actor) -> None:
    """Makes somebody one of those who run the site, or no longer."""
    with transaction.atomic():
        person.is_staff = is_staff
        person.save(update_fields=["is_staff"])
        record("operator.changed", by=by, target=str(person.pk))


def close_account(person: Person, *, by: Actor) -> None:
    """Lets nobody in by this account any more, and signs out everybody who is; nothing is erased."""
    with transaction.atomic():
        _set_active(person, False)
        sign_out_everywhere(person, by=by)


def reopen_account(person: Person, *, by: Actor) -> None:
    """Lets the person in again."""
    with transaction.atomic():
        _set_active(person, True)
        note_change(person, by=by)


def _set_active(person: Person, is_active: bool) -> None:
    person.is_active = is_active
    person.save(update_fields=["is_active"])


def sign_out_everywhere(person: Person, *, by: Actor) -> None:
    """Ends every session of the person's, on whatever device."""
    with transaction.atomic():
        own = UserSession.objects.filter(user=person)
        Session.objects.filter(session_key__in=list(own.values_list("session_key", flat=True))).delete()
        own.delete()
        note_change(person, by=by)


def note_change(person: Person, *, by: Actor) -> None:
    """Writes into the log that the account, or a way into it, is another now."""
    record("person.changed", by=by, target=str(person.pk))


def note_opening(person: Person, *, by: Actor) -> None:
    """Writes into the log that the operator has looked at the account, once in a while."""
    record_once("operator.opened", by=by, target=str(person.pk))
