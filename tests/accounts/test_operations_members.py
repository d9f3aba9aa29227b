"""Founding, inviting, roles, leaving, handing over; and that somebody always stays responsible."""

from datetime import timedelta

import pytest
from django.utils import timezone

from brueckenschlag.accounts import operations, rules
from brueckenschlag.accounts.keys import hash_key
from brueckenschlag.accounts.models import Invitation, Mandate, Membership, Organisation, Person
from brueckenschlag.accounts.operations import (
    AlreadyMemberError,
    InvitationGoneError,
    LastOwnerError,
    TooManyInvitationsError,
)
from brueckenschlag.audit.actors import GUEST, Actor
from brueckenschlag.audit.models import LogEntry


def roles(organisation):
    return dict(organisation.memberships.values_list("person__email", "role"))


def join(organisation, person, role) -> Membership:
    return Membership.objects.create(organisation=organisation, person=person, role=role)


def membership(organisation, person) -> Membership:
    return Membership.objects.get(organisation=organisation, person=person)


def log(organisation):
    return list(LogEntry.objects.filter(organisation=organisation.pk).order_by("pk").values_list("verb", flat=True))


def test_who_founds_an_organisation_is_its_owner(verein, ada):
    assert roles(verein) == {ada.email: "owner"}
    entry = LogEntry.objects.get(verb="organisation.founded")
    assert (entry.person, entry.organisation) == (ada.pk, verein.pk)


@pytest.mark.parametrize("kind", ["verein", "zo ", "ZO"])
def test_an_organisation_of_no_known_kind_is_not_founded(by, kind):
    with pytest.raises(ValueError, match=kind):
        operations.found_organisation("Verein", kind, by=by)
    assert not Organisation.objects.exists()


def test_a_guest_founds_nothing(db):
    with pytest.raises(ValueError, match="zo"):
        operations.found_organisation("Verein", "zo", by=GUEST)


def test_name_and_kind_can_be_changed(verein, by):
    operations.change_organisation(verein, name="Beratung Probestadt", kind="advice", by=by)
    verein.refresh_from_db()
    assert (verein.name, verein.kind) == ("Beratung Probestadt", "advice")
    assert log(verein)[-1] == "organisation.changed"


def test_an_invitation_makes_a_member_once(verein, ada, ben, by):
    invitation, key = operations.invite(verein, "editor", by=by)
    assert Invitation.objects.get(token_hash=hash_key(key)) == invitation
    operations.accept_invitation(invitation, by=Actor(ben.pk))
    assert roles(verein) == {ada.email: "owner", ben.email: "editor"}
    third = Person.objects.create(email="cem@example.org")
    with pytest.raises(InvitationGoneError):
        operations.accept_invitation(invitation, by=Actor(third.pk))
    assert log(verein)[-2:] == ["invitation.sent", "invitation.accepted"]


def test_the_key_of_an_invitation_is_long_and_stored_nowhere(verein, by):
    _, key = operations.invite(verein, "reader", email="Ben@Example.org", by=by)
    assert len(key) * 5 >= 128
    stored = Invitation.objects.values().get()
    assert key not in str(stored)
    assert stored["email"] == "ben@example.org"


def test_an_invitation_ends_with_its_term_and_when_it_is_withdrawn(verein, ben, by):
    late, _ = operations.invite(verein, "editor", by=by)
    Invitation.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    withdrawn, _ = operations.invite(verein, "editor", by=by)
    operations.revoke_invitation(withdrawn, by=by)
    for invitation in (late, withdrawn):
        with pytest.raises(InvitationGoneError):
            operations.accept_invitation(invitation, by=Actor(ben.pk))
        with pytest.raises(InvitationGoneError):
            operations.revoke_invitation(invitation, by=by)
    assert ben.email not in roles(verein)


def test_a_member_does_not_use_up_an_invitation(verein, ada, by):
    invitation, _ = operations.invite(verein, "reader", by=by)
    with pytest.raises(AlreadyMemberError):
        operations.accept_invitation(invitation, by=by)
    assert roles(verein) == {ada.email: "owner"}
    assert Invitation.objects.open().filter(pk=invitation.pk).exists()


def test_a_guest_cannot_accept(verein, by):
    invitation, _ = operations.invite(verein, "reader", by=by)
    with pytest.raises(ValueError, match="nobody"):
        operations.accept_invitation(invitation, by=GUEST)


def test_only_so_many_invitations_are_open(verein, by, monkeypatch):
    monkeypatch.setattr(rules, "MOST_INVITATIONS", 2)
    first, _ = operations.invite(verein, "reader", by=by)
    operations.invite(verein, "reader", by=by)
    with pytest.raises(TooManyInvitationsError):
        operations.invite(verein, "reader", by=by)
    operations.revoke_invitation(first, by=by)
    operations.invite(verein, "reader", by=by)


