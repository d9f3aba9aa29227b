"""Workbooks that the real LibreOffice has saved come back: part of `make test-office`, not of `make test`."""

import shutil
import subprocess
from io import BytesIO

import openpyxl
import pytest
from django.utils import translation

from brueckenschlag.documents import building
from brueckenschlag.documents.office.workbook import workbook

EXCEL = "xlsx:Calc MS Excel 2007 XML"


@pytest.fixture
def saved_by_libreoffice(tmp_path):
    """Lets LibreOffice open a file and save it in these formats one after the other; the bytes of the last."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: apt-get install libreoffice-calc"

    def save(content: bytes, *formats: str) -> bytes:
        file = tmp_path / "plan.xlsx"
        file.write_bytes(content)
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        for number, to in enumerate(formats):
            folder = tmp_path / str(number)
            command = [program, "--headless", profile, "--convert-to", to, "--outdir", folder, file]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            file = folder / f"plan.{to.partition(':')[0]}"
        return file.read_bytes()

    return save


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("formats", [(EXCEL,), ("ods", EXCEL), ("fods", EXCEL)])
def test_a_workbook_saved_by_libreoffice_says_nothing_new(assessment, preview, saved_by_libreoffice, language, formats):
    with translation.override(language):
        data = workbook(building.of_assessment(assessment))
    found = preview(saved_by_libreoffice(data, *formats))
    assert (found.items, found.doubts) == ((), ())
    assert found.same >= 300


def test_what_was_typed_before_libreoffice_saved_it_comes_back(assessment, preview, saved_by_libreoffice):
    book = openpyxl.load_workbook(BytesIO(workbook(building.of_assessment(assessment))))
    plan = book.worksheets[0]
    plan["D2"].value, plan["E2"].value = "Frau Yılmaz", "28. Februar 2027"
    plan["A33"].value, plan["B33"].value = "3", "Neu aus der Sitzung"
    plan["B4"].value = "=1+1"
    data = BytesIO()
    book.save(data)
    found = preview(saved_by_libreoffice(data.getvalue(), EXCEL))
    said = {(item.field or item.subject): item.file for item in found.items}
    assert said["responsible"] == "Frau Yılmaz"
    assert said["start"] == "2027-02-28"
    assert [item.file_values["text"] for item in found.items if item.subject == "measure"] == ["Neu aus der Sitzung"]
    assert [one.place.field for one in found.doubts] == ["text"]
