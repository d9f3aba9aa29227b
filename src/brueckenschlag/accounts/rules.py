"""Questions about roles, areas and the order of names, without database and Django."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

Role = Literal["owner", "editor", "reader"]
ROLES: tuple[Role, ...] = get_args(Role)
KINDS = ("zo", "kmu", "advice")
DEEPEST_AREA = 4
MOST_AREAS = 2000
INVITATION_DAYS = 14
MOST_INVITATIONS = 100
INVITATION_MAILS_PER_DAY = 30
UNDO_ERASURE_DAYS = 14
OFFER_DAYS = 14
MOST_OFFERS = 20
OFFERS_PER_DAY = 30
MOST_CLIENTS_AT_ONCE = 50
CLIENT_INVITATIONS_PER_DAY = 200


def may_edit(role: str) -> bool:
    """Whether somebody in that role may change what the organisation has entered."""
    return role in ("owner", "editor")


def depth(parents: Mapping[object, object | None], area: object | None) -> int:
    """How deep an area lies, 1 for one directly below the organisation, 0 for None; `parents` gives each one's parent.

    Raises ValueError for a circle.
    """
    steps, seen = 0, set()
    while area is not None:
        if area in seen:
            raise ValueError("circle")
        seen.add(area)
        steps, area = steps + 1, parents[area]
    return steps


def height(parents: Mapping[object, object | None], area: object) -> int:
    """How many levels the area and what lies below it take, at least 1. Raises ValueError for a circle."""
    above, deepest = depth(parents, area), 1
    for one in parents:
        deepest = max(deepest, depth(parents, one) - above + 1) if lies_below(parents, one, area) else deepest
    return deepest


def lies_below(parents: Mapping[object, object | None], area: object, other: object) -> bool:
    """Whether the area is the other one or lies somewhere below it."""
    at: object | None = area
    while at is not None and at != other:
        at = parents[at]
    return at == other


def fits_below(parents: Mapping[object, object | None], area: object, parent: object | None) -> bool:
    """Whether the area can be moved below that parent: no circle, and nothing lies deeper than DEEPEST_AREA."""
    if parent is not None and lies_below(parents, parent, area):
        return False
    return depth(parents, parent) + height(parents, area) <= DEEPEST_AREA


def alphabetical(name: str) -> str:
    """What a name is sorted by: capitals beside small letters, and "Ö" beside "O" as in a dictionary (DIN 5007-1)."""
    small = name.casefold()
    if small.isascii():
        return small
    return "".join(sign for sign in unicodedata.normalize("NFKD", small) if not unicodedata.combining(sign))


def in_tree_order(areas: Iterable[tuple[object, object | None, str]]) -> list[tuple[object, int]]:
    """Areas, given as (id, parent, name), as one reads a tree: each with its depth from 1, siblings by name."""
    children: dict[object | None, list[tuple[str, object]]] = {}
    for area, parent, name in areas:
        children.setdefault(parent, []).append((alphabetical(name), area))
    for siblings in children.values():
        siblings.sort(key=lambda one: one[0], reverse=True)
    order: list[tuple[object, int]] = []
    waiting = [(area, 1) for _, area in children.get(None, [])]
    while waiting:
        area, level = waiting.pop()
        order.append((area, level))
        waiting += [(below, level + 1) for _, below in children.get(area, [])]
    return order
