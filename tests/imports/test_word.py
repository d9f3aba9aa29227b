"""What Word knows about a document is used: lists, styles, numbers, footnotes, remarks, tracked changes."""

from collections.abc import Callable

import docx
import pytest
from docx.document import Document

from tests.imports.as_docx import REFERENCE, changed, in_document, saved, with_footnotes
from tests.imports.conftest import Import, sentences
from tests.imports.example import found


def document(build: Callable[[Document], None]) -> bytes:
    """One checkpoint, then what the test adds to its end."""
    new = docx.Document()
    new.add_heading("1 Bedarf kennen", 1)
    new.add_paragraph("Wir wissen, was fehlt.")
    new.add_paragraph("Beispiele:")
    new.add_paragraph("Menschen fragen", "List Bullet")
    build(new)
    return saved(new)


PLAIN = document(lambda _: None)
ONE = [("Bedarf kennen", "Wir wissen, was fehlt.", [("Beispiele", [("Menschen fragen", [])])])]


def entries(draft: object) -> list[str]:
    return [entry.text.text for point in draft.outline.checkpoints for entry in point.entries()]  # type: ignore[attr-defined]


def test_one_checkpoint_is_enough(imported):
    assert found(imported(PLAIN, "a.docx")) == ONE


def test_headings_without_numbers_are_known_by_their_style(imported):
    new = docx.Document()
    for title in ("Bedarf kennen", "Helfende finden"):
        new.add_heading(title, 2)
        new.add_paragraph("Wir wissen, was fehlt.")
        new.add_heading("Beispiele", 3)
        new.add_paragraph("Menschen fragen", "List Bullet")
    new.add_heading("Zum Schluss", 2)
    new.add_paragraph("Viel Erfolg!")
    draft = imported(saved(new), "a.docx")
    assert found(draft) == [*ONE, ("Helfende finden", *ONE[0][1:])]
    assert sentences(draft)["Checkpunkte ohne Nummer, an der Formatvorlage der Überschrift erkannt."] == ["1", "5"]
    assert [section.title.text for section in draft.outline.frame.sections] == ["Zum Schluss"]


def test_numbers_that_word_sets_itself_are_known(imported):
    new = docx.Document()
    for title in ("Bedarf kennen", "Helfende finden"):
        new.add_paragraph(title, "List Number")
        new.add_paragraph("Wir wissen, was fehlt.")
        new.add_paragraph("Beispiele:")
        new.add_paragraph("Menschen fragen", "List Bullet")
    assert found(imported(saved(new), "a.docx")) == [*ONE, ("Helfende finden", *ONE[0][1:])]


def test_numbered_suggestions_are_suggestions(imported):
    def build(new: Document) -> None:
        for text in ("Erstens fragen", "Zweitens zuhören"):
            new.add_paragraph(text, "List Number")

    draft = imported(document(build), "a.docx")
    assert entries(draft) == ["Menschen fragen", "Erstens fragen", "Zweitens zuhören"]


def test_a_third_level_is_moved_to_the_second_and_reported(imported):
    def build(new: Document) -> None:
        new.add_paragraph("Zweite Stufe", "List Bullet 2")
        new.add_paragraph("Dritte Stufe", "List Bullet 3")

    draft = imported(document(build), "a.docx")
    [group] = draft.outline.checkpoints[0].groups
    assert [part.text.text for part in group.suggestions[0].parts] == ["Zweite Stufe", "Dritte Stufe"]
    assert sentences(draft)["Tiefer als zwei Stufen; in die zweite Stufe gestellt."] == ["6"]


def test_a_list_may_begin_deep(imported):
    new = docx.Document()
    new.add_heading("1 Bedarf kennen", 1)
    new.add_paragraph("Wir wissen, was fehlt.")
    new.add_paragraph("Beispiele:")
    new.add_paragraph("Menschen fragen", "List Bullet 3")
    assert found(imported(saved(new), "a.docx")) == ONE


def test_lines_broken_by_hand_with_typed_bullets_are_entries_each(imported):
    new = docx.Document()
    new.add_heading("1 Bedarf kennen", 1)
    new.add_paragraph("Wir wissen, was fehlt.")
    new.add_paragraph("Beispiele:\n• Menschen fragen\n• Zuhören")
    assert entries(imported(saved(new), "a.docx")) == ["Menschen fragen", "Zuhören"]


