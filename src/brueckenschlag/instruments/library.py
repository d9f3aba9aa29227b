"""Where the instruments of this installation are written: ours in the package, the operator's in folders of theirs."""

from collections.abc import Iterable, Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "content" / "instruments"


def folders(own: Iterable[Path] = ()) -> dict[str, Path]:
    """Folders of all instruments by slug, in alphabetical order; `own` are the operator's folders that hold them.

    An instrument of the operator's takes the place of ours with the same slug.
    """
    found = {file.parent.name: file.parent for place in (FOLDER, *own) for file in place.glob("*/instrument.yaml")}
    return dict(sorted(found.items()))


def unusable(own: Iterable[Path]) -> Iterator[str]:
    """Says of each of the operator's folders in which there is nothing to be found what is wrong with it."""
    for place in own:
        if not place.is_dir():
            yield f"[content] folders: Den Ordner {place} gibt es nicht."
        elif (place / "instrument.yaml").exists():
            yield f"[content] folders: {place} ist selbst eine Praxishilfe. Hier gehört der Ordner darüber hin."
        elif not any(place.glob("*/instrument.yaml")):
            yield f"[content] folders: In {place} liegt kein Ordner mit einer instrument.yaml."