def test_only_so_many_invitations_are_mailed_in_a_day(verein, by, monkeypatch):
    monkeypatch.setattr(rules, "INVITATION_MAILS_PER_DAY", 1)
    sent, _ = operations.invite(verein, "reader", email="a@example.org", by=by)
    operations.revoke_invitation(sent, by=by)
    with pytest.raises(TooManyInvitationsError):
        operations.invite(verein, "reader", email="b@example.org", by=by)
    operations.invite(verein, "reader", by=by)
    Invitation.objects.filter(pk=sent.pk).update(created_at=timezone.now() - timedelta(days=2))
    operations.invite(verein, "reader", email="b@example.org", by=by)


def test_the_last_owner_can_neither_leave_nor_be_demoted(verein, ada, ben, by):
    join(verein, ben, "editor")
    last = membership(verein, ada)
    with pytest.raises(LastOwnerError):
        operations.remove_member(last, by=by)
    for role in ("editor", "reader"):
        with pytest.raises(LastOwnerError):
            operations.change_role(last, role, by=by)
    assert roles(verein) == {ada.email: "owner", ben.email: "editor"}
    assert log(verein) == ["organisation.founded"]


def test_with_a_second_owner_the_first_may_leave(verein, ada, ben, by):
    join(verein, ben, "owner")
    operations.remove_member(membership(verein, ada), by=by)
    assert roles(verein) == {ben.email: "owner"}
    assert log(verein)[-1] == "member.left"


def test_the_log_tells_leaving_from_being_removed_and_names_whom(verein, ben, by):
    operations.remove_member(join(verein, ben, "reader"), by=by)
    entry = LogEntry.objects.get(verb="member.removed")
    assert (entry.target, entry.person) == (str(ben.pk), by.person)


def test_handing_over_changes_two_roles_at_once(verein, ada, ben, by):
    operations.hand_over(join(verein, ben, "reader"), by=by)
    assert roles(verein) == {ada.email: "editor", ben.email: "owner"}
    assert log(verein)[-2:] == ["member.role-changed", "member.role-changed"]


def test_only_an_owner_hands_over(verein, ada, ben):
    join(verein, ben, "editor")
    with pytest.raises(Membership.DoesNotExist):
        operations.hand_over(membership(verein, ben), by=Actor(ben.pk))
    assert roles(verein) == {ada.email: "owner", ben.email: "editor"}


def test_handing_over_to_oneself_changes_nothing(verein, ada, by):
    operations.hand_over(membership(verein, ada), by=by)
    assert roles(verein) == {ada.email: "owner"}


def test_who_has_left_meanwhile_gets_no_role_back(verein, ben, by):
    gone = join(verein, ben, "reader")
    operations.remove_member(gone, by=by)
    gone.pk = 1_000_000
    for attempt in (
        lambda: operations.change_role(gone, "owner", by=by),
        lambda: operations.remove_member(gone, by=by),
        lambda: operations.hand_over(gone, by=by),
    ):
        with pytest.raises(Membership.DoesNotExist):
            attempt()
    assert ben.email not in roles(verein)


def going(person) -> None:
    """Has asked to be erased."""
    Person.objects.filter(pk=person.pk).update(erase_on=timezone.localdate() + timedelta(days=14))


def closed(person) -> None:
    """The operator lets nobody in by that account."""
    Person.objects.filter(pk=person.pk).update(is_active=False)


def test_whoever_is_no_owner_can_leave_whatever_becomes_of_the_owner(verein, ada, ben, by):
    own = join(verein, ben, "editor")
    going(ada)
    operations.change_role(own, "reader", by=by)
    operations.remove_member(own, by=Actor(ben.pk))
    assert roles(verein) == {ada.email: "owner"}


@pytest.mark.parametrize("away", [going, closed])
def test_an_owner_who_is_going_or_shut_out_does_not_let_the_last_one_leave(verein, ada, ben, by, away):
    theirs = join(verein, ben, "owner")
    away(ben)
    own = membership(verein, ada)
    with pytest.raises(LastOwnerError):
        operations.remove_member(own, by=by)
    with pytest.raises(LastOwnerError):
        operations.change_role(own, "editor", by=by)
    with pytest.raises(LastOwnerError):
        operations.hand_over(theirs, by=by)
    assert roles(verein) == {ada.email: "owner", ben.email: "owner"}


@pytest.mark.parametrize(
    "lose", [operations.remove_member, lambda own, by: operations.change_role(own, "reader", by=by)]
)
def test_an_owner_who_is_one_no_more_does_not_come_back_by_links_of_their_own(verein, ben, by, lose):
    own = join(verein, ben, "owner")
    operations.invite(verein, "owner", by=Actor(ben.pk))
    operations.offer_mandate(verein, may_write=True, by=Actor(ben.pk))
    mine, _ = operations.invite(verein, "reader", by=by)
    lose(own, by=by)
    assert list(Invitation.objects.open()) == [mine]
    assert not Mandate.objects.offered().exists()
    assert {"invitation.revoked", "mandate.ended"} <= set(log(verein))


def test_whoever_leaves_by_themselves_leaves_their_invitations_behind(verein, ben):
    own = join(verein, ben, "owner")
    operations.invite(verein, "reader", by=Actor(ben.pk))
    operations.remove_member(own, by=Actor(ben.pk))
    assert Invitation.objects.open().exists()
