"""Reads one checkpoint from its lines: statement, groups, suggestions and their parts."""

from collections.abc import Iterator
from itertools import groupby, zip_longest

from . import rules
from .blocks import LIST, NO_SIGN, SAME_INDENT, Block, Builder, ended
from .lines import Document, Line
from .outline import Checkpoint, Group, Suggestion, Words

RATING = "Feld zum Ankreuzen, nicht übernommen: „{words}“"
LOST_BULLETS = "Ohne Aufzählungszeichen, wegen der Einrückung als Anregung gelesen."
AS_HEADING = "Als Überschrift einer Gruppe gelesen, nicht als Anregung: „{words}“"
STRAY = "Nicht zugeordnet und nicht übernommen: „{words}“"
DEEP = "Tiefer als zwei Stufen; in die zweite Stufe gestellt."
DEEPEST = 5
PARAGRAPHS = "Die Aussage besteht aus mehreren Absätzen; sie sind zusammengefügt."
NO_STATEMENT = "Ohne Aussage: „{title}“"
NO_SUGGESTIONS = "Ohne Anregungen: „{title}“"


def read_checkpoint(document: Document, title: Words, lines: list[Line]) -> Checkpoint:
    """The checkpoint with that title."""
    lines = _without_rating(document, lines)
    builder = Builder(document, lists=True)
    for line, following in zip_longest(lines, lines[1:]):
        builder.add(line, following)
    blocks = [_as_heading(document, *three) for three in _with_neighbours(builder.blocks)]
    head, rest = _head(blocks)
    statement, lead = _statement(document, head)
    checkpoint = Checkpoint(title, statement)
    checkpoint.groups = list(_groups(document, [*lead, *rest]))
    if not statement:
        document.doubts.note(NO_STATEMENT.format(title=title.text), title.place)
    if not checkpoint.groups:
        document.doubts.note(NO_SUGGESTIONS.format(title=title.text), title.place)
    return checkpoint


def _without_rating(document: Document, lines: list[Line]) -> list[Line]:
    """Leaves out the boxes to tick; in our format the scale belongs to the frame."""
    kept = []
    for line in lines:
        boxes = rules.RATING_WORD in line.text and not rules.RATING.sub("", line.text)
        if boxes and (line.gap or line.item or rules.BULLET.match(line.text)):
            document.doubts.note(RATING.format(words=line.text), line.place)
        else:
            kept.append(line)
    return kept


def _with_neighbours(blocks: list[Block]) -> Iterator[tuple[Block | None, Block, Block | None]]:
    return zip([None, *blocks], blocks, [*blocks[1:], None], strict=False)


def _as_heading(document: Document, before: Block | None, block: Block, after: Block | None) -> Block:
    """An entry without a bullet that stands apart, above entries with one, is their heading."""
    if block.kind != "item" or block.sign != NO_SIGN:
        return block
    if before and after and after.sign and block.gap > 1 and after.gap > 1 and len(block.lines) == 1:
        document.doubts.note(AS_HEADING.format(words=block.text), block.place)
        return Block("heading", block.lines)
    document.doubts.note(LOST_BULLETS, block.place)
    return block


def _head(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """What stands above the first suggestion and the first heading, and the rest."""
    end = next((at for at, block in enumerate(blocks) if block.kind != "text"), len(blocks))
    return blocks[:end], blocks[end:]


def _statement(document: Document, head: list[Block]) -> tuple[Words | None, list[Block]]:
    """The statement, and what follows it above the suggestions."""
    end = next((at for at, block in enumerate(head) if at and _is_lead(block)), len(head))
    if len(head) == 1 and head[0].text.endswith(":"):
        end = 0
    own = head[:end]
    if not own:
        return None, head
    paragraphs = [block for block in own[1:] if block.gap]
    if paragraphs:
        document.doubts.note(PARAGRAPHS, *(block.place for block in paragraphs))
    return Words(" ".join(block.text for block in own), own[0].place), head[end:]


def _is_lead(block: Block) -> bool:
    """Whether it leads to suggestions rather than being part of the statement."""
    short = len(block.text) <= rules.LONGEST_GROUP_TITLE and not ended(block.text)
    return block.text.endswith(":") or (short and (block.gap > 0 or bool(rules.GROUP_WORDS.match(block.text))))


def _groups(document: Document, blocks: list[Block]) -> Iterator[Group]:
    """Groups: what stands above a run of suggestions names it."""
    lead: list[Block] = []
    for is_item, run in groupby(blocks, key=lambda block: block.kind == "item"):
        if is_item:
            yield _group(document, lead, list(run))
            lead = []
        else:
            lead = list(run)
    for block in lead:
        document.doubts.note(STRAY.format(words=block.text), block.place)


def _group(document: Document, lead: list[Block], items: list[Block]) -> Group:
    title, intro = _title(lead)
    group = Group(title, intro)
    levels = _levels(items)
    for level, item in zip(levels, items, strict=True):
        suggestion = Suggestion(item.words)
        if level > 2:
            document.doubts.note(DEEP, item.place)
        if level > 1 and group.suggestions:
            group.suggestions[-1].parts.append(suggestion)
        else:
            group.suggestions.append(suggestion)
    return group


def _title(lead: list[Block]) -> tuple[Words | None, Words | None]:
    """Title and intro. A long sentence that leads to the suggestions is no title."""
    if not lead:
        return None, None
    first = lead[0]
    too_long = first.kind == "text" and len(first.text) > rules.LONGEST_GROUP_TITLE
    title = None if too_long else Words(first.text.rstrip(rules.TITLE_END), first.place)
    intro = lead if too_long else lead[1:]
    return title, Words(" ".join(block.text for block in intro), intro[0].place) if intro else None


def _levels(items: list[Block]) -> list[int]:
    """The level of each entry: a sign that was not there before, or one further in, begins a deeper one."""
    levels: list[int] = []
    open_: list[Block] = []
    for item in items:
        if item.sign == LIST:
            levels.append(item.level)
            continue
        known = [at for at, one in enumerate(open_) if one.sign == item.sign and _level_indent(one, item)]
        if known:
            del open_[known[-1] + 1 :]
        else:
            while open_ and item.indent < open_[-1].indent - SAME_INDENT:
                open_.pop()
            open_[DEEPEST:] = [item]
        levels.append(len(open_))
    return _without_steps(levels)


def _level_indent(one: Block, other: Block) -> bool:
    return abs(one.indent - other.indent) <= SAME_INDENT


def _without_steps(levels: list[int]) -> list[int]:
    """The levels counted from 1, however deep the first one was."""
    least = min(levels, default=1)
    return [level - least + 1 for level in levels]
