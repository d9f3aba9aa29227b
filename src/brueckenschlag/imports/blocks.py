"""Joins lines to blocks: a heading, a paragraph or an entry of a list, each with its words in one piece."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice, pairwise, takewhile
from typing import Literal

from . import rules
from .lines import PARAGRAPH, Document, Doubts, Line
from .outline import Words

Kind = Literal["heading", "text", "item"]

JOINED = "Leerzeile mitten im Satz, die Teile sind zusammengefügt."
OVER_PAGE = "Seitenwechsel mitten im Satz, die Teile sind zusammengefügt."
SHORT_LINE = "Die Zeile davor endet früh; vielleicht beginnt hier etwas Neues."
HYPHEN = "Trennstrich am Zeilenende, das Wort ist zusammengefügt."
# Lines of a list that are moved in as far as this begin at the same place.
SAME_INDENT = 4
EARLY = 0.6  # of a full line
# Signs of entries that carry none: the document says that it is a list, or only their place suggests it.
LIST, NO_SIGN = "list", ""
NUMBER = "1"


@dataclass
class Block:
    """Lines that belong together. An item's sign is what stood in front of it, or how far it is moved in."""

    kind: Kind
    lines: list[Line]
    sign: str = ""
    level: int = 0

    @property
    def text(self) -> str:
        """Its words."""
        return joined(line.text for line in self.lines)

    @property
    def place(self) -> str:
        """Where it begins."""
        return self.lines[0].place

    @property
    def gap(self) -> int:
        """Free lines above it."""
        return self.lines[0].gap

    @property
    def indent(self) -> int:
        """How far its first line is moved in."""
        return self.lines[0].indent

    @property
    def words(self) -> Words:
        """Its words with their place."""
        return Words(self.text, self.place)


def joined(lines: Iterable[str]) -> str:
    """Lines as one text; a word that was divided at the end of a line becomes whole again."""
    pieces = [""]
    for line in lines:
        before = pieces[-1]
        if before.endswith(rules.SOFT_HYPHEN):
            pieces[-1] = before[:-1]
        elif hyphenated(before) and not rules.KEPT_HYPHEN.match(line):
            pieces[-1] = before[:-1] if rules.BEGINS_SMALL.match(line) else before
        elif before:
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces).rstrip(rules.SOFT_HYPHEN)


def hyphenated(text: str) -> bool:
    """Whether the line ends with a hyphen at a word."""
    return len(text) > 1 and text[-1] in "-‐" and text[-2].isalpha()


def ended(text: str) -> bool:
    """Whether a sentence ends with the line."""
    return bool(rules.ENDED.search(text)) and not rules.OPEN_ABBREVIATION.search(text)


