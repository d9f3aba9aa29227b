"""Filling in: rating a checkpoint, and marking what is running already."""

from collections.abc import Collection, Mapping

from django.db import transaction

from ...audit.actors import Actor
from .. import rules
from ..models import Assessment, Mark, Rating
from .holding import hold, touch


class StaleRatingError(Exception):
    """Two people have changed the same field; carries what is stored now, and the rest put together."""

    def __init__(self, stored: Rating, merged: rules.Merged) -> None:
        self.stored = stored
        self.merged = merged
        super().__init__("stale rating")


def rate_checkpoint(  # noqa: PLR0913  # each is a fact of one rating
    assessment: Assessment,
    checkpoint: str,
    level: str,
    note: str,
    *,
    was: rules.Seen | None = None,
    version: int = 0,
    ratings: Mapping[str, Rating] | None = None,
    by: Actor,
) -> Rating:
    """Sets level and note; `was` is what the person saw before. What they have left alone stays as it is stored.

    Whoever has just chosen between two versions gives the `version` (0: none yet) instead of `was`.
    `ratings` are the assessment's ratings by checkpoint, when the caller holds it and has read them since.
    Raises StaleRatingError when somebody else's change would be overwritten.
    """
    with transaction.atomic(savepoint=False):
        if ratings is None:
            hold(assessment.pk)
            ratings = {rating.checkpoint: rating for rating in Rating.objects.filter(assessment=assessment)}
        stored = ratings.get(checkpoint)
        if stored is None:
            return _first_rating(assessment, checkpoint, level, note, by)
        wanted = _wanted((level, note), stored, was, version)
        if not wanted.conflicts and (stored.level, stored.note) != (wanted.level, wanted.note):
            stored.level, stored.note, stored.version = wanted.level, wanted.note, stored.version + 1
            stored.save(force_update=True, update_fields=["level", "note", "version"])
            touch(assessment, "rating.changed", by=by, target=checkpoint)
    if wanted.conflicts:
        raise StaleRatingError(stored, wanted)
    return stored


def _first_rating(assessment: Assessment, checkpoint: str, level: str, note: str, by: Actor) -> Rating:
    """Stores nothing for an empty page."""
    if not level and not note:
        return Rating(assessment=assessment, checkpoint=checkpoint, version=0)
    rating = Rating.objects.create(assessment=assessment, checkpoint=checkpoint, level=level, note=note)
    touch(assessment, "rating.changed", by=by, target=checkpoint)
    return rating


def _wanted(mine: tuple[str, str], stored: Rating, was: rules.Seen | None, version: int) -> rules.Merged:
    """What is to be stored: put together field by field, or as chosen while nothing has changed since."""
    if was:
        return rules.merged(mine, (stored.level, stored.note), was)
    level, note = mine
    is_fresh = stored.version == version
    different = {"level": level != stored.level, "note": note != stored.note}
    conflicts = frozenset() if is_fresh else frozenset(field for field, differs in different.items() if differs)
    return rules.Merged(level, note, conflicts)


def mark_running(assessment: Assessment, *, add: Collection[str], remove: Collection[str], by: Actor) -> None:
    """Sets and takes away "Läuft schon" for suggestions, given by their full keys."""
    if not add and not remove:
        return
    with transaction.atomic():
        hold(assessment.pk)
        if add:
            marks = [Mark(assessment=assessment, suggestion=suggestion) for suggestion in sorted(add)]
            Mark.objects.bulk_create(marks, ignore_conflicts=True)
        if remove:
            Mark.objects.filter(assessment=assessment, suggestion__in=remove).delete()
        touch(assessment, "marks.changed", by=by, target=sorted({*add, *remove})[0].partition(".")[0])
