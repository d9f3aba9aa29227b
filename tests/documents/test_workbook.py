"""The workbook, read back by openpyxl."""

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from defusedxml import ElementTree

from brueckenschlag.assessments.operations import publish_edition
from brueckenschlag.documents.exchange.model import of_report, unpacked
from brueckenschlag.documents.office.signs import one_line, writable
from brueckenschlag.documents.office.workbook import workbook
from brueckenschlag.documents.office.writer import MOST_SIGNS
from brueckenschlag.instruments.loader import Draft

from .conftest import in_language
from .texts import BAD, EXAMPLE, FORMULAS, saying

HEADS = ["Checkpunkt", "Maßnahme", "Priorität", "Verantwortlich", "Beginn", "Kontrolle", "Stand", "_id"]


def opened(report):
    return openpyxl.load_workbook(io.BytesIO(workbook(report)))


def values(sheet, last=None):
    return [list(row) for row in sheet.iter_rows(values_only=True, max_row=last)]


def pairs(book, column):
    """Label and key as the hidden sheet has them in this column and the next."""
    found = book["_Stand"].iter_rows(min_col=column, max_col=column + 1, values_only=True)
    return [(label, key) for label, key in found if label]


def base(book):
    return unpacked("".join(cell.value for cell in book["_Stand"]["A"] if cell.value))


def allowed(book, sheet, cell):
    """What may be chosen in a cell, as its validation says."""
    (rule,) = [one for one in sheet.data_validations.dataValidation if cell in one.sqref]
    if rule.type != "list" or rule.formula1.startswith('"'):
        return rule
    return [one.value for (one,) in book["_Stand"][rule.formula1.partition("!")[2].replace("$", "")]]


def test_the_plan_holds_every_measure_with_real_days(filled):
    head, *found = values(opened(filled)["Maßnahmenplan"])
    assert head == HEADS
    assert [[*row[:4], row[4].date(), row[5].date(), *row[6:]] for row in found] == [
        [
            f"{one.checkpoint_number}. {one.checkpoint_title}",
            one.text,
            one.priority_words,
            one.responsible,
            one.start,
            one.review,
            one.status_words,
            one.id,
        ]
        for one in filled.measures
    ]


def test_days_look_as_the_language_writes_them(fresh):
    assessment = fresh(1)
    for language, shape in (("de", "d.m.yyyy"), ("de-simple", "d.m.yyyy"), ("en", "dd/mm/yyyy")):
        assert opened(in_language(assessment, language)).worksheets[0]["E2"].number_format == shape


def test_the_ratings_stand_on_the_second_sheet(filled):
    head, *found = values(opened(filled)["Bewertung"])
    assert head == ["Nr.", "Checkpunkt", "Gute Praxis", "Bewertung", "Notiz", "_checkpoint"]
    assert found == [
        [one.number, str(one.title), str(one.statement), str(one.level.label), one.note or None, one.key]
        for one in filled.checkpoints
    ]


def test_the_suggestions_stand_on_the_third_with_their_marks(filled):
    head, *found = values(opened(filled)["Anregungen"])
    assert head == ["Checkpunkt", "Anregung", "Läuft schon", "In den Plan", "_suggestion"]
    entries = [entry for point in filled.checkpoints for group in point.groups for entry in group.entries]
    assert [row[1:] for row in found] == [
        [str(one.text), "x" if one.is_running else None, "x" if one.is_planned else None, one.key] for one in entries
    ]
    assert {row[4] for row in found if row[2]} == set(filled.running)


def test_what_can_be_chosen_is_offered(filled):
    book = opened(filled)
    plan, ratings, suggestions = book.worksheets[:3]
    for cell in ("2", "31", "71"):
        assert allowed(book, plan, f"A{cell}") == [f"{one.number}. {one.title}" for one in filled.checkpoints]
        assert allowed(book, plan, f"C{cell}") == ["hoch", "mittel", "niedrig"]
        assert allowed(book, plan, f"G{cell}") == ["offen", "begonnen", "erledigt", "verworfen"]
    assert allowed(book, ratings, "D2") == [str(one.label) for one in filled.levels]
    assert allowed(book, suggestions, "C2").formula1 == '"x"'


def test_days_are_checked_and_may_be_missing(filled):
    book = opened(filled)
    rule = allowed(book, book.worksheets[0], "E40")
    assert (rule.type, rule.operator or "between", rule.allowBlank) == ("date", "between", True)
    assert "28.2.2027" in rule.error
    assert rule.prompt == str(filled.columns[4].help)
    assert allowed(book, book.worksheets[0], "B40").formula1 == "300"


def test_forty_rows_are_ready_to_be_filled(filled, empty):
    for report, last in ((filled, 71), (empty, 41)):
        plan = opened(report).worksheets[0]
        assert plan.auto_filter.ref == f"A1:H{last}"
        assert {str(one.sqref).partition(":")[2][1:] for one in plan.data_validations.dataValidation} == {str(last)}


def test_the_head_stays_in_sight_and_on_every_page(filled):
    for sheet in opened(filled).worksheets[:3]:
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.auto_filter.ref
        assert "Seite &P / &N" in (sheet.oddFooter.center.text or "")


def test_each_sheet_says_on_paper_which_it_is(filled):
    heads = [sheet.oddHeader.left.text for sheet in opened(filled).worksheets[:3]]
    assert heads == [f"&B{words}&B" for words in (filled.plan_title, "Bewertung", "Anregungen")]


