"""A Praxishilfe with entries of every kind, and the way from a file to its preview."""

import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from brueckenschlag.assessments import editions
from brueckenschlag.assessments.models import Assessment, Edition
from brueckenschlag.assessments.operations import begin_assessment, mark_running, rate_checkpoint
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.documents import wording
from brueckenschlag.documents.applying import stored_state
from brueckenschlag.documents.exchange.model import Exchange
from brueckenschlag.documents.returns import reading
from brueckenschlag.documents.returns.compare import Preview, compare
from brueckenschlag.documents.returns.returned import Returned
from brueckenschlag.documents.returns.understanding import base_of, understand
from brueckenschlag.plans.operations import add_measure, plan_suggestion
from brueckenschlag.plans.rules import STATUSES, Content

Understand = Callable[[bytes], Returned]
NAME = 'Verein "Ä&<>" e. V. 😀'


@pytest.fixture
def assessment(edition: Edition) -> Assessment:
    """Ratings, notes with difficult signs, marks, a planned suggestion and thirty measures."""
    made, _ = begin_assessment(edition, NAME, by=GUEST)
    instrument = editions.original(edition.pk)
    rate_checkpoint(made, "planen", "bedarf", "erste Zeile\nzweite – „Zeile“ 漢字 عربى", by=GUEST)
    rate_checkpoint(made, "nutzen", "dringend", "", by=GUEST)
    mark_running(made, add={"planen.themen", "kontakte.material"}, remove=(), by=GUEST)
    plan_suggestion(made, instrument, "kontakte.netzwerke", level="gut", by=GUEST)
    for number in range(30):
        content = Content(
            checkpoint=instrument.checkpoints[number % 7].key,
            text=f"=Maßnahme {number} <b> \\ #let",
            priority="low" if number % 2 else "high",
            responsible=f"+Person {number}" if number % 3 else "",
            start=date(2027, 1, 1 + number % 28) if number % 2 else None,
            review=date(2028, 2, 1 + number % 28),
            status=list(STATUSES)[number % 4],
        )
        add_measure(made, content, id=uuid.uuid4(), by=GUEST)
    made.refresh_from_db()
    return made


@pytest.fixture
def state(assessment: Assessment) -> Exchange:
    return stored_state(assessment)


@pytest.fixture
def understood(edition: Edition) -> Understand:
    """From the bytes of a file to what it means."""

    def read(data: bytes) -> Returned:
        filled = reading.read(data, wording.labels())
        base = base_of(filled)
        known = wording.vocabulary(edition.pk, base.edition_hash if base else edition.pk)
        return understand(filled, known, timezone.localdate())

    return read


@pytest.fixture
def preview(understood: Understand, state: Exchange) -> Callable[[bytes], Preview]:
    """From the bytes of a file to its preview."""
    return lambda data: compare(understood(data), state)
