"""Reads the form: what its fields hold, whichever program has filled them in and saved."""

import logging
import re
import zlib
from collections.abc import Iterator
from typing import Any

from ..memory import opened_pdf
from .returned import BOMB, ROW_FIELDS, TICKED, Filled, RefusedError, Row, Sentence

MOST_FIELDS = 5_000
MOST_OBJECTS = 40_000
LARGEST_UNPACKED = 20_000_000  # bytes of all streams that are unpacked to find the objects
DEEPEST = 12
LONG_LIST = 50  # longer ones hold numbers or references

LOCKED = Sentence("Dieses PDF ist mit einem Kennwort geschützt. Bitte ohne Kennwort und ohne Schutz speichern.")
DAMAGED = Sentence("Dieses PDF ist beschädigt oder unvollständig. Bitte noch einmal speichern und hochladen.")
XFA = Sentence(
    "Dieses PDF enthält ein XFA-Formular. So etwas kommt nicht von hier und wird nicht gelesen. "
    "Bitte das Formular von hier benutzen."
)
SCRIPT = Sentence("Dieses PDF enthält ein Programm (JavaScript). So etwas kommt nicht von hier und wird nicht gelesen.")
NOT_OURS = Sentence(
    "In diesem PDF finden wir unsere Felder nicht. Bitte das ausgefüllte Formular selbst speichern und hochladen, "
    "nicht „als PDF drucken“ und nicht scannen."
)
_STREAM = re.compile(rb"stream\r?\n")
_NUMBER, _REFERENCED = re.compile(rb"/N\s+(\d{1,9})"), re.compile(rb"/N\s+\d+\s+\d+\s+R")
_ROW = re.compile(r"plan/(\d{1,4})/([a-z]+)")


def read(data: bytes) -> Filled:
    """What the form holds. Raises RefusedError."""
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    from pikepdf import PasswordError, PdfError

    if b"%%EOF" not in data[-2048:]:
        raise RefusedError(DAMAGED)
    _must_be_small(data)
    try:
        with opened_pdf(data) as file:
            if file.is_encrypted:
                raise RefusedError(LOCKED)
            _must_be_harmless(file)
            return _filled(dict(_values(file)))
    except PasswordError:
        raise RefusedError(LOCKED) from None
    except (PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        raise RefusedError(DAMAGED) from None  # whatever a damaged file makes the library stumble over


def _must_be_small(data: bytes) -> None:
    """Counts objects and tries out the streams that hold some: opening a file unpacks them without any limit."""
    total, objects = 0, data.count(b" obj")
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - 1500) : match.start()]
        head = head[head.rfind(b" obj") + 1 :]
        if b"ObjStm" not in head and b"XRef" not in head:
            continue
        if _REFERENCED.search(head) or head.count(b"Decode") - head.count(b"DecodeParms") > 1:
            raise RefusedError(BOMB)  # no program hides the number of objects, or packs them twice
        objects += sum(int(number) for number in _NUMBER.findall(head))
        try:
            total += len(zlib.decompressobj().decompress(data[match.end() :], LARGEST_UNPACKED + 1))
        except zlib.error:
            continue  # not packed, or broken: then it cannot grow
        if total > LARGEST_UNPACKED:
            raise RefusedError(BOMB)
    if objects > MOST_OBJECTS:
        raise RefusedError(BOMB)


def _must_be_harmless(file: Any) -> None:
    """Looks for what a form of ours never has."""
    form = file.Root.get("/AcroForm")
    if form is not None and "/XFA" in form:
        raise RefusedError(XFA)
    for one in file.objects:
        if _has_script(one, 0):
            raise RefusedError(SCRIPT)


