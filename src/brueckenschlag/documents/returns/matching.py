"""Which row of a file is which measure: by its id, else by what it says; the same row is always the same measure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from ..exchange.model import Exchange
from .returned import ROW_FIELDS, Returned, Row, as_row_values

Values = Mapping[str, str]


@dataclass(frozen=True)
class Pair:
    """One measure in up to three states: as the file says, as it was when the file was written, and as stored now.

    `was_deleted` says that it is not in the plan but could be brought back.
    """

    id: str
    row: Row | None = None
    base: Values | None = None
    stored: Values | None = None
    was_deleted: bool = False


@dataclass
class _Sorting:
    """What has been matched so far."""

    base: Mapping[str, Values]
    stored: Mapping[str, Values]
    deleted: frozenset[str]
    found: dict[int, str] = field(default_factory=dict)
    again: set[int] = field(default_factory=set)

    def take(self, row: Row, id: str) -> None:
        """This row is that measure."""
        self.found[row.place] = id

    def is_free(self, id: str) -> bool:
        """Whether no row has been found to be that measure."""
        return id not in self.found.values()

    def rest(self, rows: Iterable[Row]) -> list[Row]:
        """Rows that are no measure yet."""
        return [row for row in rows if row.place not in self.found]


def pairs(returned: Returned, stored: Exchange) -> list[Pair]:
    """Every measure that the file, its base or the plan knows: rows of the file first, in their order."""
    base = {str(one.id): as_row_values(one) for one in returned.base.measures} if returned.base else {}
    here = {str(one.id): as_row_values(one) for one in stored.measures}
    sorting = _Sorting(base, here, frozenset(str(one.id) for one in stored.deleted))
    owner = stored.assessment or UUID(int=0)
    _by_id(returned.rows, sorting)
    _by_words(returned.rows, sorting, base)
    _sent_before(returned.rows, sorting, owner)
    _by_words(returned.rows, sorting, {key: one for key, one in here.items() if key not in base})
    _new(returned.rows, sorting, owner)
    found = [_pair(row, sorting) for row in returned.rows]
    rest = [key for key in dict.fromkeys([*base, *here]) if sorting.is_free(key)]
    return found + [Pair(key, None, base.get(key), here.get(key), key in sorting.deleted) for key in rest]


def _pair(row: Row, sorting: _Sorting) -> Pair:
    id = sorting.found[row.place]
    # A row that came in before was written by this very file: what it says is what it was.
    base = row.values if row.place in sorting.again else sorting.base.get(id)
    return Pair(id, row, base, sorting.stored.get(id), id in sorting.deleted)


def _by_id(rows: Iterable[Row], sorting: _Sorting) -> None:
    """By the id in the row. Of copies of a row the one that says what it said before keeps it, else the first."""
    known = sorting.base.keys() | sorting.stored.keys() | sorting.deleted
    ordered = sorted(rows, key=lambda row: not _says(row, sorting.base.get(row.id, {}), ROW_FIELDS))
    for row in ordered:
        if row.id in known and sorting.is_free(row.id):
            sorting.take(row, row.id)


def _by_words(rows: Iterable[Row], sorting: _Sorting, known: Mapping[str, Values]) -> None:
    """By all that the row says, then by text and checkpoint alone."""
    for names in (ROW_FIELDS, ("text", "checkpoint")):
        for row in sorting.rest(rows):
            alike = (key for key, values in known.items() if sorting.is_free(key) and _says(row, values, names))
            if row.values.get("text") and (id := next(alike, None)):
                sorting.take(row, id)


def _says(row: Row, values: Values, names: tuple[str, ...]) -> bool:
    spoken = [name for name in names if name in row.values]
    return bool(spoken) and all(row.values[name] == values.get(name) for name in spoken)


def _sent_before(rows: Iterable[Row], sorting: _Sorting, owner: UUID) -> None:
    """By the id that the row was given when the same file came in before."""
    for row, id in given_ids(rows, owner):
        if row.place not in sorting.found and id in sorting.stored.keys() | sorting.deleted and sorting.is_free(id):
            sorting.take(row, id)
            sorting.again.add(row.place)


def _new(rows: Iterable[Row], sorting: _Sorting, owner: UUID) -> None:
    for row, id in given_ids(rows, owner):
        if row.place not in sorting.found:
            sorting.take(row, id)


def given_ids(rows: Iterable[Row], owner: UUID) -> list[tuple[Row, str]]:
    """The id that each row would get as a new measure: always the same for the same words, for twins one each."""
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        words = row.id or "\x1f".join(f"{name}={row.values.get(name, '')}" for name in ROW_FIELDS)
        found.append((row, str(uuid5(owner, f"{words}\x1f{seen[words]}"))))
        seen[words] += 1
    return found
