"""What a person has entered that has no place in the edition of today: kept, and shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..assessments import rules
from ..assessments.models import Assessment
from ..instruments.markup import unmarked
from ..instruments.model import Instrument
from ..instruments.overlay import in_language_of
from .paths import earlier_instruments_of


@dataclass(frozen=True)
class LeftOver:
    """An entry with the words that it had in the earlier edition."""

    title: str
    level: str = ""
    note: str = ""


def left_over(assessment: Assessment, instrument: Instrument) -> list[LeftOver]:
    """Ratings, notes and marks that this edition has no place for, in the words of the newest that knows them.

    Measures stay in the plan and are not among them.
    """
    ratings = {rating.checkpoint: rating for rating in assessment.ratings.all()}
    found = []
    for key in rules.homeless(instrument, {key: rating.level for key, rating in ratings.items()}):
        rating = ratings[key]
        if rating.level or rating.note:
            found.append(LeftOver(title_of(assessment, key), _level(assessment, rating.level), rating.note))
    marks = sorted(assessment.marks.values_list("suggestion", flat=True))
    return found + [LeftOver(_suggestion(assessment, key)) for key in marks if key not in instrument.suggestion_by_key]


def earlier_titles(assessment: Assessment, instrument: Instrument, checkpoints: Iterable[str]) -> dict[str, str]:
    """Titles of those checkpoints that this edition lacks, in the words of the earlier one."""
    lacking = {key for key in checkpoints if key not in instrument.checkpoint_by_key}
    return {key: title_of(assessment, key) for key in sorted(lacking)}


def title_of(assessment: Assessment, key: str) -> str:
    """The title of a checkpoint, or its key where nobody knows it any more."""
    known = (one.checkpoint_by_key.get(key) for one in earlier_instruments_of(assessment))
    return next((point.title for point in known if point), key)


def _level(assessment: Assessment, key: str) -> str:
    known = (one.level_by_key.get(key) for one in earlier_instruments_of(assessment))
    return next((level.label for level in known if level), key) if key else ""


def _suggestion(assessment: Assessment, key: str) -> str:
    known = (one.suggestion_by_key.get(key) for one in earlier_instruments_of(assessment))
    return next((in_language_of(entry.text, unmarked(entry.text)) for entry in known if entry), key)
