"""Takes the footnotes out of the lines and leaves a mark at the words that they belong to."""

import re
from dataclasses import replace

from . import rules
from .blocks import ended, is_loose, joined
from .lines import MARK_BEGIN, MARK_END, Document, Line, mark
from .outline import Term, Words

_MARK = re.compile(f"{MARK_BEGIN}(\\d+){MARK_END}")
# The word in front of a mark, without the signs around it.
_MARKED = re.compile(rf"([\w-]{{1,60}})([)\]“”\"»«.,;:!?]{{0,9}}){MARK_BEGIN}(\d+){MARK_END}")


def take_notes(document: Document) -> list[Term]:
    """The footnotes, taken out of the document's lines."""
    known = [line for line in document.lines if line.note]
    lines = [line for line in document.lines if not line.note]
    terms = [_term(line.note, line.text, line, lines) for line in known]
    loose = is_loose(lines)
    at, marked = 0, _marked(lines, len(terms) + 1)
    while at < len(lines):
        number = len(terms) + 1
        first = _first_line(lines, at, number) if marked < at else None
        if first is None:
            at += 1
            continue
        end, text = _note_text(lines, at, first, loose)
        begin = lines[at]
        lines[marked] = _with_mark(lines[marked], number)
        # What goes on below a footnote is not nearer to what stands above it.
        if end < len(lines):
            lines[end] = replace(lines[end], gap=max(lines[end].gap, begin.gap))
        del lines[at:end]
        terms.append(_term(number, text, begin, lines))
        marked = _marked(lines, number + 1)
    document.lines = lines
    return terms


def _first_line(lines: list[Line], at: int, number: int) -> Line | None:
    """The first line of the footnote's text when it begins here."""
    line = lines[at]
    alone = rules.NOTE_ALONE.match(line.text)
    if alone and int(alone[1]) == number and at + 1 < len(lines) and lines[at + 1].gap == 0:
        return lines[at + 1]
    match = (rules.NOTE_SMALL if line.small else rules.NOTE_BEGIN).match(line.text)
    if match and int(match[1]) == number:
        return replace(line, text=match[2])
    return None


def _note_text(lines: list[Line], at: int, first: Line, loose: bool) -> tuple[int, str]:
    """Position behind the footnote, and its text."""
    end = at + 1 if lines[at].text.endswith(first.text) else at + 2
    texts = [first.text]
    while end < len(lines) and _goes_on(lines[end], first, texts[-1], loose):
        texts.append(lines[end].text)
        end += 1
    return end, joined(texts)


def _goes_on(line: Line, first: Line, before: str, loose: bool) -> bool:
    """Whether the line belongs to the footnote above it."""
    patterns = [rules.NOTE_ALONE, rules.NOTE_BEGIN, *([rules.NOTE_SMALL] if line.small else [])]
    if any(pattern.match(line.text) for pattern in patterns):
        return False
    if line.heading or line.small != first.small or line.page != first.page or (line.indent and not first.small):
        return False
    within = loose or bool(rules.BEGINS_SMALL.match(line.text))
    return line.gap == 0 or (line.gap == 1 and within and not ended(before))


def _marked(lines: list[Line], number: int) -> int:
    """Position of the first line that carries the number at one of its words; behind all lines when none does."""
    pattern = re.compile(rules.NOTE_MARK.format(number=number))
    found = (at for at, line in enumerate(lines) if mark(number) in line.text or pattern.search(line.text))
    return next(found, len(lines))


def _with_mark(line: Line, number: int) -> Line:
    if mark(number) in line.text:
        return line
    return replace(line, text=re.sub(rules.NOTE_MARK.format(number=number), mark(number), line.text, count=1))


def _term(number: int, text: str, line: Line, lines: list[Line]) -> Term:
    """The footnote as a term: named before its "=" or ":", or by the word that it is at."""
    if match := rules.TERM.match(text):
        return Term(number, Words(match[1], line.place), Words(match[2], line.place))
    found = (match for one in lines for match in _MARKED.finditer(one.text) if int(match[3]) == number)
    words = next((match[1] for match in found), None)
    return Term(number, Words(words, line.place) if words else None, Words(text, line.place))


def linked(text: str, keys: dict[int, str]) -> str:
    """The text with our markup at the words that a footnote explains."""
    text = _MARKED.sub(lambda match: _link(match, keys), text)
    return plain(text, keys)


def _link(match: re.Match[str], keys: dict[int, str]) -> str:
    key = keys.get(int(match[3]))
    return f"[[{key}|{match[1]}]]{match[2]}" if key else match[0]


def plain(text: str, keys: dict[int, str]) -> str:
    """The text without marks; a small number that belongs to no footnote stays as it was."""
    return _MARK.sub(lambda match: "" if int(match[1]) in keys else match[1], text)


def unmarked(text: str) -> str:
    """The text with its footnotes' numbers as people see them."""
    return _MARK.sub(r"\1", text)
