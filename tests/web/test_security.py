"""Other ways into an account: password, app with codes for emergencies, passkey; and confirming who one is."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from brueckenschlag import configuration
from brueckenschlag.accounts.operations import join_person
from brueckenschlag.accounts.sign_in_links import new_token
from tests.app_codes import app_code

GOOD = "vier Wörter in einer Reihe"


@pytest.fixture(autouse=True)
def no_attempts_yet(db):
    cache.clear()


def set_up_app(client) -> str:
    page = client.get("/konto/sicherheit/app").content.decode()
    found = re.search(r'<p class="link-text">([A-Z2-7 ]+)</p>', page)
    assert found
    assert client.post("/konto/sicherheit/app", {"code": app_code(found[1])}).status_code == 302
    return found[1]


def long_ago(client) -> None:
    session = client.session
    session["confirmed_at"] = time.time() - 3600
    session.save()


def enter(person, **sent):
    """A fresh browser that comes by the operator's link, up to the second step."""
    client = Client()
    answer = client.post(f"/einlass/{new_token(person, timedelta(hours=1))}?weiter=/konto/geraete")
    return client, answer


# --- password


def test_a_password_is_set_and_signs_all_other_devices_out(member, person):
    other, _ = enter(person)
    assert member.post("/konto/sicherheit/passwort", {"password": GOOD}).status_code == 302
    assert member.get("/konto").status_code == 200
    assert other.get("/konto").status_code == 302
    assert Client().post("/anmelden/passwort", {"address": person.email, "password": GOOD}).status_code == 302


@pytest.mark.parametrize("password", ["", "Esel", "telechargement", "1" * 1001])
def test_a_weak_password_is_refused_and_not_shown_again(member, person, password):
    answer = member.post("/konto/sicherheit/passwort", {"password": password})
    assert answer.status_code == 422
    assert 'id="error_password"' in answer.content.decode()
    assert not password or password not in answer.content.decode()
    person.refresh_from_db()
    assert not person.has_usable_password()


def test_without_mail_the_page_says_what_signs_in_next_time(member):
    assert "Richten Sie ein Passwort oder einen Passkey ein." in member.get("/konto/sicherheit").content.decode()
    shown = member.post("/konto/sicherheit/passwort", {"password": GOOD}, follow=True).content.decode()
    assert "Mit Passwort oder Passkey melden Sie sich das nächste Mal an." in shown
    assert "Richten Sie" not in shown


def test_a_password_can_be_taken_away_again(member, person):
    member.post("/konto/sicherheit/passwort", {"password": GOOD})
    member.post("/konto/sicherheit/passwort", {"remove": "1"})
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert member.get("/konto").status_code == 200


# --- the app


def test_the_app_becomes_the_second_step(member, person):
    secret = set_up_app(member)
    client, answer = enter(person)
    assert answer.url == "/anmelden/zweiter-schritt"
    assert client.get("/konto").status_code == 302
    assert client.get("/anmelden/zweiter-schritt").status_code == 200
    assert client.post(answer.url, {"code": app_code(secret)}).url == "/konto/geraete"
    assert client.get("/konto").status_code == 200


@pytest.mark.parametrize("code", ["000000", "", "abcdef", "1" * 100, "１２３４５６"])
def test_a_wrong_code_of_the_app_stays_outside(member, person, code):
    set_up_app(member)
    client, answer = enter(person)
    assert client.post(answer.url, {"code": code}).status_code == 422
    assert client.get("/konto").status_code == 302


def test_a_code_of_the_app_counts_once(member, person):
    secret = set_up_app(member)
    code = app_code(secret)
    client, answer = enter(person)
    client.post(answer.url, {"code": code})
    second, answer = enter(person)
    assert second.post(answer.url, {"code": code}).status_code == 422


def test_codes_of_the_app_cannot_be_tried_without_end(member, person):
    secret = set_up_app(member)
    client, answer = enter(person)
    for _ in range(6):
        client.post(answer.url, {"code": "000000"})
    assert client.post(answer.url, {"code": app_code(secret)}).status_code == 422
    assert "zu viele Versuche" in client.post(answer.url, {"code": app_code(secret)}).content.decode()


