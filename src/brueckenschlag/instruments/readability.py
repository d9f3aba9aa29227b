"""How easy the texts of an instrument are to read: Flesch's reading ease, in German with Amstad's constants.

Rudolf Flesch, "A New Readability Yardstick" (1948); Toni Amstad, "Wie verständlich sind unsere Zeitungen?" (1978).
Syllables are counted where a word could be divided, which comes close and is the same for every text.
"""

import re
from collections.abc import Iterator
from functools import cache

from .markup import plain
from .model import Instrument

# For each language: base, weight of the words per sentence, weight of the syllables per word.
CONSTANTS = {"de": (180.0, 1.0, 58.5), "en": (206.835, 1.015, 84.6)}


def figures(instrument: Instrument) -> dict[str, float]:
    """The reading ease of each text by its place: about 60 to 70 is plain, above 70 easy, below 30 very hard.

    Empty for a language without constants.
    """
    return {
        place: reading_ease(text, instrument.language) for place, text in texts(instrument) if _is_known(instrument)
    }


def of_all(instrument: Instrument) -> float | None:
    """The reading ease of all texts together; None for a language without constants."""
    if not _is_known(instrument):
        return None
    return reading_ease(" ".join(f"{text.rstrip('.')}." for _, text in texts(instrument)), instrument.language)


def reading_ease(text: str, language: str) -> float:
    """Flesch's reading ease of a text without marks. A line or a mark of the end closes a sentence."""
    base, per_sentence, per_word = CONSTANTS[language[:2]]
    sentences = [part for part in re.split(r"[.!?:;]+\s|\n+", text + " ") if re.search(r"\w", part)]
    words = re.findall(r"\w+(?:[-’']\w+)*", text)
    if not words:
        return base
    syllables = sum(_syllables(word, language[:2]) for word in words)
    return base - per_sentence * len(words) / len(sentences) - per_word * syllables / len(words)


def texts(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """The places and texts that people read in sentences, without marks."""
    terms = instrument.term_by_key
    frame = instrument.frame
    yield "goal", plain(frame.goal.text, terms)
    yield "practice", plain(frame.practice.text, terms)
    for section in frame.sections:
        yield f"sections.{section.key}", plain(section.text, terms)
    for term in frame.glossary:
        yield f"glossary.{term.key}", plain(term.text, terms)
    for point in instrument.checkpoints:
        yield f"{point.key}.statement", plain(point.statement, terms)
        for entry in point.entries():
            words = f"{entry.text}. {entry.explanation or ''}"
            yield f"{point.key}.{entry.key}", plain(words, terms)


def _is_known(instrument: Instrument) -> bool:
    return instrument.language[:2] in CONSTANTS


def _syllables(word: str, language: str) -> int:
    return len(_dictionary(language).positions(word)) + 1


@cache
def _dictionary(language: str):  # type: ignore[no-untyped-def]  # Pyphen has no types
    # Read only when somebody asks for the figures: the dictionaries are large.
    from pyphen import Pyphen

    return Pyphen(lang={"de": "de_DE", "en": "en_GB"}[language], left=1, right=1)
