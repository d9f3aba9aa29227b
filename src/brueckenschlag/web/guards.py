"""Pages for people who have signed in: who they are, whether they have lately shown it, and where they came from."""

import time
from collections.abc import Callable
from functools import wraps
from typing import cast
from urllib.parse import quote

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ..accounts.models import Person
from ..audit.actors import Actor
from . import languages
from .paths import private

View = Callable[..., HttpResponse]
# In the session: when the person has last shown who they are; and for how many seconds that holds.
CONFIRMED = "confirmed_at"
CONFIRMED_FOR = 15 * 60


def signed_in(view: View) -> View:
    """A private page that leads whoever has not signed in to where they can, and back again."""

    @private
    @wraps(view)
    def handle(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(with_way_back("account_login", request.get_full_path()))
        return view(request, *args, **kwargs)

    return handle


def confirmed(view: View) -> View:
    """The same for what could shut somebody out of their account: they have lately shown who they are."""

    @signed_in
    @wraps(view)
    def handle(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if time.time() - request.session.get(CONFIRMED, 0) > CONFIRMED_FOR:
            return redirect(with_way_back("confirm_person", request.get_full_path()))
        return view(request, *args, **kwargs)

    return handle


def for_operators(view: View) -> View:
    """A page of the site's administration: for staff who have shown a second factor in this session.

    Nobody else learns that there is such a page. A passkey counts: it is something one has, opened by finger or code.
    """

    @private
    @wraps(view)
    def handle(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not (request.user.is_authenticated and request.user.is_staff):
            raise Http404
        if not any(one["method"] == "mfa" for one in get_authentication_records(request, request.user)):
            shown = {
                "has_one": Authenticator.objects.filter(user=request.user).exists(),
                "to_confirm": with_way_back("confirm_person", request.get_full_path()),
            }
            return render(request, "operator/second_factor.html", shown, status=403)
        return view(request, *args, **kwargs)

    return handle


def person_of(request: HttpRequest) -> Person:
    """Who has signed in; for pages behind `signed_in`."""
    return cast(Person, request.user)


def actor_of(request: HttpRequest) -> Actor:
    """The same for the log."""
    return Actor(person_of(request).pk)


def own_path(target: str) -> str | None:
    """The target when it is the path of a page of ours, or None: nobody is led elsewhere."""
    short = target[: languages.LONGEST]
    is_path = short.startswith("/") and url_has_allowed_host_and_scheme(short, None)
    return short if is_path and languages.is_ours(short) else None


def way_back(request: HttpRequest) -> str:
    """Where the person wanted to go before they had to sign in; else their own page."""
    return own_path(request.GET.get("weiter", "")) or reverse("account")


def with_way_back(name: str, target: str) -> str:
    """The address of the page of that name, which leads on to the target afterwards."""
    return f"{reverse(name)}?weiter={quote(target[: languages.LONGEST])}"


def passed_on(request: HttpRequest, name: str) -> str:
    """The address of the page of that name with the same way back as this one."""
    target = own_path(request.GET.get("weiter", ""))
    return with_way_back(name, target) if target else reverse(name)
