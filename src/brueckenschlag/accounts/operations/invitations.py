"""Inviting members: given out, withdrawn, accepted."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ...audit.actors import Actor
from ...audit.operations import record
from .. import keys, rules
from ..models import Invitation, Membership, Organisation
from .organisations import lock_organisation


class InvitationGoneError(Exception):
    """The invitation has been used or withdrawn, or its term is over."""


class AlreadyMemberError(Exception):
    """Whoever accepts an invitation belongs to the organisation already."""


class TooManyInvitationsError(Exception):
    """As many invitations as may be are open, or have been mailed today."""


def invite(organisation: Organisation, role: rules.Role, *, email: str = "", by: Actor) -> tuple[Invitation, str]:
    """An invitation and its key, which is given out this once. `email` says where the link will be mailed to.

    Raises TooManyInvitationsError.
    """
    key, now = keys.new_owner_key(), timezone.now()
    with transaction.atomic():
        lock_organisation(organisation.pk)
        given = Invitation.objects.filter(organisation=organisation)
        mailed = _mailed_today(organisation, by) if email else 0
        if given.open().count() >= rules.MOST_INVITATIONS or mailed >= rules.INVITATION_MAILS_PER_DAY:
            raise TooManyInvitationsError
        invitation = Invitation.objects.create(
            organisation=organisation,
            role=role,
            email=email.lower(),
            token_hash=keys.hash_key(key),
            invited_by_id=by.person,
            expires_at=now + timedelta(days=rules.INVITATION_DAYS),
        )
        record("invitation.sent", by=by, organisation=organisation.pk, target=str(invitation.pk))
    return invitation, key


def revoke_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Makes an open invitation worthless. Raises InvitationGoneError when it is not open any more."""
    with transaction.atomic():
        lock_organisation(invitation.organisation_id)
        if not Invitation.objects.open().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
            raise InvitationGoneError
        record("invitation.revoked", by=by, organisation=invitation.organisation_id, target=str(invitation.pk))


def accept_invitation(invitation: Invitation, *, by: Actor) -> Membership:
    """Makes the person a member, once. Raises InvitationGoneError, AlreadyMemberError, ValueError for nobody."""
    if by.person is None:
        raise ValueError("nobody")
    with transaction.atomic():
        lock_organisation(invitation.organisation_id)
        if Membership.objects.filter(organisation=invitation.organisation_id, person=by.person).exists():
            raise AlreadyMemberError
        if not Invitation.objects.open().filter(pk=invitation.pk).update(used_at=timezone.now()):
            raise InvitationGoneError
        membership = Membership.objects.create(
            organisation_id=invitation.organisation_id, person_id=by.person, role=invitation.role
        )
        record("invitation.accepted", by=by, organisation=invitation.organisation_id, target=str(invitation.pk))
    return membership


def _mailed_today(organisation: Organisation, by: Actor) -> int:
    """How many have been mailed within a day, in the organisation or by the same person in another."""
    own = Q(organisation=organisation) | Q(invited_by=by.person, invited_by__isnull=False)
    mailed = Invitation.objects.filter(own).exclude(email="")
    return mailed.filter(created_at__gt=timezone.now() - timedelta(days=1)).count()
