"""A person's own pages: name and language, another address, the devices on which they are signed in."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from brueckenschlag.accounts.models import Person
from brueckenschlag.accounts.operations import join_person
from brueckenschlag.accounts.sign_in_links import new_token
from brueckenschlag.web.devices import device_words

PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"


@pytest.fixture(autouse=True)
def no_attempts_yet(db):
    cache.clear()


def another_device(person, user_agent=PHONE) -> Client:
    client = Client(headers={"User-Agent": user_agent})
    client.post(f"/einlass/{new_token(person, timedelta(hours=1))}")
    person.refresh_from_db()
    return client


def codes_in(inbox) -> dict[str, str]:
    texts = {one["To"]: one.get_payload(decode=True).decode() for one in inbox.letters}
    return {to: re.findall(r"\d{4} \d{4}", text)[-1] for to, text in texts.items() if re.search(r"\d{4} \d{4}", text)}


def test_name_and_language_are_changed(member, person):
    member.post("/konto/angaben", {"name": "Ada Beispiel", "language": "en"})
    person.refresh_from_db()
    assert (person.name, person.language) == ("Ada Beispiel", "en")
    assert "Ada Beispiel" in member.get("/konto").content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "x" * 121, "language": "de"},
        {"name": "Anna\u200b Beispiel", "language": "de"},
        {"name": "\u202eannA", "language": "de"},
        {"name": "", "language": "fr"},
        {},
    ],
)
def test_what_cannot_be_is_refused(member, sent):
    assert member.post("/konto/angaben", sent).status_code == 422


# --- another address


def ask(member, address="neu@example.org"):
    return member.post("/konto/adresse", {"address": address})


def test_the_address_changes_when_both_have_confirmed(member, person, inbox):
    assert ask(member).url == "/konto/adresse/codes"
    codes = codes_in(inbox)
    assert set(codes) == {"mitglied@example.org", "neu@example.org"}
    sent = {"old": codes["mitglied@example.org"], "new": codes["neu@example.org"]}
    assert member.post("/konto/adresse/codes", sent).url == "/konto/angaben?gespeichert=1"
    person.refresh_from_db()
    assert person.email == "neu@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("neu@example.org", True, True)]
    assert inbox.letters[-1]["To"] == "mitglied@example.org"
    assert "hat jetzt eine andere" in inbox.letters[-1].get_payload(decode=True).decode()
    assert member.get("/konto").status_code == 200


@pytest.mark.parametrize("wrong", ["old", "new"])
def test_one_code_alone_changes_nothing(member, person, inbox, wrong):
    ask(member)
    codes = codes_in(inbox)
    sent = {"old": codes["mitglied@example.org"], "new": codes["neu@example.org"]} | {wrong: "0000 0000"}
    answer = member.post("/konto/adresse/codes", sent)
    assert answer.status_code == 422
    assert f'id="error_{wrong}"' in answer.content.decode()
    person.refresh_from_db()
    assert person.email == "mitglied@example.org"


def test_the_two_codes_cannot_stand_for_each_other(member, person, inbox):
    ask(member)
    codes = codes_in(inbox)
    sent = {"old": codes["neu@example.org"], "new": codes["mitglied@example.org"]}
    assert member.post("/konto/adresse/codes", sent).status_code == 422


def test_a_code_for_the_old_address_counts_for_that_new_one_only(member, person, inbox):
    ask(member)
    first = codes_in(inbox)["mitglied@example.org"]
    ask(member, "boese@example.org")
    sent = {"old": first, "new": codes_in(inbox)["boese@example.org"]}
    assert member.post("/konto/adresse/codes", sent).status_code == 422


def test_somebody_elses_address_is_not_told_of_before_it_has_confirmed(member, person, inbox):
    join_person("vergeben@example.org")
    assert ask(member, "vergeben@example.org").status_code == 302
    codes = codes_in(inbox)
    sent = {"old": codes["mitglied@example.org"], "new": codes["vergeben@example.org"]}
    answer = member.post("/konto/adresse/codes", sent)
    assert answer.status_code == 422
    assert "schon ein anderes Konto" in answer.content.decode()
    assert Person.objects.filter(email="mitglied@example.org").exists()


def test_without_having_asked_there_is_nothing_to_enter(member, inbox):
    assert member.get("/konto/adresse/codes").url == "/konto/adresse"


def test_ones_own_address_is_no_new_one(member, inbox):
    assert ask(member, "MITGLIED@example.org").status_code == 422


def test_who_signed_in_long_ago_confirms_first(member, person, inbox):
    session = member.session
    session["confirmed_at"] = 0
    session.save()
    assert member.get("/konto/adresse").url == "/konto/bestaetigen?weiter=/konto/adresse"
    member.post("/konto/bestaetigen", {"way": "send"})
    code = codes_in(inbox)["mitglied@example.org"]
    answer = member.post("/konto/bestaetigen?weiter=/konto/adresse", {"way": "code", "code": code})
    assert answer.url == "/konto/adresse"
    assert member.get("/konto/adresse").status_code == 200


# --- devices


def test_the_devices_are_listed_by_name_and_without_their_network_address(member, person):
    another_device(person)
    page = member.get("/konto/geraete").content.decode()
    assert "Firefox, Android" in page
    assert page.count("dieses Gerät") == 1
    assert set(UserSession.objects.values_list("ip", flat=True)) == {"0.0.0.0"}
    assert "127.0.0.1" not in page


def test_one_device_is_signed_out(member, person):
    phone = another_device(person)
    session = UserSession.objects.get(user_agent=PHONE)
    member.post("/konto/geraete", {"device": session.pk})
    assert phone.get("/konto").status_code == 302
    assert member.get("/konto").status_code == 200


def test_all_others_are_signed_out(member, person):
    phones = [another_device(person), another_device(person)]
    assert member.post("/konto/geraete", {"device": "others"}).url == "/konto/geraete?beendet=1"
    assert [one.get("/konto").status_code for one in phones] == [302, 302]
    assert member.get("/konto").status_code == 200


def test_signing_out_this_device_in_the_list_leads_outside(member):
    assert member.post("/konto/geraete", {"device": UserSession.objects.get().pk}).url == "/"
    assert member.get("/konto").status_code == 302


@pytest.mark.parametrize("device", ["", "abc", "99999", "-1", "²", "9" * 30, "9" * 5000])
def test_a_number_that_is_none_of_ones_own_ends_nothing(member, person, device):
    stranger = another_device(join_person("andere@example.org"))
    member.post("/konto/geraete", {"device": device})
    assert member.get("/konto").status_code == 200
    assert stranger.get("/konto").status_code == 200


def test_nobody_signs_out_a_strangers_device(member, person):
    other = join_person("andere@example.org")
    stranger = another_device(other)
    member.post("/konto/geraete", {"device": UserSession.objects.get(user=other).pk})
    assert stranger.get("/konto").status_code == 200


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (PHONE, "Firefox, Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("curl/8", "Unbekanntes Gerät"),
        ("", "Unbekanntes Gerät"),
    ],
)
def test_a_device_is_called_by_browser_and_system(sent, words):
    assert device_words(sent) == words
