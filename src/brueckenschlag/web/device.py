"""What this device keeps in a signed cookie: the keys of guests. The server stores nothing of it.

Sessions of the database are for people who have signed in; whoever has not never causes a row there.
"""

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

COOKIE = "geraet"
SALT = "brueckenschlag.device"
Handler = Callable[[HttpRequest], HttpResponse]
_read: WeakKeyDictionary[HttpRequest, dict[str, Any]] = WeakKeyDictionary()
_written: WeakKeyDictionary[HttpRequest, dict[str, Any]] = WeakKeyDictionary()


def kept(request: HttpRequest) -> dict[str, Any]:
    """What this device keeps; empty when the cookie is too old or has been tampered with."""
    if request not in _read:
        _read[request] = _content(request.COOKIES.get(COOKIE, ""))
    return dict(_read[request])


def keep(request: HttpRequest, **changes: Any) -> None:
    """Keeps these things too, from the answer on; None takes one away. The term begins anew."""
    now = {name: value for name, value in (kept(request) | changes).items() if value is not None}
    _read[request] = _written[request] = now


def kept_on_device(get_response: Handler) -> Handler:
    """Writes the cookie when something in it has changed."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request in _read:
            patch_vary_headers(response, ("Cookie",))
        if request in _written:
            _write(response, _written[request])
        return response

    return handle


def _content(cookie: str) -> dict[str, Any]:
    try:
        content: dict[str, Any] = signing.loads(cookie, salt=SALT, max_age=settings.DEVICE_COOKIE_AGE)
    except signing.BadSignature:
        return {}
    return content


def _write(response: HttpResponse, content: dict[str, Any]) -> None:
    if not content:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        signing.dumps(content, salt=SALT, compress=True),
        max_age=settings.DEVICE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
