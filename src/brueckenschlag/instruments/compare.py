"""What is different between two editions of an instrument, by key."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

from .markup import plain, unmarked
from .model import Instrument

# Two texts under one key that are less alike than this are taken for two meanings until somebody says otherwise. Of all
# pairs of different texts in `zo`, 97 in 100 lie below it; rewordings lie above (tests/instruments/test_compare.py).
LEAST_LIKENESS = 0.35


@dataclass(frozen=True)
class Change:
    """One text of one key: before and after. An empty `before` means added, an empty `after` removed."""

    key: str
    before: str
    after: str


@dataclass(frozen=True)
class Changes:
    """Checkpoints, suggestions and levels that are new, gone or reworded, each in the order of the instrument."""

    checkpoints: tuple[Change, ...]
    suggestions: tuple[Change, ...]
    levels: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.checkpoints or self.suggestions or self.levels)


def changes(old: Instrument, new: Instrument) -> Changes:
    """What a person who filled in the old edition finds different in the new one."""
    return Changes(
        tuple(_differences(_checkpoints(old), _checkpoints(new))),
        tuple(_differences(_suggestions(old), _suggestions(new))),
        tuple(_differences(_levels(old), _levels(new))),
    )


def other_meanings(earlier: Iterable[Instrument], new: Instrument) -> list[Change]:
    """Keys that an earlier edition used for something else, as far as their texts tell.

    `earlier` are all earlier editions, oldest first: a key that was gone for a while is not free either.
    """
    known: dict[str, str] = {}
    for instrument in earlier:
        known |= _meanings(instrument)
    return [
        Change(key, known[key], text)
        for key, text in _meanings(new).items()
        if key in known and likeness(known[key], text) < LEAST_LIKENESS
    ]


def likeness(one: str, other: str) -> float:
    """Share of the words that two texts have in common and in the same order, from 0 to 1."""
    words, others = one.casefold().split(), other.casefold().split()
    letters = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
    return (SequenceMatcher(None, words, others, autojunk=False).ratio() + letters) / 2


def _differences(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for key in dict.fromkeys(chain(new, old)):
        before, after = old.get(key, ""), new.get(key, "")
        if before != after:
            yield Change(key, before, after)


def _meanings(instrument: Instrument) -> dict[str, str]:
    return {**_checkpoints(instrument), **_suggestions(instrument)}


def _checkpoints(instrument: Instrument) -> dict[str, str]:
    terms = instrument.term_by_key
    return {point.key: f"{point.title}: {plain(point.statement, terms)}" for point in instrument.checkpoints}


def _suggestions(instrument: Instrument) -> dict[str, str]:
    return {key: unmarked(entry.text) for key, entry in instrument.suggestion_by_key.items()}


def _levels(instrument: Instrument) -> dict[str, str]:
    return {level.key: level.label for level in instrument.levels}
