"""Reads .txt: UTF-8, one line after the other; blanks in front and blank lines are kept as hints."""

import re
from pathlib import Path

from .. import rules
from ..lines import PARAGRAPH, Document, Line, RefusedError

_BREAK = re.compile(r"\r\n|\n|\r")
WIDTH_OF_BLANK = 4
MOST_BYTES = 4 * rules.MOST_TEXT


def read(file: Path, data: bytes) -> Document:
    """The document in that file."""
    lines: list[Line] = []
    gap, page = 0, 1
    for number, raw in enumerate(_BREAK.split(_text(file, data)), start=1):
        page += raw.count("\f")
        text = raw.replace("\f", "").expandtabs(4)
        if not text.strip():
            gap += 1
            continue
        indent = WIDTH_OF_BLANK * (len(text) - len(text.lstrip()))
        lines.append(Line(str(number), text, min(gap + raw.count("\f"), PARAGRAPH - 1), indent, page=page))
        gap = 0
    if not lines:
        raise RefusedError(file, "Die Datei ist leer.")
    return Document(file, "Zeile", "Zeilen", lines)


def _text(file: Path, data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise RefusedError(file, rules.TOO_MUCH_TEXT)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(_BREAK.split(data[: error.start].decode("utf-8", "replace")))
        sentence = "Hier ist die Datei nicht als UTF-8 gespeichert. Bitte im Editor mit der Kodierung UTF-8 speichern."
        raise RefusedError(file, sentence, str(line)) from None
    if "\0" in text:
        line = len(_BREAK.split(text[: text.index("\0")]))
        raise RefusedError(
            file, "Hier stehen Zeichen, die in keinem Text vorkommen. Ist das eine Textdatei?", str(line)
        )
    return text
