"""A document as an answer: its name, its type, and words for when too many are asked for at once."""

from functools import lru_cache, wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext, override

from ..documents import building, queue
from ..documents.catalogue import BLANK_BY_KEY, Document
from ..documents.report import Report
from .paths import View

RETRY_SECONDS = 10


def patient(view: View) -> View:
    """Answers with 503 and a page that says so when many others wait for documents."""

    @wraps(view)
    def handle(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except queue.BusyError:
            return _busy(request)

    return handle


def download(document: Document, report: Report) -> HttpResponse:
    """The document of this Report, to be saved; for whoever has a place in the queue. Raises BusyError."""
    return _file(document, document.file_name(report), queue.made(document, report))


def download_blank(document: Document, edition: str) -> HttpResponse:
    """The same of an edition, named by its hash, with nothing entered, in the language of the page."""
    return _file(document, *_blank(document.key, edition, get_language() or ""))


@lru_cache(maxsize=24)
def _blank(key: str, edition: str, language: str) -> tuple[str, bytes]:
    """Name and content. Kept: it is the same for everybody, and an edition never changes."""
    with queue.turn(), override(language):
        report, document = building.of_instrument(edition), BLANK_BY_KEY[key]
        return document.file_name(report), queue.made(document, report)


def _file(document: Document, name: str, content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=document.media_type, headers=headers)


def _busy(request: HttpRequest) -> HttpResponse:
    shown = {
        "status": 503,
        "heading": gettext("Gerade sind viele auf einmal hier"),
        "words": gettext("Ihr Dokument ist noch nicht fertig. Bitte versuchen Sie es gleich noch einmal."),
    }
    answer = render(request, "trouble/page.html", shown, status=503)
    answer["Retry-After"] = str(RETRY_SECONDS)
    return answer
