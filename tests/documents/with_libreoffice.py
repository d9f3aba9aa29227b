"""Word document, workbook and table in the real LibreOffice: `make test-office`. Not part of `make test`.

The file's name keeps it out of the usual run on purpose: there is nothing to skip, and here nothing may be skipped.
"""

import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pypdf
import pytest

from brueckenschlag.documents.exchange.model import of_report, unpacked
from brueckenschlag.documents.office.table import table
from brueckenschlag.documents.office.word import word
from brueckenschlag.documents.office.workbook import workbook

from .conftest import in_language
from .texts import BAD, FORMULAS, each_saying

# How LibreOffice reads the table: 59 is the semicolon, 34 the quotation mark, 76 is UTF-8; formulas are calculated.
CALCULATING = "--infilter=CSV:59,34,76,1,,0,false,true,false,false,false,-1,true"
SHORT = [text for text in BAD if len(text) < 1000]


@pytest.fixture(scope="session")
def profile(tmp_path_factory):
    return tmp_path_factory.mktemp("profile")


@pytest.fixture
def convert(profile, tmp_path):
    """Lets LibreOffice open a file and write it in another format; gives the bytes."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: apt-get install libreoffice-writer libreoffice-calc"

    def run(content: bytes, name: str, to: str, *more: str) -> bytes:
        source, target = tmp_path / name, tmp_path / "out"
        source.write_bytes(content)
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", *more, "--convert-to", to]
        done = subprocess.run(
            [*command, "--outdir", str(target), str(source)], capture_output=True, text=True, timeout=120, check=True
        )
        found = list(target.glob(f"{Path(name).stem}.*"))
        assert found, done.stdout + done.stderr
        return found[0].read_bytes()

    return run


def sheets(made):
    return pypdf.PdfReader(io.BytesIO(made)).pages


def pages(made):
    return [" ".join(page.extract_text().split()) for page in sheets(made)]


def kept(made, name):
    """Keeps a file to look at, where the environment says so."""
    folder = os.environ.get("PICTURES")
    if folder:
        Path(folder, name).write_bytes(made)
    return made


@pytest.mark.parametrize("language", ["de", "de-simple", "en"])
def test_the_word_document_opens_and_prints(convert, fresh, language):
    report = in_language(fresh(30), language)
    made = kept(convert(word(report), "word.docx", "pdf"), f"word-{language}.pdf")
    found = pages(made)
    assert 8 <= len(found) <= 14
    text = " ".join(found)
    for one in report.measures:
        assert one.text in text
    assert f"{report.words['page']} 2 / {len(found)}" in found[1]
    wide = [page for page in sheets(made) if page.mediabox.width > page.mediabox.height]
    assert 1 < len(wide) < len(found)
    assert all(str(report.columns[3].label) in page.extract_text() for page in wide), "the head repeats"


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_workbook_opens_and_prints(convert, fresh, language):
    report = in_language(fresh(30), language)
    made = kept(convert(workbook(report), "book.xlsx", "pdf"), f"workbook-{language}.pdf")
    found = pages(made)
    # Rows prepared for more measures are not printed, nor is the hidden sheet.
    assert len(found) <= 8
    assert all(page.mediabox.width > page.mediabox.height for page in sheets(made))
    text = re.sub(r"\s", "", "".join(found))
    for one in report.measures:
        assert re.sub(r"\s", "", one.text) in text
    assert sum(str(report.columns[3].label) in page for page in found) == 2
    assert not any(one.id in text for one in report.measures)


def test_saved_by_libreoffice_the_workbook_still_has_all_that_the_way_back_needs(convert, filled):
    before = openpyxl.load_workbook(io.BytesIO(workbook(filled)))
    after = openpyxl.load_workbook(io.BytesIO(convert(workbook(filled), "book.xlsx", "xlsx")))
    assert after.sheetnames == before.sheetnames
    for sheet, was in zip(after.worksheets, before.worksheets, strict=True):
        width = was.max_column
        assert _values(sheet, width) == _values(was, width)
    assert after["_Stand"].sheet_state in ("hidden", "veryHidden")
    plan = after.worksheets[0]
    assert plan.column_dimensions["H"].hidden
    assert [plan.cell(row, 8).value for row in range(2, 32)] == [one.id for one in filled.measures]
    assert unpacked("".join(cell.value for cell in after["_Stand"]["A"] if cell.value)) == of_report(filled)
    assert {one.type for one in plan.data_validations.dataValidation} >= {"list", "date"}
    assert plan["E2"].is_date
    # The frozen head belongs to the window, and LibreOffice without a window forgets it.


def _values(sheet, width):
    found = [list(row) for row in sheet.iter_rows(max_col=width, values_only=True)]
    while found and not any(found[-1]):
        found.pop()
    return found


def test_whatever_people_type_is_text_there_too(convert, filled):
    report = each_saying(filled, SHORT)
    before = openpyxl.load_workbook(io.BytesIO(workbook(report))).worksheets[0]
    after = openpyxl.load_workbook(io.BytesIO(convert(workbook(report), "book.xlsx", "xlsx"))).worksheets[0]
    for row in range(2, len(SHORT) + 2):
        for column in "BD":
            assert after[f"{column}{row}"].data_type == "s"
            assert after[f"{column}{row}"].value == before[f"{column}{row}"].value
    assert convert(word(report), "word.docx", "pdf").startswith(b"%PDF")


def test_the_table_of_plain_text_holds_no_formula(convert, filled):
    made = convert(table(each_saying(filled, FORMULAS)), "table.csv", "xlsx", CALCULATING)
    sheet = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    assert {cell.data_type for column in "BD" for cell in sheet[column][1:]} == {"s"}


def test_without_the_apostrophe_it_would_be_calculated(convert):
    made = convert(b'"a"\r\n"=1+1"\r\n"\'=1+1"\r\n', "table.csv", "xlsx", CALCULATING)
    sheet = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    assert [cell.data_type for cell in sheet["A"]] == ["s", "f", "s"]
