"""Sets a layout with Typst. What people have written goes in as data: it stays text and is never run."""

import dataclasses
import json
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from fontTools.ttLib import TTFont

from ..report import Report, Text

FOLDER = Path(__file__).parent
FONTS = FOLDER.parent / "fonts"
STANDARDS: tuple[Literal["ua-1"], Literal["a-2a"]] = ("ua-1", "a-2a")


def pdf(layout: str, report: Report, **more: Any) -> bytes:
    """The PDF of a layout, `layouts/<layout>.typ`, which finds the Report as `data`; `more` goes in beside it.

    Typst keeps what it has worked out between two calls, so the first one is the slowest.
    """
    import typst  # 40 MB that a page never needs

    made: bytes = typst.compile(
        str(FOLDER / "layouts" / f"{layout}.typ"),
        root=str(FOLDER),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=list(STANDARDS),
        sys_inputs={"data": json.dumps(as_data(report) | more, ensure_ascii=False)},
    )
    return made


def png(layout: str, report: Report) -> bytes:
    """The one page of a layout as a picture with 200 dots per inch, for formats that cannot draw."""
    import typst

    made: bytes = typst.compile(
        str(FOLDER / "layouts" / f"{layout}.typ"),
        root=str(FOLDER),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="png",
        ppi=200,
        sys_inputs={"data": json.dumps(as_data(report), ensure_ascii=False)},
    )
    return made


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

    Invisible signs that no font has, such as those that choose an emoji's colour, are left out.
    """
    known = _known_signs()
    return "".join(one if one in "\n\t" or ord(one) in known else _instead_of(one) for one in text)


def _instead_of(sign: str) -> str:
    return "" if unicodedata.category(sign) in ("Cc", "Cf", "Mn", "Me") else "□"


@cache
def _known_signs() -> frozenset[int]:
    found: set[int] = set()
    for file in (*FONTS.glob("*-400.ttf"), FONTS / "dejavu-sans.ttf"):
        with TTFont(file, lazy=True) as font:
            found |= set(font.getBestCmap())
    return frozenset(found)
