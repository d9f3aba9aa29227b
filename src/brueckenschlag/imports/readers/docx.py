"""Reads .docx: paragraphs with their styles and lists, footnotes at their words, remarks and tracked changes.

What people see counts: inserted text is taken, deleted and hidden text is not, and remarks are only reported.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .. import rules
from ..lines import PARAGRAPH, Document, Doubts, Line, RefusedError, mark
from .package import Event, Package
from .styles import Counters, Style, Styles

# What stands in these elements is not on the page, or stands there a second time.
_SKIPPED = {"del", "moveFrom", "Fallback", "pPrChange", "rPrChange", "instrText", "delText"}
_CHANGES = {"ins", "del", "moveFrom", "moveTo"}
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


@dataclass
class Paragraph:
    """One paragraph, and to which footnote or remark it belongs."""

    owner: str
    style: Style = field(default_factory=Style)
    pieces: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    in_run: bool = False
    hidden: bool = False
    changed: bool = False


class Story:
    """One part of the document with text in it, read from its beginning to its end."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._name = name
        self._open: list[Paragraph] = []
        self._owner = ""
        self.numbers: dict[tuple[str, str], int] = {}

    def paragraphs(self) -> Iterator[Paragraph]:
        """Its paragraphs; one inside another, as in a text box, comes first."""
        skipping = 0
        for event in self._package.events(self._name):
            if self._open and event.tag in _CHANGES:
                self._open[-1].changed = True
            if event.tag in _SKIPPED:
                skipping += 1 if event.start else -1
            elif skipping:
                continue
            elif event.tag == "p" and not event.start:
                yield self._open.pop()
            elif event.start:
                self._begin(event)
            elif self._open:
                self._end(event, self._open[-1])

    def _begin(self, event: Event) -> None:
        if event.tag == "p":
            self._open.append(Paragraph(self._owner))
        elif event.tag in ("footnote", "endnote", "comment"):
            self._owner = event.value("id")
        elif event.tag == "r" and self._open:
            self._open[-1].in_run = True
            self._open[-1].hidden = False

    def _end(self, event: Event, paragraph: Paragraph) -> None:
        if event.tag == "r":
            paragraph.in_run = False
        elif not paragraph.in_run:
            paragraph.style.take(event)
        elif event.tag == "vanish":
            paragraph.hidden = event.value() not in ("0", "false")
        elif event.tag == "t" and not paragraph.hidden:
            paragraph.pieces.append(event.element.text or "")
        elif event.tag in _SIGNS:
            paragraph.pieces.append(_SIGNS[event.tag])
        elif event.tag in _NOTES:
            note = (_NOTES[event.tag], event.value("id"))
            paragraph.pieces.append(mark(self.numbers.setdefault(note, len(self.numbers) + 1)))
        elif event.tag == "commentReference":
            paragraph.remarks.append(event.value("id"))


def read(file: Path, data: bytes) -> Document:
    """The document in that file."""
    package = Package(file, data)
    styles, counters = Styles(package), Counters(package)
    body = Story(package, package.main)
    lines: list[Line] = []
    doubts = Doubts()
    remarks: dict[str, str] = {}
    for number, paragraph in enumerate(body.paragraphs(), start=1):
        remarks |= dict.fromkeys(paragraph.remarks, str(number))
        if paragraph.changed:
            doubts.note("Verfolgte Änderungen: Eingefügtes ist übernommen, Gelöschtes nicht.", str(number))
        lines += _lines(paragraph, str(number), styles, counters)
    if not lines:
        raise RefusedError(file, "Die Datei enthält keinen Text.")
    lines += _notes(package, body)
    for owner, words in _texts(package, "comments"):
        doubts.note(f"Bemerkung am Rand, nicht übernommen: „{words}“", remarks.get(owner, ""))
    return Document(file, "Absatz", "Absätze", lines, doubts)


def _lines(paragraph: Paragraph, place: str, styles: Styles, counters: Counters) -> Iterator[Line]:
    """The paragraph's lines, as broken by its writer; the first carries what is known of the whole."""
    texts = [text for text in "".join(paragraph.pieces).split("\n") if text.strip()]
    heading, in_list = styles.heading(paragraph.style), styles.list_of(paragraph.style)
    ordinal = counters.next(*in_list) if in_list and texts else 0
    level = in_list[1] if in_list and not heading else 0
    for at, text in enumerate(texts):
        if at == 0:
            yield Line(place, text, PARAGRAPH, heading=heading, item=level, ordinal=ordinal)
        else:
            yield Line(place, text)


def _notes(package: Package, body: Story) -> Iterator[Line]:
    for kind in ("footnotes", "endnotes"):
        for owner, words in _texts(package, kind):
            if number := body.numbers.get((kind, owner)):
                yield Line(f"Fußnote {number}", words, PARAGRAPH, note=number)


def _texts(package: Package, kind: str) -> Iterator[tuple[str, str]]:
    """The texts of all footnotes or remarks by their id."""
    texts: dict[str, list[str]] = {}
    for paragraph in Story(package, package.related(package.main, kind)).paragraphs():
        texts.setdefault(paragraph.owner, []).append("".join(paragraph.pieces))
    for owner, parts in texts.items():
        if words := rules.UNWANTED.sub("", " ".join(" ".join(parts).split())):
            yield owner, words
