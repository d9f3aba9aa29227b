"""The browser has forgotten the connection, for example because cookies were deleted: nothing typed is lost."""

import pytest
from playwright.sync_api import Page, expect

from .walk import NEEDED, TITLES, begin, expect_heading, go_on, note, personal_link, rating, saving, status, switch

pytestmark = pytest.mark.browser
FIRST = "checkpunkt/nutzen"
WORDS = "Wir fragen zuerst Frau Özdemir.\nDann sehen wir weiter."


def forget(page: Page) -> None:
    """As if somebody had deleted the cookies of this site."""
    page.context.clear_cookies(name="geraet")


def connect_in_another_tab(page: Page, link: str) -> None:
    tab = page.context.new_page()
    tab.goto(link)
    expect_heading(tab, "Ihr Überblick")
    tab.close()


def test_what_was_typed_is_kept_and_saved_after_opening_the_link_in_another_tab(enter):
    page = enter(script=False, expects=(404,))
    root = begin(page)
    link = personal_link(page, root)
    page.goto(root + FIRST)
    rating(page, NEEDED).check()
    switch(page, "Läuft schon", 3).check()
    note(page).fill(WORDS)
    forget(page)
    go_on(page)
    expect_heading(page, "Diese Praxishilfe lässt sich hier nicht öffnen")
    expect(page.get_by_label("Ihre Eingaben zum Kopieren")).to_have_value(WORDS + "\n")
    connect_in_another_tab(page, link)
    page.get_by_role("button", name="Noch einmal speichern").click()
    expect_heading(page, TITLES[1])
    page.goto(root + FIRST)
    expect(rating(page, NEEDED)).to_be_checked()
    expect(switch(page, "Läuft schon", 3)).to_be_checked()
    expect(note(page)).to_have_value(WORDS)


def test_a_measure_is_kept_as_well(enter):
    page = enter(expects=(404,))
    root = begin(page)
    link = personal_link(page, root)
    page.goto(root + "plan/neu")
    page.get_by_label("Checkpunkt").select_option(index=2)
    page.get_by_label("Maßnahme", exact=True).fill("Im Rathaus nachfragen")
    page.get_by_role("radio", name="hoch").check()
    forget(page)
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_label("Ihre Eingaben zum Kopieren")).to_have_value("Im Rathaus nachfragen\n")
    connect_in_another_tab(page, link)
    page.get_by_role("button", name="Noch einmal speichern").click()
    expect(page.get_by_role("status")).to_contain_text("Im Plan: „Im Rathaus nachfragen“")


def test_the_page_says_that_it_is_no_longer_connected_and_goes_on_saving_afterwards(enter):
    page = enter(expects=(404,))
    root = begin(page)
    link = personal_link(page, root)
    page.goto(root + FIRST)
    forget(page)
    rating(page, NEEDED).check()
    expect(status(page)).to_contain_text("Nicht gespeichert: Dieses Gerät ist nicht mehr verbunden.")
    with page.expect_popup() as popup:
        status(page).get_by_role("link").click()
    popup.value.get_by_role("textbox", name="Ihr persönlicher Link").fill(link)
    popup.value.get_by_role("button", name="Öffnen").click()
    expect_heading(popup.value, "Ihr Überblick")
    with saving(page):
        switch(page, "Läuft schon", 0).check()
    page.reload()
    expect(rating(page, NEEDED)).to_be_checked()
    expect(switch(page, "Läuft schon", 0)).to_be_checked()
