"""Letting an organisation advise another: offered, accepted once, changed, ended; and asking clients from a list."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from brueckenschlag.accounts import rules
from brueckenschlag.accounts.keys import hash_key
from brueckenschlag.accounts.models import ClientInvitation, Mandate, Membership, Organisation
from brueckenschlag.accounts.operations import (
    OfferGoneError,
    OwnOrganisationError,
    TooManyClientsError,
    TooManyInvitationsError,
    TooManyOffersError,
    accept_client_invitation,
    accept_mandate,
    change_mandate,
    client_key,
    end_mandate,
    forget_old_offers,
    found_organisation,
    give_mandate,
    invite,
    invite_clients,
    offer_mandate,
    revoke_client_invitation,
)
from brueckenschlag.audit.actors import Actor
from brueckenschlag.audit.models import LogEntry


@pytest.fixture
def beratung(ben):
    return found_organisation("Kontaktstelle", "advice", by=Actor(ben.pk))


@pytest.fixture
def ben_acts(ben):
    return Actor(ben.pk)


def told(organisation) -> list[str]:
    entries = LogEntry.objects.filter(organisation=organisation.pk, verb__startswith="mandate.")
    return [entry.verb.partition(".")[2] for entry in entries.order_by("pk")]


def test_an_offer_is_in_force_once_it_is_accepted_and_both_find_it_in_their_log(verein, beratung, by, ben_acts):
    mandate, key = offer_mandate(verein, may_write=True, by=by)
    assert mandate.token_hash == hash_key(key)
    assert not Mandate.objects.in_force()
    accept_mandate(mandate, beratung, by=ben_acts)
    assert Mandate.objects.in_force().get().adviser == beratung
    assert told(verein) == ["offered", "accepted"]
    assert told(beratung) == ["accepted"]


def test_the_same_offer_is_accepted_once(verein, beratung, by, ben_acts):
    mandate, _ = offer_mandate(verein, may_write=False, by=by)
    accept_mandate(mandate, beratung, by=ben_acts)
    other = found_organisation("Andere", "advice", by=ben_acts)
    with pytest.raises(OfferGoneError):
        accept_mandate(Mandate.objects.get(), other, by=ben_acts)
    assert Mandate.objects.get().adviser == beratung


@pytest.mark.parametrize("end", ["late", "withdrawn"])
def test_an_offer_that_is_over_is_not_accepted(verein, beratung, by, ben_acts, end):
    mandate, _ = offer_mandate(verein, may_write=False, by=by)
    if end == "late":
        Mandate.objects.update(offer_expires_at=timezone.now())
    else:
        end_mandate(mandate, by=by)
    with pytest.raises(OfferGoneError):
        accept_mandate(mandate, beratung, by=ben_acts)
    assert not Mandate.objects.in_force()


def test_an_offer_lasts_fourteen_days(verein, by):
    mandate, _ = offer_mandate(verein, may_write=False, by=by)
    assert mandate.offer_expires_at - mandate.created_at <= timedelta(days=14, seconds=1)


@pytest.mark.parametrize("kind", ["zo", "kmu"])
def test_only_an_organisation_that_advises_accepts(verein, by, ben_acts, kind):
    mandate, _ = offer_mandate(verein, may_write=False, by=by)
    with pytest.raises(ValueError, match=kind):
        accept_mandate(mandate, found_organisation("Andere", kind, by=ben_acts), by=ben_acts)


def test_no_organisation_advises_itself(beratung, ben_acts):
    mandate, _ = offer_mandate(beratung, may_write=False, by=ben_acts)
    with pytest.raises(OwnOrganisationError):
        accept_mandate(mandate, beratung, by=ben_acts)
    with pytest.raises(OwnOrganisationError):
        give_mandate(beratung, beratung, may_write=False, by=ben_acts)


def test_what_a_mandate_allows_can_be_changed_until_it_has_ended(verein, beratung, by, ben_acts):
    mandate = give_mandate(verein, beratung, may_write=False, by=by)
    change_mandate(mandate, may_write=True, covers_all=True, until=timezone.localdate(), by=by)
    assert Mandate.objects.in_force().get().may_write
    end_mandate(mandate, by=ben_acts)
    with pytest.raises(OfferGoneError):
        change_mandate(mandate, may_write=True, covers_all=True, until=None, by=by)
    with pytest.raises(OfferGoneError):
        end_mandate(mandate, by=by)
    assert told(verein) == told(beratung) == ["accepted", "changed", "ended"]


def test_too_many_open_offers_are_refused(verein, by, monkeypatch):
    monkeypatch.setattr(rules, "MOST_OFFERS", 1)
    offer_mandate(verein, may_write=False, by=by)
    with pytest.raises(TooManyOffersError):
        offer_mandate(verein, may_write=False, by=by)
    assert Mandate.objects.count() == 1


def test_clients_are_asked_once_however_often_the_list_is_sent(beratung, ben_acts):
    asked = invite_clients(beratung, [("Bürgerhaus", "Eins@example.org"), ("", "zwei@example.org")], by=ben_acts)
    again = invite_clients(beratung, [("Bürgerhaus", "eins@example.org")], by=ben_acts)
    assert again == asked[:1]
    assert ClientInvitation.objects.count() == 2
    assert all(hash_key(key) == one.token_hash and client_key(one) == key for one, key in asked)


def test_who_accepts_becomes_a_client_once(beratung, ada, by, ben_acts):
    [(invitation, _)] = invite_clients(beratung, [("Bürgerhaus", "eins@example.org")], by=ben_acts)
    mandate = accept_client_invitation(invitation, None, name="Bürgerhaus", may_write=True, by=by)
    assert (mandate.organisation.name, mandate.adviser) == ("Bürgerhaus", beratung)
    assert Membership.objects.get(person=ada).role == "owner"
    with pytest.raises(OfferGoneError):
        accept_client_invitation(invitation, None, may_write=True, by=by)
    assert invite_clients(beratung, [("Bürgerhaus", "eins@example.org")], by=ben_acts) == []
    assert Organisation.objects.count() == 2


def test_an_invitation_accepted_for_the_adviser_itself_stays_open(beratung, ben_acts):
    [(invitation, _)] = invite_clients(beratung, [("", "eins@example.org")], by=ben_acts)
    with pytest.raises(OwnOrganisationError):
        accept_client_invitation(invitation, beratung, may_write=False, by=ben_acts)
    assert ClientInvitation.objects.open().exists()


def test_a_withdrawn_invitation_is_forgotten(beratung, by, ben_acts):
    [(invitation, _)] = invite_clients(beratung, [("", "eins@example.org")], by=ben_acts)
    revoke_client_invitation(invitation, by=ben_acts)
    assert not ClientInvitation.objects.exists()
    with pytest.raises(OfferGoneError):
        accept_client_invitation(invitation, None, may_write=True, by=by)
    with pytest.raises(OfferGoneError):
        revoke_client_invitation(invitation, by=ben_acts)


def test_limits_hold_for_one_list_and_for_a_day(beratung, ben_acts, monkeypatch):
    monkeypatch.setattr(rules, "MOST_CLIENTS_AT_ONCE", 2)
    monkeypatch.setattr(rules, "CLIENT_INVITATIONS_PER_DAY", 3)
    with pytest.raises(TooManyClientsError):
        invite_clients(beratung, [("", f"{n}@example.org") for n in range(3)], by=ben_acts)
    invite_clients(beratung, [("", f"{n}@example.org") for n in range(2)], by=ben_acts)
    with pytest.raises(TooManyClientsError):
        invite_clients(beratung, [("", f"{n}@example.net") for n in range(2)], by=ben_acts)
    assert ClientInvitation.objects.count() == 2


def test_what_is_withdrawn_counts_for_the_day(verein, beratung, by, ben_acts, monkeypatch):
    monkeypatch.setattr(rules, "CLIENT_INVITATIONS_PER_DAY", 1)
    monkeypatch.setattr(rules, "OFFERS_PER_DAY", 1)
    [(invitation, _)] = invite_clients(beratung, [("", "eins@example.org")], by=ben_acts)
    revoke_client_invitation(invitation, by=ben_acts)
    with pytest.raises(TooManyClientsError):
        invite_clients(beratung, [("", "eins@example.org")], by=ben_acts)
    end_mandate(offer_mandate(verein, may_write=False, by=by)[0], by=by)
    with pytest.raises(TooManyOffersError):
        offer_mandate(verein, may_write=False, by=by)


def test_a_second_organisation_gives_nobody_another_days_limit(verein, beratung, by, ben_acts, monkeypatch):
    for limit in ("CLIENT_INVITATIONS_PER_DAY", "OFFERS_PER_DAY", "INVITATION_MAILS_PER_DAY"):
        monkeypatch.setattr(rules, limit, 1)
    second, other = (found_organisation("Zweite", kind, by=by) for kind in ("zo", "advice"))
    invite(verein, "reader", email="eins@example.org", by=by)
    offer_mandate(verein, may_write=False, by=by)
    invite_clients(other, [("", "eins@example.org")], by=by)
    with pytest.raises(TooManyInvitationsError):
        invite(second, "reader", email="zwei@example.org", by=by)
    with pytest.raises(TooManyOffersError):
        offer_mandate(second, may_write=False, by=by)
    with pytest.raises(TooManyClientsError):
        invite_clients(found_organisation("Dritte", "advice", by=by), [("", "zwei@example.org")], by=by)
    invite_clients(beratung, [("", "zwei@example.org")], by=ben_acts)


def test_only_an_organisation_that_advises_asks_clients(verein, by):
    with pytest.raises(ValueError, match="zo"):
        invite_clients(verein, [("", "eins@example.org")], by=by)


def test_offers_and_addresses_whose_term_is_over_are_forgotten(verein, beratung, by, ben_acts):
    invite_clients(beratung, [("", "eins@example.org")], by=ben_acts)
    offer_mandate(verein, may_write=False, by=by)
    assert forget_old_offers() == 0
    ClientInvitation.objects.update(expires_at=timezone.now())
    Mandate.objects.update(offer_expires_at=timezone.now())
    kept = give_mandate(verein, beratung, may_write=False, by=by)
    assert forget_old_offers() == 2
    assert list(Mandate.objects.all()) == [kept]


def test_nothing_is_logged_of_what_is_undone(verein, by):
    with transaction.atomic():
        offer_mandate(verein, may_write=False, by=by)
        transaction.set_rollback(True)
    assert told(verein) == []
