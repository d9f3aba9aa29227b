"""The languages of the pages: that of an address, that which a person has chosen, and the way from one to another."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, TypeVar, cast
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

NAMES: dict[str, str] = dict(settings.LANGUAGES)
ORIGINAL: str = settings.LANGUAGE_CODE
OTHERS = frozenset(NAMES) - {ORIGINAL}
WITHOUT_LANGUAGE = frozenset(
    (
        "open_owner",
        "open_reader",
        "open_invitation",
        "open_advice",
        "language",
        "robots",
        "empty",
        "sign_in_link",
        "openid_connect_login",
        "openid_connect_callback",
    )
)
# Pages that are worth finding in every language.
PUBLIC = frozenset(
    ("home", "introduction", "background", "sheet", "help", "privacy", "accessibility", "imprint", "figures")
)
# What shows a page only after something has been sent, and where the link to another language leads instead.
SENT_TO = dict.fromkeys(("take_suggestion", "remove_measure", "restore_measure", "move_measure"), "plan")
SENT_TO |= dict.fromkeys(("mail_link", "renew_links"), "links") | {"close": "overview"}
SENT_TO |= {"mail_document": "documents", "check_return": "return"}
SENT_TO |= dict.fromkeys(("invite", "revoke_invitation", "change_role"), "members")
SENT_TO |= {"add_areas": "organisation_settings", "offer_advice": "advice", "revoke_client": "client_invitations"}
LONGEST = 2000

Make = TypeVar("Make", bound=Callable[..., Any])


def once_per_language(make: Make) -> Make:
    """Keeps what has been made, for each language of the page; the same text has other words around it there."""
    kept = cache(lambda language, *given: make(*given))

    @wraps(make)
    def made(*given: object) -> object:
        return kept(translation.get_language(), *given)

    made.cache_clear = kept.cache_clear  # type: ignore[attr-defined]  # as functools.cache has it
    return cast(Make, made)


def of_address(request: HttpRequest) -> str:
    """The language of the address; where addresses have none, the one that the person has chosen."""
    first = request.path_info[1:].partition("/")[0]
    if first in ("weiter", "lesen", "mitmachen", "annehmen", "sprache", "einlass", "verzeichnis"):
        return chosen(request) or ORIGINAL
    return first if first in OTHERS else ORIGINAL


def chosen(request: HttpRequest) -> str | None:
    """The language that the person has chosen on this device, or None."""
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return code if code in NAMES else None


def is_public(request: HttpRequest) -> bool:
    """Whether the address belongs to no assessment and no organisation."""
    return request.resolver_match is None or not {"id", "organisation"}.intersection(request.resolver_match.kwargs)


def offers_english(request: HttpRequest) -> bool:
    """Whether a German page says that there is an English one: to whoever prefers that and has chosen nothing."""
    if chosen(request) or not is_public(request) or translation.get_language() != ORIGINAL:
        return False
    wishes = (
        wish.partition("-")[0] for wish, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    )
    return next((wish for wish in wishes if wish in NAMES), None) == "en"


def here(request: HttpRequest) -> str:
    """The page to come back to in another language, quoted. It must not hold a personal key."""
    match = request.resolver_match
    if match is None or match.url_name in WITHOUT_LANGUAGE:
        return "/"
    if match.url_name in SENT_TO:
        return reverse(SENT_TO[match.url_name], args=[match.kwargs.get("id") or match.kwargs["organisation"]])
    return quote(request.get_full_path()[:LONGEST])


def alternates(request: HttpRequest) -> list[tuple[str, str]]:
    """The addresses of a public page in every language, for search engines."""
    match = request.resolver_match
    if match is None or match.url_name not in PUBLIC or request.method == "POST":
        return []
    bare = _bare(request.path)
    found = [(code, settings.PUBLIC_URL + _prefixed(bare, code)) for code in NAMES]
    return [*found, ("x-default", settings.PUBLIC_URL + bare)]


def in_language(target: str, code: str) -> str:
    """The address `target` of ours in another language; the start page for everything that is none of ours."""
    if not is_ours(target):
        return _prefixed("/", code)
    split = urlsplit(target[:LONGEST])
    return _prefixed(_bare(split.path), code) + (f"?{split.query}" if split.query else "")


def is_ours(target: str) -> bool:
    """Whether the address is the path of a page of ours that has a language."""
    try:
        split = urlsplit(target[:LONGEST])
        bare = _bare(split.path)
        with translation.override(ORIGINAL):
            is_page = bare.startswith("/") and resolve(bare).url_name not in WITHOUT_LANGUAGE
    except (ValueError, Resolver404):
        return False
    return is_page and not split.scheme and not split.netloc


def _bare(path: str) -> str:
    """The address without its language."""
    first, slash, rest = path[1:].partition("/")
    return slash + rest if path.startswith("/") and first in OTHERS else path


def _prefixed(bare: str, code: str) -> str:
    return bare if code == ORIGINAL else f"/{code}{bare}"
