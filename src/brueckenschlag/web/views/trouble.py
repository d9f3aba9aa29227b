"""When something is wrong: a page in our style, in plain words, that keeps what the person has typed."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...assessments.models import Assessment
from .. import languages
from ..context import is_member
from ..visitor import visitor

# Fields that carry no words of the person.
SILENT = {"csrfmiddlewaretoken", "password", "code", "old", "new", "credential", "way"}
WRITTEN = {"note", "text", "responsible", "start", "review", "name", "link", "address", "names"}
UNSAVED = _("Nicht gespeichert – bitte noch einmal versuchen")
MOST_DISCARDED = 20_000_000


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when too much was sent."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        _discard(request)
        return _page(
            request,
            413,
            gettext("Das war zu viel auf einmal"),
            gettext(
                "Die gesendeten Daten sind größer als erlaubt. Es wurde nichts gespeichert. "
                "Bitte gehen Sie zurück und kürzen Sie den Text."
            ),
        )
    return _page(
        request,
        400,
        gettext("Diese Anfrage haben wir nicht verstanden"),
        gettext("Bitte gehen Sie zurück und versuchen Sie es noch einmal."),
    )


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token, for example when cookies are switched off or the page was very old."""
    return _page(
        request,
        403,
        gettext("Nicht gespeichert: Bitte die Seite neu laden"),
        gettext(
            "Zum Schutz vor Fälschungen prüft jede Seite, ob ein Formular wirklich von ihr kommt. Das hat nicht "
            "geklappt. Bitte laden Sie die vorige Seite neu und prüfen Sie, ob Ihr Browser Cookies für diese Seite "
            "erlaubt."
        ),
        **_kept(request) | {"resend": False},
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 for anything else."""
    return _page(
        request, 403, gettext("Das ist hier nicht erlaubt"), gettext("Bitte gehen Sie zurück zur vorigen Seite.")
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: an address that does not exist, or an assessment that this device may not open."""
    if request.path.startswith("/einlass/"):
        return _page(
            request,
            404,
            gettext("Dieser Link gilt nicht mehr"),
            gettext("Er gilt nur einmal und nur kurze Zeit. Bitten Sie um einen neuen."),
        )
    if request.path.startswith("/mitmachen/"):
        return _answer(request, "invitation_gone.html", 404, {})
    if request.path.startswith("/annehmen/"):
        return _answer(request, "offer_gone.html", 404, {})
    is_link = request.path.startswith(("/weiter/", "/lesen/"))
    if is_link or _is_private(request):
        who = {"is_reader": _may_read(request), "has_account": is_member(request)}
        shown = {"is_link": is_link, **who, **_kept(request)}
        response = _answer(request, "trouble/unknown_link.html", 404, shown)
        response["Cache-Control"] = "no-store, private"
        return response
    if not languages.is_public(request):
        page = _page(
            request,
            404,
            gettext("Das lässt sich hier nicht öffnen"),
            gettext(
                "Vielleicht sind Sie nicht angemeldet, oder mit einer anderen E-Mail-Adresse. Oder Sie gehören nicht "
                "mehr zu dieser Organisation, oder jemand hat inzwischen etwas entfernt."
            ),
            **_kept(request),
        )
        page["Cache-Control"] = "no-store, private"
        return page
    return _page(
        request,
        404,
        gettext("Diese Seite gibt es nicht"),
        gettext("Vielleicht enthält die Adresse einen Tippfehler, oder die Seite ist umgezogen."),
    )


def wrong_method(request: HttpRequest) -> HttpResponse:
    """405, for example when an address that saves is opened by hand."""
    return _page(
        request,
        405,
        gettext("So lässt sich diese Adresse nicht öffnen"),
        gettext("Diese Adresse gehört zu einem Knopf auf einer anderen Seite. Bitte gehen Sie zurück."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. What was typed is kept on the page."""
    try:
        kept = _kept(request)
    except (UnreadablePostError, RequestDataTooBig, TooManyFieldsSent):
        kept = {}
    return _page(
        request,
        500,
        str(UNSAVED) if request.method == "POST" else gettext("Das hat nicht geklappt"),
        gettext("Bei uns ist etwas schiefgegangen. Das liegt nicht an Ihnen."),
        **kept,
    )


def _page(request: HttpRequest, status: int, heading: str, words: str, **shown: Any) -> HttpResponse:
    return _answer(request, "trouble/page.html", status, {"heading": heading, "words": words, **shown})


def _answer(request: HttpRequest, template: str, status: int, shown: dict[str, Any]) -> HttpResponse:
    if "HX-Request" in request.headers:
        template = "trouble/part.html"
    return render(request, template, shown | {"status": status}, status=status)


def _is_private(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and "id" in match.kwargs


def _may_read(request: HttpRequest) -> bool:
    """Whether this device may open the assessment, though not this page of it."""
    match = request.resolver_match
    if match is None or "id" not in match.kwargs:
        return False
    return Assessment.objects.visible_to(visitor(request)).filter(pk=match.kwargs["id"]).exists()


def _kept(request: HttpRequest) -> dict[str, Any]:
    """What was sent: all of it to be sent again, and the person's own words to be copied.

    Only what has passed the check against forgery may be offered for sending again.
    """
    if request.method != "POST":
        return {}
    sent = [(name, value) for name, values in request.POST.lists() if name not in SILENT for value in values]
    words = [value for name, value in sent if name.removeprefix("mine-") in WRITTEN and value.strip()]
    return {"typed": sent, "written": words, "resend": getattr(request, "csrf_processing_done", False)}


def _discard(request: HttpRequest) -> None:
    """Reads the rest of a body that is too large: a browser shows our answer only after it has sent everything."""
    left = MOST_DISCARDED
    while left > 0 and (chunk := request.read(65536)):
        left -= len(chunk)
