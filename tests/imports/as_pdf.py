"""Writes PDF by hand: lines of text at a place and in a size, as much of the format as the tests need."""

import zlib
from dataclasses import dataclass

from .example import Example

WIDTH, HEIGHT, MARGIN = 595, 842, 70
SIZE, LEADING = 11.0, 14.0


@dataclass(frozen=True)
class Text:
    """One piece of text; `y` counts from the top."""

    x: float
    y: float
    text: str
    size: float = SIZE


def pdf(pages: list[list[Text] | bytes], *, trailer: str = "") -> bytes:
    """The file. A page is its texts, or drawing commands as they are."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, page in enumerate(pages):
        commands = page if isinstance(page, bytes) else b"\n".join(map(_drawn, page))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {5 + 2 * at} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(stream(commands))
    return assembled(objects, trailer)


def stream(data: bytes, entries: str = "") -> bytes:
    """A packed stream."""
    packed = zlib.compress(data)
    return f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>\nstream\n".encode() + packed + b"\nendstream"


def assembled(objects: list[bytes], trailer: str = "") -> bytes:
    """Objects, numbered from 1, as a file whose first object is the catalog."""
    file = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(file))
        file += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(file)}\n%%EOF\n"
    return file + end.encode()


def _drawn(text: Text) -> bytes:
    words = text.text.encode("cp1252")
    for sign in (b"\\", b"(", b")"):
        words = words.replace(sign, b"\\" + sign)
    return f"BT /F1 {text.size} Tf 1 0 0 1 {text.x} {HEIGHT - text.y} Tm (".encode() + words + b") Tj ET"


class Pages:
    """Sets lines one below the other, with a head and a page number on each page."""

    def __init__(self, head: str) -> None:
        self._head = head
        self.pages: list[list[Text] | bytes] = []
        self._notes: list[str] = []
        self._page: list[Text] = []
        self._y = 0.0
        self._begin()

    def _begin(self) -> None:
        number = len(self.pages) + 1
        self._page = [Text(MARGIN, 40, self._head, 8), Text(500, 800, f"Seite {number}", 8)]
        self._y = 80

    def finish(self) -> list[list[Text] | bytes]:
        """Ends the page, with its footnotes at the bottom."""
        y = 790 - 11 * len(self._notes)
        self._page += [Text(MARGIN, y + 11 * at, note, 8) for at, note in enumerate(self._notes)]
        self._notes = []
        self.pages.append(self._page)
        self._begin()
        return self.pages

    def lines(self, text: str, *, indent: float = 0, size: float = SIZE, space: float = 8, sign: str = "") -> None:
        """A paragraph, broken where the line is full; the sign of a list stands in front."""
        self._y += space
        full = int((WIDTH - 2 * MARGIN - indent) / (size * 0.5))
        line, first = "", True
        for word in [*text.split(), ""]:
            if word and len(line) + 1 + len(word) <= full:
                line = f"{line} {word}".strip()
                continue
            if sign and first:
                self._page.append(Text(MARGIN + indent, self._y, sign, size))
            self._page.append(Text(MARGIN + indent + (14 if sign else 0), self._y, line, size))
            self._y += LEADING * size / SIZE
            line, first = word, False
            if self._y > 740:
                self.finish()

    def note(self, text: str) -> None:
        """A footnote for the bottom of this page."""
        self._notes.append(text)


def as_pdf(example: Example, bullets: tuple[str, str] = ("•", "–")) -> bytes:
    """With large headings, bullets, running heads, page numbers and footnotes in small type."""
    pages = Pages(example.title)
    pages.lines(example.title, size=20)
    pages.lines(example.subtitle, size=14)
    pages.lines("Vorwort", size=14, space=14)
    preface = example.preface
    for number, (word, text) in enumerate(example.notes.items(), start=1):
        preface = preface.replace(word, f"{word}{number}", 1)
        pages.note(f"{number} {text}")
    pages.lines(preface)
    pages.lines(f"Ziel: {example.goal}")
    pages.lines(f"Erfolgreiche Praxis: {example.practice}")
    pages.lines(example.question)
    pages.lines("   ".join(f"…… = {label}" for label in example.labels))
    for number, point in enumerate(example.points, start=1):
        pages.finish()
        pages.lines(f"{number} {point.title}", size=14)
        pages.lines(point.statement)
        for lead, entries in point.groups.items():
            pages.lines(lead)
            for entry in entries:
                pages.lines(entry.text, sign=bullets[0], space=3)
                for part in entry.parts:
                    pages.lines(part, sign=bullets[1], indent=20, space=3)
    return pdf(pages.finish())
