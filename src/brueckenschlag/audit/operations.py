"""Writing the log: called by every operation inside its transaction. And forgetting what has been erased."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .actors import Actor
from .models import LogEntry, LogOpening
from .verbs import VERBS

REPEATS_FOR = timedelta(minutes=10)


def record(
    verb: str,
    *,
    by: Actor,
    organisation: UUID | None = None,
    assessment: UUID | None = None,
    target: str = "",
) -> None:
    """Adds an entry. Raises ValueError for a verb that is not one of VERBS."""
    if verb not in VERBS:
        raise ValueError(verb)
    LogEntry.objects.create(
        verb=verb,
        person=by.person,
        mandate=by.mandate,
        organisation=organisation,
        assessment=assessment,
        target=target,
    )


def record_once(
    verb: str, *, by: Actor, organisation: UUID | None = None, assessment: UUID | None = None, target: str = ""
) -> None:
    """Adds an entry, unless the same person has done the same to the same within the last REPEATS_FOR.

    For what is saved at every keystroke or looked at again: the log tells that somebody was there, not each time.
    """
    again = LogEntry.objects.filter(
        organisation=organisation,
        assessment=assessment,
        at__gt=timezone.now() - REPEATS_FOR,
        verb=verb,
        target=target,
        person=by.person,
        mandate=by.mandate,
    )
    if not again.exists():
        record(verb, by=by, organisation=organisation, assessment=assessment, target=target)


def forget(*, organisation: UUID | None = None, assessment: UUID | None = None, before: datetime | None = None) -> int:
    """Erases entries for good: those of an organisation, of an assessment, or all older than a moment.

    Returns how many. The only way past the triggers that keep the log as it is.
    """
    entries = LogEntry.objects.all()
    if organisation is not None:
        entries = entries.filter(organisation=organisation)
    if assessment is not None:
        entries = entries.filter(assessment=assessment)
    if before is not None:
        entries = entries.filter(at__lt=before)
    if organisation is None and assessment is None and before is None:
        raise ValueError("what is to be forgotten?")
    with transaction.atomic():
        opening = LogOpening.objects.create()
        count, _ = entries.delete()
        opening.delete()
    return count


def forget_id(id: UUID) -> None:
    """Takes the id of a person or organisation out of the log.

    What concerns their account alone is erased. Where others need to know that something was done, a fresh id that
    belongs to nobody stands in its place from now on. The only other way past the triggers.
    """
    nobody = uuid4()
    with transaction.atomic():
        found = LogEntry.objects.filter(Q(person=id) | Q(target=str(id)))
        kept = list(found.filter(Q(organisation__isnull=False) | Q(assessment__isnull=False)))
        opening = LogOpening.objects.create()
        found.delete()
        opening.delete()
        for entry in kept:
            entry.person = nobody if entry.person == id else entry.person
            entry.target = str(nobody) if entry.target == str(id) else entry.target
        LogEntry.objects.bulk_create(kept, batch_size=500)
