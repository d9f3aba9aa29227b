"""Two people in the same moment: one of two owners stays, links serve one, areas make no circle."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from brueckenschlag.accounts import operations
from brueckenschlag.accounts.models import Mandate, Membership, Organisation, Person
from brueckenschlag.audit.actors import Actor
from brueckenschlag.audit.operations import forget
from tests.at_once import after


@pytest.fixture(autouse=True)
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In place of pytest's own: here everything is really stored; what the test leaves is taken away afterwards."""
    with django_db_blocker.unblock():
        yield
        for organisation in Organisation.objects.all():
            forget(organisation=organisation.pk)
        Organisation.objects.all().delete()
        Person.objects.all().delete()


@pytest.fixture
def pair(verein, ada, ben):
    """The memberships of two owners."""
    Membership.objects.create(organisation=verein, person=ben, role="owner")
    return [Membership.objects.get(organisation=verein, person=person) for person in (ada, ben)]


def roles(organisation):
    return dict(organisation.memberships.values_list("person__email", "role"))


def test_of_two_owners_who_remove_each_other_one_stays(verein, pair, ada, ben):
    mine, theirs = pair
    with pytest.raises(operations.LastOwnerError):
        after(
            lambda: operations.remove_member(theirs, by=Actor(ada.pk)),
            lambda: operations.remove_member(mine, by=Actor(ben.pk)),
        )
    assert roles(verein) == {ada.email: "owner"}


def test_of_two_owners_who_leave_one_stays(verein, pair, ada, ben):
    mine, theirs = pair
    with pytest.raises(operations.LastOwnerError):
        after(
            lambda: operations.remove_member(mine, by=Actor(ada.pk)),
            lambda: operations.change_role(theirs, "reader", by=Actor(ben.pk)),
        )
    assert roles(verein) == {ben.email: "owner"}


def test_an_invitation_accepted_by_two_makes_one_member(verein, by, ben):
    cem = Person.objects.create(email="cem@example.org")
    invitation, _ = operations.invite(verein, "reader", by=by)
    with pytest.raises(operations.InvitationGoneError):
        after(
            lambda: operations.accept_invitation(invitation, by=Actor(ben.pk)),
            lambda: operations.accept_invitation(invitation, by=Actor(cem.pk)),
        )
    assert cem.email not in roles(verein)


def test_two_areas_moved_below_each_other_make_no_circle(verein, by):
    one, other = operations.add_areas(verein, ["Jugend", "Pflege"], by=by)
    with pytest.raises(operations.AreaDoesNotFitError):
        after(
            lambda: operations.change_area(one, name="Jugend", parent=other, by=by),
            lambda: operations.change_area(other, name="Pflege", parent=one, by=by),
        )
    other.refresh_from_db()
    assert other.parent_id is None


@pytest.fixture
def advisers(ada, ben):
    """The organisations of two people that advise others."""
    return [operations.found_organisation(f"Beratung {one.email}", "advice", by=Actor(one.pk)) for one in (ada, ben)]


def test_an_offer_accepted_by_two_advisers_is_that_of_the_first(verein, by, ben, advisers):
    mandate, _ = operations.offer_mandate(verein, may_write=True, by=by)
    with pytest.raises(operations.OfferGoneError):
        after(
            lambda: operations.accept_mandate(mandate, advisers[0], by=by),
            lambda: operations.accept_mandate(Mandate.objects.get(pk=mandate.pk), advisers[1], by=Actor(ben.pk)),
        )
    mandate.refresh_from_db()
    assert mandate.adviser == advisers[0]


def test_an_offer_taken_back_in_the_moment_of_accepting_gives_nothing(verein, by, ben, advisers):
    mandate, _ = operations.offer_mandate(verein, may_write=True, by=by)
    with pytest.raises(operations.OfferGoneError):
        after(
            lambda: operations.end_mandate(mandate, by=by),
            lambda: operations.accept_mandate(Mandate.objects.get(pk=mandate.pk), advisers[1], by=Actor(ben.pk)),
        )
    assert not Mandate.objects.in_force().filter(organisation=verein).exists()


def test_a_mandate_ended_in_the_moment_in_which_it_is_widened_stays_ended(verein, by, advisers):
    mandate = operations.give_mandate(verein, advisers[1], may_write=False, by=by)
    with pytest.raises(operations.OfferGoneError):
        after(
            lambda: operations.end_mandate(mandate, by=by),
            lambda: operations.change_mandate(mandate, may_write=True, covers_all=True, until=None, by=by),
        )
    assert not Mandate.objects.in_force().filter(organisation=verein).exists()


def test_an_advisers_invitation_accepted_twice_makes_one_client(verein, by, ben, advisers):
    [(asked, _)] = operations.invite_clients(advisers[0], [("", "info@werkstatt.example")], by=by)
    theirs = operations.found_organisation("Werkstatt", "kmu", by=Actor(ben.pk))
    with pytest.raises(operations.OfferGoneError):
        after(
            lambda: operations.accept_client_invitation(asked, theirs, may_write=False, by=Actor(ben.pk)),
            lambda: operations.accept_client_invitation(asked, None, name="Zweite", may_write=False, by=Actor(ben.pk)),
        )
    assert [one.organisation for one in Mandate.objects.in_force()] == [theirs]
    assert not Organisation.objects.filter(name="Zweite").exists()
