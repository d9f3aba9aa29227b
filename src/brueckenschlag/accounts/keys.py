"""Keys of the personal links: long random words that only the person has; the server keeps their hash.

The key for reading follows from the owner's key, so that an owner can always be shown both links
although neither is stored, and a reader cannot work out the owner's.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from uuid import UUID

# 32 signs that are hard to mix up when read aloud or typed from paper; 5 bits each.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz0"
LENGTH = 28  # 140 bits


def new_owner_key() -> str:
    """A fresh key with 140 bits of randomness."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def reader_key(owner_key: str) -> str:
    """The key for reading only that belongs to an owner's key."""
    digest = hmac.new(owner_key.encode(), b"brueckenschlag reader", hashlib.sha256).digest()
    return "".join(ALPHABET[byte % 32] for byte in digest[:LENGTH])


def derived_key(secret: str, purpose: str) -> str:
    """A key with 140 bits that follows from the installation's secret and can be worked out again by the server."""
    digest = hmac.new(secret.encode(), f"brueckenschlag {purpose}".encode(), hashlib.sha256).digest()
    return "".join(ALPHABET[byte % 32] for byte in digest[:LENGTH])


def hash_key(key: str) -> str:
    """What the server stores. Plain SHA-256 suffices: a key of 140 random bits cannot be guessed."""
    return hashlib.sha256(key.encode()).hexdigest()


def grouped(key: str) -> str:
    """The key in groups of four, for links and paper."""
    return "-".join(key[at : at + 4] for at in range(0, len(key), 4))


def key_in(text: str) -> str | None:
    """The key in a pasted link or a typed key; None when there is none."""
    last = text.strip().partition("?")[0].rstrip("/").rsplit("/", 1)[-1]
    key = re.sub(r"[\s-]", "", last).lower()
    return key if len(key) == LENGTH and set(key) <= set(ALPHABET) else None


@dataclass(frozen=True)
class Visitor:
    """Who is at this device: known by the hashes of the keys that it holds, and by their account when signed in."""

    hashes: frozenset[str]
    person: UUID | None = None

    @classmethod
    def with_keys(cls, keys: Iterable[str], person: UUID | None = None) -> Self:
        """The visitor whose device holds these keys; `person` is the id of their account."""
        return cls(frozenset(hash_key(key) for key in keys), person)


NOBODY = Visitor(frozenset())
