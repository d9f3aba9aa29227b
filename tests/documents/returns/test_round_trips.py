"""What our own writers write comes back as it went out, also after another program has saved it or filled it in."""

import shutil
import subprocess
from io import BytesIO

import openpyxl
import pytest
from django.utils import translation

from brueckenschlag.documents import building
from brueckenschlag.documents.exchange.writing import exchange
from brueckenschlag.documents.office.workbook import workbook
from brueckenschlag.documents.printed.form import form_pdf
from brueckenschlag.documents.returns.compare import compare
from brueckenschlag.documents.returns.returned import only_what_is_there

LANGUAGES = ("de", "en", "de-simple")
ROW = 33  # the first one that is free
FILLED = {
    "name": "Neuer Name",
    "note/nutzen": "Neu\nauf zwei Zeilen",
    f"plan/{ROW}/text": "Draußen geschrieben",
    f"plan/{ROW}/checkpoint": "planen",
    f"plan/{ROW}/review": "1. Mai 2029",
}
CHOSEN = {"rating/planen": "gut", "running/planen/kriterien": "Yes"}


def report(assessment, language):
    with translation.override(language):
        return building.of_assessment(assessment)


def says_nothing_new(found, *, at_least: int = 300) -> bool:
    return not found.items and not found.doubts and found.same >= at_least


def test_the_exchange_file_comes_back_as_it_went_out(assessment, preview):
    assert says_nothing_new(preview(exchange(report(assessment, "de"))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_comes_back_as_it_went_out(assessment, preview, language):
    assert says_nothing_new(preview(workbook(report(assessment, language))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_comes_back_as_it_went_out(assessment, preview, language):
    assert says_nothing_new(preview(form_pdf(report(assessment, language))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_file_clears_nothing(state, understood, language):
    with translation.override(language):
        blank = building.of_instrument(state.edition_hash)
    for write in (workbook, form_pdf):
        assert not compare(only_what_is_there(understood(write(blank))), state).items


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_chosen_in_the_workbook_are_understood_in_every_language(assessment, understood, language):
    made = report(assessment, language)
    book = openpyxl.load_workbook(BytesIO(workbook(made)))
    plan, ratings, _, stand = book.worksheets
    plan["A2"].value = next(word.value for word in stand["F"] if word.value and word.value.startswith("5. "))
    plan["C2"].value, plan["G2"].value = made.priorities["medium"], made.statuses["dropped"]
    ratings["D2"].value = str(made.levels[1].label)
    data = BytesIO()
    book.save(data)
    returned = understood(data.getvalue())
    row = returned.rows[0].values
    assert (row["checkpoint"], row["priority"], row["status"]) == (made.checkpoints[4].key, "medium", "dropped")
    assert returned.levels[made.checkpoints[0].key] == made.levels[1].key
    assert returned.doubts == ()


def expect_filled(preview) -> None:
    """What FILLED and CHOSEN say has come back, and nothing else."""
    found = {(item.subject, item.of): item.file for item in preview.items if item.subject != "measure"}
    assert found == {
        ("name", ""): "Neuer Name",
        ("note", "nutzen"): "Neu\nauf zwei Zeilen",
        ("level", "planen"): "gut",
        ("running", "planen.kriterien"): "1",
    }
    (row,) = [item.file_values for item in preview.items if item.subject == "measure"]
    assert (row["text"], row["checkpoint"], row["review"]) == ("Draußen geschrieben", "planen", "2029-05-01")
    assert preview.doubts == ()


def test_a_form_filled_in_by_pypdf_comes_back(assessment, preview):
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    writer = pypdf.PdfWriter(clone_from=BytesIO(form_pdf(report(assessment, "de"))))
    values = FILLED | {name: f"/{value}" for name, value in CHOSEN.items()}
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict(values), auto_regenerate=False)
    saved = BytesIO()
    writer.write(saved)
    expect_filled(preview(saved.getvalue()))


def fdf() -> bytes:
    """The values as the usual format for filling in forms has them."""
    texts = [f"<< /T ({name}) /V <feff{value.encode('utf-16-be').hex()}> >>" for name, value in FILLED.items()]
    names = [f"<< /T ({name}) /V /{value} >>" for name, value in CHOSEN.items()]
    fields = " ".join(texts + names)
    body = f"1 0 obj\n<< /FDF << /Fields [{fields}] >> >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n"
    return f"%FDF-1.2\n{body}%%EOF\n".encode()


@pytest.mark.skipif(shutil.which("pdftk") is None, reason="pdftk is not installed (apt-get install pdftk-java)")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_filled_in_by_pdftk_comes_back(assessment, preview, language, tmp_path):
    source, data, target = (tmp_path / name for name in ("form.pdf", "data.fdf", "filled.pdf"))
    source.write_bytes(form_pdf(report(assessment, language)))
    data.write_bytes(fdf())
    subprocess.run(["pdftk", source, "fill_form", data, "output", target], check=True, capture_output=True)
    expect_filled(preview(target.read_bytes()))


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed (apt-get install qpdf)")
@pytest.mark.parametrize("how", [("--qdf", "--object-streams=disable"), ("--generate-appearances",), ("--linearize",)])
def test_a_form_saved_by_qpdf_comes_back(assessment, preview, how, tmp_path):
    source, target = tmp_path / "form.pdf", tmp_path / "saved.pdf"
    source.write_bytes(form_pdf(report(assessment, "de")))
    subprocess.run(["qpdf", *how, source, target], check=True, capture_output=True)
    assert says_nothing_new(preview(target.read_bytes()))
