"""Tables of plain text (CSV), for every program that reads tables; and the plan as one."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from ..report import Report
from . import rows
from .signs import writable

# A cell that begins so is a formula to the programs that open such a file, also between quotes.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(report: Report) -> bytes:
    """The plan. German days as 28.2.2027; elsewhere the ISO form, the one that no program takes for another day."""
    keys = rows.headers(report)
    return csv_file(
        list(keys.values()),
        ([_words(report, cell) for cell in rows.cells(measure, keys)] for measure in report.measures),
    )


def csv_file(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a mark in front, by which Excel knows it; semicolons and CRLF, as Excel in German writes it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for line in (heads, *lines):
        writer.writerow([_safe(cell) for cell in line])
    return text.getvalue().encode("utf-8-sig")


def _words(report: Report, cell: rows.Cell) -> str:
    if isinstance(cell, date):
        return report.day(cell) if report.language.startswith("de") else cell.isoformat()
    return cell or ""


def _safe(text: str) -> str:
    """The text, never a formula: an apostrophe goes in front of what could be one.

    LibreOffice calculates a cell of "=1+1" and takes "'=1+1" for words (tests/documents/with_libreoffice.py). A space
    or a tab would be taken for words as well, but both are lost when a program trims its cells; the apostrophe is not.
    """
    text = writable(text)
    return f"'{text}" if text.startswith(_RISKY) or text.lstrip().startswith(_RISKY) else text
