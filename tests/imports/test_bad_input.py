"""What must not be read is refused with file, place and a sentence, and leaves nothing behind."""

import struct
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from random import Random
from time import perf_counter
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from pypdf import PdfWriter

from brueckenschlag.imports import files, rules
from brueckenschlag.imports.drafts import import_document
from brueckenschlag.imports.lines import RefusedError
from brueckenschlag.imports.readers import package
from brueckenschlag.imports.readers import pdf as pdf_reader
from brueckenschlag.imports.structure import NO_CHECKPOINTS
from tests.imports.as_docx import as_docx, changed, in_document
from tests.imports.as_pdf import Text, as_pdf, assembled, pdf, stream
from tests.imports.as_text import as_text
from tests.imports.example import EXAMPLE

DOCX, PDF = as_docx(EXAMPLE), as_pdf(EXAMPLE)
MAIN = "word/document.xml"
DTD = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{more}]>'
LAUGHS = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 12)).replace("&a0;", "&a;")


def zipped(members: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", method) as new:
        for name, content in members.items():
            new.writestr(name, content)
    return file.getvalue()


# --- kind and size


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("alt.doc", files.OLD_WORD),
        ("makro.docm", files.MACROS),
        ("vorlage.dotm", files.MACROS),
        ("tabelle.xlsx", files.OTHER),
        ("ohne-endung", files.OTHER),
        ("seite.html", files.OTHER),
    ],
)
def test_other_formats_are_refused_by_their_ending(refused, name, sentence):
    assert refused("Text", name) == sentence


def test_a_file_that_is_not_there_is_refused(refused):
    assert refused(None, "fehlt.txt") == "Diese Datei gibt es nicht."


def test_a_folder_is_no_document(tmp_path, refused):
    (tmp_path / "ordner.txt").mkdir()
    assert refused(None, "ordner.txt") == "Diese Datei gibt es nicht."


@pytest.mark.parametrize("ending", [".txt", ".docx", ".pdf"])
def test_50_megabytes_are_refused_unread(tmp_path, refused, ending, monkeypatch):
    with (tmp_path / f"riesig{ending}").open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("was read"))
    assert refused(None, f"riesig{ending}") == "Die Datei ist zu groß: 50 MB, erlaubt sind 20 MB."


@pytest.mark.parametrize(
    ("content", "name"), [(PDF, "a.docx"), (DOCX, "a.pdf"), (DOCX, "a.txt"), (PDF, "a.txt"), (b"Text", "a.pdf")]
)
def test_what_is_not_what_its_ending_says_is_refused(refused, content, name):
    assert refused(content, name) == files.NOT_WHAT_IT_SAYS.format(ending=name[1:])


@pytest.mark.parametrize("name", ["a.docx", "a.txt", "a.pdf"])
def test_files_with_a_password_from_word_and_old_word_files_are_refused(refused, name):
    assert refused(files.OLE + b"\0" * 1000, name) == files.OLD_WORD


def test_more_text_than_any_praxishilfe_has_is_refused(refused):
    assert refused("Wort " * 300_000) == rules.TOO_MUCH_TEXT
    assert refused("a\n" * 30_000) == rules.TOO_MUCH_TEXT
    assert refused("ä" * 4_100_000) == rules.TOO_MUCH_TEXT


# --- text


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_wrong_encoding_is_refused_at_its_line(refused, encoding):
    text = "erste Zeile\nUnterstützung"
    place = "2" if encoding == "latin-1" else "1"
    assert refused(text.encode(encoding)).startswith(f"{place}: Hier ist die Datei nicht als UTF-8 gespeichert.")


def test_letters_that_were_saved_wrongly_before_are_refused(refused):
    text = as_text(EXAMPLE).replace("Maßnahmenplan", "Maßnahmenplan".encode().decode("cp1252"))
    assert refused(text).startswith("66: Umlaute sind falsch gespeichert (hier „Ã“)")


def test_a_letter_that_got_lost_is_refused(refused):
    assert refused("erste Zeile\nUnterst\ufffdtzung").startswith("2: Umlaute sind falsch gespeichert")


def test_binary_content_is_refused(refused):
    assert refused(b"Text\n\0\1\2").startswith("2: Hier stehen Zeichen, die in keinem Text vorkommen.")


