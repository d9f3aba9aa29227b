"""From the start page to the plan and back again on another device, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from .walk import (
    FINE,
    NEEDED,
    TITLES,
    URGENT,
    begin_here,
    expect_heading,
    go_on,
    note,
    personal_link,
    rating,
    rows,
    switch,
)

pytestmark = pytest.mark.browser
NAME = "Chorgemeinschaft Süd"
NOTE = "Wir fragen zuerst die Tischlerei.\nDann die Gärtnerei & Co <kg>."
CHOSEN = (NEEDED, FINE, URGENT, FINE, NEEDED, URGENT, FINE)


def rate_all(page: Page) -> None:
    """All seven; with two plans at the third, one at the fifth, something running and a note at the first."""
    for number, (title, label) in enumerate(zip(TITLES, CHOSEN, strict=True), start=1):
        expect_heading(page, title)
        expect(page.locator(".arch-words")).to_have_text(f"Checkpunkt {number} von 7")
        rating(page, label).check()
        plan_something(page, number)
        go_on(page)


def plan_something(page: Page, number: int) -> None:
    if number == 1:
        switch(page, "Läuft schon", 1).check()
        note(page).fill(NOTE)
    if number in (3, 5):
        switch(page, "In den Plan", 0).check()
    if number == 3:
        switch(page, "In den Plan", 2).check()


def see_the_overview(page: Page) -> None:
    expect_heading(page, re.compile("Ihr Überblick"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
    lead = page.locator("main .lead")
    expect(lead).to_contain_text("Alle 7 Checkpunkte sind bewertet.")
    expect(lead).to_contain_text(f"Am dringendsten: {TITLES[2]}, {TITLES[5]}.")
    expect(page.locator(".result-level")).to_have_text(CHOSEN)
    expect(page.locator(".note-text")).to_have_text("Wir fragen zuerst die Tischlerei.Dann die Gärtnerei & Co <kg>.")


def follow_a_stone(page: Page) -> None:
    stone = page.get_by_role("link", name=f"Checkpunkt 4: {TITLES[3]}, {FINE}")
    stone.click()
    expect_heading(page, TITLES[3])
    page.go_back()
    expect_heading(page, re.compile("Ihr Überblick"))


def see_the_plan(page: Page, root: str) -> None:
    page.get_by_role("link", name="Zum Maßnahmenplan").click()
    expect(page).to_have_url(root + "plan")
    expect(rows(page)).to_have_count(3)
    expect(page.locator("main .lead")).to_contain_text("3 Maßnahmen zu 2 Checkpunkten.")


def write_who_and_when(page: Page) -> None:
    rows(page).first.get_by_role("link").click()
    page.get_by_label("Verantwortlich").fill("Ayşe Öztürk")
    page.get_by_label("Beginn").fill("28. Feb. 2027")
    page.get_by_label("Kontrolle").fill("1/6/27")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("status")).to_contain_text("Gespeichert:")


def see_who_and_when(page: Page) -> None:
    row = rows(page).first
    for words in ("Ayşe Öztürk", "28.02.2027", "01.06.2027", "hoch", "offen"):
        expect(row).to_contain_text(words)
    expect(page.locator("main .lead")).to_contain_text("Nächste Kontrolle am 1. Juni 2027.")


def come_back(page: Page, link: str, root: str) -> None:
    """On another device everything is there, also what only the checkpoint's page shows."""
    page.goto(link)
    expect(page).to_have_url(root + "ueberblick")
    see_the_overview(page)
    page.goto(root + "plan")
    see_who_and_when(page)
    page.goto(root + "checkpunkt/nutzen")
    expect(rating(page, NEEDED)).to_be_checked()
    expect(switch(page, "Läuft schon", 1)).to_be_checked()
    expect(note(page)).to_have_value(NOTE)
    page.goto(root + "checkpunkt/planen")
    expect(switch(page, "In den Plan", 2)).to_be_checked()


def walk(page: Page) -> str:
    page.goto("/")
    page.get_by_role("link", name="Praxishilfe beginnen").first.click()
    root = begin_here(page, NAME)
    rate_all(page)
    see_the_overview(page)
    follow_a_stone(page)
    see_the_plan(page, root)
    write_who_and_when(page)
    see_who_and_when(page)
    return root


def test_a_person_walks_all_seven_checkpoints(enter):
    page = enter(permissions=["clipboard-read", "clipboard-write"])
    root = walk(page)
    page.get_by_role("link", name="Später weitermachen").click()
    link = page.locator("#link").inner_text()
    page.get_by_role("button", name="Link kopieren").first.click()
    expect(page.get_by_role("button", name="Kopiert")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == link
    page.context.close()
    come_back(enter(), link, root)


def test_a_person_walks_all_seven_checkpoints_on_a_phone_without_javascript(enter):
    page = enter(width=360, script=False)
    root = walk(page)
    expect(page.get_by_role("button", name="Plan drucken")).to_be_hidden()
    link = personal_link(page, root)
    expect(page.get_by_role("button", name="Link kopieren")).to_have_count(0)
    page.context.close()
    come_back(enter(width=360, script=False), link, root)
