"""Founding and changing organisations, and making others wait while one changes one."""

from uuid import UUID

from django.db import transaction

from ...audit.actors import Actor
from ...audit.operations import record, record_once
from .. import rules
from ..models import Mandate, Membership, Organisation, Person


class StillAdvisesError(Exception):
    """The organisation advises others: their mandates must be ended first. Carries how many there are."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(count)


def found_organisation(name: str, kind: str, *, by: Actor) -> Organisation:
    """A new organisation; who founds it is its owner. Raises ValueError for nobody and for a kind that is none."""
    if by.person is None or kind not in rules.KINDS:
        raise ValueError(kind)
    with transaction.atomic():
        organisation = Organisation.objects.create(name=name, kind=kind)
        Membership.objects.create(organisation=organisation, person_id=by.person, role="owner")
        record("organisation.founded", by=by, organisation=organisation.pk)
    return organisation


def change_organisation(organisation: Organisation, *, name: str, kind: str, by: Actor) -> None:
    """Sets name and kind. Raises StillAdvisesError for another kind while it advises, ValueError for no kind."""
    if kind not in rules.KINDS:
        raise ValueError(kind)
    with transaction.atomic():
        lock_organisation(organisation.pk)
        advised = Mandate.objects.in_force().filter(adviser=organisation).count() if kind != "advice" else 0
        if advised:
            raise StillAdvisesError(advised)
        organisation.name, organisation.kind = name, kind
        organisation.save(update_fields=["name", "kind"])
        record("organisation.changed", by=by, organisation=organisation.pk)


def note_organisation_opening(organisation: Organisation, *, by: Actor) -> None:
    """Writes into the log that the operator has looked at the organisation, once in a while."""
    record_once("operator.opened", by=by, organisation=organisation.pk)


def lock_organisation(organisation: UUID) -> None:
    """Makes everybody else wait who changes the members or areas of this organisation."""
    Organisation.objects.select_for_update().get(pk=organisation)


def lock_person(person: UUID) -> None:
    """Makes everybody else wait who erases this person, or changes the members of an organisation that they own.

    Always the person first and then these in one order, so that two who do this never wait crosswise.
    """
    Person.objects.select_for_update(no_key=True).filter(pk=person).first()
    owned = Membership.objects.filter(person=person, role="owner").values("organisation")
    len(Organisation.objects.select_for_update().filter(pk__in=owned).order_by("pk").values_list("pk"))
