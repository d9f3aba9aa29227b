"""Handing an assessment that an adviser has prepared over to the client's own organisation."""

from datetime import timedelta
from typing import Literal

from django.db import transaction
from django.utils import timezone

from ...accounts import keys
from ...accounts import operations as accounts
from ...accounts.models import Organisation
from ...accounts.rules import OFFER_DAYS
from ...audit.actors import Actor
from ...audit.operations import record
from ..models import Assessment, Covered, Handover
from .advice import cover
from .holding import hold
from .links import renew_keys


class HandoverGoneError(Exception):
    """The assessment has been handed over already, or the offer has been renewed or is over."""


def offer_handover(assessment: Assessment, *, by: Actor) -> str:
    """The key with which somebody takes the assessment into their own organisation; an earlier one is worth nothing.

    Raises ValueError for an assessment that does not belong to an organisation that advises; Assessment.DoesNotExist
    for one that has been handed over meanwhile, or erased.
    """
    if assessment.organisation is None or assessment.organisation.kind != "advice":
        raise ValueError("not prepared by an adviser")
    key = keys.new_owner_key()
    facts = {
        "token_hash": keys.hash_key(key),
        "offered_by_id": by.person,
        "expires_at": timezone.now() + timedelta(days=OFFER_DAYS),
    }
    with transaction.atomic():
        hold(assessment.pk)
        if not Assessment.objects.filter(pk=assessment.pk, organisation=assessment.organisation).exists():
            raise Assessment.DoesNotExist
        Handover.objects.update_or_create(assessment=assessment, defaults=facts)
    return key


def take_handover(
    handover: Handover,
    organisation: Organisation | None,
    *,
    name: str = "",
    keeps: Literal["", "read", "write"] = "",
    by: Actor,
) -> Assessment:
    """Takes the assessment into the organisation, None founds one of that name; all links to it end.

    `keeps` says what the adviser who has prepared it may go on doing with it. Raises HandoverGoneError,
    accounts.operations.OwnOrganisationError, ValueError for nobody.
    """
    with transaction.atomic():
        assessment = Assessment.objects.select_for_update().filter(pk=handover.pk).first()
        offered = Handover.objects.open().filter(pk=handover.pk, token_hash=handover.token_hash)
        if assessment is None or assessment.organisation is None or not offered.delete()[0]:
            raise HandoverGoneError
        adviser = assessment.organisation
        organisation = organisation or accounts.found_organisation(name, _kind_for(assessment), by=by)
        if organisation == adviser:
            raise accounts.OwnOrganisationError
        _give_to(assessment, organisation, by)
        for one in (adviser, organisation):
            record("assessment.handed-over", by=by, organisation=one.pk, assessment=assessment.pk)
        if keeps:
            mandate = accounts.give_mandate(organisation, adviser, may_write=keeps == "write", covers_all=False, by=by)
            cover(mandate, [assessment])
    return assessment


def _give_to(assessment: Assessment, organisation: Organisation, by: Actor) -> None:
    """Lets it belong to another organisation; whoever held a link or advised on it does so no more."""
    Covered.objects.filter(assessment=assessment).delete()
    assessment.organisation, assessment.area = organisation, None
    assessment.save(update_fields=["organisation", "area"])
    renew_keys(assessment, by=by)


def _kind_for(assessment: Assessment) -> str:
    """What kind of organisation fills in this instrument."""
    return "kmu" if assessment.edition.slug == "kmu" else "zo"


def forget_old_offers() -> int:
    """Removes links for handing over, offers and invitations of advisers whose term is over; returns how many."""
    with transaction.atomic():
        count, _ = Handover.objects.filter(expires_at__lte=timezone.now()).delete()
        return count + accounts.forget_old_offers()
