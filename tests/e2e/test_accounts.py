"""An account from the first code to signing out, with and without scripts; letters through a real mail server."""

import re

import pytest
from playwright.sync_api import expect

from tests.app_codes import app_code

from .accounts import code_from, new_address, sign_in, sign_out, sign_up, with_finger
from .members import sign_in_link
from .walk import begin, expect_heading, personal_link

pytestmark = pytest.mark.browser
script = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


@script
def test_somebody_new_signs_up_comes_back_and_signs_out(enter, site, script):
    page = enter(script=script)
    page.goto("/")
    page.get_by_role("link", name="Anmelden").click()
    address = new_address()
    sign_in(page, site.letters, address)
    expect_heading(page, re.compile("Meine Praxishilfen$"))
    expect(page.get_by_role("link", name="Mein Konto")).to_be_visible()
    sign_out(page)
    page.goto("/konto")
    expect_heading(page, "Anmelden")
    sign_in(page, site.letters, address)
    expect_heading(page, re.compile("Meine Praxishilfen$"))


@script
def test_two_assessments_are_kept_one_from_another_device(enter, site, script):
    office = enter(script=script)
    link = personal_link(office, begin(office, "Jugendgruppe Ostufer"))
    page = enter(script=script)
    root = begin(page, "Sportverein Ostufer")
    page.goto(root + "ueberblick")
    page.get_by_role("link", name="In einem Konto behalten").click()
    expect_heading(page, "Anmelden")
    address = new_address()
    sign_in(page, site.letters, address)
    expect_heading(page, "Im Konto behalten")
    page.get_by_label("Noch eine, von einem anderen Gerät").fill(link)
    page.get_by_role("button", name="Zur Liste hinzufügen").click()
    expect(page.get_by_role("checkbox")).to_have_count(2)
    page.get_by_role("radio", name="Die Links ungültig machen").check(force=True)
    page.get_by_role("button", name="Behalten").click()
    expect_heading(page, re.compile("Meine Praxishilfen$"))
    expect(page.get_by_role("heading", level=2)).to_have_text("Sportverein Ostufer")
    expect(page.locator(".known").get_by_role("link")).to_have_text(["Jugendgruppe Ostufer", "Sportverein Ostufer"])
    at_home = enter(script=script)
    at_home.goto("/anmelden")
    sign_in(at_home, site.letters, address)
    at_home.locator(".known").get_by_role("link", name="Sportverein Ostufer").click()
    expect_heading(at_home, re.compile("Sportverein Ostufer"))


def test_the_old_link_opens_nothing_after_it_was_revoked(enter, site):
    page = enter()
    root = begin(page, "Ohne Link e. V.")
    link = personal_link(page, root)
    page.get_by_role("link", name="In einem Konto behalten").click()
    sign_in(page, site.letters, new_address())
    page.get_by_role("radio", name="Die Links ungültig machen").check(force=True)
    page.get_by_role("button", name="Behalten").click()
    expect_heading(page, re.compile("Meine Praxishilfen$"))
    other = enter(expects=(404,))
    assert (answer := other.goto(link))
    assert answer.status == 404


def test_a_passkey_is_made_and_signs_in_until_it_is_removed(enter, site):
    page = enter(expects=(422,))
    with_finger(page)
    sign_up(page, site.letters)
    page.get_by_role("link", name="Sicherheit").click()
    page.get_by_role("link", name="Passkey einrichten").click()
    page.get_by_label("Name des Passkeys").fill("Telefon von Ayla")
    page.get_by_role("button", name="Passkey einrichten").click()
    expect(page.get_by_text("Telefon von Ayla", exact=True)).to_be_visible()
    sign_out(page)
    page.goto("/konto/geraete")
    page.get_by_role("button", name="Mit einem Passkey anmelden").click()
    expect_heading(page, "Angemeldet auf diesen Geräten")
    page.goto("/konto/sicherheit")
    page.get_by_role("link", name="Entfernen").click()
    page.get_by_role("button", name="Entfernen").click()
    expect(page.get_by_text("Telefon von Ayla", exact=True)).to_have_count(0)
    sign_out(page)
    page.goto("/anmelden")
    page.get_by_role("button", name="Mit einem Passkey anmelden").click()
    expect(page.get_by_role("alert")).to_contain_text("Das hat nicht geklappt")


