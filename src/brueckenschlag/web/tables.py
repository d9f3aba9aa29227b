"""Tables of plain text (CSV) for every program that reads tables."""

import csv
import io
from collections.abc import Iterable, Sequence

# A cell that begins so is a formula to the programs that open such a file, also between quotes.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_file(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a mark in front, by which Excel knows it; semicolons and CRLF, as Excel in German writes it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (heads, *rows):
        writer.writerow([safe(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def safe(text: str) -> str:
    """The text, never a formula: an apostrophe goes in front of what could be one."""
    return f"'{text}" if text.startswith(_RISKY) or text.lstrip().startswith(_RISKY) else text
