"""What comes back, in neutral form: first as it stands in the file (`Filled`), then as it was understood (`Returned`).

All values are text: a day is `2027-02-28`, a box that is ticked is `1`, and what is empty is "". What a file does not
speak of is not there at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NewType

from ..exchange.model import Exchange, ExchangedMeasure

Kind = Literal["form", "workbook", "exchange"]
ROW_FIELDS = ("checkpoint", "text", "priority", "responsible", "start", "review", "status")
TICKED = "1"
# German; whoever shows it translates it and fills its gaps. `make messages` finds it by this name.
Sentence = NewType("Sentence", str)

FORMULA = Sentence(
    "Hier steht eine Formel. Formeln werden nicht ausgerechnet: Bitte das Ergebnis als Text oder Datum eintragen."
)
UNKNOWN_HERE = Sentence("Das gibt es in dieser Fassung der Praxishilfe nicht.")
UNKNOWN_WORDS = Sentence("Das haben wir nicht verstanden.")
NO_TEXT = Sentence("Diese Maßnahme hat keinen Text. Bitte beschreiben, was zu tun ist.")
NO_CHECKPOINT = Sentence("Zu dieser Maßnahme fehlt ein Checkpunkt, den es in dieser Praxishilfe gibt.")
TOO_LONG = Sentence("Das ist zu lang: %(length)d Zeichen, erlaubt sind %(limit)d.")
WRONG_TYPE = Sentence(
    "Diese Art von Datei können wir nicht lesen. Möglich sind das ausgefüllte PDF-Formular, die Excel-Tabelle (.xlsx) "
    "und die Datendatei (.json)."
)
BOMB = Sentence("Diese Datei ist ausgepackt viel zu groß und wird nicht geöffnet.")
TOO_MANY_ROWS = Sentence("Weiter unten stehen noch mehr Zeilen. Gelesen werden höchstens %(limit)d.")


class RefusedError(Exception):
    """The file is not taken at all. Carries a sentence for the person, and facts for its gaps."""

    def __init__(self, sentence: Sentence, **facts: object) -> None:
        self.sentence, self.facts = sentence, facts
        super().__init__(sentence % facts)

    def __reduce__(self) -> tuple[Any, ...]:
        """Its parts, for the way from one process to another."""
        return _refused, (self.sentence, self.facts)


def _refused(sentence: Sentence, facts: Mapping[str, Any]) -> RefusedError:
    return RefusedError(sentence, **facts)


@dataclass(frozen=True)
class Place:
    """Where something stands: in a row of the plan, at a checkpoint, at a suggestion, or (all empty) in the whole file.

    `row` is counted as people see it in the file. `field` is one of ROW_FIELDS, or level, note, running, planned, name.
    """

    row: int = 0
    checkpoint: str = ""
    suggestion: str = ""
    field: str = ""


@dataclass(frozen=True)
class Doubt:
    """Something that was not understood: where, what stood there, and a sentence that says why."""

    place: Place
    words: str
    sentence: Sentence
    facts: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A row of the plan: its measure's id ("" where there is none), and its values by ROW_FIELDS, and `suggestion`."""

    place: int
    id: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Filled:
    """What stands in a file, before anybody has asked what it means.

    `base` is the packed state that the file carries, "" where it is lost. `levels` and `notes` are by the checkpoint's
    words or key, the boxes by the suggestion's words or full key. `is_whole` says that a row that is missing was taken
    out. `deleted` are rows that could still be brought back. `words` are those that the file itself explains, as
    `kind/key` by `vocabulary.plain`.
    """

    kind: Kind
    base: str = ""
    name: str | None = None
    levels: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    running: Mapping[str, str] = field(default_factory=dict)
    planned: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    deleted: tuple[Row, ...] = ()
    is_whole: bool = False
    doubts: tuple[Doubt, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Returned:
    """What a file says, by keys of the edition in use. `base` is what it held when it was written, None where lost."""

    kind: Kind
    base: Exchange | None
    name: str | None = None
    levels: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    running: Mapping[str, str] = field(default_factory=dict)
    planned: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    deleted: tuple[Row, ...] = ()
    is_whole: bool = False
    doubts: tuple[Doubt, ...] = ()

    @property
    def instrument(self) -> str:
        """The slug of the instrument, "" where it is not known."""
        return self.base.instrument if self.base else ""

    @property
    def edition_hash(self) -> str:
        """The edition that the file was written in, "" where it is not known."""
        return self.base.edition_hash if self.base else ""

    @property
    def assessment(self) -> str:
        """The id of the assessment that the file was written for, "" for an empty form or where it is not known."""
        return str(self.base.assessment) if self.base and self.base.assessment else ""


def as_row_values(measure: ExchangedMeasure) -> dict[str, str]:
    """The fields of a measure as text, as a file would have them."""
    found = {name: getattr(measure, name) for name in ROW_FIELDS}
    return {name: str(value) if value else "" for name, value in found.items()}


def only_what_is_there(returned: Returned) -> Returned:
    """Without what is empty: whoever left a field of an empty form blank does not wish to clear anything."""
    return replace(
        returned,
        name=returned.name or None,
        levels=_there(returned.levels),
        notes=_there(returned.notes),
        running=_there(returned.running),
        planned=_there(returned.planned),
        rows=tuple(replace(row, values=_there(row.values)) for row in returned.rows),
        deleted=tuple(replace(row, values=_there(row.values)) for row in returned.deleted),
        is_whole=False,
    )


def as_additions(returned: Returned) -> Returned:
    """A file of another assessment: nothing in it is compared with what that one held."""
    return replace(only_what_is_there(returned), base=None)


def _there(values: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}
