"""The site's administration of accounts: found, and helped by what is asked once, logged, and told to the person."""

import re
import uuid

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache

from brueckenschlag.accounts.models import Membership, Organisation, Person
from brueckenschlag.accounts.operations import join_person, set_up_app
from brueckenschlag.audit.models import LogEntry
from brueckenschlag.web.views.operator_people import STEPS

from .test_operator import words


@pytest.fixture(autouse=True)
def no_attempts_yet(db):
    cache.clear()


def path(person, rest=""):
    return f"/betrieb/konten/{person.pk}{rest}"


def test_they_are_found_by_the_beginning_of_the_address_or_by_name(operator, person, verein):
    Person.objects.filter(pk=person.pk).update(name="Ayla Kern")
    for wanted in ("mitglied@", "MITGLIED", "kern"):
        found = words(operator.get(f"/betrieb/konten?suche={wanted}"))
        assert "mitglied@example.org" in found
        assert "owner@probestadt.example" not in found
    assert "kein Konto" in words(operator.get("/betrieb/konten?suche=example.org"))


def test_one_shows_where_they_belong_and_that_it_was_looked_at(operator, person, chief):
    chief_person = Person.objects.get(email="owner@probestadt.example")
    shown = words(operator.get(path(chief_person)))
    assert "Ortsverband Probestadt" in shown
    assert "Angemeldete Geräte 1" in shown
    assert LogEntry.objects.filter(verb="operator.opened", target=str(chief_person.pk)).count() == 1


@pytest.mark.parametrize("step", STEPS)
def test_everything_asks_first(operator, person, step):
    before = Person.objects.filter(pk=person.pk).values().get()
    answer = operator.get(path(person, f"/{step}"))
    assert answer.status_code == 200
    assert "mitglied@example.org" in words(answer)
    assert Person.objects.filter(pk=person.pk).values().get() == before


def test_without_mail_the_page_says_what_lets_people_in(operator, person):
    assert "der Befehl „sign_in_link“" in operator.get(f"/betrieb/konten/{person.pk}").content.decode()


def test_with_mail_the_page_says_that_the_person_is_told(operator, person, inbox):
    shown = operator.get(f"/betrieb/konten/{person.pk}").content.decode()
    assert "sign_in_link" not in shown
    assert "zu jeder Änderung eine E-Mail" in shown


def test_signing_out_everywhere_ends_all_sessions_of_that_person_only(operator, person, member, chief):
    operator.post(path(person, "/abmelden"))
    assert member.get("/konto").status_code == 302
    assert chief.get("/konto").status_code == 200
    assert operator.get("/betrieb").status_code == 200
    assert not UserSession.objects.filter(user=person).exists()


def test_a_lost_second_step_is_removed_and_logged_with_who_did_it(operator, person):
    set_up_app(person, "JBSWY3DPEHPK3PXP")
    assert "Zweiter Schritt App" in words(operator.get(path(person)))
    operator.post(path(person, "/zweiter-schritt"))
    assert not Authenticator.objects.filter(user=person).exists()
    entry = LogEntry.objects.filter(verb="person.changed", target=str(person.pk)).latest("at")
    assert entry.person == Person.objects.get(email="betrieb@probestadt.example").pk


def test_a_closed_account_lets_nobody_in_until_it_is_opened(operator, person, member):
    operator.post(path(person, "/schliessen"))
    person.refresh_from_db()
    assert not person.is_active
    assert member.get("/konto").status_code == 302
    assert "Dieses Konto ist geschlossen" in words(operator.get(path(person)))
    operator.post(path(person, "/oeffnen"))
    person.refresh_from_db()
    assert person.is_active


def test_erasing_is_asked_for_and_undone(operator, person):
    operator.post(path(person, "/loeschen"))
    person.refresh_from_db()
    assert person.erase_on
    operator.post(path(person, "/behalten"))
    person.refresh_from_db()
    assert person.erase_on is None


def test_whoever_leads_alone_is_not_erased_before_somebody_else_does(operator, verein):
    chief = Person.objects.get(email="owner@probestadt.example")
    answer = operator.post(path(chief, "/loeschen"))
    assert answer.status_code == 422
    assert "Ortsverband Probestadt" in words(answer)
    chief.refresh_from_db()
    assert chief.erase_on is None


