"""Tables of assessments, and the reads that say who may see which."""

import uuid
from datetime import date
from typing import Self

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from . import rules
from .keys import Visitor

NAME_LENGTH = 120
NOTE_LENGTH = 4000


def _oldest_day() -> date:
    """The day up to which the last change is too long ago."""
    return rules.months_later(timezone.localdate(), -rules.RETENTION_MONTHS)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Reads like adjectives; whoever may not see an assessment does not find it."""

    def expired(self) -> Self:
        """Past the retention term."""
        return self.filter(changed_on__lte=_oldest_day())

    def visible_to(self, visitor: Visitor) -> Self:
        """Those that one of the visitor's keys opens, for writing or for reading."""
        may = Q(owner_hash__in=visitor.hashes) | Q(reader_hash__in=visitor.hashes)
        return self.filter(may, changed_on__gt=_oldest_day())

    def editable_by(self, visitor: Visitor) -> Self:
        """Those that one of the visitor's keys opens for writing."""
        return self.filter(owner_hash__in=visitor.hashes, changed_on__gt=_oldest_day())

    def opened_by(self, visitor: Visitor, id: uuid.UUID, *, for_writing: bool) -> "Assessment | None":
        """The one with that id among those that are visible to the visitor, or editable by them.

        Written by hand because it is part of every request and putting the query together costs four times as much as
        asking it; a test compares it with the two above.
        """
        hashes = list(visitor.hashes)
        one_of = f"IN ({', '.join(['%s'] * len(hashes)) or 'NULL'})"
        may = f"owner_hash {one_of}" if for_writing else f"(owner_hash {one_of} OR reader_hash {one_of})"
        own = Assessment._meta.pk.get_db_prep_value(id, connection)
        oldest = connection.ops.adapt_datefield_value(_oldest_day())
        found = self.raw(
            f"SELECT * FROM {Assessment._meta.db_table} WHERE id = %s AND changed_on > %s AND {may}",  # noqa: S608
            [own, oldest, *hashes, *([] if for_writing else hashes)],
        )
        return next(iter(found), None)


class EditionQuerySet(models.QuerySet["Edition"]):
    """Reads like adjectives."""

    def current(self) -> Self:
        """The newest edition of each instrument."""
        newer = Edition.objects.filter(slug=OuterRef("slug"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer))


class Edition(models.Model):
    """A published state of an instrument in all its languages; nothing ever changes it.

    Its key is the hash of its content, so that no two can be mistaken for each other. `number` counts the editions of
    one instrument from 1.
    """

    hash = models.CharField(primary_key=True, max_length=64)
    slug = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    published_on = models.DateField(default=timezone.localdate)
    content = models.TextField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("slug", "version", name="one_edition_per_version"),
            models.UniqueConstraint("slug", "number", name="one_edition_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"


class Assessment(models.Model):
    """A filled-in instrument. `changed_on` is a day only: retention needs no more.

    `earlier_edition` is the one that the assessment was moved from: the way back, and the words of what it left over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="assessments")
    earlier_edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="left_assessments", null=True, blank=True
    )
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    owner_hash = models.CharField(max_length=64, unique=True)
    reader_hash = models.CharField(max_length=64, unique=True)
    changed_on = models.DateField(default=timezone.localdate, db_index=True)
    mailed_on = models.DateField(null=True, blank=True)
    mails_sent = models.PositiveSmallIntegerField(default=0)

    objects = AssessmentQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)

    def is_editable_by(self, visitor: Visitor) -> bool:
        """Whether a key of the visitor opens this assessment for writing."""
        return self.owner_hash in visitor.hashes


class Rating(models.Model):
    """One checkpoint's level and note. An empty level means: not rated (yet), perhaps with a note."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="ratings")
    checkpoint = models.CharField(max_length=40)
    level = models.CharField(max_length=40, blank=True)
    note = models.TextField(max_length=NOTE_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint("assessment", "checkpoint", name="one_rating_per_checkpoint")]

    def __str__(self) -> str:
        return f"{self.checkpoint}: {self.level}"


class Mark(models.Model):
    """A suggestion that the organisation says is running already ("Läuft schon")."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="marks")
    suggestion = models.CharField(max_length=81)

    class Meta:
        constraints = [models.UniqueConstraint("assessment", "suggestion", name="one_mark_per_suggestion")]

    def __str__(self) -> str:
        return self.suggestion
