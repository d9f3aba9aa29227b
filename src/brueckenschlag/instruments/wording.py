"""Every text of an instrument that a person sees: its words, its kind, and what it belongs to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from . import markup
from .model import Checkpoint, Frame, Instrument
from .overlay import Place, in_language_of

# What a text is, in the words of people who write instruments; pages have the same words translated (web/changes.py).
KINDS = {
    "title": "Titel",
    "subtitle": "Untertitel",
    "adaptation": "Herkunft",
    "licence": "Lizenz",
    "minutes": "Dauer in Minuten",
    "goal": "Ziel",
    "practice": "Anleitung",
    "question": "Frage zur Bewertung",
    "level": "Bewertungsstufe",
    "level_short": "Kurzform",
    "meaning": "Erklärung",
    "checkpoint": "Checkpunkt",
    "checkpoint_short": "Kurzform",
    "statement": "Gute Praxis",
    "hint": "Hinweis",
    "group": "Zwischenüberschrift",
    "intro": "Einleitung",
    "suggestion": "Anregung",
    "explanation": "Erklärung",
    "plan_title": "Überschrift des Maßnahmenplans",
    "plan_text": "Einleitung zum Maßnahmenplan",
    "column": "Spalte im Maßnahmenplan",
    "help": "Hilfe",
    "section": "Abschnitt im Hintergrund",
    "section_text": "Text",
    "term": "Begriff",
    "definition": "Erklärung",
}


@dataclass(frozen=True)
class Wording:
    """One text without marks. `key` is that of the entry which it belongs to, `of` the name of that entry.

    `head` is the place of the entry's first text: its own for a text that stands for itself.
    """

    kind: str
    key: str
    words: str
    head: Place
    of: str = ""


def wordings(instrument: Instrument) -> dict[Place, Wording]:
    """All texts by their place, which is the same in every language, in the order of the instrument."""
    terms = instrument.term_by_key

    def unmarked(text: str) -> str:
        return in_language_of(text, markup.plain(text, terms))

    return {
        place: Wording(kind, key, unmarked(words), head, unmarked(of))
        for kind, key, place, words, head, of in (
            *_frame(instrument.frame),
            *_checkpoints(instrument),
            *_rest(instrument.frame),
        )
        if words
    }


_Found = tuple[str, str, Place, str | None, Place, str]


def _frame(frame: Frame) -> Iterator[_Found]:
    """What stands before the checkpoints."""
    minutes = f"{frame.minutes.least}–{frame.minutes.most}"
    for kind, words in (
        ("title", frame.title),
        ("subtitle", frame.subtitle),
        ("adaptation", frame.adaptation),
        ("licence", frame.licence),
        ("minutes", minutes),
        ("goal", frame.goal.text),
        ("practice", frame.practice.text),
    ):
        yield kind, kind, (kind,), words, (kind,), ""
    yield "question", "question", ("scale", "question"), frame.scale.question, ("scale", "question"), ""
    for level in frame.scale.levels:
        texts = {"label": level.label, "short": level.short, "meaning": level.meaning}
        kinds = ("level", "level_short", "meaning")
        yield from _entry(level.key, ("scale", "levels", level.key), texts, kinds)


def _checkpoints(instrument: Instrument) -> Iterator[_Found]:
    for point in instrument.checkpoints:
        place = ("checkpoints", point.key)
        texts = {"title": point.title, "statement": point.statement, "short": point.short, "hint": point.hint}
        yield from _entry(point.key, place, texts, ("checkpoint", "statement", "checkpoint_short", "hint"))
        yield from _suggestions(point, place)


def _suggestions(point: Checkpoint, place: Place) -> Iterator[_Found]:
    for group in point.groups:
        title = (*place, "groups", group.key, "title")
        yield "group", f"{point.key}.{group.key}", title, group.title, title, point.title
        intro = (*place, "groups", group.key, "intro")
        yield "intro", f"{point.key}.{group.key}", intro, group.intro, title, group.title
    for key, entry in point.suggestions():
        text = (*place, "suggestions", entry.key, "text")
        yield "suggestion", key, text, entry.text, text, point.title
        yield "explanation", key, (*text[:-1], "explanation"), entry.explanation, text, entry.text


def _rest(frame: Frame) -> Iterator[_Found]:
    """What stands after the checkpoints."""
    for kind, field, words in (("plan_title", "title", frame.plan.title), ("plan_text", "text", frame.plan.text)):
        yield kind, f"plan.{field}", ("plan", field), words, ("plan", field), ""
    for column in frame.plan.columns:
        place = ("plan", "columns", column.key)
        yield from _entry(column.key, place, {"label": column.label, "help": column.help}, ("column", "help"))
    for section in frame.sections:
        texts = {"title": section.title, "text": section.text}
        yield from _entry(section.key, ("sections", section.key), texts, ("section", "section_text"))
    for term in frame.glossary:
        texts = {"term": term.term, "text": term.text}
        yield from _entry(term.key, ("glossary", term.key), texts, ("term", "definition"))


def _entry(key: str, place: Place, texts: Mapping[str, str | None], kinds: tuple[str, ...]) -> Iterator[_Found]:
    """The texts of one entry by their fields; the first is its name."""
    first, name = next(iter(texts.items()))
    for kind, (field, words) in zip(kinds, texts.items(), strict=True):
        yield kind, key, (*place, field), words, (*place, first), "" if field == first else name or ""
