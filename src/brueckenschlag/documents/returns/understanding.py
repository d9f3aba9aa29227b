"""From what stands in a file to what it means: words become keys, days become days, the rest becomes a doubt."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ...plans.dates import NotADayError, parse_day
from ...plans.rules import review_is_early
from ..exchange.model import Exchange, NotReadableError, unpacked
from .returned import (
    ROW_FIELDS,
    TOO_LONG,
    UNKNOWN_HERE,
    UNKNOWN_WORDS,
    Doubt,
    Filled,
    Place,
    Returned,
    Row,
    Sentence,
    as_row_values,
)
from .vocabulary import Vocabulary, plain

LONGEST = {"name": 120, "note": 4000, "text": 300, "responsible": 120}
EARLY = Sentence("Die Kontrolle liegt vor dem Beginn. Bitte Beginn oder Kontrolle ändern.")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def base_of(filled: Filled) -> Exchange | None:
    """The state that the file was written from; None where it is lost or broken."""
    try:
        return unpacked(filled.base) if filled.base else None
    except NotReadableError:
        return None


def understand(filled: Filled, known: Vocabulary, today: date, *, is_elsewhere: bool = False) -> Returned:
    """What the file says by keys of the edition in use. `today` is for days without a year.

    What the edition does not have is passed over where it stood in the base already, since nobody has written it; but
    not where the file is to be taken over somewhere else (`is_elsewhere`), where it would be lost unseen.
    """
    base = base_of(filled)
    reader = _Reader(filled, known, today, base, None if is_elsewhere else base, list(filled.doubts))
    found = Returned(
        kind=filled.kind,
        base=base,
        name=reader.text("name", filled.name, base.name if base else "", Place(field="name")),
        levels=reader.levels(),
        notes=reader.notes(),
        running=reader.running(),
        planned=reader.planned(),
        rows=tuple(reader.rows(filled.rows)),
        is_whole=filled.is_whole,
    )
    found = replace(found, doubts=tuple(reader.doubts))
    # Here deleted is deleted; only a new assessment takes over what may still be brought back, as far as it fits.
    return replace(found, deleted=tuple(reader.rows(filled.deleted))) if is_elsewhere else found


def tidy(text: str, *, one_line: bool) -> str:
    """The text as the pages would store it: line ends of one kind, no control signs, nothing around it."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.replace("\v", "\n").replace("\f", "\n")
    if one_line:
        text = re.sub(r"[\n\t]+", " ", text)
    return _CONTROL.sub("", text).strip()


