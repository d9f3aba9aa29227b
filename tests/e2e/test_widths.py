"""On no device a page has to be pushed sideways, from wide screens to the narrowest telephones."""

import pytest
from playwright.sync_api import Page, expect

from .kinds import KINDS, outdate
from .walk import TITLES, add_measure, begin, expect_heading, go_on, note

pytestmark = pytest.mark.browser
# The longest that the fields take, without a place to break.
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
LONG = (WORD * 4)[:300]
# Besides the extremes the widths around which the plan changes from a table to cards.
WIDTHS = (1280, 1024, 900, 800, 768, 767, 360, 320)
# Words of the plan that stand on two lines although they are short and have no hyphen.
BROKEN = """() => {
  const texts = document.createTreeWalker(document.querySelector("table.plan"), NodeFilter.SHOW_TEXT), broken = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    for (const word of text.data.matchAll(/[\\p{L}\\d.]+/gu)) {
      const place = document.createRange();
      place.setStart(text, word.index);
      place.setEnd(text, word.index + word[0].length);
      if (word[0].length < 15 && place.getClientRects().length > 1) broken.push(word[0]);
    }
  return broken;
}"""
PLACES = ("ueberblick", "plan", "plan?sortierung=eigene", "name", "checkpunkt/nutzen", "weitermachen", "loeschen")


def overhang(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways(enter, filled, kind):
    page = enter(expects=KINDS[kind].expects)
    KINDS[kind].way(page, filled)
    wide = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wide[width] = overhang(page)
    assert {width: pixels for width, pixels in wide.items() if pixels > 0} == {}


def test_usual_words_in_the_plan_stay_whole(enter, filled):
    page = enter()
    page.goto(filled.link)
    page.goto(filled.root + "plan?sortierung=eigene")
    broken = {}
    # At 320 pixels some words are wider than their place.
    for width in WIDTHS[:-1]:
        page.set_viewport_size({"width": width, "height": 800})
        broken[width] = page.evaluate(BROKEN)
    assert {width: words for width, words in broken.items() if words} == {}


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
    outdate(page)
    note(page).fill(LONG[::-1])
    go_on(page)
    expect_heading(page, "Es gibt zwei Fassungen")
    assert overhang(page) <= 0
