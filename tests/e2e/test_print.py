"""On paper: the right size, no navigation, every rating in words and as a sign."""

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from .walk import NEEDED, TITLES, URGENT, begin, note, saving

pytestmark = pytest.mark.browser
NAVIGATION = (
    "Meine Praxishilfe",
    "Maßnahme hinzufügen",
    "Impressum",
    "Zum Inhalt springen",
    "drucken",
    "Später weiter",
)
PORTRAIT, LANDSCAPE = (210, 297), (297, 210)
MILLIMETRE = 72 / 25.4


def printed(page: Page) -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def sizes(paper: PdfReader) -> list[tuple[int, int]]:
    """Width and height of every sheet in millimetres."""
    boxes = [sheet.mediabox for sheet in paper.pages]
    return [(round(float(box.width) / MILLIMETRE), round(float(box.height) / MILLIMETRE)) for box in boxes]


def words(paper: PdfReader) -> str:
    """All the text, with every kind of space as one."""
    return " ".join(" ".join(sheet.extract_text().split()) for sheet in paper.pages)


def expect_no_navigation(text: str) -> None:
    assert [one for one in NAVIGATION if one in text] == []


@pytest.fixture
def owner(enter, filled) -> Page:
    page = enter()
    page.goto(filled.link)
    return page


def test_the_overview_prints_on_upright_a4_with_every_rating_in_words(owner):
    paper = printed(owner)
    text = words(paper)
    assert set(sizes(paper)) == {PORTRAIT}
    expect_no_navigation(text)
    for one in (
        *TITLES,
        URGENT,
        NEEDED,
        "Noch nicht bewertet",
        "fragt im Betrieb nach",
        "Nachbarschaftshilfe Probestadt",
    ):
        assert one in text


def test_the_overview_prints_with_the_signs_of_the_ratings(owner):
    owner.emulate_media(media="print")
    expect(owner.locator(".results .lamp").first).to_be_visible()
    expect(owner.locator(".overview-arch .stone .sign").first).to_be_visible()
    expect(owner.locator(".site-header")).to_be_hidden()


def test_the_plan_prints_on_a4_across_with_all_columns(owner, filled):
    owner.goto(filled.root + "plan")
    paper = printed(owner)
    text = words(paper)
    assert set(sizes(paper)) == {LANDSCAPE}
    expect_no_navigation(text)
    for one in ("Checkpunkt", "Maßnahme", "Priorität", "Verantwortlich", "Beginn", "Kontrolle", "Stand"):
        assert one in text
    for one in ("Vorstand, zusammen mit der Jugendgruppe", "01.03.2026", "hoch", "begonnen"):
        assert one in text
    for one in ("Löschen", "Gelöschte Maßnahmen", "Noch ohne Maßnahme", "Sortieren"):
        assert one not in text


def test_the_blank_sheet_prints_upright_and_its_plan_across(enter):
    page = enter()
    page.goto("/praxishilfe/zo/bogen")
    paper = printed(page)
    text = words(paper)
    *upright, last = sizes(paper)
    assert set(upright) == {PORTRAIT}
    assert last == LANDSCAPE
    assert len(upright) <= 6
    expect_no_navigation(text)
    for one in (*TITLES, URGENT, "Läuft schon", "In den Plan", "Verantwortlich", "Organisation, Betrieb oder Bereich"):
        assert one in text


def test_a_checkpoint_prints_with_the_chosen_rating_and_the_note(owner, filled):
    owner.goto(filled.root + "checkpunkt/nutzen")
    paper = printed(owner)
    text = words(paper)
    assert set(sizes(paper)) == {PORTRAIT}
    expect_no_navigation(text)
    for one in (URGENT, "fragt im Betrieb nach.", "Läuft schon"):
        assert one in text


def test_what_is_switched_on_prints_as_switched_on(owner, filled):
    """Paper leaves backgrounds out, and with them the filling of the box; an empty box would say the opposite."""
    owner.goto(filled.root + "checkpunkt/nutzen")
    owner.emulate_media(media="print")
    box = owner.locator(".switch:has(:checked) span").first.evaluate(
        """one => {
          const box = getComputedStyle(one, "::before");
          return {display: box.display, content: box.content, kept: box.printColorAdjust};
        }"""
    )
    assert box["display"] == "none" or box["content"] not in ('""', "normal") or box["kept"] == "exact", box


@pytest.mark.parametrize("place", ["ueberblick", "checkpunkt/nutzen"])
def test_a_long_note_is_on_the_paper_to_its_last_line(enter, place):
    page = enter()
    root = begin(page)
    with saving(page):
        note(page).fill("\n".join(f"Zeile {number}" for number in range(1, 31)))
    page.goto(root + place)
    assert "Zeile 30" in words(printed(page))
