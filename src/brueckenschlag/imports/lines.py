"""What every reader returns: the lines of a document in order, and what the document says about each of them."""

from dataclasses import dataclass, field
from pathlib import Path

# The gap of a line that begins a paragraph for certain, whatever stands above it.
PARAGRAPH = 9
# Around the number of a footnote at the word that it belongs to. These signs mean exactly that; no text has them.
MARK_BEGIN, MARK_END = "\ufff9", "\ufffb"


def mark(number: int) -> str:
    """The sign in a line's text for the footnote of that number."""
    return f"{MARK_BEGIN}{number}{MARK_END}"


@dataclass(frozen=True)
class Line:
    """One line of text, or one whole paragraph where the document knows its paragraphs. Never empty."""

    place: str
    text: str
    gap: int = 0  # blank lines above it
    indent: int = 0  # how far it is moved in; about four for each blank
    heading: int = 0  # 1 for the title, 2 and more for headings, when the document says so
    item: int = 0  # level in a list, when the document says so
    ordinal: int = 0  # its number in a numbered list, when the document says so
    note: int = 0  # of which footnote it is the text, when the document says so
    small: bool = False  # set in smaller type than most
    page: int = 0


class RefusedError(Exception):
    """The document cannot be imported; says which file, where in it, and why."""

    def __init__(self, file: Path, sentence: str, place: str = "") -> None:
        # Names of files in a zip come from whoever made it; what they hold is not for the screen.
        shown = "".join(letter if letter.isprintable() else "?" for letter in place)
        super().__init__(": ".join([f"{file}:{shown}" if shown else str(file), sentence]))


class Doubts:
    """What the program was not sure of: sentences, each with the places that it is true of."""

    def __init__(self) -> None:
        self.places: dict[str, list[str]] = {}

    def note(self, sentence: str, *places: str) -> None:
        """Adds places to the sentence."""
        self.places.setdefault(sentence, []).extend(places)


@dataclass
class Document:
    """A document as it was read; `unit` and `units` say what a place counts."""

    file: Path
    unit: str
    units: str
    lines: list[Line]
    doubts: Doubts = field(default_factory=Doubts)
    # How each place begins, for people who cannot count paragraphs or lines of a page; kept when lines are sorted out.
    beginnings: dict[str, str] = field(default_factory=dict)
