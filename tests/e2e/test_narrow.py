"""On the narrowest devices no page has to be pushed sideways."""

import pytest
from playwright.sync_api import Page, expect

from .kinds import KINDS
from .walk import TITLES, add_measure, begin, expect_heading, go_on, note

pytestmark = pytest.mark.browser
# The longest that the fields take, without a place to break.
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
LONG = (WORD * 4)[:300]
PLACES = ("ueberblick", "plan", "plan?sortierung=eigene", "name", "checkpunkt/nutzen", "weitermachen", "loeschen")


def overhang(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways(enter, filled, kind):
    page = enter(width=360, expects=KINDS[kind].expects)
    KINDS[kind].way(page, filled)
    wide = {360: overhang(page)}
    page.set_viewport_size({"width": 320, "height": 640})
    wide[320] = overhang(page)
    assert max(wide.values()) <= 0, wide


def test_words_that_do_not_end_do_not_push_any_page_sideways(enter):
    page = enter(width=320, script=False)
    root = begin(page, (WORD * 2)[:120])
    note(page).fill(LONG)
    go_on(page)
    expect_heading(page, TITLES[1])
    add_measure(page, root, LONG, priority="hoch")
    page.locator(".at-measure a").click()
    page.get_by_label("Verantwortlich").fill((WORD * 2)[:120])
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("status")).to_contain_text("Gespeichert:")
    wide = {}
    for place in PLACES:
        page.goto(root + place)
        wide[place] = overhang(page)
    page.goto("/weitermachen")
    wide["resume"] = overhang(page)
    assert max(wide.values()) <= 0, wide


def test_two_versions_with_endless_words_fit_side_by_side_or_below_each_other(enter):
    page = enter(width=320, script=False, expects=(409,))
    root = begin(page)
    note(page).fill(LONG)
    go_on(page)
    expect_heading(page, TITLES[1])
    page.goto(root + "checkpunkt/nutzen")
    page.locator("form [name=version]").evaluate("field => { field.value = 0; }")
    note(page).fill(LONG[::-1])
    go_on(page)
    expect_heading(page, "Es gibt zwei Fassungen")
    assert overhang(page) <= 0
