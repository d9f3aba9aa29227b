"""The instruments of this installation, read once when the program starts."""

from functools import cache
from pathlib import Path

from .loader import Draft
from .model import Instrument

FOLDER = Path(__file__).resolve().parent.parent / "content" / "instruments"


def folders() -> list[Path]:
    """Folders of all instruments, sorted by name."""
    return sorted(file.parent for file in FOLDER.glob("*/instrument.yaml"))


@cache
def instruments() -> dict[str, Instrument]:
    """All instruments by slug. Raises ContentError when one cannot be read."""
    return {folder.name: Draft(folder).instrument for folder in folders()}


def instrument(slug: str) -> Instrument | None:
    """The instrument of that slug, or None."""
    return instruments().get(slug)
