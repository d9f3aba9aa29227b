"""Writes cells: the looks of the workbook, each defined once, and text that stays text."""

import io
import textwrap
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from ..report import Report
from .rows import Cell
from .signs import writable

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_SIGNS = 32_767  # what a cell can hold
LINE_HEIGHT, PADDING, MOST_HEIGHT = 15, 8, 409  # in points; Excel allows no more
RISKY = ("=", "+", "-", "@")
ACTION, LINE, MUTED = "#0d5563", "#c9c0b0", "#5d564b"
TONES = {
    "red": {"bg_color": "#b3261e", "font_color": "#ffffff", "bold": True},
    "yellow": {"bg_color": "#f0b400", "font_color": "#2b2100", "bold": True},
    "lime": {"bg_color": "#a9c94a", "font_color": "#1c2a00", "bold": True},
    "green": {"bg_color": "#1d7a46", "font_color": "#ffffff", "bold": True},
}
_CELL = {"align": "left", "text_wrap": True, "font_color": "#1c2a2e"}


class Writer:
    """The book, the Report and the formats, which belong to one book."""

    def __init__(self, book: "Workbook", report: Report, valign: str = "vcenter") -> None:
        """`valign` is where text stands in a cell that is higher than it, as the library calls it."""
        self.book, self.report, self.valign = book, report, valign

    def look(self, **more: Any) -> "Format":
        """A format of the book with these properties beside the usual ones."""
        return self.book.add_format(_CELL | {"valign": self.valign} | more)

    def rule(self, **more: Any) -> "Format":
        """A format for cells of a kind; with lines, because LibreOffice follows only the first rule that fits."""
        return self.book.add_format({"border": 1, "border_color": LINE} | more)

    @cached_property
    def head(self) -> "Format":
        """The first row."""
        return self.look(valign="vcenter", indent=1, bold=True, bg_color=ACTION, font_color="#ffffff")

    @cached_property
    def words(self) -> "Format":
        """What is chosen, or only read."""
        return self.look(indent=1)

    @cached_property
    def typed(self) -> "Format":
        """What people type: text, even where it looks like a number, a day or a formula."""
        return self.look(indent=1, num_format="@")

    @cached_property
    def careful(self) -> "Format":
        """The same for what begins like a formula: it stays text also when somebody edits the cell."""
        return self.look(indent=1, num_format="@", quote_prefix=True)

    @cached_property
    def day(self) -> "Format":
        """A real date, shown the way the language writes it."""
        return self.look(num_format="dd/mm/yyyy" if self.report.language.startswith("en") else "d.m.yyyy", indent=1)

    @cached_property
    def centred(self) -> "Format":
        """Numbers and crosses."""
        return self.look(align="center")

    def put(self, sheet: "Worksheet", row: int, column: int, cell: Cell, look: "Format") -> None:
        """One cell, text or day; nothing leaves the cell as its column is."""
        if isinstance(cell, date):
            sheet.write_datetime(row, column, cell, self.day)
        elif text := fitting(cell or ""):
            is_risky = look is self.typed and text.startswith(RISKY)
            sheet.write_string(row, column, text, self.careful if is_risky else look)

    def fit(self, sheet: "Worksheet", row: int, cells: Iterable[Cell], widths: Iterable[int]) -> None:
        """Makes the row as high as its longest text needs. Excel would do so by itself, LibreOffice does not."""
        pairs = zip(cells, widths, strict=True)
        lines = max(_lines(cell, width) for cell, width in pairs if isinstance(cell, str))
        sheet.set_row(row, min(lines * LINE_HEIGHT + PADDING, MOST_HEIGHT))


def _lines(text: str, width: int) -> int:
    return sum(len(textwrap.wrap(line, width)) or 1 for line in text.split("\n"))


def growing(book: bytes) -> bytes:
    """The same file with rows that go on fitting their texts: what the library calls a height set by hand is none."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(book)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.startswith("xl/worksheets/sheet"):
                content = content.replace(b' customHeight="1"', b"")
            new.writestr(part, content)
    return made.getvalue()


def fitting(text: str) -> str:
    """The text as far as a cell can hold it; Excel counts signs beyond the first plane twice."""
    text = writable(text)
    if len(text.encode("utf-16-le")) // 2 <= MOST_SIGNS:
        return text
    kept = text.encode("utf-16-le")[: 2 * (MOST_SIGNS - 1)].decode("utf-16-le", errors="ignore")
    return f"{kept}…"
