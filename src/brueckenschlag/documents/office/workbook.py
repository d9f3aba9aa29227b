"""The workbook (Excel): plan, ratings and suggestions to go on with, and what the way back needs."""

import io
from datetime import datetime, time
from typing import TYPE_CHECKING

from ..report import Report
from .sheets import plan, ratings, suggestions
from .signs import one_line
from .stand import stand
from .writer import Writer, growing

if TYPE_CHECKING:
    from xlsxwriter import Workbook

OPTIONS = {
    "in_memory": True,
    # What people have written is text: never a formula, never a link.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(report: Report) -> bytes:
    """The .xlsx. Its names and hidden parts are the contract of docs/decisions/0015-documents.md."""
    from xlsxwriter import Workbook

    made = io.BytesIO()
    with Workbook(made, OPTIONS) as book:
        _describe(book, report)
        writer = Writer(book, report)
        sheets = [book.add_worksheet(name) for name in _names(report)]
        lists = stand(writer, book.add_worksheet("_Stand"))
        for sheet, fill in zip(sheets, (plan, ratings, suggestions), strict=True):
            fill(writer, sheet, lists)
        sheets[0].activate()
    return growing(made.getvalue())


def _names(report: Report) -> list[str]:
    """The names on the tabs; our own words, short and without the signs that a tab forbids."""
    return [report.words[word] for word in ("plan", "rating", "suggestions")]


def _describe(book: "Workbook", report: Report) -> None:
    book.set_properties(
        {
            "title": one_line(" – ".join(filter(None, (str(report.plan_title), report.name)))),
            "subject": one_line(str(report.title)),
            "author": one_line(report.name or report.operator),
            "comments": f"{report.words['edition']} {report.edition}",
            "created": datetime.combine(report.made_on, time()),
        }
    )
    book.set_calc_mode("auto")
