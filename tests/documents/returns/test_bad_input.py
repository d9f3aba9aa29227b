"""What must not be opened is refused with a clear sentence; damaged files never make an error."""

import json
import subprocess
import sys
import zipfile
import zlib
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from brueckenschlag.documents.exchange.model import Exchange, packed
from brueckenschlag.documents.returns import exchange, pdf, reading, returned, workbook
from brueckenschlag.documents.returns.returned import Filled, RefusedError

from . import files

STATE = Exchange(made_on=date(2026, 11, 26), instrument="zo", edition="1", edition_hash="0" * 64, name="Verein")
LABELS = {"plan": {}, "ratings": {}, "suggestions": {}}
XLSX = files.saved(files.workbook(STATE, keys=("planen",)))
PDF = files.form(STATE, {"rating/planen": "gut", "note/planen": "Notiz", "running/planen/themen": True})
JSON = STATE.model_dump_json().encode()
CALC = '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'


def with_part(name: str, content: bytes | str) -> bytes:
    """The workbook with one more part."""
    made = BytesIO(XLSX)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return made.getvalue()


def changed_part(name: str, old: str, new: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(XLSX)) as package, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
        for one in package.namelist():
            data = package.read(one)
            copy.writestr(one, data.replace(old.encode(), new.encode()) if one == name else data)
    return made.getvalue()


def locked_zip() -> bytes:
    """The flag that says: this needs a password."""
    data = bytearray(XLSX)
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def other_zip(part: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(part, "<w/>")
    return made.getvalue()


def strange_workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Einkauf", "Preis"])
    return files.saved(book)


def changed_pdf(change) -> bytes:
    return files.form(STATE, {"rating/planen": "gut"}, change)


def encrypted(**how: str) -> bytes:
    made = BytesIO()
    with pikepdf.open(BytesIO(PDF)) as file:
        file.save(made, encryption=pikepdf.Encryption(**{"owner": "", "user": "", **how}))
    return made.getvalue()


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _open_action(file: pikepdf.Pdf) -> None:
    file.Root.OpenAction = script()


def _keystroke(file: pikepdf.Pdf) -> None:
    file.Root.AcroForm.Fields[0].Kids[0].AA = Dictionary(K=script())


def _named(file: pikepdf.Pdf) -> None:
    file.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script()])))


def _chained(file: pikepdf.Pdf) -> None:
    file.Root.OpenAction = Dictionary(S=Name.GoTo, Next=Array([script()]))


def _xfa(file: pikepdf.Pdf) -> None:
    file.Root.AcroForm.XFA = file.make_stream(b"<xdp/>")


def pdf_bomb(kind: str = "ObjStm", filters: str = "/FlateDecode") -> bytes:
    """A small file whose list of objects would fill the memory."""
    body = zlib.compress(b"0" * 60_000_000, 9)
    head = f"5 0 obj\n<< /Type /{kind} /N 1 /First 4 /Filter {filters} /Length {len(body)} >>\nstream\n"
    at = PDF.rindex(b"xref")
    return PDF[:at] + head.encode() + body + b"\nendstream\nendobj\n" + PDF[at:]


def plain_pdf() -> bytes:
    made, file = BytesIO(), pikepdf.new()
    file.add_blank_page()
    file.save(made)
    return made.getvalue()


def json_with(**changes: object) -> bytes:
    return json.dumps({**json.loads(JSON), **changes}).encode()


