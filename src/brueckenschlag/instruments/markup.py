"""The one markup of our texts: `[[key]]` or `[[key|words]]`, a glossary term explained where it stands."""

import re
from collections.abc import Iterator, Mapping

from .model import Term

_MARK = re.compile(r"\[\[([a-z][a-z0-9-]*)(?:\|([^\[\]|]+))?\]\]")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, separated by blank lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def pieces(text: str, terms: Mapping[str, Term]) -> Iterator[tuple[str, Term | None]]:
    """The text in pieces: words, and the glossary entry that explains them or None."""
    at = 0
    for match in _MARK.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], None
        term = terms[match[1]]
        yield match[2] or term.term, term
        at = match.end()
    if at < len(text):
        yield text[at:], None


def term_keys(text: str) -> list[str]:
    """Keys of the glossary entries that the text names, in order."""
    return [match[1] for match in _MARK.finditer(text)]


def has_broken_mark(text: str) -> bool:
    """Whether brackets are left that are not a mark."""
    rest = _MARK.sub("", text)
    return "[[" in rest or "]]" in rest
