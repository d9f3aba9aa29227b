"""What a person has entered that has no place in the edition of today: kept, and shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..assessments import rules
from ..assessments.models import Assessment
from ..instruments.markup import unmarked
from ..instruments.model import Instrument
from .paths import earlier_instrument_of


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
    marks = assessment.marks.order_by("suggestion").values_list("suggestion", flat=True)
    return found + [LeftOver(_suggestion(earlier, key)) for key in marks if key not in instrument.suggestion_by_key]


def earlier_titles(assessment: Assessment, instrument: Instrument, checkpoints: Iterable[str]) -> dict[str, str]:
    """Titles of those checkpoints that this edition lacks, in the words of the earlier one."""
    lacking = {key for key in checkpoints if key not in instrument.checkpoint_by_key}
    return {key: title_of(earlier_instrument_of(assessment), key) for key in sorted(lacking)}


def title_of(instrument: Instrument, key: str) -> str:
    """The title of a checkpoint, or its key where nobody knows it any more."""
    point = instrument.checkpoint_by_key.get(key)
    return point.title if point else key


def _suggestion(instrument: Instrument, key: str) -> str:
    entry = instrument.suggestion_by_key.get(key)
    return unmarked(entry.text) if entry else key