def test_a_note_that_is_too_long_for_its_row_shows_its_beginning(filled):
    point = replace(filled.checkpoints[0], note="- Eins\n" * 500)
    row = opened(replace(filled, checkpoints=(point, *filled.checkpoints[1:])))["Bewertung"][2]
    assert {cell.alignment.vertical or "bottom" for cell in row[:5]} == {"top"}
    assert {cell.alignment.indent for cell in row[1:5]} == {1}
    assert row[4].quotePrefix


def test_what_the_way_back_needs_is_hidden(filled):
    book = opened(filled)
    assert book.sheetnames == ["Maßnahmenplan", "Bewertung", "Anregungen", "_Stand"]
    assert book["_Stand"].sheet_state == "veryHidden"
    assert [
        sheet.column_dimensions[column].hidden for sheet, column in zip(book.worksheets[:3], "HFE", strict=True)
    ] == [True] * 3
    assert base(book) == of_report(filled)
    assert pairs(book, 3) == [
        ("Checkpunkt", "checkpoint"),
        ("Maßnahme", "measure"),
        ("Priorität", "priority"),
        ("Verantwortlich", "responsible"),
        ("Beginn", "start"),
        ("Kontrolle", "review"),
        ("Stand", "status"),
        ("_id", "id"),
    ]
    assert ("hoch", "priority/high") in pairs(book, 6)
    assert ("Zurzeit kein Handlungsbedarf", "level/gut") in pairs(book, 6)
    assert ("3. Zusammenarbeit planen", "checkpoint/planen") in pairs(book, 6)
    assert [key for _, key in pairs(book, 9)] == ["number", "title", "statement", "level", "note", "checkpoint"]
    assert [key for _, key in pairs(book, 12)] == ["title", "text", "running", "planned", "suggestion"]


def test_a_large_base_is_cut_into_pieces(filled):
    # Random ids do not shrink: many deleted rows make the base long.
    many = tuple(
        replace(filled.measures[0], id=f"{number * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128:032x}")
        for number in range(3000)
    )
    book = opened(replace(filled, deleted=many))
    found = [cell.value for cell in book["_Stand"]["A"] if cell.value]
    assert len(found) > 1
    assert {len(one) for one in found[:-1]} == {30_000}
    assert len(base(book).deleted) == 3000


def test_rows_grow_with_what_is_typed(filled):
    with zipfile.ZipFile(io.BytesIO(workbook(filled))) as file:
        assert file.testzip() is None
        sheet = file.read("xl/worksheets/sheet1.xml")
    assert b' ht="' in sheet
    assert b"customHeight" not in sheet


def test_it_says_what_it_is_and_whose(filled):
    about = opened(filled).properties
    assert about.title == f"{filled.plan_title} – {filled.name}"
    assert about.creator == filled.name
    assert about.created.date() == filled.made_on


@pytest.mark.parametrize(("language", "names"), [("de-simple", 4), ("en", 4)])
def test_every_language(fresh, language, names):
    report = in_language(fresh(3), language)
    book = opened(report)
    assert len(set(book.sheetnames)) == names
    assert [cell.value for cell in book.worksheets[0][1]][:-1] == [
        *(str(one.label) for one in report.columns),
        report.words["status"],
    ]
    assert book.worksheets[0]["C2"].value == report.measures[0].priority_words


def test_any_instrument(db, fresh):
    report = in_language(fresh(4, of=publish_edition(Draft(EXAMPLE))[0]), "de")
    book = opened(report)
    assert [cell.value for cell in book.worksheets[0][1]] == ["Thema", "Vorhaben", "Wer", "Nachsehen", "Stand", "_id"]
    assert allowed(book, book.worksheets[1], "D2") == ["Fast nie", "Manchmal", "Meistens", "Fast immer"]
    assert len(values(book.worksheets[1])) == 4


def test_a_blank_one_can_be_filled_in(blank):
    book = opened(blank)
    assert [row[3] for row in values(book["Bewertung"])[1:]] == [None] * 7
    assert base(book).assessment is None


@pytest.mark.parametrize("text", BAD, ids=lambda text: ascii(text[:20]))
def test_whatever_people_type_is_text(filled, text):
    made = workbook(saying(filled, text))
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        for name in file.namelist():
            content = file.read(name)
            ElementTree.fromstring(content, forbid_dtd=True)
            assert b"<f>" not in content
            assert b"<hyperlink" not in content
    book = openpyxl.load_workbook(io.BytesIO(made))
    plan, ratings = book.worksheets[:2]
    for cell in (*plan["B"][1:4], *plan["D"][1:4], *ratings["E"][1:]):
        assert cell.data_type == "s"
        assert len(cell.value.encode("utf-16-le")) // 2 <= MOST_SIGNS
        expected = writable(text)
        assert cell.value == expected or (cell.value.endswith("…") and expected.startswith(cell.value[:-1]))
    # openpyxl undoes Excel's own way of writing "_x0041_" in cells, but not here.
    assert book.properties.creator.replace("_x005F_", "_") == one_line(text)


@pytest.mark.parametrize("text", [one for one in FORMULAS if one[0] in "=+-@"])
def test_a_formula_stays_text_when_somebody_edits_the_cell(filled, text):
    cell = opened(saying(filled, text)).worksheets[0]["B2"]
    assert cell.quotePrefix
    assert cell.number_format == "@"
