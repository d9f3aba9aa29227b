"""The words that a file may use, in any of our languages, and the keys that they stand for."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_NUMBERED = re.compile(r"(?:(?:checkpunkt|checkpoint)\s*)?(\d{1,3})\s*[.:)–-]?\s*(.*)")
_AROUND = re.compile(r"^[^\w]+|[^\w]+$")


@dataclass(frozen=True)
class Vocabulary:
    """Keys by plain words (see `plain`).

    `checkpoints` and `levels` know the words of the file's edition and of today's; `numbers` are the checkpoints of the
    file's edition in order. What only the edition in use has are the three sets.
    """

    checkpoints: Mapping[str, str]
    levels: Mapping[str, str]
    priorities: Mapping[str, str]
    statuses: Mapping[str, str]
    suggestions: Mapping[str, str]
    numbers: tuple[str, ...]
    usable_checkpoints: frozenset[str]
    usable_levels: frozenset[str]
    usable_suggestions: frozenset[str]

    def checkpoint(self, words: str) -> str | None:
        """The key of a checkpoint from its key, title, short title or number, "" for none, None if unknown."""
        found = self.checkpoints.get(plain(words))
        if found is not None or not plain(words):
            return found or ""
        match = _NUMBERED.fullmatch(plain(words))
        if match is None:
            return None
        number, title = int(match[1]), match[2]
        if title:
            return self.checkpoints.get(plain(title))
        return self.numbers[number - 1] if 1 <= number <= len(self.numbers) else None

    def word(self, field: str, words: str) -> str | None:
        """The key for the words in a field with fixed answers, "" for none, None if unknown."""
        if field == "checkpoint":
            return self.checkpoint(words)
        known = {"level": self.levels, "priority": self.priorities, "status": self.statuses}[field]
        return known.get(words.strip()) or (known.get(plain(words)) if plain(words) else "")


def plain(words: str) -> str:
    """Words as they are compared: small letters, single blanks, no signs around them."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", words)).casefold().strip()
    return _AROUND.sub("", text)


def by_words(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Keys by plain words; the first meaning of a word counts, and every key is a word too."""
    known: dict[str, str] = {}
    for words, key in pairs:
        for one in (words, key):
            if plain(one):
                known.setdefault(plain(one), key)
    return known
