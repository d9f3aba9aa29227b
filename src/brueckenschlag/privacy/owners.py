"""Organisations that would be left without anybody who is responsible for them."""

from uuid import UUID

from django.db.models import Exists, OuterRef

from ..accounts.models import Membership, Organisation, Person


def alone_responsible(person: UUID) -> list[Organisation]:
    """Organisations whose only owner who stays is this person, by name; those that are to be erased are none of them.

    Each carries as `is_shared` whether it has other members.
    """
    members = Membership.objects.filter(organisation=OuterRef("pk")).exclude(person=person)
    others = members.filter(role="owner", person__erase_on=None)
    mine = Organisation.objects.filter(memberships__person=person, memberships__role="owner", erase_on=None)
    return list(mine.filter(~Exists(others)).annotate(is_shared=Exists(members)).order_by("name", "pk"))


def strings_of(person: Person, addresses: list[str]) -> set[str]:
    """How the person may be called in texts: name and addresses, in small letters."""
    return {words.strip().casefold() for words in (person.name, person.email, *addresses) if words.strip()}
