"""What every page's frame needs."""

from django.conf import settings
from django.http import HttpRequest

from . import rendering


def site(request: HttpRequest) -> dict[str, object]:
    """The unchanging frame, the operator, and whether mails can be sent."""
    return {
        "frame": rendering.frame(),
        "root": root(request),
        "operator": settings.CONFIGURATION.operator,
        "offers_mail": bool(settings.EMAIL_HOST),
    }


def root(request: HttpRequest) -> str:
    """Where the pages of the assessment in the address lie: `/praxishilfe/<id>/`, or nothing."""
    match = request.resolver_match
    if match is None or "id" not in match.kwargs:
        return ""
    id = str(match.kwargs["id"])
    return request.path[: request.path.index(id) + len(id) + 1]
