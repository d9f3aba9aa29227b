"""Before an assessment: the start page, the introduction, the background, the blank sheet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ...assessments import editions
from ...assessments.models import Edition
from ...assessments.operations import begin_assessment
from ...instruments.model import Instrument
from .. import arch, rendering, visitor
from ..forms import NameForm

# The picture on the start page shows what a result looks like; it is described as an example.
EXAMPLE = ("green", "yellow", "red", "green", "yellow", "", "green")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The start page with its two doors."""
    stones = [arch.Stone(tone) for tone in EXAMPLE]
    picture = arch.arch(
        stones,
        label="Beispiel: ein Bogen aus sieben Steinen. Sechs davon sind bewertet, am dringendsten ist der dritte.",
    )
    return render(request, "home.html", {"arch": picture, "known": bool(visitor.known_ids(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, how long it takes, what happens with the data, and the optional name; POST begins."""
    edition, instrument = _current(slug)
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        assessment, key = begin_assessment(edition, form.cleaned_data["name"])
        visitor.remember(request, assessment, key)
        return redirect("checkpoint", assessment.id, instrument.checkpoints[0].key)
    shown = {
        "instrument": instrument,
        "goal": rendering.plain(instrument, instrument.frame.goal.text),
        "practice": rendering.plain(instrument, instrument.frame.practice.text),
        "form": form,
        "retention": rendering.variables()["retention"],
    }
    return render(request, "introduction.html", shown, status=422 if form.errors else 200)


@require_safe
def background(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole frame of an instrument: why, for whom, how, by whom, and the glossary."""
    _, instrument = _current(slug)
    return render(request, "background.html", {"instrument": instrument, **rendering.background(instrument)})


@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The blank sheet for a meeting, made for paper."""
    return render(request, "sheet.html", rendering.sheet(_current(slug)[1]))


def _current(slug: str) -> tuple[Edition, Instrument]:
    """The newest edition of that instrument. Raises Http404."""
    edition = editions.current(slug)
    if edition is None:
        raise Http404
    return edition, editions.original(edition.hash)
