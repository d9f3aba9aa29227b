"""Which assessments a mandate covers."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from ...accounts import operations as accounts
from ...accounts.models import Mandate, Organisation
from ...audit.actors import Actor
from ..models import Assessment, Covered


def offer_advice(
    organisation: Organisation,
    assessments: Collection[Assessment] | None,
    *,
    may_write: bool,
    until: date | None = None,
    by: Actor,
) -> tuple[Mandate, str]:
    """An offer to advise the organisation on these assessments, None for all of them, and its key.

    Raises ValueError for an assessment of another organisation, accounts.operations.TooManyOffersError.
    """
    with transaction.atomic():
        mandate, key = accounts.offer_mandate(
            organisation, may_write=may_write, covers_all=assessments is None, until=until, by=by
        )
        cover(mandate, assessments or ())
    return mandate, key


def change_advice(
    mandate: Mandate, assessments: Collection[Assessment] | None, *, may_write: bool, until: date | None, by: Actor
) -> None:
    """Sets what a mandate covers and allows, and until when. Raises as offer_advice, and OfferGoneError."""
    with transaction.atomic():
        accounts.change_mandate(mandate, may_write=may_write, covers_all=assessments is None, until=until, by=by)
        Covered.objects.filter(mandate=mandate).delete()
        cover(mandate, assessments or ())


def cover(mandate: Mandate, assessments: Collection[Assessment]) -> None:
    """Adds these to what the mandate covers. Raises ValueError for an assessment of another organisation."""
    if any(one.organisation_id != mandate.organisation_id for one in assessments):
        raise ValueError("assessment of another organisation")
    Covered.objects.bulk_create([Covered(mandate=mandate, assessment=one) for one in assessments])