@pytest.mark.parametrize("text", ["", " \n\n ", "\ufeff"])
def test_an_empty_text_is_refused(refused, text):
    assert refused(text) == "Die Datei ist leer."


@pytest.mark.parametrize(
    "html",
    ["<script>alert(1)</script>", "<b>fett</b>", "</p>", "<!-- so -->", "< img src=x onerror=alert(1)>", "<?php ?>"],
)
def test_html_is_refused_at_its_line(refused, html):
    text = as_text(EXAMPLE).replace("Beim Straßenfest", f"{html} Beim Straßenfest")
    assert refused(text).startswith("51: Hier steht HTML oder ein Skript (")


def test_html_in_word_is_refused_at_its_place(refused):
    word = changed(DOCX, in_document("Beim Straßenfest", "&lt;script&gt;Beim Straßenfest"))
    assert refused(word, "a.docx").startswith("27: Hier steht HTML oder ein Skript (<s…)")


def test_html_in_pdf_is_refused_at_its_place(refused):
    printed = pdf([[Text(70, 80, "Dies ist ein Text"), Text(70, 95, "mit einem <iframe src=x> darin")]])
    assert refused(printed, "a.pdf").startswith("1:2: Hier steht HTML oder ein Skript (<i…)")


def test_a_text_without_checkpoints_is_refused(refused):
    assert refused("Ein Brief\n\nSehr geehrte Damen und Herren,\n- eins\n- zwei\n") == NO_CHECKPOINTS


# --- .docx


def test_macros_are_refused_under_any_name(refused):
    assert refused(changed(DOCX, {"word/vbaProject.bin": "x"}), "a.docx").endswith(files.MACROS)
    relation = (
        '<Relationship Id="r9" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="x"/>'
    )
    hidden = changed(DOCX, {"word/_rels/document.xml.rels": lambda text: text.replace("</Rel", relation + "</Rel", 1)})
    assert refused(hidden, "a.docx") == f"word/_rels/document.xml.rels: {files.MACROS}"


def test_a_zip_bomb_of_one_file_is_refused(refused):
    assert refused(zipped({MAIN: b"a" * 19_000_000}), "a.docx") == f"{MAIN}: {package.BOMB}"


def test_names_in_the_zip_cannot_write_to_the_terminal(refused):
    assert refused(zipped({"\x1b[2Jvba\nProject/vbaProject.bin": b""}), "a.docx").startswith("?[2Jvba?Project/vba")


def test_a_zip_bomb_of_many_files_is_refused(refused):
    # Packed 100 to 1 each, which a single file may be.
    part = b"".join(struct.pack("<I", number * 2654435761 % 2**32) + b"a" * 700 for number in range(14_000))
    assert refused(zipped({f"{number}.xml": part for number in range(11)}), "a.docx") == package.BOMB


def test_a_zip_of_too_many_files_is_refused(refused):
    assert refused(zipped({f"{number}.xml": b"" for number in range(2_001)}), "a.docx") == package.BOMB


def test_a_zip_that_says_less_than_it_holds_is_refused(refused):
    data = changed(DOCX, {MAIN: "a" * 900_000})
    short = data.replace(struct.pack("<I", 900_000), struct.pack("<I", 900))
    assert short != data
    assert refused(short, "a.docx") == f"{MAIN}: {package.DAMAGED}"


def test_a_zip_with_a_password_is_refused(refused):
    with ZipFile(BytesIO(DOCX)) as opened:
        first = opened.infolist()[0]
        place = opened.start_dir
    locked = bytearray(DOCX)
    locked[6] |= 1
    locked[place + 8] |= 1
    assert refused(bytes(locked), "a.docx") == f"{first.filename}: {files.OLD_WORD}"


