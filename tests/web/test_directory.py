"""Signing in by the operator's own directory, against a real small one that signs its tokens."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.cache import cache
from django.test import Client

from brueckenschlag import configuration
from brueckenschlag.accounts.models import Person
from brueckenschlag.accounts.operations import join_person
from brueckenschlag.audit.models import LogEntry

from .directory_server import CLIENT, SECRET, Directory, running

ADA = {"sub": "ada-1", "email": "Ada@Verein.example", "email_verified": True, "name": "Ada Beispiel"}


@pytest.fixture
def directory(settings):
    directory = Directory(claims=dict(ADA))
    with running(directory) as issuer:
        sign_in = configuration.SignIn(
            oidc_issuer=issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET, oidc_name="Vereinskonto"
        )
        settings.CONFIGURATION = settings.CONFIGURATION.model_copy(update={"sign_in": sign_in})
        settings.SOCIALACCOUNT_PROVIDERS = configuration.providers(sign_in, settings.DIRECTORY)
        yield directory


def at_directory(address: str) -> str:
    """What a browser does at the directory: it is led back at once."""
    url = urlsplit(address)
    line = HTTPConnection(url.hostname or "", url.port or 0)
    line.request("GET", f"{url.path}?{url.query}")
    answer = line.getresponse()
    place = answer.getheader("Location") or ""
    answer.read()
    line.close()
    return place.removeprefix("http://testserver")


def sign_in(client, path="/verzeichnis/anmelden"):
    answer = client.get(path)
    assert answer.status_code == 302
    return client.get(at_directory(answer.url))


def test_somebody_new_has_an_account_afterwards(nobody, db, directory):
    assert sign_in(nobody).url == "/konto"
    person = Person.objects.get()
    assert (person.email, person.name) == ("ada@verein.example", "Ada Beispiel")
    assert not person.has_usable_password()
    assert LogEntry.objects.get().verb == "person.joined"
    assert "Ada Beispiel" in nobody.get("/konto").content.decode()


def test_the_page_offers_the_directory_by_its_name(nobody, db, directory):
    assert "Mit „Vereinskonto“ anmelden" in nobody.get("/anmelden").content.decode()


def test_without_a_directory_none_is_offered(nobody):
    assert "/verzeichnis/" not in nobody.get("/anmelden").content.decode()
    assert nobody.get("/verzeichnis/anmelden").status_code == 404


def test_a_known_address_leads_to_its_account(nobody, db, directory):
    person = join_person("ada@verein.example")
    sign_in(nobody)
    assert Person.objects.get() == person
    assert SocialAccount.objects.get().user == person


def test_a_second_time_leads_to_the_same_account_also_with_another_address(nobody, db, directory):
    sign_in(nobody)
    directory.claims["email"] = "neu@verein.example"
    assert sign_in(Client()).url == "/konto"
    assert Person.objects.get().email == "ada@verein.example"


def test_nothing_else_that_the_directory_tells_is_stored(nobody, db, directory):
    directory.claims |= {"phone_number": "030 123", "picture": "https://verein.example/ada.jpg"}
    sign_in(nobody)
    sign_in(Client())
    assert SocialAccount.objects.get().extra_data == {}
    assert not SocialToken.objects.exists()


@pytest.mark.parametrize("change", [{"email_verified": False}, {"email_verified": None}, {"email": ""}])
def test_an_address_that_is_not_confirmed_opens_no_account_of_others(nobody, db, directory, change):
    join_person("ada@verein.example")
    directory.claims |= change
    answer = sign_in(nobody)
    assert answer.status_code == 403
    assert "keine bestätigte E-Mail-Adresse" in answer.content.decode()
    assert not SocialAccount.objects.exists()
    assert nobody.get("/konto").status_code == 302


def test_the_operator_can_say_that_the_directory_confirms_all_addresses(nobody, db, directory, settings):
    trusting = settings.CONFIGURATION.sign_in.model_copy(update={"oidc_trust_addresses": True})
    settings.CONFIGURATION = settings.CONFIGURATION.model_copy(update={"sign_in": trusting})
    del directory.claims["email_verified"]
    assert sign_in(nobody).url == "/konto"


def test_whoever_changes_their_mind_gets_a_page_of_ours(nobody, db, directory):
    directory.refuses = True
    answer = sign_in(nobody)
    assert answer.status_code == 403
    assert "abgebrochen" in answer.content.decode()


@pytest.mark.parametrize("broken", [{"audience": "andere"}, {"lifetime": -3600}, {"claims": {}}])
def test_a_token_that_is_not_for_us_or_too_old_opens_nothing(nobody, db, directory, broken):
    for name, value in broken.items():
        setattr(directory, name, value)
    assert sign_in(nobody).status_code == 403
    assert not Person.objects.exists()


@pytest.mark.parametrize("answer", ["", "?code=x", "?code=x&state=y", "?error=server_error", "?state=%00"])
def test_an_answer_that_nobody_asked_for_opens_nothing(nobody, db, directory, answer):
    assert nobody.get(f"/verzeichnis/antwort{answer}").status_code == 403
    assert not Person.objects.exists()


def test_an_answer_for_another_browser_opens_nothing(nobody, db, directory):
    place = at_directory(nobody.get("/verzeichnis/anmelden").url)
    assert Client().get(place).status_code == 403


def test_it_leads_back_to_pages_of_ours_only(nobody, db, directory):
    assert sign_in(nobody, "/verzeichnis/anmelden?next=/konto/geraete").url == "/konto/geraete"
    assert sign_in(Client(), "/verzeichnis/anmelden?next=https://evil.example/").url == "/konto"


def test_the_session_has_another_key_afterwards(nobody, db, directory):
    place = at_directory(nobody.get("/verzeichnis/anmelden").url)
    before = nobody.session.session_key
    nobody.get(place)
    assert nobody.session.session_key != before


def test_it_cannot_be_asked_without_end(nobody, db, directory):
    cache.clear()
    answers = [Client().get("/verzeichnis/anmelden").status_code for _ in range(61)]
    assert answers == [302] * 60 + [429]
    cache.clear()


def test_a_directory_that_does_not_answer_is_said_in_words(nobody, db, directory, settings):
    gone = configuration.SignIn(oidc_issuer="http://127.0.0.1:9", oidc_client_id=CLIENT, oidc_client_secret=SECRET)
    settings.SOCIALACCOUNT_PROVIDERS = configuration.providers(gone, settings.DIRECTORY)
    assert nobody.get("/verzeichnis/anmelden").status_code == 403
