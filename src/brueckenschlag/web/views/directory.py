"""Signing in by the operator's own directory (OpenID Connect), where there is one."""

from typing import Literal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from .. import codes
from ..account_forms import TOO_MANY
from ..adapters import stopped
from ..paths import private

# The only one there is; allauth puts it into addresses.
KEY: str = settings.DIRECTORY


@private
@require_safe
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Leads on to the directory. Raises Http404 where there is none."""
    if settings.CONFIGURATION.sign_in.oidc_issuer and not codes.may_begin(request):
        return stopped(request, str(TOO_MANY), 429)
    return _asked("login", request)


@private
@require_safe
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the directory leads back to, with its answer."""
    return _asked("callback", request)


def _asked(view: Literal["login", "callback"], request: HttpRequest) -> HttpResponse:
    if not settings.CONFIGURATION.sign_in.oidc_issuer:
        raise Http404
    from allauth.socialaccount.providers.openid_connect import views  # with libraries that nothing else needs
    from requests import RequestException

    try:
        answer: HttpResponse = getattr(views, view)(request, KEY)
    except (RequestException, KeyError, TypeError, ValueError):  # gone, or its answer lacks what it must hold
        return stopped(request, gettext("Das Verzeichnis antwortet nicht wie erwartet. Bitte später noch einmal."))
    return answer
