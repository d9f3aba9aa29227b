"""The table of measures."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from ..assessments.models import Assessment
from .rules import FIELDS, PRIORITIES, STATUSES, Content

TEXT_LENGTH = 300
RESPONSIBLE_LENGTH = 120


class MeasureQuerySet(models.QuerySet["Measure"]):
    """Reads like adjectives."""

    def in_plan(self) -> Self:
        """Those that have not been deleted."""
        return self.filter(deleted_at=None)

    def deleted(self) -> Self:
        """Those that can still be brought back, the last deleted first."""
        return self.exclude(deleted_at=None).order_by("-deleted_at")


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