@pytest.mark.parametrize("part", [MAIN, "word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "_rels/.rels"])
@pytest.mark.parametrize(
    "more", [LAUGHS, '<!ENTITY b SYSTEM "file:///etc/passwd">', '<!ENTITY % p SYSTEM "http://example.org/x">'],
    ids=["laughs", "file", "other host"],
)  # fmt: skip
def test_entities_are_refused_in_every_part(refused, part, more):
    with ZipFile(BytesIO(DOCX)) as opened:
        text = opened.read(part).decode()
    begin = text.index("?>") + 2 if text.startswith("<?xml") else 0
    attacked = text[:begin] + DTD.format(more=more) + text[begin:]
    assert refused(changed(DOCX, {part: attacked}), "a.docx") == f"{part}: {package.ENTITIES}"


def test_entities_in_another_encoding_are_refused_too(refused):
    attacked = ('<?xml version="1.0" encoding="UTF-16"?>' + DTD.format(more=LAUGHS) + "<x>&a9;</x>").encode("utf-16")
    with ZipFile(BytesIO(DOCX)) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    assert refused(zipped(members | {MAIN: attacked}), "a.docx") == f"{MAIN}: {package.ENTITIES}"


@pytest.mark.parametrize(
    "change", [lambda text: text[:-30], lambda _: "", lambda text: text.replace("utf-8", "utf-77")]
)
def test_broken_xml_is_refused(refused, change):
    data = changed(DOCX, {MAIN: lambda text: change(text.replace("UTF-8", "utf-8"))})
    assert refused(data, "a.docx") == f"{MAIN}: {package.DAMAGED}"


def test_deep_nesting_ends_nothing(refused):
    deep = "<w:p>" * 50_000 + "</w:p>" * 50_000
    with ZipFile(BytesIO(DOCX)) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    members[MAIN] = f'<w:body xmlns:w="x">{deep}</w:body>'.encode()
    assert refused(zipped(members, ZIP_STORED), "a.docx") == "Die Datei enthält keinen Text."


@pytest.mark.parametrize("length", [4, 100, 20_000])
def test_a_zip_that_was_cut_off_is_refused(refused, length):
    assert refused(DOCX[:length], "a.docx") == package.DAMAGED


def test_a_zip_that_is_no_word_file_is_refused(refused):
    assert refused(zipped({"brief.txt": b"Text"}), "a.docx") == package.NOT_WORD


def test_a_file_twice_in_the_zip_is_refused(refused):
    file = BytesIO(DOCX)
    with pytest.warns(UserWarning, match="Duplicate name"), ZipFile(file, "a") as opened:
        opened.writestr(MAIN, "<x/>")
    assert refused(file.getvalue(), "a.docx") == package.DAMAGED


def test_a_word_file_without_text_is_refused(refused):
    data = changed(DOCX, {MAIN: '<w:body xmlns:w="x"><w:p><w:r><w:drawing/></w:r></w:p></w:body>'})
    assert refused(data, "a.docx") == "Die Datei enthält keinen Text."


# --- .pdf


def test_a_scan_is_refused_with_a_clear_sentence(refused):
    scan = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    assert refused(pdf([scan] * 3), "scan.pdf") == pdf_reader.PICTURES


def test_a_scan_with_page_numbers_only_is_refused(refused):
    assert refused(pdf([[Text(500, 800, f"Seite {number}")] for number in range(5)]), "scan.pdf") == pdf_reader.PICTURES


@pytest.mark.parametrize("password", ["geheim", ""])
def test_an_encrypted_pdf_is_refused(refused, password):
    writer, file = PdfWriter(clone_from=BytesIO(PDF)), BytesIO()
    writer.encrypt(password, "besitz", algorithm="RC4-128")
    writer.write(file)
    assert refused(file.getvalue(), "a.pdf") == pdf_reader.ENCRYPTED


def test_a_pdf_with_too_many_pages_is_refused(refused):
    assert refused(pdf([b""] * 201), "a.pdf") == "Die Datei hat zu viele Seiten: 201, erlaubt sind 200."


@pytest.mark.parametrize("length", [9, 300, len(PDF) // 2])
def test_a_pdf_that_was_cut_off_is_refused(refused, length):
    assert refused(PDF[:length], "a.pdf") in (pdf_reader.DAMAGED, pdf_reader.PICTURES)


def test_a_pdf_whose_pages_contain_each_other_is_refused(refused):
    pages = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"]
    assert refused(assembled(pages), "a.pdf") in (pdf_reader.DAMAGED, pdf_reader.PICTURES)


def test_a_page_that_unpacks_without_end_is_refused(refused):
    assert refused(pdf([b"q Q " * 2_000_000]), "a.pdf") == f"Seite 1: {pdf_reader.TOO_MUCH}"
    assert refused(pdf([b" " * 90_000_000]), "a.pdf") == pdf_reader.DAMAGED


def test_drawings_that_call_each_other_without_end_are_refused_soon(refused):
    depth, calls = 12, b"/X Do " * 20
    forms = "/Resources << /XObject << /X {} 0 R >> >>"
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {forms.format(5)} >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    objects += [page.encode(), stream(calls)]
    objects += [
        stream(calls, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {forms.format(6 + level)}")
        for level in range(depth)
    ]
    objects.append(stream(b"q Q", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"))
    begin = perf_counter()
    assert refused(assembled(objects), "a.pdf") == pdf_reader.PICTURES
    assert perf_counter() - begin < 10


def test_a_pdf_that_takes_too_long_is_refused(refused, monkeypatch):
    monkeypatch.setattr(rules, "MOST_SECONDS", 0)
    assert refused(PDF, "a.pdf") == f"Seite 1: {pdf_reader.TOO_MUCH}"


# --- damage anywhere


def damaged(data: bytes, dice: Random) -> bytes:
    """The bytes with a few of them changed, lost, doubled, or become another number."""
    new = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        at, to = dice.randrange(len(new)), dice.randrange(len(new))
        changes = [bytes([dice.randrange(256)]), b"", bytes(new[to : to + 60]), str(dice.randint(-9, 10**10)).encode()]
        new[at : at + dice.choice([0, 1, 40])] = dice.choice(changes)
    return bytes(new)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kind", ["zip", "part", "pdf"])
def test_damaged_files_are_read_or_refused_but_never_end_the_program(tmp_path, kind, seed):
    dice = Random(seed)
    if kind == "part":
        with ZipFile(BytesIO(DOCX)) as opened:
            members = {name: opened.read(name) for name in opened.namelist()}
        part = dice.choice([MAIN, "word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "_rels/.rels"])
        content = zipped(members | {part: damaged(members[part], dice)})
    else:
        content = damaged(PDF if kind == "pdf" else DOCX, dice)
    file = tmp_path / f"quelle.{'pdf' if kind == 'pdf' else 'docx'}"
    file.write_bytes(content)
    try:
        import_document(file, tmp_path / "entwurf")
    except RefusedError:
        assert list(tmp_path.iterdir()) == [file]


# --- text that is made to keep the patterns busy

LONG = 900_000
BUSY = {
    "dots": "." * LONG,
    "dots and blanks": ". " * (LONG // 2),
    "ellipses": "…" * (LONG // 4),
    "one word": "a" * LONG,
    "hyphens": "a-" * (LONG // 2),
    "brackets": "[(" * (LONG // 2),
    "angle brackets": "<1" * (LONG // 2),
    "less and blanks": "<" + " " * LONG,
    "equals": "=" * LONG,
    "boxes": "☐ Handlungsbedarf " * (LONG // 18),
    "footnote numbers": "wort1 " * (LONG // 6),
    "footnotes": "wort1\n" + "1 a = b\n" * 15_000,
    "lone numbers": "wort1\n" + "1\n\n" * 9_000,
    "headings": "".join(f"{number % 99 + 1} Titel\n- a\n" for number in range(9_000)),
    "the same suggestion": "1 Titel\nWir tun etwas.\n" + "- gleich\n" * 9_000,
    "ever deeper": "1 Titel\nWir tun etwas.\n" + "".join(f"{' ' * (at % 60)}- a{at}\n" for at in range(6_000)),
    "one paragraph": "1 Titel\n" + "wort wort wort\n" * 15_000 + "- a\n",
    "one entry": "1 Titel\nWir tun etwas.\n- a\n" + "wort wort wort\n" * 15_000,
    "front paragraphs": "Wort wort\n\n" * 9_000 + "1 Titel\nWir.\n- a\n",
}


@pytest.mark.parametrize("text", BUSY.values(), ids=BUSY)
def test_no_text_keeps_the_import_busy(tmp_path, text):
    (tmp_path / "quelle.txt").write_text(text, encoding="utf-8")
    begin = perf_counter()
    with suppress(RefusedError):
        import_document(tmp_path / "quelle.txt", tmp_path / "entwurf")
    # Far more than it takes; what grows with the square of the length would take minutes.
    assert perf_counter() - begin < 60
