"""Impatient fingers and the way back: what is sent twice is stored once."""

import pytest
from playwright.sync_api import Page, expect

from .walk import begin, rows, to_plan

pytestmark = pytest.mark.browser
TEXT = "Zum Sommerfest einladen"


def write(page: Page) -> str:
    root = begin(page)
    page.goto(root + "plan/neu")
    page.get_by_label("Checkpunkt").select_option(index=1)
    page.get_by_label("Maßnahme", exact=True).fill(TEXT)
    page.get_by_role("radio", name="hoch").check()
    return root


@pytest.mark.parametrize("script", [True, False])
def test_a_double_click_makes_one_measure(enter, script):
    page = enter(script=script)
    root = write(page)
    page.get_by_role("button", name="Speichern").dblclick()
    expect(rows(page)).to_have_count(1)
    to_plan(page, root)
    expect(rows(page)).to_have_count(1)


@pytest.mark.parametrize("script", [True, False])
def test_going_back_and_sending_again_makes_one_measure(enter, script):
    page = enter(script=script, expects=(422,))
    root = write(page)
    page.get_by_role("button", name="Speichern").click()
    expect(rows(page)).to_have_count(1)
    page.go_back()
    page.get_by_role("button", name="Speichern").click()
    page.wait_for_load_state()
    to_plan(page, root)
    expect(rows(page)).to_have_count(1)


def test_words_changed_after_going_back_are_in_the_plan(enter):
    page = enter(expects=(409, 422))
    root = write(page)
    page.get_by_role("button", name="Speichern").click()
    expect(rows(page)).to_have_count(1)
    page.go_back()
    page.get_by_label("Maßnahme", exact=True).fill("Zum Winterfest einladen")
    page.get_by_role("button", name="Speichern").click()
    page.wait_for_load_state()
    to_plan(page, root)
    expect(page.get_by_text("Zum Winterfest einladen")).to_be_visible()


def test_a_double_click_on_a_suggestion_makes_one_measure(enter):
    page = enter()
    root = begin(page)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Speichern und weiter").click()
    to_plan(page, root)
    page.locator(".open-point summary").click()
    page.get_by_role("button", name="In den Plan").first.dblclick()
    expect(rows(page)).to_have_count(1)
    to_plan(page, root)
    expect(rows(page)).to_have_count(1)
