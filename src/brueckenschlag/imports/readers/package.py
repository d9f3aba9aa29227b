"""Opens the zip that a .docx is, after a look at its list of contents: sizes, ratios, macros, passwords."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile, ZipInfo

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from .. import files, rules
from ..lines import RefusedError

DAMAGED = "Die Datei ist beschädigt. Bitte in Word öffnen und neu als .docx speichern."
NOT_WORD = "Das ist kein Word-Dokument. Bitte in Word öffnen und als .docx speichern."
BOMB = "Die Datei ist ausgepackt viel zu groß und wird nicht geöffnet."
ENTITIES = "Die Datei enthält eine Dokumenttyp-Angabe (DTD). Word schreibt so etwas nicht; sie wird nicht gelesen."
_MACROS = re.compile(r"vbaProject|vbaData|macrosheets|macroEnabled|activeX", re.I)


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
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, NotImplementedError, ValueError):
            raise RefusedError(file, DAMAGED) from None
        self._members = {member.filename: member for member in self._zip.infolist()}
        self._must_be_harmless(self._zip.infolist())
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
            if _MACROS.search(type_):
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
        member = self._members[name]
        if member.file_size > rules.LARGEST_PART:
            raise RefusedError(self.file, BOMB, name)
        try:
            return self._zip.read(member)
        except (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error):
            raise RefusedError(self.file, DAMAGED, name) from None

    def _must_be_harmless(self, members: list[ZipInfo]) -> None:
        if len(members) > rules.MOST_MEMBERS or sum(one.file_size for one in members) > rules.LARGEST_UNPACKED:
            raise RefusedError(self.file, BOMB)
        if len(self._members) != len(members):
            raise RefusedError(self.file, DAMAGED)
        for member in members:
            if member.file_size > max(1_000_000, rules.HIGHEST_RATIO * member.compress_size):
                raise RefusedError(self.file, BOMB, member.filename)
            if member.flag_bits & 1:
                raise RefusedError(self.file, files.OLD_WORD, member.filename)
            if _MACROS.search(member.filename):
                raise RefusedError(self.file, files.MACROS, member.filename)
