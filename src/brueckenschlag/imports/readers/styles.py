"""What a .docx says about its paragraphs elsewhere: styles, lists and the numbers in front of them."""

import re
from collections import Counter
from dataclasses import dataclass

from .package import Event, Package

_HEADING = re.compile(r"^(?:heading|überschrift) (\d)$", re.I)
_LIST = re.compile(r"^(?:list (?:bullet|number)|aufzählungszeichen|listennummer)(?: (\d))?$", re.I)
_TITLES = {"title", "titel", "subtitle", "untertitel"}
_LONGEST_CHAIN = 10
_NO_LIST = "0"


@dataclass
class Style:
    """What a style, or a paragraph by itself, says as far as it matters here; None for what it does not say."""

    name: str = ""
    parent: str = ""
    list_id: str | None = None
    list_level: int | None = None
    outline: int | None = None

    def take(self, event: Event) -> None:
        """Notes what one element says."""
        if event.tag == "name":
            self.name = event.value()
        elif event.tag in ("basedOn", "pStyle"):
            self.parent = event.value()
        elif event.tag == "numId":
            self.list_id = event.value()
        elif event.tag == "ilvl":
            self.list_level = event.number()
        elif event.tag == "outlineLvl":
            self.outline = event.number()


class Styles:
    """All styles of a document."""

    def __init__(self, package: Package) -> None:
        self._by_id: dict[str, Style] = {}
        style = Style()
        for event in package.events(package.related(package.main, "styles")):
            if event.start and event.tag == "style":
                style = self._by_id.setdefault(event.value("styleId"), Style())
            elif not event.start:
                style.take(event)

    def _chain(self, style: Style) -> list[Style]:
        """The style and those that it is based on, nearest first."""
        found = [style]
        while found[-1].parent in self._by_id and len(found) < _LONGEST_CHAIN:
            found.append(self._by_id[found[-1].parent])
        return found

    def heading(self, own: Style) -> int:
        """1 for a title, 2 and more for headings, 0 for all else."""
        for style in self._chain(own):
            if style.name.lower() in _TITLES:
                return 1
            if match := _HEADING.match(style.name):
                return int(match[1]) + 1
            if style.outline is not None and style.outline < 9:
                return style.outline + 2
        return 0

    def list_of(self, own: Style) -> tuple[str, int] | None:
        """The list of a paragraph and its level there, counted from 1; None outside of lists."""
        chain = self._chain(own)
        level = next((style.list_level for style in chain if style.list_level is not None), 0)
        for style in chain:
            named = _LIST.match(style.name)
            if style.list_id == _NO_LIST:
                return None
            if style.list_id or named:
                return style.list_id or "", max(level + 1, int(named[1] or 1) if named else 1)
        return None


class Counters:
    """The numbers that Word shows in front of the paragraphs of numbered lists."""

    def __init__(self, package: Package) -> None:
        self._decimal: set[tuple[str, int]] = set()
        self._abstract: dict[str, str] = {}
        self._counted: Counter[tuple[str, int]] = Counter()
        abstract, list_id, level = "", "", 0
        for event in package.events(package.related(package.main, "numbering")):
            if event.start and event.tag == "abstractNum":
                abstract = event.value("abstractNumId")
            elif event.start and event.tag == "lvl":
                level = event.number("ilvl") or 0
            elif event.start and event.tag == "num":
                list_id = event.value("numId")
            elif event.tag == "numFmt" and event.value() == "decimal":
                self._decimal.add((abstract, level))
            elif event.tag == "abstractNumId":
                self._abstract[list_id] = event.value()

    def next(self, list_id: str, level: int) -> int:
        """The number of the next paragraph at that level, counted from 1; 0 when the list shows none."""
        place = (self._abstract.get(list_id, ""), level - 1)
        if place not in self._decimal:
            return 0
        for deeper in [one for one in self._counted if one[0] == place[0] and one[1] > place[1]]:
            del self._counted[deeper]
        self._counted[place] += 1
        return self._counted[place]
