"""Reads the workbook by what stands over its columns, however they were moved, and whichever program saved it."""

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from ...imports import archive
from .returned import (
    BOMB,
    FORMULA,
    TICKED,
    TOO_MANY_ROWS,
    UNKNOWN_WORDS,
    WRONG_TYPE,
    Doubt,
    Filled,
    Place,
    RefusedError,
    Row,
    Sentence,
)
from .vocabulary import plain

LIMITS = archive.Limits(members=400, unpacked=40_000_000, part=15_000_000, ratio=200)
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS, HEADER_ROWS = 1_000, 60, 12, 20
STAND = "_Stand"
# What the hidden columns are called in every language, and what a sheet must have to be the one it seems to be.
HIDDEN = {"plan": {"_id": "id"}, "ratings": {"_checkpoint": "checkpoint"}, "suggestions": {"_suggestion": "suggestion"}}
NEEDED = {"plan": {"measure"}, "suggestions": {"running", "planned"}, "ratings": {"level", "note"}}
# In `_Stand`, counted from 0: where the pairs of label and key of each sheet stand, and those of the words.
PAIRS, WORDS = {"plan": 2, "ratings": 8, "suggestions": 11}, 5
NO = {"", "nein", "no", "false", "0", "falsch", "n", "-", "–", "—"}

DAMAGED = Sentence("Diese Datei ist beschädigt oder unvollständig. Bitte noch einmal speichern und hochladen.")
LOCKED = Sentence("Diese Datei ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern.")
MACROS = Sentence("Diese Datei kann Makros enthalten. Bitte als .xlsx ohne Makros speichern.")
LINKED = Sentence(
    "Diese Datei holt Angaben aus anderen Dateien oder aus dem Netz. Bitte diese Verknüpfungen entfernen und noch "
    "einmal speichern."
)
NOT_A_WORKBOOK = Sentence("Das ist keine Excel-Tabelle. Bitte als .xlsx speichern.")
NOT_OURS = Sentence("Diese Tabelle stammt nicht von hier: Wir finden darin keinen Maßnahmenplan.")
UNFIT = {"damaged": DAMAGED, "bomb": BOMB, "locked": LOCKED, "macros": MACROS}
_LINKS = re.compile(r"(^|/)(externalLinks/|connections\.xml$|queryTables/|embeddings/)", re.I)
_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
# How Excel writes signs that XML does not have.
_ESCAPED = re.compile(r"_x00(0[0-9a-f]|1[0-9a-f])_", re.I)

Labels = Mapping[str, Mapping[str, str]]


@dataclass
class _Found:
    """What has been read so far."""

    rows: list[Row] = field(default_factory=list)
    levels: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, dict[str, str]] = field(default_factory=lambda: {"running": {}, "planned": {}})
    doubts: list[Doubt] = field(default_factory=list)
    has_plan: bool = False


def read(data: bytes, labels: Labels) -> Filled:
    """What the workbook holds.

    `labels` are the words that can stand over columns, by sheet (plan, ratings, suggestions), each as key by
    `vocabulary.plain`; those of the hidden sheet come first. Raises RefusedError.
    """
    from openpyxl import load_workbook

    _must_be_harmless(data)
    found = _Found()
    try:
        with warnings.catch_warnings(action="ignore"):  # what the library would leave out on writing
            book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
            stand = _grid(book[STAND]) if STAND in book.sheetnames else []
            own = _with_own(labels, stand)
            for sheet in book.worksheets[:MOST_SHEETS]:
                if sheet.title != STAND:
                    _read_sheet(sheet, own, found)
    except Exception:  # whatever a damaged file makes the library stumble over
        raise RefusedError(DAMAGED) from None
    if not found.has_plan and not found.levels and not stand:
        raise RefusedError(NOT_OURS)
    return Filled(
        kind="workbook",
        base="".join(_words(row[0]) for row in stand if row),
        levels=found.levels,
        notes=found.notes,
        running=found.boxes["running"],
        planned=found.boxes["planned"],
        rows=tuple(found.rows),
        is_whole=found.has_plan,
        doubts=tuple(found.doubts),
        words=dict(_pairs(stand, WORDS)),
    )


def _must_be_harmless(data: bytes) -> None:
    try:
        packed = archive.opened(data, LIMITS)
        _must_be_a_workbook(packed)
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")) and any(one in archive.part(packed, name, LIMITS) for one in _DOCTYPE):
                raise RefusedError(DAMAGED)
    except archive.UnfitError as unfit:
        raise RefusedError(UNFIT[unfit.reason]) from None


