"""How each kind of file is read: what stands where, however it was moved, filled in and saved."""

from datetime import date, datetime
from io import BytesIO
from uuid import UUID

import openpyxl
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from brueckenschlag.documents.exchange.model import Exchange, ExchangedMeasure, ExchangedRating, packed
from brueckenschlag.documents.returns import reading
from brueckenschlag.documents.returns.returned import FORMULA, TOO_MANY_ROWS

from . import files

ROW = ExchangedMeasure(id=UUID(int=1), checkpoint="planen", text="Anrufen", priority="high", review=date(2027, 2, 28))
STATE = Exchange(
    made_on=date(2026, 11, 26),
    instrument="zo",
    edition="1",
    edition_hash="0" * 64,
    name="Verein",
    ratings=(ExchangedRating(checkpoint="planen", level="gut", note="Notiz"),),
    running=("planen.themen",),
    measures=(ROW,),
)
LABELS: dict[str, dict[str, str]] = {"plan": {}, "ratings": {}, "suggestions": {}}


@pytest.fixture
def book():
    return files.workbook(STATE, keys=("planen",), boxes=("planen.themen", "planen.kriterien"))


def read(made):
    return reading.read(files.saved(made) if isinstance(made, openpyxl.Workbook) else made, LABELS)


def test_a_workbook_is_read_with_base_rows_ratings_and_boxes(book):
    found = read(book)
    assert found.base == packed(STATE)
    assert [(row.place, row.id) for row in found.rows] == [(2, str(ROW.id))]
    assert found.rows[0].values == {
        "checkpoint": "planen",
        "text": "Anrufen",
        "priority": "hoch",
        "responsible": "",
        "start": "",
        "review": "2027-02-28",
        "status": "offen",
    }
    assert (found.levels, found.notes) == ({"planen": "gut"}, {"planen": "Notiz"})
    assert found.running == {"planen.themen": "1", "planen.kriterien": ""}
    assert found.is_whole


def test_a_base_in_several_pieces_is_put_together(book, monkeypatch):
    monkeypatch.setattr(files, "PIECE", 40)
    assert read(files.workbook(STATE)).base == packed(STATE)


def test_sheets_may_be_renamed_and_stand_in_another_order(book):
    book["Maßnahmenplan"].title = "Unser Plan 2027"
    book.move_sheet("Anregungen", -2)
    assert read(book).rows[0].values["text"] == "Anrufen"


def test_labels_that_people_have_written_anew_are_not_guessed(book):
    book["Maßnahmenplan"]["D1"].value = "Wer?"
    assert "responsible" not in read(book).rows[0].values


def test_labels_in_other_letters_are_the_same_labels(book):
    book["Maßnahmenplan"]["D1"].value = " VERANTWORTLICH: "
    assert read(book).rows[0].values["responsible"] == ""


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        (datetime(2027, 2, 28, 12, 30), "2027-02-28"),  # noqa: DTZ001  # a workbook knows no time zones
        (date(2027, 2, 28), "2027-02-28"),
        ("28. Februar 2027", "28. Februar 2027"),
        (12, "12"),
        (12.0, "12"),
        (1.5, "1.5"),
        (True, "1"),
        ("zwei\nZeilen_x000D_", "zwei\nZeilen\r"),
        (" 'so' ", " 'so' "),
    ],
)
def test_what_stands_in_a_cell_is_read_as_a_person_would_type_it(book, typed, read_as):
    book["Maßnahmenplan"]["D2"].value = typed
    assert read(book).rows[0].values["responsible"] == read_as


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("http://example.org")', "=SUM(A1:A9)"])
def test_a_formula_is_not_calculated(book, formula):
    book["Maßnahmenplan"]["B2"].value = formula
    book["Bewertung"]["D2"].value = formula
    book["Anregungen"]["B2"].value = formula
    found = read(book)
    assert "text" not in found.rows[0].values
    assert (found.notes, "planen.themen" in found.running) == ({}, False)
    assert [one.sentence for one in found.doubts] == [FORMULA] * 3
    assert {one.words for one in found.doubts} == {formula}


def test_text_that_only_looks_like_a_formula_is_text(book):
    cell = book["Maßnahmenplan"]["B2"]
    cell.value, cell.data_type = "=1+1", "s"
    assert read(book).rows[0].values["text"] == "=1+1"


def test_an_emptied_row_is_no_row_and_an_empty_one_between_is_skipped(book):
    plan = book["Maßnahmenplan"]
    for cell in plan[2][:-1]:
        cell.value = None
    plan["B5"].value = "Weiter unten"
    found = read(book)
    assert [(row.place, row.id, row.values["text"]) for row in found.rows] == [(5, "", "Weiter unten")]
    assert found.is_whole


def test_very_many_rows_are_cut_off_with_a_word(book):
    plan = book["Maßnahmenplan"]
    for number in range(1_100):
        plan.append(["planen", f"Nummer {number}"])
    found = read(book)
    assert len(found.rows) == 1_000
    assert [one.sentence for one in found.doubts] == [TOO_MANY_ROWS]


