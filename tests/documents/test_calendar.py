"""The calendar file, read back by icalendar's parser and line by line."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from brueckenschlag.assessments.operations import publish_edition
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.documents import building
from brueckenschlag.documents.office.appointments import appointments
from brueckenschlag.documents.office.signs import one_line
from brueckenschlag.instruments.loader import Draft
from brueckenschlag.plans.models import Measure
from brueckenschlag.plans.operations import change_measure, remove_measure

from .conftest import in_language
from .texts import BAD, EXAMPLE, saying


def events(report):
    found = Calendar.from_ical(appointments(report))
    assert found.errors == []
    return {str(one["uid"]): one for one in found.walk("VEVENT")}


def by_measure(report, kind):
    return {one.id: events(report)[f"{one.id}-{kind}@brueckenschlag"] for one in report.measures}


def test_each_measure_has_its_two_days(filled):
    found = events(filled)
    assert len(found) == 60
    for one in filled.measures:
        for kind, day, label in (("start", one.start, "Beginn"), ("review", one.review, "Kontrolle")):
            event = found[f"{one.id}-{kind}@brueckenschlag"]
            assert event["dtstart"].dt == day
            assert type(event["dtstart"].dt) is date
            assert event["dtend"].dt == day + timedelta(days=1)
            assert event["summary"] == f"{label}: {one.text}"
            assert event["transp"] == "TRANSPARENT"


def test_they_say_who_and_where_it_belongs(filled):
    one = filled.measures[0]
    said = str(events(filled)[f"{one.id}-start@brueckenschlag"]["description"])
    assert said.split("\n") == [
        f"Checkpunkt: {one.checkpoint_number}. {one.checkpoint_title}",
        f"Priorität: {one.priority_words}",
        f"Verantwortlich: {one.responsible}",
        f"Stand: {one.status_words}",
        filled.name,
    ]


def test_reminders_ring_in_the_morning(filled):
    one = next(one for one in filled.measures if one.status == "open")
    found = events(filled)
    for kind, trigger in (("start", timedelta(hours=-15)), ("review", timedelta(days=-6, hours=-15))):
        (alarm,) = found[f"{one.id}-{kind}@brueckenschlag"].walk("VALARM")
        assert alarm["trigger"].dt == trigger
        assert alarm["action"] == "DISPLAY"


def test_done_ones_stay_and_no_longer_ring(filled):
    done = [one for one in filled.measures if one.status == "done"]
    assert done
    for one in done:
        event = events(filled)[f"{one.id}-review@brueckenschlag"]
        assert event["status"] == "CONFIRMED"
        assert not event.walk("VALARM")


def test_days_that_have_passed_no_longer_ring(filled):
    one = next(one for one in filled.measures if one.status == "open")
    made_on = one.start + timedelta(days=1)
    found = events(replace(filled, made_on=made_on))
    assert not found[f"{one.id}-start@brueckenschlag"].walk("VALARM")
    assert found[f"{one.id}-review@brueckenschlag"].walk("VALARM")


def test_dropped_and_deleted_ones_are_taken_back(fresh):
    assessment = fresh(3)
    first, second, third = Measure.objects.filter(assessment=assessment).order_by("position")
    before = {uid: event["sequence"] for uid, event in events(building.of_assessment(assessment)).items()}
    change_measure(first, replace(first.content, status="dropped"), version=first.version, by=GUEST)
    remove_measure(second, by=GUEST)
    found = events(building.of_assessment(assessment))
    for one, status in ((first, "CANCELLED"), (second, "CANCELLED"), (third, "CONFIRMED")):
        event = found[f"{one.id}-review@brueckenschlag"]
        assert event["status"] == status
        assert (event["sequence"] > before[f"{one.id}-review@brueckenschlag"]) is (status == "CANCELLED")
        assert bool(event.walk("VALARM")) is (one.status != "done" and status == "CONFIRMED")


def test_a_second_file_knows_the_same_events(filled):
    def without_stamp(made):
        return re.sub(rb"DTSTAMP:[^\r]*", b"", made)

    assert without_stamp(appointments(filled)) == without_stamp(appointments(filled))


def test_a_change_counts_up(filled):
    changed = replace(filled.measures[0], version=7, start=date(2028, 2, 29))
    event = events(replace(filled, measures=(changed,)))[f"{changed.id}-start@brueckenschlag"]
    assert event["sequence"] == 7
    assert event["dtstart"].dt == date(2028, 2, 29)


def test_measures_without_days_are_left_out(filled):
    bare = tuple(replace(one, start=None) for one in filled.measures[:2])
    assert list(events(replace(filled, measures=bare))) == [f"{one.id}-review@brueckenschlag" for one in bare]


def test_nothing_planned_is_a_calendar_too(empty, blank):
    assert events(empty) == {}
    assert events(blank) == {}


def test_lines_are_folded_and_every_uid_stands_once(filled):
    lines = appointments(saying(filled, "Ääkö 😀 " * 30)).split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        assert b"\n" not in line
        line.decode("utf-8")
    uids = [line for line in appointments(filled).split(b"\r\n") if line.startswith(b"UID:")]
    assert len(uids) == len(set(uids)) == 60


@pytest.mark.parametrize(("language", "label"), [("de", "Kontrolle"), ("de-simple", "Kontrolle"), ("en", "Review")])
def test_every_language(fresh, language, label):
    report = in_language(fresh(1), language)
    assert str(by_measure(report, "review")[report.measures[0].id]["summary"]).startswith(f"{label}: ")


def test_any_instrument_has_the_days_that_its_plan_has(db, fresh):
    report = in_language(fresh(2, of=publish_edition(Draft(EXAMPLE))[0]), "de")
    assert [str(one["summary"]).partition(":")[0] for one in events(report).values()] == ["Nachsehen", "Nachsehen"]


@pytest.mark.parametrize("text", BAD, ids=lambda text: ascii(text[:20]))
def test_whatever_people_type_is_text(filled, text):
    found = events(saying(filled, text))
    assert len(found) == 8
    for event in found.values():
        assert str(event["summary"]).partition(": ")[2].replace("\u2060", "") == one_line(text)
    lines = appointments(saying(filled, text)).split(b"\r\n")
    assert sum(line == b"BEGIN:VEVENT" for line in lines) == 8
    assert not any(byte < 32 for line in lines for byte in line)