def test_nobody_gets_to_the_second_step_without_the_first(nobody):
    assert nobody.post("/anmelden/zweiter-schritt", {"code": "000000"}).url == "/anmelden"


def test_a_code_for_emergencies_opens_once(member, person):
    set_up_app(member)
    page = member.get("/konto/sicherheit/notfallcodes").content.decode()
    codes = re.findall(r'<li class="link-text">(\d{4} \d{4})</li>', page)
    assert len(codes) == 10
    client, answer = enter(person)
    assert client.post(answer.url, {"code": codes[0]}).url == "/konto/geraete"
    second, answer = enter(person)
    assert second.post(answer.url, {"code": codes[0]}).status_code == 422
    assert "noch 9 Notfallcodes" in member.get("/konto/sicherheit").content.decode()


def test_new_codes_for_emergencies_replace_the_old(member, person):
    set_up_app(member)
    before = member.get("/konto/sicherheit/notfallcodes").content.decode()
    after = member.post("/konto/sicherheit/notfallcodes", follow=True).content.decode()
    find = re.compile(r'<li class="link-text">(\d{4} \d{4})</li>').findall
    assert len(find(after)) == 10
    assert not set(find(before)) & set(find(after))


def test_without_the_app_there_are_no_codes_for_emergencies(member):
    assert member.get("/konto/sicherheit/notfallcodes").url == "/konto/sicherheit"
    member.post("/konto/sicherheit/notfallcodes")
    assert not Authenticator.objects.exists()


def test_the_app_can_be_taken_away_again(member, person):
    set_up_app(member)
    assert "App nicht mehr benutzen?" in member.get("/konto/sicherheit/app").content.decode()
    member.post("/konto/sicherheit/app")
    assert not Authenticator.objects.exists()
    assert enter(person)[1].url == "/konto/geraete"


def test_a_wrong_code_does_not_set_up_the_app_and_keeps_the_key(member):
    find = re.compile(r'<p class="link-text">([A-Z2-7 ]+)</p>').findall
    before = find(member.get("/konto/sicherheit/app").content.decode())
    answer = member.post("/konto/sicherheit/app", {"code": "000000"})
    assert answer.status_code == 422
    assert find(answer.content.decode()) == before
    assert not Authenticator.objects.exists()


def test_the_secret_of_the_app_does_not_lie_open_in_the_database(member):
    secret = set_up_app(member).replace(" ", "")
    for stored in Authenticator.objects.all():
        assert secret not in str(stored.data)
    assert Authenticator.objects.get(type="totp").data["secret"].startswith("gAAAA")


def test_with_another_secret_key_no_code_opens_any_more(member, person, settings):
    secret = set_up_app(member)
    settings.SECRET_KEY = "eine andere"
    client, answer = enter(person)
    assert client.post(answer.url, {"code": app_code(secret)}).status_code == 422


# --- passkey (that it works is shown in a real browser: e2e/test_passkey.py)

FORGED = [
    "",
    "x",
    "{}",
    "[]",
    "1",
    "null",
    '"x"',
    '{"id": 1}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {"clientDataJSON": "e30", "authenticatorData": "AA",'
    ' "signature": "AA", "userHandle": "AA"}}',
    '{"response": {"userHandle": null}}',
    '{"response": null}',
    '{"response": []}',
    '{"response": ' * 5000,
]


@pytest.mark.parametrize("credential", FORGED)
def test_a_forged_passkey_does_not_sign_in(nobody, credential):
    nobody.get("/anmelden/passkey", headers={"Accept": "application/json"})
    assert nobody.post("/anmelden/passkey", {"credential": credential}).status_code == 422
    assert nobody.get("/konto").status_code == 302


@pytest.mark.parametrize("credential", FORGED)
def test_a_forged_passkey_is_not_stored(member, credential):
    member.get("/konto/sicherheit/passkey")
    assert member.post("/konto/sicherheit/passkey", {"credential": credential}).status_code == 422
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", FORGED)
def test_a_forged_passkey_is_no_second_step(member, person, credential):
    set_up_app(member)
    client, answer = enter(person)
    assert client.post(answer.url, {"credential": credential}).status_code == 422


