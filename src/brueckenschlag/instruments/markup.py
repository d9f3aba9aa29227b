"""The markup of our texts: `[[key]]` or `[[key|words]]` for a glossary term, `((en|words))` for words of a language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .model import Term

_MARK = re.compile(r"\[\[([a-z][a-z0-9-]*)(?:\|([^\[\]|]+))?\]\]|\(\(([a-z]{2}(?:-[A-Za-z0-9]+)*)\|([^()|]+)\)\)")


@dataclass(frozen=True)
class Piece:
    """Some words of a text, the term that they name, and their language where it is not the text's."""

    words: str
    term: Term | None = None
    language: str | None = None


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, separated by blank lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def pieces(text: str, terms: Mapping[str, Term]) -> Iterator[Piece]:
    """The text in pieces, in order."""
    at = 0
    for match in _MARK.finditer(text):
        if match.start() > at:
            yield Piece(text[at : match.start()])
        at = match.end()
        if match[3]:
            yield Piece(match[4], language=match[3])
        else:
            term = terms[match[1]]
            yield Piece(match[2] or term.term, term, None if match[2] else term.foreign)
    if at < len(text):
        yield Piece(text[at:])


def plain(text: str, terms: Mapping[str, Term]) -> str:
    """The text without its marks."""
    return "".join(piece.words for piece in pieces(text, terms))


def unmarked(text: str) -> str:
    """A text that names no terms without its marks of language, for example a suggestion on its way into the plan."""
    return plain(text, {})


def term_keys(text: str) -> list[str]:
    """Keys of the glossary entries that the text names, in order."""
    return [match[1] for match in _MARK.finditer(text) if match[1]]


def has_foreign_mark(text: str) -> bool:
    """Whether words of the text are marked as another language's."""
    return any(match[3] for match in _MARK.finditer(text))


def has_broken_mark(text: str) -> bool:
    """Whether brackets are left that are not a mark."""
    rest = _MARK.sub("", text)
    return any(bracket in rest for bracket in ("[[", "]]", "((", "))"))
