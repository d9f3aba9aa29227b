"""Every change is saved as it happens, and the page says what is true about it."""

import re

import pytest
from playwright.sync_api import Page, Request, Route, expect

from .walk import (
    FINE,
    NEEDED,
    TITLES,
    URGENT,
    begin,
    expect_heading,
    go_on,
    is_save,
    note,
    rating,
    rows,
    saving,
    status,
    switch,
    to_plan,
)
from .watch import NO_ANSWER

pytestmark = pytest.mark.browser
FIRST = "checkpunkt/nutzen"


class Hold:
    """Keeps saves on their way, as a slow network does, until they are let go."""

    def __init__(self, page: Page) -> None:
        self._kept: list[Route] | None = []
        page.route("**/" + FIRST, self._keep)

    def let_go(self) -> None:
        """From now on everything arrives."""
        kept, self._kept = self._kept or [], None
        for route in kept:
            route.continue_()

    def _keep(self, route: Route) -> None:
        if self._kept is None or not is_sent(route.request):
            route.continue_()
        else:
            self._kept.append(route)


def is_sent(request: Request) -> bool:
    return request.method == "POST"


def test_a_rating_is_saved_without_a_button_and_is_there_after_reloading(enter):
    page = enter()
    begin(page)
    expect(status(page)).to_have_text("Noch nichts eingetragen")
    with saving(page):
        rating(page, NEEDED).check()
    expect(page.get_by_role("link", name=f"Checkpunkt 1: {TITLES[0]}, {NEEDED}")).to_be_visible()
    page.reload()
    expect(rating(page, NEEDED)).to_be_checked()
    expect(status(page)).to_have_text("Gespeichert")


def test_a_note_is_saved_once_the_typing_pauses(enter):
    page = enter()
    begin(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if is_sent(request) else None)
    with saving(page):
        note(page).press_sequentially("Erst die Bäckerei")
    # Far fewer than letters; on a busy machine the typing itself may pause once or twice.
    assert len(sent) <= 3
    page.reload()
    expect(note(page)).to_have_value("Erst die Bäckerei")


def test_quick_changes_one_after_another_end_in_the_last_state(enter):
    page = enter()
    begin(page)
    with page.expect_response(lambda answer: is_save(answer) and "level=gut" in (answer.request.post_data or "")):
        for label in (URGENT, NEEDED, URGENT, FINE):
            rating(page, label).check()
    expect(status(page)).to_have_text("Gespeichert")
    page.reload()
    expect(rating(page, FINE)).to_be_checked()


def test_changes_during_a_slow_save_are_saved_after_it(enter):
    page = enter()
    root = begin(page)
    held = Hold(page)
    rating(page, URGENT).check()
    expect(status(page)).to_have_text("Wird gespeichert …")
    switch(page, "In den Plan", 0).check()
    switch(page, "Läuft schon", 2).check()
    rating(page, NEEDED).check()
    with page.expect_response(lambda answer: is_save(answer) and "level=bedarf" in (answer.request.post_data or "")):
        held.let_go()
    expect(status(page)).to_have_text(re.compile("^Gespeichert"))
    page.reload()
    expect(rating(page, NEEDED)).to_be_checked()
    expect(switch(page, "Läuft schon", 2)).to_be_checked()
    to_plan(page, root)
    expect(rows(page)).to_have_count(1)


def test_a_rating_can_be_withdrawn(enter):
    page = enter()
    root = begin(page)
    withdraw = page.get_by_role("button", name="Bewertung zurücknehmen")
    expect(withdraw).to_be_hidden()
    with saving(page):
        rating(page, URGENT).check()
    withdraw.click()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    expect(page).to_have_url(root + FIRST)
    page.goto(root + "ueberblick")
    expect(page.locator(".result-level").first).to_have_text("Noch nicht bewertet")


def test_a_switch_turned_off_takes_the_measure_out_and_the_plan_can_bring_it_back(enter):
    page = enter()
    root = begin(page)
    with saving(page):
        switch(page, "In den Plan", 1).check()
    expect(status(page)).to_contain_text("im Plan: „Unsere Stärken")
    with saving(page):
        switch(page, "In den Plan", 1).uncheck()
    expect(status(page)).to_contain_text("aus dem Plan genommen: „Unsere Stärken")
    to_plan(page, root)
    expect(rows(page)).to_have_count(0)
    page.get_by_text("Gelöschte Maßnahmen (1)").click()
    page.get_by_role("button", name="Zurückholen").click()
    expect(page.get_by_role("status")).to_contain_text("Zurückgeholt: „Unsere Stärken")
    expect(rows(page)).to_have_count(1)
    page.goto(root + FIRST)
    expect(switch(page, "In den Plan", 1)).to_be_checked()


