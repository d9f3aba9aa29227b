"""The Word document, read back by python-docx and, as plain XML, by defusedxml."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from defusedxml import ElementTree
from docx.enum.section import WD_ORIENT

from brueckenschlag.assessments.operations import publish_edition
from brueckenschlag.documents.office import rows
from brueckenschlag.documents.office.signs import writable
from brueckenschlag.documents.office.word import word
from brueckenschlag.documents.report import LeftOver, Piece, Text
from brueckenschlag.instruments.loader import Draft

from .conftest import in_language
from .texts import BAD, EXAMPLE, saying

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(report):
    return docx.Document(io.BytesIO(word(report)))


def parts(report):
    with zipfile.ZipFile(io.BytesIO(word(report))) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def body(report):
    return ElementTree.fromstring(parts(report)["word/document.xml"])


def headings(document, level):
    return [one.text for one in document.paragraphs if one.style.style_id == f"Heading{level}"]


def texts(document, style):
    return [one.text for one in document.paragraphs if one.style.style_id == style]


def table(document, number):
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


def test_the_plan_is_a_table_with_every_measure(filled):
    head, *found = table(opened(filled), 1)
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
    assert len(found) == 30


def test_the_overview_names_sign_and_words_of_each_rating(filled):
    found = table(opened(filled), 0)[1:]
    assert [row[:2] for row in found] == [[str(one.number), str(one.title)] for one in filled.checkpoints]
    for (*_, said), point in zip(found, filled.checkpoints, strict=True):
        assert said.split() == [point.level.sign, *str(point.level.label).split()]


def test_each_checkpoint_has_its_statement_note_and_marks(filled):
    document = opened(filled)
    assert headings(document, 2) == [f"{one.number}. {one.title}" for one in filled.checkpoints]
    assert texts(document, "Quote")[1:] == [str(one.statement) for one in filled.checkpoints]
    assert texts(document, "Note") == [f"Notiz: {one.note}" for one in filled.checkpoints if one.note]
    entries = [entry for point in filled.checkpoints for group in point.groups for entry in group.entries]
    running = [str(one.text) for one in entries if one.is_running]
    planned = [f"{one.text} ({one.status_words})" for one in filled.measures]
    assert sorted(texts(document, "ListBullet") + texts(document, "ListBullet2")) == sorted(running + planned)
    assert set(headings(document, 3)) == {"Läuft schon", "Im Plan"}


def test_a_measure_of_ones_own_stands_at_its_checkpoint_too(filled):
    own = replace(filled.measures[0], suggestion="", text="Mit der Bäckerei sprechen", status_words="begonnen")
    document = opened(replace(filled, measures=(own,)))
    assert "Mit der Bäckerei sprechen (begonnen)" in texts(document, "ListBullet")


def test_headings_make_an_outline(filled):
    assert headings(opened(filled), 1) == [
        "Überblick",
        "Checkpunkte",
        "Maßnahmenplan",
        "Begriffe",
        "Zu diesem Dokument",
    ]


def test_the_plan_lies_on_its_side_and_its_first_row_repeats(filled):
    document = opened(filled)
    assert [one.orientation for one in document.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    for found in document.tables:
        assert len(found._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader")) == 1
        assert len(found._tbl.xpath("./w:tr/w:trPr/w:cantSplit")) == len(found.rows)
        assert found.style.name == "Brückenschlag"
        widths = [int(one.get(f"{W}w")) for one in found._tbl.tblGrid]
        assert sum(widths) <= 16838 - 2 * 1134


def test_the_pages_are_numbered_but_the_cover(filled):
    document = opened(filled)
    assert document.sections[0].footer.is_linked_to_previous
    footer = document.sections[1].footer
    assert "Seite" in footer.paragraphs[0].text
    fields = [one.get(f"{W}instr").strip() for one in footer._element.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    assert document.sections[2].footer.is_linked_to_previous


def test_the_looks_come_from_styles_alone(filled):
    root = body(filled)
    assert {one.tag for runs in root.iter(f"{W}rPr") for one in runs} <= {f"{W}rStyle", f"{W}lang"}
    assert {one.tag for looks in root.iter(f"{W}pPr") for one in looks} <= {f"{W}pStyle", f"{W}sectPr"}
    known = ElementTree.fromstring(parts(filled)["word/styles.xml"])
    ids = {one.get(f"{W}styleId") for one in known.iter(f"{W}style")}
    used = {one.get(f"{W}val") for name in ("pStyle", "rStyle", "tblStyle") for one in root.iter(f"{W}{name}")}
    assert used <= ids
    names = [one.get(f"{W}val") for one in known.iter(f"{W}name")]
    assert len(names) == len(set(names))
    assert not any("{" in name for name in names)


def test_the_arch_says_in_words_what_it_shows(filled):
    (shape,) = opened(filled).inline_shapes
    described = shape._inline.docPr.get("descr")
    assert described.startswith("1. Strategischer Nutzen: Zurzeit kein Handlungsbedarf; 2. ")
    assert described.count("; ") == 6
    assert parts(filled)["word/media/image1.png"].startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("language", "office", "page"), [("de", "de-DE", "Seite"), ("de-simple", "de-DE", "Seite"), ("en", "en-GB", "Page")]
)
def test_it_says_its_language(fresh, language, office, page):
    report = in_language(fresh(2), language)
    document = opened(report)
    assert document.core_properties.language == office
    assert document.styles.element.xpath("w:docDefaults//w:lang/@w:val") == [office]
    assert page in document.sections[1].footer.paragraphs[0].text
    assert document.paragraphs[2].text == str(report.title)


def test_words_of_another_language_say_so(filled):
    title = Text((Piece("Der "), Piece("Open Day", "en"), Piece(" im Ort")))
    point = replace(filled.checkpoints[0], title=title)
    row = replace(filled.measures[0], checkpoint_title=title)
    root = body(replace(filled, checkpoints=(point, *filled.checkpoints[1:]), measures=(row,)))
    marked = [
        "".join(one.text for one in run.iter(f"{W}t"))
        for run in root.iter(f"{W}r")
        for lang in run.iter(f"{W}lang")
        if lang.get(f"{W}val") == "en-GB"
    ]
    assert marked.count("Open Day") == 3


def test_it_says_what_it_is_and_whose(filled):
    about = opened(filled).core_properties
    assert about.title == f"{filled.title} – {filled.name}"
    assert about.author == filled.name
    assert about.created.date() == filled.made_on
    assert about.comments == "Fassung 1"


def test_nothing_in_it_points_outside(filled):
    for name, content in parts(filled).items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content, forbid_dtd=True)
        assert b'TargetMode="External"' not in content
    assert {name for name in parts(filled) if "custom" in name or "thumbnail" in name} == set()


def test_what_this_edition_has_no_place_for_is_shown(filled):
    left = LeftOver(Text((Piece("Früherer Punkt"),)), Text((Piece("Handlungsbedarf"),)), "Alte Notiz")
    document = opened(replace(filled, left_over=(left,)))
    assert "Aus der früheren Fassung" in headings(document, 1)
    assert "Früherer Punkt: Handlungsbedarf" in texts(document, "ListBullet")
    assert "Notiz: Alte Notiz" in texts(document, "Note")


def test_one_that_has_just_begun_says_so(empty):
    document = opened(empty)
    assert [row[2] for row in table(document, 0)[1:]] == ["Noch nicht bewertet"] * 7
    assert "Noch ist der Plan leer." in texts(document, "Normal")
    assert len(document.tables) == 1


def test_a_blank_one_can_be_filled_in(blank):
    document = opened(blank)
    assert len(texts(document, "Choice")) == 7 * 3
    assert len(texts(document, "Box") + texts(document, "Box2")) == sum(
        len(group.entries) for point in blank.checkpoints for group in point.groups
    )
    (plan,) = document.tables
    assert len(plan.rows) == 1 + 10


def test_any_instrument(db, fresh):
    report = in_language(fresh(4, of=publish_edition(Draft(EXAMPLE))[0]), "de")
    head, *found = table(opened(report), 1)
    assert head == ["Thema", "Vorhaben", "Wer", "Nachsehen", "Stand"]
    assert found[0] == [
        rows.numbered(report.measures[0].checkpoint_number, report.measures[0].checkpoint_title),
        report.measures[0].text,
        report.measures[0].responsible,
        report.day(report.measures[0].review),
        report.measures[0].status_words,
    ]
    assert len(table(opened(report), 0)) == 4


@pytest.mark.parametrize("text", BAD, ids=lambda text: ascii(text[:20]))
def test_whatever_people_type_is_text(filled, text):
    document = opened(saying(filled, text))
    said = writable(text)
    # python-docx gives a line break inside a run as a line feed and reads tabs as tabs.
    assert [row[1] for row in table(document, 1)[1:]] == [said] * 3
    assert texts(document, "Note") == [f"Notiz: {said}"] * 7
    assert texts(document, "CoverName") == [" ".join(said.split())]
