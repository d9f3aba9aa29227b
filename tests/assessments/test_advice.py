"""Which assessments a mandate covers, what an adviser begins, and handing one over."""

import pytest
from django.utils import timezone

from brueckenschlag.accounts.keys import Visitor, hash_key
from brueckenschlag.accounts.models import Mandate, Organisation, Person
from brueckenschlag.accounts.operations import OwnOrganisationError, accept_mandate, add_areas, found_organisation
from brueckenschlag.assessments.models import Assessment, Covered, Handover
from brueckenschlag.assessments.operations import (
    HandoverGoneError,
    begin_assessment,
    change_advice,
    offer_advice,
    offer_handover,
    set_area,
    take_handover,
)
from brueckenschlag.audit.actors import Actor
from brueckenschlag.audit.models import LogEntry


@pytest.fixture
def client_acts(db):
    return Actor(Person.objects.create(email="klient@example.org").pk)


@pytest.fixture
def adviser_acts(db):
    return Actor(Person.objects.create(email="beratung@example.org").pk)


@pytest.fixture
def verein(client_acts):
    return found_organisation("Verein", "zo", by=client_acts)


@pytest.fixture
def beratung(adviser_acts):
    return found_organisation("Kontaktstelle", "advice", by=adviser_acts)


@pytest.fixture
def two(verein, edition, client_acts):
    return [begin_assessment(edition, organisation=verein, by=client_acts)[0] for _ in range(2)]


def seen(by) -> set[Assessment]:
    return set(Assessment.objects.visible_to(Visitor(frozenset(), by.person)))


def accepted(beratung, adviser_acts) -> Mandate:
    mandate = Mandate.objects.get()
    accept_mandate(mandate, beratung, by=adviser_acts)
    return mandate


def test_an_offer_for_listed_assessments_opens_these_and_can_be_changed(
    verein, beratung, two, client_acts, adviser_acts
):
    offer_advice(verein, two[:1], may_write=False, by=client_acts)
    mandate = accepted(beratung, adviser_acts)
    assert seen(adviser_acts) == set(two[:1])
    change_advice(mandate, two[1:], may_write=False, until=None, by=client_acts)
    assert seen(adviser_acts) == set(two[1:])
    change_advice(mandate, None, may_write=False, until=None, by=client_acts)
    assert seen(adviser_acts) == set(two)
    assert set(Assessment.objects.under(Mandate.objects.in_force())) == set(two)


def test_an_assessment_of_another_organisation_cannot_be_listed(verein, two, client_acts):
    foreign, _ = begin_assessment(two[0].edition, organisation=Organisation.objects.create(name="X"), by=client_acts)
    with pytest.raises(ValueError, match="another organisation"):
        offer_advice(verein, [foreign], may_write=False, by=client_acts)
    assert not Mandate.objects.exists()


def test_what_an_adviser_begins_under_a_mandate_for_some_is_covered_too(
    verein, beratung, two, client_acts, adviser_acts
):
    offer_advice(verein, two[:1], may_write=True, by=client_acts)
    mandate = accepted(beratung, adviser_acts)
    begun, _ = begin_assessment(two[0].edition, organisation=verein, by=Actor(adviser_acts.person, mandate.pk))
    assert seen(adviser_acts) == {two[0], begun}
    entry = LogEntry.objects.get(assessment=begun.pk)
    assert (entry.organisation, entry.mandate) == (verein.pk, mandate.pk)


@pytest.fixture
def prepared(beratung, edition, adviser_acts):
    return begin_assessment(edition, "Bürgerhaus", organisation=beratung, by=adviser_acts)[0]


