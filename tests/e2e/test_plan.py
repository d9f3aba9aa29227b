"""The action plan: writing, sorting, filtering, arranging, deleting, and mistakes that are easy to mend."""

import re

import pytest
from playwright.sync_api import Page, expect

from .walk import NEEDED, TITLES, URGENT, add_measure, begin, expect_heading, go_on, rating, rows, to_plan

pytestmark = pytest.mark.browser
TEXTS = ("Anrufen", "Besuchen", "Einladen")


def three(page: Page) -> str:
    """A plan of three: the second is the most important, the third belongs to the first checkpoint."""
    root = begin(page)
    add_measure(page, root, TEXTS[0], checkpoint=5, priority="niedrig")
    add_measure(page, root, TEXTS[1], checkpoint=7, priority="hoch")
    add_measure(page, root, TEXTS[2], checkpoint=1, priority="mittel")
    to_plan(page, root)
    return root


def expect_order(page: Page, *texts: str) -> None:
    expect(page.locator("table.plan .at-measure strong")).to_have_text(list(texts))


def open_form(page: Page) -> None:
    page.goto(begin(page) + "plan/neu")


def save(page: Page) -> None:
    page.get_by_role("button", name="Speichern").click()


def test_a_measure_written_freely_stands_in_the_plan_at_once(enter):
    page = enter()
    root = begin(page)
    to_plan(page, root)
    page.get_by_role("link", name="Maßnahme hinzufügen").click()
    page.get_by_label("Checkpunkt").select_option("6. Vereinbarungen")
    page.get_by_label("Maßnahme", exact=True).fill("Eine Vereinbarung aufsetzen")
    page.get_by_role("radio", name="hoch").check()
    page.get_by_label("Verantwortlich").fill("Kassenwartin")
    page.get_by_label("Beginn").fill("2027-02-28")
    save(page)
    for words in ("6", "Eine Vereinbarung aufsetzen", "hoch", "Kassenwartin", "28.02.2027", "offen"):
        expect(rows(page)).to_contain_text(words)


def test_a_checkpoint_leads_to_a_measure_of_its_own_with_the_priority_of_its_rating(enter):
    page = enter()
    begin(page)
    rating(page, URGENT).check()
    page.get_by_role("button", name="Eigene Maßnahme schreiben").click()
    expect_heading(page, "Maßnahme hinzufügen")
    expect(page.get_by_label("Checkpunkt")).to_have_value("nutzen")
    expect(page.get_by_role("radio", name="hoch")).to_be_checked()


def test_the_plan_is_sorted_by_priority_checkpoint_and_date(enter):
    page = enter()
    root = three(page)
    expect_order(page, "Besuchen", "Einladen", "Anrufen")
    page.get_by_label("Sortieren nach").select_option("Checkpunkt")
    expect_order(page, "Einladen", "Anrufen", "Besuchen")
    page.get_by_role("link", name="Anrufen").click()
    page.get_by_label("Kontrolle").fill("1.3.2027")
    save(page)
    expect(rows(page).filter(has_text="01.03.2027")).to_have_count(1)
    page.goto(root + "plan?sortierung=datum")
    expect_order(page, "Anrufen", "Besuchen", "Einladen")


def test_the_plan_is_filtered_by_status_and_the_address_keeps_it(enter):
    page = enter()
    root = three(page)
    page.get_by_role("link", name="Einladen").click()
    page.get_by_role("radio", name="erledigt").check()
    save(page)
    expect(rows(page)).to_have_count(3)
    page.get_by_label("Stand").select_option("erledigt")
    expect_order(page, "Einladen")
    expect(page).to_have_url(re.compile("stand=erledigt"))
    page.reload()
    expect_order(page, "Einladen")
    page.get_by_label("Stand").select_option("verworfen")
    page.get_by_role("link", name="Alle zeigen").click()
    expect(page).to_have_url(root + "plan")
    expect(rows(page)).to_have_count(3)


def test_sorting_and_filtering_work_with_the_button_alone(enter):
    page = enter(script=False)
    three(page)
    page.get_by_label("Sortieren nach").select_option("Checkpunkt")
    page.get_by_label("Stand").select_option("offen")
    page.get_by_role("button", name="Anzeigen").click()
    expect_order(page, "Einladen", "Anrufen", "Besuchen")


