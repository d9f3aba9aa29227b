"""Pages that every site needs, from the operator's settings and editable texts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ...instruments import figures as content
from .. import page_texts
from ..paths import current_instruments


@require_safe
def text(request: HttpRequest, name: str) -> HttpResponse:
    """Help, privacy, accessibility or imprint."""
    return render(request, f"pages/{name}.html", {"text": page_texts.page(name), "instruments": current_instruments})


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Figures of law with their day and source: the operator's where there are some, else ours."""
    shown = [one.in_language(get_language() or "") for one in content.in_use(settings.DATA_DIR / "figures.yaml")]
    return render(request, "pages/zahlen.html", {"figures": shown})


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Says that everything is gone."""
    return render(request, "erased.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keeps personal links out of search engines."""
    closed = ("/weiter/", "/lesen/", "/mitmachen/", "/annehmen/", "/einlass/", "/verzeichnis/", "/sprache/", "/leer")
    lines = "".join(["User-agent: *\n", *(f"Disallow: {path}\n" for path in closed)])
    return HttpResponse(lines, content_type="text/plain")


@require_safe
def empty(request: HttpRequest) -> HttpResponse:
    """An empty page through all middleware: the floor that the benchmarks compare with, and a sign of life."""
    return HttpResponse("<!doctype html><html lang=de><title>Leer</title></html>")
