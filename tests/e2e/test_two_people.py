"""Two people at the same Praxishilfe: each sees the other's change, and nothing is overwritten unseen."""

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
    go_on,
    note,
    personal_link,
    rating,
    rows,
    saving,
    status,
    switch,
    to_plan,
)

pytestmark = pytest.mark.browser
FIRST = "checkpunkt/nutzen"
TEXT = "Die Gärtnerei besuchen"


@pytest.fixture
def pair(enter) -> tuple[Page, Page, str]:
    """Two devices at the same Praxishilfe, with JavaScript."""
    return together(enter)


@pytest.fixture
def plain_pair(enter) -> tuple[Page, Page, str]:
    """Two devices without JavaScript."""
    return together(enter, script=False)


def together(enter, *, script: bool = True) -> tuple[Page, Page, str]:
    one, other = enter(script=script), enter(script=script, expects=(409,))
    root = begin(one)
    other.goto(personal_link(one, root))
    return one, other, root


def both_open(one: Page, other: Page, address: str) -> None:
    for page in (one, other):
        page.goto(address)


def both_open_the_measure(one: Page, other: Page, root: str) -> None:
    add_measure(one, root, TEXT)
    address = one.locator(".at-measure a").get_attribute("href") or ""
    both_open(one, other, address)


def save(page: Page) -> None:
    page.get_by_role("button", name="Speichern").click()


def versions(page: Page, field: str) -> Locator:
    """The two versions of one field."""
    return page.get_by_role("group", name=field).get_by_role("radio")


def two_versions_of_a_measure(one: Page, other: Page, root: str) -> None:
    """The first sets person and status, the second a different person and a day."""
    both_open_the_measure(one, other, root)
    one.get_by_label("Verantwortlich").fill("Ayşe")
    one.get_by_role("radio", name="begonnen").check()
    save(one)
    expect(one.get_by_role("status")).to_contain_text("Gespeichert:")
    other.get_by_label("Verantwortlich").fill("Bernd")
    other.get_by_label("Kontrolle").fill("1.6.2027")
    save(other)
    expect_heading(other, "Es gibt zwei Fassungen")


def test_who_saves_a_measure_second_sees_both_versions_field_by_field(pair):
    one, other, root = pair
    two_versions_of_a_measure(one, other, root)
    for field, mine, stored in (
        ("Verantwortlich", "Bernd", "Ayşe"),
        ("Kontrolle", "1. Juni 2027", "(leer)"),
    ):
        group = other.get_by_role("group", name=field)
        expect(group.get_by_role("radio", name=f"Ihre Fassung {mine}")).to_be_checked()
        expect(group.get_by_role("radio", name=f"Schon gespeichert {stored}")).not_to_be_checked()
    # The second has not touched the status: the first one's change is preselected, and the words are true.
    status = other.get_by_role("group", name="Stand")
    expect(status.get_by_role("radio", name="Wie Sie es vorgefunden haben offen")).not_to_be_checked()
    expect(status.get_by_role("radio", name="Schon gespeichert begonnen")).to_be_checked()
    to_plan(one, root)
    expect(rows(one)).to_contain_text("Ayşe")
    expect(rows(one)).not_to_contain_text("Bernd")


def test_the_second_chooses_for_each_field_whose_version_stays(pair):
    one, other, root = pair
    two_versions_of_a_measure(one, other, root)
    versions(other, "Stand").nth(1).check()
    other.get_by_role("button", name="So speichern").click()
    expect(other.get_by_role("status")).to_contain_text("Gespeichert:")
    for words in (TEXT, "Bernd", "01.06.2027", "begonnen"):
        expect(rows(other)).to_contain_text(words)
    expect(rows(other)).not_to_contain_text("Ayşe")


def test_the_second_can_leave_everything_as_the_first_saved_it(plain_pair):
    one, other, root = plain_pair
    two_versions_of_a_measure(one, other, root)
    other.get_by_role("link", name="Alles lassen, wie es gespeichert ist").click()
    expect(other).to_have_url(root + "plan")
    expect(rows(other)).to_contain_text("Ayşe")


