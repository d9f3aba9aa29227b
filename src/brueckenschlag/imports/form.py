"""Brings an outline into the form of our files: keys, limits, markup; notes what is missing and what is too long."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, get_args

from ..instruments import checks, model
from . import notes, rules
from .keys import Keys, key_from
from .lines import Doubts
from .outline import Checkpoint, Frame, Group, Level, Outline, Section, Suggestion, Term, Words

Fields = dict[str, Any]

TOO_LONG = "{what} länger als {limit} Zeichen; ganz übernommen, bitte kürzen."
NO_MARK = "Die Fußnote gehört zu einem Text, in dem bei uns kein Begriff stehen kann; ihr Zeichen ist weggelassen."
BRACKETS = "Eine Klammer geht nicht auf; fehlt hier etwas?"


def limit(kind: Any) -> int:
    """The most letters that the model allows for a text of that kind."""
    return int(get_args(kind)[1].max_length)


class Form:
    """The files of one instrument as values, by their name in the folder."""

    def __init__(self, outline: Outline, slug: str, doubts: Doubts) -> None:
        self._doubts = doubts
        self.missing: Counter[str] = Counter()
        terms = Keys()
        self._term_keys = {term.number: _term_key(term, terms) for term in outline.frame.terms}
        keys = Keys()
        points = [self._checkpoint(one, keys) for one in outline.checkpoints]
        frame = self._frame(outline.frame, slug) | {"checkpoints": [point["key"] for point in points]}
        self.files = {"instrument.yaml": frame}
        self.files |= {f"checkpoints/{point['key']}.yaml": point for point in points}

    def _text(self, words: Words | None, kind: Any, what: str, *, marked: bool = False) -> str:
        """The words with what they lack: a placeholder, markup at terms; and doubts about them."""
        if words is None or not words.text:
            self.missing[what] += 1
            return checks.PLACEHOLDER
        text = notes.linked(words.text, self._term_keys) if marked else notes.plain(words.text, self._term_keys)
        if not marked and text != words.text:
            self._doubts.note(NO_MARK, words.place)
        if len(text) > limit(kind):
            self._doubts.note(TOO_LONG.format(what=what, limit=limit(kind)), words.place)
        if text.count("(") != text.count(")"):
            self._doubts.note(BRACKETS, words.place)
        return text

    def _short(self, text: str, what: str) -> str:
        """The text itself where it is short enough."""
        if text == checks.PLACEHOLDER or len(text) > limit(model.Word):
            self.missing[what] += 1
            return checks.PLACEHOLDER
        return text

    def _checkpoint(self, found: Checkpoint, keys: Keys) -> Fields:
        title = self._text(found.title, model.Title, "Titel des Checkpunkts")
        groups, entries = Keys(), Keys()
        return {
            "key": keys.key(title, "checkpunkt"),
            "title": title,
            "short": self._short(title, "Kurzname des Checkpunkts"),
            "statement": self._text(found.statement, model.Lead, "Aussage", marked=True),
            "groups": [self._group(group, groups, entries) for group in found.groups],
        }

    def _group(self, found: Group, groups: Keys, entries: Keys) -> Fields:
        title = self._text(found.title, model.Title, "Überschrift der Gruppe")
        fields: Fields = {"key": groups.key(found.title.text if found.title else "", "gruppe"), "title": title}
        if found.intro:
            fields["intro"] = self._text(found.intro, model.Lead, "Einleitung der Gruppe", marked=True)
        return fields | {"suggestions": [self._suggestion(one, entries) for one in found.suggestions]}

    def _suggestion(self, found: Suggestion, keys: Keys) -> Fields:
        text = found.text.text
        if not rules.ABBREVIATION.search(text):
            text = text.rstrip(rules.ACTION_END) or text
        text = self._text(Words(text, found.text.place), model.Action, "Anregung")
        fields: Fields = {"key": keys.key(text, "anregung"), "text": text}
        return fields | ({"parts": [self._suggestion(part, keys) for part in found.parts]} if found.parts else {})

    def _frame(self, found: Frame, slug: str) -> Fields:
        least, most = map(str, found.minutes) if found.minutes else [checks.PLACEHOLDER] * 2
        self.missing["Dauer in Minuten"] += not found.minutes
        sections = Keys()
        return {
            "slug": slug,
            "edition": self._text(found.edition, model.Source, "Fassung"),
            "language": "de",
            "title": self._text(found.title, model.Title, "Titel"),
            "subtitle": self._text(found.subtitle, model.Sentence, "Untertitel"),
            "minutes": {"least": least, "most": most},
            "goal": {"text": self._text(found.goal, model.Passage, "Ziel", marked=True)},
            "practice": {"text": self._text(found.practice, model.Passage, "Text zur Praxis", marked=True)},
            "scale": {
                "question": self._text(found.question, model.Sentence, "Frage über den Bewertungen"),
                "levels": self._levels(found.levels),
            },
            "sections": [self._section(one, sections) for one in found.sections],
            "plan": self._plan(found),
            "glossary": [self._term(one) for one in found.terms],
        }

    def _levels(self, found: list[Level]) -> list[Fields]:
        keys = Keys()
        return [self._level(one, keys) for one in found or [Level(tone, None) for tone in ("red", "yellow", "green")]]

    def _level(self, found: Level, keys: Keys) -> Fields:
        label = self._text(found.label, model.Label, "Name der Stufe")
        fields = {
            "key": keys.key(found.label.text if found.label else "", "stufe"),
            "label": label,
            "short": self._short(label, "Kurzname der Stufe"),
            "meaning": self._text(None, model.Sentence, "Bedeutung der Stufe"),
            "tone": found.tone,
        }
        return fields | ({"priority": rules.PRIORITIES[found.tone]} if found.tone in rules.PRIORITIES else {})

    def _section(self, found: Section, keys: Keys) -> Fields:
        return {
            "key": keys.key(found.title.text if found.title else "", "abschnitt"),
            "title": self._text(found.title, model.Title, "Überschrift des Abschnitts"),
            "text": self._text(found.text, model.Chapter, "Text des Abschnitts", marked=True),
        }

    def _plan(self, found: Frame) -> Fields:
        labels: Mapping[str, Words] = found.plan.labels
        return {
            "title": self._text(found.plan.title, model.Title, "Überschrift des Plans"),
            "text": self._text(found.plan.text, model.Passage, "Text zum Plan", marked=True),
            "columns": [
                {
                    "key": key,
                    "label": self._text(labels.get(key), model.Word, "Name der Spalte im Plan"),
                    "help": self._text(None, model.Sentence, "Hilfe zur Spalte im Plan"),
                }
                for key in model.ALL_COLUMNS
            ],
        }

    def _term(self, found: Term) -> Fields:
        return {
            "key": self._term_keys[found.number],
            "term": self._text(found.term, model.Title, "Begriff"),
            "text": self._text(found.text, model.Passage, "Erklärung des Begriffs", marked=True),
        }


def _term_key(term: Term, keys: Keys) -> str:
    """The short form in brackets is what people say."""
    text = term.term.text if term.term else ""
    short = rules.SHORT_FORM.search(text)
    return keys.key(short[1] if short and key_from(short[1]) else text, "begriff")
