"""Opens the zip that a .docx is, after a look at its list of contents: sizes, ratios, macros, passwords."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from .. import archive, files, rules
from ..lines import RefusedError

DAMAGED = "Die Datei ist beschädigt. Bitte in Word öffnen und neu als .docx speichern."
NOT_WORD = "Das ist kein Word-Dokument. Bitte in Word öffnen und als .docx speichern."
BOMB = "Die Datei ist ausgepackt viel zu groß und wird nicht geöffnet."
ENTITIES = "Die Datei enthält eine Dokumenttyp-Angabe (DTD). Word schreibt so etwas nicht; sie wird nicht gelesen."
LIMITS = archive.Limits(rules.MOST_MEMBERS, rules.LARGEST_UNPACKED, rules.LARGEST_PART, rules.HIGHEST_RATIO)
UNFIT = {"damaged": DAMAGED, "bomb": BOMB, "locked": files.OLD_WORD, "macros": files.MACROS}


class Event(NamedTuple):
    """Where one element of an XML file starts or ends; the text is complete at its end."""

    start: bool
    tag: str
    element: Element

    def value(self, name: str = "val") -> str:
        """The attribute of that name, in whichever namespace; empty when there is none."""
        found = (value for key, value in self.element.attrib.items() if key.rpartition("}")[2] == name)
        return next(found, "")

    def number(self, name: str = "val") -> int | None:
        """The attribute as a number, or None."""
        value = self.value(name)
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


class Package:
    """The parts of a .docx."""

    def __init__(self, file: Path, data: bytes) -> None:
        """Looks at the list of contents. Raises RefusedError for what must not be opened."""
        self.file = file
        try:
            self._zip = archive.opened(data, LIMITS)
        except archive.UnfitError as unfit:
            raise RefusedError(file, UNFIT[unfit.reason], unfit.name) from None
        self._members = frozenset(self._zip.namelist())
        self.main = self.related("", "officeDocument")
        if not self.main:
            raise RefusedError(file, NOT_WORD)

    def related(self, part: str, kind: str) -> str:
        """Name of the part that this part calls its styles, footnotes …; empty when there is none."""
        folder, _, name = part.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels".lstrip("/")
        found = ""
        for event in self.events(relations) if relations in self._members else ():
            type_ = event.value("Type").rpartition("/")[2]
            if archive.names_macros(type_):
                raise RefusedError(self.file, files.MACROS, relations)
            if event.start and type_ == kind and event.value("TargetMode") != "External":
                target = event.value("Target")
                found = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
        return found if found in self._members else ""

    def events(self, name: str) -> Iterator[Event]:
        """The part's elements in order; nothing when the name is empty. No entity is ever resolved."""
        if not name:
            return
        try:
            for kind, element in iterparse(BytesIO(self._read(name)), events=("start", "end"), forbid_dtd=True):
                yield Event(kind == "start", str(element.tag).rpartition("}")[2], element)
                if kind == "end":
                    element.clear()
        except DefusedXmlException:
            raise RefusedError(self.file, ENTITIES, name) from None
        except (ParseError, LookupError, ValueError):
            raise RefusedError(self.file, DAMAGED, name) from None

    def _read(self, name: str) -> bytes:
        try:
            return archive.part(self._zip, name, LIMITS)
        except archive.UnfitError as unfit:
            raise RefusedError(self.file, UNFIT[unfit.reason], name) from None
