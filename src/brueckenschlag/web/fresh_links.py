"""Links that are shown once, on the device that made them: the server stores only their hash."""

from collections.abc import Collection
from uuid import UUID

from django.http import HttpRequest

from . import device
from .paths import personal_link


def keep_link(request: HttpRequest, what: str, id: UUID, key: str) -> None:
    """Keeps the key of the link made last for that purpose, and what it opens."""
    device.keep(request, **{what: [id.hex, key]})


def fresh_link(request: HttpRequest, what: str, still_open: Collection[UUID], route: str) -> tuple[str, str] | None:
    """The link made last for that purpose, before and from its key, while what it opens is still open."""
    id, key = device.kept(request).get(what, ["", ""])
    if id not in {one.hex for one in still_open}:
        return None
    front, slash, end = personal_link(request, route, key).rpartition("/")
    return front + slash, end
