"""Tables of assessments, and the reads that say who may see which."""

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ..accounts.keys import Visitor
from ..accounts.models import Area, Mandate, MandateQuerySet, Membership, Organisation, Person
from ..accounts.rules import ROLES, may_edit
from ..audit.actors import Actor
from . import rules

NAME_LENGTH = 120
NOTE_LENGTH = 4000


def _oldest_day() -> date:
    """The day up to which the last change is too long ago for an assessment of a guest."""
    return rules.months_later(timezone.localdate(), -settings.CONFIGURATION.retention.guests_months)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Reads like adjectives; whoever may not see an assessment does not find it."""

    def expired(self) -> Self:
        """Past the retention term, a guest's or an organisation's."""
        past = Q(changed_on__lte=_oldest_day(), organisation=None)
        months = settings.CONFIGURATION.retention.organisations_months
        if months:
            oldest = rules.months_later(timezone.localdate(), -months)
            past |= Q(changed_on__lte=oldest, organisation__isnull=False)
        return self.filter(past)

    def visible_to(self, visitor: Visitor) -> Self:
        """Those that the visitor may read: by a key, as a member of the organisation, or under a mandate."""
        by_key = Q(owner_hash__in=visitor.hashes) | Q(reader_hash__in=visitor.hashes)
        return self._kept().filter(by_key | _shared_with(visitor))

    def editable_by(self, visitor: Visitor) -> Self:
        """Those that the visitor may change, by one of the same ways."""
        return self._kept().filter(Q(owner_hash__in=visitor.hashes) | _shared_with(visitor, for_writing=True))

    def under(self, mandates: MandateQuerySet) -> Self:
        """Those that these mandates cover."""
        return self.filter(_covered_by(mandates))

    def _kept(self) -> Self:
        """Guests' assessments within their term, and all that belong to an organisation."""
        return self.filter(Q(changed_on__gt=_oldest_day()) | Q(organisation__isnull=False))

    def opened_by(self, visitor: Visitor, id: uuid.UUID, *, for_writing: bool) -> "Assessment | None":
        """The one with that id among those that are visible to the visitor, or editable by them.

        Written by hand because it is part of every request and putting the query together costs four times as much as
        asking it; a test compares it with the two above. One statement, which also says by which way.
        """
        own = Assessment._meta.pk.get_db_prep_value(id, connection)
        oldest = connection.ops.adapt_datefield_value(_oldest_day())
        if visitor.person is None:
            found = self.raw(_BY_KEY, [own, oldest])
        else:
            person = Assessment._meta.pk.get_db_prep_value(visitor.person, connection)
            today = connection.ops.adapt_datefield_value(timezone.localdate())
            found = self.raw(_BY_ACCOUNT, [person, person, person, today, own, oldest])
        assessment = next(iter(found), None)
        if assessment is None:
            return None
        is_open = assessment.is_editable_by(visitor) if for_writing else assessment.is_visible_to(visitor)
        return assessment if is_open else None


def _shared_with(visitor: Visitor, *, for_writing: bool = False) -> Q:
    """Assessments of the visitor's organisations, and of clients under a mandate in force."""
    if visitor.person is None:
        return Q(pk__in=[])
    roles = ("owner", "editor") if for_writing else ROLES
    mine = Membership.objects.filter(person=visitor.person, role__in=roles)
    mandates = Mandate.objects.held_by(visitor, for_writing=for_writing)
    return Q(organisation__in=mine.values("organisation")) | _covered_by(mandates)


def _covered_by(mandates: MandateQuerySet) -> Q:
    """Assessments that these mandates cover: all of the client's, or those listed."""
    everything = mandates.filter(covers_all=True)
    listed = Covered.objects.filter(mandate__in=mandates.filter(covers_all=False))
    of_the_client = Q(organisation__in=mandates.values("organisation"))
    return Q(organisation__in=everything.values("organisation")) | (
        Q(pk__in=listed.values("assessment")) & of_the_client
    )


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

    It belongs to nobody but the holders of its keys (a guest's), or to an organisation as a whole or one of its areas.

    `earlier_edition` is the one that the assessment was moved from: the way back, and the words of what it left over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="assessments")
    earlier_edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="left_assessments", null=True, blank=True
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="assessments", null=True, blank=True
    )
    area = models.ForeignKey(Area, on_delete=models.SET_NULL, related_name="assessments", null=True, blank=True)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    owner_hash = models.CharField(max_length=64, unique=True)
    reader_hash = models.CharField(max_length=64, unique=True)
    changed_on = models.DateField(default=timezone.localdate, db_index=True)
    mailed_on = models.DateField(null=True, blank=True)
    mails_sent = models.PositiveSmallIntegerField(default=0)

    objects = AssessmentQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)

    # By which way an account opened it, filled in by `opened_by`: as a member in this role, or under a mandate.
    member_role: str | None = None
    mandate_id: uuid.UUID | str | None = None
    mandate_may_write: bool | None = None

    @property
    def expires_on(self) -> date | None:
        """The day on which it is no longer kept without a further change; None where it has no term."""
        terms = settings.CONFIGURATION.retention
        return rules.expires_on(
            self.changed_on, terms.organisations_months if self.organisation_id else terms.guests_months
        )

    def is_visible_to(self, visitor: Visitor) -> bool:
        """Whether the visitor may read it; for one that was opened by `opened_by`."""
        by_account = bool(self.member_role or self.mandate_id)
        return by_account or self.reader_hash in visitor.hashes or self.owner_hash in visitor.hashes

    def is_editable_by(self, visitor: Visitor) -> bool:
        """Whether the visitor may change it; for one that was opened by `opened_by`."""
        by_account = may_edit(self.member_role or "") or bool(self.mandate_may_write)
        return by_account or self.owner_hash in visitor.hashes

    def is_own_of(self, visitor: Visitor) -> bool:
        """Whether the visitor may give it away or delete it: not who only advises; for one opened by `opened_by`."""
        return may_edit(self.member_role or "") or self.owner_hash in visitor.hashes

    @property
    def is_advised(self) -> bool:
        """Whether it was opened under a mandate alone; for one opened by `opened_by`."""
        return self.mandate_id is not None and not self.member_role

    def actor(self, visitor: Visitor) -> Actor:
        """How the log calls the visitor who has opened it: under a mandate, where they are no member themselves."""
        if self.member_role or self.mandate_id is None:
            return Actor(visitor.person)
        return Actor(visitor.person, uuid.UUID(str(self.mandate_id)))  # SQLite gives ids as text


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


