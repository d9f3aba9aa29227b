"""Keeping a guest's assessments in an account: nothing is retyped, and only whoever has the owner's key may."""

from datetime import timedelta

import pytest
from django.test import Client

from brueckenschlag.accounts.keys import grouped, reader_key
from brueckenschlag.accounts.models import Membership, Organisation
from brueckenschlag.accounts.operations import found_organisation, join_person
from brueckenschlag.accounts.sign_in_links import new_token
from brueckenschlag.assessments import editions
from brueckenschlag.assessments.models import Assessment
from brueckenschlag.assessments.operations import begin_assessment, rate_checkpoint, take_over
from brueckenschlag.audit.actors import GUEST, Actor
from brueckenschlag.audit.models import LogEntry

PAGE = "/konto/behalten"


@pytest.fixture
def guest(owner, person) -> Client:
    """The owner's browser, in which that person has signed in."""
    owner.post(f"/einlass/{new_token(person, timedelta(hours=1))}")
    return owner


def keep(client, *assessments, links="keep", **more):
    return client.post(PAGE, {"chosen": [str(one.pk) for one in assessments], "links": links, **more})


def verbs() -> list[str]:
    return list(LogEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_an_organisation_comes_into_being_from_the_assessments_name(guest, own, person):
    rate_checkpoint(own.assessment, "nutzen", "gut", "Steht im Protokoll.", by=GUEST)
    answer = keep(guest, own.assessment)
    assert answer.url == "/konto?uebernommen=1"
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.kind) == ("Verein der Testfälle", "zo")
    assert Membership.objects.get().role == "owner"
    own.assessment.refresh_from_db()
    assert own.assessment.organisation == organisation
    assert own.assessment.ratings.get().note == "Steht im Protokoll."
    assert verbs() == ["person.joined", "organisation.founded", "assessment.taken-over"]
    assert LogEntry.objects.get(verb="assessment.taken-over").person == person.pk


def test_an_assessment_of_a_business_founds_a_business(guest, own):
    edition = editions.current("kmu")
    assert edition
    business, key = begin_assessment(edition, "Schreinerei Holm", by=GUEST)
    guest.get(f"/weiter/{grouped(key)}")
    keep(guest, business)
    assert Organisation.objects.get().kind == "kmu"


def test_several_are_kept_at_once_in_one_organisation(guest, own, edition):
    other, key = begin_assessment(edition, "Von einem anderen Gerät", by=GUEST)
    assert guest.post(PAGE, {"link": f"https://praxishilfe.example.org/weiter/{grouped(key)}"}).url == PAGE
    page = guest.get(PAGE).content.decode()
    assert page.count('name="chosen"') == 2
    assert keep(guest, own.assessment, other).url == "/konto?uebernommen=2"
    assert Organisation.objects.get().assessments.count() == 2
    assert Organisation.objects.get().name == "Verein der Testfälle"


def test_what_is_not_chosen_stays_a_guests(guest, own, edition):
    other, key = begin_assessment(edition, "Andere", by=GUEST)
    guest.get(f"/weiter/{grouped(key)}")
    keep(guest, own.assessment)
    other.refresh_from_db()
    assert other.organisation is None


def test_the_old_links_stay_where_one_says_so(guest, own):
    keep(guest, own.assessment)
    assert Client().get(f"/weiter/{grouped(own.key)}").status_code == 302
    assert Client().get(f"/lesen/{grouped(reader_key(own.key))}").status_code == 302


def test_the_old_links_open_nothing_where_one_says_so(guest, own):
    keep(guest, own.assessment, links="revoke")
    assert Client().get(f"/weiter/{grouped(own.key)}").status_code == 404
    assert Client().get(f"/lesen/{grouped(reader_key(own.key))}").status_code == 404
    assert guest.get(own.path("ueberblick")).status_code == 200
    assert "links.revoked" in verbs()


def test_a_device_that_was_open_is_shut_out_when_the_links_are_revoked(guest, own, reader):
    keep(guest, own.assessment, links="revoke")
    assert reader.get(own.path("plan")).status_code == 404


def test_whoever_has_organisations_chooses_one_or_founds_another(guest, own, person, edition):
    first = found_organisation("Erste", "zo", by=Actor(person.pk))
    page = guest.get(PAGE).content.decode()
    assert "Erste" in page
    assert "Eine neue Organisation" in page
    keep(guest, own.assessment, organisation=str(first.pk))
    assert first.assessments.get() == own.assessment
    other, key = begin_assessment(edition, "Zweite", by=GUEST)
    guest.get(f"/weiter/{grouped(key)}")
    keep(guest, other, organisation="new")
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Erste", "Zweite"}


def test_an_organisation_in_which_one_only_reads_cannot_be_chosen(guest, own, person):
    other = found_organisation("Fremde", "zo", by=Actor(join_person("andere@example.org").pk))
    Membership.objects.create(organisation=other, person=person, role="reader")
    answer = keep(guest, own.assessment, organisation=str(other.pk))
    assert other.assessments.count() == 0
    assert answer.status_code == 302  # it came into a new one, for there was no choice


@pytest.mark.parametrize("forged", ["new", "", "1", "00000000-0000-0000-0000-000000000000"])
def test_a_strangers_organisation_or_none_at_all_is_refused(guest, own, person, forged):
    strangers = found_organisation("Fremde", "zo", by=Actor(join_person("andere@example.org").pk))
    found_organisation("Eigene", "zo", by=Actor(person.pk))
    wanted = str(strangers.pk) if forged == "new" else forged
    answer = keep(guest, own.assessment, organisation=wanted)
    assert answer.status_code == 422
    own.assessment.refresh_from_db()
    assert own.assessment.organisation is None


