"""Everything that changes people, organisations, areas, memberships and invitations."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..audit.actors import Actor
from ..audit.operations import record
from . import keys, rules
from .models import Area, Invitation, Membership, Organisation


class LastOwnerError(Exception):
    """Nobody would be left who is responsible for the organisation."""


class AlreadyMemberError(Exception):
    """Whoever accepts an invitation belongs to the organisation already."""


class InvitationGoneError(Exception):
    """The invitation has been used or withdrawn, or its term is over."""


class TooManyInvitationsError(Exception):
    """As many invitations as may be are open, or have been mailed today."""


class TooManyAreasError(Exception):
    """The organisation would have more areas than rules.MOST_AREAS."""


class AreaExistsError(Exception):
    """An area of that name lies there already; carries the name."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__("area exists")


class AreaDoesNotFitError(Exception):
    """The area would lie below itself, or too deep."""


def found_organisation(name: str, kind: str, *, by: Actor) -> Organisation:
    """A new organisation; who founds it is its owner. Raises ValueError for nobody and for a kind that is none."""
    if by.person is None or kind not in rules.KINDS:
        raise ValueError(kind)
    with transaction.atomic():
        organisation = Organisation.objects.create(name=name, kind=kind)
        Membership.objects.create(organisation=organisation, person_id=by.person, role="owner")
        record("organisation.founded", by=by, organisation=organisation.pk)
    return organisation


def change_organisation(organisation: Organisation, *, name: str, kind: str, by: Actor) -> None:
    """Sets name and kind."""
    if kind not in rules.KINDS:
        raise ValueError(kind)
    with transaction.atomic():
        organisation.name, organisation.kind = name, kind
        organisation.save(update_fields=["name", "kind"])
        record("organisation.changed", by=by, organisation=organisation.pk)


def add_areas(organisation: Organisation, names: Sequence[str], *, parent: Area | None = None, by: Actor) -> list[Area]:
    """New areas below the parent, or directly below the organisation; all of them or none.

    Raises TooManyAreasError, AreaDoesNotFitError, AreaExistsError.
    """
    with transaction.atomic():
        tree = _locked_tree(organisation.pk)
        if len(tree) + len(names) > rules.MOST_AREAS:
            raise TooManyAreasError
        above = _own_parent(tree, parent)
        if rules.depth(_parents(tree), above) + 1 > rules.DEEPEST_AREA:
            raise AreaDoesNotFitError
        taken = _names_below(tree, above)
        for name in names:
            _claim(name, taken)
        new = [Area(organisation=organisation, parent_id=above, name=name) for name in names]
        areas = Area.objects.bulk_create(new)
        for area in areas:
            record("area.added", by=by, organisation=organisation.pk, target=str(area.pk))
    return areas


def change_area(area: Area, *, name: str, parent: Area | None, by: Actor) -> None:
    """Renames an area and moves it below that parent, with everything below it; None is the organisation itself.

    Raises AreaDoesNotFitError, AreaExistsError; Area.DoesNotExist when it has been removed meanwhile.
    """
    with transaction.atomic():
        tree = _locked_tree(area.organisation_id)
        if area.pk not in tree:
            raise Area.DoesNotExist
        above = _own_parent(tree, parent)
        if not rules.fits_below(_parents(tree), area.pk, above):
            raise AreaDoesNotFitError
        _claim(name, _names_below(tree, above, but=area.pk))
        area.name, area.parent_id = name, above
        area.save(update_fields=["name", "parent"])
        record("area.changed", by=by, organisation=area.organisation_id, target=str(area.pk))


def remove_area(area: Area, *, by: Actor) -> None:
    """Takes an area away; what lies directly below it moves one level up.

    Called by assessments.operations.dissolve_area, which keeps the assessments. Raises Area.DoesNotExist.
    """
    with transaction.atomic():
        area = locked_area(area)
        Area.objects.filter(parent=area).update(parent=area.parent_id)
        Area.objects.filter(pk=area.pk).delete()
        record("area.removed", by=by, organisation=area.organisation_id, target=str(area.pk))


def locked_area(area: Area) -> Area:
    """The area as it is now; until the transaction ends nobody else changes it. Raises Area.DoesNotExist."""
    _lock(area.organisation_id)
    return Area.objects.get(pk=area.pk, organisation=area.organisation_id)


def _lock(organisation: UUID) -> None:
    """Makes everybody else wait who changes the members or areas of this organisation."""
    Organisation.objects.select_for_update().get(pk=organisation)


def _locked_tree(organisation: UUID) -> dict[UUID, Area]:
    _lock(organisation)
    return {area.pk: area for area in Area.objects.filter(organisation=organisation)}


