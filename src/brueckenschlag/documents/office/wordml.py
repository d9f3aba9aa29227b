"""Paragraphs, runs and tables as Word writes them (WordprocessingML), in text: the quickest way, and it shows what is.

Each function escapes what it is given; what it returns is XML and is only put together.
"""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from ..report import Level, Report, Text
from .signs import locale, writable

A4 = (11906, 16838)  # width and height in twentieths of a point
SIDE = 1134  # margin left and right, 2 cm
LAMPS = {"red": "LampRed", "yellow": "LampYellow", "lime": "LampLime", "green": "LampGreen"}


def run(text: str, style: str = "", language: str = "") -> str:
    """Words in a style of signs, "" for none; a line feed is a new line."""
    looks = f'<w:rStyle w:val="{style}"/>' if style else ""
    if language:
        looks += f'<w:lang w:val="{escape(locale(language))}"/>'
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in writable(text).split("\n")
    ).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}{lines}</w:r>"


def said(text: Text, style: str = "") -> str:
    """A text of the instrument: words of another language say so."""
    return "".join(run(piece.words, style, piece.language) for piece in text.pieces)


def lamp(report: Report, level: Level | None) -> str:
    """Sign and words of a rating; the sign on its colour, between spaces that do not break."""
    if level is None:
        return run(report.words["not rated"], "Unrated")
    sign = run(f"\u00a0{level.sign}\u00a0", LAMPS[level.tone])
    return sign + run("\u00a0 ") + said(level.label, "Strong")


def field(name: str) -> str:
    """A number that Word works out: PAGE, NUMPAGES."""
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def paragraph(style: str, *inside: str, section: str = "") -> str:
    """A paragraph; `section` ends the section with it."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{section}</w:pPr>{"".join(inside)}</w:p>'


def section(*, is_wide: bool = False) -> str:
    """A4 upright or on its side; the next page begins a new section."""
    width, height = reversed(A4) if is_wide else A4
    turned = ' w:orient="landscape"' if is_wide else ""
    return (
        f'<w:sectPr><w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{SIDE}" w:right="{SIDE}" w:bottom="{SIDE}" w:left="{SIDE}" w:header="567" w:footer="567"'
        ' w:gutter="0"/></w:sectPr>'
    )


def table(title: str, weights: Sequence[int], head: Sequence[str], rows: Sequence[Sequence[str]], total: int) -> str:
    """A real table, `total` wide; cells are runs. The first row repeats on each page, no row is torn apart."""
    widths = [weight * total // sum(weights) for weight in weights]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    looks = (
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0"'
        ' w:noVBand="1"/>'
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Bridge"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{looks}<w:tblCaption w:val="{_quoted(title)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_row(widths, head, is_head=True)}"
        f"{''.join(_row(widths, cells) for cells in rows)}</w:tbl>"
    )


def _row(widths: Sequence[int], cells: Sequence[str], *, is_head: bool = False) -> str:
    style = "TableHead" if is_head else "TableText"
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph(style, cell)}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    looks = "<w:cantSplit/><w:tblHeader/>" if is_head else "<w:cantSplit/>"
    return f"<w:tr><w:trPr>{looks}</w:trPr>{inside}</w:tr>"


def _quoted(text: str) -> str:
    return escape(writable(text), {'"': "&quot;", "\n": " "})
