"""The members of an organisation: roles, leaving, handing over."""

from django.db import transaction

from ...audit.actors import Actor
from ...audit.operations import record
from .. import rules
from ..models import Invitation, Mandate, Membership, Organisation, Person
from .invitations import revoke_invitation
from .mandates import end_mandate
from .organisations import lock_organisation


class LastOwnerError(Exception):
    """Nobody would be left who is responsible for the organisation."""


def add_member(organisation: Organisation, person: Person, role: rules.Role, *, by: Actor) -> None:
    """Gives a person a role without an invitation: for examples and the operator."""
    with transaction.atomic():
        Membership.objects.update_or_create(organisation=organisation, person=person, defaults={"role": role})
        record("member.role-changed", by=by, organisation=organisation.pk, target=str(person.pk))


def change_role(membership: Membership, role: rules.Role, *, by: Actor) -> None:
    """Gives a member another role. Raises LastOwnerError, Membership.DoesNotExist for who has left meanwhile."""
    with transaction.atomic():
        if role != "owner":
            _keep_an_owner(membership)
        if not Membership.objects.filter(pk=membership.pk).update(role=role):
            raise Membership.DoesNotExist
        if role != "owner":
            _withdraw_links_of(membership, by)
        _record_about("member.role-changed", membership, by)
    membership.role = role


def remove_member(membership: Membership, *, by: Actor) -> None:
    """Ends a membership; whoever ends their own leaves. Raises LastOwnerError, Membership.DoesNotExist."""
    with transaction.atomic():
        _keep_an_owner(membership)
        if not Membership.objects.filter(pk=membership.pk).delete()[0]:
            raise Membership.DoesNotExist
        _withdraw_links_of(membership, by)
        _record_about("member.left" if by.person == membership.person_id else "member.removed", membership, by)


def hand_over(membership: Membership, *, by: Actor) -> None:
    """Makes this member an owner and the one who hands over an editor.

    Raises Membership.DoesNotExist when that one is no owner (any more), or when the member has left meanwhile;
    LastOwnerError when the member does not stay.
    """
    with transaction.atomic():
        lock_organisation(membership.organisation_id)
        members = Membership.objects.filter(organisation=membership.organisation_id)
        giving, taking = members.get(person=by.person, role="owner"), members.get(pk=membership.pk)
        if giving == taking:
            return
        members.filter(pk=taking.pk).update(role="owner")
        members.filter(pk=giving.pk).update(role="editor")
        if not members.owners_who_stay().exists():
            raise LastOwnerError
        for changed in (taking, giving):
            _record_about("member.role-changed", changed, by)


def _keep_an_owner(membership: Membership) -> None:
    """Raises LastOwnerError when it is an owner's and no other owner stays.

    Until the transaction ends nobody else can change that.
    """
    lock_organisation(membership.organisation_id)
    members = Membership.objects.filter(organisation=membership.organisation_id)
    is_owner = members.filter(pk=membership.pk, role="owner").exists()
    if is_owner and not members.owners_who_stay().exclude(pk=membership.pk).exists():
        raise LastOwnerError


def _withdraw_links_of(membership: Membership, by: Actor) -> None:
    """Makes worthless what an owner has given out who is one no more by another's will: they could come back by it."""
    if by.person == membership.person_id:
        return
    organisation, person = membership.organisation_id, membership.person_id
    for invitation in Invitation.objects.open().filter(organisation=organisation, invited_by=person):
        revoke_invitation(invitation, by=by)
    for mandate in Mandate.objects.offered().filter(organisation=organisation, created_by=person):
        end_mandate(mandate, by=by)


def _record_about(verb: str, membership: Membership, by: Actor) -> None:
    record(verb, by=by, organisation=membership.organisation_id, target=str(membership.person_id))
