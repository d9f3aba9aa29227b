"""Everything can be done without a mouse, and one always sees where one is."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .walk import (
    FINE,
    NEEDED,
    TITLES,
    URGENT,
    add_measure,
    begin,
    expect_heading,
    note,
    rating,
    rows,
    saving,
    status,
    switch,
    to_plan,
)

pytestmark = pytest.mark.browser
FARTHEST = 90
# Radios and switches show the focus at the card beside them, stones of the arch by a thick edge.
SHOWS_FOCUS = """() => {
  const here = document.activeElement;
  const outlined = (one) => {
    const style = one && getComputedStyle(one);
    return !!style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3;
  };
  const stone = here.closest("svg") && here.querySelector("path");
  const edge = stone && getComputedStyle(stone);
  return outlined(here) || outlined(here.matches("input") && here.nextElementSibling)
    || !!edge && edge.stroke !== "none" && parseFloat(edge.strokeWidth) >= 3;
}"""
WHERE = "() => document.activeElement.outerHTML.slice(0, 200)"


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Goes on by keyboard until `target` has the focus, which has to be visible at every stop."""
    for _ in range(FARTHEST):
        page.keyboard.press(key)
        assert page.evaluate(SHOWS_FOCUS), f"no visible focus: {page.evaluate(WHERE)}"
        if target.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"the keyboard does not reach {target}")


def test_the_first_stop_of_a_page_skips_to_the_content(enter):
    page = enter()
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Zum Inhalt springen")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    assert page.evaluate(SHOWS_FOCUS)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("link", name="Deutsch")).to_be_focused()


def begin_by_keyboard(page: Page) -> None:
    page.goto("/")
    tab_to(page, page.get_by_role("link", name="Praxishilfe beginnen").first)
    page.keyboard.press("Enter")
    expect_heading(page, re.compile("Zusammenarbeit mit KMU"))
    tab_to(page, page.get_by_label("Name der Organisation"))
    page.keyboard.type("Tastenfreunde")
    page.keyboard.press("Enter")
    expect_heading(page, TITLES[0])


def rate_by_keyboard(page: Page) -> None:
    """Space takes the first rating, arrows the next ones; the save does not move the focus."""
    tab_to(page, rating(page, URGENT))
    with saving(page):
        page.keyboard.press("Space")
    expect(rating(page, URGENT)).to_be_focused()
    with saving(page):
        page.keyboard.press("ArrowDown")
    expect(rating(page, NEEDED)).to_be_checked()
    expect(rating(page, NEEDED)).to_be_focused()


def plan_by_keyboard(page: Page) -> None:
    tab_to(page, switch(page, "In den Plan", 0))
    with saving(page):
        page.keyboard.press("Space")
    expect(status(page)).to_contain_text("im Plan:")
    expect(switch(page, "In den Plan", 0)).to_be_focused()


def edit_by_keyboard(page: Page) -> None:
    tab_to(page, rows(page).first.get_by_role("link"))
    page.keyboard.press("Enter")
    expect_heading(page, "Maßnahme ändern")
    tab_to(page, page.get_by_role("radio", name="mittel"))
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="hoch")).to_be_checked()
    tab_to(page, page.get_by_label("Verantwortlich"))
    page.keyboard.type("Ayşe")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Gespeichert:")


def test_from_the_start_page_to_a_planned_measure_by_keyboard_only(enter):
    page = enter()
    begin_by_keyboard(page)
    rate_by_keyboard(page)
    plan_by_keyboard(page)
    tab_to(page, page.get_by_role("button", name="Speichern und weiter"))
    page.keyboard.press("Enter")
    expect_heading(page, TITLES[1])
    tab_to(page, page.get_by_role("link", name="Maßnahmenplan"))
    page.keyboard.press("Enter")
    expect_heading(page, re.compile("Maßnahmenplan$"))
    edit_by_keyboard(page)
    expect(rows(page).first).to_contain_text("Ayşe")
    expect(rows(page).first).to_contain_text("hoch")


def test_a_term_is_opened_and_closed_by_keyboard(enter):
    page = enter()
    begin(page)
    term, card = page.locator("main .lead button.term"), page.locator("#begriff-kmu")
    tab_to(page, term)
    page.keyboard.press("Enter")
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(term).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, card.get_by_role("button", name="Schließen"))
    page.keyboard.press("Space")
    expect(card).to_be_hidden()
    expect(term).to_be_focused()


def test_enter_on_a_rating_does_not_withdraw_it(enter):
    """Enter presses a form's first button; that must not be the one that withdraws the rating."""
    page = enter()
    root = begin(page)
    with saving(page):
        rating(page, URGENT).check()
    with page.expect_navigation():
        rating(page, URGENT).press("Enter")
    page.goto(root + "checkpunkt/nutzen")
    expect(rating(page, URGENT)).to_be_checked()


def test_enter_on_a_switch_does_not_withdraw_the_rating(enter):
    page = enter(script=False)
    root = begin(page)
    rating(page, FINE).check()
    with page.expect_navigation():
        switch(page, "Läuft schon", 0).press("Enter")
    page.goto(root + "checkpunkt/nutzen")
    expect(rating(page, FINE)).to_be_checked()


def test_typing_a_note_keeps_the_cursor_where_it_is(enter):
    page = enter()
    begin(page)
    with saving(page):
        note(page).press_sequentially("Anfang")
    expect(note(page)).to_be_focused()
    page.keyboard.type(" und Ende")
    expect(note(page)).to_have_value("Anfang und Ende")


def test_sorting_by_keyboard_waits_for_the_button(enter):
    page = enter()
    root = begin(page)
    add_measure(page, root, "Einladen", checkpoint=3, priority="niedrig")
    add_measure(page, root, "Besuchen", checkpoint=5, priority="hoch")
    to_plan(page, root)
    tab_to(page, page.get_by_label("Sortieren nach"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Sortieren nach")).to_have_value("checkpunkt")
    expect(page).to_have_url(root + "plan")
    tab_to(page, page.get_by_role("button", name="Anzeigen"))
    page.keyboard.press("Enter")
    expect(rows(page).first).to_contain_text("Einladen")


def test_after_a_mistake_the_keyboard_leads_from_the_summary_to_the_field(enter):
    page = enter(expects=(422,))
    root = begin(page)
    page.goto(root + "plan/neu")
    page.get_by_label("Maßnahme", exact=True).fill("Anrufen")
    page.get_by_label("Beginn").fill("neulich")
    page.get_by_label("Beginn").press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    tab_to(page, page.get_by_role("link", name="Das ist kein Datum."))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Beginn")).to_be_focused()
