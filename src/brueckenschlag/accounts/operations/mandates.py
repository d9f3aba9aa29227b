"""Letting an organisation advise another: offered, accepted, changed, ended."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ...audit.actors import Actor
from ...audit.models import LogEntry
from ...audit.operations import record
from .. import keys, rules
from ..models import Mandate, Organisation
from .organisations import lock_organisation


class OfferGoneError(Exception):
    """The offer has been accepted or withdrawn, or its term is over; or the mandate has ended."""


class TooManyOffersError(Exception):
    """As many offers as may be are open."""


class TooManyOffersTodayError(TooManyOffersError):
    """As many offers as may be have been made today, withdrawn ones too: each can have been mailed to somebody."""


class OwnOrganisationError(Exception):
    """An organisation would advise itself."""


def offer_mandate(
    organisation: Organisation, *, may_write: bool, covers_all: bool = True, until: date | None = None, by: Actor
) -> tuple[Mandate, str]:
    """An offer to advise this organisation, and its key, which is given out this once.

    Where it does not cover all, assessments.operations.offer_advice says which. Raises TooManyOffersError.
    """
    key, now = keys.new_owner_key(), timezone.now()
    with transaction.atomic():
        lock_organisation(organisation.pk)
        if Mandate.objects.offered().filter(organisation=organisation).count() >= rules.MOST_OFFERS:
            raise TooManyOffersError
        if LogEntry.objects.of_last_day("mandate.offered", organisation.pk, by.person).count() >= rules.OFFERS_PER_DAY:
            raise TooManyOffersTodayError
        mandate = Mandate.objects.create(
            organisation=organisation,
            may_write=may_write,
            covers_all=covers_all,
            until=until,
            token_hash=keys.hash_key(key),
            offer_expires_at=now + timedelta(days=rules.OFFER_DAYS),
            created_by_id=by.person,
        )
        record("mandate.offered", by=by, organisation=organisation.pk, target=str(mandate.pk))
    return mandate, key


def accept_mandate(mandate: Mandate, adviser: Organisation, *, by: Actor) -> None:
    """Lets the adviser's organisation advise from now on; the link is used up.

    Raises OfferGoneError, OwnOrganisationError, ValueError for an organisation that does not advise.
    """
    _check_adviser(mandate.organisation_id, adviser)
    now = timezone.now()
    with transaction.atomic():
        lock_organisation(mandate.organisation_id)
        offered = Mandate.objects.offered().filter(pk=mandate.pk)
        if not offered.update(adviser=adviser, accepted_at=now, token_hash=None):
            raise OfferGoneError
        mandate.refresh_from_db()
        _record_for_both("mandate.accepted", mandate, by)


def give_mandate(
    organisation: Organisation, adviser: Organisation, *, may_write: bool, covers_all: bool = True, by: Actor
) -> Mandate:
    """A mandate in force at once, for who has been asked by the adviser. Raises as accept_mandate."""
    _check_adviser(organisation.pk, adviser)
    with transaction.atomic():
        mandate = Mandate.objects.create(
            organisation=organisation,
            adviser=adviser,
            may_write=may_write,
            covers_all=covers_all,
            created_by_id=by.person,
            accepted_at=timezone.now(),
        )
        _record_for_both("mandate.accepted", mandate, by)
    return mandate


def change_mandate(mandate: Mandate, *, may_write: bool, covers_all: bool, until: date | None, by: Actor) -> None:
    """Sets what the adviser may do, and until when. Raises OfferGoneError when it has ended meanwhile."""
    with transaction.atomic():
        lock_organisation(mandate.organisation_id)
        going_on = Mandate.objects.filter(pk=mandate.pk, ended_at=None)
        if not going_on.update(may_write=may_write, covers_all=covers_all, until=until):
            raise OfferGoneError
        mandate.refresh_from_db()
        _record_for_both("mandate.changed", mandate, by)


def end_mandate(mandate: Mandate, *, by: Actor) -> None:
    """Ends a mandate, or withdraws an offer, at once. Raises OfferGoneError when it has ended already."""
    with transaction.atomic():
        lock_organisation(mandate.organisation_id)
        going_on = Mandate.objects.filter(pk=mandate.pk, ended_at=None)
        if not going_on.update(ended_at=timezone.now(), token_hash=None):
            raise OfferGoneError
        mandate.refresh_from_db()
        _record_for_both("mandate.ended", mandate, by)


def _check_adviser(client: UUID, adviser: Organisation) -> None:
    if adviser.kind != "advice":
        raise ValueError(adviser.kind)
    if adviser.pk == client:
        raise OwnOrganisationError


def _record_for_both(verb: str, mandate: Mandate, by: Actor) -> None:
    """Client and adviser each find it in their own log."""
    for organisation in (mandate.organisation_id, mandate.adviser_id):
        if organisation is not None:
            record(verb, by=by, organisation=organisation, target=str(mandate.pk))
