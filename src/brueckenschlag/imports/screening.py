"""Looks at every sign of a document: refuses what has no place in a text, leaves out what does no harm."""

import re
import unicodedata
from dataclasses import replace

from . import rules
from .lines import Document, Line, RefusedError

HTML = (
    "Hier steht HTML oder ein Skript ({found}…). Bitte im Dokument entfernen; ein einzelnes „<“ vor Zahlen ist erlaubt."
)
MISREAD = "Umlaute sind falsch gespeichert (hier „{found}“). Bitte das Dokument neu mit der Kodierung UTF-8 speichern."
CONTROL = "Steuerzeichen oder Zeichen ohne Bedeutung, weggelassen."
_LIGATURES = str.maketrans(rules.LIGATURES)


def screen(document: Document) -> None:
    """Cleans the document's lines in place. Raises RefusedError at the first place that cannot be imported."""
    kept = []
    for line in document.lines:
        text = _clean(document, line)
        if text:
            kept.append(replace(line, text=text))
            document.beginnings.setdefault(line.place, text)
    document.lines = kept


def _clean(document: Document, line: Line) -> str:
    """The line's text with plain blanks, whole letters and nothing invisible."""
    text = rules.INVISIBLE.sub("", unicodedata.normalize("NFC", line.text.translate(_LIGATURES)))
    text = rules.SPACES.sub(" ", text).strip(" ")
    _must_be_text(document, line, text)
    bullet, rest = _bullet(text)
    if rules.UNWANTED.search(rest):
        document.doubts.note(CONTROL, line.place)
        rest = rules.UNWANTED.sub("", rest)
    return (bullet + _whole_words(rest)).strip(" ")


def _must_be_text(document: Document, line: Line, text: str) -> None:
    if match := rules.TAG.search(text):
        raise RefusedError(document.file, HTML.format(found=text[match.start() : match.end()]), line.place)
    if rules.UNREADABLE in text or (match := rules.MISREAD.search(text)):
        found = match[0][0] if match else rules.UNREADABLE
        raise RefusedError(document.file, MISREAD.format(found=found), line.place)


def _bullet(text: str) -> tuple[str, str]:
    """A bullet from one of Word's own fonts, which may stand only in front, and the rest."""
    if text[:1] in rules.BULLETS and text:
        return text[0], text[1:]
    return "", text


def _whole_words(text: str) -> str:
    """Without soft hyphens but for one at the end, where the word goes on in the next line."""
    body, end = (text[:-1], text[-1]) if text.endswith(rules.SOFT_HYPHEN) else (text, "")
    return re.sub(rules.SOFT_HYPHEN, "", body) + end
