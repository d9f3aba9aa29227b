"""The three sheets that people see. Everything can be filled in, sorted, filtered and printed without further ado."""

from datetime import date
from typing import TYPE_CHECKING, Any

from ..report import Entry
from . import rows
from .signs import one_line
from .stand import Lists, plan_headers, rating_headers, suggestion_headers
from .writer import MUTED, TONES, Writer

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

EMPTY_ROWS = 40
WIDTHS = {
    "checkpoint": 36,
    "measure": 60,
    "priority": 14,
    "responsible": 26,
    "start": 13,
    "review": 13,
    "status": 14,
}
RATING_WIDTHS = (7, 34, 60, 32, 54)
SUGGESTION_WIDTHS = (42, 92, 14, 14)
LENGTHS = {"measure": 300, "responsible": 120, "note": 4000}
A4 = 9


def plan(writer: Writer, sheet: "Worksheet", lists: Lists) -> None:
    """The plan with prepared empty rows; the last column holds the ids and is hidden."""
    report, headers = writer.report, plan_headers(writer.report)
    shown = rows.headers(report)
    last = len(report.measures) + EMPTY_ROWS
    looks = {key: writer.typed if key in LENGTHS else writer.words for key in shown} | {
        key: writer.day for key in ("start", "review") if key in shown
    }
    _heads(writer, sheet, headers, last)
    for row, measure in enumerate(report.measures, start=1):
        cells = rows.cells(measure, shown)
        for column, (key, cell) in enumerate(zip(shown, cells, strict=True)):
            writer.put(sheet, row, column, cell, looks[key])
        sheet.write_string(row, len(shown), measure.id)
        writer.fit(sheet, row, cells, [WIDTHS[key] for key in shown])
    for column, key in enumerate(shown):
        sheet.set_column(column, column, WIDTHS[key], looks[key])  # rows yet to be filled have their looks from here
        sheet.data_validation(1, column, last, column, _allowed(writer, key, lists))
    _finished(writer, sheet, list(shown), last)
    _lined(writer, sheet, last, len(shown))
    _print_setup(writer, sheet, str(writer.report.plan_title))


def ratings(writer: Writer, sheet: "Worksheet", lists: Lists) -> None:
    """A row for each checkpoint: what good practice is, the rating to choose, a note; all from the top of the cell.

    A note can be longer than Excel lets a row be high: then its end is missing on paper, not its beginning.
    """
    writer, report = Writer(writer.book, writer.report, valign="top"), writer.report
    headers = list(rating_headers(report))
    _heads(writer, sheet, rating_headers(report), len(report.checkpoints))
    for row, point in enumerate(report.checkpoints, start=1):
        sheet.write_number(row, 0, point.number, writer.centred)
        level = str(point.level.label) if point.level else None
        cells = (str(point.title), str(point.statement), level, point.note, point.key)
        for column, cell in enumerate(cells, start=1):
            writer.put(sheet, row, column, cell, writer.typed if headers[column] == "note" else writer.words)
        writer.fit(sheet, row, cells[:-1], RATING_WIDTHS[1:])
    for column, width in enumerate(RATING_WIDTHS):
        sheet.set_column(column, column, width)
    last = len(report.checkpoints)
    sheet.data_validation(1, 3, last, 3, _choice(writer, lists.sources["level"], str(report.question)))
    sheet.data_validation(1, 4, last, 4, _length(writer, "note", ""))
    for one in report.levels:
        _coloured(writer, sheet, (1, 3, last, 3), str(one.label), TONES[one.tone])
    _lined(writer, sheet, last, len(headers) - 1)
    _print_setup(writer, sheet, report.words["rating"])


def suggestions(writer: Writer, sheet: "Worksheet", lists: Lists) -> None:
    """A row for each suggestion with a place for a cross at "runs already" and at "into the plan"."""
    report = writer.report
    found = [(point, one) for point in report.checkpoints for group in point.groups for one in group.entries]
    _heads(writer, sheet, suggestion_headers(report), len(found))
    part = writer.look(indent=2)
    for row, (point, entry) in enumerate(found, start=1):
        title = rows.numbered(point.number, point.title)
        cells = (title, str(entry.text), *_crosses(entry), entry.key)
        looks = (writer.words, part if entry.depth else writer.words, writer.centred, writer.centred, writer.words)
        for column, (cell, look) in enumerate(zip(cells, looks, strict=True)):
            writer.put(sheet, row, column, cell, look)
        writer.fit(sheet, row, cells[:-1], SUGGESTION_WIDTHS)
    for column, width in enumerate(SUGGESTION_WIDTHS):
        sheet.set_column(column, column, width)
    cross = {"validate": "list", "source": ["x"], **_fault(writer, report.words["only x"])}
    sheet.data_validation(1, 2, len(found), 3, cross)
    _lined(writer, sheet, len(found), len(SUGGESTION_WIDTHS))
    _print_setup(writer, sheet, report.words["suggestions"])


