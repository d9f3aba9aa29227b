"""Sorts out what is no part of the text: editors' remarks, page numbers, running heads, contents, stray signs."""

import re
from collections import Counter
from dataclasses import replace
from itertools import takewhile

from . import rules
from .lines import Document, Line

REMARK = "Bemerkung der Redaktion, nicht übernommen: „{words}“"
DEBRIS = "Rest vom Seitenaufbau, nicht übernommen: „{words}“"
RUNNING_HEAD = "Kopf- oder Fußzeile, nicht übernommen: „{words}“"
CONTENTS = "Inhaltsverzeichnis, nicht übernommen."
_FAR = 2


def sort_out(document: Document) -> None:
    """Leaves only lines of text in the document and reports the others."""
    heads = _running_heads(document.lines)
    lines = _with_bullets_in_front(document.lines)
    kept: list[Line] = []
    gap, at = 0, 0
    while at < len(lines):
        line = lines[at]
        if rules.REMARK.search(line.text):
            end = _end_of_remark(lines, at)
            words = " ".join(one.text for one in lines[at:end])
            document.doubts.note(REMARK.format(words=words), *(one.place for one in lines[at:end]))
            gap, at = _FAR, end
            continue
        sentence = _no_text(line, heads, lines[at + 1 : at + 2])
        if sentence:
            document.doubts.note(sentence.format(words=line.text), line.place)
            gap = max(gap, line.gap)
        else:
            kept.append(replace(line, gap=max(gap, line.gap)))
            gap = 0
        at += 1
    document.lines = kept


def _end_of_remark(lines: list[Line], at: int) -> int:
    """Where the remark ends: at a free line, a line that is moved in, or a heading."""
    end = at + 1
    while end < len(lines) and end - at < rules.LONGEST_REMARK:
        line = lines[end]
        if line.gap or line.indent > lines[at].indent or line.heading or rules.NUMBERED.match(line.text):
            break
        end += 1
    return end


def _no_text(line: Line, heads: set[str], next_: list[Line]) -> str:
    """The sentence for the report when the line is no text, else nothing."""
    if line.place in heads:
        return RUNNING_HEAD
    if rules.CONTENTS.search(line.text):
        return CONTENTS
    begins_note = bool(rules.NOTE_ALONE.match(line.text)) and bool(next_) and next_[0].gap == 0
    number = rules.PAGE_NUMBER.match(line.text) and not begins_note and not line.note
    if number or rules.COVER.match(line.text) or rules.NO_WORDS.match(line.text):
        return DEBRIS
    return ""


def _likeness(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _running_heads(lines: list[Line]) -> set[str]:
    """Places of lines that stand, but for their numbers, at the edge of half of the pages; on two pages if small."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    edges = [{_likeness(line): line for line in _edge(page)} for page in pages.values()]
    times = Counter(likeness for edge in edges for likeness in edge)
    least = max(rules.RUNNING_HEAD, len(pages) / 2)
    return {
        line.place
        for edge in edges
        for likeness, line in edge.items()
        if times[likeness] >= least or (line.small and times[likeness] == len(pages) > 1)
    }


def _edge(page: list[Line]) -> list[Line]:
    """Up to two lines at the top and at the bottom of a page that stand apart from the text, or are small."""
    top = max((end for end in (1, 2) if end < len(page) and page[end].gap), default=0)
    bottom = max((end for end in (1, 2) if end < len(page) and page[-end].gap), default=0)
    small = [line for line in [*page[:2], *page[-2:]] if line.small]
    heads = takewhile(_may_be_head, page[:top])
    return [*heads, *takewhile(_may_be_head, page[: -bottom - 1 : -1]), *filter(_may_be_head, small)]


def _may_be_head(line: Line) -> bool:
    """Whether the line neither begins nor leads to something."""
    begins = (rules.BULLET, rules.ENUMERATION, rules.NUMBERED, rules.NAMED_CHECKPOINT)
    return not line.heading and not line.text.endswith(":") and not any(rule.match(line.text) for rule in begins)


def _with_bullets_in_front(lines: list[Line]) -> list[Line]:
    """Puts a bullet that stands alone in front of the line that it belongs to."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and before.text in (*rules.BULLETS, *rules.DASHES) and line.page == before.page and line.gap < _FAR:
            joined[-1] = replace(line, text=f"{before.text} {line.text}", gap=before.gap, indent=before.indent)
        else:
            joined.append(line)
    return joined
