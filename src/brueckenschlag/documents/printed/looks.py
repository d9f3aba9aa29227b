"""How filled fields look, as drawings that every viewer shows: appearance streams."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..memory import opened_pdf
from .engine import drawing, shown

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

INK = "0.11 0.16 0.18"
NO_WORDS = b"/Tx BMC EMC"
NO_CROSS = b"q Q"


def measures(widget: "Object") -> tuple[float, float]:
    """Width and height in points."""
    left, bottom, right, top = (float(one) for one in widget.Rect)
    return right - left, top - bottom


def plain_look(pdf: "Pdf", widget: "Object", content: bytes) -> "Object":
    """A drawing as large as the widget."""
    from pikepdf import Array, Dictionary, Name

    look = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, Resources=Dictionary())
    look.BBox = Array([0, 0, *(round(one, 3) for one in measures(widget))])
    return look


def cross(widget: "Object") -> bytes:
    """What a ticked box shows; the layout has drawn the box itself."""
    width, height = measures(widget)
    left, low, right, high = (f"{one:.2f}" for one in (width * 0.22, height * 0.22, width * 0.78, height * 0.78))
    pen = f"{INK} RG {width * 0.11:.2f} w 1 J"
    return f"{pen} {left} {low} m {right} {high} l {left} {high} m {right} {low} l S".encode()


def looks_of(pdf: "Pdf", texts: Sequence[Mapping[str, Any]], language: str) -> Iterable["Object"]:
    """For each text, set by Typst on a page as large as its field, the drawing; see `layouts/appearances.typ`."""

    if not texts:
        return
    with opened_pdf(drawing("appearances", language=language, texts=texts)) as drawn:
        for page in drawn.pages:
            look = pdf.copy_foreign(page.as_form_xobject())
            look.write(b"/Tx BMC q\n" + look.read_bytes() + b"\nQ EMC")
            yield look


def text_for(words: str, widget: "Object", size: float, lines: bool) -> dict[str, Any]:
    """What the layout of the appearances needs to know of a field."""
    width, height = measures(widget)
    return {"words": shown(words), "width": width, "height": height, "size": size, "lines": lines}
