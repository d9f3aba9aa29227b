"""Who is at this device: the keys that it holds, kept in a signed cookie of its own, and the account."""

from uuid import UUID

from django.http import HttpRequest

from ..accounts.keys import Visitor
from ..assessments.models import Assessment
from .device import keep, kept

MOST_KEYS = 20


def visitor(request: HttpRequest) -> Visitor:
    """The person at this device, with their account when they have signed in."""
    person = request.user
    return Visitor.with_keys(_keys(request).values(), person.pk if person.is_authenticated else None)


def key_for(request: HttpRequest, assessment: Assessment) -> str | None:
    """The key with which this device opened the assessment; None for a member who needs none."""
    return _keys(request).get(assessment.id.hex)


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


def _keys(request: HttpRequest) -> dict[str, str]:
    keys: dict[str, str] = kept(request).get("keys", {})
    return dict(keys)
