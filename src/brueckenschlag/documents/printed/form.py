"""The fillable form: the brochure with fields, blank or with what has been entered."""

from collections.abc import Iterator
from datetime import date

from ..exchange.model import of_report, packed
from ..report import Checkpoint, Column, Entry, Measure, Report
from .engine import loose_pdf
from .fields import Field, with_fields

LEAST_ROWS, SPARE_ROWS = 12, 4
MOST = {"name": 120, "note": 4000, "text": 300, "responsible": 120, "day": 30}
NOTHING = ("", "–")


def form_pdf(report: Report) -> bytes:
    """The form, tagged as PDF/UA-1 and PDF/A-2a: with what has been entered, or blank where nothing has.

    The names of its fields stand in decision 0015.
    """
    rows = rows_of(report)
    document = loose_pdf("brochure", report, paper="a4", fillable=True, rows=rows, spare=0)
    return with_fields(document, fields_of(report, rows), report.language)


def rows_of(report: Report) -> int:
    """How many rows the plan gets: there is always room for some more."""
    return max(LEAST_ROWS, len(report.measures) + SPARE_ROWS)


def fields_of(report: Report, rows: int) -> Iterator[Field]:
    """Every field of the form."""
    yield Field("name", "text", report.words["name"], report.name, MOST["name"], size=12)
    for point in report.checkpoints:
        yield from _of_checkpoint(report, point)
    for number in range(1, rows + 1):
        measure = report.measures[number - 1] if number <= len(report.measures) else None
        yield from _of_row(report, number, measure)
    yield Field("base", "carried", report.words["carried"], packed(of_report(report)))


def _of_checkpoint(report: Report, point: Checkpoint) -> Iterator[Field]:
    words = report.words
    title = f"{words['checkpoint']} {point.number}"
    rating, note = f"{title}: {words['rating']}", f"{title}: {words['note']}"
    buttons = tuple((one.key, f"{rating} – {one.label}") for one in report.levels)
    yield Field(f"rating/{point.key}", "radio", rating, point.level.key if point.level else "", options=buttons)
    for entry in (one for group in point.groups for one in group.entries):
        yield _tick("running", f"{title}: {words['running']}", entry, entry.is_running)
        yield _tick("planned", f"{title}: {words['into plan']}", entry, entry.is_planned)
    yield Field(f"note/{point.key}", "text", note, point.note, MOST["note"], size=10.5, lines=True)


def _tick(front: str, title: str, entry: Entry, is_on: bool) -> Field:
    return Field(f"{front}/{entry.key.replace('.', '/')}", "check", f"{title} – {entry.text}", "Yes" if is_on else "")


def _of_row(report: Report, number: int, measure: Measure | None) -> Iterator[Field]:
    front = f"plan/{number}"
    title = f"{report.plan_title}, {report.words['row'] % {'number': number}}"
    yield Field(f"{front}/id", "carried", f"{title}: {report.words['carried']}", measure.id if measure else "")
    for column in report.columns:
        yield _of_column(report, column, front, title, measure)
    status = (NOTHING, *report.statuses.items())
    words = f"{title}: {report.words['status']}"
    yield Field(f"{front}/status", "choice", words, measure.status if measure else "", options=status)


def _of_column(report: Report, column: Column, front: str, title: str, measure: Measure | None) -> Field:
    key = "text" if column.key == "measure" else column.key
    name, title = f"{front}/{key}", f"{title}: {column.label}"
    value = getattr(measure, key) if measure else ""
    if key in ("start", "review"):
        hint = report.words["a day"] % {"day": report.day(date(2027, 2, 28))}
        return Field(name, "text", f"{title}, {hint}", report.day(getattr(measure, key, None)), MOST["day"])
    if key == "checkpoint":
        return Field(name, "choice", title, value, options=_points(report, measure))
    if key == "priority":
        return Field(name, "choice", title, value, options=(NOTHING, *report.priorities.items()))
    return Field(name, "text", title, value, MOST[key], lines=True)


def _points(report: Report, measure: Measure | None) -> tuple[tuple[str, str], ...]:
    """The checkpoints to choose from; also the one of an earlier edition where the row has it."""
    points = [(one.key, f"{one.number}. {one.short or one.title}") for one in report.checkpoints]
    if measure and not measure.checkpoint_number:
        points.append((measure.checkpoint, str(measure.checkpoint_title)))
    return (NOTHING, *points)