def test_a_workbook_may_claim_any_size(book):
    book["Maßnahmenplan"]["XFD1048576"].value = "weit draußen"
    assert read(book).rows[0].values["text"] == "Anrufen"


@pytest.mark.parametrize(
    ("typed", "ticked"), [("x", "1"), ("X", "1"), ("ja", "1"), (1, "1"), ("nein", ""), ("-", ""), (0, ""), (None, "")]
)
def test_a_cross_is_whatever_is_not_a_no(book, typed, ticked):
    book["Anregungen"]["B3"].value = typed
    assert read(book).running["planen.kriterien"] == ticked


def test_a_form_is_read_with_base_texts_radios_and_boxes():
    fields = {
        "name": "Neu",
        "rating/planen": "gut",
        "rating/nutzen": "",
        "note/planen": "eins\rzwei",
        "running/planen/themen": True,
        "planned/planen/themen": False,
        "plan/2/measure": "Ohne Id",
        "plan/10/id": str(ROW.id),
        "plan/10/text": "Anrufen",
        "plan/11/status": "",
    }
    found = read(files.form(STATE, fields))
    assert (found.base, found.name) == (packed(STATE), "Neu")
    assert found.levels == {"planen": "gut", "nutzen": ""}
    assert found.notes == {"planen": "eins\rzwei"}
    assert (found.running, found.planned) == ({"planen.themen": "1"}, {"planen.themen": ""})
    assert [(row.place, row.id, row.values) for row in found.rows] == [
        (2, "", {"text": "Ohne Id"}),
        (10, str(ROW.id), {"text": "Anrufen"}),
    ]
    assert not found.is_whole


def changed(change, fields) -> bytes:
    return files.form(STATE, fields, change)


def test_a_radio_that_only_shows_its_choice_is_read_by_what_it_shows():
    def without_value(file: pikepdf.Pdf) -> None:
        del file.Root.AcroForm.Fields[0].V

    assert read(changed(without_value, {"rating/planen": "bedarf"})).levels == {"planen": "bedarf"}


def test_a_radio_with_numbers_as_states_is_read_by_its_list():
    def numbered(file: pikepdf.Pdf) -> None:
        radio = file.Root.AcroForm.Fields[0]
        radio.Opt, radio.V = Array([String("dringend"), String("bedarf"), String("gut")]), Name("/2")

    assert read(changed(numbered, {"rating/planen": "bedarf"})).levels == {"planen": "gut"}


def test_fields_in_a_tree_have_their_names_put_together():
    def moved(file: pikepdf.Pdf) -> None:
        field = file.Root.AcroForm.Fields[0]
        kind = field.FT
        del field.FT
        top = file.make_indirect(Dictionary(T=String("ganz"), FT=kind, Kids=Array([field])))
        file.Root.AcroForm.Fields[0] = top

    found = read(changed(moved, {"name": "x", "rating/planen": "gut"}))
    assert found.name is None  # it is called ganz.name now, and that is none of ours
    assert found.levels == {"planen": "gut"}


def test_fields_that_go_round_in_a_ring_come_to_an_end():
    def ring(file: pikepdf.Pdf) -> None:
        field = file.Root.AcroForm.Fields[0]
        field.Kids = Array([field])

    assert read(changed(ring, {"name": "x", "rating/planen": "gut"})).levels == {"planen": "gut"}


def test_a_long_text_in_a_stream_and_a_list_of_chosen_words_are_read():
    def other(file: pikepdf.Pdf) -> None:
        fields = file.Root.AcroForm.Fields
        fields[0].V = file.make_stream("Länger".encode())
        fields[1].FT, fields[1].V = Name.Ch, Array([String("planen")])

    found = read(changed(other, {"note/planen": "x", "plan/1/checkpoint": "y"}))
    assert found.notes == {"planen": "Länger"}
    assert found.rows[0].values == {"checkpoint": "planen"}


def test_an_exchange_file_is_its_own_base_where_it_has_none():
    found = read(STATE.model_dump_json().encode())
    assert found.base == packed(STATE)
    assert found.rows[0].values["suggestion"] == ""
    before = packed(STATE.model_copy(update={"name": "vorher"}))
    assert read(STATE.model_copy(update={"base": before}).model_dump_json().encode()).base == before


def test_a_form_saved_twice_by_appending_is_read_as_it_was_last():
    first = files.form(STATE, {"name": "zuerst", "rating/planen": "gut"})
    with pikepdf.open(BytesIO(first)) as file:
        number = next(
            one.objgen[0] for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/T") == "name"
        )
    start = first.rindex(b"startxref")
    at = len(first)
    body = (
        f"{number} 0 obj\n<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (zuletzt) /Rect [0 0 9 9] >>\nendobj\n"
    )
    before = int(first[start:].split()[1])
    size = first[:start].split(b"/Size ")[-1].split()[0].decode()
    root = first[:start].split(b"/Root ")[-1].split(b" R")[0].decode()
    table = f"xref\n{number} 1\n{at:010} 00000 n \ntrailer\n<< /Size {size} /Root {root} R /Prev {before} >>\n"
    whole = first + body.encode() + f"{table}startxref\n{at + len(body)}\n%%EOF\n".encode()
    assert read(whole).name == "zuletzt"