def _crosses(entry: Entry) -> tuple[str, str]:
    return "x" if entry.is_running else "", "x" if entry.is_planned else ""


def _heads(writer: Writer, sheet: "Worksheet", headers: dict[str, str], last: int) -> None:
    """The first row, which stays in sight and filters; the last column, for the way back, is hidden."""
    for column, label in enumerate(headers.values()):
        writer.put(sheet, 0, column, one_line(label), writer.head)
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(headers) - 1)
    sheet.set_column(len(headers) - 1, len(headers) - 1, None, None, {"hidden": True})
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{last + 1}"})


def _allowed(writer: Writer, key: str, lists: Lists) -> dict[str, Any]:
    """What may be entered in a column of the plan, and its help."""
    help_words = next((str(one.help) for one in writer.report.columns if one.key == key), "")
    if key in lists.sources:
        return _choice(writer, lists.sources[key], help_words)
    if key in LENGTHS:
        return _length(writer, key, help_words)
    between = {"criteria": "between", "minimum": date(2000, 1, 1), "maximum": date(2199, 12, 31)}
    return {"validate": "date", **between, **_help(help_words), **_fault(writer, writer.report.words["only days"])}


def _choice(writer: Writer, source: str, help_words: str) -> dict[str, Any]:
    words = writer.report.words["only from list"]
    return {"validate": "list", "source": source, **_help(help_words), **_fault(writer, words)}


def _length(writer: Writer, key: str, help_words: str) -> dict[str, Any]:
    most = LENGTHS[key]
    fault = _fault(writer, writer.report.words["too long"] % {"most": most})
    return {"validate": "length", "criteria": "<=", "value": most, **_help(help_words), **fault}


def _help(words: str) -> dict[str, Any]:
    """Shown beside the cell while it is chosen; the format allows 255 signs."""
    return {"input_message": one_line(words)[:255]} if words else {}


def _fault(writer: Writer, words: str) -> dict[str, Any]:
    return {"ignore_blank": True, "error_title": writer.report.words["not allowed"][:32], "error_message": words[:255]}


def _coloured(
    writer: Writer, sheet: "Worksheet", place: tuple[int, int, int, int], word: str, look: dict[str, Any]
) -> None:
    quoted = word.replace('"', '""')
    rule = {"type": "cell", "criteria": "==", "value": f'"{quoted}"', "format": writer.rule(**look)}
    sheet.conditional_format(*place, rule)


def _finished(writer: Writer, sheet: "Worksheet", keys: list[str], last: int) -> None:
    """Rows that are done or dropped step back; a review before its start stands out."""
    quiet = writer.rule(font_color=MUTED, italic=True)
    status = _letter(keys.index("status"))
    for key in ("done", "dropped"):
        word = writer.report.statuses[key].replace('"', '""')
        rule = {"type": "formula", "criteria": f'=${status}2="{word}"', "format": quiet}
        sheet.conditional_format(1, 0, last, len(keys) - 1, rule)
    if "start" in keys and "review" in keys:
        start, review = keys.index("start"), keys.index("review")
        first, second = f"${_letter(start)}2", f"${_letter(review)}2"
        early = f"=AND(ISNUMBER({first}),ISNUMBER({second}),{second}<{first})"
        look = writer.rule(**TONES["red"])
        sheet.conditional_format(1, review, last, review, {"type": "formula", "criteria": early, "format": look})


def _lined(writer: Writer, sheet: "Worksheet", last: int, columns: int) -> None:
    """Lines only where something stands, so that empty rows are not printed; the last rule, the others come first."""
    criteria = f"=COUNTA($A2:${_letter(columns - 1)}2)>0"
    sheet.conditional_format(
        1, 0, last, columns - 1, {"type": "formula", "criteria": criteria, "format": writer.rule()}
    )


def _letter(column: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]


def _print_setup(writer: Writer, sheet: "Worksheet", title: str) -> None:
    """Its title in the margin, A4, as wide as the page, the first row on every page; lines between the cells."""
    report = writer.report
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    name = _in_margin(report.name or str(report.title))
    sheet.set_header(f"&L&B{_in_margin(title)}&B&R{name}")
    sheet.set_footer(f"&L{_in_margin(str(report.title))}&C{report.words['page']} &P / &N&R{report.day(report.made_on)}")


def _in_margin(text: str) -> str:
    """Text for the margin of the page, where & begins a command and 255 signs are all there is."""
    return one_line(text)[:70].replace("&", "&&")
