"""Two people in the same moment: one of two owners stays, an invitation serves one, areas make no circle.

The first is stopped before what it has written counts; the second waits for it and sees what is stored then.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from brueckenschlag.accounts import operations
from brueckenschlag.accounts.models import Membership, Organisation, Person
from brueckenschlag.audit.actors import Actor
from brueckenschlag.audit.operations import forget

# How long a second that waits is given to show that it does not: it only ends a test early that would fail.
A_MOMENT = 0.2


@pytest.fixture(autouse=True)
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In place of pytest's own: here everything is really stored; what the test leaves is taken away afterwards."""
    with django_db_blocker.unblock():
        yield
        for organisation in Organisation.objects.all():
            forget(organisation=organisation.pk)
        Organisation.objects.all().delete()
        Person.objects.all().delete()


def on_a_connection_of_its_own(call: Callable[[], Any]) -> Any:
    try:
        return call()
    finally:
        connections.close_all()


def after(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """What the second returns when it begins before the first is stored; raises what it raises."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            later = pool.submit(on_a_connection_of_its_own, second)
            wait([later], timeout=A_MOMENT)
        return later.result()


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