def test_without_a_passkey_on_the_device_the_page_says_so(enter):
    page = enter()
    page.goto("/anmelden")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('cancelled')); }")
    page.get_by_role("button", name="Mit einem Passkey anmelden").click()
    expect(page.get_by_role("alert")).to_contain_text("Das hat nicht geklappt")


def test_without_scripts_passkeys_are_not_offered(enter, site):
    page = enter(script=False)
    page.goto("/anmelden")
    expect(page.get_by_role("button", name="Mit einem Passkey anmelden")).to_have_count(0)
    sign_up(page, site.letters)
    page.goto("/konto/sicherheit/passkey")
    expect(page.get_by_text("Dieser Browser kann hier keinen Passkey einrichten.")).to_be_visible()


@script
def test_an_app_becomes_the_second_step(enter, site, script):
    page = enter(script=script)
    address = sign_up(page, site.letters)
    page.goto("/konto/sicherheit/app")
    secret = page.locator(".link-text").inner_text()
    page.get_by_label("Code aus der App").fill(app_code(secret))
    page.get_by_role("button", name="App einrichten").click()
    expect_heading(page, "Notfallcodes")
    emergency = page.locator("li.link-text").first.inner_text()
    sign_out(page)
    page.goto("/anmelden")
    sign_in(page, site.letters, address)
    expect_heading(page, "Zweiter Schritt")
    page.get_by_label("Code aus der App oder Notfallcode").fill(app_code(secret))
    page.get_by_role("button", name="Anmelden").click()
    expect_heading(page, re.compile("Meine Praxishilfen$"))
    sign_out(page)
    page.goto("/anmelden")
    sign_in(page, site.letters, address)
    page.get_by_label("Code aus der App oder Notfallcode").fill(emergency)
    page.get_by_role("button", name="Anmelden").click()
    expect_heading(page, re.compile("Meine Praxishilfen$"))


@script
def test_another_address_needs_both_codes(enter, site, script):
    page = enter(script=script)
    old, new = sign_up(page, site.letters), new_address()
    page.goto("/konto/angaben")
    page.get_by_role("link", name="Adresse ändern").click()
    page.get_by_label("Neue E-Mail-Adresse").fill(new)
    page.get_by_role("button", name="Codes schicken").click()
    page.get_by_label("Code aus der bisherigen Adresse").fill(code_from(site.letters, old))
    page.get_by_label("Code aus der neuen Adresse").fill(code_from(site.letters, new))
    page.get_by_role("button", name="Adresse ändern").click()
    expect(page.get_by_text(new)).to_be_visible()
    assert site.letters.next()["To"] == old


def test_another_device_is_signed_out(enter, site):
    page, phone = enter(), enter(width=360)
    address = sign_up(page, site.letters)
    phone.goto("/anmelden")
    sign_in(phone, site.letters, address)
    page.goto("/konto/geraete")
    page.get_by_role("button", name="Alle anderen abmelden").click()
    expect(page.get_by_role("status")).to_have_text("Abgemeldet.")
    phone.goto("/konto")
    expect_heading(phone, "Anmelden")


def test_without_a_mail_server_the_page_says_how_one_gets_in(enter, plain_site):
    page = enter(address=plain_site)
    page.goto("/anmelden")
    expect(page.get_by_text("Diese Seite verschickt keine E-Mails.")).to_be_visible()
    expect(page.get_by_role("button", name="Code schicken")).to_have_count(0)


def test_the_operators_link_lets_somebody_in_once(enter, site):
    link = sign_in_link(site.data, "schatzmeisterin@probestadt.example", site.address)
    page = enter()
    page.goto(link)
    page.get_by_role("button", name="Jetzt anmelden").click()
    expect(page).to_have_url(re.compile("/konto$"))
    again = enter(expects=(404,))
    again.goto(link)
    expect(again.get_by_role("button", name="Jetzt anmelden")).to_have_count(0)
