"""Writes an example as .docx with python-docx: with Word's own lists and styles, or with bullets typed by hand."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.document import Document

from .example import Example

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Becomes a reference to the footnote of that number.
REFERENCE = "@@{number}@@"


def as_docx(example: Example) -> bytes:
    """With styles, lists, real footnotes, and a table as the plan."""
    document = docx.Document()
    _add_front(document, example)
    for number, point in enumerate(example.points, start=1):
        document.add_heading(f"{number} {point.title}", 1)
        document.add_paragraph(point.statement)
        for lead, entries in point.groups.items():
            document.add_paragraph(lead)
            for entry in entries:
                document.add_paragraph(entry.text, "List Bullet")
                for part in entry.parts:
                    document.add_paragraph(part, "List Bullet 2")
    document.add_heading("Maßnahmenplan", 1)
    table = document.add_table(2, len(example.columns))
    for cell, label in zip(table.rows[0].cells, example.columns, strict=True):
        cell.text = label
    return with_footnotes(saved(document), list(example.notes.values()))


def _add_front(document: Document, example: Example) -> None:
    document.add_paragraph(example.title, "Title")
    document.add_paragraph(example.subtitle, "Subtitle")
    document.add_paragraph(example.edition)
    preface = example.preface
    for number, word in enumerate(example.notes, start=1):
        preface = preface.replace(word, word + REFERENCE.format(number=number), 1)
    _section(document, "Vorwort", preface)
    _section(document, "So gehen Sie vor", example.steps)
    _section(document, "Ziel", example.goal)
    _section(document, "Erfolgreiche Praxis", example.practice, example.question)
    for colour, label in zip(("Rot", "Gelb", "Grün"), example.labels, strict=True):
        document.add_paragraph(f"{colour}: {label}")


def as_typed_docx(example: Example, bullets: tuple[str, str] = ("•", "–")) -> bytes:
    """As people write who do not know lists: everything is a plain paragraph."""
    document = docx.Document()
    for text in (example.title, example.subtitle, example.edition):
        document.add_paragraph(text)
    document.add_paragraph("Vorwort")
    document.add_paragraph(example.preface)
    document.add_paragraph("So gehen Sie vor")
    document.add_paragraph(example.steps)
    document.add_paragraph(f"Ziel: {example.goal}")
    document.add_paragraph(f"Erfolgreiche Praxis: {example.practice}")
    document.add_paragraph(example.question)
    document.add_paragraph("   ".join(f"…… = {label}" for label in example.labels))
    for number, point in enumerate(example.points, start=1):
        document.add_paragraph()
        document.add_paragraph(f"{number}. {point.title}")
        document.add_paragraph(point.statement)
        for lead, entries in point.groups.items():
            document.add_paragraph(lead)
            for entry in entries:
                document.add_paragraph(f"{bullets[0]}\t{entry.text}")
                for part in entry.parts:
                    document.add_paragraph(f"\t{bullets[1]} {part}")
    return saved(document)


def _section(document: Document, title: str, *texts: str) -> None:
    document.add_heading(title, 2)
    for text in texts:
        document.add_paragraph(text)


def saved(document: Document) -> bytes:
    """The document as the bytes of its file."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def changed(data: bytes, changes: dict[str, Callable[[str], str] | str]) -> bytes:
    """The zip with some parts changed or added."""
    result = BytesIO()
    left = dict(changes)
    with ZipFile(BytesIO(data)) as old, ZipFile(result, "w", ZIP_DEFLATED) as new:
        for member in old.infolist():
            content: bytes | str = old.read(member)
            change = left.pop(member.filename, None)
            if callable(change):
                content = change(old.read(member).decode())
            elif change is not None:
                content = change
            new.writestr(member.filename, content)
        for name, added in left.items():
            assert isinstance(added, str)
            new.writestr(name, added)
    return result.getvalue()


def in_document(old: str, new: str) -> dict[str, Callable[[str], str] | str]:
    """A change of the document's main part: every `old` becomes `new`."""

    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return {"word/document.xml": change}


def with_footnotes(data: bytes, notes: list[str]) -> bytes:
    """With a real footnote at each reference."""
    texts = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> {text}</w:t></w:r></w:p></w:footnote>'
        for number, text in enumerate(notes, start=1)
    )
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    relation = f'<Relationship Id="rId99" Type="{RELATIONS}/footnotes" Target="footnotes.xml"/></Relationships>'

    def referenced(text: str) -> str:
        for number in range(1, len(notes) + 1):
            reference = f'</w:t></w:r><w:r><w:footnoteReference w:id="{number}"/></w:r><w:r><w:t xml:space="preserve">'
            text = text.replace(REFERENCE.format(number=number), reference)
        return text

    return changed(
        data,
        {
            "word/document.xml": referenced,
            "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}">{separator}{texts}</w:footnotes>',
            "word/_rels/document.xml.rels": lambda text: text.replace("</Relationships>", relation),
        },
    )
