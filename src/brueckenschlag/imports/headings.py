"""Finds the headings of the checkpoints: by the word, by their numbers in order, or by the styles of the document."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from . import rules
from .blocks import has_bullets
from .lines import Document, Line

BY_STYLE = "Checkpunkte ohne Nummer, an der Formatvorlage der Überschrift erkannt."

NO_ENTRIES = "Sieht aus wie Checkpunkt {number}, hat aber keine Anregungen; anders gelesen: „{title}“"


@dataclass(frozen=True)
class Found:
    """A heading of a checkpoint: where it stands among the lines, and its title."""

    at: int
    title: str
    level: int
    sign: str = ""  # between number and title


def checkpoint_headings(document: Document) -> list[Found]:
    """The headings in order; empty when there are none."""
    lines = document.lines
    named = [found for found in (_named(lines, at) for at in range(len(lines))) if found]
    numbered = [found for found in (_numbered(lines, at) for at in range(len(lines))) if found]
    alike = [[one for one in numbered if one[1].sign == sign] for sign in (".", "", ")", ":")]
    # Of rows of the same length the first is the surest.
    rows = [named, [one for one in numbered if one[1].level], *alike, numbered]
    chain = max((_chain(lines, row) for row in rows), key=len)
    if not chain:
        chain = _styled(lines)
        document.doubts.note(BY_STYLE, *(lines[found.at].place for found in chain))
    for number, found in numbered:
        if chain and number == len(chain) + 1 and found.at > chain[-1].at and lines[found.at].gap:
            document.doubts.note(NO_ENTRIES.format(number=number, title=found.title), lines[found.at].place)
    return chain


def _named(lines: list[Line], at: int) -> tuple[int, Found] | None:
    """A line like "Checkpunkt 3: Planen"; the title may stand in the next line."""
    line = lines[at]
    match = rules.NAMED_CHECKPOINT.match(line.text)
    if not match or len(line.text) > rules.LONGEST_HEADING or rules.NO_TITLE.search(line.text):
        return None
    return int(match[1]), Found(at, match[2], line.heading)


def _numbered(lines: list[Line], at: int) -> tuple[int, Found] | None:
    """A line like "3 Planen", or a numbered paragraph that is no entry of a list of suggestions."""
    line = lines[at]
    match = rules.NUMBERED.match(line.text)
    number, sign, title = (int(match[1]), match[2], match[3]) if match else (line.ordinal, "", line.text)
    below = lines[at + 1] if at + 1 < len(lines) else None
    if not number or not below or below.ordinal or len(title) > rules.LONGEST_HEADING or rules.NO_TITLE.search(title):
        return None
    if rules.BEGINS_SMALL.match(below.text) and below.gap == 0 and not (line.heading and below.heading):
        return None
    return number, Found(at, title, line.heading, sign)


def _chain(lines: list[Line], candidates: list[tuple[int, Found]]) -> list[Found]:
    """The longest row 1, 2, 3 … with suggestions below each; of two candidates the nearer to the next number."""
    entries = _entries(lines)
    by_number: dict[int, list[Found]] = {}
    for number, found in candidates:
        by_number.setdefault(number, []).append(found)
    for last in sorted(by_number, reverse=True):
        chain: list[Found] = []
        end = len(lines)
        for number in range(last, 0, -1):
            above = (one for one in reversed(by_number.get(number, [])) if one.at < end)
            nearest = next((one for one in above if _any_between(entries, one.at + 1, end)), None)
            if not nearest:
                break
            chain.insert(0, nearest)
            end = nearest.at
        if len(chain) == last:
            return chain
    return []


def _any_between(positions: list[int], begin: int, end: int) -> bool:
    at = bisect_left(positions, begin)
    return at < len(positions) and positions[at] < end


def _entries(lines: list[Line]) -> list[int]:
    """Positions of all lines that may be an entry of a list."""
    lost = not has_bullets(lines)
    return [
        at
        for at, line in enumerate(lines)
        if (line.item and not line.heading)
        or rules.BULLET.match(line.text)
        or rules.ENUMERATION.match(line.text)
        or (lost and line.indent)
    ]


def _styled(lines: list[Line]) -> list[Found]:
    """The headings of that level at which most have suggestions directly below them."""
    entries = _entries(lines)
    best: list[Found] = []
    for level in sorted({line.heading for line in lines if line.heading > 1}):
        found = []
        for at, line in enumerate(lines):
            if line.heading != level:
                continue
            after = (next_ for next_ in range(at + 1, len(lines)) if 0 < lines[next_].heading <= level)
            if _any_between(entries, at + 1, next(after, len(lines))):
                found.append(Found(at, re.sub(r"\s+", " ", line.text), level))
        best = max(best, found, key=len)
    return best
