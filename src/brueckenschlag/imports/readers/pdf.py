"""Reads .pdf: its text line by line with place and size on the page. Pictures of text hold no text and are refused."""

import logging
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader

from .. import rules
from ..lines import Document, Doubts, RefusedError
from .geometry import Piece, as_lines

ENCRYPTED = "Die Datei ist verschlüsselt. Bitte ohne Kennwort und ohne Schutz speichern."
DAMAGED = "Die Datei ist beschädigt oder kein richtiges PDF. Bitte neu als PDF speichern."
PICTURES = (
    "Die Datei enthält keinen Text, vermutlich nur Bilder von Seiten. Bitte mit Texterkennung (OCR) speichern "
    "oder die Word-Datei nehmen."
)
TOO_LONG = f"Die Datei hat zu viele Seiten: {{pages}}, erlaubt sind {rules.MOST_PAGES}."
TOO_MUCH = "Die Datei ist zu aufwendig gezeichnet und wird nicht gelesen. Bitte neu als PDF speichern."
FARTHEST = 100_000  # points
LEAST_LETTERS = 20  # on a page, on average

Matrix = list[float]


def read(file: Path, data: bytes) -> Document:
    """The document in that file."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pages = _pages(file, PdfReader(BytesIO(data)))
    except RefusedError:
        raise
    except Exception:  # whatever a damaged file makes the library stumble over
        raise RefusedError(file, DAMAGED) from None
    letters = [sum(len(piece.text.strip()) for piece in page) for page in pages]
    if sum(letters) < LEAST_LETTERS * max(1, len(pages)):
        raise RefusedError(file, PICTURES)
    doubts = Doubts()
    for number, count in enumerate(letters, start=1):
        if count < LEAST_LETTERS:
            doubts.note("Seite fast ohne Text, vielleicht ein Bild.", f"Seite {number}")
    return Document(file, "Seite:Zeile", "Seite:Zeile", as_lines(pages), doubts)


def _pages(file: Path, reader: PdfReader) -> list[list[Piece]]:
    if reader.is_encrypted:
        raise RefusedError(file, ENCRYPTED)
    if len(reader.pages) > rules.MOST_PAGES:
        raise RefusedError(file, TOO_LONG.format(pages=len(reader.pages)))
    end = time.monotonic() + rules.MOST_SECONDS
    pages = []
    for number, page in enumerate(reader.pages, start=1):
        pieces = _pieces(page, end)
        if pieces is None or time.monotonic() > end:
            raise RefusedError(file, TOO_MUCH, f"Seite {number}")
        pages.append(pieces)
    return pages


def _pieces(page: PageObject, end: float) -> list[Piece] | None:
    """All pieces of text of the page in the order in which they are drawn; None when it is too large."""
    contents = page.get_contents()
    if contents is None:
        return []
    if len(contents.get_data()) > rules.LARGEST_PAGE:
        return None
    pieces: list[Piece] = []
    top = float(page.mediabox.top)
    try:
        page.extract_text(visitor_operand_before=_stopping(end), visitor_text=_taking(pieces, top))
    except TimeoutError:
        return None
    return pieces


def _stopping(end: float) -> Callable[..., None]:
    """Called before each drawing command: pages can be built so that drawing them never ends."""

    def before(*_: Any) -> None:
        if time.monotonic() > end:
            raise TimeoutError

    return before


def _sane(points: float) -> float:
    """A place or size as it may be on paper; damaged files have others."""
    return points if abs(points) < FARTHEST else 0.0


def _taking(pieces: list[Piece], top: float) -> Callable[..., None]:
    """Called with each piece of text: notes it with its place, counted from the top left, and its size."""

    def take(text: str, page: Matrix, line: Matrix, _font: Any, size: float) -> None:
        x = line[4] * page[0] + line[5] * page[2] + page[4]
        y = line[4] * page[1] + line[5] * page[3] + page[5]
        scale = abs((line[0] * line[3] - line[1] * line[2]) * (page[0] * page[3] - page[1] * page[2])) ** 0.5
        pieces.append(Piece(text, _sane(x), _sane(top - y), _sane(size * scale)))

    return take