def test_a_third_change_while_choosing_is_shown_as_well(plain_pair):
    one, other, root = plain_pair
    two_versions_of_a_measure(one, other, root)
    one.locator(".at-measure a").click()
    one.get_by_label("Verantwortlich").fill("Chris")
    save(one)
    expect(rows(one)).to_contain_text("Chris")
    other.get_by_role("button", name="So speichern").click()
    expect_heading(other, "Es gibt zwei Fassungen")
    expect(other.get_by_role("group", name="Verantwortlich")).to_contain_text("Chris")


def two_notes(one: Page, other: Page, root: str) -> None:
    """Both write a note without having seen the other's; the second has not saved yet."""
    both_open(one, other, root + FIRST)
    rating(one, URGENT).check()
    note(one).fill("Erst zur Tischlerei")
    go_on(one)
    expect_heading(one, TITLES[1])
    rating(other, NEEDED).check()
    note(other).fill("Erst zur\nBäckerei")


def choose_own_note(page: Page, then: str) -> None:
    """One's own note together with the rating that the other has chosen; leads on to the page of that title."""
    expect_heading(page, "Es gibt zwei Fassungen")
    expect(page.get_by_role("group", name="Notiz")).to_contain_text("Erst zur Tischlerei")
    versions(page, "Bewertung").nth(1).check()
    page.get_by_role("button", name="So speichern").click()
    expect_heading(page, then)


def see_own_note(page: Page, root: str) -> None:
    page.goto(root + FIRST)
    expect(note(page)).to_have_value("Erst zur\nBäckerei")
    expect(rating(page, URGENT)).to_be_checked()


def test_two_notes_are_compared_and_chosen_from(pair):
    one, other, root = pair
    two_notes(one, other, root)
    expect(status(other)).to_contain_text("Nicht gespeichert: Jemand hat diesen Checkpunkt gleichzeitig geändert.")
    one.goto(root + FIRST)
    expect(note(one)).to_have_value("Erst zur Tischlerei")
    # Leaving the field saves the note at once, so that what follows is the answer to everything typed.
    with other.expect_response(lambda answer: answer.status == 409 and "note=Erst" in (answer.request.post_data or "")):
        note(other).blur()
    other.get_by_role("button", name="Beide Fassungen ansehen").click()
    choose_own_note(other, TITLES[0])
    see_own_note(one, root)


def test_both_versions_open_at_the_first_press_even_while_the_cursor_is_in_the_note(pair):
    """Pressing the button leaves the field, which saves once more; the button must outlive that."""
    one, other, root = pair
    both_open(one, other, root + FIRST)
    with saving(one):
        note(one).fill("Erst zur Tischlerei")
    note(other).fill("Erst zur\nBäckerei")
    other.get_by_role("button", name="Beide Fassungen ansehen").click()
    expect_heading(other, "Es gibt zwei Fassungen")


def test_two_notes_are_compared_without_javascript(plain_pair):
    one, other, root = plain_pair
    two_notes(one, other, root)
    go_on(other)
    choose_own_note(other, TITLES[1])
    see_own_note(one, root)


def test_the_stored_note_can_be_kept(plain_pair):
    one, other, root = plain_pair
    two_notes(one, other, root)
    go_on(other)
    for field in ("Bewertung", "Notiz"):
        versions(other, field).nth(1).check()
    other.get_by_role("button", name="So speichern").click()
    expect_heading(other, TITLES[1])
    other.goto(root + FIRST)
    expect(note(other)).to_have_value("Erst zur Tischlerei")
    expect(rating(other, URGENT)).to_be_checked()


def test_suggestions_switched_on_by_both_are_all_on(pair):
    one, other, root = pair
    both_open(one, other, root + FIRST)
    with saving(one):
        switch(one, "Läuft schon", 0).check()
    with saving(other):
        switch(other, "Läuft schon", 1).check()
    with saving(one):
        switch(one, "In den Plan", 2).check()
    both_open(one, other, root + FIRST)
    for page in (one, other):
        expect(switch(page, "Läuft schon", 0)).to_be_checked()
        expect(switch(page, "Läuft schon", 1)).to_be_checked()
        expect(switch(page, "In den Plan", 2)).to_be_checked()