def chosen_levels(assessments: AssessmentQuerySet) -> dict[uuid.UUID, dict[str, str]]:
    """The level of each rated checkpoint of many assessments, by their ids; one query."""
    found: dict[uuid.UUID, dict[str, str]] = {}
    rows = Rating.objects.filter(assessment__in=assessments.values("pk")).exclude(level="")
    for assessment, checkpoint, level in rows.values_list("assessment", "checkpoint", "level"):
        found.setdefault(assessment, {})[checkpoint] = level
    return found


class Mark(models.Model):
    """A suggestion that the organisation says is running already ("Läuft schon")."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="marks")
    suggestion = models.CharField(max_length=81)

    class Meta:
        constraints = [models.UniqueConstraint("assessment", "suggestion", name="one_mark_per_suggestion")]

    def __str__(self) -> str:
        return self.suggestion


class Covered(models.Model):
    """An assessment that a mandate names, when it does not cover all of the client's."""

    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="covered")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="covered_by")

    class Meta:
        constraints = [models.UniqueConstraint("mandate", "assessment", name="one_cover_per_assessment")]

    def __str__(self) -> str:
        return f"{self.mandate_id} {self.assessment_id}"


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Reads like adjectives."""

    def open(self) -> Self:
        """Those that can still be accepted: who has made the link may still write in the adviser's organisation."""
        givers = Membership.objects.filter(
            organisation=OuterRef("assessment__organisation"),
            person=OuterRef("offered_by"),
            role__in=("owner", "editor"),
        )
        return self.filter(Exists(givers), expires_at__gt=timezone.now())


class Handover(models.Model):
    """The link with which somebody takes an assessment into their own organisation; there is one at most.

    It is gone when it has been used. Only its hash is stored.
    """

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="handover", primary_key=True)
    token_hash = models.CharField(max_length=64, unique=True)
    offered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, related_name="+", null=True)
    expires_at = models.DateTimeField()

    objects = HandoverQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.assessment_id)


# Names of our own tables only are put into these statements.
_ASSESSMENT, _MEMBERSHIP = Assessment._meta.db_table, Membership._meta.db_table
_MANDATE, _COVERED = Mandate._meta.db_table, Covered._meta.db_table
_KEPT = "a.id = %s AND (a.changed_on > %s OR a.organisation_id IS NOT NULL)"
_BY_KEY = f"SELECT a.* FROM {_ASSESSMENT} a WHERE {_KEPT}"  # noqa: S608
# The mandate that allows most, of all that the person's organisations hold for this assessment.
_BY_ACCOUNT = f"""
SELECT a.*, own.role AS member_role, given.id AS mandate_id, given.may_write AND EXISTS (
  SELECT 1 FROM {_MEMBERSHIP} w WHERE w.organisation_id = given.adviser_id AND w.person_id = %s AND w.role <> 'reader'
) AS mandate_may_write
FROM {_ASSESSMENT} a
LEFT JOIN {_MEMBERSHIP} own ON own.organisation_id = a.organisation_id AND own.person_id = %s
LEFT JOIN {_MANDATE} given ON given.id = (
  SELECT d.id FROM {_MANDATE} d
  JOIN {_MEMBERSHIP} m ON m.organisation_id = d.adviser_id AND m.person_id = %s
  WHERE d.organisation_id = a.organisation_id AND d.ended_at IS NULL AND (d.until IS NULL OR d.until >= %s)
    AND (d.covers_all OR EXISTS (SELECT 1 FROM {_COVERED} c WHERE c.mandate_id = d.id AND c.assessment_id = a.id))
  ORDER BY CASE WHEN d.may_write AND m.role <> 'reader' THEN 0 ELSE 1 END LIMIT 1)
WHERE {_KEPT}
"""  # noqa: S608
