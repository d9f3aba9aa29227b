"""The texts of an instrument in another language: the same keys, and only words.

A text that is missing falls back to the original, as a `ForeignText` that knows its language, so that pages can say so.
"""

from collections.abc import Mapping
from typing import TypeVar

from .model import (
    Action,
    Checkpoint,
    Frame,
    Group,
    Instrument,
    Key,
    Label,
    Lead,
    Level,
    Part,
    Passage,
    PlanColumn,
    Section,
    Sentence,
    Statement,
    SubPoint,
    Suggestion,
    Term,
    Title,
    Word,
)
from .model import Chapter as ChapterText

AnyPart = TypeVar("AnyPart", bound=Part)
Place = tuple[str, ...]


class ForeignText(str):
    """A text in another language than the page around it."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> "ForeignText":
        """The text with its language."""
        made = super().__new__(cls, text)
        made.language = language
        return made


def in_language_of(text: str, words: str) -> str:
    """These words, made from that text, marked as another language's where the text is."""
    return ForeignText(words, text.language) if isinstance(text, ForeignText) else words


class LevelWords(Part):
    """Words of a level."""

    label: Label | None = None
    short: Word | None = None
    meaning: Sentence | None = None


class ScaleWords(Part):
    """Words of the scale."""

    question: Sentence | None = None
    levels: dict[Key, LevelWords] = {}


class SectionWords(Part):
    """Words of a section."""

    title: Title | None = None
    text: ChapterText | None = None


class ColumnWords(Part):
    """Words of a column of the plan."""

    label: Word | None = None
    help: Sentence | None = None


class PlanWords(Part):
    """Words of the plan."""

    title: Title | None = None
    text: Passage | None = None
    columns: dict[Key, ColumnWords] = {}


class TermWords(Part):
    """Words of a glossary entry; `foreign` as in the original."""

    term: Title | None = None
    text: Passage | None = None
    foreign: str | None = None


class FrameWords(Part):
    """What `languages/<language>/instrument.yaml` holds."""

    title: Title | None = None
    subtitle: Sentence | None = None
    adaptation: Passage | None = None
    licence: Sentence | None = None
    goal: Passage | None = None
    practice: Passage | None = None
    scale: ScaleWords = ScaleWords()
    sections: dict[Key, SectionWords] = {}
    plan: PlanWords = PlanWords()
    glossary: dict[Key, TermWords] = {}


class GroupWords(Part):
    """Words of a group."""

    title: Title | None = None
    intro: Lead | None = None


class SuggestionWords(Part):
    """Words of a suggestion or sub-point."""

    text: Action | None = None
    explanation: Lead | None = None


class CheckpointWords(Part):
    """What `languages/<language>/checkpoints/<key>.yaml` holds."""

    title: Title | None = None
    short: Word | None = None
    statement: Lead | None = None
    hint: Lead | None = None
    groups: dict[Key, GroupWords] = {}
    suggestions: dict[Key, SuggestionWords] = {}


class Overlay(Part):
    """All words of an instrument in one language; what is left out falls back to the original."""

    frame: FrameWords = FrameWords()
    checkpoints: dict[Key, CheckpointWords] = {}


