"""From pieces of text on pages to lines with hints: what stands far below, moved in, large or small."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from .. import rules
from ..lines import PARAGRAPH, Line, mark

LARGE, SMALL = 1.08, 0.92  # of the size of most text
RAISED = 0.86  # a number as small as that within a line belongs to a footnote
FURTHER = 1.35  # of the usual distance of two lines
TIGHT = 1.35  # of the size: usual distance of two lines
# Code 127 has no letter; programs that write PDF use it for the bullet.
_BULLET = str.maketrans({"\x7f": "•"})


class Piece(NamedTuple):
    """Text drawn at one place: from the left, from the top, and its size, in points."""

    text: str
    x: float
    y: float
    size: float


@dataclass
class _Row:
    page: int
    number: int
    pieces: list[Piece] = field(default_factory=list)

    @property
    def size(self) -> float:
        return max(1, round(max(piece.size for piece in self.pieces) * 2)) / 2

    @property
    def text(self) -> str:
        words = ""
        for piece in self.pieces:
            raised = piece.size < RAISED * self.size and piece.text.strip().isdecimal() and words.strip()
            words += mark(int(piece.text)) if raised else piece.text
        return words.translate(_BULLET)


def as_lines(pages: list[list[Piece]]) -> list[Line]:
    """The lines of all pages."""
    rows = [row for number, page in enumerate(pages, start=1) for row in _rows(number, page)]
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[row.size] += len(row.text)
    usual = max(sizes, key=lambda size: sizes[size])
    left = Counter(round(row.pieces[0].x) for row in rows if row.size == usual).most_common(1)[0][0]
    headings = _headings(rows, usual)
    gaps = _gaps(rows, usual)
    return [
        Line(
            f"{row.page}:{row.number}",
            row.text,
            gap,
            indent=max(0, round(row.pieces[0].x) - left),
            heading=headings.get(at, 0),
            small=row.size < SMALL * usual,
            page=row.page,
        )
        for at, (row, gap) in enumerate(zip(rows, gaps, strict=True))
    ]


def _rows(page: int, pieces: list[Piece]) -> Iterator[_Row]:
    row = _Row(page, 1)
    for piece in pieces:
        for at, text in enumerate(piece.text.split("\n")):
            if at and row.pieces:
                yield row
                row = _Row(page, row.number + 1)
            if text.strip() or (text and row.pieces):
                row.pieces.append(piece._replace(text=text))
    if row.pieces:
        yield row


def _gaps(rows: list[_Row], usual: float) -> list[int]:
    """For each row how many lines are left free above it; one at the top of a page."""
    leading = _leading(rows, usual)
    gaps = [1]
    for above, row in pairwise(rows):
        step = row.pieces[0].y - above.pieces[0].y
        free = step / (leading * max(1.0, row.size / usual))
        if row.page != above.page or step < -leading:
            gaps.append(1)
        else:
            gaps.append(max(1, min(round(free) - 1, PARAGRAPH - 1)) if free > FURTHER else 0)
    return gaps


def _leading(rows: list[_Row], usual: float) -> float:
    """The distance of two lines of a paragraph. It shows best where a line goes on with a small letter."""
    steps, sure = [], []
    for above, row in pairwise(rows):
        step = row.pieces[0].y - above.pieces[0].y
        if row.size == usual and 0.9 * usual < step < 3 * usual:
            steps.append(step)
            if rules.BEGINS_SMALL.match(row.text.strip()) and not rules.ENDED.search(above.text.strip()):
                sure.append(step)
    if sure:
        return sorted(sure)[len(sure) // 4]
    return min([*steps, TIGHT * usual])


def _headings(rows: list[_Row], usual: float) -> dict[int, int]:
    """Positions of rows in large type, with their level; not where a whole paragraph is set large."""
    sizes = sorted({row.size for row in rows if row.size > LARGE * usual}, reverse=True)
    found: dict[int, int] = {}
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and rows[end].size == rows[at].size:
            end += 1
        together = " ".join(row.text for row in rows[at:end])
        if rows[at].size in sizes and len(together) <= rules.LONGEST_TITLE and not together.rstrip().endswith("."):
            found |= dict.fromkeys(range(at, end), sizes.index(rows[at].size) + 2)
        at = end
    return found
