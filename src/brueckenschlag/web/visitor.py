"""Who is at this device: the keys that it holds, kept in a signed cookie of its own, and the account."""

from uuid import UUID

from django.http import HttpRequest

from ..accounts import keys
from ..accounts.keys import Visitor
from ..assessments.models import Assessment
from ..audit.actors import Actor
from .device import keep, kept

MOST_KEYS = 20
# Editions of which this device wants to hear later: so many, and so much of the hash of each. A cookie is small.
MOST_PUT_OFF, SIGN = 8, 12


def visitor(request: HttpRequest) -> Visitor:
    """The person at this device, with their account when they have signed in."""
    person = request.user
    return Visitor.with_keys(_keys(request).values(), person.pk if person.is_authenticated else None)


def acting(request: HttpRequest, assessment: Assessment) -> Actor:
    """How the log calls the person at this device, who has opened the assessment."""
    return assessment.actor(visitor(request))


def key_for(request: HttpRequest, assessment: Assessment) -> str:
    """The key with which this device opened the assessment; empty for who came by their account.

    A key that no longer opens it counts for nothing.
    """
    key = _keys(request).get(assessment.id.hex, "")
    return key if key and keys.hash_key(key) in (assessment.owner_hash, assessment.reader_hash) else ""


def known_ids(request: HttpRequest) -> list[UUID]:
    """Assessments that this device knows, the latest first."""
    return [UUID(hex=id) for id in reversed(_keys(request))]


def remember(request: HttpRequest, assessment: Assessment, key: str) -> None:
    """Connects this device; beyond MOST_KEYS the longest known is forgotten."""
    known = _keys(request)
    known.pop(assessment.id.hex, None)
    known[assessment.id.hex] = key
    keep(request, keys=dict(list(known.items())[-MOST_KEYS:]))


def forget(request: HttpRequest, assessment: Assessment) -> None:
    """Disconnects this device."""
    known = _keys(request)
    known.pop(assessment.id.hex, None)
    keep(request, keys=known or None)


def put_off(request: HttpRequest, edition: str) -> None:
    """Remembers that the notice of this edition, named by its hash, is not wanted on this device for now."""
    signs = [sign for sign in kept(request).get("put_off", []) if sign != edition[:SIGN]]
    keep(request, put_off=[*signs, edition[:SIGN]][-MOST_PUT_OFF:])


def has_put_off(request: HttpRequest, edition: str) -> bool:
    """Whether it does."""
    return edition[:SIGN] in kept(request).get("put_off", [])


def _keys(request: HttpRequest) -> dict[str, str]:
    known: dict[str, str] = kept(request).get("keys", {})
    return dict(known)