def test_text_in_tables_and_boxes_is_read_once(imported):
    def build(new: Document) -> None:
        new.add_table(1, 1).rows[0].cells[0].paragraphs[0].text = "• Im Kasten"

    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
        "<w:txbxContent><w:p><w:r><w:t>• Im Textfeld</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback>"
        "<w:txbxContent><w:p><w:r><w:t>• Im Textfeld</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    data = changed(document(build), in_document("• Im Kasten</w:t></w:r>", f"• Im Kasten</w:t></w:r>{box}"))
    assert sorted(entries(imported(data, "a.docx"))) == ["Im Kasten", "Im Textfeld", "Menschen fragen"]


def test_of_tracked_changes_the_new_text_counts(imported):
    change = (
        '</w:t></w:r><w:del w:id="1"><w:r><w:delText>alte </w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>neue </w:t></w:r></w:ins><w:r><w:t>'
    )
    draft = imported(changed(PLAIN, in_document("Menschen ", f"Menschen {change}")), "a.docx")
    assert entries(draft) == ["Menschen neue fragen"]
    assert sentences(draft)["Verfolgte Änderungen: Eingefügtes ist übernommen, Gelöschtes nicht."] == ["4"]


def test_hidden_text_is_not_read(imported):
    hidden = "</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>heimlich </w:t></w:r><w:r><w:t>"
    assert entries(imported(changed(PLAIN, in_document("Menschen ", f"Menschen {hidden}")), "a.docx")) == [
        "Menschen fragen"
    ]


def test_remarks_are_reported_with_their_place(imported):
    def build(new: Document) -> None:
        paragraph = new.add_paragraph("Zuhören", "List Bullet")
        new.add_comment(paragraph.runs, text="Noch mit \x9bdem Vorstand klären", author="Redaktion")

    draft = imported(document(build), "a.docx")
    assert entries(draft) == ["Menschen fragen", "Zuhören"]
    assert sentences(draft)["Bemerkung am Rand, nicht übernommen: „Noch mit dem Vorstand klären“"] == ["5"]


def test_a_footnote_in_a_statement_becomes_a_term_there(imported):
    data = changed(PLAIN, in_document("was fehlt", f"was fehlt{REFERENCE.format(number=1)}"))
    draft = imported(with_footnotes(data, ["Fehlen heißt: Es gibt zu wenig davon."]), "a.docx")
    point = draft.form.files["checkpoints/bedarf-kennen.yaml"]
    assert point["statement"] == "Wir wissen, was [[fehlen-heisst|fehlt]]."
    assert draft.form.files["instrument.yaml"]["glossary"] == [
        {"key": "fehlen-heisst", "term": "Fehlen heißt", "text": "Es gibt zu wenig davon."}
    ]


def test_a_footnote_without_a_name_is_named_by_its_word(imported):
    data = changed(PLAIN, in_document("was fehlt", f"was fehlt{REFERENCE.format(number=1)}"))
    draft = imported(with_footnotes(data, ["Siehe den Anhang"]), "a.docx")
    [term] = draft.form.files["instrument.yaml"]["glossary"]
    assert (term["term"], term["text"]) == ("fehlt", "Siehe den Anhang")


def test_a_footnote_in_a_suggestion_is_kept_as_a_term_and_reported(imported):
    data = changed(PLAIN, in_document("Menschen ", f"Menschen{REFERENCE.format(number=1)} "))
    draft = imported(with_footnotes(data, ["Menschen = alle, die hier wohnen"]), "a.docx")
    assert entries(draft)[0].startswith("Menschen")
    assert (
        draft.form.files["checkpoints/bedarf-kennen.yaml"]["groups"][0]["suggestions"][0]["text"] == "Menschen fragen"
    )
    [sentence] = [one for one in sentences(draft) if one.startswith("Die Fußnote gehört zu einem Text")]
    assert sentences(draft)[sentence] == ["4"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Haupt\u00adamtliche", "Hauptamtliche"),
        ("Men\u200bschen\u00a0 da", "Menschen da"),
        ("Pﬂege", "Pflege"),
        ("a\u0308ltere", "ältere"),
        ("Wort\u202e um", "Wort um"),
        ("> 50 Personen", "> 50 Personen"),
    ],
)
def test_signs_are_made_plain(imported: Import, typed: str, shown: str) -> None:
    draft = imported(changed(PLAIN, in_document("Menschen fragen", typed.replace(">", "&gt;"))), "a.docx")
    assert entries(draft) == [shown]


def test_direction_marks_and_angle_brackets_are_reported(imported):
    draft = imported(changed(PLAIN, in_document("Menschen fragen", "Wort\u202e um &gt; 50")), "a.docx")
    assert sentences(draft)["Steuerzeichen oder Zeichen ohne Bedeutung, weggelassen."] == ["4"]
    assert sentences(draft)["Spitze Klammern; die Prüfung lässt sie nicht zu."] == ["4"]