def test_a_note_that_is_too_long_is_not_called_saved(enter):
    page = enter(expects=(422,))
    begin(page)
    # The field stops typing at its limit; what a browser without that would send must not be lost unseen.
    note(page).evaluate("field => field.removeAttribute('maxlength')")
    note(page).fill("x" * 4001)
    expect(status(page)).to_have_text("Nicht gespeichert. Das ist zu lang: 4001 Zeichen, erlaubt sind 4000.")
    with saving(page):
        note(page).fill("x" * 4000)


def test_without_a_connection_it_says_not_saved_and_later_saves_when_asked(enter):
    page = enter(expects=(NO_ANSWER,))
    begin(page)
    page.context.set_offline(True)
    rating(page, FINE).check()
    expect(status(page)).to_contain_text("Nicht gespeichert – bitte noch einmal versuchen")
    page.context.set_offline(False)
    with saving(page):
        page.get_by_role("button", name="Noch einmal").click()
    page.reload()
    expect(rating(page, FINE)).to_be_checked()


def test_a_server_that_breaks_off_is_not_called_saved(enter):
    page = enter(expects=(NO_ANSWER,))
    begin(page)
    page.route("**/" + FIRST, lambda route: route.abort("connectionreset"))
    note(page).fill("Das darf nicht verloren gehen")
    expect(status(page)).to_contain_text("Nicht gespeichert – bitte noch einmal versuchen")
    page.unroute("**/" + FIRST)
    with saving(page):
        page.get_by_role("button", name="Noch einmal").click()
    page.reload()
    expect(note(page)).to_have_value("Das darf nicht verloren gehen")


@pytest.mark.parametrize("answer", [502, 503])
def test_an_answer_that_does_not_come_from_us_is_not_called_saved(enter, answer):
    page = enter(expects=(answer,))
    begin(page)
    page.route("**/" + FIRST, lambda route: route.fulfill(status=answer, body="<h1>Bad Gateway</h1><hr>nginx"))
    rating(page, FINE).check()
    expect(status(page)).to_contain_text("Nicht gespeichert")
    expect(status(page)).not_to_contain_text("nginx")
    page.unroute("**/" + FIRST)
    with saving(page):
        page.get_by_role("button", name="Noch einmal").click()


def test_leaving_with_words_that_could_not_be_saved_asks_first(enter):
    page = enter(expects=(NO_ANSWER,))
    begin(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.context.set_offline(True)
    rating(page, FINE).check()
    expect(status(page)).to_contain_text("Nicht gespeichert")
    page.get_by_role("link", name="Überblick").click(no_wait_after=True)
    expect_heading(page, TITLES[0])
    page.context.set_offline(False)
    assert asked == ["beforeunload"]


def test_the_button_works_while_a_save_is_on_its_way(enter):
    page = enter()
    root = begin(page)
    held = Hold(page)
    rating(page, URGENT).check()
    expect(status(page)).to_have_text("Wird gespeichert …")
    go_on(page)
    held.let_go()
    expect_heading(page, TITLES[1])
    page.goto(root + FIRST)
    expect(rating(page, URGENT)).to_be_checked()


def test_the_button_takes_a_change_along_that_still_waits_for_its_turn(enter):
    page = enter()
    root = begin(page)
    held = Hold(page)
    rating(page, URGENT).check()
    expect(status(page)).to_have_text("Wird gespeichert …")
    rating(page, NEEDED).check()
    switch(page, "In den Plan", 0).check()
    go_on(page)
    held.let_go()
    expect_heading(page, TITLES[1])
    page.goto(root + FIRST)
    expect(rating(page, NEEDED)).to_be_checked()
    to_plan(page, root)
    expect(rows(page)).to_have_count(1)


def test_words_typed_just_before_the_button_are_saved(enter):
    page = enter()
    root = begin(page)
    rating(page, NEEDED).check()
    note(page).fill("In letzter Sekunde")
    go_on(page)
    expect_heading(page, TITLES[1])
    page.goto(root + FIRST)
    expect(note(page)).to_have_value("In letzter Sekunde")
    expect(rating(page, NEEDED)).to_be_checked()
