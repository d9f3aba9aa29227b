"""Before an assessment: the start page, the introduction, the background, the blank sheet."""

from collections.abc import Iterable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from ...accounts.models import Organisation
from ...accounts.operations import found_organisation
from ...assessments.models import NAME_LENGTH, Assessment, Edition
from ...assessments.operations import begin_assessment
from ...audit.actors import GUEST, Actor
from ...instruments.model import Instrument
from .. import arch, frame_texts, languages, page_texts, terms, visitor
from ..areas import choices, tree_of
from ..belonging import Belonging, place_to_begin
from ..forms import NameForm
from ..paths import current, current_instruments

# The picture on the start page shows what a result looks like; it is described as an example.
EXAMPLE = ("green", "yellow", "red", "green", "yellow", "", "green")
# What stands over the door to an instrument that the start page knows; another one's door shows its own titles.
DOORS = {
    "zo": (
        _("Wir sind eine gemeinnützige Organisation"),
        _("Verein, Stiftung, Initiative, Wohlfahrtsverband: die ganze Organisation oder ein Bereich."),
    ),
    "kmu": (
        _("Wir sind ein Betrieb"),
        _("Kleine und mittlere Unternehmen, die sich in ihrer Region engagieren wollen."),
    ),
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The start page with a door for each instrument; leads on to the language that the person has chosen."""
    chosen = languages.chosen(request)
    if get_language() == languages.ORIGINAL and chosen in languages.OTHERS:
        return redirect(languages.in_language(request.get_full_path(), str(chosen)))
    stones = [arch.Stone(tone) for tone in EXAMPLE]
    label = gettext(
        "Beispiel: ein Bogen aus sieben Steinen. Sechs davon sind bewertet, am dringendsten ist der dritte."
    )
    instruments = current_instruments()
    counts = {len(one.checkpoints) for one in instruments}
    shown = {
        "arch": arch.arch(stones, label=label),
        "known": bool(visitor.known_ids(request)),
        "doors": [(one, *DOORS.get(one.slug, (one.frame.title, one.frame.subtitle))) for one in instruments],
        "steps": counts.pop() if len(counts) == 1 else 0,
        "minutes": _minutes(instruments),
        "languages": languages.NAMES.items(),
    }
    return render(request, "home.html", shown)


def _minutes(instruments: Iterable[Instrument]) -> tuple[int, int]:
    """How long the shortest instrument takes at least, and the longest at most."""
    minutes = [one.frame.minutes for one in instruments]
    return min(one.least for one in minutes), max(one.most for one in minutes)


@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, how long it takes, what happens with the data, and the optional name; POST begins.

    Whoever has signed in begins within an organisation: the one in the address, one of their choice, or a new one.
    """
    edition, instrument = current(slug)
    person = visitor.visitor(request)
    belongs = place_to_begin(person, request.POST if request.method == "POST" else request.GET)
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        assessment = _begin(request, edition, form.cleaned_data["name"], belongs)
        return redirect("checkpoint", assessment.id, instrument.checkpoints[0].key)
    shown = {
        "instrument": instrument,
        "goal": terms.plain(instrument, instrument.frame.goal.text),
        "practice": terms.plain(instrument, instrument.frame.practice.text),
        "adaptation": terms.plain(instrument, instrument.frame.adaptation or ""),
        "form": form,
        "longest": NAME_LENGTH,
        "about_data": page_texts.page("einfuehrung" if person.person is None else "einfuehrung-organisation"),
        "has_account": person.person is not None,
        "languages": languages.NAMES.items(),
        "belongs": belongs,
        "prepares": belongs is not None and belongs.organisation.kind == "advice",
        "places": choices(tree_of(belongs.organisation).values()) if belongs and belongs.may_choose_area else [],
        "organisations": [] if belongs else list(Organisation.objects.editable_by(person).order_by("name")),
    }
    response = render(request, "introduction.html", shown, status=422 if form.errors else 200)
    if person.person is not None:
        response["Cache-Control"] = "no-store, private"  # it names the person's organisations
    return response


def _begin(request: HttpRequest, edition: Edition, name: str, belongs: Belonging | None) -> Assessment:
    """A guest's assessment is opened by this device's key; one of an organisation by its members."""
    person = visitor.visitor(request)
    if person.person is None:
        assessment, key = begin_assessment(edition, name, by=GUEST)
        visitor.remember(request, assessment, key)
        return assessment
    by = Actor(person.person)
    if belongs and belongs.mandate:
        by = Actor(person.person, belongs.mandate.pk)
    with transaction.atomic():
        if belongs is None:
            belongs = Belonging(found_organisation(name, "kmu" if edition.slug == "kmu" else "zo", by=by), None)
        return begin_assessment(edition, name, organisation=belongs.organisation, area=belongs.area, by=by)[0]


@require_safe
def background(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole frame of an instrument: why, for whom, how, by whom, and the glossary."""
    instrument = current(slug)[1]
    return render(request, "background.html", {"instrument": instrument, **frame_texts.background(instrument)})


@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The blank sheet for a meeting, made for paper."""
    return render(request, "sheet.html", frame_texts.sheet(current(slug)[1]))
