"""Figures of law: dated, with their source, and with the day when somebody must look whether they still hold."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from .faults import ContentError, Fault
from .loader import validated
from .model import Key, Language, Part, Passage, Title
from .strict_yaml import Source

FILE = Path(__file__).resolve().parent.parent / "content" / "figures.yaml"
Law = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Address = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=300)]


class FigureWords(Part):
    """The words of a figure in another language."""

    title: Title
    value: Title
    meaning: Passage


class Figure(Part):
    """One figure: what it is, how much, what it means, by which law, since when, and when to look again."""

    key: Key
    title: Title
    value: Title
    meaning: Passage
    law: Law
    valid_from: date
    review_by: date
    source: Address
    languages: dict[Language, FigureWords] = {}

    def in_language(self, language: str) -> "Figure":
        """The figure in that language; where its words are missing, as it was written."""
        words = self.languages.get(language)
        return self.model_copy(update=words.model_dump()) if words else self


class FigureList(Part):
    """What `figures.yaml` holds."""

    figures: tuple[Figure, ...]


@cache
def read(file: Path) -> tuple[Figure, ...]:
    """The figures of a file. Raises ContentError with all faults of form."""
    return validated(FigureList, Source(file)).figures


@cache
def in_use(own: Path) -> tuple[Figure, ...]:
    """The operator's figures where there is such a file and it can be read, else ours."""
    try:
        return read(own if own.exists() else FILE)
    except ContentError:
        return read(FILE)


def faults_in(file: Path, today: date) -> list[Fault]:
    """Everything wrong with the file; a figure whose day of review has passed is a hint."""
    try:
        source = Source(file)
        found = validated(FigureList, source).figures
    except ContentError as error:
        return error.faults
    faults = []
    for at, one in enumerate(found):
        if one.review_by < today:
            day = f"{one.review_by.day}.{one.review_by.month}.{one.review_by.year}"
            sentence = f"„{one.title}“ war bis {day} zu prüfen: Gilt {one.value} noch?"
            faults.append(source.fault(("figures", at, "review_by"), sentence).as_hint())
        if one.key in [other.key for other in found[:at]]:
            faults.append(source.fault(("figures", at, "key"), f"Der Schlüssel „{one.key}“ ist schon vergeben."))
        for language, words in one.languages.items():
            if _digits(words.value) != _digits(one.value):
                place = ("figures", at, "languages", language, "value")
                faults.append(source.fault(place, f"„{words.value}“ nennt eine andere Zahl als „{one.value}“."))
    return faults


def _digits(value: str) -> str:
    """The digits alone: each language separates thousands in its own way."""
    return "".join(filter(str.isdigit, value))