def test_an_assessment_of_others_cannot_be_taken_by_its_number(member, own):
    assert keep(member, own.assessment).status_code == 422
    own.assessment.refresh_from_db()
    assert own.assessment.organisation is None
    assert not Organisation.objects.exists()


def test_a_reading_link_is_not_enough(reader, own, person):
    reader.post(f"/einlass/{new_token(person, timedelta(hours=1))}")
    assert 'name="chosen"' not in reader.get(PAGE).content.decode()
    assert keep(reader, own.assessment).status_code == 422
    answer = reader.post(PAGE, {"link": grouped(reader_key(own.key))})
    assert answer.status_code == 422
    assert "nur zum Lesen" in answer.content.decode()


@pytest.mark.parametrize("link", ["", "abc", "2222-2222-2222-2222-2222-2222-2222"])
def test_a_link_that_nobody_knows_is_an_error_at_its_field(member, link):
    answer = member.post(PAGE, {"link": link})
    assert answer.status_code == 422
    assert 'id="error_link"' in answer.content.decode()


def test_what_belongs_to_an_organisation_already_is_not_taken_again(guest, own, edition):
    keep(guest, own.assessment)
    other = Client()
    other.get(f"/weiter/{grouped(own.key)}")
    other.post(f"/einlass/{new_token(join_person('zweite@example.org'), timedelta(hours=1))}")
    assert 'name="chosen"' not in other.get(PAGE).content.decode()
    assert "gehört schon" in other.post(PAGE, {"link": grouped(own.key)}).content.decode()
    assert keep(other, own.assessment).status_code == 422


def test_of_two_who_take_at_once_only_one_gets_it(own, person):
    mine = found_organisation("Erste", "zo", by=Actor(person.pk))
    theirs = found_organisation("Zweite", "zo", by=Actor(person.pk))
    seen_by_both = Assessment.objects.get(pk=own.assessment.pk)
    assert take_over([seen_by_both], mine, by=Actor(person.pk), keep_links=True) == [seen_by_both]
    assert take_over([seen_by_both], theirs, by=Actor(person.pk), keep_links=False) == []
    own.assessment.refresh_from_db()
    assert own.assessment.organisation == mine
    assert Client().get(f"/weiter/{grouped(own.key)}").status_code == 302


def test_the_account_shows_what_was_kept(guest, own):
    answer = guest.post(PAGE, {"chosen": [str(own.assessment.pk)], "links": "keep"}, follow=True).content.decode()
    assert "Gespeichert in Ihrem Konto." in answer
    assert f'href="{own.path("ueberblick")}"' in answer


def test_another_device_needs_only_to_sign_in(guest, own, person):
    keep(guest, own.assessment)
    other = Client()
    other.post(f"/einlass/{new_token(person, timedelta(hours=1))}")
    for rest in ("ueberblick", "plan", "checkpunkt/nutzen", "weitermachen", "name"):
        assert other.get(own.path(rest)).status_code == 200


# --- members have no key: the pages about links go on for them


@pytest.fixture
def keyless(guest, own, person) -> Client:
    """The person in another browser, which holds no key."""
    keep(guest, own.assessment)
    other = Client()
    other.post(f"/einlass/{new_token(person, timedelta(hours=1))}")
    return other


def test_a_member_without_a_link_is_told_where_the_assessment_is(keyless, own):
    page = keyless.get(own.path("weitermachen")).content.decode()
    assert "Diese Praxishilfe gehört zu einer Organisation." in page
    assert "/weiter/" not in page


def test_a_member_makes_links_for_somebody_without_an_account(keyless, own):
    page = keyless.post(own.path("weitermachen/erneuern"), follow=True).content.decode()
    assert "/weiter/" in page
    assert Client().get(f"/weiter/{grouped(own.key)}").status_code == 404


def test_a_member_without_a_link_mails_none(keyless, own, inbox):
    assert keyless.post(own.path("weitermachen/mail"), {"address": "ada@example.org"}).status_code == 404


def test_a_member_may_close_it_on_the_device_without_a_link(keyless, own):
    assert "in Ihrem Konto" in keyless.get(own.path("schliessen")).content.decode()
    assert keyless.post(own.path("schliessen")).status_code == 302
    assert keyless.get(own.path("plan")).status_code == 200


def test_a_link_for_reading_on_the_device_takes_nothing_from_a_member(keyless, own):
    keyless.get(f"/lesen/{grouped(reader_key(own.key))}")
    assert keyless.get(own.path("weitermachen")).status_code == 200
    assert keyless.post(own.path("name"), {"name": "Neu"}).status_code == 302


# --- the quiet offer


@pytest.mark.parametrize("rest", ["ueberblick", "weitermachen"])
def test_a_guest_is_offered_an_account_where_it_helps(owner, own, rest):
    assert 'href="/konto/behalten"' in owner.get(own.path(rest)).content.decode()


def test_readers_and_members_are_not_offered_it(reader, keyless, own):
    assert "/konto/behalten" not in reader.get(own.path("ueberblick")).content.decode()
    assert "/konto/behalten" not in keyless.get(own.path("ueberblick")).content.decode()
    assert "/konto/behalten" not in keyless.get(own.path("weitermachen")).content.decode()


def test_what_belongs_to_an_organisation_says_nothing_of_being_deleted(keyless, own):
    for rest in ("ueberblick", "weitermachen"):
        assert "gelöscht." not in keyless.get(own.path(rest)).content.decode()
