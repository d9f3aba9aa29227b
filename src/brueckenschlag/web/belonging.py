"""To which organisation something belongs: a person's organisations, and where a new assessment begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404

from ..accounts.keys import Visitor
from ..accounts.models import Area, Mandate, Organisation
from .organisation_forms import ROLE_WORDS
from .paths import organisation_of


@dataclass(frozen=True)
class Belonging:
    """An organisation, one of its areas, None for the whole; and the mandate under which somebody begins there."""

    organisation: Organisation
    area: Area | None
    mandate: Mandate | None = None

    @property
    def may_choose_area(self) -> bool:
        """Whether the area is still open, and is the visitor's to say: an adviser leaves that to the client."""
        return self.area is None and self.mandate is None


def place_to_begin(person: Visitor, sent: Mapping[str, str]) -> Belonging | None:
    """Where the visitor wants to begin, as `organisation` and `bereich` say, or `klient`; None where they say nothing.

    Raises Http404 for an organisation in which they may not, for an area that is none of its, and for a mandate that
    does not allow it.
    """
    if given := _id(sent.get("klient", "")):
        writing = Mandate.objects.held_by(person, for_writing=True).select_related("organisation")
        mandate = get_object_or_404(writing, pk=given)
        return Belonging(mandate.organisation, None, mandate)
    organisation, area = _id(sent.get("organisation", "")), _id(sent.get("bereich", ""))
    if organisation is None:
        return None
    found = organisation_of(person, organisation, "owner", "editor")
    return Belonging(found, get_object_or_404(Area, organisation=found, pk=area) if area else None)


def organisations_of(person: Visitor) -> list[dict[str, object]]:
    """The person's organisations by name, with their role in words and how many assessments each has; one query.

    For the part `parts/organisations.html`.
    """
    if person.person is None:
        return []
    rows = Organisation.objects.of(person).annotate(assessment_count=Count("assessments", distinct=True))
    found = rows.order_by("name", "pk").values("pk", "name", "member_role", "assessment_count")
    return [row | {"role_words": ROLE_WORDS[row["member_role"]]} for row in found]


def _id(text: str) -> UUID | None:
    """The id in a form or address; None for an empty one. Raises Http404 for what is none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None
