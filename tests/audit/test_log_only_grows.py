"""The database itself keeps the log as it is."""

import pytest
from django.db import DatabaseError, transaction

from brueckenschlag.audit.actors import GUEST
from brueckenschlag.audit.models import LogEntry
from brueckenschlag.audit.operations import forget, record


@pytest.fixture
def entry(own):
    record("assessment.begun", by=GUEST, assessment=own.assessment.pk)
    return LogEntry.objects.get(assessment=own.assessment.pk, verb="assessment.begun")


def test_an_entry_cannot_be_changed(entry):
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        LogEntry.objects.filter(pk=entry.pk).update(verb="assessment.erased")
    entry.refresh_from_db()
    assert entry.verb == "assessment.begun"


def test_an_entry_cannot_be_taken_away(entry):
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        LogEntry.objects.filter(pk=entry.pk).delete()
    assert LogEntry.objects.filter(pk=entry.pk).exists()


def test_what_has_been_erased_is_forgotten_and_nothing_else(entry, own):
    record("organisation.founded", by=GUEST, organisation=own.assessment.pk)
    assert forget(assessment=own.assessment.pk) == 1
    assert list(LogEntry.objects.values_list("verb", flat=True)) == ["organisation.founded"]
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        LogEntry.objects.all().delete()


def test_a_verb_that_nobody_knows_is_refused(db):
    with pytest.raises(ValueError, match=r"assessment\.dreamt"):
        record("assessment.dreamt", by=GUEST)


def test_forgetting_needs_to_be_told_what(db):
    with pytest.raises(ValueError, match="forgotten"):
        forget()
