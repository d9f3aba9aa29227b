"""Everything that changes people, organisations, areas, memberships and invitations."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

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
from . import keys, rules, sign_in_links
from .models import NAME_LENGTH, Area, ClientInvitation, Invitation, Mandate, Membership, Organisation, Person

# What is stored in the place of a device's network address, which nobody needs.
NO_ADDRESS = "0.0.0.0"  # noqa: S104  # no server listens on it


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


class AddressTakenError(Exception):
    """Another account has that address."""


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


# --- mandates


class OfferGoneError(Exception):
    """The offer has been accepted or withdrawn, or its term is over; or the mandate has ended."""


class TooManyOffersError(Exception):
    """As many offers as may be are open."""


class TooManyClientsError(Exception):
    """More clients would be invited at once, or in a day, than may be."""


class OwnOrganisationError(Exception):
    """An organisation would advise itself."""


def offer_mandate(
    organisation: Organisation, *, may_write: bool, covers_all: bool = True, until: date | None = None, by: Actor
) -> tuple[Mandate, str]:
    """An offer to advise this organisation, and its key, which is given out this once.

    Where it does not cover all, assessments.operations.offer_advice says which. Raises TooManyOffersError.
    """
    key, now = keys.new_owner_key(), timezone.now()
    with transaction.atomic():
        _lock(organisation.pk)
        if Mandate.objects.offered().filter(organisation=organisation).count() >= rules.MOST_OFFERS:
            raise TooManyOffersError
        mandate = Mandate.objects.create(
            organisation=organisation,
            may_write=may_write,
            covers_all=covers_all,
            until=until,
            token_hash=keys.hash_key(key),
            offer_expires_at=now + timedelta(days=rules.OFFER_DAYS),
            created_by_id=by.person,
        )
        record("mandate.offered", by=by, organisation=organisation.pk, target=str(mandate.pk))
    return mandate, key


def accept_mandate(mandate: Mandate, adviser: Organisation, *, by: Actor) -> None:
    """Lets the adviser's organisation advise from now on; the link is used up.

    Raises OfferGoneError, OwnOrganisationError, ValueError for an organisation that does not advise.
    """
    _check_adviser(mandate.organisation_id, adviser)
    now = timezone.now()
    with transaction.atomic():
        _lock(mandate.organisation_id)
        offered = Mandate.objects.offered().filter(pk=mandate.pk)
        if not offered.update(adviser=adviser, accepted_at=now, token_hash=None):
            raise OfferGoneError
        mandate.refresh_from_db()
        _record_for_both("mandate.accepted", mandate, by)


def give_mandate(
    organisation: Organisation, adviser: Organisation, *, may_write: bool, covers_all: bool = True, by: Actor
) -> Mandate:
    """A mandate in force at once, for who has been asked by the adviser. Raises as accept_mandate."""
    _check_adviser(organisation.pk, adviser)
    with transaction.atomic():
        mandate = Mandate.objects.create(
            organisation=organisation,
            adviser=adviser,
            may_write=may_write,
            covers_all=covers_all,
            created_by_id=by.person,
            accepted_at=timezone.now(),
        )
        _record_for_both("mandate.accepted", mandate, by)
    return mandate


def change_mandate(mandate: Mandate, *, may_write: bool, covers_all: bool, until: date | None, by: Actor) -> None:
    """Sets what the adviser may do, and until when. Raises OfferGoneError when it has ended meanwhile."""
    with transaction.atomic():
        _lock(mandate.organisation_id)
        going_on = Mandate.objects.filter(pk=mandate.pk, ended_at=None)
        if not going_on.update(may_write=may_write, covers_all=covers_all, until=until):
            raise OfferGoneError
        mandate.refresh_from_db()
        _record_for_both("mandate.changed", mandate, by)


def end_mandate(mandate: Mandate, *, by: Actor) -> None:
    """Ends a mandate, or withdraws an offer, at once. Raises OfferGoneError when it has ended already."""
    with transaction.atomic():
        _lock(mandate.organisation_id)
        going_on = Mandate.objects.filter(pk=mandate.pk, ended_at=None)
        if not going_on.update(ended_at=timezone.now(), token_hash=None):
            raise OfferGoneError
        mandate.refresh_from_db()
        _record_for_both("mandate.ended", mandate, by)


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
        _lock(adviser.pk)
        asked = {one.email: one for one in ClientInvitation.objects.filter(adviser=adviser, email__in=wanted)}
        new = [address for address in wanted if address not in asked or asked[address].expires_at <= timezone.now()]
        today = ClientInvitation.objects.filter(adviser=adviser, created_at__gt=timezone.now() - timedelta(days=1))
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
        _lock(invitation.adviser_id)
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
        _lock(invitation.adviser_id)
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


def _check_adviser(client: UUID, adviser: Organisation) -> None:
    if adviser.kind != "advice":
        raise ValueError(adviser.kind)
    if adviser.pk == client:
        raise OwnOrganisationError


def _ask_client(adviser: Organisation, name: str, address: str, by: Actor) -> ClientInvitation:
    invitation = ClientInvitation(id=uuid4(), adviser=adviser, name=name, email=address, invited_by_id=by.person)
    invitation.token_hash = keys.hash_key(client_key(invitation))
    invitation.expires_at = timezone.now() + timedelta(days=rules.OFFER_DAYS)
    invitation.save(force_insert=True)
    record("client.invited", by=by, organisation=adviser.pk, target=str(invitation.pk))
    return invitation


def _record_for_both(verb: str, mandate: Mandate, by: Actor) -> None:
    """Client and adviser each find it in their own log."""
    for organisation in (mandate.organisation_id, mandate.adviser_id):
        if organisation is not None:
            record(verb, by=by, organisation=organisation, target=str(mandate.pk))


# --- sign-in and take-over


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


def add_member(organisation: Organisation, person: Person, role: rules.Role, *, by: Actor) -> None:
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
