"""What can be read and printed of an instrument before one begins: the background and the blank sheet."""

from ..instruments.model import Instrument
from . import terms
from .arch import lamp
from .languages import once_per_language


@once_per_language
def background(instrument: Instrument) -> dict[str, object]:
    """The frame of an instrument with all its texts and its whole glossary."""
    frame = instrument.frame
    sections = [
        {"key": one.key, "title": one.title, "paragraphs": terms.explained_paragraphs(instrument, one.text)}
        for one in frame.sections
    ]
    return {
        "sections": sections,
        "goal": terms.explained(instrument, frame.goal.text),
        "practice": terms.explained(instrument, frame.practice.text),
        "plan_text": terms.explained(instrument, frame.plan.text),
        "levels": [(level, lamp(level.tone)) for level in instrument.levels],
        "glossary": [
            {"key": term.key, "term": term.term, "text": terms.plain(instrument, term.text)} for term in frame.glossary
        ],
    }


@once_per_language
def sheet(instrument: Instrument) -> dict[str, object]:
    """The blank sheet: all checkpoints with boxes, and empty rows for the plan."""
    points = [
        {
            "number": instrument.numbers[point.key],
            "title": point.title,
            "statement": terms.plain(instrument, point.statement),
            "entries": [terms.plain(instrument, entry.text) for entry in point.entries()],
        }
        for point in instrument.checkpoints
    ]
    return {
        "instrument": instrument,
        "goal": terms.plain(instrument, instrument.frame.goal.text),
        "points": points,
        "levels": [(level, lamp(level.tone)) for level in instrument.levels],
        "rows": range(9),
    }
