"""Says in words what a file that came back holds: where each thing stands, both values, and what was not understood."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from ..documents.exchange.model import ExchangedMeasure
from ..documents.returns.compare import KINDS, Item, Preview
from ..documents.returns.matching import Values
from ..documents.returns.returned import Doubt, Place, Returned
from ..instruments import markup
from ..instruments.model import Instrument
from ..plans.words import PRIORITIES, STATUSES
from .checkpoints import checkpoint_words


@dataclass(frozen=True)
class Shown:
    """One item as the page shows it: what it belongs to, what it is, and both values in words."""

    key: str
    about: str
    label: str
    file: str
    stored: str
    takes: bool
    error: str = ""


class Words:
    """The words for places and values of one assessment."""

    def __init__(
        self, instrument: Instrument, earlier: Iterable[Instrument] = (), measures: Iterable[ExchangedMeasure] = ()
    ) -> None:
        """`measures` are those of the plan, in order; what only an `earlier` edition knows gets its words."""
        self.instrument, self.known = instrument, (instrument, *earlier)
        self.measures = {str(one.id): (number, one.text) for number, one in enumerate(measures, start=1)}
        columns = instrument.column_by_key
        self.fields = {key: str(column.label) for key, column in columns.items()}
        self.fields |= {
            "text": str(columns["measure"].label) if "measure" in columns else gettext("Maßnahme"),
            "status": gettext("Stand"),
            "name": gettext("Name"),
            "level": gettext("Bewertung"),
            "note": gettext("Notiz"),
            "running": gettext("Läuft schon"),
            "planned": gettext("In den Plan"),
        }

    def item(self, item: Item, taken: Collection[str], faults: Mapping[str, str]) -> Shown:
        """The item; `taken` are the keys of what comes from the file, `faults` sentences by key."""
        file, stored = (
            self.value(item.subject, item.field, item.file),
            self.value(item.subject, item.field, item.stored),
        )
        if item.subject == "measure":
            file = self.measure(item.file_values) if item.file_values else gettext("Steht nicht mehr in der Datei")
            stored = self.measure(item.stored_values) if item.stored_values else self._absent(item)
        error = gettext(faults[item.key]) if item.key in faults else ""
        return Shown(item.key, self.about(item), self.label(item), file, stored, item.key in taken, error)

    def _absent(self, item: Item) -> str:
        return gettext("Steht nicht im Plan") if item.kind == "new" else gettext("Hier gelöscht")

    def label(self, item: Item) -> str:
        """What it is: a field, a box, or a whole measure."""
        if item.subject == "measure":
            return gettext("Neue Maßnahme") if item.kind == "new" else gettext("Ganze Maßnahme")
        if item.subject in ("running", "planned"):
            return f"{self.suggestion(item.of)} – {self.fields[item.subject]}"
        return self.fields.get(item.field or item.subject, item.field)

    def about(self, item: Item) -> str:
        """What it belongs to: a checkpoint, or a measure with its row in the file; "" for the name."""
        if item.subject in ("level", "note"):
            return self.checkpoint(item.of)
        if item.subject in ("running", "planned"):
            return self.checkpoint(item.of.partition(".")[0])
        if item.subject == "name":
            return ""
        row = gettext("Zeile %(number)d der Datei") % {"number": item.row} if item.row else ""
        if item.of not in self.measures:
            return row
        number, text = self.measures[item.of]
        measure = gettext("Maßnahme %(number)d: %(text)s") % {"number": number, "text": text}
        return f"{measure} ({row})" if row else measure

    def value(self, subject: str, field: str, value: str) -> str:
        """A value in the words of the page; "" for none."""
        if subject in ("running", "planned"):
            return gettext("ja") if value else gettext("nein")
        if subject == "level":
            level = next((one.level_by_key[value] for one in self.known if value in one.level_by_key), None)
            return str(level.label) if level else value or gettext("Noch nicht bewertet")
        if field == "checkpoint":
            return self.checkpoint(value)
        if field in ("start", "review"):
            return date_format(date.fromisoformat(value), "DATE_FORMAT") if value else ""
        if field in ("priority", "status"):
            return str({**PRIORITIES, **STATUSES}.get(value, value))
        return value

    def measure(self, values: Values) -> str:
        """A whole measure in a few lines."""
        lines = [values.get("text", "")]
        for name in ("checkpoint", "priority", "responsible", "start", "review", "status"):
            if values.get(name) and (name in self.fields):
                words = self.value("field", name, values[name])
                lines.append(words if name == "checkpoint" else f"{self.fields[name]}: {words}")
        return "\n".join(lines)

    def checkpoint(self, key: str) -> str:
        """Number and title; the words of the file where no edition knows it."""
        point = self.instrument.checkpoint_by_key.get(key)
        if point is not None:
            return checkpoint_words(self.instrument, point)
        before = (one.checkpoint_by_key[key].title for one in self.known if key in one.checkpoint_by_key)
        return str(next(before, key))

    def suggestion(self, key: str) -> str:
        """The text of a suggestion."""
        texts = (one.suggestion_by_key[key].text for one in self.known if key in one.suggestion_by_key)
        return markup.unmarked(next(texts, key))

    def doubt(self, doubt: Doubt) -> dict[str, str]:
        """Where, what stood there, and why it was not understood."""
        return {
            "place": self.place(doubt.place),
            "words": doubt.words,
            "sentence": gettext(doubt.sentence) % doubt.facts,
        }

    def place(self, place: Place) -> str:
        """A place in the file as a person would say it."""
        where = []
        if place.row:
            where.append(gettext("Zeile %(number)d der Datei") % {"number": place.row})
        if place.checkpoint:
            where.append(self.checkpoint(place.checkpoint))
        if place.suggestion:
            where.append(self.suggestion(place.suggestion))
        if place.field:
            where.append(self.fields.get(place.field, place.field))
        return " – ".join(where)


def groups(
    preview: Preview, words: Words, taken: Collection[str], faults: Mapping[str, str]
) -> list[dict[str, object]]:
    """The items by kind, in the order in which they want attention."""
    headings = {
        "conflict": gettext("Bitte entscheiden"),
        "new": gettext("Neu"),
        "changed": gettext("Geändert"),
        "removed": gettext("Aus der Datei gelöscht"),
        "newer": gettext("Hier inzwischen geändert"),
    }
    hints = {
        "conflict": gettext("In der Datei steht etwas anderes als hier."),
        "new": gettext("Hier war bisher nichts eingetragen."),
        "changed": gettext("Nur in der Datei geändert."),
        "removed": gettext(
            "Diese Maßnahmen stehen nicht mehr in der Datei. Im Plan bleiben sie, wenn Sie nichts ändern."
        ),
        "newer": gettext("Das hat hier jemand geändert, nachdem die Datei heruntergeladen wurde."),
    }
    shown = {kind: [words.item(one, taken, faults) for one in preview.of_kind(kind)] for kind in KINDS}
    return [
        {"kind": kind, "heading": headings[kind], "hint": hints[kind], "items": shown[kind]}
        for kind in KINDS
        if shown[kind]
    ]


def counts(preview: Preview) -> dict[str, int]:
    """How much there is of what, for a page that only counts."""
    found = Counter(item.subject for item in preview.items)
    return {
        "ratings": found["level"],
        "notes": found["note"],
        "running": found["running"],
        "measures": found["measure"] + found["planned"],
    }


def name_of(returned: Returned) -> str:
    """For whom the file was filled in, "" where it does not say."""
    return returned.name or (returned.base.name if returned.base else "")
