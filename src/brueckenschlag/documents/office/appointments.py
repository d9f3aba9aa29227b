"""The days of the plan for a calendar: start and review of each measure, with a reminder."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache

from ..report import Measure, Report
from . import rows
from .signs import one_line

# Reminders ring at nine in the morning, seven days before the review and on the day before the start. A day begins at
# midnight, and nobody wants to be reminded then.
BEFORE = {"start": timedelta(hours=-15), "review": timedelta(days=-6, hours=-15)}


def appointments(report: Report) -> bytes:
    """The calendar file (iCalendar).

    An appointment is known by its measure and kind: opened a second time, the file changes what the calendar has and
    adds nothing twice. Measures that are done stay, without a reminder: the day was real. Days that have passed do not
    ring either: many programs would show all their reminders at once. Those that were dropped or deleted are sent as
    cancelled, because a calendar keeps what a newer file does not mention, and would go on ringing.

    The library writes the values, and the lines are put together here: its components cost four times as much.
    """
    lines = ["BEGIN:VCALENDAR", *_head(report)]
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    planned = [(one, one.status == "dropped") for one in report.measures]
    for measure, is_off in [*planned, *((one, True) for one in report.deleted)]:
        description = f"DESCRIPTION:{_value(_description(report, measure))}"
        for kind, day in _days(report, measure):
            words = _value(_said(f"{rows.headers(report)[kind]}: {measure.text}"))
            may_ring = not is_off and measure.status != "done" and day >= report.made_on
            lines += _event(measure, kind, day, words, is_off=is_off)
            lines += [f"DTSTAMP:{stamp}", description, *(_reminder(words, kind) if may_ring else ()), "END:VEVENT"]
    return b"".join(map(_folded, [*lines, "END:VCALENDAR"]))


def _head(report: Report) -> list[str]:
    made_by = f"-//{report.words['product']}//{report.words['plan']}//{report.language[:2].upper()}"
    name = _said(" – ".join(filter(None, (str(report.plan_title), report.name))))
    return [
        f"PRODID:{_value(made_by)}",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_value(name)}",
    ]


def _days(report: Report, measure: Measure) -> Iterator[tuple[str, date]]:
    """The days of those columns that the plan has."""
    kinds = [one.key for one in report.columns]
    for kind, day in (("start", measure.start), ("review", measure.review)):
        if day and kind in kinds:
            yield kind, day


def _event(measure: Measure, kind: str, day: date, words: str, *, is_off: bool) -> list[str]:
    """One day. `version` is its SEQUENCE: with each change of the measure the calendar knows the newer one."""
    return [
        "BEGIN:VEVENT",
        f"UID:{measure.id}-{kind}@brueckenschlag",
        f"SEQUENCE:{measure.version}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{words}",
        "TRANSP:TRANSPARENT",
        f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED'}",
    ]


def _reminder(words: str, kind: str) -> list[str]:
    return ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{words}", f"TRIGGER:{_before(kind)}", "END:VALARM"]


@cache
def _before(kind: str) -> str:
    from icalendar import vDuration

    written: bytes = vDuration(BEFORE[kind]).to_ical()  # type: ignore[no-untyped-call]  # the library leaves it out
    return written.decode("ascii")


def _value(text: str) -> str:
    """The text as it stands in a line, with the signs marked that would end it."""
    from icalendar import vText

    written: bytes = vText(text).to_ical()
    return written.decode("utf-8")


def _folded(line: str) -> bytes:
    """The line as the file has it, in pieces of at most 75 bytes; none is cut within a sign."""
    rest, pieces, most = line.encode("utf-8"), [], 75
    while len(rest) > most:
        at = most
        while rest[at] & 0xC0 == 0x80:  # in the middle of a sign
            at -= 1
        pieces.append(rest[:at])
        rest, most = rest[at:], 74  # a blank comes before it
    return b"\r\n ".join([*pieces, rest]) + b"\r\n"


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
