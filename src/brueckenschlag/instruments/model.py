"""The parts of an instrument and the limits of its texts.

Every object is frozen: an edition's text never changes while the program runs.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
Reference = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?$", max_length=81)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Za-z0-9]+)*$", max_length=20)]
Source = Annotated[str, StringConstraints(min_length=1, max_length=40)]

Word = Annotated[str, StringConstraints(min_length=1, max_length=28, strip_whitespace=True)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=70, strip_whitespace=True)]
Action = Annotated[str, StringConstraints(min_length=1, max_length=90, strip_whitespace=True)]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=160, strip_whitespace=True)]
Lead = Annotated[str, StringConstraints(min_length=1, max_length=320, strip_whitespace=True)]
Passage = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
Chapter = Annotated[str, StringConstraints(min_length=1, max_length=1400, strip_whitespace=True)]

Count = Annotated[int, Field(ge=0, le=100)]
Tone = Literal["red", "yellow", "lime", "green"]
Priority = Literal["high", "medium", "low"]
Column = Literal["checkpoint", "measure", "priority", "responsible", "start", "review"]
ALL_COLUMNS: tuple[Column, ...] = ("checkpoint", "measure", "priority", "responsible", "start", "review")


class Part(BaseModel):
    """Base of all parts: frozen, and a field that nobody knows is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Minutes(Part):
    """How long it takes, from … to …."""

    least: int
    most: int


class Statement(Part):
    """A single text of the frame."""

    source: Source | None = None
    text: Passage


class Section(Part):
    """A titled text of the frame; paragraphs are separated by blank lines."""

    key: Key
    source: Source | None = None
    title: Title
    text: Chapter


class Term(Part):
    """A glossary entry. `foreign` is the language of the term where it is not that of the texts."""

    key: Key
    source: Source | None = None
    term: Title
    text: Passage
    foreign: Language | None = None


class Level(Part):
    """One answer of the scale. A level without a priority does not call for a measure."""

    key: Key
    label: Label
    short: Word
    meaning: Sentence
    tone: Tone
    priority: Priority | None = None

    @property
    def needs_action(self) -> bool:
        """Whether a checkpoint with this level belongs in the plan."""
        return self.priority is not None


class Scale(Part):
    """The question and its levels, most urgent first."""

    source: Source | None = None
    question: Sentence
    levels: tuple[Level, ...]


class PlanColumn(Part):
    """One column of the action plan with the help shown at its field."""

    key: Column
    label: Word
    help: Sentence


class PlanFrame(Part):
    """Title, purpose and columns of the action plan."""

    source: Source | None = None
    title: Title
    text: Passage
    columns: tuple[PlanColumn, ...]


class SubPoint(Part):
    """A suggestion without sub-points of its own. `mirrors` names its counterparts in the other side's instrument."""

    key: Key
    source: Source | None = None
    text: Action
    explanation: Lead | None = None
    see: tuple[Reference, ...] = ()
    mirrors: tuple[Reference, ...] = ()


class Suggestion(SubPoint):
    """An example from practice that can become a measure as it stands."""

    parts: tuple[SubPoint, ...] = ()


class Group(Part):
    """Suggestions under one heading."""

    key: Key
    title: Title
    intro: Lead | None = None
    suggestions: tuple[Suggestion, ...]


class Checkpoint(Part):
    """One described good practice with its suggestions."""

    key: Key
    source: Source | None = None
    title: Title
    short: Word
    statement: Lead
    hint: Lead | None = None
    groups: tuple[Group, ...]

    def entries(self) -> Iterator[SubPoint]:
        """All suggestions and sub-points in the order of the page."""
        for group in self.groups:
            for suggestion in group.suggestions:
                yield suggestion
                yield from suggestion.parts

    def suggestions(self) -> Iterator[tuple[str, SubPoint]]:
        """The same with their full key, `checkpoint.suggestion`, which is unique in the instrument."""
        return ((f"{self.key}.{entry.key}", entry) for entry in self.entries())


class Frame(Part):
    """What `instrument.yaml` holds: everything but the checkpoints' texts.

    `mirrors` is the slug of the other side's instrument; `adaptation` says what this one was adapted from;
    `licence` what may be done with its texts;
    `declaration_measures` is how many complete measures a self-declaration needs at least.
    """

    slug: Key
    edition: Source
    language: Language
    source: Source | None = None
    title: Title
    subtitle: Sentence
    mirrors: Key | None = None
    adaptation: Passage | None = None
    licence: Sentence | None = None
    minutes: Minutes
    declaration_measures: Count = 10
    goal: Statement
    practice: Statement
    scale: Scale
    sections: tuple[Section, ...]
    plan: PlanFrame
    glossary: tuple[Term, ...]
    checkpoints: tuple[Key, ...]


class Instrument:
    """A whole instrument in one edition and language: the frame, its checkpoints, and ways to find them by key."""

    def __init__(self, frame: Frame, checkpoints: tuple[Checkpoint, ...], *, is_complete: bool = True) -> None:
        """`is_complete` is False for a translation in which some texts stand in the original language."""
        self.frame = frame
        self.checkpoints = checkpoints
        self.is_complete = is_complete
        self.slug = frame.slug
        self.language = frame.language
        self.edition = frame.edition
        self.levels = frame.scale.levels

    @cached_property
    def checkpoint_by_key(self) -> dict[str, Checkpoint]:
        """Checkpoints by their key."""
        return {checkpoint.key: checkpoint for checkpoint in self.checkpoints}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Position of each checkpoint, counted from 1."""
        return {checkpoint.key: number for number, checkpoint in enumerate(self.checkpoints, start=1)}

    @cached_property
    def level_by_key(self) -> dict[str, Level]:
        """Levels by their key."""
        return {level.key: level for level in self.levels}

    @cached_property
    def suggestion_by_key(self) -> dict[str, SubPoint]:
        """Suggestions and sub-points by their full key."""
        return {key: entry for checkpoint in self.checkpoints for key, entry in checkpoint.suggestions()}

    @cached_property
    def term_by_key(self) -> dict[str, Term]:
        """Glossary entries by their key."""
        return {term.key: term for term in self.frame.glossary}

    @cached_property
    def column_by_key(self) -> dict[str, PlanColumn]:
        """Columns of the plan by their key."""
        return {column.key: column for column in self.frame.plan.columns}
