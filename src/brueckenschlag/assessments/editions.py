"""The published instruments as objects, each read from the database once."""

from functools import cache

from ..instruments import frozen
from ..instruments.model import Instrument
from ..instruments.overlay import Overlay, Translation
from .models import Edition


@cache
def texts(edition: str) -> dict[str, Instrument]:
    """An edition, named by its hash, in each of its languages, the original first. Raises Edition.DoesNotExist.

    Kept for ever: an edition never changes, and an installation has few.
    """
    return frozen.thaw(Edition.objects.values_list("content", flat=True).get(pk=edition))


def original(edition: str) -> Instrument:
    """An edition in the language in which it was written."""
    return next(iter(texts(edition).values()))


@cache
def in_language(edition: str, language: str) -> Instrument:
    """An edition in that language. One that has no words at all in it has only foreign texts."""
    known = texts(edition)
    if language in ("", *known):
        return known.get(language) or original(edition)
    return Translation(original(edition), language, Overlay()).instrument


def current(slug: str) -> Edition | None:
    """The newest edition of an instrument, without its content."""
    return Edition.objects.filter(slug=slug).defer("content").order_by("-number").first()


def newer_than(edition: str, slug: str) -> Edition | None:
    """The newest edition of the instrument when it is not this one, without its content."""
    newest = current(slug)
    return newest if newest and newest.hash != edition else None


def all_of(slug: str) -> list[str]:
    """The hashes of all editions of an instrument, newest first."""
    return list(Edition.objects.filter(slug=slug).order_by("-number").values_list("hash", flat=True))


def all_current() -> list[Edition]:
    """The newest edition of every instrument, without content, sorted by slug."""
    # Not by the database: each sorts texts in its own way.
    return sorted(Edition.objects.current().defer("content"), key=lambda edition: edition.slug)
