"""Reads YAML strictly: every value is a text, no key twice, no anchors, no tags, and each place has its line."""

from pathlib import Path

import yaml

from .faults import ContentError, Fault

Place = tuple[str | int, ...]
Value = str | list["Value"] | dict[str, "Value"]

LARGEST_FILE = 1_000_000
DEEPEST = 20


class Source:
    """A parsed file: its value and the line of every place in it."""

    def __init__(self, file: Path) -> None:
        """Reads `file`. Raises ContentError for anything that is not plain, strict YAML."""
        self.file = file
        self.lines: dict[Place, int] = {(): 1}
        self._faults: list[Fault] = []
        self._seen: set[int] = set()
        self.value = self._plain(self._compose(), ())
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

    def _compose(self) -> yaml.Node:
        try:
            if self.file.stat().st_size > LARGEST_FILE:
                raise ContentError([Fault(self.file, 1, "Die Datei ist zu groß (höchstens 1 MB).")])
            node = yaml.compose(self.file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        except UnicodeDecodeError:
            raise ContentError([Fault(self.file, 1, "Die Datei ist nicht als UTF-8 gespeichert.")]) from None
        except OSError as error:
            raise ContentError([Fault(self.file, 1, f"Die Datei lässt sich nicht lesen: {error.strerror}.")]) from None
        except RecursionError:
            raise ContentError([Fault(self.file, 1, "Die Angaben sind zu tief verschachtelt.")]) from None
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise ContentError([Fault(self.file, line, f"Das ist kein gültiges YAML: {error.problem}.")]) from None
        except yaml.YAMLError as error:
            raise ContentError([Fault(self.file, 1, f"Das ist kein gültiges YAML: {error}.")]) from None
        if node is None:
            raise ContentError([Fault(self.file, 1, "Die Datei ist leer.")])
        return node

    def _plain(self, node: yaml.Node, place: Place) -> Value:
        line = node.start_mark.line + 1
        self.lines[place] = line
        if id(node) in self._seen or len(place) > DEEPEST:
            self._faults.append(Fault(self.file, line, "Verweise (&, *) und tiefe Verschachtelung sind nicht erlaubt."))
            return ""
        self._seen.add(id(node))
        if not node.tag.startswith("tag:yaml.org,2002:"):
            self._faults.append(Fault(self.file, line, f"Die Markierung {node.tag} ist nicht erlaubt."))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(child, (*place, position)) for position, child in enumerate(node.value)]
        if node.value == "":
            self._faults.append(Fault(self.file, line, "Hier steht nichts. Bitte ausfüllen oder das Feld weglassen."))
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Value]:
        result: dict[str, Value] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._faults.append(Fault(self.file, line, "Ein Feldname muss ein einfaches Wort sein."))
                continue
            key = str(key_node.value)
            if key in result:
                self._faults.append(Fault(self.file, line, f"Das Feld „{key}“ steht hier zweimal."))
            result[key] = self._plain(value_node, (*place, key))
        return result
