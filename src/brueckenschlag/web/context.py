"""What every page's frame needs."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """The operator, and whether this is a request for a part of a page."""
    return {"operator": settings.CONFIGURATION.operator, "offers_mail": bool(settings.EMAIL_HOST)}