@pytest.mark.parametrize(("keeps", "allowed"), [("", (0, 0)), ("read", (1, 0)), ("write", (1, 1))])
def test_who_takes_an_assessment_over_owns_it_and_says_what_the_adviser_keeps(
    prepared, client_acts, adviser_acts, keeps, allowed
):
    key = offer_handover(prepared, by=adviser_acts)
    handover = Handover.objects.get()
    assert handover.token_hash == hash_key(key)
    before, beratung = prepared.owner_hash, prepared.organisation
    taken = take_handover(handover, None, name="Bürgerhaus", keeps=keeps, by=client_acts)
    assert (taken.organisation.name, taken.organisation.kind) == ("Bürgerhaus", "zo")
    assert seen(client_acts) == {taken}
    visitor = Visitor(frozenset(), adviser_acts.person)
    kinds = (Assessment.objects.visible_to(visitor), Assessment.objects.editable_by(visitor))
    assert tuple(kind.count() for kind in kinds) == allowed
    assert Assessment.objects.get().owner_hash != before
    told = LogEntry.objects.filter(verb="assessment.handed-over")
    assert {entry.organisation for entry in told} == {beratung.pk, taken.organisation_id}


def test_a_handover_is_taken_once_and_only_by_the_newest_link(prepared, client_acts, adviser_acts):
    offer_handover(prepared, by=adviser_acts)
    old = Handover.objects.get()
    offer_handover(prepared, by=adviser_acts)
    with pytest.raises(HandoverGoneError):
        take_handover(old, None, by=client_acts)
    new = Handover.objects.get()
    take_handover(new, None, by=client_acts)
    with pytest.raises(HandoverGoneError):
        take_handover(new, None, by=client_acts)
    assert Organisation.objects.count() == 2


def test_a_handover_that_is_late_or_erased_is_not_taken(prepared, client_acts, adviser_acts):
    offer_handover(prepared, by=adviser_acts)
    handover = Handover.objects.get()
    Handover.objects.update(expires_at=timezone.now())
    with pytest.raises(HandoverGoneError):
        take_handover(handover, None, by=client_acts)
    Assessment.objects.all().delete()
    with pytest.raises(HandoverGoneError):
        take_handover(handover, None, by=client_acts)


def test_nobody_hands_over_to_themselves_or_what_no_adviser_has_prepared(prepared, beratung, two, adviser_acts):
    offer_handover(prepared, by=adviser_acts)
    with pytest.raises(OwnOrganisationError):
        take_handover(Handover.objects.get(), beratung, by=adviser_acts)
    assert Handover.objects.exists()
    with pytest.raises(ValueError, match="not prepared"):
        offer_handover(two[0], by=adviser_acts)


def test_those_who_advised_the_adviser_see_nothing_of_it_afterwards(prepared, client_acts, adviser_acts, beratung):
    other = found_organisation("Andere", "advice", by=Actor(Person.objects.create(email="c@example.org").pk))
    mandate, _ = offer_advice(beratung, [prepared], may_write=True, by=adviser_acts)
    accept_mandate(mandate, other, by=GUEST_OF_OTHER)
    offer_handover(prepared, by=adviser_acts)
    take_handover(Handover.objects.get(), None, by=client_acts)
    assert not Covered.objects.exists()


GUEST_OF_OTHER = Actor()


def test_a_page_opened_before_the_handing_over_makes_no_link_to_what_is_the_clients_now(
    verein, beratung, edition, client_acts, adviser_acts
):
    stale, _ = begin_assessment(edition, organisation=beratung, by=adviser_acts)
    offer_handover(stale, by=adviser_acts)
    take_handover(Handover.objects.get(), verein, by=client_acts)
    with pytest.raises(Assessment.DoesNotExist):
        offer_handover(stale, by=adviser_acts)
    assert not Handover.objects.exists()


def test_a_page_opened_before_the_handing_over_puts_it_into_no_area_of_the_advisers(
    verein, beratung, edition, client_acts, adviser_acts
):
    stale, _ = begin_assessment(edition, organisation=beratung, by=adviser_acts)
    [area] = add_areas(beratung, ["Vorlagen"], by=adviser_acts)
    offer_handover(stale, by=adviser_acts)
    take_handover(Handover.objects.get(), verein, by=client_acts)
    with pytest.raises(Assessment.DoesNotExist):
        set_area(stale, area, by=adviser_acts)
    assert Assessment.objects.get().area is None
