"""The font with which a viewer draws what somebody types into the form.

It is a font of the plainest kind, one byte per sign, because only that works in every program: at least one draws
boxes with any other. One byte holds 256 signs; we take the Western European ones and put Polish, Turkish, Czech and
Hungarian letters in the places of signs that hardly anybody writes. What is missing still (and every other script) is
stored all the same, and our own appearances show it; the viewer draws it with a font of its own or not at all.
"""

from io import BytesIO
from typing import TYPE_CHECKING

from fontTools.agl import UV2AGL
from fontTools.ttLib import TTFont

from .engine import FONTS

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

NAME = "Atkinson"
FILE = FONTS / "atkinson-hyperlegible-next-400.ttf"
FIRST, LAST = 32, 255
FREE = b"\x7f\x81\x8d\x8f\x90\x9d" + "ƒˆ˜‰¢¤¥¦¨ª¬¯´µ¶¸¹º¼¾÷ÐðÞþ¿¡‡".encode("cp1252")
MORE = "ĄąĆćĘęŁłŃńŚśŹźŻżĞğİıŞşČčĚěŘřŮůŐőŰű"


def face(pdf: "Pdf") -> "Object":
    """The whole font, put into the PDF."""
    from pikepdf import Array, Dictionary, Name

    data = FILE.read_bytes()
    font = TTFont(BytesIO(data))
    name = Name("/AtkinsonHyperlegibleNext-Regular")
    signs = signs_by_code()
    glyphs, metrics = font.getBestCmap(), font["hmtx"]
    widths = [metrics[glyphs.get(ord(signs.get(code, " ")), ".notdef")][0] for code in range(FIRST, LAST + 1)]
    head, hhea = font["head"], font["hhea"]
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=32,  # letters of Latin kind
        FontBBox=Array([head.xMin, head.yMin, head.xMax, head.yMax]),
        ItalicAngle=0,
        Ascent=hhea.ascent,
        Descent=hhea.descent,
        CapHeight=font["OS/2"].sCapHeight,
        StemV=80,
        FontFile2=pdf.make_stream(data, Length1=len(data)),
    )
    made = Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=name,
        FirstChar=FIRST,
        LastChar=LAST,
        Widths=Array(widths),
        Encoding=Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=Array(_differences())),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    return pdf.make_indirect(made)


def signs_by_code() -> dict[int, str]:
    """Which sign each byte stands for."""
    western = {code: bytes([code]).decode("cp1252", "replace") for code in range(FIRST, LAST + 1)}
    return western | dict(zip(sorted(FREE), MORE, strict=True))


def _differences() -> list[object]:
    from pikepdf import Name

    signs = signs_by_code()
    return [part for code in sorted(FREE) for part in (code, Name("/" + UV2AGL[ord(signs[code])]))]