@dataclass
class _Reader:
    """Reads one file; collects doubts on the way."""

    filled: Filled
    known: Vocabulary
    today: date
    base: Exchange | None
    before: Exchange | None
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, place: Place, words: str, sentence: Sentence, **facts: int | str) -> None:
        """Notes something that was not understood."""
        self.doubts.append(Doubt(place, words, sentence, facts))

    def text(self, name: str, words: str | None, before: str, place: Place) -> str | None:
        """A text that people write, None where the file does not speak of it or it is too long."""
        if words is None:
            return None
        one_line = name != "note"
        found = tidy(words, one_line=one_line)
        if found == tidy(before, one_line=one_line):
            return before
        if len(found) > LONGEST[name]:
            self.doubt(place, found, TOO_LONG, length=len(found), limit=LONGEST[name])
            return None
        return found

    def key(self, name: str, words: str) -> str | None:
        """The key for words, by the file's own list or by ours; None for unknown ones."""
        own = self.filled.words.get(plain(words), "")
        return own.partition("/")[2] if own.startswith(f"{name}/") else self.known.word(name, words)

    def levels(self) -> dict[str, str]:
        """The levels by checkpoint."""
        before = {one.checkpoint: one.level for one in self.before.ratings} if self.before else {}
        found = self._empty(self.known.usable_checkpoints)
        for words, level in self.filled.levels.items():
            checkpoint = self._checkpoint(words, level, before, "level")
            if checkpoint is None:
                continue
            key, place = self.key("level", level), Place(checkpoint=checkpoint, field="level")
            if key is None:
                self.doubt(place, level, UNKNOWN_WORDS)
            elif key in self.known.usable_levels | {""}:
                found[checkpoint] = key
            else:
                found.pop(checkpoint, None)
                if before.get(checkpoint) != key:
                    self.doubt(place, level, UNKNOWN_HERE)
        return found

    def _empty(self, keys: frozenset[str]) -> dict[str, str]:
        """What a file says that names only what is not empty."""
        return dict.fromkeys(sorted(keys), "") if self.filled.kind == "exchange" else {}

    def notes(self) -> dict[str, str]:
        """The notes by checkpoint."""
        before = {one.checkpoint: one.note for one in self.before.ratings} if self.before else {}
        found = self._empty(self.known.usable_checkpoints)
        for words, note in self.filled.notes.items():
            checkpoint = self._checkpoint(words, note, before, "note")
            if checkpoint is not None:
                text = self.text("note", note, before.get(checkpoint, ""), Place(checkpoint=checkpoint, field="note"))
                if text is not None:
                    found[checkpoint] = text
        return found

    def _checkpoint(self, words: str, value: str, before: Mapping[str, str], name: str) -> str | None:
        """The checkpoint's key if it can be used; a doubt only where something was entered there."""
        key = self.key("checkpoint", words)
        if key in self.known.usable_checkpoints:
            return key
        was = before.get(key or words, "")
        if value.strip() and value != was:
            self.doubt(Place(checkpoint=key or words, field=name), value, UNKNOWN_HERE)
        return None

    def running(self) -> dict[str, str]:
        """The boxes "runs already" by the suggestion's full key."""
        before = frozenset(self.before.running) if self.before else frozenset()
        return self._empty(self.known.usable_suggestions) | self._boxes("running", self.filled.running, before)

    def planned(self) -> dict[str, str]:
        """The boxes "into the plan" that somebody has ticked or cleared; the rows of the plan say the rest."""
        before = frozenset(one.suggestion for one in self.base.measures) if self.base else frozenset()
        found = self._boxes("planned", self.filled.planned, before)
        return {key: value for key, value in found.items() if self.base is None or bool(value) != (key in before)}

    def _boxes(self, name: str, boxes: Mapping[str, str], before: frozenset[str]) -> dict[str, str]:
        found = {}
        for words, value in boxes.items():
            key = self.known.suggestions.get(plain(words), words)
            if key in self.known.usable_suggestions:
                found[key] = value
            elif value and key not in before:
                self.doubt(Place(suggestion=key, field=name), words, UNKNOWN_HERE)
        return found

    def rows(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Those rows of the plan that say something."""
        measures = {str(one.id): one for one in self.base.measures} if self.base else {}
        before = {id: as_row_values(one) for id, one in measures.items()} if self.before else {}
        origins = {id: one.suggestion for id, one in measures.items()}
        for row in rows:
            was = before.get(row.id, {})
            said = {key: words for key, words in row.values.items() if key not in ("priority", "status")}
            if not row.id and not any(words.strip() for words in said.values()):
                continue  # prepared, and not used
            values = {key: self._value(row, key, was) for key in ROW_FIELDS if key in row.values}
            understood = {key: value for key, value in values.items() if value is not None}
            if (suggestion := row.values.get("suggestion") or origins.get(row.id)) in self.known.usable_suggestions:
                understood["suggestion"] = suggestion
            yield Row(row.place, row.id, self._in_order(row, understood, was))

    def _value(self, row: Row, name: str, was: Mapping[str, str]) -> str | None:
        """One field of a row; None, with a doubt, where it was not understood."""
        words, place = row.values[name], Place(row=row.place, field=name)
        if name in ("text", "responsible"):
            return self.text(name, words, was.get(name, ""), place)
        if name in ("start", "review"):
            return self._day(words, place)
        key = self.key(name, words)
        if key is None or (name == "checkpoint" and key and key not in self.known.usable_checkpoints | {was.get(name)}):
            self.doubt(place, words, UNKNOWN_WORDS if key is None else UNKNOWN_HERE)
            return None
        # A fixed answer that was taken away is no answer: the row keeps what it has.
        return key or None

    def _day(self, words: str, place: Place) -> str | None:
        """A day in German or English words as ISO text; None, with a doubt, for what is no day."""
        faults = []
        for language in ("de", "en"):
            try:
                day = parse_day(words[:100], self.today, language)
            except NotADayError as error:
                faults.append(error)
            else:
                return day.isoformat() if day else ""
        self.doubts.append(Doubt(place, words, Sentence(faults[0].sentence), _facts(faults[0].facts)))
        return None

    def _in_order(self, row: Row, values: dict[str, str], was: Mapping[str, str]) -> dict[str, str]:
        """Without a review that lies before the start, where the file itself says both."""
        start, review = values.get("start", ""), values.get("review", "")
        is_early = review_is_early(_as_day(start), _as_day(review))
        if not is_early or (start, review) == (was.get("start"), was.get("review")):
            return values
        self.doubt(Place(row=row.place, field="review"), row.values["review"], EARLY)
        return {key: value for key, value in values.items() if key != "review"}


def _as_day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


def _facts(facts: Mapping[str, object]) -> dict[str, int | str]:
    return {name: fact if isinstance(fact, int) else str(fact) for name, fact in facts.items()}
