"""Reads the frame of an instrument from what stands above and below its checkpoints."""

import re
from collections.abc import Iterator

from . import rules
from .blocks import Block, Builder, Kind, ended, usual_width
from .lines import Document, Line
from .outline import Frame, Level, Plan, Section, Words

NO_HEADING = "Text ohne Überschrift, als Abschnitt übernommen."
NO_TEXT = "Überschrift ohne Text darunter, als Abschnitt übernommen: „{words}“"
SPLIT = "Titel am Gedankenstrich in Titel und Untertitel geteilt: „{words}“"
FULL = 0.9
GUESSED = "Als Titel gelesen: „{words}“"


def read_frame(document: Document, front: list[Line], back: list[Line]) -> Frame:
    """The frame; what the document does not say stays empty."""
    frame = Frame()
    blocks = _blocks(document, front)
    blocks = _without_title(document, frame, _without_facts(frame, blocks))
    _read_sections(document, frame, blocks)
    _read_back(document, frame, _blocks(document, back))
    return frame


def _blocks(document: Document, lines: list[Line]) -> list[Block]:
    """Paragraphs and headings; a line that looks like a heading is one."""
    builder = Builder(document, lists=False)
    # Where the document names its headings, nothing has to look like one.
    width = 0 if any(line.heading > 1 for line in document.lines) else usual_width(document.lines, FULL)
    for at, line in enumerate(lines):
        before = builder.blocks[-1] if builder.blocks else None
        below = lines[at + 1] if at + 1 < len(lines) else None
        kind = _kind(line, before, below, width)
        if kind:
            builder.blocks.append(Block(kind, [line]))
        elif before and rules.LEGEND.search(line.text) and rules.LEGEND.search(before.text):
            before.lines.append(line)
        else:
            builder.add(line, below)
    return builder.blocks


def _kind(line: Line, before: Block | None, below: Line | None, width: int) -> Kind | None:
    """What begins with the line for certain, or None."""
    cue = next((match for rule in rules.HEADINGS if (match := rule.match(line.text))), None)
    if cue:
        return "text" if cue.re in rules.CUES and cue[1] else "heading"
    if rules.LEGEND.search(line.text) and not (before and rules.LEGEND.search(before.text)):
        return "text"
    return "heading" if width and not line.heading and _looks_like_heading(line, before, below, width) else None


def _looks_like_heading(line: Line, before: Block | None, below: Line | None, width: int) -> bool:
    """A short line at a beginning, with the next one beginning a sentence although its first word had had room."""
    begins = not before or before.kind == "heading" or line.gap > 1 or (line.gap > 0 and ended(before.lines[-1].text))
    short = len(line.text) <= rules.LONGEST_GROUP_TITLE and not rules.NO_TITLE.search(line.text)
    if not begins or not short or not below or not rules.BEGINS_SENTENCE.match(line.text):
        return False
    if not rules.BEGINS_SENTENCE.match(below.text) or rules.LEGEND.search(line.text):
        return False
    return below.gap > 0 or len(line.text) + 1 + len(below.text.split()[0]) < width


def _without_facts(frame: Frame, blocks: list[Block]) -> list[Block]:
    """Notes minutes and edition, wherever they are said; takes out what says nothing else."""
    rest = []
    for block in blocks:
        if not frame.minutes and (match := rules.MINUTES.search(block.text)):
            frame.minutes = (int(match[1]), int(match[2]))
        match = rules.EDITION.search(block.text) if len(block.text) <= rules.LONGEST_HEADING else None
        if match and not frame.edition:
            frame.edition = Words(match[0], block.place)
        if not match or match[0] != block.text:
            rest.append(block)
    return rest


def _without_title(document: Document, frame: Frame, blocks: list[Block]) -> list[Block]:
    """Takes title and subtitle out: what the document calls its title, its first heading, or what is above the goal."""
    taken = _title_blocks(blocks)
    if not taken:
        return blocks
    frame.title = taken[0].words
    if len(taken) > 1:
        frame.subtitle = taken[1].words
    elif match := rules.SUBTITLE.search(taken[0].text):
        document.doubts.note(SPLIT.format(words=taken[0].text), taken[0].place)
        frame.title = Words(taken[0].text[: match.start()], taken[0].place)
        frame.subtitle = Words(taken[0].text[match.end() :], taken[0].place)
    if taken[0].lines[0].heading != 1:
        document.doubts.note(GUESSED.format(words=frame.title.text), frame.title.place)
    return [block for block in blocks if block not in taken]


def _title_blocks(blocks: list[Block]) -> list[Block]:
    named = [block for block in blocks if block.lines[0].heading == 1]
    if named:
        return named[:2]
    if blocks and blocks[0].kind == "heading" and _may_be_title(blocks[0]):
        return blocks[:2] if _is_subtitle(blocks) else blocks[:1]
    goal = next((at for at, block in enumerate(blocks) if rules.GOAL.match(block.text)), 0)
    return [blocks[goal - 1]] if goal and _may_be_title(blocks[goal - 1]) else []


