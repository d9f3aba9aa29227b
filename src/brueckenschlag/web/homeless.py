"""What has no place in the edition of today, in the language of the page and without marks."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import get_language

from ..assessments import left_over as kept
from ..assessments.left_over import LeftOver
from ..assessments.models import Assessment
from ..instruments.markup import unmarked
from ..instruments.model import Instrument
from ..instruments.overlay import in_language_of


def left_over(assessment: Assessment, instrument: Instrument) -> list[LeftOver]:
    """Ratings, notes and marks that this edition has no place for, in the words of the newest that knows them."""
    ratings = {rating.checkpoint: rating for rating in assessment.ratings.all()}
    running = frozenset(assessment.marks.values_list("suggestion", flat=True))
    found = kept.entries(assessment, instrument, get_language() or "", ratings, running)
    return [replace(one, title=in_language_of(one.title, unmarked(one.title))) for one in found]


def earlier_titles(assessment: Assessment, instrument: Instrument, checkpoints: Iterable[str]) -> dict[str, str]:
    """Titles of those checkpoints that this edition lacks, in the words of the earlier one."""
    lacking = {key for key in checkpoints if key not in instrument.checkpoint_by_key}
    return {key: title_of(assessment, key) for key in sorted(lacking)}


def title_of(assessment: Assessment, key: str) -> str:
    """The title of a checkpoint, or its key where nobody knows it any more."""
    return kept.title_of(assessment, key, get_language() or "")
