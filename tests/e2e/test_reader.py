"""Whoever has only the link for reading sees everything and can change nothing."""

import re

import pytest
from playwright.sync_api import expect

from .filled import RATINGS
from .walk import URGENT, expect_heading, note, rating, rows

pytestmark = pytest.mark.browser
EDITING = ("name", "plan/neu", "weitermachen", "loeschen")
BUTTONS = re.compile("Speichern|Löschen|hinzufügen|In den Plan|Zurückholen|zurücknehmen|schreiben|Ändern|Noch einmal")


@pytest.fixture
def reader(enter, filled):
    page = enter(expects=(404,))
    page.goto(filled.reading_link)
    return page


def test_the_reader_sees_the_overview(reader, filled):
    expect(reader).to_have_url(filled.root + "ueberblick")
    expect(reader.get_by_text("Nur lesen")).to_be_visible()
    expect(reader.locator(".result-level")).to_have_text([label or "Noch nicht bewertet" for label in RATINGS])
    expect(reader.locator(".note-text")).to_have_count(3)
    expect(reader.get_by_role("link", name=BUTTONS)).to_have_count(0)
    expect(reader.get_by_role("link", name="Ansehen")).to_have_count(7)


def test_the_reader_sees_a_checkpoint_and_cannot_change_it(reader, filled):
    reader.get_by_role("link", name="Ansehen").first.click()
    expect(rating(reader, URGENT)).to_be_checked()
    expect(note(reader)).to_have_value(re.compile("Frau Yılmaz"))
    for field in reader.locator("main").get_by_role("radio").all() + reader.get_by_role("checkbox").all():
        expect(field).to_be_disabled()
    expect(note(reader)).not_to_be_editable()
    expect(reader.get_by_role("button", name=BUTTONS)).to_have_count(0)
    reader.get_by_role("link", name="Weiter", exact=True).click()
    expect(reader).to_have_url(filled.root + "checkpunkt/moeglichkeiten")


def test_the_reader_can_read_explanations_and_their_terms(reader, filled):
    reader.goto(filled.root + "checkpunkt/kontakte")
    reader.locator("summary", has_text="Aktionstag").first.click()
    reader.get_by_role("button", name="sozialen Aktionstag: Begriff erklären").click()
    expect(reader.locator("#begriff-sozialer-aktionstag")).to_be_visible()


def test_the_reader_sees_the_plan_without_any_control(reader, filled):
    reader.goto(filled.root + "plan")
    expect(rows(reader)).to_have_count(4)
    expect(rows(reader).get_by_role("link")).to_have_count(0)
    expect(reader.get_by_role("link", name=BUTTONS)).to_have_count(0)
    expect(reader.get_by_role("button", name=BUTTONS)).to_have_count(0)
    expect(reader.get_by_text("Gelöschte Maßnahmen")).to_have_count(0)
    reader.get_by_label("Sortieren nach").select_option("eigene")
    expect(rows(reader)).to_have_count(4)
    expect(reader.get_by_role("button", name="Nach oben")).to_have_count(0)


@pytest.mark.parametrize("place", EDITING)
def test_pages_for_editing_do_not_exist_for_the_reader(reader, filled, place):
    answer = reader.goto(filled.root + place)
    assert answer.status == 404
    expect_heading(reader, "Das geht mit dem Link zum Lesen nicht")


def test_a_single_measure_cannot_be_opened_by_the_reader(reader, filled):
    assert reader.goto(filled.measure).status == 404


def test_the_owner_stays_the_owner_after_opening_the_link_for_reading(enter, filled):
    page = enter()
    page.goto(filled.link)
    page.goto(filled.reading_link)
    expect(page.get_by_role("link", name="Später weitermachen").first).to_be_visible()
    page.goto(filled.root + "plan")
    expect(page.get_by_role("link", name="Maßnahme hinzufügen")).to_be_visible()


def test_the_reader_can_print_overview_and_plan(reader, filled):
    for page, words in (("ueberblick", "Überblick drucken"), ("plan", "Plan drucken")):
        reader.goto(filled.root + page)
        expect(reader.get_by_role("button", name=words)).to_be_visible()
