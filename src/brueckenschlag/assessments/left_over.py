"""What a person has entered that has no place in the edition of today: kept, and shown wherever the rest is."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ..instruments.model import Instrument
from . import editions
from .models import Assessment, Rating
from .rules import homeless


@dataclass(frozen=True)
class LeftOver:
    """An entry with the texts that it had in an earlier edition, its key where none knows it any more."""

    title: str
    level: str = ""
    note: str = ""


def earlier(assessment: Assessment, language: str) -> Iterator[Instrument]:
    """The edition that it was moved from, then all, newest first: whoever has moved twice has entries from two before.

    In that language of the pages, each looked up only when it is asked for.
    """
    yield editions.in_language(assessment.earlier_edition_id or assessment.edition_id, language)
    for edition in editions.all_of(editions.original(assessment.edition_id).slug):
        yield editions.in_language(edition, language)


def entries(
    assessment: Assessment,
    instrument: Instrument,
    language: str,
    ratings: Mapping[str, Rating],
    running: Collection[str],
) -> Iterator[LeftOver]:
    """Ratings (by checkpoint), notes and marks without a place in that edition; measures stay in the plan."""
    for key in homeless(instrument, {key: rating.level for key, rating in ratings.items()}):
        rating = ratings[key]
        if rating.level or rating.note:
            level = level_of(assessment, rating.level, language)
            yield LeftOver(title_of(assessment, key, language), level, rating.note)
    for key in sorted(key for key in running if key not in instrument.suggestion_by_key):
        known = (one.suggestion_by_key.get(key) for one in earlier(assessment, language))
        yield LeftOver(next((entry.text for entry in known if entry), key))


def title_of(assessment: Assessment, key: str, language: str) -> str:
    """The title of a checkpoint in the newest edition that knows it."""
    known = (one.checkpoint_by_key.get(key) for one in earlier(assessment, language))
    return next((point.title for point in known if point), key)


def level_of(assessment: Assessment, key: str, language: str) -> str:
    """The words of an answer, "" for none."""
    known = (one.level_by_key.get(key) for one in earlier(assessment, language))
    return next((level.label for level in known if level), key) if key else ""
