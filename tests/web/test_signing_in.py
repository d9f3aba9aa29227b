"""Signing in by a code from a letter: everybody gets the same, whether they are known or not."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from brueckenschlag.accounts.models import Person
from brueckenschlag.accounts.operations import join_person
from brueckenschlag.accounts.sign_in_links import new_token
from brueckenschlag.audit.models import LogEntry
from brueckenschlag.web import codes

ADDRESS = "neu@example.org"


@pytest.fixture(autouse=True)
def no_attempts_yet(db):
    cache.clear()


def code_in(letter) -> str:
    found = re.search(r"^\d{4} \d{4}\b", letter.get_payload(decode=True).decode(), re.MULTILINE)
    assert found
    return found[0]


def ask(client, address=ADDRESS, to="/anmelden", **options):
    return client.post(to, {"address": address}, **options)


def sign_in(client, inbox, address=ADDRESS, to="/anmelden"):
    answer = ask(client, address, to)
    assert answer.status_code == 302
    return client.post(answer.url, {"code": code_in(inbox.letters[-1])})


def test_an_unknown_address_gets_an_account_by_its_code(nobody, inbox):
    assert sign_in(nobody, inbox).url == "/konto"
    person = Person.objects.get()
    assert (person.email, person.language, person.has_usable_password()) == (ADDRESS, "de", False)
    assert [one.verb for one in LogEntry.objects.filter(person=person.pk)] == ["person.joined"]
    assert "Meine Praxishilfen" in nobody.get("/konto").content.decode()


def test_a_known_address_comes_back_to_its_account(inbox, nobody):
    person = join_person(ADDRESS)
    sign_in(nobody, inbox, "NEU@Example.org")
    assert Person.objects.get() == person
    assert nobody.get("/konto").status_code == 200


def test_nothing_tells_whether_an_address_is_known(inbox):
    join_person("bekannt@example.org")
    answers = []
    for address in ("bekannt@example.org", "unbekannt@example.org"):
        answer = ask(Client(), address, follow=True)
        page = re.sub(r'value="\w{64}"', "", answer.content.decode()).replace(address, "")
        letter = inbox.letters[-1]
        text = letter.get_payload(decode=True).decode().replace(code_in(letter), "")
        subject = re.sub(r"\d", "", letter["Subject"])
        answers.append((answer.redirect_chain, answer.status_code, page, subject, text))
    assert answers[0] == answers[1]


def test_no_account_comes_into_being_before_the_code_is_there(inbox, nobody):
    ask(nobody)
    assert not Person.objects.exists()


def test_the_letter_is_plain_and_holds_no_link_and_no_picture(inbox, nobody):
    ask(nobody)
    letter = inbox.letters[0]
    assert letter.get_content_type() == "text/plain"
    assert letter["To"] == ADDRESS
    assert "http" not in letter.get_payload(decode=True).decode().replace("https://praxishilfe.example.org", "")


@pytest.mark.parametrize("wrong", ["0000 0000", "", "abc", "1" * 50])
def test_a_wrong_code_is_an_error_at_its_field(inbox, nobody, wrong):
    path = ask(nobody).url
    answer = nobody.post(path, {"code": wrong})
    assert answer.status_code == 422
    assert 'id="error_code"' in answer.content.decode()
    assert "_auth_user_id" not in nobody.session


def test_a_code_may_be_typed_with_any_signs_between_its_digits(inbox, nobody):
    path = ask(nobody).url
    assert nobody.post(path, {"code": f" {code_in(inbox.letters[0]).replace(' ', '-')} "}).url == "/konto"


def test_after_five_wrong_codes_the_right_one_is_worth_nothing(inbox, nobody):
    path = ask(nobody).url
    code = code_in(inbox.letters[0])
    wrong = "0000 0001" if code != "0000 0001" else "0000 0002"
    for _ in range(5):
        nobody.post(path, {"code": wrong})
    nobody.post(path, {"code": code})
    assert nobody.get("/konto").status_code == 302
    assert nobody.post(path, {"code": code}).url == "/anmelden"


def test_a_code_counts_in_the_browser_that_asked_for_it_only(inbox, nobody):
    path = ask(nobody).url
    other = Client()
    ask(other, "andere@example.org")
    assert other.post(path, {"code": code_in(inbox.letters[0])}).status_code == 422


def test_a_code_counts_once(inbox, nobody):
    sign_in(nobody, inbox)
    code = code_in(inbox.letters[0])
    nobody.post("/abmelden")
    assert nobody.post("/anmelden/code", {"code": code}).url == "/anmelden"


def test_a_code_that_is_too_old_counts_for_nothing(inbox, nobody, monkeypatch):
    path = ask(nobody).url
    monkeypatch.setattr(codes, "MINUTES", -1)
    assert nobody.post(path, {"code": code_in(inbox.letters[0])}).url == "/anmelden"


def test_only_so_many_letters_go_to_one_address_and_the_answer_says_so(inbox, nobody):
    assert [ask(Client()).status_code for _ in range(4)] == [302, 302, 302, 429]
    assert "zu viele Versuche" in ask(nobody).content.decode()
    assert len(inbox.letters) == 3
    assert ask(nobody, "andere@example.org").status_code == 302


def test_a_mail_server_that_does_not_answer_is_said_in_words(inbox, nobody, settings):
    settings.EMAIL_PORT = 9
    answer = ask(nobody)
    assert answer.status_code == 503
    assert "ließ sich nicht verschicken" in answer.content.decode()


@pytest.mark.parametrize("address", ["", "ada", "a@b.de\nBcc: c@d.de", "x" * 250 + "@example.org"])
def test_what_is_no_address_is_an_error_at_the_field(inbox, nobody, address):
    answer = ask(nobody, address)
    assert answer.status_code == 422
    assert 'id="error_address"' in answer.content.decode()
    assert not inbox.letters


# --- where one is led


@pytest.mark.parametrize("target", ["/konto/geraete", "/en/konto", "/praxishilfe/zo/", "/konto?uebernommen=1"])
def test_signing_in_leads_back_to_a_page_of_ours(inbox, nobody, target):
    assert sign_in(nobody, inbox, to=f"/anmelden?weiter={target}").url == target


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/konto",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example",
        "javascript:alert(1)",
        "/en//evil.example",
        "///konto",
        "/gibt-es-nicht",
        "/sprache/en?weiter=//evil.example",
        "konto",
        "/weiter/2222-2222-2222-2222-2222-2222-2222",
        "http:/konto",
        "/konto\n//evil.example",
    ],
)
def test_signing_in_leads_nowhere_else(inbox, nobody, target):
    answer = nobody.post("/anmelden", {"address": ADDRESS}, query_params={"weiter": target})
    answer = nobody.post(answer.url, {"code": code_in(inbox.letters[-1])})
    assert answer.url == "/konto"


@pytest.mark.parametrize("name", ["next", "weiter"])
def test_also_the_other_ways_in_lead_nowhere_else(person, name):
    token = new_token(person, timedelta(hours=1))
    answer = Client().post(f"/einlass/{token}?{name}=https://evil.example/")
    assert answer.url == "/konto"


def test_who_is_in_already_is_led_on(member):
    assert member.get("/anmelden?weiter=/konto/geraete").url == "/konto/geraete"
    assert member.get("/anmelden?weiter=https://evil.example").url == "/konto"


def test_the_way_back_survives_the_page_where_one_signs_in(nobody):
    assert nobody.get("/konto/geraete").url == "/anmelden?weiter=/konto/geraete"
    page = nobody.get("/anmelden?weiter=/konto/geraete").content.decode()
    assert "/anmelden/passwort?weiter=/konto/geraete" in page


def test_the_letter_does_not_follow_what_a_visitor_sends_as_host(inbox, nobody):
    ask(nobody, headers={"Host": "evil.example"})
    assert "evil.example" not in inbox.letters[0].as_string()


# --- sessions and cookies


def test_the_session_has_another_key_after_signing_in(inbox, nobody):
    path = ask(nobody).url
    before = nobody.session.session_key
    nobody.post(path, {"code": code_in(inbox.letters[0])})
    assert before
    assert nobody.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_key_of_a_session_that_somebody_has_foisted_is_not_used(person):
    client = Client()
    client.cookies["anmeldung"] = "a" * 32
    client.post(f"/einlass/{new_token(person, timedelta(hours=1))}")
    assert client.session.session_key != "a" * 32


@pytest.mark.parametrize(
    "path", ["/", "/hilfe", "/datenschutz", "/praxishilfe/zo/", "/weitermachen", "/anmelden", "/anmelden/passwort"]
)
def test_opening_a_page_brings_no_session(nobody, path):
    assert nobody.get(path).status_code == 200
    assert set(nobody.cookies) <= {"csrftoken"}
    assert not Session.objects.exists()


def test_working_as_a_guest_brings_no_session(owner, own):
    for rest in ("ueberblick", "plan", "weitermachen", "checkpunkt/nutzen"):
        assert owner.get(own.path(rest)).status_code == 200
    assert set(owner.cookies) <= {"csrftoken", "geraet"}
    assert not Session.objects.exists()


def test_a_session_that_holds_only_a_code_ends_soon(inbox, nobody):
    ask(nobody)
    assert Session.objects.get().expire_date < timezone.now() + timedelta(hours=2)


def test_a_session_of_somebody_signed_in_lasts_thirty_days(inbox, nobody):
    sign_in(nobody, inbox)
    assert nobody.cookies["anmeldung"]["max-age"] == 30 * 24 * 3600
    assert Session.objects.get().expire_date > timezone.now() + timedelta(days=29)


def test_signing_out_asks_and_keeps_what_the_device_knows(owner, own, person):
    owner.post(f"/einlass/{new_token(person, timedelta(hours=1))}")
    assert "Abmelden?" in owner.get("/abmelden").content.decode()
    assert owner.get("/konto").status_code == 200
    assert owner.post("/abmelden").url == "/"
    assert owner.get("/konto").status_code == 302
    assert owner.get(own.path("plan")).status_code == 200


def test_pages_of_an_account_are_kept_in_no_cache(member):
    for path in ("/konto", "/konto/sicherheit", "/konto/geraete", "/anmelden"):
        assert member.get(path)["Cache-Control"] == "no-store, private"


def test_the_header_offers_the_right_door(nobody, member):
    assert 'href="/anmelden"' in nobody.get("/hilfe").content.decode()
    page = member.get("/hilfe").content.decode()
    assert 'href="/konto"' in page
    assert 'href="/anmelden"' not in page


def test_a_closed_account_stays_outside(inbox, nobody):
    person = join_person(ADDRESS)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    answer = sign_in(nobody, inbox)
    assert nobody.get(answer.url).status_code == 403
    assert nobody.get("/konto").status_code == 302


# --- without a mail server


def test_without_a_mail_server_no_code_is_offered_and_the_page_says_how_to_get_in(nobody):
    page = nobody.get("/anmelden").content.decode()
    assert 'name="address"' not in page
    assert "einen Link zum Anmelden geben" in page
    nobody.post("/anmelden", {"address": ADDRESS})
    assert mail.outbox == []
    assert not Person.objects.exists()


def test_a_password_signs_in_also_without_a_mail_server(nobody, person):
    from brueckenschlag.accounts.operations import set_password

    set_password(person, "ein langes Wort mit Punkt.")
    sent = {"address": "Mitglied@example.org", "password": "ein langes Wort mit Punkt."}
    assert nobody.post("/anmelden/passwort?weiter=/konto/geraete", sent).url == "/konto/geraete"


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(person):
    from brueckenschlag.accounts.operations import set_password

    set_password(person, "ein langes Wort mit Punkt.")
    pages = []
    for address in (person.email, "niemand@example.org"):
        answer = Client().post("/anmelden/passwort", {"address": address, "password": "falsch"})
        assert answer.status_code == 422
        assert "falsch" not in answer.content.decode()
        pages.append(re.sub(r'value="\w{64}"', "", answer.content.decode()).replace(address, ""))
    assert pages[0] == pages[1]


def test_passwords_cannot_be_tried_without_end(person):
    sent = {"address": person.email, "password": "falsch"}
    answers = [Client().post("/anmelden/passwort", sent) for _ in range(7)]
    assert "zu viele Versuche" in answers[-1].content.decode()
