"""Texts of an instrument as HTML: each marked term a button that opens its explanation."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from ..instruments import markup
from ..instruments.model import Checkpoint, Instrument
from ..instruments.overlay import ForeignText, in_language_of


def explained(instrument: Instrument, text: str) -> SafeString:
    """One paragraph as HTML, each marked term a button that opens its card."""
    html = "".join(_piece(piece) for piece in markup.pieces(text, instrument.term_by_key))
    if isinstance(text, ForeignText):
        html = f'<span lang="{text.language}">{html}</span>'
    return mark_safe(html)  # noqa: S308  # every piece has been escaped


def plain(instrument: Instrument, text: str) -> str:
    """The text without its marks."""
    return in_language_of(text, markup.plain(text, instrument.term_by_key))


def explained_paragraphs(instrument: Instrument, text: str) -> list[SafeString]:
    """The paragraphs of a longer text."""
    return [explained(instrument, in_language_of(text, paragraph)) for paragraph in markup.paragraphs(text)]


def terms_of(instrument: Instrument, checkpoint: Checkpoint) -> list[dict[str, object]]:
    """Glossary entries that the checkpoint's texts name, and those that these name in turn."""
    texts = [checkpoint.statement, checkpoint.hint or ""]
    texts += [group.intro or "" for group in checkpoint.groups]
    texts += [entry.explanation or "" for entry in checkpoint.entries()]
    return terms_in(instrument, texts)


def terms_in(instrument: Instrument, texts: list[str]) -> list[dict[str, object]]:
    """Cards for the terms that the texts name, and for those that the cards name in turn."""
    keys: list[str] = []
    waiting = [key for text in texts for key in markup.term_keys(text)]
    while waiting:
        key = waiting.pop(0)
        if key not in keys:
            keys.append(key)
            waiting += markup.term_keys(instrument.term_by_key[key].text)
    found = sorted((instrument.term_by_key[key] for key in keys), key=lambda term: term.term.lower())
    return [{"key": term.key, "term": term.term, "text": explained(instrument, term.text)} for term in found]


def _piece(piece: markup.Piece) -> str:
    words = escape(piece.words)
    lang = f' lang="{piece.language}"' if piece.language else ""
    if piece.term is None:
        return f"<span{lang}>{words}</span>" if lang else words
    return (
        f'<button type="button" class="term" popovertarget="begriff-{piece.term.key}" '
        f'aria-label="{_explaining(words)}"{lang}>{words}</button>'
    )


def _explaining(words: str) -> str:
    return gettext("%(term)s: Begriff erklären") % {"term": words}