def _is_subtitle(blocks: list[Block]) -> bool:
    """Whether the second block is a heading right below the title, or one without a text of its own."""
    if len(blocks) < 3 or blocks[1].kind != "heading" or not _may_be_title(blocks[1]):
        return False
    return blocks[1].gap == 0 or blocks[2].kind == "heading"


def _may_be_title(block: Block) -> bool:
    known = (rules.GOAL, rules.PRACTICE, rules.NO_TITLE_OF_ALL)
    return len(block.text) <= rules.LONGEST_TITLE and not any(rule.match(block.text) for rule in known)


def _read_sections(document: Document, frame: Frame, blocks: list[Block]) -> None:
    """Goal, practice, scale; all else becomes sections."""
    for title, texts in _titled(blocks):
        rest = _without_scale(frame, texts)
        cue = title.text if title else rest[0].text if rest else ""
        for name, rule in (("goal", rules.GOAL), ("practice", rules.PRACTICE)):
            match = rule.match(cue)
            if match and getattr(frame, name) is None:
                setattr(frame, name, _said(frame, name, match[1] if match.lastindex else "", title, rest))
                break
        else:
            _add_section(document, frame, title, rest)


def _titled(blocks: list[Block]) -> Iterator[tuple[Block | None, list[Block]]]:
    """Headings with the texts below them; a text that begins with a cue such as "Ziel:" opens one of its own."""
    title: Block | None = None
    texts: list[Block] = []
    for block in blocks:
        cue = any(rule.match(block.text) for rule in rules.CUES)
        if block.kind == "heading" or cue:
            if title or texts:
                yield title, texts
            title, texts = (block, []) if block.kind == "heading" else (None, [block])
        else:
            texts.append(block)
    if title or texts:
        yield title, texts


def _said(frame: Frame, name: str, inline: str, title: Block | None, texts: list[Block]) -> Words | None:
    """The text of goal or practice: below the cue, or behind it in the same paragraph."""
    place = (title or texts[0]).place
    parts = [inline or ""] + [block.text for block in (texts if title else texts[1:])]
    if name == "practice" and parts[-1].endswith("?"):
        frame.question = Words(parts.pop(), texts[-1].place)
    text = " ".join(part for part in parts if part)
    return Words(text, place) if text else None


def _without_scale(frame: Frame, texts: list[Block]) -> list[Block]:
    """Takes the row of levels out of the texts."""
    for block in texts:
        labels = [part.strip(rules.LEADERS) for part in rules.LEGEND.split(block.text)]
        if not frame.levels and len(labels) > 2 and labels[0] == "" and all(labels[1:]):
            frame.levels = [Level(_tone(label), Words(label, block.place)) for label in labels[1:]]
            return [one for one in texts if one is not block]
    return texts


def _tone(label: str) -> str:
    return next((tone for tone, pattern in rules.TONES if pattern.search(label)), "yellow")


def _add_section(document: Document, frame: Frame, title: Block | None, texts: list[Block]) -> None:
    text = _paragraphs(texts)
    if not title and not text:
        return
    if not title and text:
        document.doubts.note(NO_HEADING, text.place)
    if title and not text:
        document.doubts.note(NO_TEXT.format(words=title.text), title.place)
    heading = Words(title.text.rstrip(rules.TITLE_END), title.place) if title else None
    frame.sections.append(Section(heading, text))


def _paragraphs(blocks: list[Block]) -> Words | None:
    """The blocks as paragraphs; a sentence that only begins in a new line goes on in the same one."""
    text = ""
    for block in blocks:
        apart = block.gap or block.indent
        text += ("\n\n" if apart else " ") + block.text if text else block.text
    return Words(text, blocks[0].place) if text else None


def _read_back(document: Document, frame: Frame, blocks: list[Block]) -> None:
    """The plan and further sections."""
    for title, texts in _titled(blocks):
        first = title or texts[0]
        match = rules.PLAN.match(first.text)
        if match and not frame.plan.title:
            frame.plan = Plan(Words(match[1], first.place), *_plan_texts(texts if title else texts[1:]))
        else:
            _add_section(document, frame, title, texts)


def _plan_texts(texts: list[Block]) -> tuple[Words | None, dict[str, Words]]:
    """The plan's text and the labels of its columns."""
    labels: dict[str, Words] = {}
    rest = list(texts)
    for key, rule in rules.COLUMNS.items():
        found = next(((block, match) for block in texts if (match := _label(rule, block))), None)
        if found:
            labels[key] = Words(found[1][0], found[0].place)
    if len(labels) < rules.LEAST_COLUMNS:
        return _paragraphs(rest), {}
    rest = [block for block in rest if block.place not in {words.place for words in labels.values()}]
    return _paragraphs(rest), labels


def _label(rule: re.Pattern[str], block: Block) -> re.Match[str] | None:
    return rule.search(block.text) if len(block.text) <= rules.LONGEST_TITLE and not ended(block.text) else None