def back_over_a_change(one: Page, other: Page, root: str) -> None:
    """The second saves and goes on; the first changes the same page; the second comes back by the browser's button."""
    both_open(one, other, root + FIRST)
    rating(other, NEEDED).check()
    note(other).fill("Bernds alte Notiz")
    go_on(other)
    expect_heading(other, TITLES[1])
    one.reload()
    rating(one, URGENT).check()
    note(one).fill("Ayşes neue Notiz")
    go_on(one)
    expect_heading(one, TITLES[1])
    other.go_back()
    expect_heading(other, TITLES[0])


def test_going_back_shows_what_is_stored_now(pair):
    one, other, root = pair
    back_over_a_change(one, other, root)
    expect(note(other)).to_have_value("Ayşes neue Notiz")
    expect(rating(other, URGENT)).to_be_checked()
    with saving(other):
        switch(other, "Läuft schon").check()
    one.goto(root + FIRST)
    expect(note(one)).to_have_value("Ayşes neue Notiz")
    expect(rating(one, URGENT)).to_be_checked()


def test_going_back_overwrites_nothing_without_javascript(plain_pair):
    one, other, root = plain_pair
    back_over_a_change(one, other, root)
    go_on(other)
    one.goto(root + FIRST)
    expect(note(one)).to_have_value("Ayşes neue Notiz")
    expect(rating(one, URGENT)).to_be_checked()


def test_going_back_to_a_measure_shows_what_is_stored_now(plain_pair):
    one, other, root = plain_pair
    both_open_the_measure(one, other, root)
    address = other.url
    other.get_by_label("Verantwortlich").fill("Bernd")
    save(other)
    one.reload()
    one.get_by_label("Verantwortlich").fill("Ayşe")
    save(one)
    expect(rows(one)).to_contain_text("Ayşe")
    other.go_back()
    expect(other).to_have_url(address)
    expect(other.get_by_label("Verantwortlich")).to_have_value("Ayşe")


def test_a_rating_and_a_note_by_two_people_go_together_without_a_question(pair):
    one, other, root = pair
    both_open(one, other, root + FIRST)
    with saving(one):
        note(one).fill("Ayşes Notiz")
    with saving(other):
        rating(other, NEEDED).check()
    expect(status(other)).to_contain_text("Die Notiz hat inzwischen jemand anderes geändert.")
    status(other).get_by_role("link", name="Neu laden").click()
    expect(note(other)).to_have_value("Ayşes Notiz")
    expect(rating(other, NEEDED)).to_be_checked()


def test_leaving_while_a_choice_is_open_asks_first(pair):
    one, other, root = pair
    both_open(one, other, root + FIRST)
    with saving(one):
        note(one).fill("Ayşes Notiz")
    note(other).fill("Bernds Notiz")
    expect(other.get_by_role("button", name="Beide Fassungen ansehen")).to_be_visible()
    asked: list[str] = []
    other.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    other.get_by_role("link", name="Maßnahmenplan").first.click()
    expect_heading(other, "Maßnahmenplan")
    assert asked == ["beforeunload"]


def test_the_same_rating_from_both_is_no_quarrel(pair):
    one, other, root = pair
    both_open(one, other, root + FIRST)
    for page in (one, other):
        with saving(page):
            rating(page, FINE).check()
    other.reload()
    expect(rating(other, FINE)).to_be_checked()


def deleted_while_edited(one: Page, other: Page, root: str) -> None:
    both_open_the_measure(one, other, root)
    one.get_by_role("button", name="Diese Maßnahme löschen").click()
    expect(one.get_by_role("status")).to_contain_text("Gelöscht:")
    other.get_by_label("Verantwortlich").fill("Bernd")
    save(other)
    expect_heading(other, "Inzwischen gelöscht")


def test_a_measure_deleted_by_one_comes_back_with_what_the_other_typed(pair):
    one, other, root = pair
    deleted_while_edited(one, other, root)
    other.get_by_role("button", name="Mit diesen Angaben zurückholen").click()
    expect(rows(other)).to_have_count(1)
    to_plan(one, root)
    expect(rows(one)).to_contain_text(TEXT)
    expect(rows(one)).to_contain_text("Bernd")


def test_a_measure_deleted_by_one_can_stay_deleted(plain_pair):
    one, other, root = plain_pair
    deleted_while_edited(one, other, root)
    other.get_by_role("link", name="Gelöscht lassen").click()
    expect(rows(other)).to_have_count(0)
    expect(other.get_by_text("Gelöschte Maßnahmen (1)")).to_be_visible()
