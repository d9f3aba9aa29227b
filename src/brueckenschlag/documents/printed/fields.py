"""Makes form fields of the links that a layout has written: the layout alone says where a field is.

A layout writes what can be filled in as a link to `field:<name>`. Typst gives each link its rectangle, its place in
the tree of tags and with it in the order of reading. Here the link's annotation becomes the field's widget and its
tag a Form; nothing is measured or placed. A choice of one is written as several links, `field:<name>#<key>`.

How a filled field looks is set by Typst too (see `looks`), so every viewer shows every sign; a viewer in which
somebody types draws with the font that the form names (see `face`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..memory import opened_pdf
from .engine import packed
from .face import NAME, face
from .looks import INK, NO_CROSS, NO_WORDS, cross, looks_of, plain_look, text_for

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

LINK = "field:"
ON, OFF = "/Yes", "/Off"
PRINTED = 4
READ_ONLY, LINES, RADIO, COMBO = 1, 1 << 12, 1 << 15, 1 << 17
BESIDE_THE_PAGE = (-1, -1, -1, -1)


@dataclass(frozen=True)
class Field:
    """A field of the form. `tooltip` is its name for people who hear it.

    `most` is how many signs it takes, `size` the size of its type in points. `options` are keys and words of a choice;
    a radio's are keys and tooltips of its buttons. A check box holds "Yes" or "". What is `carried` nobody sees: a
    widget without size beside the page, because PDF/A allows no hidden ones.
    """

    name: str
    kind: Literal["text", "choice", "check", "radio", "carried"]
    tooltip: str
    value: str = ""
    most: int = 0
    size: float = 9
    lines: bool = False
    options: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """What a text or choice shows."""
        return dict(self.options).get(self.value, self.value) if self.kind == "choice" else self.value


@dataclass(frozen=True)
class Place:
    """A link of the layout that becomes a widget; `key` names the button of a radio."""

    field: Field
    key: str
    widget: "Object"


def with_fields(document: bytes, fields: Iterable[Field], language: str) -> bytes:
    """The document with its links made into these fields. Raises KeyError where a link names none of them."""
    from pikepdf import Array, Dictionary

    named = {one.name: one for one in fields}
    with opened_pdf(document) as pdf:
        places = list(_places(pdf, named))
        made = _made(pdf, places)
        _draw_words(pdf, places, language)
        made |= {one.name: _carried(pdf, one) for one in named.values() if one.kind == "carried"}
        fonts = Dictionary({f"/{NAME}": face(pdf)})
        pdf.Root.AcroForm = Dictionary(Fields=Array(made.values()), DR=Dictionary(Font=fonts), DA=_typed_in(9))
        return packed(pdf)


def _places(pdf: "Pdf", named: Mapping[str, Field]) -> Iterator[Place]:
    """Every link that is to be a field, in the order of the pages; from here on it is a widget."""
    from pikepdf import Name, NumberTree

    tags = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for page in pdf.pages:
        for link in page.obj.get("/Annots", []):
            target = str(link.A.URI) if "/A" in link and "/URI" in link.A else ""
            if target.startswith(LINK):
                name, _, key = target.removeprefix(LINK).partition("#")
                for entry in ("/A", "/Border", "/Contents"):
                    del link[entry]
                link.Subtype, link.P, link.F = Name.Widget, page.obj, PRINTED
                tags[int(link.StructParent)].S = Name.Form
                yield Place(named[name], key, link)


def _made(pdf: "Pdf", places: Iterable[Place]) -> dict[str, "Object"]:
    """The fields by their names. A radio's field stands above its buttons, any other is its own widget."""
    made: dict[str, Object] = {}
    for place in places:
        field = place.field
        if field.kind != "radio":
            made[field.name] = _single(pdf, place)
            continue
        if field.name not in made:
            made[field.name] = _above_buttons(pdf, field)
        _button(pdf, place, made[field.name])
    return made


def _single(pdf: "Pdf", place: Place) -> "Object":
    from pikepdf import Array, Name, String

    field, widget = place.field, place.widget
    widget.T, widget.TU = String(field.name), String(field.tooltip)
    if field.kind == "check":
        widget.FT = Name.Btn
        _box(pdf, widget, ON, bool(field.value))
        widget.V = widget.AS
        return widget
    widget.DA = _typed_in(field.size)
    if field.value:
        widget.V = String(field.value)
    if field.kind == "choice":
        widget.FT, widget.Ff = Name.Ch, COMBO
        widget.Opt = Array(Array([String(key), String(words)]) for key, words in field.options)
    else:
        widget.FT, widget.Ff = Name.Tx, LINES if field.lines else 0
        widget.MaxLen = max(field.most, len(field.value))
    return widget


def _above_buttons(pdf: "Pdf", field: Field) -> "Object":
    from pikepdf import Array, Dictionary, Name, String

    above = Dictionary(FT=Name.Btn, Ff=RADIO, T=String(field.name), TU=String(field.tooltip), Kids=Array())
    above.V = Name(f"/{field.value}" if field.value else OFF)
    return pdf.make_indirect(above)


def _button(pdf: "Pdf", place: Place, above: "Object") -> None:
    from pikepdf import String

    place.widget.Parent = above
    place.widget.TU = String(dict(place.field.options)[place.key])
    above.Kids.append(place.widget)
    _box(pdf, place.widget, f"/{place.key}", place.field.value == place.key)


def _box(pdf: "Pdf", widget: "Object", on: str, is_on: bool) -> None:
    from pikepdf import Dictionary, Name

    looks = {on: plain_look(pdf, widget, cross(widget)), OFF: plain_look(pdf, widget, NO_CROSS)}
    widget.AP, widget.AS = Dictionary(N=Dictionary(looks)), Name(on if is_on else OFF)
    widget.MK = Dictionary(CA="8")  # a cross, for viewers that draw boxes themselves


def _draw_words(pdf: "Pdf", places: Iterable[Place], language: str) -> None:
    """Gives texts and choices their looks."""
    from pikepdf import Dictionary

    written = [one for one in places if one.field.kind in ("text", "choice")]
    filled = [one for one in written if one.field.value]
    texts = [text_for(one.field.words, one.widget, one.field.size, one.field.lines) for one in filled]
    for place, look in zip(filled, looks_of(pdf, texts, language), strict=True):
        place.widget.AP = Dictionary(N=look)
    for place in written:
        if "/AP" not in place.widget:
            place.widget.AP = Dictionary(N=plain_look(pdf, place.widget, NO_WORDS))


def _carried(pdf: "Pdf", field: Field) -> "Object":
    from pikepdf import Array, Dictionary, Name, String

    page = pdf.pages[0].obj
    widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, P=page, F=PRINTED, Rect=Array(BESIDE_THE_PAGE))
    widget.FT, widget.Ff, widget.DA = Name.Tx, READ_ONLY, _typed_in(9)
    widget.T, widget.TU, widget.V = String(field.name), String(field.tooltip), String(field.value)
    made = pdf.make_indirect(widget)
    if "/Annots" not in page:
        page.Annots = Array()
    page.Annots.append(made)
    return made


def _typed_in(size: float) -> str:
    """How a viewer draws what somebody types: font, size, colour."""
    return f"/{NAME} {size:g} Tf {INK} rg"
