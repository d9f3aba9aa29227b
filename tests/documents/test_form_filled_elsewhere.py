"""The form filled in and saved by programs that are not ours: nothing is lost, nothing else changes.

What a browser does is shown in e2e/test_form_in_the_viewer.py.
"""

import codecs
import re
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from brueckenschlag.documents.printed.form import form_pdf

from .form_fields import BOXES, CHOICES, ENTERED, RADIOS, TEXTS, inconsistent, values

Program = Callable[[bytes, Path], bytes]


def with_pypdf(form: bytes, folder: Path) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(form)))
    ticks = {name: f"/{state}" for name, state in (RADIOS | BOXES).items()}
    for page in writer.pages:
        if "/Annots" in page:
            writer.update_page_form_field_values(page, TEXTS | CHOICES | ticks, auto_regenerate=False)
    saved = BytesIO()
    writer.write(saved)
    return saved.getvalue()


def with_pdftk(form: bytes, folder: Path) -> bytes:
    if not shutil.which("pdftk"):
        pytest.skip("pdftk is not installed (Debian package pdftk-java)")
    (folder / "form.pdf").write_bytes(form)
    (folder / "entered.fdf").write_bytes(as_fdf())
    command = ["pdftk", "form.pdf", "fill_form", "entered.fdf", "output", "filled.pdf"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return (folder / "filled.pdf").read_bytes()


def as_fdf() -> bytes:
    """What is entered, in the format that programs exchange form data in."""

    def text(words: str) -> str:
        signs = codecs.BOM_UTF16_BE + words.encode("utf-16-be")
        return f"<{signs.hex()}>"

    fields = [f"<</T{text(name)}/V{text(words)}>>" for name, words in (TEXTS | CHOICES).items()]
    fields += [f"<</T{text(name)}/V/{state}>>" for name, state in (RADIOS | BOXES).items()]
    body = f"1 0 obj<</FDF<</Fields[{''.join(fields)}]>>>>endobj"
    return f"%FDF-1.2\n{body}\ntrailer<</Root 1 0 R>>\n%%EOF".encode("ascii")


def with_qpdf(form: bytes, folder: Path) -> bytes:
    """Filled by pypdf, then written anew by another program, uncompressed and with looks of its own."""
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    (folder / "form.pdf").write_bytes(with_pypdf(form, folder))
    command = ["qpdf", "--qdf", "--object-streams=disable", "--generate-appearances", "form.pdf", "filled.pdf"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return (folder / "filled.pdf").read_bytes()


@pytest.mark.parametrize("fill_in", [with_pypdf, with_pdftk, with_qpdf])
def test_what_is_entered_comes_back_and_all_else_stays(filled, tmp_path, fill_in: Program):
    form = form_pdf(filled)
    back = fill_in(form, tmp_path)
    assert values(back) == values(form) | ENTERED
    assert list(inconsistent(back)) == []


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_what_is_entered_is_drawn_by_another_program(filled, tmp_path):
    (tmp_path / "form.pdf").write_bytes(form_pdf(filled))
    command = ["pdftotext", "-raw", "form.pdf", "-"]
    drawn = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    words = close(drawn)
    assert close(filled.name) in words
    for row in filled.measures:
        assert close(row.text) in words
        assert close(row.responsible) in words
    assert close(filled.checkpoints[2].note) in words
    assert filled.day(filled.measures[29].review) in words


def close(words: str) -> str:
    """Without gaps and hyphens, which depend on where lines end."""
    return re.sub(r"[\s\u00ad\u2010-]", "", words)
