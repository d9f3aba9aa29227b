"""Arithmetic and questions about an assessment, without database and Django."""

import calendar
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ..instruments.model import Checkpoint, Instrument, Level

MAILS_PER_DAY = 5


@dataclass(frozen=True)
class Seen:
    """Level and note as a page showed them; of the note only its `note_sign`, which is short."""

    level: str
    note: str


def note_sign(note: str) -> str:
    """A short sign of a note, to tell whether it has changed: 80 bits of SHA-256 in hexadecimal."""
    return hashlib.sha256(note.encode()).hexdigest()[:20]


def seen(level: str, note: str) -> Seen:
    """What a page shows of a rating."""
    return Seen(level, note_sign(note))


@dataclass(frozen=True)
class Merged:
    """Level and note after two people's changes, and the names of the fields that both have changed differently."""

    level: str
    note: str
    conflicts: frozenset[str]


def merged(mine: tuple[str, str], stored: tuple[str, str], was: Seen) -> Merged:
    """One person's level and note put together with what is stored, field by field.

    A field that this person has left alone stays as it is stored; one that only this person has changed is theirs.
    """
    (level, note), (stored_level, stored_note) = mine, stored
    level_is_mine, note_is_mine = level != was.level, note_sign(note) != was.note
    conflicts = set()
    if level_is_mine and stored_level not in (level, was.level):
        conflicts.add("level")
    if note_is_mine and stored_note != note and note_sign(stored_note) != was.note:
        conflicts.add("note")
    return Merged(level if level_is_mine else stored_level, note if note_is_mine else stored_note, frozenset(conflicts))


def months_later(day: date, months: int) -> date:
    """The same day `months` later (or earlier, when negative), the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def expires_on(changed_on: date, months: int) -> date | None:
    """The day on which an assessment is no longer kept; None where it is kept for ever (0 months)."""
    return months_later(changed_on, months) if months else None


def levels_by_checkpoint(instrument: Instrument, chosen: Mapping[str, str]) -> dict[str, Level]:
    """Levels of the rated checkpoints in the instrument's order; `chosen` maps checkpoint keys to level keys."""
    return {
        checkpoint.key: instrument.level_by_key[chosen[checkpoint.key]]
        for checkpoint in instrument.checkpoints
        if chosen.get(checkpoint.key) in instrument.level_by_key
    }


def homeless(instrument: Instrument, chosen: Mapping[str, str]) -> list[str]:
    """Rated checkpoints that this edition does not have, or has without that level, in the order given."""
    return [
        key
        for key, level in chosen.items()
        if key not in instrument.checkpoint_by_key or (level and level not in instrument.level_by_key)
    ]


def next_checkpoint(instrument: Instrument, key: str) -> Checkpoint | None:
    """The checkpoint after this one; None after the last."""
    number = instrument.numbers[key]
    return instrument.checkpoints[number] if number < len(instrument.checkpoints) else None


def previous_checkpoint(instrument: Instrument, key: str) -> Checkpoint | None:
    """The checkpoint before this one; None before the first."""
    number = instrument.numbers[key]
    return instrument.checkpoints[number - 2] if number > 1 else None


def first_unrated(instrument: Instrument, levels: Mapping[str, Level]) -> Checkpoint | None:
    """The first checkpoint without a rating; None when all are rated."""
    return next((checkpoint for checkpoint in instrument.checkpoints if checkpoint.key not in levels), None)


def by_urgency(instrument: Instrument, levels: Mapping[str, Level]) -> list[Checkpoint]:
    """Checkpoints that call for action, most urgent level first, then in the instrument's order."""
    rank = {level.key: position for position, level in enumerate(instrument.levels)}
    calling = [checkpoint for checkpoint in instrument.checkpoints if _calls(levels.get(checkpoint.key))]
    return sorted(calling, key=lambda checkpoint: rank[levels[checkpoint.key].key])


def most_urgent(instrument: Instrument, levels: Mapping[str, Level]) -> list[Checkpoint]:
    """The checkpoints that share the most urgent level of all that call for action."""
    urgent = by_urgency(instrument, levels)
    return [one for one in urgent if levels[one.key] == levels[urgent[0].key]] if urgent else []


def _calls(level: Level | None) -> bool:
    return level is not None and level.needs_action


def agreement(ranks: Iterable[int]) -> Literal["one", "near", "apart"] | None:
    """How far ratings of one checkpoint lie apart, given as positions in the scale; None for fewer than two.

    All the same, only neighbours in the scale, or further apart. Never an average: that would hide who calls for help.
    """
    found = list(ranks)
    if len(found) < 2:
        return None
    spread = max(found) - min(found)
    return ("one", "near")[spread] if spread < 2 else "apart"
