"""The instruments of this installation in all their languages, read once when the program starts."""

from functools import cache
from pathlib import Path

from .loader import Draft
from .model import Instrument
from .overlay import Overlay, Translation

FOLDER = Path(__file__).resolve().parent.parent / "content" / "instruments"


def folders() -> list[Path]:
    """Folders of all instruments, sorted by name."""
    return sorted(file.parent for file in FOLDER.glob("*/instrument.yaml"))


@cache
def instruments() -> dict[str, Instrument]:
    """All instruments by slug, in their original language. Raises ContentError when one cannot be read."""
    return {slug: languages[""] for slug, languages in _all().items()}


def instrument(slug: str, language: str = "") -> Instrument | None:
    """The instrument of that slug, or None: in that language or, without one, in its original one."""
    return _in_language(slug, language) if slug in _all() else None


@cache
def _in_language(slug: str, language: str) -> Instrument:
    """An instrument that has no words at all in a language has only foreign texts in it."""
    languages = _all()[slug]
    original = languages[""]
    if language in ("", original.language):
        return original
    return languages.get(language) or Translation(original, language, Overlay()).instrument


@cache
def _all() -> dict[str, dict[str, Instrument]]:
    """Instruments by slug and language; the original stands under no language."""
    drafts = {folder.name: Draft(folder) for folder in folders()}
    return {
        slug: {"": draft.instrument}
        | {language: one.translation.instrument for language, one in draft.translations.items()}
        for slug, draft in drafts.items()
    }
