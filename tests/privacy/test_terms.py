"""`nightly` erases what is past its term, each kind of data by its own setting, and nothing else."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from brueckenschlag.accounts.models import Invitation, Person
from brueckenschlag.accounts.operations import invite
from brueckenschlag.assessments.models import Assessment
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.audit.models import LogEntry
from brueckenschlag.audit.operations import record
from brueckenschlag.configuration import Retention

NOW = datetime(2028, 2, 29, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", NOW.date)


@pytest.fixture
def terms(monkeypatch):
    def of(**given) -> None:
        monkeypatch.setattr(settings.CONFIGURATION, "retention", Retention(**given))

    return of


def run() -> str:
    printed = StringIO()
    call_command("nightly", stdout=printed)
    return printed.getvalue()


def begun(edition, day: date, organisation=None) -> Assessment:
    assessment, _ = begin_assessment(edition, str(day), organisation=organisation, by=GUEST)
    Assessment.objects.filter(pk=assessment.pk).update(changed_on=day)
    record("rating.changed", by=GUEST, assessment=assessment.pk, organisation=organisation and organisation.pk)
    return assessment


def test_guests_assessments_go_after_their_months_and_their_log_with_them(edition, terms):
    terms(guests_months=6)
    begun(edition, date(2027, 8, 29))
    kept = begun(edition, date(2027, 8, 30))
    assert "1 Praxishilfe(n)" in run()
    assert list(Assessment.objects.all()) == [kept]
    left = LogEntry.objects.exclude(verb="terms.applied")
    assert set(left.values_list("assessment", flat=True)) == {kept.pk}


def test_those_of_organisations_stay_unless_there_is_a_term(edition, verein, terms):
    old, new = begun(edition, date(2020, 1, 1), verein), begun(edition, date(2027, 3, 1), verein)
    run()
    assert set(Assessment.objects.all()) == {old, new}
    terms(organisations_months=12)
    run()
    assert list(Assessment.objects.all()) == [new]
    assert LogEntry.objects.filter(assessment=old.pk).exists()  # the organisation's log has a term of its own


def test_the_day_on_which_an_assessment_goes_follows_the_setting(edition, verein, terms):
    terms(guests_months=3, organisations_months=12)
    guest, inside = begun(edition, NOW.date()), begun(edition, NOW.date(), verein)
    assert (guest.expires_on, inside.expires_on) == (date(2028, 5, 29), date(2029, 2, 28))
    terms()
    assert inside.expires_on is None


def test_the_log_is_kept_for_its_months(verein, terms):
    terms(log_months=12)
    for day in (datetime(2027, 2, 27, 22, tzinfo=UTC), datetime(2027, 2, 28, 12, tzinfo=UTC)):
        LogEntry.objects.create(at=day, verb="area.added", organisation=verein.pk)
    run()
    assert LogEntry.objects.filter(verb="area.added").count() == 1


@pytest.mark.parametrize("way", ["used_at", "revoked_at", "expires_at"])
def test_invitations_go_some_days_after_nobody_can_accept_them(verein, terms, way):
    terms(invitations_days=10)
    for days in (9, 11):
        invitation, _ = invite(verein, "reader", email=f"vor{days}@example.org", by=GUEST)
        Invitation.objects.filter(pk=invitation.pk).update(**{way: NOW - timedelta(days=days)})
    waiting, _ = invite(verein, "reader", by=GUEST)
    run()
    assert set(Invitation.objects.values_list("email", flat=True)) == {"vor9@example.org", waiting.email}


def test_sessions_that_have_ended_go_with_what_tells_of_their_device(verein):
    person = Person.objects.get(email="owner@probestadt.example")
    for key, ends in (("old", NOW - timedelta(1)), ("new", NOW + timedelta(1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
        UserSession.objects.create(user=person, session_key=key, ip="192.0.2.1")
    UserSession.objects.create(user=person, session_key="gone", ip="192.0.2.1")
    assert "1 Anmeldung(en)" in run()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["new"]


def test_a_second_run_finds_nothing_more(edition, verein):
    begun(edition, date(2020, 1, 1))
    run()
    assert set("0123456789") & set(run()) == {"0"}