@pytest.mark.parametrize("step", ["schliessen", "loeschen"])
def test_before_an_only_lead_goes_the_organisations_concerned_are_named(operator, verein, step):
    nameless, founded = Organisation.objects.create(name=""), Organisation.objects.create(name="<b>Chor</b> & Co")
    chief = Person.objects.get(email="owner@probestadt.example")
    for own in (nameless, founded):
        Membership.objects.create(organisation=own, person=chief, role="owner")
    answer = operator.get(path(chief, f"/{step}"))
    shown = words(answer)
    assert "Nur diese Person leitet" in shown
    for own, name in ((verein, "Ortsverband Probestadt"), (nameless, "Organisation ohne Namen"), (founded, "Chor")):
        assert name in shown
        assert f'href="/betrieb/organisationen/{own.pk}"' in answer.content.decode()
    assert "<b>Chor" not in answer.content.decode()


@pytest.mark.parametrize(("step", "role"), [("schliessen", "reader"), ("schliessen", "second"), ("abmelden", "owner")])
def test_who_leaves_no_organisation_without_a_lead_brings_no_warning(operator, person, verein, step, role):
    chief = Person.objects.get(email="owner@probestadt.example")
    if role == "reader":
        Membership.objects.filter(person=chief).update(role="reader")
    if role == "second":
        Membership.objects.create(organisation=verein, person=person, role="owner")
    assert "Nur diese Person leitet" not in words(operator.get(path(chief, f"/{step}")))


def test_a_second_lead_whose_account_is_closed_does_not_count_as_one(operator, person, verein):
    Membership.objects.create(organisation=verein, person=person, role="owner")
    operator.post(path(person, "/schliessen"))
    chief = Person.objects.get(email="owner@probestadt.example")
    assert "Ortsverband Probestadt" in words(operator.get(path(chief, "/schliessen")))


def test_another_address_is_told_to_both(operator, person, inbox):
    answer = operator.post(path(person, "/adresse"), {"address": "Neu@Example.org"})
    assert answer.url == path(person) + "?gespeichert=1"
    person.refresh_from_db()
    assert person.email == "neu@example.org"
    told = {one["To"]: one.get_payload(decode=True).decode() for one in inbox.letters}
    assert set(told) == {"mitglied@example.org", "neu@example.org"}
    assert "Ihr Konto hat jetzt diese E-Mail-Adresse." in told["neu@example.org"]


@pytest.mark.parametrize("address", ["", "keine", "owner@probestadt.example"])
def test_an_address_that_cannot_be_changes_nothing(operator, person, verein, address):
    answer = operator.post(path(person, "/adresse"), {"address": address})
    assert answer.status_code == 422
    person.refresh_from_db()
    assert person.email == "mitglied@example.org"


def test_every_step_is_told_in_the_persons_language(operator, person, inbox):
    Person.objects.filter(pk=person.pk).update(language="en")
    operator.post(path(person, "/abmelden"))
    [letter] = inbox.letters
    assert letter["To"] == "mitglied@example.org"
    assert re.search("signed out on all devices", letter.get_payload(decode=True).decode())


def test_nothing_is_lost_when_the_letter_does_not_go(operator, person, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert operator.post(path(person, "/schliessen")).status_code == 302
    person.refresh_from_db()
    assert not person.is_active
    assert LogEntry.objects.filter(verb="mail.failed").get().target == "account_changed ConnectionRefusedError"


def test_accounts_that_run_the_site_are_changed_on_the_server_only(operator, operator_without):
    other = Person.objects.get(email="ohne@probestadt.example")
    assert "nur auf dem Server" in words(operator.get(path(other)))
    for step in STEPS:
        assert operator.post(path(other, f"/{step}")).status_code == 404
    assert operator.post(path(other, "/adresse"), {"address": "neu@example.org"}).status_code == 404
    other.refresh_from_db()
    assert (other.email, other.is_active) == ("ohne@probestadt.example", True)


def test_what_is_not_there_is_not_there(operator, person):
    assert operator.get(f"/betrieb/konten/{uuid.uuid4()}").status_code == 404
    assert operator.get(path(person, "/erfunden")).status_code == 404
    assert operator.post(path(person, "/erfunden")).status_code == 404
    assert join_person("mitglied@example.org") == person