class Translation:
    """An instrument in another language, the places without words of their own, and words without a place."""

    def __init__(self, original: Instrument, language: str, overlay: Overlay) -> None:
        """Puts the overlay's words in the place of the original's."""
        self._from, self._to = original.frame.language, language
        self.missing: list[Place] = []
        self.unknown: list[Place] = []
        self._strange("checkpoints", overlay.checkpoints, original.checkpoint_by_key)
        self.instrument = Instrument(
            self._frame(original.frame, overlay.frame),
            tuple(
                self._checkpoint(one, overlay.checkpoints.get(one.key, CheckpointWords()))
                for one in original.checkpoints
            ),
            is_complete=not self.missing,
        )

    def _words(self, part: AnyPart, words: Part, fields: str, place: Place) -> AnyPart:
        """The part with these fields in the other language."""
        update: dict[str, str | None] = {}
        for field in fields.split():
            original, own = getattr(part, field), getattr(words, field)
            if original is None and own is not None:
                self.unknown.append((*place, field))
            elif own is not None:
                update[field] = own
            elif original is not None:
                self.missing.append((*place, field))
                update[field] = ForeignText(original, self._from)
        return part.model_copy(update=update)

    def _strange(self, where: str, words: Mapping[str, Part], known: Mapping[str, object]) -> None:
        self.unknown += [(*where.split("/"), key) for key in words if key not in known]

    def _statement(self, part: Statement, words: str | None, place: str) -> Statement:
        if words is None:
            self.missing.append((place,))
        return part.model_copy(update={"text": words or ForeignText(part.text, self._from)})

    def _frame(self, frame: Frame, words: FrameWords) -> Frame:
        for where, given, known in (
            ("scale/levels", words.scale.levels, frame.scale.levels),
            ("sections", words.sections, frame.sections),
            ("plan/columns", words.plan.columns, frame.plan.columns),
            ("glossary", words.glossary, frame.glossary),
        ):
            self._strange(where, given, {one.key: one for one in known})
        made = self._words(frame, words, "title subtitle adaptation licence", ())
        plan = self._words(frame.plan, words.plan, "title text", ("plan",))
        scale = self._words(frame.scale, words.scale, "question", ("scale",))
        return made.model_copy(
            update={
                "language": self._to,
                "goal": self._statement(frame.goal, words.goal, "goal"),
                "practice": self._statement(frame.practice, words.practice, "practice"),
                "scale": scale.model_copy(
                    update={"levels": tuple(self._level(one, words) for one in frame.scale.levels)}
                ),
                "sections": tuple(self._section(one, words) for one in frame.sections),
                "plan": plan.model_copy(
                    update={"columns": tuple(self._column(one, words) for one in frame.plan.columns)}
                ),
                "glossary": tuple(self._term(one, words) for one in frame.glossary),
            }
        )

    def _level(self, level: Level, words: FrameWords) -> Level:
        own = words.scale.levels.get(level.key, LevelWords())
        return self._words(level, own, "label short meaning", ("scale", "levels", level.key))

    def _section(self, section: Section, words: FrameWords) -> Section:
        own = words.sections.get(section.key, SectionWords())
        return self._words(section, own, "title text", ("sections", section.key))

    def _column(self, column: PlanColumn, words: FrameWords) -> PlanColumn:
        own = words.plan.columns.get(column.key, ColumnWords())
        return self._words(column, own, "label help", ("plan", "columns", column.key))

    def _term(self, term: Term, words: FrameWords) -> Term:
        own = words.glossary.get(term.key, TermWords())
        made = self._words(term, own, "term text", ("glossary", term.key))
        return made.model_copy(update={"foreign": own.foreign}) if own.term else made

    def _checkpoint(self, point: Checkpoint, words: CheckpointWords) -> Checkpoint:
        where = f"checkpoints/{point.key}"
        self._strange(f"{where}/groups", words.groups, {one.key: one for one in point.groups})
        self._strange(f"{where}/suggestions", words.suggestions, {one.key: one for one in point.entries()})
        made = self._words(point, words, "title short statement hint", ("checkpoints", point.key))
        return made.model_copy(update={"groups": tuple(self._group(point, one, words) for one in point.groups)})

    def _group(self, point: Checkpoint, group: Group, words: CheckpointWords) -> Group:
        own = words.groups.get(group.key, GroupWords())
        made = self._words(group, own, "title intro", ("checkpoints", point.key, "groups", group.key))
        suggestions = tuple(self._suggestion(point, one, words) for one in group.suggestions)
        return made.model_copy(update={"suggestions": suggestions})

    def _suggestion(self, point: Checkpoint, suggestion: Suggestion, words: CheckpointWords) -> Suggestion:
        made = self._entry(point, suggestion, words)
        return made.model_copy(update={"parts": tuple(self._entry(point, one, words) for one in suggestion.parts)})

    def _entry(self, point: Checkpoint, entry: AnyPart, words: CheckpointWords) -> AnyPart:
        key = entry.key if isinstance(entry, SubPoint) else ""
        own = words.suggestions.get(key, SuggestionWords())
        return self._words(entry, own, "text explanation", ("checkpoints", point.key, "suggestions", key))
