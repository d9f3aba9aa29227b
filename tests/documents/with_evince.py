"""The form filled in and saved by the real Evince: part of `make test-office`, not of `make test`."""

import json
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from brueckenschlag.documents.printed.form import form_pdf
from brueckenschlag.documents.returns.pdf import read

from .form_fields import BOXES, CHOICES, ENTERED, RADIOS, TEXTS, inconsistent, values

SYSTEM_PYTHON = "/usr/bin/python3"
PACKAGES = "Evince is missing: apt-get install evince python3-gi gir1.2-evince-3.0"
SCRIPT = Path(__file__).with_name("evince.py")


def middle(page: pikepdf.Page, widget: pikepdf.Object) -> tuple[float, float]:
    """Of a field on its page, counted from the top left."""
    left, low, right, high = (float(one) for one in widget.Rect)
    return (left + right) / 2, float(page.mediabox[3]) - (low + high) / 2


def entries(form: bytes) -> list[list[object]]:
    """What is entered, as `evince.py` wants it: which widget is meant, and the words that its lists show."""
    found = []
    with pikepdf.open(BytesIO(form)) as pdf:
        for number, page in enumerate(pdf.pages):
            for widget in page.get("/Annots", []):
                name = str(widget.get("/T") or (widget.Parent.T if "/Parent" in widget else ""))
                value: object = TEXTS.get(name)
                if name in CHOICES:
                    value = next(str(words) for key, words in widget.Opt if str(key) == CHOICES[name])
                if name in BOXES:
                    value = BOXES[name] != "Off"
                if name in RADIOS and f"/{RADIOS[name]}" in widget.AP.N:
                    value = True
                if value is not None:
                    found.append([number, *middle(page, widget), value])
    return found


@pytest.fixture
def fill_in(tmp_path):
    """Lets Evince fill in a form; gives the saved file, and what Evince says stands in it."""
    assert shutil.which("evince"), PACKAGES
    form, filled = tmp_path / "form.pdf", tmp_path / "filled.pdf"

    def run(content: bytes) -> tuple[bytes, list[object]]:
        form.write_bytes(content)
        done = subprocess.run(
            [SYSTEM_PYTHON, str(SCRIPT), str(form), str(filled)],
            input=json.dumps(entries(content)),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{PACKAGES}\n{done.stderr}"
        return filled.read_bytes(), json.loads(done.stdout)

    return run


def test_evince_fills_in_every_kind_of_field_and_it_comes_back(filled, fill_in):
    form = form_pdf(filled)
    back, told = fill_in(form)
    assert told == [entry[-1] for entry in entries(form)]
    assert values(back) == values(form) | ENTERED
    assert list(inconsistent(back)) == []
    before, after = read(form), read(back)
    assert after.base == before.base
    assert after.levels["nutzen"] == "bedarf"
    assert next(row.values["text"] for row in after.rows if row.place == 31) == TEXTS["plan/31/text"]
