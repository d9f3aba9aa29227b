"""What is different between two editions of an instrument."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from .markup import paragraphs, plain, unmarked
from .model import Instrument
from .overlay import ForeignText, Place, in_language_of
from .wording import Wording, wordings

# Two texts under one key that are less alike than this are taken for two meanings until somebody says otherwise. Of all
# pairs of different texts in `zo`, 97 in 100 lie below it; rewordings lie above (tests/instruments/test_compare.py).
LEAST_LIKENESS = 0.35
# What is told together with the name of a new entry, or of one that is gone.
_SECOND = {"checkpoint": "statement", "level": "meaning", "term": "text"}


@dataclass(frozen=True)
class Change:
    """A text that is new, gone or reworded; `kind`, `key` and `of` are those of its wording.

    Of texts with several paragraphs it holds those that differ.
    """

    what: Literal["new", "gone", "reworded"]
    kind: str
    key: str
    before: str
    after: str
    of: str = ""


Wordings = Mapping[Place, Wording]


def changes(old: Instrument, new: Instrument, originals: tuple[Instrument, Instrument] | None = None) -> list[Change]:
    """What a person who filled in the old edition finds different in the new one, in the order of the instrument.

    For translations the `originals` say whether a text that only one of them has translated has changed at all.
    """
    before, after = wordings(old), wordings(new)
    was, now = (wordings(one) for one in originals) if originals else (before, after)
    found: list[Change] = []
    for place in dict.fromkeys([*after, *before]):
        one, other = before.get(place), after.get(place)
        if one and other:
            if _differ(one.words, other.words, was.get(place), now.get(place)):
                found.append(_reworded(one, other))
        elif other and _stands_alone(place, other, before):
            found.append(Change("new", other.kind, other.key, "", _with_second(place, other, after), other.of))
        elif one and _stands_alone(place, one, after):
            found.append(Change("gone", one.kind, one.key, _with_second(place, one, before), "", one.of))
    return found


def outdated(old: Mapping[str, Instrument], new: Mapping[str, Instrument]) -> Iterator[tuple[str, Place]]:
    """Languages and places of translations that perhaps no longer fit: reworded in the original, but not there.

    Both are an edition in each of its languages, the original first.
    """
    (original, first), (_, last) = next(iter(old.items())), next(iter(new.items()))
    was, now = wordings(first), wordings(last)
    reworded = [place for place in was if _words(now, place) not in ("", was[place].words)]
    for language in sorted(new.keys() & old.keys() - {original}):
        before, after = wordings(old[language]), wordings(new[language])
        for place in reworded:
            words = _words(after, place)
            if words and words == _words(before, place) and not isinstance(words, ForeignText):
                yield language, place


def _words(texts: Wordings, place: Place) -> str:
    return texts[place].words if place in texts else ""


def _differ(one: str, other: str, was: Wording | None, now: Wording | None) -> bool:
    if isinstance(one, ForeignText) != isinstance(other, ForeignText) and was and now:
        return was.words != now.words
    return one != other


def _stands_alone(place: Place, text: Wording, others: Wordings) -> bool:
    """Whether a text that the others lack is told of: not where it goes without saying with its entry."""
    if text.kind == "group":
        return ("checkpoints", place[1], "title") in others
    return text.head == place or text.head in others


def _with_second(place: Place, text: Wording, texts: Wordings) -> str:
    second = _words(texts, (*place[:-1], _SECOND.get(text.kind, "")))
    return in_language_of(second, f"{text.words}: {second}") if second else text.words


def _reworded(one: Wording, other: Wording) -> Change:
    old, new = paragraphs(one.words), paragraphs(other.words)
    before, after = ([part for part in mine if part not in theirs] for mine, theirs in ((old, new), (new, old)))
    is_long = max(len(old), len(new)) > 1 and (before or after)
    return Change(
        "reworded",
        other.kind,
        other.key,
        in_language_of(one.words, "\n\n".join(before)) if is_long else one.words,
        in_language_of(other.words, "\n\n".join(after)) if is_long else other.words,
        other.of,
    )


def other_meanings(earlier: Iterable[Instrument], new: Instrument) -> list[Change]:
    """Keys that an earlier edition used for something else, as far as their texts tell.

    `earlier` are all earlier editions, oldest first: a key that was gone for a while is not free either.
    """
    known: dict[str, str] = {}
    for instrument in earlier:
        known |= _meanings(instrument)
    return [
        Change("reworded", "suggestion" if "." in key else "checkpoint", key, known[key], text)
        for key, text in _meanings(new).items()
        if key in known and likeness(known[key], text) < LEAST_LIKENESS
    ]


def likeness(one: str, other: str) -> float:
    """Share of the words that two texts have in common and in the same order, from 0 to 1."""
    words, others = one.casefold().split(), other.casefold().split()
    letters = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
    return (SequenceMatcher(None, words, others, autojunk=False).ratio() + letters) / 2


def _meanings(instrument: Instrument) -> dict[str, str]:
    """What each key of a checkpoint and of a suggestion stands for."""
    terms = instrument.term_by_key
    points = {point.key: f"{point.title}: {plain(point.statement, terms)}" for point in instrument.checkpoints}
    return points | {key: unmarked(entry.text) for key, entry in instrument.suggestion_by_key.items()}
