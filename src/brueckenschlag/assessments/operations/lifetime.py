"""Assessments from beginning to end: begun, renamed, erased, expired."""

from contextlib import suppress

from django.db import transaction

from ...accounts import keys
from ...accounts import operations as accounts
from ...accounts.models import Area, Organisation
from ...audit.actors import Actor
from ...audit.operations import record
from ..models import Assessment, Covered, Edition
from .belonging import check_area
from .holding import hold, touch
from .links import hashes_for


def begin_assessment(
    edition: Edition,
    name: str = "",
    *,
    organisation: Organisation | None = None,
    area: Area | None = None,
    by: Actor,
) -> tuple[Assessment, str]:
    """A new assessment and the owner's key, which is given out this once.

    Within an organisation it is called like the area or organisation unless it has a name of its own. A mandate under
    which it is begun covers it. Raises ValueError for an area of another organisation, Area.DoesNotExist for one that
    has been removed meanwhile.
    """
    key = keys.new_owner_key()
    if organisation is None:
        return Assessment.objects.create(edition=edition, name=name, **hashes_for(key)), key
    check_area(organisation.pk, area)
    name = name or (area.name if area else organisation.name)
    with transaction.atomic():
        area = accounts.locked_area(area) if area else None
        begun = Assessment.objects.create(
            edition=edition, name=name, organisation=organisation, area=area, **hashes_for(key)
        )
        if by.mandate is not None:
            Covered.objects.create(mandate_id=by.mandate, assessment=begun)
        record("assessment.begun", by=by, organisation=organisation.pk, assessment=begun.pk)
    return begun, key


def rename_assessment(assessment: Assessment, name: str, *, by: Actor) -> None:
    """Sets the name of the organisation or area; may be empty."""
    with transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(name=name)
        touch(assessment, "assessment.renamed", by=by)


def erase_assessment(assessment: Assessment) -> None:
    """Deletes the assessment with everything that belongs to it, at once and for good."""
    with transaction.atomic(), suppress(Assessment.DoesNotExist):  # erased already: as it should be
        hold(assessment.pk)
        assessment.delete()


def remove_expired() -> int:
    """Deletes the assessments past their retention term; returns how many."""
    with transaction.atomic():
        # In one order, so that two who do this at once wait for each other once and not crosswise.
        count = len(Assessment.objects.expired().select_for_update().order_by("pk").values_list("pk"))
        Assessment.objects.expired().delete()
    return count
