"""Deleting everything: asked once, and then nothing opens it any more."""

import pytest
from playwright.sync_api import expect

from .walk import NEEDED, add_measure, begin, expect_heading, personal_link, rating, reading_link, saving

pytestmark = pytest.mark.browser


def test_after_deleting_everything_no_link_opens_anything(enter):
    page, other = enter(expects=(404,)), enter(expects=(404,))
    root = begin(page, "Aufgelöst e. V.")
    with saving(page):
        rating(page, NEEDED).check()
    add_measure(page, root, "Abschied feiern")
    links = [personal_link(page, root), reading_link(page, root)]
    other.goto(links[0])
    page.get_by_role("link", name="Alles löschen").click()
    for words in ("1 Bewertung", "1 Maßnahme", "Notizen"):
        expect(page.locator("main .lead")).to_contain_text(words)
    page.get_by_role("button", name="Endgültig löschen").click()
    expect_heading(page, "Alles ist gelöscht")
    assert other.reload().status == 404
    for link in links:
        assert page.goto(link).status == 404
        expect_heading(page, "Dieser Link ist unbekannt oder abgelaufen")
    for place in ("ueberblick", "plan", "checkpunkt/nutzen"):
        assert page.goto(root + place).status == 404
    page.goto("/weitermachen")
    expect(page.get_by_text("Aufgelöst e. V.")).to_have_count(0)


def test_whoever_decides_otherwise_loses_nothing(enter):
    page = enter(script=False)
    root = begin(page)
    page.goto(root + "loeschen")
    page.get_by_role("link", name="Nicht löschen").click()
    expect(page).to_have_url(root + "ueberblick")
