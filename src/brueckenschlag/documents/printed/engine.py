"""Sets a layout with Typst. What people have written goes in as data: it stays text and is never run."""

import dataclasses
import json
import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from fontTools.ttLib import TTFont

from ..memory import memory_file, opened_pdf, path_of
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
ACCENTS = "\u0300-\u036f"
PILED = re.compile(f"([{ACCENTS}]{{4}})[{ACCENTS}]+")
# Typst forgets what its last ten runs have not used. What is one report's alone is 9 MB of it, so each run is followed
# by one with nothing in it: then five reports are remembered, not ten.
NOTHING = "nothing"
STANDARDS: tuple[Literal["ua-1"], Literal["a-2a"]] = ("ua-1", "a-2a")


def pdf(layout: str, report: Report, **more: Any) -> bytes:
    """The PDF of a layout, `layouts/<layout>.typ`, which finds the Report as `data`; `more` goes in beside it.

    Typst keeps what it has worked out between two calls, so the first one is the slowest.
    """
    with opened_pdf(loose_pdf(layout, report, **more)) as document:
        return packed(document)


def loose_pdf(layout: str, report: Report, **more: Any) -> bytes:
    """The same as Typst writes it, for a program that goes on working at it."""
    return _set(layout, as_data(report) | more, pdf_standards=list(STANDARDS))


def drawing(layout: str, **data: Any) -> bytes:
    """The pages of a layout without tags, for a program that takes them apart and puts them into another PDF."""
    return _set(layout, data, pdf_standards=["a-2u"], pdf_tags=False)


def _set(layout: str, data: Mapping[str, Any], form: Literal["pdf", "png"] = "pdf", **options: Any) -> bytes:
    import typst  # 40 MB that a page never needs

    with laid_out(layout, data) as (main, root):
        made: bytes = typst.compile(main, root=root, font_paths=_fonts(), format=form, **options)
        # A file with a root: for mere text it would ask for the folder that the process runs in, which may be gone.
        typst.compile(f"{root}/layouts/{NOTHING}.typ", root=root, font_paths=_fonts(), format="svg")
    return made


@contextmanager
def laid_out(layout: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The path of the layout, and the folder where it finds its data in a file, for as long as Typst is at work.

    Data handed to Typst as an input becomes part of its library, and so of the key of everything that it keeps: no line
    set for one report would serve for the next. Of a file it notes who has read it.
    """
    said = json.dumps(data, ensure_ascii=False).encode()
    with TemporaryDirectory(prefix="brueckenschlag-") as root, memory_file(said) as file:
        shutil.copytree(FOLDER / "layouts", f"{root}/layouts")
        Path(root, "data.json").symlink_to(path_of(file))
        yield f"{root}/layouts/{layout}.typ", root


@cache
def _fonts() -> "typst.Fonts":
    """Ours and no others, whatever the machine has; looked at once in the life of a process."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def png(layout: str, report: Report) -> bytes:
    """The one page of a layout as a picture with 200 dots per inch, for formats that cannot draw."""
    return _set(layout, as_data(report), "png", ppi=200)


def packed(document: "pikepdf.Pdf") -> bytes:
    """The document in half the size: thousands of small objects, of tags above all, are squeezed together.

    Written as a job of qpdf and not by `document.save`: PDF/A wants a new line after each stream, and leaving one out
    where a stream happens to end with one is what `save` does.
    """
    import pikepdf

    with memory_file() as file:
        asked = ("--object-streams=generate", "--newline-before-endstream", "--deterministic-id")
        pikepdf.Job(["qpdf", *asked, "--empty", path_of(file)]).write_pdf(document)
        return file.readall()


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
    if _common_signs().issuperset(text):  # nearly always, and much faster than sign by sign
        return text
    known = _known_signs()
    lines = PILED.sub(r"\1", text.replace("\r\n", "\n").translate(LINE_ENDS))
    return "".join(one if one == "\n" or one in known else _instead_of(one) for one in lines)


def _instead_of(sign: str) -> str:
    return "" if unicodedata.category(sign) in ("Cc", "Cf", "Mn", "Me") else "□"


@cache
def _known_signs() -> frozenset[str]:
    ours = [_signs_of(file) for file in FONTS.glob("atkinson-*.ttf")]
    found = _signs_of(FONTS / "dejavu-sans.ttf").union(frozenset.intersection(*ours))
    return frozenset(one for one in map(chr, found) if one in JOINERS or unicodedata.category(one) not in UNFIT)


@cache
def _common_signs() -> frozenset[str]:
    """Those that stay as they are, whatever stands beside them."""
    changed = re.compile(f"[{ACCENTS}{''.join(map(chr, LINE_ENDS))}]")
    return frozenset(one for one in _known_signs() if not changed.match(one)) | {"\n"}


def _signs_of(font: Path) -> frozenset[int]:
    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())