def test_arrows_arrange_the_own_order(enter):
    page = enter()
    root = three(page)
    page.get_by_label("Sortieren nach").select_option("Eigene Reihenfolge")
    expect_order(page, *TEXTS)
    expect(page.get_by_role("button", name="Nach oben: Anrufen")).to_be_disabled()
    expect(page.get_by_role("button", name="Nach unten: Einladen")).to_be_disabled()
    page.get_by_role("button", name="Nach oben: Einladen").click()
    expect_order(page, "Anrufen", "Einladen", "Besuchen")
    page.get_by_role("button", name="Nach unten: Anrufen").click()
    expect_order(page, "Einladen", "Anrufen", "Besuchen")
    page.goto(root + "plan?sortierung=eigene")
    expect_order(page, "Einladen", "Anrufen", "Besuchen")


def test_a_deleted_measure_comes_back_with_one_press(enter):
    page = enter()
    three(page)
    page.get_by_role("button", name="Löschen: Besuchen").click()
    expect_order(page, "Einladen", "Anrufen")
    expect(page.get_by_role("status")).to_contain_text("Gelöscht: „Besuchen“")
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.get_by_role("status")).to_contain_text("Zurückgeholt: „Besuchen“")
    expect_order(page, "Besuchen", "Einladen", "Anrufen")


def test_a_day_that_is_none_is_said_at_its_field_and_nothing_typed_is_lost(enter):
    page = enter(expects=(422,))
    open_form(page)
    page.get_by_label("Checkpunkt").select_option(index=2)
    page.get_by_label("Maßnahme", exact=True).fill("Besuchen")
    page.get_by_role("radio", name="hoch").check()
    page.get_by_label("Beginn").fill("31.2.2027")
    save(page)
    words = "Diesen Tag gibt es im Kalender nicht. Bitte Tag und Monat prüfen."
    expect(page.get_by_label("Beginn")).to_have_accessible_description(re.compile(words))
    expect(page.get_by_label("Beginn")).to_have_value("31.2.2027")
    expect(page).to_have_title(re.compile("^Fehler: "))
    page.get_by_role("alert").get_by_role("link", name=words).click()
    expect(page.get_by_label("Beginn")).to_be_focused()
    page.get_by_label("Beginn").fill("28.2.2027")
    save(page)
    expect(rows(page)).to_contain_text("28.02.2027")


def test_a_control_before_the_beginning_is_said_at_the_control(enter):
    page = enter(expects=(422,))
    open_form(page)
    page.get_by_label("Beginn").fill("1.6.2027")
    page.get_by_label("Kontrolle").fill("1.5.2027")
    save(page)
    words = "Die Kontrolle liegt vor dem Beginn."
    expect(page.get_by_label("Kontrolle")).to_have_accessible_description(re.compile(words))
    page.get_by_role("alert").get_by_role("link", name=words).click()
    expect(page.get_by_label("Kontrolle")).to_be_focused()


def test_an_empty_form_names_everything_that_is_missing(enter):
    page = enter(expects=(422,), script=False)
    open_form(page)
    save(page)
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(
        [
            "Checkpunkt: Bitte einen der Checkpunkte wählen.",
            "Maßnahme: Bitte beschreiben, was zu tun ist.",
        ]
    )


def test_leaving_a_form_with_typed_words_asks_first(enter):
    page = enter()
    open_form(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Maßnahme", exact=True).fill("Noch nicht fertig")
    page.get_by_role("link", name="Abbrechen").click()
    expect(page).to_have_url(re.compile("/plan$"))
    assert asked == ["beforeunload"]


def test_an_open_point_becomes_a_measure_with_one_press(enter):
    page = enter()
    root = begin(page)
    rating(page, URGENT).check()
    go_on(page)
    expect_heading(page, TITLES[1])
    rating(page, NEEDED).check()
    go_on(page)
    expect_heading(page, TITLES[2])
    to_plan(page, root)
    points = page.locator(".open-point summary")
    expect(points).to_have_count(2)
    expect(points.first).to_contain_text("1. Strategischer Nutzen")
    points.first.click()
    page.get_by_role("button", name="In den Plan").first.click()
    expect(rows(page)).to_contain_text("hoch")
    expect(points).to_have_count(1)
    page.get_by_role("link", name="Wer und bis wann?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Maßnahme ändern")
