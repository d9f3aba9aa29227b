"""A Praxishilfe as it looks when people have worked with it."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from .members import Member
from .walk import (
    FINE,
    NEEDED,
    TITLES,
    URGENT,
    add_measure,
    begin,
    expect_heading,
    go_on,
    note,
    personal_link,
    rating,
    reading_link,
    switch,
)

# The fifth is left out; the third and the sixth call for action and get no measure.
RATINGS = (URGENT, NEEDED, URGENT, FINE, "", NEEDED, FINE)
PLANNED = (0, 1, 3)


@dataclass(frozen=True)
class Filled:
    """Where it lies, the links that open it, and one of its measures; a member of an organisation, and their site."""

    root: str
    link: str
    reading_link: str
    measure: str
    member: Member | None = None
    address: str = ""


def fill(page: Page) -> Filled:
    """Fills in a Praxishilfe with ratings, notes and measures, one of them deleted."""
    root = begin(page, "Nachbarschaftshilfe Probestadt e. V.")
    for number, label in enumerate(RATINGS):
        _checkpoint(page, number, label)
    add_measure(page, root, "Mit der Bäckerei über ein Frühstück für alle sprechen", checkpoint=2, priority="hoch")
    _give_days(page, root)
    _delete_one(page, root)
    measure = page.locator(".at-measure a").first.get_attribute("href")
    return Filled(root, personal_link(page, root), reading_link(page, root), measure or "")


def _checkpoint(page: Page, number: int, label: str) -> None:
    if label:
        rating(page, label).check()
    if number in PLANNED:
        switch(page, "In den Plan", number).check()
        switch(page, "Läuft schon", number + 1).check()
        note(page).fill("Darüber sprechen wir im Vorstand.\nFrau Yılmaz fragt im Betrieb nach.")
    go_on(page)
    expect_heading(page, TITLES[number + 1] if number + 1 < len(TITLES) else re.compile("Ihr Überblick"))


def _give_days(page: Page, root: str) -> None:
    page.goto(root + "plan")
    page.locator(".at-measure a").first.click()
    page.get_by_label("Verantwortlich").fill("Vorstand, zusammen mit der Jugendgruppe")
    page.get_by_label("Beginn").fill("1.3.2026")
    page.get_by_label("Kontrolle").fill("1. April 2026")
    page.get_by_role("radio", name="begonnen").check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("status")).to_contain_text("Gespeichert:")


def _delete_one(page: Page, root: str) -> None:
    add_measure(page, root, "Eine Maßnahme, die niemand mehr will", checkpoint=4)
    page.get_by_role("button", name="Löschen: Eine Maßnahme, die niemand mehr will").click()
    expect(page.get_by_role("status")).to_contain_text("Gelöscht:")
