"""The empty brochure: everything of the instrument to fill in with a pen, on A4 and as a booklet."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import typst
from django.utils.translation import override
from pypdf import PdfReader

from brueckenschlag.assessments import editions
from brueckenschlag.assessments.models import Edition
from brueckenschlag.assessments.operations import publish_edition
from brueckenschlag.documents import building
from brueckenschlag.documents.printed import engine
from brueckenschlag.documents.printed.booklet import booklet_pdf
from brueckenschlag.documents.printed.brochure import brochure_pdf
from brueckenschlag.documents.report import Piece, Report, Text
from brueckenschlag.instruments.loader import Draft

from .bad_text import BAD_TEXTS
from .standards import faults

EXAMPLE = Path(__file__).parents[2] / "docs/example/treffen"
EVERY = [(slug, language) for slug in ("zo", "kmu", "treffen") for language in ("de", "de-simple", "en")]


@pytest.fixture
def instrument(edition: Edition):
    """The blank Report of an instrument in a language."""

    def blank(slug: str, language: str) -> Report:
        found = publish_edition(Draft(EXAMPLE))[0] if slug == "treffen" else editions.current(slug)
        assert found
        with override(language):
            return building.of_instrument(found.hash)

    return blank


def said(data: bytes) -> str:
    """All its words without gaps and hyphens, which depend on where lines end."""
    return close(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages))


def close(words: object) -> str:
    return re.sub(r"[\s\u00ad\u2010-]", "", str(words))


@pytest.mark.parametrize(("slug", "language"), EVERY)
def test_it_is_accessible_and_made_to_be_kept_in_every_language(instrument, slug, language):
    made = brochure_pdf(instrument(slug, language))
    for standard in ("ua1", "2a"):
        assert faults(made, standard) == []
    with pikepdf.open(BytesIO(made)) as pdf:
        assert str(pdf.Root.Lang).startswith(language[:2])
        assert str(pdf.docinfo.Title)
        assert "/AcroForm" not in pdf.Root


@pytest.mark.parametrize("slug", ["zo", "kmu", "treffen"])
def test_nothing_of_the_instrument_is_missing(instrument, slug):
    report = instrument(slug, "de")
    words = said(brochure_pdf(report))
    for point in report.checkpoints:
        assert close(point.statement) in words
        for entry in (one for group in point.groups for one in group.entries):
            assert close(entry.text) in words
            assert close(entry.explanation) in words
    for level in report.levels:
        assert words.count(close(level.label)) >= len(report.checkpoints) + 1
    assert all(close(term.title) in words for term in report.glossary)


def test_the_bookmarks_lead_to_every_checkpoint_and_to_the_plan(instrument):
    report = instrument("zo", "de")
    titles = [one.title for one in PdfReader(BytesIO(brochure_pdf(report))).outline if not isinstance(one, list)]
    assert titles == ["So geht es", *(f"{one.number}. {one.title}" for one in report.checkpoints), *titles[-2:]]
    assert titles[-2:] == ["Maßnahmenplan", "Begriffe"]


@pytest.mark.parametrize(("slug", "columns"), [("zo", 8), ("treffen", 6)])
def test_the_plan_lies_across_and_has_the_columns_of_the_instrument(instrument, slug, columns):
    report = instrument(slug, "de")
    plan = [
        page for page in PdfReader(BytesIO(brochure_pdf(report))).pages if page.mediabox.width > page.mediabox.height
    ]
    assert len(plan) == 2
    words = close("".join(page.extract_text() for page in plan))
    assert all(words.count(close(column.label)) >= 2 for column in report.columns)
    assert len(report.columns) + 2 == columns
    assert words.count("verworfen") == 12


@pytest.mark.parametrize("fillable", [False, True])
@pytest.mark.parametrize(("slug", "language"), [one for one in EVERY if one[0] != "treffen"])
def test_the_last_page_holds_terms_and_the_whole_imprint(instrument, slug, language, fillable):
    report = instrument(slug, language)
    made = engine.pdf("brochure", report, paper="a4", fillable=fillable, rows=12, spare=0)
    last = close(PdfReader(BytesIO(made)).pages[-1].extract_text())
    assert close(report.words["imprint"]) in last
    assert close(report.glossary[-1].title) in last
    assert close(report.licence) in last


def test_what_has_been_entered_is_not_in_it(filled):
    words = said(brochure_pdf(filled))
    assert close(filled.name) not in words
    assert "AylaKern" not in words


@pytest.mark.parametrize(("slug", "language"), EVERY)
@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_every_place_is_settled_when_typst_has_set_it(instrument, slug, language, paper):
    more = {"paper": paper, "fillable": False, "rows": 10, "spare": 1}
    with engine.laid_out("brochure", engine.as_data(instrument(slug, language)) | more) as (main, root):
        _, warnings = typst.compile_with_warnings(
            main, root=root, font_paths=[str(engine.FONTS)], ignore_system_fonts=True, format="pdf"
        )
    assert [one.message for one in warnings] == []


@pytest.mark.parametrize("words", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_any_text_can_be_set(instrument, words):
    title, passage = (Text((Piece(words[:most]),)) for most in (70, 500))  # longer ones no instrument may have
    report = instrument("treffen", "de")
    points = tuple(replace(one, title=title, statement=passage) for one in report.checkpoints)
    made = brochure_pdf(replace(report, title=title, plan_text=passage, checkpoints=points))
    assert faults(made, "ua1") == []


@pytest.mark.parametrize(("slug", "language"), [("zo", "de"), ("kmu", "de-simple"), ("treffen", "en")])
def test_the_booklet_fills_whole_sheets(instrument, slug, language):
    sides = PdfReader(BytesIO(booklet_pdf(instrument(slug, language)))).pages
    assert len(sides) % 2 == 0
    assert all((round(side.mediabox.width), round(side.mediabox.height)) == (842, 595) for side in sides)


def test_the_booklet_begins_with_the_cover_beside_the_imprint(instrument):
    report = instrument("zo", "de")
    first = close(PdfReader(BytesIO(booklet_pdf(report))).pages[0].extract_text())
    assert close(report.subtitle) in first
    assert "Impressum" in first


def test_the_plan_of_the_booklet_is_turned_to_the_left_on_two_pages_that_face_each_other(instrument):
    with pikepdf.open(BytesIO(booklet_pdf(instrument("zo", "de")))) as pdf:
        turns = [[list(one.get("/Matrix", [1])) for one in side.Resources.XObject.values()] for side in pdf.pages]
    found = [number for number, side in enumerate(turns) if any(one[:4] == [0, 1, -1, 0] for one in side)]
    assert len(found) == 2
    assert found[1] - found[0] == 1  # front and back of neighbouring sheets: an even page and the odd one after it


def test_the_printer_is_told_to_turn_the_booklet_at_the_short_edge(instrument):
    with pikepdf.open(BytesIO(booklet_pdf(instrument("treffen", "en")))) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert pdf.Root.Lang == "en"
