"""Whatever people type, in every format: never an error, never a formula, always the same text again."""

import csv
import io
import re
from dataclasses import replace

import docx
import openpyxl
import pytest
from defusedxml import ElementTree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from brueckenschlag.documents.office.appointments import appointments
from brueckenschlag.documents.office.signs import one_line, writable
from brueckenschlag.documents.office.table import table
from brueckenschlag.documents.office.word import word
from brueckenschlag.documents.office.workbook import workbook
from brueckenschlag.documents.office.writer import MOST_SIGNS, fitting

from .texts import BAD, saying

# The Report is only read, so it may serve all examples.
with_report = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
texts = st.text(min_size=1, max_size=200) | st.text("=+-@\t\r\n'\"; _x0\\N,", min_size=1, max_size=20)


@pytest.fixture
def small(filled):
    """Three measures, so that a failure can be shown."""
    return replace(filled, measures=filled.measures[:3], checkpoints=filled.checkpoints[:1], glossary=(), sections=())


@given(st.text(st.characters()))
def test_what_is_written_is_good_xml(text):
    said = writable(text)
    assert "\r" not in said
    ElementTree.fromstring(f"<a>{said.replace('&', '').replace('<', '').replace(']]>', '')}</a>".encode())


@pytest.mark.parametrize("text", [*BAD, "x" * MOST_SIGNS, "x" * (MOST_SIGNS + 1), "😀" * (MOST_SIGNS // 2)])
def test_a_cell_holds_what_fits(text):
    kept = fitting(text)
    assert len(kept.encode("utf-16-le")) // 2 <= MOST_SIGNS
    assert kept == writable(text) or kept.endswith("…")


@with_report
@given(text=texts)
def test_word(small, text):
    document = docx.Document(io.BytesIO(word(saying(small, text))))
    assert {row.cells[1].text for row in document.tables[1].rows[1:]} == {writable(text)}


@with_report
@given(text=texts)
def test_workbook(small, text):
    plan = openpyxl.load_workbook(io.BytesIO(workbook(saying(small, text)))).worksheets[0]
    assert {cell.data_type for cell in plan["B"][1:4] if cell.value} <= {"s"}
    assert {cell.value for cell in plan["B"][1:4]} == {writable(text) or None}


@with_report
@given(text=texts)
def test_table(small, text):
    made = table(saying(small, text)).decode("utf-8-sig")
    found = {row[1] for row in csv.reader(io.StringIO(made, newline=""), delimiter=";")} - {"Maßnahme"}
    assert found in ({writable(text)}, {f"'{writable(text)}"})
    assert not any(re.match(r"\s*[=+\-@]", one) for one in found)


@with_report
@given(text=texts)
def test_calendar(small, text):
    found = Calendar.from_ical(appointments(saying(small, text))).walk("VEVENT")
    said = {str(one["summary"]).partition(":")[2].strip().replace("\\\u2060N", "\\N") for one in found}
    assert said == {one_line(text)}
