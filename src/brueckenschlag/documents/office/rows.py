"""The plan as rows and columns: the same in Word, in the workbook and in the table of plain text."""

from collections.abc import Mapping
from datetime import date

from ..report import Measure, Report, Text

Cell = str | date | None


def headers(report: Report) -> Mapping[str, str]:
    """Key and label of each column: those of the instrument, then the status."""
    return {one.key: str(one.label) for one in report.columns} | {"status": report.words["status"]}


def cells(measure: Measure, keys: Mapping[str, str]) -> list[Cell]:
    """The values of a row in the order of the columns; days as days, None for none."""
    values: dict[str, Cell] = {
        "checkpoint": numbered(measure.checkpoint_number, measure.checkpoint_title),
        "measure": measure.text,
        "priority": measure.priority_words,
        "responsible": measure.responsible,
        "start": measure.start,
        "review": measure.review,
        "status": measure.status_words,
    }
    return [values[key] for key in keys]


def numbered(number: int, title: Text) -> str:
    """A checkpoint as people name it, "3. Titel"; without a number where this edition does not have it."""
    return f"{number}. {title}" if number else str(title)
