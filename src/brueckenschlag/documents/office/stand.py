"""The hidden sheet `_Stand`: what the workbook was when it was written, and which word stands for which key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..exchange.model import of_report, packed
from ..report import Report
from . import rows
from .writer import Writer, fitting

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

PIECE = 30_000
# Headers of the hidden columns, the same in every language.
ID, CHECKPOINT, SUGGESTION = "_id", "_checkpoint", "_suggestion"
BASE, PLAN, WORDS, RATINGS, SUGGESTIONS = 0, 2, 5, 8, 11


@dataclass(frozen=True)
class Lists:
    """Where the words of each drop-down stand, as a formula: by checkpoint, priority, status, level."""

    sources: Mapping[str, str]


def stand(writer: Writer, sheet: "Worksheet") -> Lists:
    """Fills the sheet and hides it. Columns: A base; C, D plan; F, G words; I, J ratings; L, M suggestions."""
    base = packed(of_report(writer.report))
    for number, start in enumerate(range(0, len(base), PIECE)):
        sheet.write_string(number, BASE, base[start : start + PIECE])
    for column, headers in (
        (PLAN, plan_headers(writer.report)),
        (RATINGS, rating_headers(writer.report)),
        (SUGGESTIONS, suggestion_headers(writer.report)),
    ):
        for number, (key, label) in enumerate(headers.items()):
            _pair(sheet, number, column, label, key)
    sheet.very_hidden()
    return Lists(_words(writer.report, sheet))


def plan_headers(report: Report) -> dict[str, str]:
    """Key and header label of each column of the plan's sheet."""
    return {**rows.headers(report), "id": ID}


def rating_headers(report: Report) -> dict[str, str]:
    """Key and header label of each column of the ratings' sheet."""
    words = report.words
    return {
        "number": words["number"],
        "title": words["checkpoint"],
        "statement": words["statement"],
        "level": words["rating"],
        "note": words["note"],
        "checkpoint": CHECKPOINT,
    }


def suggestion_headers(report: Report) -> dict[str, str]:
    """Key and header label of each column of the suggestions' sheet."""
    words = report.words
    return {
        "title": words["checkpoint"],
        "text": words["suggestion"],
        "running": words["running"],
        "planned": words["into plan"],
        "suggestion": SUGGESTION,
    }


def _words(report: Report, sheet: "Worksheet") -> dict[str, str]:
    """Writes word and key, `<kind>/<key>`, of everything that can be chosen; returns the ranges by kind."""
    kinds: dict[str, dict[str, str]] = {
        "checkpoint": {one.key: rows.numbered(one.number, one.title) for one in report.checkpoints},
        "priority": dict(report.priorities),
        "status": dict(report.statuses),
        "level": {one.key: str(one.label) for one in report.levels},
    }
    found, row = {}, 0
    for kind, words in kinds.items():
        found[kind] = f"=_Stand!$F${row + 1}:$F${row + len(words)}"
        for key, word in words.items():
            _pair(sheet, row, WORDS, word, f"{kind}/{key}")
            row += 1
    return found


def _pair(sheet: "Worksheet", row: int, column: int, word: str, key: str) -> None:
    sheet.write_string(row, column, fitting(word))
    sheet.write_string(row, column + 1, key)