def _parents(tree: dict[UUID, Area]) -> dict[object, object | None]:
    return {key: area.parent_id for key, area in tree.items()}


def _own_parent(tree: dict[UUID, Area], parent: Area | None) -> UUID | None:
    """The parent's id; one of another organisation, or removed meanwhile, is no place."""
    if parent is not None and parent.pk not in tree:
        raise AreaDoesNotFitError
    return parent.pk if parent else None


def _names_below(tree: dict[UUID, Area], parent: UUID | None, *, but: UUID | None = None) -> set[str]:
    return {area.name.casefold() for key, area in tree.items() if area.parent_id == parent and key != but}


def _claim(name: str, taken: set[str]) -> None:
    if name.casefold() in taken:
        raise AreaExistsError(name)
    taken.add(name.casefold())


def invite(organisation: Organisation, role: rules.Role, *, email: str = "", by: Actor) -> tuple[Invitation, str]:
    """An invitation and its key, which is given out this once. `email` says where the link will be mailed to.

    Raises TooManyInvitationsError.
    """
    key, now = keys.new_owner_key(), timezone.now()
    with transaction.atomic():
        _lock(organisation.pk)
        given = Invitation.objects.filter(organisation=organisation)
        mailed = given.exclude(email="").filter(created_at__gt=now - timedelta(days=1)).count() if email else 0
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
        _lock(invitation.organisation_id)
        if not Invitation.objects.open().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
            raise InvitationGoneError
        record("invitation.revoked", by=by, organisation=invitation.organisation_id, target=str(invitation.pk))


def accept_invitation(invitation: Invitation, *, by: Actor) -> Membership:
    """Makes the person a member, once. Raises InvitationGoneError, AlreadyMemberError, ValueError for nobody."""
    if by.person is None:
        raise ValueError("nobody")
    with transaction.atomic():
        _lock(invitation.organisation_id)
        if Membership.objects.filter(organisation=invitation.organisation_id, person=by.person).exists():
            raise AlreadyMemberError
        if not Invitation.objects.open().filter(pk=invitation.pk).update(used_at=timezone.now()):
            raise InvitationGoneError
        membership = Membership.objects.create(
            organisation_id=invitation.organisation_id, person_id=by.person, role=invitation.role
        )
        record("invitation.accepted", by=by, organisation=invitation.organisation_id, target=str(invitation.pk))
    return membership


def change_role(membership: Membership, role: rules.Role, *, by: Actor) -> None:
    """Gives a member another role. Raises LastOwnerError, Membership.DoesNotExist for who has left meanwhile."""
    with transaction.atomic():
        if role != "owner":
            _keep_an_owner(membership)
        if not Membership.objects.filter(pk=membership.pk).update(role=role):
            raise Membership.DoesNotExist
        _record_about("member.role-changed", membership, by)
    membership.role = role


def remove_member(membership: Membership, *, by: Actor) -> None:
    """Ends a membership; whoever ends their own leaves. Raises LastOwnerError, Membership.DoesNotExist."""
    with transaction.atomic():
        _keep_an_owner(membership)
        if not Membership.objects.filter(pk=membership.pk).delete()[0]:
            raise Membership.DoesNotExist
        _record_about("member.left" if by.person == membership.person_id else "member.removed", membership, by)


def hand_over(membership: Membership, *, by: Actor) -> None:
    """Makes this member an owner and the one who hands over an editor.

    Raises Membership.DoesNotExist when that one is no owner (any more), or when the member has left meanwhile.
    """
    with transaction.atomic():
        _lock(membership.organisation_id)
        members = Membership.objects.filter(organisation=membership.organisation_id)
        giving, taking = members.get(person=by.person, role="owner"), members.get(pk=membership.pk)
        if giving == taking:
            return
        members.filter(pk=taking.pk).update(role="owner")
        members.filter(pk=giving.pk).update(role="editor")
        for changed in (taking, giving):
            _record_about("member.role-changed", changed, by)


def _keep_an_owner(membership: Membership) -> None:
    """Raises LastOwnerError when no other owner stays; until the transaction ends nobody else can change that.

    Whose account is to be erased does not stay.
    """
    _lock(membership.organisation_id)
    owners = Membership.objects.filter(organisation=membership.organisation_id, role="owner", person__erase_on=None)
    others = owners.exclude(pk=membership.pk)
    if not others.exists():
        raise LastOwnerError


def _record_about(verb: str, membership: Membership, by: Actor) -> None:
    record(verb, by=by, organisation=membership.organisation_id, target=str(membership.person_id))


# --- sign-in and take-over
