"""What every page's frame needs."""

from functools import partial

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import get_language

from . import languages, page_frame


def site(request: HttpRequest) -> dict[str, object]:
    """The unchanging frame, the language and its neighbours, the operator, and whether mails can be sent."""
    # What only whole pages show is worked out when they do: the status line needs none of it.
    here = partial(languages.here, request)
    return {
        "frame": page_frame.frame(),
        "language": get_language(),
        "here": here,
        "header": lambda: page_frame.header(is_member(request)),
        "footer": lambda: page_frame.footer(here()),
        "offers_english": partial(languages.offers_english, request),
        "alternates": partial(languages.alternates, request),
        "root": root(request),
        "operator": settings.CONFIGURATION.operator,
        "offers_mail": bool(settings.EMAIL_HOST),
        "runs_site": lambda: is_member(request) and request.user.is_staff,
    }


def is_member(request: HttpRequest) -> bool:
    """Whether the page is shown to somebody who has signed in; no when that cannot be told."""
    try:
        return hasattr(request, "user") and request.user.is_authenticated
    except DatabaseError:
        return False  # the page that says so must not fail for the same reason


def root(request: HttpRequest) -> str:
    """Where the pages of the assessment in the address lie: `/praxishilfe/<id>/`, or nothing."""
    match = request.resolver_match
    if match is None or "id" not in match.kwargs:
        return ""
    id = str(match.kwargs["id"])
    return request.path[: request.path.index(id) + len(id) + 1]
