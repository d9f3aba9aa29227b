"""Asking people to become an adviser's clients, and forgetting offers whose term is over."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ...audit.actors import Actor
from ...audit.models import LogEntry
from ...audit.operations import record
from .. import keys, rules
from ..models import ClientInvitation, Mandate, Organisation
from .mandates import OfferGoneError, give_mandate
from .organisations import found_organisation, lock_organisation


class TooManyClientsError(Exception):
    """More clients would be invited at once, or in a day, than may be."""


def invite_clients(
    adviser: Organisation, clients: Sequence[tuple[str, str]], *, by: Actor
) -> list[tuple[ClientInvitation, str]]:
    """Asks people, given as (name, address), to become clients; returns each invitation with its key.

    An address that has been asked and can still accept is given back as it is, so that sending twice asks once; one
    that has accepted is left out. Raises TooManyClientsError, ValueError for an organisation that does not advise.
    """
    if adviser.kind != "advice":
        raise ValueError(adviser.kind)
    wanted = {address.lower(): name for name, address in clients}
    with transaction.atomic():
        lock_organisation(adviser.pk)
        asked = {one.email: one for one in ClientInvitation.objects.filter(adviser=adviser, email__in=wanted)}
        new = [address for address in wanted if address not in asked or asked[address].expires_at <= timezone.now()]
        today = LogEntry.objects.of_last_day("client.invited", adviser.pk, by.person)
        if len(wanted) > rules.MOST_CLIENTS_AT_ONCE or today.count() + len(new) > rules.CLIENT_INVITATIONS_PER_DAY:
            raise TooManyClientsError
        ClientInvitation.objects.filter(adviser=adviser, email__in=new).delete()
        for address in new:
            asked[address] = _ask_client(adviser, wanted[address], address, by)
    return [(asked[address], client_key(asked[address])) for address in wanted if asked[address].used_at is None]


def client_key(invitation: ClientInvitation) -> str:
    """The key of an invitation, which the database does not hold."""
    return keys.derived_key(settings.SECRET_KEY, f"client {invitation.pk}")


def note_mailed(invitation: ClientInvitation) -> None:
    """Notes that the letter is on its way, so that it is not sent again."""
    ClientInvitation.objects.filter(pk=invitation.pk).update(mailed_at=timezone.now())


def revoke_client_invitation(invitation: ClientInvitation, *, by: Actor) -> None:
    """Makes an open invitation of an adviser worthless and forgets the address. Raises OfferGoneError."""
    with transaction.atomic():
        lock_organisation(invitation.adviser_id)
        if not ClientInvitation.objects.open().filter(pk=invitation.pk).delete()[0]:
            raise OfferGoneError
        record("client.invitation-revoked", by=by, organisation=invitation.adviser_id, target=str(invitation.pk))


def accept_client_invitation(
    invitation: ClientInvitation, organisation: Organisation | None, *, name: str = "", may_write: bool, by: Actor
) -> Mandate:
    """Lets the inviting adviser advise the organisation; None founds one of that name.

    Raises OfferGoneError, OwnOrganisationError, ValueError for nobody.
    """
    with transaction.atomic():
        lock_organisation(invitation.adviser_id)
        if not ClientInvitation.objects.open().filter(pk=invitation.pk).update(used_at=timezone.now()):
            raise OfferGoneError
        organisation = organisation or found_organisation(name, "zo", by=by)
        return give_mandate(organisation, invitation.adviser, may_write=may_write, by=by)


def forget_old_offers() -> int:
    """Removes offers and invitations of advisers whose term is over; returns how many."""
    now = timezone.now()
    with transaction.atomic():
        count, _ = ClientInvitation.objects.filter(expires_at__lte=now).delete()
        offers, _ = Mandate.objects.filter(adviser=None, offer_expires_at__lte=now).delete()
    return count + offers


def _ask_client(adviser: Organisation, name: str, address: str, by: Actor) -> ClientInvitation:
    invitation = ClientInvitation(id=uuid4(), adviser=adviser, name=name, email=address, invited_by_id=by.person)
    invitation.token_hash = keys.hash_key(client_key(invitation))
    invitation.expires_at = timezone.now() + timedelta(days=rules.OFFER_DAYS)
    invitation.save(force_insert=True)
    record("client.invited", by=by, organisation=adviser.pk, target=str(invitation.pk))
    return invitation
