"""To whom an assessment belongs: taken over from guests, given to an area."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ...accounts import operations as accounts
from ...accounts.models import Area, Organisation
from ...audit.actors import Actor
from ...audit.operations import record
from ..models import Assessment
from .links import revoke_links


def set_area(assessment: Assessment, area: Area | None, *, by: Actor) -> None:
    """Says to which area of its organisation the assessment belongs; None is the organisation as a whole.

    Raises ValueError for an area of another organisation, and for an assessment that belongs to none;
    Area.DoesNotExist for an area that has been removed meanwhile; Assessment.DoesNotExist for one that belongs
    to another organisation by now.
    """
    if assessment.organisation_id is None:
        raise ValueError("no organisation")
    check_area(assessment.organisation_id, area)
    with transaction.atomic():
        assessment.area = accounts.locked_area(area) if area else None
        own = Assessment.objects.filter(pk=assessment.pk, organisation=assessment.organisation_id)
        if not own.update(area=assessment.area):
            raise Assessment.DoesNotExist
        record(
            "assessment.area-set",
            by=by,
            organisation=assessment.organisation_id,
            assessment=assessment.pk,
            target=str(area.pk) if area else "",
        )


def dissolve_area(area: Area, *, by: Actor) -> None:
    """Removes an area of an organisation; its assessments belong to the area above then, or to the whole.

    Raises Area.DoesNotExist when it has been removed meanwhile.
    """
    with transaction.atomic():
        area = accounts.locked_area(area)
        Assessment.objects.filter(area=area).update(area=area.parent_id)
        accounts.remove_area(area, by=by)


def take_over(
    assessments: Iterable[Assessment], organisation: Organisation, *, by: Actor, keep_links: bool
) -> list[Assessment]:
    """Lets guests' assessments belong to an organisation; nothing that was entered changes.

    The caller has made sure that the person holds their owner's keys. Without `keep_links` no link opens them any
    more. Returns those that were taken: not the ones that somebody else's organisation has taken before.
    """
    taken = []
    with transaction.atomic():
        for one in assessments:
            guests = Assessment.objects.filter(pk=one.pk, organisation=None)
            if not guests.update(organisation=organisation, changed_on=timezone.localdate()):
                continue
            record("assessment.taken-over", by=by, organisation=organisation.pk, assessment=one.pk)
            if not keep_links:
                revoke_links(one, organisation, by)
            taken.append(one)
    return taken


def check_area(organisation: UUID, area: Area | None) -> None:
    """Raises ValueError for an area of another organisation; None is the organisation as a whole."""
    if area is not None and area.organisation_id != organisation:
        raise ValueError("area of another organisation")
