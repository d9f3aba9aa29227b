"""The areas of an organisation as a tree, for pages: in the order of reading, with depth and path."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from ..accounts.models import Area, Organisation
from ..accounts.rules import in_tree_order

# Before the name in a list of choices, once for each level below the first.
INDENT = "\u2003"
SEPARATOR = " › "


@dataclass(frozen=True)
class Place:
    """An area where it lies: `level` counts from 1, `above` are the areas above it, the highest first."""

    area: Area
    level: int
    above: tuple[Area, ...]
    has_parts: bool

    @property
    def path(self) -> str:
        """The names from the highest area down to this one."""
        return SEPARATOR.join(area.name for area in (*self.above, self.area))

    @property
    def short_path(self) -> str:
        """The same without the highest, for a page that groups by it."""
        return SEPARATOR.join(area.name for area in (*self.above[1:], self.area))

    @property
    def top(self) -> Area:
        """The highest area above it, or itself."""
        return self.above[0] if self.above else self.area


Tree = dict[UUID, Place]


def tree_of(organisation: Organisation) -> Tree:
    """The places of all areas in the order of reading, by the id of the area; one query."""
    areas = {area.pk: area for area in Area.objects.filter(organisation=organisation)}
    parents = {area.parent_id for area in areas.values()}
    places: Tree = {}
    for key, level in in_tree_order((one.pk, one.parent_id, one.name) for one in areas.values()):
        area = areas[UUID(str(key))]
        parent = places[area.parent_id] if area.parent_id else None
        places[area.pk] = Place(area, level, (*parent.above, parent.area) if parent else (), area.pk in parents)
    return places


def choices(places: Iterable[Place]) -> list[tuple[str, str]]:
    """Value and words of each area for a list of choices."""
    return [(str(place.area.pk), INDENT * (place.level - 1) + place.area.name) for place in places]


def with_parts(tree: Tree, area: UUID) -> list[UUID]:
    """The area and all that lie below it."""
    return [key for key, place in tree.items() if key == area or any(one.pk == area for one in place.above)]
