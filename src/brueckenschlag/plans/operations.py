"""Everything that changes a plan, and the saving of a checkpoint page, which writes ratings and measures at once.

Whatever reads before it writes, or writes more than one row, holds the assessment first: docs/decisions/0016.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from ..assessments.models import Assessment, Rating
from ..assessments.operations import StaleRatingError, hold, mark_running, rate_checkpoint, touch
from ..assessments.rules import Seen
from ..audit.actors import Actor
from ..instruments import markup
from ..instruments.model import Instrument
from .models import Measure, checkpoint_state
from .rules import MOST_MEASURES, Content, preset_priority


class StaleMeasureError(Exception):
    """Someone else has changed or deleted the measure since this person saw it; carries what is stored now."""

    def __init__(self, stored: Measure) -> None:
        self.stored = stored
        super().__init__("stale measure")


class PlanFullError(Exception):
    """The plan holds as many measures as it may."""


@dataclass(frozen=True)
class Answer:
    """What a checkpoint page sends: rating, note, and the suggestions switched on and off since it was shown."""

    level: str
    note: str
    was: Seen | None = None
    version: int = 0
    running_on: frozenset[str] = frozenset()
    running_off: frozenset[str] = frozenset()
    planned_on: frozenset[str] = frozenset()
    planned_off: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Saved:
    """What is stored after saving a checkpoint page, all that its next showing needs."""

    rating: Rating
    ratings: Mapping[str, Rating]
    added: tuple[Measure, ...]
    removed: tuple[Measure, ...]


def save_checkpoint(
    assessment: Assessment, instrument: Instrument, checkpoint: str, answer: Answer, *, by: Actor
) -> Saved:
    """Stores a checkpoint page.

    Raises PlanFullError when the plan takes no more: then nothing is stored. Raises StaleRatingError when somebody
    else has changed the same part of the rating: then the switches are stored, and the rating waits for a choice.
    """
    stale: StaleRatingError | None = None
    with transaction.atomic():
        hold(assessment.pk)
        state = checkpoint_state(assessment, checkpoint)
        ratings = dict(state.ratings)
        answer = _beside_a_strange_level(answer, instrument, ratings.get(checkpoint))
        try:
            rating = rate_checkpoint(
                assessment,
                checkpoint,
                answer.level,
                answer.note,
                was=answer.was,
                version=answer.version,
                ratings=ratings,
                by=by,
            )
        except StaleRatingError as error:
            stale, rating = error, error.stored
        ratings[checkpoint] = rating
        mark_running(
            assessment, add=answer.running_on - state.running, remove=answer.running_off & state.running, by=by
        )
        added = [
            measure
            for suggestion in sorted(answer.planned_on)
            for measure, is_new in [plan_suggestion(assessment, instrument, suggestion, level=rating.level, by=by)]
            if is_new
        ]
        removed = _unplan(assessment, answer.planned_off, by)
    if stale:
        raise stale
    return Saved(rating, ratings, tuple(added), tuple(removed))


def _beside_a_strange_level(answer: Answer, instrument: Instrument, stored: Rating | None) -> Answer:
    """A level of an earlier edition cannot be seen on the page: it stays until the person chooses another."""
    if stored is None or answer.was is None or stored.level in {"", *instrument.level_by_key}:
        return answer
    return replace(answer, level=answer.level or stored.level, was=Seen(stored.level, answer.was.note))


def plan_suggestion(
    assessment: Assessment, instrument: Instrument, suggestion: str, *, level: str, by: Actor
) -> tuple[Measure, bool]:
    """The measure for that suggestion and whether it is new in the plan; one deleted before comes back as it was."""
    checkpoint = suggestion.partition(".")[0]
    with transaction.atomic():
        hold(assessment.pk)
        measures = Measure.objects.filter(assessment=assessment, suggestion=suggestion)
        present = measures.in_plan().first()
        if present:
            return present, False
        before = measures.deleted().first()
        if before:
            return restore_measure(before, by=by), True
        content = Content(
            checkpoint=checkpoint,
            text=markup.unmarked(instrument.suggestion_by_key[suggestion].text),
            priority=preset_priority(instrument.level_by_key.get(level)),
        )
        return add_measure(assessment, content, id=uuid.uuid4(), suggestion=suggestion, by=by), True


def add_measure(assessment: Assessment, content: Content, *, id: uuid.UUID, suggestion: str = "", by: Actor) -> Measure:
    """A new row at the end of the plan. The same `id` sent again returns the row that it made the first time.

    Raises StaleMeasureError when that row holds something else by now, PlanFullError.
    """
    with transaction.atomic():
        hold(assessment.pk)
        sent_before = Measure.objects.filter(id=id).first()
        if sent_before and sent_before.assessment_id == assessment.pk:
            if sent_before.content != content or sent_before.deleted_at:
                raise StaleMeasureError(sent_before)
            return sent_before
        rows = Measure.objects.filter(assessment=assessment)
        if rows.in_plan().count() >= MOST_MEASURES:
            raise PlanFullError
        last = rows.aggregate(last=Max("position"))["last"] or 0
        measure = Measure.objects.create(
            id=uuid.uuid4() if sent_before else id,
            assessment=assessment,
            suggestion=suggestion,
            position=last + 1,
            **asdict(content),
        )
        touch(assessment, "measure.added", by=by, target=str(measure.pk))
    return measure


def change_measure(measure: Measure, content: Content, *, version: int, by: Actor) -> Measure:
    """Writes the row; `version` is what the person saw. Raises StaleMeasureError instead of overwriting unseen.

    A row that was deleted meanwhile comes back when its current version is named.
    """
    with transaction.atomic():
        stored = _read_again(measure)
        if stored.content == content and stored.deleted_at is None:
            return stored
        if stored.version != version:
            raise StaleMeasureError(stored)
        for field, value in asdict(content).items():
            setattr(stored, field, value)
        return _save(stored, "measure.changed", by, *asdict(content), deleted_at=None)


def remove_measure(measure: Measure, *, by: Actor) -> Measure:
    """Takes the row out of the plan; it can be brought back for UNDO_DAYS days."""
    with transaction.atomic():
        stored = _read_again(measure)
        return stored if stored.deleted_at else _save(stored, "measure.removed", by, deleted_at=timezone.now())


def restore_measure(measure: Measure, *, by: Actor) -> Measure:
    """Brings a deleted row back, with its id, its texts and its place. Raises PlanFullError."""
    with transaction.atomic():
        stored = _read_again(measure)
        if stored.deleted_at is None:
            return stored
        if Measure.objects.filter(assessment=stored.assessment_id).in_plan().count() >= MOST_MEASURES:
            raise PlanFullError
        return _save(stored, "measure.restored", by, deleted_at=None)


def move_measure(measure: Measure, *, up: bool, by: Actor) -> None:
    """Swaps the row with its neighbour in the own order; at the end nothing happens."""
    with transaction.atomic():
        stored = _read_again(measure)
        rows = Measure.objects.filter(assessment=stored.assessment_id).in_plan()
        if up:
            neighbour = rows.filter(position__lt=stored.position).order_by("-position").first()
        else:
            neighbour = rows.filter(position__gt=stored.position).order_by("position").first()
        if neighbour is None or stored.deleted_at:
            return
        stored.position, neighbour.position = neighbour.position, stored.position
        Measure.objects.bulk_update([stored, neighbour], ["position"])
        touch(stored.assessment, "measure.moved", by=by, target=str(stored.pk))


def _read_again(measure: Measure) -> Measure:
    """The row as it is stored now, while nobody else can change it. Raises DoesNotExist when it is gone for good."""
    hold(measure.assessment_id)
    # The row too: erase_deleted goes through all plans and holds none of them.
    rows = Measure.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("assessment").get(pk=measure.pk)


def erase_deleted() -> int:
    """Deletes for good what was taken out of plans more than UNDO_DAYS days ago; returns how many."""
    count, _ = Measure.objects.past_undo().delete()
    return count


def _unplan(assessment: Assessment, suggestions: Collection[str], by: Actor) -> list[Measure]:
    if not suggestions:
        return []
    rows = Measure.objects.filter(assessment=assessment, suggestion__in=suggestions).in_plan()
    gone = timezone.now()
    return [_save(row, "measure.removed", by, deleted_at=gone) for row in rows.select_related("assessment")]


def _save(measure: Measure, verb: str, by: Actor, *fields: str, **changes: object) -> Measure:
    """Writes the named fields and the changes, one version further; the log calls it so."""
    for name, value in changes.items():
        setattr(measure, name, value)
    measure.version += 1
    measure.save(update_fields=[*fields, *changes, "version"])
    touch(measure.assessment, verb, by=by, target=str(measure.pk))
    return measure
