"""From a document's lines to an outline of the instrument, and what to look at again."""

from . import notes, rules, screening, sorting
from .checkpoints import read_checkpoint
from .frame import read_frame
from .headings import Found, checkpoint_headings
from .lines import Document, Line, RefusedError
from .outline import Outline, Words

NO_CHECKPOINTS = (
    "Keine Checkpunkte gefunden. Gesucht werden nummerierte Überschriften (1, 2, 3 … oder „Checkpunkt 1“) "
    "und darunter Anregungen als Aufzählung."
)


def outline_of(document: Document) -> Outline:
    """The instrument in the document; the document's doubts say what was not certain. Raises RefusedError."""
    screening.screen(document)
    sorting.sort_out(document)
    _note_oddities(document)
    terms = notes.take_notes(document)
    found = checkpoint_headings(document)
    if not found:
        raise RefusedError(document.file, NO_CHECKPOINTS)
    lines = document.lines
    end = _end_of_last(lines, found)
    bounds = [*(one.at for one in found[1:]), end]
    frame = read_frame(document, lines[: found[0].at], lines[end:])
    frame.terms = terms
    checkpoints = []
    for one, bound in zip(found, bounds, strict=True):
        title, begin = _title(lines, one, bound)
        checkpoints.append(read_checkpoint(document, title, lines[begin:bound]))
    return Outline(frame, checkpoints)


def _note_oddities(document: Document) -> None:
    for line in document.lines:
        for pattern, sentence in rules.ODDITIES:
            if pattern.search(line.text) and not rules.LEGEND.search(line.text):
                document.doubts.note(sentence, line.place)


def _title(lines: list[Line], found: Found, bound: int) -> tuple[Words, int]:
    """The title, which may go on in the next lines, and where the text begins."""
    heading = lines[found.at]
    text, at = found.title, found.at + 1
    while at < bound and (not text or (heading.heading and lines[at].heading == heading.heading)):
        if text and lines[at].gap:
            break
        text = f"{text} {lines[at].text}".strip()
        at += 1
    return Words(text.rstrip(rules.TITLE_END), heading.place), at


def _end_of_last(lines: list[Line], found: list[Found]) -> int:
    """Where the last checkpoint ends: at the plan, at a heading such as "Impressum", or at one of its own level."""
    last = found[-1]
    for at in range(last.at + 1, len(lines)):
        line = lines[at]
        apart = line.gap or line.heading
        if apart and (rules.PLAN.match(line.text) or rules.AFTER.match(line.text)):
            return at
        if last.level and 0 < line.heading <= last.level and (line.gap or line.heading < last.level):
            return at
    return len(lines)
