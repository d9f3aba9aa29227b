"""The neutral Report: everything that a document can show, in one language, without tables and without Django.

It is built once (see `building`); a renderer only reads it. Texts of the instrument are `Text`, which knows words of
another language; what people have written is a plain `str`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Piece:
    """Some words and their language (BCP 47), "" where it is the document's."""

    words: str
    language: str = ""


@dataclass(frozen=True)
class Text:
    """A text of the instrument; `str()` gives its words alone."""

    pieces: tuple[Piece, ...] = ()

    def __str__(self) -> str:
        return "".join(piece.words for piece in self.pieces)

    def __bool__(self) -> bool:
        return bool(self.pieces)


@dataclass(frozen=True)
class Level:
    """One answer of the scale. `tone` is red, yellow, lime or green; `sign` goes with it: !!, !, +, ✓."""

    key: str
    label: Text
    short: Text
    meaning: Text
    tone: str
    sign: str
    needs_action: bool


@dataclass(frozen=True)
class Entry:
    """A suggestion (depth 0) or a part of one (depth 1). `key` is the full key, `checkpoint.suggestion`."""

    key: str
    text: Text
    explanation: Text
    depth: int
    is_running: bool = False
    is_planned: bool = False


@dataclass(frozen=True)
class Group:
    """Suggestions under one heading."""

    title: Text
    intro: Text
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint with its rating; `level` is None while it is not rated."""

    key: str
    number: int
    title: Text
    short: Text
    statement: Text
    hint: Text
    groups: tuple[Group, ...]
    level: Level | None = None
    note: str = ""


@dataclass(frozen=True)
class Measure:
    """A row of the plan. `id` is a UUID in text, the same for life; `number` counts the rows from 1.

    `checkpoint_number` is 0 where this edition does not have the checkpoint. `priority` and `status` are keys, their
    words stand beside them. `version` grows by one with each change, also with deleting and bringing back.
    """

    id: str
    number: int
    checkpoint: str
    checkpoint_number: int
    checkpoint_title: Text
    suggestion: str
    text: str
    priority: str
    priority_words: str
    responsible: str
    start: date | None
    review: date | None
    status: str
    status_words: str
    version: int = 1


@dataclass(frozen=True)
class Column:
    """A column of the plan: checkpoint, measure, priority, responsible, start or review."""

    key: str
    label: Text
    help: Text


@dataclass(frozen=True)
class Titled:
    """A titled text: a section (its paragraphs) or a term (one paragraph)."""

    key: str
    title: Text
    paragraphs: tuple[Text, ...]


@dataclass(frozen=True)
class LeftOver:
    """Something entered that this edition has no place for, in the words of the earlier one."""

    title: Text
    level: Text
    note: str


@dataclass(frozen=True)
class Declaration:
    """Whether the self-declaration can be given: what is still missing, and until when it would hold.

    `asked` names the columns that a complete measure has filled; a plan may lack some of them, or all.
    """

    least_measures: int
    complete_measures: int
    asked: tuple[Text, ...]
    unrated: tuple[int, ...]
    valid_until: date

    @property
    def is_ready(self) -> bool:
        """Whether every checkpoint is rated and enough measures are complete."""
        return not self.unrated and self.complete_measures >= self.least_measures


@dataclass(frozen=True)
class StoredRating:
    """A rating as it is stored, by keys; also of a checkpoint that this edition does not have."""

    checkpoint: str
    level: str
    note: str


@dataclass(frozen=True)
class Report:
    """All that the documents of one assessment, or of an empty instrument, can show.

    `assessment` is its id in text, "" for an empty one. `words` are the fixed words of the documents by their English
    names, in the document's language; `priorities` and `statuses` give the words of their keys, in order.
    `ratings`, `running` (full keys of suggestions) and `deleted` are there for the formats that must be complete.
    """

    language: str
    words: Mapping[str, str]
    slug: str
    edition: str
    edition_hash: str
    title: Text
    subtitle: Text
    adaptation: Text
    licence: Text
    goal: Text
    practice: Text
    question: Text
    minutes: tuple[int, int]
    levels: tuple[Level, ...]
    checkpoints: tuple[Checkpoint, ...]
    plan_title: Text
    plan_text: Text
    columns: tuple[Column, ...]
    priorities: Mapping[str, str]
    statuses: Mapping[str, str]
    sections: tuple[Titled, ...]
    glossary: tuple[Titled, ...]
    operator: str
    site: str
    made_on: date
    assessment: str = ""
    name: str = ""
    measures: tuple[Measure, ...] = ()
    left_over: tuple[LeftOver, ...] = ()
    declaration: Declaration | None = None
    ratings: tuple[StoredRating, ...] = ()
    running: tuple[str, ...] = ()
    deleted: tuple[Measure, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether this is the empty instrument, for filling in."""
        return not self.assessment

    def day(self, day: date | None) -> str:
        """A day in short numbers, the way the document's language writes it; "" for none."""
        if day is None:
            return ""
        return f"{day:%d/%m/%Y}" if self.language.startswith("en") else f"{day.day}.{day.month}.{day.year}"
