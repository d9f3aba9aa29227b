"""Letting somebody advise: the link, what is allowed, changing and ending it, and what the client sees of it."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from brueckenschlag.accounts.keys import grouped
from brueckenschlag.accounts.models import Mandate, Organisation, Person
from brueckenschlag.accounts.operations import end_mandate, found_organisation, offer_mandate
from brueckenschlag.assessments.models import Assessment
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import GUEST, Actor
from brueckenschlag.audit.models import LogEntry

from ..conftest import signed_in

TO_READ = {"allowed": "read", "scope": "all"}


@pytest.fixture
def adviser(db) -> Client:
    """Somebody who has an organisation that advises, and no client yet."""
    client = signed_in("ada@beratung.example")
    found_organisation("Kontaktstelle", "advice", by=Actor(Person.objects.get(email="ada@beratung.example").pk))
    return client


@pytest.fixture
def theirs(verein, edition) -> Assessment:
    return begin_assessment(edition, "Jugend", organisation=verein, by=GUEST)[0]


def page(verein, rest="") -> str:
    return f"/organisation/{verein.pk}/beratung{rest}"


def allow(chief, verein, **sent):
    return chief.post(page(verein, "/erlauben"), TO_READ | sent, follow=True)


def link_on(shown: str) -> str:
    found = re.search(r'id="link">(.*?)</p>', shown, re.DOTALL)
    assert found
    return re.sub(r"https?://[^/]+|<[^>]+>|\s", "", found[1])


def accept(adviser, **sent):
    return adviser.post("/angebot", {"offer": Mandate.objects.latest("created_at").pk} | sent)


def kontaktstelle() -> Organisation:
    return Organisation.objects.get(name="Kontaktstelle")


def test_an_owner_allows_advice_by_link_and_the_adviser_sees_the_client(chief, adviser, verein, theirs):
    link = link_on(html.unescape(allow(chief, verein).content.decode()))
    opened = adviser.get(link, follow=True)
    assert opened.redirect_chain == [("/angebot", 302)]
    shown = html.unescape(opened.content.decode())
    for words in ("Ortsverband Probestadt", "owner@probestadt.example", "nur lesen", "alle Praxishilfen"):
        assert words in shown
    answer = accept(adviser, organisation=kontaktstelle().pk)
    assert answer["Location"] == f"/organisation/{kontaktstelle().pk}/klienten"
    assert "Ortsverband Probestadt" in adviser.get(answer["Location"]).content.decode()
    assert adviser.get(f"/praxishilfe/{theirs.pk}/plan").status_code == 200
    assert adviser.get(f"/praxishilfe/{theirs.pk}/name").status_code == 404
    assert "Kontaktstelle" in chief.get(page(verein)).content.decode()


def test_whoever_has_no_organisation_that_advises_founds_one_in_passing(chief, verein):
    newcomer = signed_in("neu@beratung.example")
    newcomer.get(link_on(allow(chief, verein).content.decode()))
    accept(newcomer, name="Freiwilligenagentur")
    assert Mandate.objects.in_force().get().adviser.name == "Freiwilligenagentur"


def test_the_link_is_used_once_and_opening_it_uses_nothing_up(chief, adviser, nobody, verein):
    link = link_on(allow(chief, verein).content.decode())
    for client in (nobody, adviser, adviser):
        client.get(link, follow=True)
    assert not Mandate.objects.in_force()
    accept(adviser, organisation=kontaktstelle().pk)
    for answer in (adviser.get(link), nobody.get("/angebot"), accept(nobody)):
        assert answer.status_code == 404
    assert Mandate.objects.in_force().count() == 1


def test_who_has_not_signed_in_is_asked_to_and_accepts_nothing(chief, nobody, verein):
    shown = nobody.get(link_on(allow(chief, verein).content.decode()), follow=True).content.decode()
    assert "Bitte melden Sie sich zuerst an." in shown
    assert accept(nobody, name="X").status_code == 422
    assert not Mandate.objects.in_force()


def test_an_organisation_cannot_be_chosen_that_is_ones_own_or_does_not_advise(chief, adviser, neighbour, verein):
    Organisation.objects.filter(pk=verein.pk).update(kind="advice")
    link = link_on(allow(chief, verein).content.decode())
    nachbarn = Organisation.objects.get(name="Nachbarn")
    for client, forged in ((chief, verein.pk), (neighbour, nachbarn.pk), (neighbour, kontaktstelle().pk), (chief, "x")):
        client.get(link)
        assert accept(client, organisation=forged).status_code == 422
    assert not Mandate.objects.in_force()


@pytest.mark.parametrize("forged", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_only_the_offer_that_was_shown_is_accepted(chief, adviser, verein, forged):
    adviser.get(link_on(allow(chief, verein).content.decode()))
    assert accept(adviser, organisation=kontaktstelle().pk, offer=forged).status_code == 422
    assert not Mandate.objects.in_force()


def test_the_key_stands_neither_in_the_next_address_nor_on_the_page(adviser, verein):
    _, key = offer_mandate(verein, may_write=False, by=GUEST)
    assert adviser.get(f"/annehmen/{grouped(key)}")["Referrer-Policy"] == "no-referrer"
    assert key not in adviser.get("/angebot").content.decode().replace("-", "")


@pytest.mark.parametrize("key", ["x", "2222-2222-2222-2222-2222-2222-2222", "%00", "ä" * 28])
def test_a_key_that_nobody_gave_out_opens_nothing(nobody, db, key):
    assert nobody.get(f"/annehmen/{key}").status_code == 404


def test_the_link_is_shown_only_on_the_device_that_made_it(chief, editor, verein):
    allow(chief, verein)
    assert 'id="link"' in chief.get(page(verein)).content.decode()
    for client in (signed_in("owner@probestadt.example"), editor):
        assert 'id="link"' not in client.get(page(verein)).content.decode()


def test_only_the_listed_assessments_are_opened(chief, adviser, verein, theirs, edition):
    other, _ = begin_assessment(edition, "Vorstand", organisation=verein, by=GUEST)
    adviser.get(link_on(allow(chief, verein, scope="some", assessments=[theirs.pk]).content.decode()))
    assert "Jugend" in adviser.get("/angebot").content.decode()
    accept(adviser, organisation=kontaktstelle().pk)
    assert adviser.get(f"/praxishilfe/{theirs.pk}/plan").status_code == 200
    assert adviser.get(f"/praxishilfe/{other.pk}/plan").status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"allowed": ""},
        {"allowed": "everything"},
        {"scope": "x"},
        {"scope": "some"},
        {"until": "gestern"},
        {"until": "1.1.2020"},
        {"address": "kein@"},
    ],
)
def test_what_cannot_be_is_an_error_at_the_field(chief, verein, theirs, sent):
    answer = allow(chief, verein, **sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Mandate.objects.exists()


def test_an_assessment_of_somebody_else_cannot_be_listed(chief, verein, own):
    assert allow(chief, verein, scope="some", assessments=[own.assessment.pk]).status_code == 422
    assert not Mandate.objects.exists()


def test_it_ends_after_its_last_day(chief, adviser, verein, theirs):
    today = timezone.localdate()
    adviser.get(link_on(allow(chief, verein, until=today.strftime("%d.%m.%Y")).content.decode()))
    accept(adviser, organisation=kontaktstelle().pk)
    assert adviser.get(f"/praxishilfe/{theirs.pk}/plan").status_code == 200
    Mandate.objects.update(until=today - timedelta(days=1))
    assert adviser.get(f"/praxishilfe/{theirs.pk}/plan").status_code == 404


def test_what_is_allowed_can_be_changed(chief, reading_adviser, verein, theirs):
    mandate = Mandate.objects.get()
    chief.post(page(verein, f"/{mandate.pk}"), TO_READ | {"allowed": "write"})
    assert reading_adviser.get(f"/praxishilfe/{theirs.pk}/name").status_code == 200
    chief.post(page(verein, f"/{mandate.pk}"), {"allowed": "write", "scope": "some", "assessments": [theirs.pk]})
    assert 'value="some" checked' in chief.get(page(verein, f"/{mandate.pk}")).content.decode()


def test_a_form_opened_before_the_end_is_not_saved_after_it(chief, writing_adviser, verein, theirs):
    address = f"/praxishilfe/{theirs.pk}/checkpunkt/planen"
    assert 'name="level"' in writing_adviser.get(address).content.decode()
    chief.post(page(verein, f"/{Mandate.objects.get().pk}/beenden"))
    for headers in ({}, {"HX-Request": "true"}):
        answer = writing_adviser.post(address, {"level": "gut", "note": "Spät", "version": 0}, headers=headers)
        assert answer.status_code == 404
    assert not theirs.ratings.exists()


@pytest.mark.parametrize("side", ["client", "adviser"])
def test_either_side_ends_it_after_one_question_and_both_can_read_that(chief, writing_adviser, verein, side):
    mandate = Mandate.objects.get()
    who, own = (chief, verein) if side == "client" else (writing_adviser, mandate.adviser)
    address = page(own, f"/{mandate.pk}/beenden")
    assert "Die Beratung beenden?" in who.get(address).content.decode()
    assert Mandate.objects.in_force().exists()
    assert "eendet" in who.get(who.post(address)["Location"]).content.decode()
    assert not Mandate.objects.in_force().exists()
    told = LogEntry.objects.filter(verb="mandate.ended")
    assert {one.organisation for one in told} == {verein.pk, mandate.adviser_id}
    assert who.get(address).status_code == 404


def test_a_mandate_cannot_be_ended_or_changed_through_another_organisation(neighbour, reading_adviser, verein):
    mandate, nachbarn = Mandate.objects.get(), Organisation.objects.get(name="Nachbarn")
    for client, own in ((neighbour, nachbarn), (neighbour, verein), (reading_adviser, verein)):
        assert client.post(page(own, f"/{mandate.pk}/beenden")).status_code == 404
        assert client.post(page(own, f"/{mandate.pk}"), TO_READ).status_code == 404
    assert reading_adviser.post(page(mandate.adviser, f"/{mandate.pk}"), TO_READ).status_code == 404
    assert Mandate.objects.in_force().exists()


def test_a_link_that_nobody_has_used_can_be_withdrawn(chief, adviser, verein):
    link = link_on(allow(chief, verein).content.decode())
    adviser.get(link)
    chief.post(page(verein, f"/{Mandate.objects.get().pk}/beenden"))
    shown = chief.get(page(verein)).content.decode()
    assert 'id="link"' not in shown
    assert accept(adviser, organisation=kontaktstelle().pk).status_code == 404
    assert adviser.get(link).status_code == 404


def test_the_client_reads_what_the_adviser_has_done_and_who_it_was(chief, onlooker, writing_adviser, verein, edition):
    mandate = Mandate.objects.get()
    shown = writing_adviser.get(f"/praxishilfe/zo/?klient={mandate.pk}").content.decode()
    assert "gehört sofort dieser Organisation" in shown
    writing_adviser.post("/praxishilfe/zo/", {"klient": mandate.pk})
    for member in (chief, onlooker):
        shown = member.get(page(verein)).content.decode()
        assert "Praxishilfe begonnen" in shown
        assert "schreibt@beratung.example" in shown
    assert Assessment.objects.get().organisation == verein


def test_readers_see_who_advises_but_cannot_change_it(onlooker, reading_adviser, verein):
    shown = onlooker.get(page(verein)).content.decode()
    assert "liest" in shown
    assert "/beenden" not in shown
    assert "<form" not in shown


def test_without_leave_to_write_nothing_is_begun_for_a_client(
    reading_adviser, former_adviser, neighbour, verein, edition
):
    for mandate in Mandate.objects.all():
        for client in (reading_adviser, former_adviser, neighbour):
            assert client.post("/praxishilfe/zo/", {"klient": mandate.pk}).status_code == 404
    assert neighbour.post("/praxishilfe/zo/", {"klient": "x"}).status_code == 404
    assert not Assessment.objects.filter(organisation=verein).exists()


def test_pages_that_are_closed_to_an_adviser_say_so_in_words_for_people_with_an_account(writing_adviser, theirs):
    shown = writing_adviser.get(f"/praxishilfe/{theirs.pk}/weitermachen").content.decode()
    assert "Sie dürfen diese Praxishilfe ansehen, aber nicht diese Seite." in shown
    end_mandate(Mandate.objects.get(), by=GUEST)
    shown = writing_adviser.get(f"/praxishilfe/{theirs.pk}/ueberblick").content.decode()
    assert "Oder die Beratung ist beendet." in shown
    assert '<a class="button" href="/konto">Meine Praxishilfen</a>' in shown
    assert "Dieses Gerät" not in shown
    assert "Persönlichen Link eingeben" not in shown


def test_an_adviser_gets_no_link_that_would_outlive_the_mandate(writing_adviser, theirs):
    before = Assessment.objects.get(pk=theirs.pk).owner_hash
    for rest in ("weitermachen", "weitermachen/erneuern", "weitermachen/mail", "loeschen"):
        assert writing_adviser.post(f"/praxishilfe/{theirs.pk}/{rest}").status_code in (404, 405)
    assert Assessment.objects.get(pk=theirs.pk).owner_hash == before
    shown = writing_adviser.get(f"/praxishilfe/{theirs.pk}/ueberblick").content.decode()
    assert "weitermachen" not in shown.partition("<main")[2].partition("</main>")[0]
    assert "Namen ändern" in shown


def test_the_letter_brings_the_link_and_no_words_of_a_visitor(chief, adviser, verein, inbox):
    Person.objects.filter(email="owner@probestadt.example").update(name="Klicken Sie hier")
    shown = allow(chief, verein, address="ada@beratung.example").content.decode()
    assert "Die E-Mail ist unterwegs." in shown
    letter = inbox.letters[0]
    text = letter.get_payload(decode=True).decode()
    assert letter["To"] == "ada@beratung.example"
    assert "owner@probestadt.example" in text
    assert verein.name not in letter.as_string() + text
    assert "Klicken" not in text
    link = re.search(r"https://praxishilfe\.example\.org(/annehmen/\S+)", text)
    assert adviser.get(link[1]).status_code == 302


def test_a_mail_server_that_does_not_answer_leaves_the_link_to_be_passed_on(chief, verein, inbox, settings):
    settings.EMAIL_PORT = 1
    shown = allow(chief, verein, address="ada@beratung.example").content.decode()
    assert "Die E-Mail ließ sich nicht verschicken." in shown
    assert link_on(shown)


def test_an_offer_withdrawn_between_opening_and_accepting_is_gone(adviser, verein):
    mandate, key = offer_mandate(verein, may_write=True, by=GUEST)
    adviser.get(f"/annehmen/{grouped(key)}")
    end_mandate(mandate, by=GUEST)
    answer = accept(adviser, organisation=kontaktstelle().pk)
    assert answer.status_code == 404
    assert "Dieser Link gilt nicht mehr" in answer.content.decode()
