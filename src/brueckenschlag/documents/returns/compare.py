"""Compares three states item by item: what the file was written from, what it says, and what is stored now."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ..exchange.model import Exchange
from .matching import Pair, Values, pairs
from .returned import NO_CHECKPOINT, NO_TEXT, ROW_FIELDS, TICKED, Doubt, Place, Returned

Kind = Literal["conflict", "new", "changed", "removed", "newer"]
KINDS: tuple[Kind, ...] = ("conflict", "new", "changed", "removed", "newer")
# What nobody else has touched; the rest waits for the person.
UNDISPUTED = frozenset(("new", "changed"))
NEEDED = {"text": NO_TEXT, "checkpoint": NO_CHECKPOINT}


@dataclass(frozen=True)
class Item:
    """One thing to decide: what the file says and what is stored, as text; `values` for a whole measure.

    `subject` is name, level, note, running, planned, field (of a measure) or measure (the whole row); `of` is the key
    of its checkpoint, its suggestion or its measure. A measure that is not there has no values.
    """

    kind: Kind
    subject: str
    of: str = ""
    field: str = ""
    row: int = 0
    file: str = ""
    stored: str = ""
    file_values: Values | None = None
    stored_values: Values | None = None

    @property
    def key(self) -> str:
        """A short name that is the same in every comparison."""
        return hashlib.sha256(f"{self.subject}\x1f{self.of}\x1f{self.field}".encode()).hexdigest()[:10]

    @property
    def is_undisputed(self) -> bool:
        """Whether it is taken unless the person says otherwise."""
        return self.kind in UNDISPUTED


@dataclass(frozen=True)
class Preview:
    """All that the file speaks of: what is to be decided, how much is the same, and what was not understood.

    `only_here` counts measures of the plan that neither the file nor its base knows; they stay.
    """

    items: tuple[Item, ...]
    same: int
    only_here: int
    doubts: tuple[Doubt, ...]

    def of_kind(self, kind: Kind) -> tuple[Item, ...]:
        """The items of one kind, in the order of the instrument and of the file."""
        return tuple(item for item in self.items if item.kind == kind)

    def undisputed(self) -> frozenset[str]:
        """The keys of what is taken unless the person says otherwise."""
        return frozenset(item.key for item in self.items if item.is_undisputed)


@dataclass
class _Count:
    """What needs no decision."""

    same: int = 0
    only_here: int = 0


def compare(returned: Returned, stored: Exchange) -> Preview:
    """The preview of a file. What it does not speak of is not in it."""
    count, doubts = _Count(), list(returned.doubts)
    items = [*_entries(returned, stored, count)]
    for pair in pairs(returned, stored):
        items += _measure(pair, returned, count, doubts)
    return Preview(tuple(items), count.same, count.only_here, tuple(doubts))


def fingerprint(stored: Exchange) -> str:
    """A short sign of what is stored, to tell whether it has changed since it was compared."""
    return hashlib.sha256(stored.model_dump_json(exclude={"made_on", "base"}).encode()).hexdigest()[:20]


def kind_of(file: str, base: str | None, stored: str) -> Kind | None:
    """What it is that one value differs, None where it is the same. `base` is None where it is not known."""
    if file == stored:
        return None
    if base is None:
        return "conflict" if stored else "new"
    if file == base:
        return "newer"
    if stored == base:
        return "changed" if stored else "new"
    return "conflict"


def _entries(returned: Returned, stored: Exchange, count: _Count) -> Iterator[Item]:
    """Name, ratings, notes and boxes."""
    base, here = _plain(returned.base) if returned.base else None, _plain(stored)
    told: dict[str, Mapping[str, str]] = {
        "name": {} if returned.name is None else {"": returned.name},
        "level": returned.levels,
        "note": returned.notes,
        "running": returned.running,
        "planned": returned.planned,
    }
    for subject, values in told.items():
        for of, value in values.items():
            before = None if base is None else base[subject].get(of, "")
            now = here[subject].get(of, "")
            kind = kind_of(value, before, now)
            if kind is None:
                count.same += 1
            else:
                yield Item(kind, subject, of, file=value, stored=now)


def _plain(exchange: Exchange) -> dict[str, dict[str, str]]:
    """All entries but the measures, as text by subject and key."""
    return {
        "name": {"": exchange.name},
        "level": {one.checkpoint: one.level for one in exchange.ratings},
        "note": {one.checkpoint: one.note for one in exchange.ratings},
        "running": dict.fromkeys(exchange.running, TICKED),
        "planned": dict.fromkeys((one.suggestion for one in exchange.measures if one.suggestion), TICKED),
    }


def _measure(pair: Pair, returned: Returned, count: _Count, doubts: list[Doubt]) -> Iterator[Item]:
    """What is to be decided about one measure."""
    if pair.row is None or _is_emptied(pair):
        yield from _missing(pair, returned, count)
    elif pair.stored is not None:
        yield from _fields(pair, pair.stored, count, doubts)
    else:
        yield from _absent(pair, count, doubts)


def _is_emptied(pair: Pair) -> bool:
    """Whether somebody has emptied the row of a measure that they knew.

    A row that says nothing of its text has lost it: a form of which a program has kept some pages still has the ids.
    """
    values = pair.row.values if pair.row else {}
    is_empty = not any(values.get(name) for name in ("text", "responsible", "start", "review"))
    return pair.base is not None and "text" in values and is_empty


def _missing(pair: Pair, returned: Returned, count: _Count) -> Iterator[Item]:
    """A measure that the file has no row for."""
    if pair.base is None:
        count.only_here += 1
    elif pair.row is None and not returned.is_whole:
        return  # the file has room for some rows only and says nothing about the others
    elif pair.stored is None:
        count.same += 1
    else:
        row = pair.row.place if pair.row else 0
        yield Item("removed", "measure", pair.id, row=row, stored_values=pair.stored)


def _fields(pair: Pair, stored: Values, count: _Count, doubts: list[Doubt]) -> Iterator[Item]:
    """A measure in file and plan, field by field."""
    row = pair.row
    for name in ROW_FIELDS:
        if row is None or name not in row.values:
            continue
        value = row.values[name]
        kind = kind_of(value, None if pair.base is None else pair.base.get(name, ""), stored[name])
        if kind is None:
            count.same += 1
        elif name in NEEDED and not value:
            doubts.append(Doubt(Place(row=row.place, field=name), "", NEEDED[name]))
        else:
            yield Item(kind, "field", pair.id, name, row.place, value, stored[name])


def _absent(pair: Pair, count: _Count, doubts: list[Doubt]) -> Iterator[Item]:
    """A measure in the file that is not in the plan: new, or deleted here meanwhile."""
    row = pair.row
    if row is None:
        return
    lacking = [name for name in NEEDED if not row.values.get(name)]
    if lacking:
        if pair.base is None or any(row.values[name] != pair.base.get(name) for name in row.values):
            doubts.append(Doubt(Place(row=row.place, field=lacking[0]), row.values.get("text", ""), NEEDED[lacking[0]]))
        return
    kind: Kind = "new"
    if pair.base is not None:
        is_as_before = all(row.values[name] == pair.base.get(name) for name in ROW_FIELDS if name in row.values)
        kind = "newer" if is_as_before else "conflict"
    elif pair.was_deleted:
        kind = "newer"
    yield Item(kind, "measure", pair.id, row=row.place, file_values=row.values)
