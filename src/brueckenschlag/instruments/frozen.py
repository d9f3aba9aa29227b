"""An edition as it is published: one text that holds the original and the words of every language, and its hash."""

import hashlib
import json

from .loader import Draft
from .model import Checkpoint, Frame, Instrument
from .overlay import Overlay, Translation

FORMAT = 1


class UnknownFormatError(ValueError):
    """The text is not an edition that this version of the program can read."""


def freeze(draft: Draft) -> str:
    """The draft as one text; the same content always gives the same text."""
    content = {
        "format": FORMAT,
        "frame": draft.frame.model_dump(mode="json", exclude_defaults=True),
        "checkpoints": [one.model_dump(mode="json", exclude_defaults=True) for one in draft.instrument.checkpoints],
        "languages": {
            language: overlay.model_dump(mode="json", exclude_defaults=True)
            for language, overlay in sorted(draft.overlays.items())
        },
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(text: str) -> str:
    """SHA-256 of the text in hexadecimal, 64 characters."""
    return hashlib.sha256(text.encode()).hexdigest()


def thaw(text: str) -> dict[str, Instrument]:
    """The instrument in each of its languages, the original first. Raises UnknownFormatError."""
    content = json.loads(text)
    if content.get("format") != FORMAT:
        raise UnknownFormatError(f"format {content.get('format')}")
    original = Instrument(
        Frame.model_validate(content["frame"]),
        tuple(Checkpoint.model_validate(one) for one in content["checkpoints"]),
    )
    others = {
        language: Translation(original, language, Overlay.model_validate(words)).instrument
        for language, words in content["languages"].items()
    }
    return {original.language: original, **others}
