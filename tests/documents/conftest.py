"""Reports to make documents of: a full one with 30 measures, an empty one, a blank instrument."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from itertools import cycle, islice

import pytest
from django.utils.translation import override

from brueckenschlag.assessments import editions
from brueckenschlag.assessments.models import Assessment, Edition
from brueckenschlag.assessments.operations import begin_assessment, mark_running, rate_checkpoint
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.documents import building
from brueckenschlag.documents.report import Report
from brueckenschlag.instruments import markup
from brueckenschlag.instruments.model import Instrument
from brueckenschlag.plans.operations import add_measure
from brueckenschlag.plans.rules import STATUSES, Content, preset_priority

NAME = "Nachbarschaftshilfe Lindental e. V."
NOTES = (
    "Im Vorstand im September besprochen,\nsteht im Protokoll.",
    "Was wir bieten können, haben wir nie aufgeschrieben.",
    "Kein Plan. Anfragen beantwortet, wer gerade da ist. Im Oktober haben wir gemerkt, dass zwei Betriebe auf eine "
    "Antwort warten. Das soll nicht wieder vorkommen.",
    "",
    "Die Schreinerei Holm fragt seit Jahren, ob sie helfen kann.",
)
PEOPLE = ("Ayla Kern", "Vorstand", "Bernd Oster", "Ruth Sand und Jo Brandt", "Arbeitsgruppe Öffentlichkeit")
FIRST = date(2027, 1, 11)


def fill(assessment: Assessment, instrument: Instrument, measures: int) -> Assessment:
    """Rates every checkpoint, marks suggestions, and plans so many measures, all complete."""
    levels = cycle(reversed(instrument.levels))
    notes = cycle(NOTES)
    chosen = {}
    for point in instrument.checkpoints:
        level, note = next(levels), next(notes)
        chosen[point.key] = level
        rate_checkpoint(assessment, point.key, level.key, note, by=GUEST)
    suggestions = list(instrument.suggestion_by_key)
    mark_running(assessment, add=suggestions[1::6], remove=(), by=GUEST)
    for number, key in enumerate(islice(cycle(suggestions[::2]), measures)):
        start = FIRST + timedelta(days=9 * (number % 40))
        checkpoint = key.partition(".")[0]
        content = Content(
            checkpoint=checkpoint,
            text=markup.unmarked(instrument.suggestion_by_key[key].text) + (f" ({number})" if number >= 40 else ""),
            priority=preset_priority(chosen[checkpoint]),
            responsible=PEOPLE[number % len(PEOPLE)],
            start=start,
            review=start + timedelta(days=70),
            status=list(STATUSES)[number % 3],
        )
        add_measure(assessment, content, id=uuid.UUID(int=number + 1), suggestion=key, by=GUEST)
    return assessment


Fresh = Callable[..., Assessment]


@pytest.fixture
def fresh(edition: Edition) -> Fresh:
    """Makes an assessment: with so many measures, or as it is when just begun."""

    def make(measures: int = -1, *, of: Edition = edition, name: str = NAME) -> Assessment:
        assessment = begin_assessment(of, name, by=GUEST)[0]
        return assessment if measures < 0 else fill(assessment, editions.original(of.hash), measures)

    return make


def in_language(assessment: Assessment, language: str) -> Report:
    """Its Report in a language of the pages."""
    with override(language):
        return building.of_assessment(assessment)


@pytest.fixture
def filled(fresh: Fresh) -> Report:
    """Everything rated, with notes and marks, and 30 measures."""
    return building.of_assessment(fresh(30))


@pytest.fixture
def empty(fresh: Fresh) -> Report:
    """An assessment that has just been begun, without a name."""
    return building.of_assessment(fresh(name=""))


@pytest.fixture
def blank(edition: Edition) -> Report:
    """The instrument that nobody has filled in."""
    return building.of_instrument(edition.hash)
