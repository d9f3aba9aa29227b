"""Files as they go out, made in the plainest way that the contract of decision 0015 allows."""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any

import openpyxl
import pikepdf
from pikepdf import Array, Dictionary, Name, String

from brueckenschlag.documents.exchange.model import Exchange, ExchangedMeasure, packed

PIECE = 30_000
COLUMNS = {
    "checkpoint": "Checkpunkt",
    "measure": "Maßnahme",
    "priority": "Priorität",
    "responsible": "Verantwortlich",
    "start": "Beginn",
    "review": "Kontrolle",
    "status": "Stand",
    "id": "_id",
}
RATING_COLUMNS = {
    "number": "Nr.",
    "title": "Checkpunkt",
    "level": "Bewertung",
    "note": "Notiz",
    "checkpoint": "_checkpoint",
}
BOX_COLUMNS = {"text": "Anregung", "running": "Läuft schon", "planned": "In den Plan", "suggestion": "_suggestion"}
PRIORITIES = {"high": "hoch", "medium": "mittel", "low": "niedrig"}
STATUSES = {"open": "offen", "started": "begonnen", "done": "erledigt", "dropped": "verworfen"}


def workbook(state: Exchange, *, keys: Iterable[str] = (), boxes: Iterable[str] = ()) -> openpyxl.Workbook:
    """A workbook with plan, ratings (of these checkpoints) and suggestions, and the hidden sheet."""
    book = openpyxl.Workbook()
    plan = book.active
    plan.title = "Maßnahmenplan"
    plan.append(list(COLUMNS.values()))
    for one in state.measures:
        plan.append(row_of(one))
    _ratings(book, state, keys)
    sheet = book.create_sheet("Anregungen")
    sheet.append(list(BOX_COLUMNS.values()))
    planned = {one.suggestion for one in state.measures}
    for key in boxes:
        sheet.append([key, "x" if key in state.running else None, "x" if key in planned else None, key])
    _stand(book, state)
    return book


def row_of(one: ExchangedMeasure) -> list[Any]:
    """A measure as a row."""
    words = (PRIORITIES[one.priority], one.responsible or None, one.start, one.review, STATUSES[one.status])
    return [one.checkpoint, one.text, *words, str(one.id)]


def _ratings(book: openpyxl.Workbook, state: Exchange, keys: Iterable[str]) -> None:
    sheet = book.create_sheet("Bewertung")
    sheet.append(list(RATING_COLUMNS.values()))
    found = {one.checkpoint: one for one in state.ratings}
    for number, key in enumerate(keys, start=1):
        one = found.get(key)
        sheet.append([number, key, one.level or None if one else None, one.note or None if one else None, key])


def _stand(book: openpyxl.Workbook, state: Exchange) -> None:
    sheet = book.create_sheet("_Stand")
    sheet.sheet_state = "veryHidden"
    base = packed(state)
    for number, start in enumerate(range(0, len(base), PIECE), start=1):
        sheet.cell(number, 1, base[start : start + PIECE])
    for column, headers in ((3, COLUMNS), (9, RATING_COLUMNS), (12, BOX_COLUMNS)):
        for number, (key, label) in enumerate(headers.items(), start=1):
            sheet.cell(number, column, label)
            sheet.cell(number, column + 1, key)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of the file."""
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def form(
    state: Exchange | None, fields: Mapping[str, str | bool], change: Callable[[pikepdf.Pdf], None] | None = None
) -> bytes:
    """A form with these fields: text, True or False for boxes; `rating/…` are radios with the levels as buttons."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    made = [_field(pdf, page, name, value) for name, value in fields.items()]
    if state is not None:
        made.append(_field(pdf, page, "base", packed(state)))
    pdf.Root.AcroForm = Dictionary(Fields=Array(made), NeedAppearances=True)
    if change:
        change(pdf)
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def _field(pdf: pikepdf.Pdf, page: pikepdf.Page, name: str, value: str | bool) -> pikepdf.Object:
    place = {"/Type": Name.Annot, "/Subtype": Name.Widget, "/Rect": Array([0, 0, 50, 12]), "/T": String(name)}
    if isinstance(value, bool):
        state = Name.Yes if value else Name.Off
        empty = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        looks = Dictionary(N=Dictionary(Yes=empty, Off=empty))
        field = pdf.make_indirect(Dictionary(place | {"/FT": Name.Btn, "/V": state, "/AS": state, "/AP": looks}))
    elif name.startswith("rating/"):
        return _radio(pdf, page, name, value)
    else:
        field = pdf.make_indirect(Dictionary(place | {"/FT": Name.Tx, "/V": String(value)}))
    _on_page(pdf, page, field)
    return field


def _radio(pdf: pikepdf.Pdf, page: pikepdf.Page, name: str, value: str) -> pikepdf.Object:
    above = pdf.make_indirect(
        Dictionary(FT=Name.Btn, Ff=1 << 15, T=String(name), V=Name(f"/{value or 'Off'}"), Kids=Array())
    )
    empty = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    for level in ("dringend", "bedarf", "gut"):
        kid = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                Rect=Array([0, 0, 9, 9]),
                Parent=above,
                AS=Name(f"/{level if level == value else 'Off'}"),
                AP=Dictionary(N=Dictionary({f"/{level}": empty, "/Off": empty})),
            )
        )
        above.Kids.append(kid)
        _on_page(pdf, page, kid)
    return above


def _on_page(pdf: pikepdf.Pdf, page: pikepdf.Page, widget: pikepdf.Object) -> None:
    if "/Annots" not in page.obj:
        page.obj.Annots = Array()
    page.obj.Annots.append(widget)
