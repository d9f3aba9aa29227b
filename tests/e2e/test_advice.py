"""Advice from the link to its end: the client allows it, the adviser works, the client reads that and ends it."""

import pytest
from playwright.sync_api import expect

from .test_organisation import NAME, arrive, found
from .walk import TITLES, expect_heading

pytestmark = pytest.mark.browser


def test_an_organisation_lets_somebody_advise_it_and_ends_that(enter, site):
    client, adviser = arrive(enter, site, "verein"), arrive(enter, site, "beratung", expects=(404,))
    root = found(client)

    client.get_by_role("link", name="Beratung", exact=True).click()
    client.get_by_role("radio", name="Lesen und schreiben").check()
    client.get_by_role("button", name="Beratung erlauben").click()
    expect(client.get_by_role("heading", name="Der Link für Ihre Beratung")).to_be_visible()

    adviser.goto(client.locator("#link").inner_text())
    expect(adviser.get_by_text("lesen und schreiben")).to_be_visible()
    adviser.get_by_label("Name der Organisation").fill("Kontaktstelle")
    adviser.get_by_role("button", name="Beratung annehmen").click()
    expect_heading(adviser, "Kontaktstelle Wen wir beraten")
    row = adviser.get_by_role("row", name=NAME)
    row.get_by_role("link", name="Neue Praxishilfe").click()
    adviser.get_by_role("button", name="Praxishilfe beginnen").click()
    expect_heading(adviser, TITLES[0])

    client.goto(root + "beratung")
    client.get_by_text("Was die Beratung zuletzt getan hat").click()
    expect(client.get_by_text("Praxishilfe begonnen")).to_be_visible()
    client.get_by_role("link", name="Beenden").click()
    client.get_by_role("button", name="Beenden").click()
    expect(client.get_by_role("status")).to_contain_text("Ab jetzt sieht die Beratung nichts mehr.")

    assert adviser.reload().status == 404
