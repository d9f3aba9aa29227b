"""Where the instruments of this installation are written: ours in the package, the operator's in folders of theirs."""

from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "content" / "instruments"


def folders(own: Iterable[Path] = ()) -> dict[str, Path]:
    """Folders of all instruments by slug, in alphabetical order; `own` are the operator's folders that hold them.

    An instrument of the operator's takes the place of ours with the same slug.
    """
    found = {file.parent.name: file.parent for place in (FOLDER, *own) for file in place.glob("*/instrument.yaml")}
    return dict(sorted(found.items()))