def _must_be_a_workbook(packed: ZipFile) -> None:
    names = packed.namelist()
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise RefusedError(NOT_A_WORKBOOK if "content.xml" in names else WRONG_TYPE)
    if archive.names_macros(archive.part(packed, "[Content_Types].xml", LIMITS).decode("utf-8", "replace")):
        raise RefusedError(MACROS)
    if any(_LINKS.search(name) for name in names):
        raise RefusedError(LINKED)


def _grid(sheet: Any) -> list[tuple[Any, ...]]:
    """The cells of a sheet, not more than we would ever write."""
    sheet.reset_dimensions()  # what the file says about its own size is not always true
    return list(sheet.iter_rows(max_row=MOST_ROWS + HEADER_ROWS + 1, max_col=MOST_COLUMNS))


def _with_own(labels: Labels, stand: list[tuple[Any, ...]]) -> dict[str, dict[str, str]]:
    """The known labels, and before them those that the file says it has."""
    return {kind: {**labels.get(kind, {}), **dict(_pairs(stand, at)), **HIDDEN[kind]} for kind, at in PAIRS.items()}


def _pairs(stand: list[tuple[Any, ...]], column: int) -> Iterator[tuple[str, str]]:
    for row in stand:
        if len(row) > column + 1 and _words(row[column]) and _words(row[column + 1]):
            yield plain(_words(row[column])), _words(row[column + 1]).strip()


def _read_sheet(sheet: Any, labels: Labels, found: _Found) -> None:
    rows = _grid(sheet)
    for at, row in enumerate(rows[:HEADER_ROWS]):
        heads = [plain(_words(cell)) for cell in row]
        for kind, needed in NEEDED.items():
            columns = {
                labels[kind][head]: number for number, head in reversed(list(enumerate(heads))) if head in labels[kind]
            }
            if needed & columns.keys() and len(columns) > 1:
                READERS[kind](rows[at + 1 :], at + 2, columns, found)
                return


def _plan(rows: list[tuple[Any, ...]], first: int, columns: Mapping[str, int], found: _Found) -> None:
    found.has_plan = True
    for number, row in enumerate(rows, start=first):
        doubts: list[Doubt] = []
        values = {}
        for key, at in columns.items():
            name = "text" if key == "measure" else key
            place = Place(row=number, field=name)
            words = _understood(row[at] if at < len(row) else None, place, doubts)
            if words is not None:
                values[name] = words
        id = values.pop("id", "").strip()
        if number - first >= MOST_ROWS and any(values.values()):
            found.doubts.append(Doubt(Place(row=number), "", TOO_MANY_ROWS, {"limit": MOST_ROWS}))
            return
        found.doubts += doubts
        if any(value.strip() for value in values.values()) or doubts:
            found.rows.append(Row(number, id, values))


def _ratings(rows: list[tuple[Any, ...]], first: int, columns: Mapping[str, int], found: _Found) -> None:
    for row in rows[:MOST_ROWS]:
        key = _first(row, columns, ("checkpoint", "title", "number"))
        for name, values in (("level", found.levels), ("note", found.notes)):
            if key and name in columns:
                words = _understood(_at(row, columns[name]), Place(checkpoint=key, field=name), found.doubts)
                if words is not None:
                    values[key] = words


def _suggestions(rows: list[tuple[Any, ...]], first: int, columns: Mapping[str, int], found: _Found) -> None:
    for row in rows[:MOST_ROWS]:
        key = _first(row, columns, ("suggestion", "text"))
        for name, values in found.boxes.items():
            if key and name in columns:
                words = _understood(_at(row, columns[name]), Place(suggestion=key, field=name), found.doubts)
                if words is not None:
                    values[key] = "" if words.strip().casefold() in NO else TICKED


READERS = {"plan": _plan, "ratings": _ratings, "suggestions": _suggestions}


def _at(row: tuple[Any, ...], column: int) -> Any:
    return row[column] if column < len(row) else None


def _first(row: tuple[Any, ...], columns: Mapping[str, int], names: tuple[str, ...]) -> str:
    """The first of these columns that says something."""
    found = (_words(_at(row, columns[name])).strip() for name in names if name in columns)
    return next((words for words in found if words), "")


def _understood(cell: Any, place: Place, doubts: list[Doubt]) -> str | None:
    """The cell's value as text; None, and a doubt, for a formula or an error, which are not values."""
    kind = getattr(cell, "data_type", "n")
    if kind in ("f", "e"):
        words = _words(cell) if isinstance(cell.value, str) else "="
        doubts.append(Doubt(place, words, FORMULA if kind == "f" else UNKNOWN_WORDS))
        return None
    return _words(cell)


def _words(cell: Any) -> str:
    """The cell's value as a person would type it; a day as 2027-02-28."""
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, bool):
        return TICKED if value else ""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value))
