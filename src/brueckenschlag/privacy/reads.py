"""Where a person stands in the way of their own erasure, and where their name is written."""

from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef

from ..accounts.models import Membership, Organisation, Person
from ..plans.models import Measure


def alone_responsible(person: UUID) -> list[Organisation]:
    """Organisations whose only owner who stays is this person, by name; those that are to be erased are none of them.

    Each carries as `is_shared` whether it has other members.
    """
    members = Membership.objects.filter(organisation=OuterRef("pk")).exclude(person=person)
    mine = Organisation.objects.filter(memberships__person=person, memberships__role="owner", erase_on=None)
    alone = mine.filter(~Exists(members.owners_who_stay()))
    return list(alone.annotate(is_shared=Exists(members)).order_by("name", "pk"))


def addresses_of(person: Person) -> set[str]:
    """The addresses that are proved to be the person's, in small letters as they are stored. One query."""
    proved = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return {address.strip().lower() for address in (person.email, *proved)}


def measures_naming(person: Person) -> list[Measure]:
    """Measures for which the person is responsible: by name in their organisations' plans, by address in any plan.

    A name counts nowhere else, also one that looks like an address: everybody can call themselves as they like.
    Compared in Python: SQLite takes Ä and ä for two letters.
    """
    proved = {address.casefold() for address in addresses_of(person)}
    called = proved | ({person.name.strip().casefold()} - {""})
    mine = Measure.objects.filter(assessment__organisation__memberships__person=person).exclude(responsible="")
    elsewhere = Measure.objects.filter(responsible__contains="@")
    found = {one.pk: one for one in mine if called_so(one) in called}
    found |= {one.pk: one for one in elsewhere if called_so(one) in proved}
    return list(found.values())


def called_so(measure: Measure) -> str:
    """Who is responsible, in small letters, to compare."""
    return measure.responsible.strip().casefold()
