"""The way back: a workbook filled in elsewhere is looked at, taken over, and stands in the plan."""

import json
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from brueckenschlag.documents.exchange.model import Exchange
from tests.documents.returns.files import saved, workbook

from .test_widths import overhang
from .walk import add_measure, begin, expect_heading, to_plan

pytestmark = pytest.mark.browser


def hand_in(page: Page, data: bytes, name: str = "plan.xlsx") -> None:
    """Chooses the file and has it looked at."""
    page.get_by_label("Datei von Ihrem Gerät").set_input_files({"name": name, "mimeType": "", "buffer": data})
    page.get_by_role("button", name="Datei ansehen").click()


@pytest.fixture
def taken_along(tmp_path):
    """The workbook as it would be downloaded, from the pages of this Praxishilfe."""

    def take(page: Page, root: str) -> openpyxl.Workbook:
        page.goto(root + "plan")
        rows = page.locator(".at-measure a")
        ids = [row.get_attribute("href").rsplit("/", 1)[-1] for row in rows.all()]
        measures = [
            {"id": id, "checkpoint": "nutzen", "text": text, "priority": "high"}
            for id, text in zip(ids, rows.all_inner_texts(), strict=True)
        ]
        state = Exchange.model_validate(
            {
                "made_on": "2026-11-26",
                "instrument": "zo",
                "edition": "1",
                "edition_hash": "0" * 64,
                "assessment": root.rstrip("/").rsplit("/", 1)[-1],
                "name": "Verein am Fluss",
                "measures": measures,
            }
        )
        return workbook(state, keys=("nutzen", "planen"), boxes=("planen.themen",))

    return take


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 360)])
def test_a_workbook_filled_in_elsewhere_comes_back_into_the_plan(enter, taken_along, script, width):
    page = enter(width=width, script=script)
    root = begin(page, "Verein am Fluss")
    for text in ("Anrufen", "Besuchen"):
        add_measure(page, root, text, checkpoint=1, priority="hoch")
    book = taken_along(page, root)
    plan = book["Maßnahmenplan"]
    plan["D2"], plan["F2"] = "Frau Yılmaz", "28. Februar 2027"
    plan.append(["3. Zusammenarbeit planen", "In der Sitzung beschlossen", "mittel"])
    book["Bewertung"]["C2"] = "Handlungsbedarf"
    page.goto(root + "ueberblick")
    page.get_by_role("link", name="Ausgefüllte Datei zurückbringen").click()
    expect_heading(page, "Ausgefüllte Datei zurückbringen")
    hand_in(page, saved(book))
    expect_heading(page, "Was die Datei ändert")
    expect(page.get_by_role("heading", level=2)).to_have_text(["Neu (4)"])
    expect(page.get_by_role("group", name="Neue Maßnahme")).to_contain_text("In der Sitzung beschlossen")
    assert overhang(page) <= 0
    page.get_by_role("button", name="Auswahl übernehmen").click()
    expect(page.get_by_role("status")).to_contain_text("Gespeichert: 4 Angaben aus der Datei übernommen.")
    to_plan(page, root)
    for words in ("In der Sitzung beschlossen", "Frau Yılmaz", "28.02.2027"):
        expect(page.locator("table.plan")).to_contain_text(words)
    page.goto(root + "zurueck")
    hand_in(page, saved(book))
    expect_heading(page, "In der Datei steht nichts Neues")


def test_the_keyboard_chooses_what_stays(enter, taken_along):
    page = enter()
    root = begin(page)
    add_measure(page, root, "Anrufen", checkpoint=1, priority="hoch")
    book = taken_along(page, root)
    book["Maßnahmenplan"]["B2"] = "Aus der Datei anrufen"
    page.goto(root + "zurueck")
    hand_in(page, saved(book))
    mine = page.get_by_role("radio", name="Aus der Datei Aus der Datei anrufen")
    expect(mine).to_be_checked()
    mine.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="So lassen Anrufen")).to_be_checked()
    page.get_by_role("button", name="Auswahl übernehmen").press("Enter")
    to_plan(page, root)
    expect(page.locator("table.plan")).not_to_contain_text("Aus der Datei anrufen")


def test_a_wrong_file_is_named_at_the_field_and_gets_the_focus(enter):
    page = enter(expects=(422,))
    root = begin(page)
    page.goto(root + "zurueck")
    hand_in(page, b"Liebe Leute", "brief.txt")
    expect(page.get_by_role("alert")).to_contain_text("Diese Art von Datei können wir nicht lesen.")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Datei von Ihrem Gerät")).to_be_focused()


@pytest.mark.parametrize("megabytes", [15, 30])
def test_a_file_that_is_too_large_gets_an_answer(enter, megabytes, tmp_path):
    page = enter(expects=(422,))
    root = begin(page)
    page.goto(root + "zurueck")
    file = Path(tmp_path / "gross.xlsx")
    file.write_bytes(b"x" * megabytes * 1_000_000)
    page.get_by_label("Datei von Ihrem Gerät").set_input_files(file)
    page.get_by_role("button", name="Datei ansehen").click()
    expect(page.locator("main")).to_contain_text("Die Datei ist zu groß")


def test_a_new_praxishilfe_begins_with_a_file(enter):
    page = enter()
    state = {
        "made_on": "2026-11-26",
        "format": "brueckenschlag",
        "version": 1,
        "instrument": "zo",
        "edition": "1",
        "edition_hash": "0" * 64,
        "name": "Verein von nebenan",
        "ratings": [{"checkpoint": "nutzen", "level": "dringend", "note": "mitgebracht"}],
    }
    page.goto("/")
    page.get_by_role("link", name="Aus einer Datei beginnen").click()
    hand_in(page, json.dumps(state).encode(), "daten.json")
    expect(page.locator(".lead")).to_contain_text("In der Datei von „Verein von nebenan“ stehen 1 Bewertung, 1 Notiz")
    page.get_by_role("button", name="Neue Praxishilfe damit beginnen").click()
    expect_heading(page, re.compile("Ihr Überblick"))
    expect(page.locator(".results")).to_contain_text("mitgebracht")
