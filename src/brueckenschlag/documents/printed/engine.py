"""Sets a layout with Typst. What people have written goes in as data: it stays text and is never run."""

import dataclasses
import io
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Literal

from fontTools.ttLib import TTFont

from ..report import Report, Text

if TYPE_CHECKING:
    import pikepdf
    import typst

FOLDER = Path(__file__).parent
FONTS = FOLDER.parent / "fonts"
LINE_ENDS = str.maketrans(dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n") | {"\t": " "})
# Signs that fonts may have and PDF/A forbids (private use), or that steer the text around them; and those we keep.
UNFIT = ("Cc", "Cf", "Co", "Cs", "Cn")
JOINERS = "\u00ad\u200b\u200c\u200d\u200e\u200f"
# More accents on one letter than any language has; a thousand of them are one sign to the typesetter, and slow.
PILED = re.compile("([\u0300-\u036f]{4})[\u0300-\u036f]+")
STANDARDS: tuple[Literal["ua-1"], Literal["a-2a"]] = ("ua-1", "a-2a")


def pdf(layout: str, report: Report, **more: Any) -> bytes:
    """The PDF of a layout, `layouts/<layout>.typ`, which finds the Report as `data`; `more` goes in beside it.

    Typst keeps what it has worked out between two calls, so the first one is the slowest.
    """
    import pikepdf  # 15 MB that a page never needs

    with pikepdf.open(io.BytesIO(loose_pdf(layout, report, **more))) as document:
        return packed(document)


def loose_pdf(layout: str, report: Report, **more: Any) -> bytes:
    """The same as Typst writes it, for a program that goes on working at it."""
    return _set(layout, as_data(report) | more, pdf_standards=list(STANDARDS))


def drawing(layout: str, **data: Any) -> bytes:
    """The pages of a layout without tags, for a program that takes them apart and puts them into another PDF."""
    return _set(layout, data, pdf_standards=["a-2u"], pdf_tags=False)


def _set(layout: str, data: Mapping[str, Any], **options: Any) -> bytes:
    import typst  # 40 MB that a page never needs

    made: bytes = typst.compile(
        str(FOLDER / "layouts" / f"{layout}.typ"),
        root=str(FOLDER),
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        **options,
    )
    return made


@cache
def _fonts() -> "typst.Fonts":
    """Ours and no others, whatever the machine has; looked at once in the life of a process."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def png(layout: str, report: Report) -> bytes:
    """The one page of a layout as a picture with 200 dots per inch, for formats that cannot draw."""
    import typst

    made: bytes = typst.compile(
        str(FOLDER / "layouts" / f"{layout}.typ"),
        root=str(FOLDER),
        font_paths=_fonts(),
        format="png",
        ppi=200,
        sys_inputs={"data": json.dumps(as_data(report), ensure_ascii=False)},
    )
    return made


def packed(document: "pikepdf.Pdf") -> bytes:
    """The document in half the size: thousands of small objects, of tags above all, are squeezed together.

    Written as a job of qpdf and not by `document.save`: PDF/A wants a new line after each stream, and leaving one out
    where a stream happens to end with one is what `save` does.
    """
    import pikepdf

    with NamedTemporaryFile(suffix=".pdf") as file:
        asked = ("--object-streams=generate", "--newline-before-endstream", "--deterministic-id")
        pikepdf.Job(["qpdf", *asked, "--empty", file.name]).write_pdf(document)
        return file.read()


def as_data(report: Report) -> dict[str, Any]:
    """The Report as Typst reads it: each Text as a list of words and language, each day as text."""
    return {field.name: _plain(getattr(report, field.name)) for field in dataclasses.fields(report)}


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return [[shown(piece.words), piece.language] for piece in value.pieces]
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def shown(text: str) -> str:
    """The text with a box for each sign that none of our fonts has: PDF/UA allows no sign without a shape.

    Invisible signs are left out where no font has them, such as those that choose an emoji's colour, and where they
    would turn the text around them. Lines end the same way everywhere.
    """
    known = _known_signs()
    lines = PILED.sub(r"\1", text.replace("\r\n", "\n").translate(LINE_ENDS))
    if known.issuperset(lines.replace("\n", "")):  # nearly always, and much faster than sign by sign
        return lines
    return "".join(one if one == "\n" or ord(one) in known else _instead_of(one) for one in lines)


def _instead_of(sign: str) -> str:
    return "" if unicodedata.category(sign) in ("Cc", "Cf", "Mn", "Me") else "□"


@cache
def _known_signs() -> frozenset[int]:
    ours = [_signs_of(file) for file in FONTS.glob("atkinson-*.ttf")]
    found = _signs_of(FONTS / "dejavu-sans.ttf").union(frozenset.intersection(*ours))
    return frozenset(sign for sign in found if chr(sign) in JOINERS or unicodedata.category(chr(sign)) not in UNFIT)


def _signs_of(font: Path) -> frozenset[int]:
    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())
