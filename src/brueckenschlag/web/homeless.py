"""What a person has entered that has no place in the edition of today: kept, and shown."""

from dataclasses import dataclass

from ..assessments import rules
from ..assessments.models import Assessment
from ..instruments.markup import unmarked
from ..instruments.model import Instrument


@dataclass(frozen=True)
class LeftOver:
    """An entry with the words that it had in the earlier edition."""

    title: str
    level: str = ""
    note: str = ""


def left_over(assessment: Assessment, instrument: Instrument, earlier: Instrument) -> list[LeftOver]:
    """Ratings, notes and marks that this edition has no place for, in the words of the earlier one.

    Measures stay in the plan and are not among them.
    """
    ratings = {rating.checkpoint: rating for rating in assessment.ratings.all()}
    found = []
    for key in rules.homeless(instrument, {key: rating.level for key, rating in ratings.items()}):
        rating, level = ratings[key], earlier.level_by_key.get(ratings[key].level)
        if rating.level or rating.note:
            found.append(LeftOver(title_of(earlier, key), level.label if level else rating.level, rating.note))
    marks = sorted(assessment.marks.values_list("suggestion", flat=True))
    return found + [LeftOver(_suggestion(earlier, key)) for key in marks if key not in instrument.suggestion_by_key]


def title_of(instrument: Instrument, key: str) -> str:
    """The title of a checkpoint, or its key where nobody knows it any more."""
    point = instrument.checkpoint_by_key.get(key)
    return point.title if point else key


def _suggestion(instrument: Instrument, key: str) -> str:
    entry = instrument.suggestion_by_key.get(key)
    return unmarked(entry.text) if entry else key
