"""Who is at this device: the keys that it holds, kept in a signed cookie of its own, and the account."""

from uuid import UUID

from django.http import HttpRequest

from ..accounts.keys import Visitor
from ..assessments.models import Assessment
from .device import keep, kept

MOST_KEYS = 20
# Editions of which this device wants to hear later: so many, and so much of the hash of each. A cookie is small.
MOST_PUT_OFF, SIGN = 8, 12


def visitor(request: HttpRequest) -> Visitor:
    """The person at this device, with their account when they have signed in."""
    person = request.user
    return Visitor.with_keys(_keys(request).values(), person.pk if person.is_authenticated else None)


def key_for(request: HttpRequest, assessment: Assessment) -> str:
    """The key with which this device opened the assessment."""
    return _keys(request)[assessment.id.hex]


def known_ids(request: HttpRequest) -> list[UUID]:
    """Assessments that this device knows, the latest first."""
    return [UUID(hex=id) for id in reversed(_keys(request))]


def remember(request: HttpRequest, assessment: Assessment, key: str) -> None:
    """Connects this device; beyond MOST_KEYS the longest known is forgotten."""
    keys = _keys(request)
    keys.pop(assessment.id.hex, None)
    keys[assessment.id.hex] = key
    keep(request, keys=dict(list(keys.items())[-MOST_KEYS:]))


def forget(request: HttpRequest, assessment: Assessment) -> None:
    """Disconnects this device."""
    keys = _keys(request)
    keys.pop(assessment.id.hex, None)
    keep(request, keys=keys or None)


def put_off(request: HttpRequest, edition: str) -> None:
    """Remembers that the notice of this edition, named by its hash, is not wanted on this device for now."""
    signs = [sign for sign in kept(request).get("put_off", []) if sign != edition[:SIGN]]
    keep(request, put_off=[*signs, edition[:SIGN]][-MOST_PUT_OFF:])


def has_put_off(request: HttpRequest, edition: str) -> bool:
    """Whether it does."""
    return edition[:SIGN] in kept(request).get("put_off", [])


def _keys(request: HttpRequest) -> dict[str, str]:
    keys: dict[str, str] = kept(request).get("keys", {})
    return dict(keys)