def _has_script(value: Any, depth: int) -> bool:
    """Whether a script stands in this object; what it refers to is another object and gets its own turn."""
    from pikepdf import Array, Dictionary, Stream

    if depth > DEEPEST or not isinstance(value, Dictionary | Array | Stream):
        return False
    if isinstance(value, Array):
        return len(value) < LONG_LIST and any(_has_script(one, depth + 1) for one in value if _is_inside(one))
    if "/JS" in value or value.get("/S") == "/JavaScript" or "/JavaScript" in value:
        return True
    return any(_has_script(one, depth + 1) for _, one in value.items() if _is_inside(one))


def _is_inside(value: Any) -> bool:
    """Whether this is not an object of its own; numbers and the like come as Python's own."""
    return not getattr(value, "is_indirect", False)


def _values(file: Any) -> Iterator[tuple[str, str]]:
    """The full name of each field and its value as text; one that is ticked by `1`."""
    form = file.Root.get("/AcroForm")
    fields = form.get("/Fields", []) if form is not None else []
    waiting: list[tuple[Any, str, dict[str, Any], int]] = [(one, "", {}, 0) for one in fields]
    seen = 0
    while waiting:
        field, above, inherited, depth = waiting.pop()
        seen += 1
        if seen > MOST_FIELDS or depth > DEEPEST:
            return
        own = inherited | {key: field[key] for key in ("/FT", "/V", "/Opt") if key in field}
        name = ".".join(part for part in (above, str(field["/T"]) if "/T" in field else "") if part)
        kids = list(field.get("/Kids", []))
        named = [kid for kid in kids if "/T" in kid]
        waiting += [(kid, name, own, depth + 1) for kid in named]
        if not named and name:
            yield name, _value(own, kids or [field])


def _value(field: dict[str, Any], widgets: list[Any]) -> str:
    """A field's value: text, the chosen key, or `1`; "" for none."""
    kind, value = str(field.get("/FT", "/Tx")), field.get("/V")
    if kind != "/Btn":
        return _text(value)
    state = str(value) if value is not None else "/Off"
    states = (str(one.get("/AS", "/Off")) for one in widgets)
    if state in ("/Off", "Off", ""):
        state = next((one for one in states if one != "/Off"), "/Off")
    state = state.removeprefix("/")
    options = field.get("/Opt")
    if options is not None and state.isdigit() and int(state) < len(options):
        return _text(options[int(state)])
    return "" if state == "Off" else state


def _text(value: Any) -> str:
    from pikepdf import Array, Stream

    if value is None:
        return ""
    if isinstance(value, Array):
        return _text(value[0]) if len(value) else ""
    if isinstance(value, Stream):
        return bytes(value.read_bytes()).decode("utf-8", "replace")
    return str(value).removeprefix("/") if value.__class__.__name__ == "Name" else str(value)


def _filled(values: dict[str, str]) -> Filled:
    """The fields by what they mean."""
    if "base" not in values and not any(_ROW.fullmatch(name) or name.startswith("rating/") for name in values):
        raise RefusedError(NOT_OURS)

    def of(front: str) -> dict[str, str]:
        return {name.removeprefix(front): value for name, value in values.items() if name.startswith(front)}

    def boxes(front: str) -> dict[str, str]:
        return {name.replace("/", "."): TICKED if value else "" for name, value in of(front).items()}

    return Filled(
        kind="form",
        base=values.get("base", ""),
        name=values.get("name"),
        levels=of("rating/"),
        notes=of("note/"),
        running=boxes("running/"),
        planned=boxes("planned/"),
        rows=tuple(_rows(values)),
    )


def _rows(values: dict[str, str]) -> Iterator[Row]:
    """The rows of the plan in order; an empty one without a measure's id is none."""
    rows: dict[int, dict[str, str]] = {}
    for name, value in values.items():
        if match := _ROW.fullmatch(name):
            field = "text" if match[2] == "measure" else match[2]
            rows.setdefault(int(match[1]), {})[field] = value
    for number, row in sorted(rows.items()):
        id = row.pop("id", "").strip()
        found = {field: value for field, value in row.items() if field in ROW_FIELDS}
        if id or any(value.strip() for value in found.values()):
            yield Row(number, id, found)