class Builder:
    """Builds blocks line by line."""

    def __init__(self, document: Document, *, lists: bool) -> None:
        """Entries of lists are looked for only where the caller expects lists."""
        self._doubts: Doubts = document.doubts
        self._lists = lists
        self._lost_bullets = lists and not has_bullets(document.lines)
        self._loose = is_loose(document.lines)
        self._width = usual_width(document.lines)
        self.blocks: list[Block] = []

    def add(self, line: Line, following: Line | None = None) -> None:
        """Adds a line: to the last block, or as a new one."""
        last = self.blocks[-1] if self.blocks else None
        if line.heading:
            self._add_heading(line, last)
        elif self._lists and (sign := self._sign(line, last)) is not None:
            self.blocks.append(Block("item", [replace(line, text=without_sign(line.text))], sign, line.item))
        elif last and self._continues(line, last, following):
            self._join(line, last)
        else:
            self.blocks.append(Block("text", [line]))

    def _add_heading(self, line: Line, last: Block | None) -> None:
        same = last and last.kind == "heading" and last.lines[-1].heading == line.heading
        if last and same and line.gap == 0 and not rules.NUMBERED.match(line.text):
            last.lines.append(line)
        else:
            self.blocks.append(Block("heading", [line]))

    def _sign(self, line: Line, last: Block | None) -> str | None:
        """What makes the line an entry of a list, or None."""
        if line.item:
            return LIST
        if match := rules.BULLET.match(line.text):
            sign = match[1] or match[2]
            rest = line.text[match.end() :]
            return sign if sign not in rules.DASHES or self._begins(line, last, sign, rest) else None
        if match := rules.ENUMERATION.match(line.text):
            within_brackets = last and last.lines[-1].text.count("(") > last.lines[-1].text.count(")")
            begins = not within_brackets and self._begins(line, last, NUMBER, line.text[match.end() :])
            return NUMBER if begins else None
        moved_in = line.indent and (line.gap or (last and last.lines[-1].text.endswith(":")))
        return NO_SIGN if self._lost_bullets and moved_in else None

    def _begins(self, line: Line, last: Block | None, sign: str, rest: str) -> bool:
        """Whether a sign that is also used within sentences begins an entry here."""
        if not last or line.gap or ended(last.lines[-1].text) or rules.BEGINS_SENTENCE.match(rest):
            return True
        entries = takewhile(lambda block: block.kind == "item", reversed(self.blocks))
        return any(one.sign == sign and abs(one.indent - line.indent) <= SAME_INDENT for one in islice(entries, 99))

    def _continues(self, line: Line, last: Block, following: Line | None) -> bool:
        """Whether the line belongs to the last block."""
        before = last.lines[-1].text
        if last.kind == "heading" or line.gap >= PARAGRAPH:
            return False
        if line.page != last.lines[-1].page:
            return not ended(before) and self._goes_over(line, last, following)
        if line.gap == 0:
            new_sentence = ended(before) and bool(rules.BEGINS_SENTENCE.match(line.text))
            return last.kind == "item" or not new_sentence
        if rules.BEGINS_SMALL.match(line.text):
            return line.gap == 1 or not ended(before)
        return line.gap == 1 and self._loose and not ended(before) and not _is_lead(line, following)

    def _goes_over(self, line: Line, last: Block, following: Line | None) -> bool:
        """Whether the line goes on with a sentence of the page before."""
        if rules.BEGINS_SMALL.match(line.text):
            return True
        if _is_lead(line, following) or rules.GROUP_WORDS.match(line.text):
            return False
        return last.kind == "text" or line.indent > last.indent or ended(line.text)

    def _join(self, line: Line, last: Block) -> None:
        before = last.lines[-1].text
        if line.page != last.lines[-1].page:
            self._doubts.note(OVER_PAGE, line.place)
        elif line.gap:
            self._doubts.note(JOINED, line.place)
        elif self._lists and len(before) < EARLY * self._width and rules.BEGINS_SENTENCE.match(line.text):
            self._doubts.note(SHORT_LINE, line.place)
        if hyphenated(before) and not rules.KEPT_HYPHEN.match(line.text):
            self._doubts.note(HYPHEN, line.place)
        last.lines.append(line)


def _is_lead(line: Line, following: Line | None) -> bool:
    """Whether the line leads to a list below it."""
    if not following or not line.text.endswith(":"):
        return False
    return bool(following.item or following.indent > line.indent or rules.BULLET.match(following.text))


def without_sign(text: str) -> str:
    """The text without the signs in front of it; some entries have two."""
    for pattern in (rules.BULLET, rules.BULLET, rules.ENUMERATION):
        text = pattern.sub("", text)
    return text


def has_bullets(lines: list[Line]) -> bool:
    """Whether the document has lists, or bullets other than the one for the second level."""
    signs = (rules.BULLET.match(line.text) for line in lines)
    bullets = {match[1] or match[2] for match in signs if match} - {*rules.DASHES, rules.SECOND_LEVEL}
    dashes = [line for line in lines if line.gap and line.text[0] in rules.DASHES and rules.BULLET.match(line.text)]
    return bool(bullets or len(dashes) > 2 or any(line.item for line in lines))


def usual_width(lines: list[Line], share: float = 0.75) -> int:
    """About how many letters a full line has: no more than that share of the lines are shorter."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int((len(lengths) - 1) * share)] if lengths else 0


def is_loose(lines: list[Line]) -> bool:
    """Whether free lines stand within sentences: then a free line alone ends nothing."""
    broken = [b for a, b in pairwise(lines) if b.gap == 1 and not ended(a.text) and rules.BEGINS_SMALL.match(b.text)]
    return len(broken) > 2
