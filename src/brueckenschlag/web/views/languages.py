"""The choice of a language: by link, remembered on this device."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from .. import languages


@require_safe
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """Remembers the language and leads on to the same page in it."""
    if code not in languages.NAMES:
        raise Http404
    response = HttpResponseRedirect(languages.in_language(request.GET.get("weiter", ""), code))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    response["Cache-Control"] = "no-store"
    return response
