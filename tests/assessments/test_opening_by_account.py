"""Who finds an organisation's assessment: both ways of asking agree for every kind of membership and mandate."""

from datetime import timedelta

import pytest
from django.utils import timezone

from brueckenschlag.accounts.keys import Visitor
from brueckenschlag.accounts.models import Mandate, Membership, Organisation, Person
from brueckenschlag.assessments.models import Assessment, Covered
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import GUEST

YESTERDAY, TOMORROW = -timedelta(days=1), timedelta(days=1)
# What the mandate looks like, the role of the adviser in their own organisation: may they read, may they write?
MANDATES = {
    "reading": ({}, "owner", True, False),
    "writing": ({"may_write": True}, "editor", True, True),
    "writing, held by a reader": ({"may_write": True}, "reader", True, False),
    "until tomorrow": ({"until": TOMORROW}, "owner", True, False),
    "until yesterday": ({"until": YESTERDAY, "may_write": True}, "owner", False, False),
    "ended": ({"ended_at": timezone.now(), "may_write": True}, "owner", False, False),
    "not accepted": ({"adviser": None, "may_write": True}, "owner", False, False),
    "for this one": ({"covers_all": False, "covered": True, "may_write": True}, "owner", True, True),
    "for another one": ({"covers_all": False, "may_write": True}, "owner", False, False),
}


@pytest.fixture
def owned(edition):
    """An assessment of an organisation, old enough to be past the term of guests."""
    assessment, _ = begin_assessment(edition, "Ortsverband", by=GUEST)
    assessment.organisation = Organisation.objects.create(name="Ortsverband")
    assessment.changed_on = timezone.localdate() - timedelta(days=3000)
    assessment.save()
    return assessment


def member(organisation, role) -> Visitor:
    person = Person.objects.create(email=f"{role}@{organisation.pk.hex}.example")
    Membership.objects.create(organisation=organisation, person=person, role=role)
    return Visitor(frozenset(), person.pk)


def found(assessment, visitor, *, for_writing) -> bool:
    plain = Assessment.objects.editable_by(visitor) if for_writing else Assessment.objects.visible_to(visitor)
    opened = Assessment.objects.opened_by(visitor, assessment.pk, for_writing=for_writing)
    assert (opened is not None) == plain.filter(pk=assessment.pk).exists()
    assert list(plain.filter(pk=assessment.pk)) == list(plain.filter(pk=assessment.pk).distinct())
    return opened is not None


@pytest.mark.parametrize(("role", "may_write"), [("owner", True), ("editor", True), ("reader", False)])
def test_members_read_and_all_but_readers_write(owned, role, may_write):
    visitor = member(owned.organisation, role)
    assert found(owned, visitor, for_writing=False)
    assert found(owned, visitor, for_writing=True) is may_write


@pytest.mark.parametrize("role", ["owner", "editor", "reader"])
def test_members_of_another_organisation_find_nothing(owned, role):
    visitor = member(Organisation.objects.create(name="Nachbarn"), role)
    assert not found(owned, visitor, for_writing=False)


@pytest.mark.parametrize("kind", MANDATES)
def test_a_mandate_opens_what_it_says_and_no_more(owned, kind):
    given, role, may_read, may_write = MANDATES[kind]
    given = dict(given)
    adviser = Organisation.objects.create(name="Beratung", kind="advice")
    visitor = member(adviser, role)
    if "until" in given:
        given["until"] = timezone.localdate() + given["until"]
    is_covered = given.pop("covered", False)
    mandate = Mandate.objects.create(**{"organisation": owned.organisation, "adviser": adviser} | given)
    if is_covered:
        Covered.objects.create(mandate=mandate, assessment=owned)
    assert found(owned, visitor, for_writing=False) is may_read
    assert found(owned, visitor, for_writing=True) is may_write


def test_of_two_mandates_the_one_that_allows_more_counts_and_the_log_knows_it(owned):
    adviser = Organisation.objects.create(name="Beratung", kind="advice")
    visitor = member(adviser, "editor")
    Mandate.objects.create(organisation=owned.organisation, adviser=adviser)
    writing = Mandate.objects.create(organisation=owned.organisation, adviser=adviser, may_write=True)
    opened = Assessment.objects.opened_by(visitor, owned.pk, for_writing=True)
    assert opened.actor(visitor).mandate == writing.pk


def test_a_member_who_also_advises_acts_as_a_member(owned):
    visitor = member(owned.organisation, "editor")
    adviser = Organisation.objects.create(name="Beratung", kind="advice")
    Membership.objects.create(organisation=adviser, person_id=visitor.person, role="owner")
    Mandate.objects.create(organisation=owned.organisation, adviser=adviser, may_write=True)
    opened = Assessment.objects.opened_by(visitor, owned.pk, for_writing=False)
    assert opened.actor(visitor).mandate is None


def test_somebody_else_with_an_account_finds_nothing(owned):
    stranger = Person.objects.create(email="fremd@example.org")
    assert not found(owned, Visitor(frozenset(), stranger.pk), for_writing=False)
