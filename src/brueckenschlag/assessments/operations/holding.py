"""What every change of an assessment needs: holding it meanwhile, and noting that it was changed."""

from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from ...audit.actors import Actor
from ...audit.operations import record, record_once
from ..models import Assessment

# Saved at every keystroke or tap: in the log once in a while.
REPEATED = frozenset(("rating.changed", "marks.changed"))


def hold(id: UUID) -> None:
    """Lets nobody else change that assessment until the transaction ends; waits while somebody else holds it.

    Raises Assessment.DoesNotExist when it has been erased meanwhile. On SQLite a transaction holds everything from its
    beginning. Written by hand because it is part of every save.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Holding an assessment ends with its transaction: open one first.")
    own = Assessment._meta.pk.get_db_prep_value(id, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            _HOLD + (" FOR NO KEY UPDATE" if connection.features.has_select_for_no_key_update else ""), [own]
        )
        if cursor.fetchone() is None:
            raise Assessment.DoesNotExist


_HOLD = f"SELECT 1 FROM {Assessment._meta.db_table} WHERE id = %s"  # noqa: S608  # only the name of our own table


def read_again(assessment: Assessment) -> None:
    """Holds it and forgets what the page has read before, which somebody else may have changed."""
    hold(assessment.pk)
    assessment.refresh_from_db()


def touch(assessment: Assessment, verb: str, *, by: Actor, target: str = "") -> None:
    """Notes the day of the last change, when it is a new one, and in the log of an organisation who did what.

    What guests do is nobody's business: their assessments have no log.
    """
    today = timezone.localdate()
    if assessment.changed_on != today:
        assessment.changed_on = today
        assessment.save(update_fields=["changed_on"])
    if assessment.organisation_id is not None:
        note = record_once if verb in REPEATED else record
        note(verb, by=by, organisation=assessment.organisation_id, assessment=assessment.pk, target=target)
