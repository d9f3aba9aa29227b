"""The nightly command keeps the promise of the privacy page: on fixed days, whatever today is."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from brueckenschlag.assessments.models import Assessment, Edition, Mark, Rating
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.plans.models import Measure

NOW = datetime(2028, 2, 29, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", NOW.date)


def changed(edition: Edition, day: date) -> Assessment:
    """An assessment with a rating, a mark and a measure, last changed on that day."""
    assessment, _ = begin_assessment(edition, str(day), by=GUEST)
    Rating.objects.create(assessment=assessment, checkpoint="nutzen", level="gut")
    Mark.objects.create(assessment=assessment, suggestion="nutzen.staerken")
    deleted(assessment, None)
    Assessment.objects.filter(pk=assessment.pk).update(changed_on=day)
    return assessment


def deleted(assessment: Assessment, at: datetime | None) -> Measure:
    """A measure that was deleted then, or not at all."""
    return Measure.objects.create(
        assessment=assessment, checkpoint="nutzen", text=str(at), priority="high", position=1, deleted_at=at
    )


def run() -> str:
    printed = StringIO()
    call_command("remove_expired", stdout=printed)
    return printed.getvalue()


def test_what_is_past_24_months_is_deleted_with_everything_in_it(edition):
    changed(edition, date(2024, 1, 1))
    changed(edition, date(2026, 2, 28))
    kept = [changed(edition, day) for day in (date(2026, 3, 1), date(2027, 12, 31), NOW.date())]
    assert run() == "Gelöscht: 2 Praxishilfe(n), 0 Maßnahme(n).\n"
    assert set(Assessment.objects.all()) == set(kept)
    for table in (Rating, Mark, Measure):
        assert set(table.objects.values_list("assessment", flat=True)) == {one.pk for one in kept}


def test_a_deleted_measure_is_erased_after_30_days(own):
    long_ago = deleted(own.assessment, NOW - timedelta(days=30, seconds=1))
    just_within = deleted(own.assessment, NOW - timedelta(days=30))
    in_plan = deleted(own.assessment, None)
    assert run() == "Gelöscht: 0 Praxishilfe(n), 1 Maßnahme(n).\n"
    assert set(Measure.objects.all()) == {just_within, in_plan}
    assert long_ago not in Measure.objects.all()


def test_a_second_run_finds_nothing_more(edition):
    deleted(changed(edition, NOW.date()), NOW - timedelta(days=31))
    changed(edition, date(2020, 2, 29))
    run()
    assert run() == "Gelöscht: 0 Praxishilfe(n), 0 Maßnahme(n).\n"


def test_erasing_a_deleted_measure_does_not_count_as_a_change(own):
    Assessment.objects.filter(pk=own.assessment.pk).update(changed_on=date(2027, 1, 1))
    deleted(own.assessment, NOW - timedelta(days=31))
    run()
    own.assessment.refresh_from_db()
    assert own.assessment.changed_on == date(2027, 1, 1)
