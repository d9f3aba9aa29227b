"""Makes keys from texts: a–z, digits and hyphens, short, never the same twice."""

import re
import unicodedata
from collections import Counter

from . import rules


class Keys:
    """Gives keys that differ from each other."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._numbers: Counter[str] = Counter()

    def key(self, text: str, otherwise: str) -> str:
        """A key from the words that say most; from `otherwise` where the text has no letters."""
        stem = key_from(text) or otherwise
        key = stem
        while key in self._given:
            self._numbers[stem] += 1
            end = f"-{self._numbers[stem] + 1}"
            key = stem[: rules.LONGEST_KEY - len(end)].rstrip("-") + end
        self._given.add(key)
        return key


def key_from(text: str) -> str:
    """The first few telling words of the text as a key; may be empty."""
    words = [_plain(word) for word in re.findall(r"[\w]+", text) if word.lower() not in rules.STOP_WORDS]
    words = [word for word in words if len(word) > 1 or word.isdigit()] or [
        _plain(word) for word in re.findall(r"\w+", text)
    ]
    while words and not words[0][:1].isalpha():
        del words[0]
    key = ""
    for word in words[: rules.MOST_KEY_WORDS]:
        longer = f"{key}-{word}".strip("-")
        if len(longer) > rules.LONGEST_KEY:
            break
        key = longer
    return key or "".join(words[:1])[: rules.LONGEST_KEY]


def _plain(word: str) -> str:
    """The word in a–z and digits."""
    for letter, letters in rules.LETTERS.items():
        word = word.lower().replace(letter, letters)
    word = unicodedata.normalize("NFKD", word)
    return re.sub(r"[^a-z0-9]", "", word)
