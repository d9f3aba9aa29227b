"""What an import found and what it was not sure of, in German, for the person who has to look it through."""

from collections import Counter
from collections.abc import Iterator

from .lines import Document
from .notes import unmarked
from .outline import Checkpoint, Outline

FEW, SHOWN, BEGINNING = 3, 12, 40


def counts(outline: Outline) -> Iterator[str]:
    """How much of everything there is, checkpoint by checkpoint, to compare with the document."""
    points = outline.checkpoints
    entries = sum(len(one.entries()) for one in points)
    parts = sum(_parts(one) for one in points)
    groups = sum(len(one.groups) for one in points)
    frame = outline.frame
    yield f"{len(points)} Checkpunkte, {entries} Anregungen (davon {parts} Unterpunkte) in {groups} Gruppen,"
    yield f"{len(frame.terms)} Begriffe, {len(frame.sections)} Abschnitte, {len(frame.levels)} Stufen"
    for number, one in enumerate(points, start=1):
        below = f", davon {_parts(one)} Unterpunkte" if _parts(one) else ""
        yield f"  {number} {one.title.text}: {len(one.entries())} Anregungen{below}"


def _parts(checkpoint: Checkpoint) -> int:
    return sum(len(one.parts) for group in checkpoint.groups for one in group.suggestions)


def missing(found: Counter[str]) -> Iterator[str]:
    """What the document does not say."""
    for what, times in found.items():
        if times:
            yield f"  - {what}" + (f" ({times} Mal)" if times > 1 else "")


def doubts(document: Document, *, all_places: bool) -> Iterator[str]:
    """What the program was not sure of, with the places; in the order of the document."""
    order = {place: at for at, place in enumerate(document.beginnings)}
    sentences = document.doubts.places.items()
    for sentence, places in sorted(sentences, key=lambda item: min((order.get(one, 0) for one in item[1]), default=0)):
        known = sorted((place for place in dict.fromkeys(places) if place), key=lambda place: order.get(place, 0))
        shown = known if all_places else known[:SHOWN]
        more = f" und {len(known) - len(shown)} weitere" if len(known) > len(shown) else ""
        unit = document.unit if len(known) == 1 else document.units
        words = unmarked(sentence).rstrip(".")
        yield (
            f"  - {words} ({unit} {', '.join(_named(document, shown, sentence))}{more})"
            if known
            else f"  - {unmarked(sentence)}"
        )


def _named(document: Document, places: list[str], sentence: str) -> Iterator[str]:
    """The places; a few of them with their first words where nobody can count to them."""
    for place in places:
        words = unmarked(document.beginnings.get(place, ""))
        if document.unit == "Zeile" or "„" in sentence or len(places) > FEW or not words:
            yield place
        else:
            yield f"{place} „{words[:BEGINNING]}{'…' if len(words) > BEGINNING else ''}“"
