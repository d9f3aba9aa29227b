"""Whether a name is the one that somebody looks for, as people type it. Compared here, so each database finds the same.

SQLite knows capital and small letters of ASCII only, and PostgreSQL's depend on how it was set up.
"""

import re
import unicodedata

from ..accounts.rules import alphabetical

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def is_named(name: str, wanted: str) -> bool:
    """Whether each of the words wanted stands in the name: capitals, umlauts ("ü", "ue", "u") and gaps after full stops
    do not matter."""
    ways = list(zip(_ways(name), _ways(wanted), strict=True))
    return any(all(word in held for word in words.split()) for held, words in ways)


def _ways(text: str) -> tuple[str, str]:
    """A text in small letters, its umlauts written with an e, and without any marks above letters."""
    plain = re.sub(r"\.\s+", ".", unicodedata.normalize("NFKC", text).casefold())
    if plain.isascii():
        return plain, plain  # most names, and a good part of the time for hundreds
    return plain.translate(UMLAUTS), alphabetical(plain)
