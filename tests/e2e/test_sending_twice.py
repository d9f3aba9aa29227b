"""Impatient fingers and the way back: what is sent twice is stored once."""

import pytest
from playwright.sync_api import Page, Route, expect

from .walk import NEEDED, TITLES, begin, expect_heading, go_on, rating, rows, to_plan

pytestmark = pytest.mark.browser
TEXT = "Zum Sommerfest einladen"


def write(page: Page) -> str:
    root = begin(page)
    page.goto(root + "plan/neu")
    page.get_by_label("Checkpunkt").select_option(index=1)
    page.get_by_label("Maßnahme", exact=True).fill(TEXT)
    page.get_by_role("radio", name="hoch").check()
    return root


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Speichern").click()


def arrive_twice(page: Page) -> None:
    """Every form reaches the server twice, as after a double click: whether a real one does is a matter of luck."""

    def send(route: Route) -> None:
        if route.request.method == "POST":
            page.context.request.fetch(route.request, max_redirects=0)
        route.continue_()

    page.route("**/plan/*", send)


@pytest.mark.parametrize("script", [True, False])
def test_a_form_that_arrives_twice_makes_one_measure(enter, script):
    page = enter(script=script)
    root = write(page)
    arrive_twice(page)
    save(page)
    to_plan(page, root)
    expect(rows(page)).to_have_count(1)


def test_a_suggestion_that_arrives_twice_makes_one_measure(enter):
    page = enter()
    root = begin(page)
    rating(page, NEEDED).check()
    go_on(page)
    expect_heading(page, TITLES[1])
    to_plan(page, root)
    page.locator(".open-point summary").click()
    arrive_twice(page)
    page.get_by_role("button", name="In den Plan").first.click()
    expect(page.get_by_role("status")).to_contain_text("Im Plan:")
    to_plan(page, root)
    expect(rows(page)).to_have_count(1)


@pytest.mark.parametrize("script", [True, False])
def test_going_back_and_sending_again_makes_one_measure(enter, script):
    page = enter(script=script, expects=(422,))
    root = write(page)
    save(page)
    page.go_back()
    save(page)
    to_plan(page, root)
    expect(rows(page)).to_have_count(1)


def test_words_changed_after_going_back_are_in_the_plan(enter):
    page = enter(expects=(409, 422))
    root = write(page)
    save(page)
    page.go_back()
    page.get_by_label("Maßnahme", exact=True).fill("Zum Winterfest einladen")
    save(page)
    to_plan(page, root)
    expect(page.get_by_text("Zum Winterfest einladen")).to_be_visible()