TABLE = {
    "nothing": (b"", reading.EMPTY),
    "only blanks": (b" \n ", reading.EMPTY),
    "a picture": (b"\x89PNG\r\n\x1a\n", returned.WRONG_TYPE),
    "a text": (b"Liebe Leute", returned.WRONG_TYPE),
    "a web page": (b"<!doctype html><p>", returned.WRONG_TYPE),
    "20 MB": (b"x" * 20_000_000, reading.TOO_LARGE),
    "an old or encrypted workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, reading.OLD_OR_LOCKED),
    "a Word document": (other_zip("word/document.xml"), returned.WRONG_TYPE),
    "a table of LibreOffice": (other_zip("content.xml"), workbook.NOT_A_WORKBOOK),
    "another workbook": (strange_workbook(), workbook.NOT_OURS),
    "a workbook that needs a password": (locked_zip(), workbook.LOCKED),
    "a workbook with macros": (with_part("xl/vbaProject.bin", b"x"), workbook.MACROS),
    "a workbook that may have macros": (
        changed_part("[Content_Types].xml", "spreadsheetml.sheet.main", "sheet.macroEnabled.main"),
        workbook.MACROS,
    ),
    "a workbook with external links": (with_part("xl/externalLinks/externalLink1.xml", CALC), workbook.LINKED),
    "a workbook with a connection": (with_part("xl/connections.xml", CALC), workbook.LINKED),
    "a workbook with something embedded": (with_part("xl/embeddings/oleObject1.bin", b"x"), workbook.LINKED),
    "a zip bomb": (with_part("xl/media/x.xml", b"0" * 39_000_000), workbook.BOMB),
    "a zip bomb of many parts": (
        with_part("xl/a.xml", "".join(map(str, range(2_400_000)))),
        workbook.BOMB,
    ),
    "entities": (with_part("xl/x.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), workbook.DAMAGED),
    "entities in another coding": (with_part("xl/x.xml", "<!DOCTYPE x><x/>".encode("utf-16")), workbook.DAMAGED),
    "half a workbook": (XLSX[: len(XLSX) // 2], workbook.DAMAGED),
    "a workbook without its end": (XLSX[:-30], workbook.DAMAGED),
    "a workbook with a broken sheet": (changed_part("xl/worksheets/sheet1.xml", "</row>", "</rox>"), workbook.DAMAGED),
    "half a form": (PDF[: len(PDF) // 2], pdf.DAMAGED),
    "a form without its end": (PDF[:-20], pdf.DAMAGED),
    "only the first line of a form": (b"%PDF-1.7\n%%EOF", pdf.DAMAGED),
    "a form that needs a password": (encrypted(user="geheim"), pdf.LOCKED),
    "a form that is protected": (encrypted(owner="geheim"), pdf.LOCKED),
    "a form with XFA": (changed_pdf(_xfa), pdf.XFA),
    "a form that starts a script": (changed_pdf(_open_action), pdf.SCRIPT),
    "a form with a script at a field": (changed_pdf(_keystroke), pdf.SCRIPT),
    "a form with named scripts": (changed_pdf(_named), pdf.SCRIPT),
    "a form with a script behind another action": (changed_pdf(_chained), pdf.SCRIPT),
    "a bomb in a form": (pdf_bomb(), pdf.BOMB),
    "a bomb in the table of a form": (pdf_bomb("XRef"), pdf.BOMB),
    "a form with more objects than any form has": (
        PDF.replace(b"startxref", b"1 0 obj " * 50_000 + b"startxref"),
        pdf.BOMB,
    ),
    "a form packed twice": (pdf_bomb(filters="[/FlateDecode /FlateDecode]"), pdf.BOMB),
    "another PDF": (plain_pdf(), pdf.NOT_OURS),
    "another JSON": (b'{"name": "x"}', exchange.NOT_OURS),
    "a broken JSON": (JSON[:-5], exchange.DAMAGED),
    "a JSON without end": (b'{"a":' * 100_000, exchange.DAMAGED),
    "a JSON of a newer version": (json_with(version=2), exchange.NEWER_FORMAT),
    "a JSON with an unknown field": (json_with(more=1), exchange.DAMAGED),
    "a JSON with a name that is too long": (json_with(name="x" * 121), exchange.DAMAGED),
}


@pytest.mark.parametrize("name", TABLE)
def test_what_must_not_be_opened_is_refused_with_a_sentence(name):
    data, sentence = TABLE[name]
    with pytest.raises(RefusedError) as refused:
        reading.read(data, LABELS)
    assert refused.value.sentence == sentence
    assert str(refused.value).endswith(".")


def test_the_files_of_this_page_are_read_when_nothing_is_wrong_with_them():
    for data, kind in ((XLSX, "workbook"), (PDF, "form"), (JSON, "exchange")):
        assert reading.read(data, LABELS).kind == kind
    assert reading.read(b"\xef\xbb\xbf\r\n" + JSON, LABELS).name == "Verein"
    assert reading.read(json_with(base="kaputt"), LABELS).base


@settings(max_examples=60, deadline=None)
@given(st.sampled_from((XLSX, PDF, JSON)), st.data())
def test_a_file_with_some_bytes_changed_is_read_or_refused(data, draw):
    broken = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 6))):
        broken[draw.draw(st.integers(0, len(broken) - 1))] = draw.draw(st.integers(0, 255))
    end = draw.draw(st.integers(1, len(broken)))
    for one in (bytes(broken), bytes(broken[:end])):
        try:
            assert isinstance(reading.read(one, LABELS), Filled)
        except RefusedError:
            continue


def test_a_base_that_would_unpack_to_too_much_counts_as_lost():
    import base64

    from brueckenschlag.documents.returns.understanding import base_of

    bomb = base64.urlsafe_b64encode(zlib.compress(b" " * 30_000_000, 9)).decode()
    assert base_of(Filled("form", base=bomb)) is None
    assert base_of(Filled("form", base="kein Wort von uns")) is None
    assert base_of(Filled("form", base=packed(STATE))) == STATE


def largest_workbook() -> bytes:
    """As much as the limits allow: long texts in all rows that are read, and many rows below."""
    book = files.workbook(STATE)
    for number in range(18_000):
        text = f"{number} " + "".join(hex(number * other)[2:] for other in range(2, 62))[:290]
        book["Maßnahmenplan"].append(["planen", text, "hoch", text[:120], None, None, None, None])
    return files.saved(book)


def largest_form() -> bytes:
    """Very many objects."""

    def more(file: pikepdf.Pdf) -> None:
        many = [file.make_indirect(Dictionary(T=String("x" * 20), A=Array([1, 2]))) for _ in range(39_000)]
        file.Root.More = Array(many)

    return changed_pdf(more)


def largest_exchange() -> bytes:
    measures = [
        {"id": f"00000000-0000-0000-0000-{n:012}", "checkpoint": "planen", "text": "ä" * 290, "priority": "high"}
        for n in range(4_500)
    ]
    return json_with(measures=measures[:300], deleted=measures)


# The highest mark of this process alone: what getrusage says starts with the memory of the one that started it.
MEASURED = """
import sys
from brueckenschlag.documents.returns import reading
from brueckenschlag.documents.returns.returned import RefusedError
try:
    said = reading.read(open(sys.argv[1], "rb").read(), {"plan": {}, "ratings": {}, "suggestions": {}}).kind
except RefusedError:
    said = "refused"
print(said, next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
HEAVY = {
    "a workbook": (largest_workbook, "workbook"),
    "a form": (largest_form, "form"),
    "an exchange file": (largest_exchange, "exchange"),
    "a bomb in a form": (pdf_bomb, "refused"),
    "a zip bomb": (lambda: TABLE["a zip bomb"][0], "refused"),
    "a zip bomb of many parts": (lambda: TABLE["a zip bomb of many parts"][0], "refused"),
    "a JSON of blanks": (lambda: b"{" + b" " * 9_000_000, "refused"),
    "a JSON of brackets": (lambda: b'{"a":' + b"[" * 9_000_000, "refused"),
}


@pytest.mark.parametrize("name", HEAVY)
def test_no_file_takes_more_than_200_megabytes(name, tmp_path):
    make, expected = HEAVY[name]
    file = Path(tmp_path / "file")
    file.write_bytes(make())
    assert file.stat().st_size <= reading.MOST_BYTES
    done = subprocess.run([sys.executable, "-c", MEASURED, str(file)], capture_output=True, text=True, check=True)
    said, kilobytes = done.stdout.split()
    print(f"{name}: {file.stat().st_size} bytes, {int(kilobytes) // 1024} MB")
    assert said == expected
    assert int(kilobytes) * 1024 <= 200_000_000
