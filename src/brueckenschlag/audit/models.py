"""The table of the log. Triggers in the database refuse every change to it (see the migration)."""

from datetime import timedelta
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone


class LogQuerySet(models.QuerySet["LogEntry"]):
    """Reads like adjectives."""

    def of_organisation(self, id: UUID) -> Self:
        """What was done in that organisation, in its assessments too; the latest first."""
        return self.filter(organisation=id).order_by("-at", "-pk")

    def of_assessment(self, id: UUID) -> Self:
        """What was done in that assessment, also before it came to an organisation; the latest first."""
        return self.filter(assessment=id).order_by("-at", "-pk")

    def of_last_day(self, verb: str, organisation: UUID, person: UUID | None) -> Self:
        """How often that was done within a day, in the organisation or by the same person in another: for limits.

        What has been withdrawn since, or forgotten, still counts here.
        """
        own = Q(organisation=organisation) | Q(person=person, person__isnull=False)
        return self.filter(own, verb=verb, at__gt=timezone.now() - timedelta(days=1))

    def by_person(self, id: UUID) -> Self:
        """What that person did; the latest first."""
        return self.filter(person=id).order_by("-at", "-pk")


class LogEntry(models.Model):
    """Who did what when. Holds ids, never names or words of people: who is erased is unknown here too.

    No foreign keys: an entry outlives what it tells of until the organisation or assessment is erased as a whole.
    `person` is empty for guests with a personal link; `mandate` is set when an adviser acted under it.
    `verb` is one of verbs.VERBS; `target` a key within the assessment or an id.
    """

    at = models.DateTimeField(default=timezone.now)
    verb = models.CharField(max_length=40)
    person = models.UUIDField(null=True, blank=True)
    mandate = models.UUIDField(null=True, blank=True)
    organisation = models.UUIDField(null=True, blank=True)
    assessment = models.UUIDField(null=True, blank=True)
    target = models.CharField(max_length=90, blank=True)

    objects = LogQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("organisation", "at", name="log_of_organisation"),
            models.Index("assessment", "at", name="log_of_assessment"),
            models.Index("person", "at", name="log_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class LogOpening(models.Model):
    """Stands in its table only within the one transaction that erases entries: the triggers ask for it."""

    def __str__(self) -> str:
        return "open"
