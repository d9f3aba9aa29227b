"""Writing the log: called by every operation inside its transaction. And forgetting what has been erased."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
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


def record_once(verb: str, *, by: Actor, organisation: UUID, assessment: UUID, target: str) -> None:
    """Adds an entry, unless the same person has done the same to the same within the last REPEATS_FOR.

    For what is saved at every keystroke: the log tells that somebody worked at it, not how they typed.
    """
    again = LogEntry.objects.filter(
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
