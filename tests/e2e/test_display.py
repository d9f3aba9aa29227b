"""For people who set their own colours or want no movement."""

import pytest
from playwright.sync_api import Locator, expect

from .walk import NEEDED, URGENT, begin, rating, saving, switch, to_plan

pytestmark = pytest.mark.browser
OUTLINE = "one => { const s = getComputedStyle(one); return s.outlineStyle + ' ' + s.outlineWidth; }"


def outline(of: Locator) -> str:
    return of.evaluate(OUTLINE)


def test_with_own_colours_the_chosen_rating_and_switch_have_an_outline(enter):
    page = enter(forced_colors="active")
    begin(page)
    with saving(page):
        rating(page, URGENT).check()
    with saving(page):
        switch(page, "Läuft schon", 0).check()
    # The focus has an outline too; it must not be what is measured.
    page.get_by_role("heading", level=1).click()
    card = ".level:has(input:{}) .level-card"
    assert outline(page.locator(card.format("checked"))) == "solid 3px"
    assert outline(page.locator(card.format("not(:checked)")).first).startswith("none")
    assert outline(page.locator(".switch:has(:checked) span").first) == "solid 3px"


def test_with_own_colours_the_stones_keep_their_signs(enter, filled):
    page = enter(forced_colors="active")
    page.goto(filled.link)
    stones = page.locator(".overview-arch .stone")
    expect(stones.locator(".sign")).to_have_count(6)
    drawn = stones.first.evaluate("one => getComputedStyle(one.querySelector('path')).stroke")
    assert drawn != "none"


def test_nothing_moves_for_people_who_want_no_movement(enter):
    page = enter(reduced_motion="reduce")
    root = begin(page)
    moving = """() => [...document.querySelectorAll("*")].flatMap(
      one => [null, "::before", "::after"].filter(part => {
        const style = getComputedStyle(one, part);
        return style.transitionProperty !== "none" && parseFloat(style.transitionDuration) > 0
          || style.animationName !== "none";
      }).map(part => one.tagName + "." + one.className + (part || "")))"""
    assert page.evaluate(moving) == []
    with saving(page):
        rating(page, NEEDED).check()
    to_plan(page, root)
    assert page.evaluate(moving) == []


def test_the_dark_scheme_is_dark(enter):
    page = enter(color_scheme="dark")
    page.goto("/")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(16, 25, 28)"
