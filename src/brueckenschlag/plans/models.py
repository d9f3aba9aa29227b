"""The table of measures."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from django.db import connection, models
from django.db.models import Count, F, Min, Q
from django.utils import timezone

from ..assessments.models import Assessment, Mark, Rating
from .rules import FIELDS, PRIORITIES, STATUSES, UNDO_DAYS, Content

TEXT_LENGTH = 300
RESPONSIBLE_LENGTH = 120


def _undo_limit() -> datetime:
    return timezone.now() - timedelta(days=UNDO_DAYS)


@dataclass(frozen=True)
class Figures:
    """What of a plan needs attention: reviews that are overdue, and the day of the next one."""

    due: int = 0
    next_review: date | None = None


class MeasureQuerySet(models.QuerySet["Measure"]):
    """Reads like adjectives."""

    def in_plan(self) -> Self:
        """Those that have not been deleted."""
        return self.filter(deleted_at=None)

    def within_undo(self) -> Self:
        """Those in the plan, and those whose deletion can still be undone."""
        return self.filter(Q(deleted_at=None) | Q(deleted_at__gte=_undo_limit()))

    def past_undo(self) -> Self:
        """Those whose deletion can no longer be undone."""
        return self.filter(deleted_at__lt=_undo_limit())

    def figures(self, today: date) -> dict[uuid.UUID, "Figures"]:
        """How many have a review that is overdue, and the next one, for each assessment; one query, no rows."""
        going_on = Q(status__in=("open", "started"))
        rows = self.in_plan().order_by().values_list("assessment")
        counted = rows.annotate(
            due=Count("pk", going_on & Q(review__lt=today)),
            next_review=Min("review", filter=going_on & Q(review__gte=today)),
        )
        return {assessment: Figures(due, next_review) for assessment, due, next_review in counted}

    def deleted(self) -> Self:
        """Those that can be brought back, the last deleted first."""
        return self.within_undo().exclude(deleted_at=None).order_by("-deleted_at")


class Measure(models.Model):
    """One row of the plan. Its id is given with the empty form and never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="measures")
    checkpoint = models.CharField(max_length=40)
    suggestion = models.CharField(max_length=81, blank=True)
    text = models.CharField(max_length=TEXT_LENGTH)
    priority = models.CharField(max_length=10, choices=list(PRIORITIES.items()))
    responsible = models.CharField(max_length=RESPONSIBLE_LENGTH, blank=True)
    start = models.DateField(null=True, blank=True)
    review = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=list(STATUSES.items()), default="open")
    position = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None) | Q(review=None) | Q(review__gte=F("start")),
                name="review_not_before_start",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def content(self) -> Content:
        """What a person has written into this row."""
        return Content(**{field: getattr(self, field) for field in FIELDS})


@dataclass(frozen=True)
class CheckpointState:
    """What a checkpoint page shows of an assessment: all ratings by checkpoint, and its suggestions in use."""

    ratings: dict[str, Rating]
    running: frozenset[str]
    planned: frozenset[str]


def checkpoint_state(assessment: Assessment, checkpoint: str) -> CheckpointState:
    """Everything for one checkpoint page in one statement.

    Written by hand because it is the most opened page and building three queries costs ten times as much as
    running this one; a test compares it with the plain queries.
    """
    own = Assessment._meta.pk.get_db_prep_value(assessment.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(_CHECKPOINT_STATE, [own, own, own, checkpoint])
        rows = cursor.fetchall()
    ratings = {
        key: Rating(id=id, assessment=assessment, checkpoint=key, level=level, note=note, version=version)
        for kind, key, level, note, version, id in rows
        if kind == "rating"
    }
    return CheckpointState(
        ratings,
        frozenset(key for kind, key, *_ in rows if kind == "running"),
        frozenset(key for kind, key, *_ in rows if kind == "planned"),
    )


_CHECKPOINT_STATE = f"""
SELECT 'rating', checkpoint, level, note, version, id FROM {Rating._meta.db_table} WHERE assessment_id = %s
UNION ALL
SELECT 'running', suggestion, '', '', 0, 0 FROM {Mark._meta.db_table} WHERE assessment_id = %s
UNION ALL
SELECT 'planned', suggestion, '', '', 0, 0 FROM {Measure._meta.db_table}
WHERE assessment_id = %s AND checkpoint = %s AND deleted_at IS NULL AND suggestion <> ''
"""  # noqa: S608  # only names of our own tables are put in
