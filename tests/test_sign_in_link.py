"""The operator's link: it lets one person in, once, for a short time."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from brueckenschlag.accounts import sign_in_links
from brueckenschlag.accounts.models import Person
from brueckenschlag.accounts.operations import set_password, set_up_app, use_sign_in_link
from brueckenschlag.accounts.sign_in_links import new_token


def link(*given: str) -> str:
    out = StringIO()
    call_command("sign_in_link", *given, stdout=out)
    return out.getvalue().strip()


def path_of(address: str) -> str:
    return "/einlass/" + address.partition("/einlass/")[2]


def test_the_link_signs_in_once(person, nobody):
    path = path_of(link(person.email))
    assert nobody.get(path).status_code == 200
    assert nobody.post(path).url == "/konto"
    assert nobody.get("/konto").status_code == 200
    assert Client().get(path).status_code == 404
    assert Client().post(path).status_code == 404


def test_looking_at_the_link_uses_nothing_up(person, nobody):
    path = path_of(link(person.email))
    for _ in range(3):
        assert Client().get(path)["Referrer-Policy"] == "same-origin"
    assert nobody.post(path).status_code == 302


def test_of_two_who_use_it_at_once_only_one_gets_in(person, monkeypatch):
    token = new_token(person, timedelta(hours=1))
    seen_by_both = sign_in_links.person_behind(token)
    assert use_sign_in_link(token)
    monkeypatch.setattr(sign_in_links, "person_behind", lambda _: seen_by_both)
    assert use_sign_in_link(token) is None


def test_any_sign_in_and_any_other_password_makes_it_worthless(person):
    first, second = new_token(person, timedelta(hours=1)), new_token(person, timedelta(hours=1))
    use_sign_in_link(first)
    assert use_sign_in_link(second) is None
    third = new_token(person, timedelta(hours=1))
    set_password(Person.objects.get(), "vier Wörter in einer Reihe")
    assert use_sign_in_link(third) is None


def test_it_does_not_last(person, monkeypatch):
    token = new_token(person, timedelta(hours=1))
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert use_sign_in_link(token) is None


def test_no_link_lasts_longer_than_three_days(person, monkeypatch):
    token = new_token(person, timedelta(days=300))
    later = timezone.now() + timedelta(days=3, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert use_sign_in_link(token) is None


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "W10:1abc:def", "%00", "x" * 5000])
def test_a_forged_link_lets_nobody_in(nobody, person, token):
    assert nobody.post(f"/einlass/{token}").status_code == 404
    assert use_sign_in_link(token) is None


def test_a_changed_link_lets_nobody_in(nobody, person):
    token = new_token(person, timedelta(hours=1))
    assert nobody.post(f"/einlass/{token[:-1]}{'a' if token[-1] != 'a' else 'b'}").status_code == 404


def test_it_says_so_when_it_no_longer_counts(nobody, person):
    page = nobody.get("/einlass/alt").content.decode()
    assert "Dieser Link gilt nicht mehr" in page


def test_somebody_without_an_account_gets_one_only_when_asked_for(db):
    with pytest.raises(CommandError, match="gibt es kein Konto"):
        link("neu@example.org")
    assert not Person.objects.exists()
    link("Neu@Example.org", "--create")
    assert Person.objects.get().email == "neu@example.org"


@pytest.mark.parametrize(
    "given", [["keine-adresse"], ["a@example.org", "--hours", "0"], ["a@example.org", "--hours", "73"]]
)
def test_what_cannot_be_is_said_in_words(db, given):
    with pytest.raises(CommandError):
        link(*given, "--create")
    assert not Person.objects.exists()


def test_the_second_step_is_asked_for_also_after_the_link(person, nobody):
    set_up_app(person, "JBSWY3DPEHPK3PXP")
    assert nobody.post(path_of(link(person.email))).url == "/anmelden/zweiter-schritt"


def test_the_operator_takes_the_second_step_away_when_all_is_lost(person, nobody):
    set_up_app(person, "JBSWY3DPEHPK3PXP")
    path = path_of(link(person.email, "--without-second-step"))
    assert not Authenticator.objects.exists()
    assert nobody.post(path).url == "/konto"
