"""The same Praxishilfe comes out of every format with the same content."""

from pathlib import Path

import pytest

from brueckenschlag.imports.drafts import Imported
from brueckenschlag.instruments import checks
from brueckenschlag.instruments.loader import Draft
from tests.imports.as_docx import as_docx, as_typed_docx
from tests.imports.as_pdf import as_pdf
from tests.imports.as_text import as_text
from tests.imports.conftest import Import, sentences
from tests.imports.example import EXAMPLE, found

PRINTED = Path(__file__).parent / "files" / "praxishilfe.pdf"
DOCUMENTS = {
    "text.txt": lambda: as_text(EXAMPLE).encode(),
    "listen.docx": lambda: as_docx(EXAMPLE),
    "getippt.docx": lambda: as_typed_docx(EXAMPLE),
    "von-hand.pdf": lambda: as_pdf(EXAMPLE),
    # Printed by Chromium, with the bullets as text: see make_pdf.py.
    "gedruckt.pdf": PRINTED.read_bytes,
}


@pytest.fixture(params=DOCUMENTS)
def draft(request: pytest.FixtureRequest, imported: Import) -> Imported:
    return imported(DOCUMENTS[request.param](), request.param)


def frame(draft: Imported) -> dict[str, object]:
    return dict(draft.form.files["instrument.yaml"])


def test_checkpoints_statements_groups_suggestions_and_parts_are_the_same(draft):
    assert found(draft) == EXAMPLE.expected()


def test_title_goal_practice_question_and_levels_are_the_same(draft):
    given = draft.form.files["instrument.yaml"]
    assert given["title"] == EXAMPLE.title
    assert given["subtitle"] == EXAMPLE.subtitle
    assert given["goal"]["text"] == EXAMPLE.goal
    assert given["practice"]["text"] == EXAMPLE.practice
    assert given["scale"]["question"] == EXAMPLE.question
    assert tuple(level["label"] for level in given["scale"]["levels"]) == EXAMPLE.labels
    assert [level["tone"] for level in given["scale"]["levels"]] == ["red", "yellow", "green"]
    assert [level.get("priority") for level in given["scale"]["levels"]] == ["high", "medium", None]


def test_the_preface_is_a_section(draft):
    sections = {section["title"]: section["text"] for section in draft.form.files["instrument.yaml"]["sections"]}
    plain = sections["Vorwort"].replace("[[verein|Verein]]", "Verein").replace("[[qb|Quartiersbüro]]", "Quartiersbüro")
    assert plain == EXAMPLE.preface


def test_nothing_is_left_over(draft):
    lost = [sentence for sentence in sentences(draft) if "nicht übernommen" in sentence]
    assert [sentence for sentence in lost if not sentence.startswith("Kopf- oder Fußzeile")] == []


@pytest.mark.parametrize("name", ["text.txt", "listen.docx", "von-hand.pdf"])
def test_footnotes_become_terms_that_the_preface_names(imported, name):
    given = imported(DOCUMENTS[name](), name).form.files["instrument.yaml"]
    assert [(term["key"], term["term"]) for term in given["glossary"]] == [
        ("verein", "Verein"),
        ("qb", "Quartiersbüro (QB)"),
    ]
    assert "Ein [[verein|Verein]] oder ein [[qb|Quartiersbüro]] kann" in given["sections"][0]["text"]


@pytest.mark.parametrize("name", ["text.txt", "listen.docx"])
def test_edition_minutes_and_columns_are_taken_where_the_document_names_them(imported, name):
    given = imported(DOCUMENTS[name](), name).form.files["instrument.yaml"]
    assert given["edition"] == EXAMPLE.edition
    assert given["minutes"] == {"least": "15", "most": "30"}
    assert tuple(column["label"] for column in given["plan"]["columns"]) == EXAMPLE.columns


def test_the_draft_only_lacks_what_the_document_does_not_say(draft):
    faults = checks.faults_in(draft.folder)
    assert faults
    assert {fault.sentence for fault in faults} <= {
        "Hier fehlt noch ein Text; bitte „BITTE ERGÄNZEN“ ersetzen.",
        "„minutes.least“ muss eine ganze Zahl sein.",
        "„minutes.most“ muss eine ganze Zahl sein.",
    }


def test_once_filled_in_the_draft_is_an_instrument(imported):
    draft = imported(as_text(EXAMPLE))
    for file in draft.folder.rglob("*.yaml"):
        file.write_text(file.read_text(encoding="utf-8").replace(checks.PLACEHOLDER, "Nachgetragen"), encoding="utf-8")
    assert checks.faults_in(draft.folder) == []
    assert len(Draft(draft.folder).instrument.suggestion_by_key) == 11
