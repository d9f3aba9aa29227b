"""The table of plain text, read back by Python's csv."""

import csv
import io
from dataclasses import replace

import pytest

from brueckenschlag.assessments.operations import publish_edition
from brueckenschlag.documents.office.signs import writable
from brueckenschlag.documents.office.table import table
from brueckenschlag.instruments.loader import Draft

from .conftest import in_language
from .texts import BAD, EXAMPLE, FORMULAS, saying


def read(report):
    return list(csv.reader(io.StringIO(table(report).decode("utf-8-sig"), newline=""), delimiter=";"))


def test_it_holds_every_measure(filled):
    head, *found = read(filled)
    assert head == ["Checkpunkt", "Maßnahme", "Priorität", "Verantwortlich", "Beginn", "Kontrolle", "Stand"]
    assert found == [
        [
            f"{one.checkpoint_number}. {one.checkpoint_title}",
            one.text,
            one.priority_words,
            one.responsible,
            filled.day(one.start),
            filled.day(one.review),
            one.status_words,
        ]
        for one in filled.measures
    ]
    assert found[0][4] == "20.4.2027"


def test_excel_knows_it_by_the_mark_in_front(filled):
    made = table(filled)
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.count(b"\r\n") == 31
    assert b"\n" not in made.replace(b"\r\n", b"")


def test_days_in_english_cannot_be_taken_for_others(fresh):
    head, first, *_ = read(in_language(fresh(3), "en"))
    assert head[-3:] == ["Start", "Review", "Status"]
    assert first[4] == "2027-01-11"


def test_without_days_the_cells_are_empty(filled):
    bare = replace(filled, measures=(replace(filled.measures[0], start=None, review=None, responsible=""),))
    assert read(bare)[1][3:6] == ["", "", ""]


def test_an_empty_plan_has_its_headers(empty):
    assert len(read(empty)) == 1


def test_any_instrument(db, fresh):
    found = read(in_language(fresh(2, of=publish_edition(Draft(EXAMPLE))[0]), "de"))
    assert found[0] == ["Thema", "Vorhaben", "Wer", "Nachsehen", "Stand"]
    assert {len(row) for row in found} == {5}


@pytest.mark.parametrize("text", BAD, ids=lambda text: ascii(text[:20]))
def test_whatever_people_type_is_text(filled, text):
    found = [row[1] for row in read(saying(filled, text))[1:]]
    expected = writable(text)
    assert found in ([expected] * 3, [f"'{expected}"] * 3)


@pytest.mark.parametrize("text", [one for one in FORMULAS if not one.startswith("'")])
def test_a_formula_has_an_apostrophe_in_front(filled, text):
    assert [row[1] for row in read(saying(filled, text))[1:]] == [f"'{text}"] * 3
