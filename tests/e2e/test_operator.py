"""The site's administration in the browser: in by the app, an organisation found and helped, a letter as a trial."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.app_codes import app_code

from .accounts import new_address, sign_out, sign_up
from .members import make, run_site
from .walk import expect_heading

pytestmark = pytest.mark.browser
script = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


def set_up_app(page: Page) -> None:
    """From the page that asks for a second factor to having shown one."""
    page.get_by_role("link", name="Zweiten Schritt einrichten").click()
    page.get_by_role("link", name="App einrichten").click()
    secret = page.locator(".link-text").inner_text()
    page.get_by_label("Code aus der App").fill(app_code(secret))
    page.get_by_role("button", name="App einrichten").click()
    expect_heading(page, "Notfallcodes")
    emergency = page.locator("li.link-text").first.inner_text()
    page.goto("/betrieb")
    page.get_by_role("link", name="Bestätigen").click()
    page.get_by_label("Code aus der App oder Notfallcode").fill(emergency)
    page.get_by_role("button", name="Bestätigen").last.click()
    expect_heading(page, "Verwaltung der Seite")


@script
def test_the_operator_gives_an_organisation_a_new_lead(enter, site, script):
    lost = make(site.data, f"verschollen-{new_address()}", with_organisation=True)
    assert lost.organisation
    new = f"neu-{new_address()}"
    make(site.data, new)
    page = enter(script=script, expects=(403, 404, 422), width=360)
    run_site(site.data, sign_up(page, site.letters))
    page.goto("/konto")
    page.get_by_role("link", name="Verwaltung der Seite").click()
    expect_heading(page, "Verwaltung der Seite")
    set_up_app(page)
    page.get_by_role("link", name="Organisationen").first.click()
    page.get_by_label("Name").fill("wohlfahrtsverband")
    page.get_by_role("button", name="Suchen").click()
    page.locator(f"a[href$='{lost.organisation.strip('/').rpartition('/')[2]}']").click()
    page.get_by_label("E-Mail-Adresse des Kontos").fill("niemand@probestadt.example")
    page.get_by_role("button", name="Leitung geben").click()
    expect(page.get_by_text("Zu dieser Adresse gibt es kein offenes Konto.").first).to_be_visible()
    page.get_by_label("E-Mail-Adresse des Kontos").fill(new)
    page.get_by_role("button", name="Leitung geben").click()
    expect(page.get_by_role("status")).to_have_text("Gespeichert")
    expect(page.get_by_role("link", name=new)).to_be_visible()
    page.get_by_role("link", name="Protokoll").click()
    expect(page.get_by_text("Rolle geändert").first).to_be_visible()
    sign_out(page)
    assert (answer := page.goto("/betrieb"))
    assert answer.status == 404


def test_a_trial_letter_arrives(enter, site):
    page = enter(expects=(403, 404))
    address = sign_up(page, site.letters)
    run_site(site.data, address)
    page.goto("/betrieb")
    set_up_app(page)
    page.get_by_role("link", name="E-Mail").first.click()
    page.get_by_role("button", name=re.compile("^Probe an")).click()
    expect(page.get_by_role("status")).to_contain_text("genommen")
    letter = site.letters.next()
    assert letter["To"] == address
    assert "Versand" in letter["Subject"]
