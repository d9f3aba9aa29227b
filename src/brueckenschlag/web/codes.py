"""Codes that go out by mail: kept as a hash in the session of whoever has asked, for a quarter of an hour."""

import secrets
import time
from typing import Any

from allauth.core import ratelimit
from allauth.core.internal import ratelimit as counted
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

MINUTES = 15
DIGITS = 8
# For how many seconds a session is kept that holds only a code.
UNUSED_SESSION = 3600


class TooManyError(Exception):
    """Too many codes have been asked for, or too many tried."""


def may_send(request: HttpRequest, address: str) -> bool:
    """Counts a letter to that address from this device; False when there have been too many."""
    return bool(ratelimit.consume(request, action="request_login_code", key=address.lower()))


def may_begin(request: HttpRequest) -> bool:
    """Counts a sign-in by passkey or directory from this network, also one that only asks; each makes a session."""
    return bool(counted.consume(request, app="allauth.account", action="begin", limit_get=True))


def new_code(request: HttpRequest, purpose: str, address: str) -> str:
    """A code for this purpose and address, as it stands in the letter. One asked for before is worth nothing."""
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    if not request.user.is_authenticated:
        request.session.set_expiry(UNUSED_SESSION)
    request.session[_name(purpose)] = {"address": address, "hash": _hash(purpose, address, code), "at": time.time()}
    return f"{code[:4]} {code[4:]}"


def address_waiting(request: HttpRequest, purpose: str) -> str | None:
    """The address to which a code for this purpose has gone and still counts, or None."""
    kept = _kept(request, purpose)
    return kept["address"] if kept else None


def matches(request: HttpRequest, purpose: str, typed: str) -> bool:
    """Whether the typed code is the one. Raises TooManyError after five attempts; the code is then worth nothing."""
    kept = _kept(request, purpose)
    if kept is None:
        return False
    # Counted outside the session: two requests at once could not both add to a number in there.
    if not ratelimit.consume(request, action="check_code", key=kept["hash"]):
        forget(request, purpose)
        raise TooManyError
    digits = "".join(sign for sign in typed if sign.isascii() and sign.isdigit())
    return constant_time_compare(_hash(purpose, kept["address"], digits), kept["hash"])


def forget(request: HttpRequest, purpose: str) -> None:
    """A code counts once."""
    request.session.pop(_name(purpose), None)


def _kept(request: HttpRequest, purpose: str) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = request.session.get(_name(purpose))
    return kept if kept and time.time() - kept["at"] <= MINUTES * 60 else None


def _name(purpose: str) -> str:
    return f"code_{purpose}"


def _hash(purpose: str, address: str, code: str) -> str:
    return salted_hmac(f"brueckenschlag.code.{purpose}", f"{address}:{code}", algorithm="sha256").hexdigest()
