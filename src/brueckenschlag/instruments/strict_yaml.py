"""Reads YAML strictly: every value is a text, no key twice, no anchors, no tags, and each place has its line."""

from collections.abc import Iterator
from pathlib import Path

import yaml
from yaml.reader import ReaderError

from .faults import ContentError, Fault

Place = tuple[str | int, ...]
Value = str | list["Value"] | dict[str, "Value"]

LARGEST_FILE = 1_000_000
DEEPEST = 20
REFERENCES = "Verweise (&, *) und tiefe Verschachtelung sind nicht erlaubt."


class Source:
    """A parsed file: its value and the line of every place in it."""

    def __init__(self, file: Path) -> None:
        """Reads `file`. Raises ContentError for anything that is not plain, strict YAML."""
        self.file = file
        self.lines: dict[Place, int] = {(): 1}
        self._faults: list[Fault] = []
        self.value = self._parsed(self._text())
        if self._faults:
            raise ContentError(self._faults)

    def line(self, place: Place) -> int:
        """Line of the place, or of the nearest place around it."""
        while place not in self.lines:
            place = place[:-1]
        return self.lines[place]

    def fault(self, place: Place, sentence: str) -> Fault:
        """A fault at that place of this file."""
        return Fault(self.file, self.line(place), sentence)

    def _text(self) -> str:
        try:
            if self.file.exists() and not self.file.is_file():  # a pipe would keep us waiting
                raise self._stop(1, "Das ist keine Datei.")
            if self.file.stat().st_size > LARGEST_FILE:
                raise self._stop(1, "Die Datei ist zu groß (höchstens 1 MB).")
            return self.file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise self._stop(1, "Die Datei ist nicht als UTF-8 gespeichert.") from None
        except OSError as error:
            raise self._stop(1, f"Die Datei lässt sich nicht lesen: {error.strerror}.") from None

    def _parsed(self, text: str) -> Value:
        """The value of the one document, read event by event: no reader of ours or of YAML's can be led too deep."""
        try:
            events = (event for event in yaml.parse(text, Loader=yaml.CSafeLoader) if _is_content(event))
            first = next(events, None)
            if first is None:
                raise self._stop(1, "Die Datei ist leer.")
            value = self._value(first, events, ())
            for more in events:
                raise self._stop(_line(more), "Nach dem ersten Dokument kommt noch eines.")
        except ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            raise self._stop(line, "Hier steht ein Steuerzeichen, das nicht erlaubt ist.") from None
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise self._stop(line, f"Das ist kein gültiges YAML: {error.problem}.") from None
        return value

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], place: Place) -> Value:
        line = _line(event)
        self.lines[place] = line
        if len(place) > DEEPEST:
            raise self._stop(line, REFERENCES)
        if getattr(event, "anchor", None):
            self._faults.append(Fault(self.file, line, REFERENCES))
        if tag := getattr(event, "tag", None):
            self._faults.append(Fault(self.file, line, f"Die Markierung {tag} ist nicht erlaubt."))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, place)
        text = str(getattr(event, "value", "*"))
        if text == "":
            self._faults.append(Fault(self.file, line, "Hier steht nichts. Bitte ausfüllen oder das Feld weglassen."))
        return text

    def _sequence(self, events: Iterator[yaml.Event], place: Place) -> list[Value]:
        result: list[Value] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            result.append(self._value(event, events, (*place, len(result))))
        return result

    def _mapping(self, events: Iterator[yaml.Event], place: Place) -> dict[str, Value]:
        result: dict[str, Value] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = _line(event)
            key = self._value(event, events, (*place, ""))
            if not isinstance(key, str):
                self._faults.append(Fault(self.file, line, "Ein Feldname muss ein einfaches Wort sein."))
                key = ""
            if key in result:
                self._faults.append(Fault(self.file, line, f"Das Feld „{key}“ steht hier zweimal."))
            result[key] = self._value(next(events), events, (*place, key))
        return result

    def _stop(self, line: int, sentence: str) -> ContentError:
        return ContentError([Fault(self.file, line, sentence)])


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _is_content(event: yaml.Event) -> bool:
    around = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)
    return not isinstance(event, around)