def test_what_the_browser_has_to_sign_is_new_each_time_and_for_our_site(nobody):
    asked = [nobody.get("/anmelden/passkey", headers={"Accept": "application/json"}).json() for _ in range(2)]
    assert asked[0]["publicKey"]["challenge"] != asked[1]["publicKey"]["challenge"]
    assert asked[0]["publicKey"]["userVerification"] == "required"
    assert not asked[0]["publicKey"].get("allowCredentials")


def test_passkeys_cannot_be_tried_without_end(nobody):
    answers = [Client().post("/anmelden/passkey", {"credential": "{}"}).status_code for _ in range(61)]
    assert answers == [422] * 60 + [429]
    asked = Client().get("/anmelden/passkey", headers={"Accept": "application/json"})
    assert (asked.status_code, Session.objects.count()) == (429, 0)


# --- confirming


SENSITIVE = ["passwort", "passkey", "app", "notfallcodes"]


@pytest.mark.parametrize("page", SENSITIVE)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_could_shut_somebody_out_asks_first_after_a_while(member, person, page, method):
    long_ago(member)
    answer = getattr(member, method)(f"/konto/sicherheit/{page}")
    assert answer.url == f"/konto/bestaetigen?weiter=/konto/sicherheit/{page}"
    assert not Authenticator.objects.exists()


def test_a_password_confirms(member, person):
    member.post("/konto/sicherheit/passwort", {"password": GOOD})
    long_ago(member)
    path = "/konto/bestaetigen?weiter=/konto/sicherheit/app"
    assert member.post(path, {"way": "password", "password": "falsch"}).status_code == 422
    assert member.post(path, {"way": "password", "password": GOOD}).url == "/konto/sicherheit/app"
    assert member.get("/konto/sicherheit/app").status_code == 200


def test_a_code_of_the_app_confirms(member, person):
    secret = set_up_app(member)
    long_ago(member)
    path = "/konto/bestaetigen?weiter=/konto/sicherheit/notfallcodes"
    assert member.post(path, {"way": "app", "code": "000000"}).status_code == 422
    assert member.post(path, {"way": "app", "code": app_code(secret)}).url == "/konto/sicherheit/notfallcodes"


@pytest.mark.parametrize("way", ["", "password", "app", "passkey", "code", "send", "x"])
def test_a_way_that_the_person_does_not_have_confirms_nothing(member, way):
    long_ago(member)
    answer = member.post("/konto/bestaetigen", {"way": way, "password": "", "code": "", "credential": "{}"})
    assert answer.status_code in (200, 422)
    assert member.get("/konto/sicherheit/app").status_code == 302


def test_whoever_has_no_way_to_confirm_is_not_sent_out_without_a_way_back(member):
    long_ago(member)
    shown = member.get("/konto/bestaetigen").content.decode()
    assert "um einen neuen Link zum Anmelden" in shown
    assert "Bitte melden Sie sich ab" not in shown


def test_where_there_is_a_directory_signing_in_again_will_do(member, settings):
    sign_in = configuration.SignIn(oidc_issuer="https://konto.example", oidc_client_id="x", oidc_client_secret="y")
    settings.CONFIGURATION = settings.CONFIGURATION.model_copy(update={"sign_in": sign_in})
    assert "Bitte melden Sie sich ab und wieder an." in member.get("/konto/bestaetigen").content.decode()


def test_confirming_leads_nowhere_else(member, person):
    secret = set_up_app(member)
    answer = member.post("/konto/bestaetigen?weiter=//evil.example", {"way": "app", "code": app_code(secret)})
    assert answer.url == "/konto"


def test_somebody_elses_passkey_cannot_be_removed(member, person):
    other = join_person("andere@example.org")
    key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "Fremd", "credential": {}})
    assert member.get(f"/konto/sicherheit/passkey/{key.pk}").status_code == 404
    assert member.post(f"/konto/sicherheit/passkey/{key.pk}").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()
