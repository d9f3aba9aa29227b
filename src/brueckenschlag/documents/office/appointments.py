"""The days of the plan for a calendar: start and review of each measure, with a reminder."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from ..report import Measure, Report
from . import rows
from .signs import one_line

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Event

# Reminders ring at nine in the morning, seven days before the review and on the day before the start. A day begins at
# midnight, and nobody wants to be reminded then.
BEFORE = {"start": timedelta(hours=-15), "review": timedelta(days=-6, hours=-15)}


def appointments(report: Report) -> bytes:
    """The calendar file (iCalendar).

    An appointment is known by its measure and kind: opened a second time, the file changes what the calendar has and
    adds nothing twice. Measures that are done stay, without a reminder: the day was real. Days that have passed do not
    ring either: many programs would show all their reminders at once. Those that were dropped or deleted are sent as
    cancelled, because a calendar keeps what a newer file does not mention, and would go on ringing.
    """
    calendar = _calendar(report)
    stamp = datetime.now(UTC).replace(microsecond=0)
    planned = [(one, one.status == "dropped") for one in report.measures]
    for measure, is_off in [*planned, *((one, True) for one in report.deleted)]:
        for kind, day in _days(report, measure):
            event = _event(report, measure, kind, day, is_off=is_off)
            event.add("dtstamp", stamp)
            calendar.add_component(event)
    made: bytes = calendar.to_ical(sorted=False)
    return made


def _calendar(report: Report) -> "Calendar":
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//{report.words['product']}//{report.words['plan']}//{report.language[:2].upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _said(" – ".join(filter(None, (str(report.plan_title), report.name)))))
    return calendar


def _days(report: Report, measure: Measure) -> Iterator[tuple[str, date]]:
    """The days of those columns that the plan has."""
    kinds = [one.key for one in report.columns]
    for kind, day in (("start", measure.start), ("review", measure.review)):
        if day and kind in kinds:
            yield kind, day


def _event(report: Report, measure: Measure, kind: str, day: date, *, is_off: bool) -> "Event":
    """One day. `version` is its SEQUENCE: with each change of the measure the calendar knows the newer one."""
    from icalendar import Event

    event = Event()
    event.add("uid", f"{measure.id}-{kind}@brueckenschlag")
    event.add("sequence", measure.version)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    words = _said(f"{rows.headers(report)[kind]}: {measure.text}")
    event.add("summary", words)
    event.add("description", _description(report, measure))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    if not is_off and measure.status != "done" and day >= report.made_on:
        event.add_component(_reminder(words, kind))
    return event


def _reminder(words: str, kind: str) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", BEFORE[kind])
    return alarm


def _description(report: Report, measure: Measure) -> str:
    """What the plan says about the measure, a line for each column that holds something."""
    keys = {key: label for key, label in rows.headers(report).items() if key not in ("measure", "start", "review")}
    lines = [
        _said(f"{label}: {cell}") for label, cell in zip(keys.values(), rows.cells(measure, keys), strict=True) if cell
    ]
    return "\n".join([*lines, *filter(None, (_said(report.name), report.site))])


def _said(text: str) -> str:
    """Text on one line. The library takes "\\N" for the end of a line: an invisible sign keeps the two apart."""
    return one_line(text).replace("\\N", "\\\u2060N")
