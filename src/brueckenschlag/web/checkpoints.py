"""The page of a checkpoint, rendered once but for what a person has entered: see docs/decisions/0004."""

import re
from collections.abc import Iterable, Mapping

from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from ..assessments.models import NOTE_LENGTH
from ..assessments.rules import next_checkpoint, previous_checkpoint
from ..instruments.model import Checkpoint, Instrument, SubPoint
from . import terms
from .arch import lamp
from .languages import once_per_language
from .page_frame import footer, frame

CHECKED = " checked"
SLOTS = (
    "root",
    "header",
    "here",
    "belonging",
    "csrf_token",
    "arch",
    "status",
    "was_level",
    "was_note",
    "before",
    "levels",
    "suggestions",
    "note",
    "back",
)


class Skeleton:
    """A template rendered once, with slots for what differs from request to request."""

    def __init__(self, template: str, context: Mapping[str, object], slots: Iterable[str]) -> None:
        """Renders the template with a sign of the private-use area in the place of each slot's value."""
        marks = {slot: SafeString(f"\ue000{slot}\ue001") for slot in slots}
        self._parts = re.split("\ue000([a-z_]+)\ue001", render_to_string(template, {**context, **marks}))

    def filled(self, values: Mapping[str, object]) -> str:
        """The page with these values in its slots, escaped where they are not marked as safe."""
        shown = {
            slot: conditional_escape(value if isinstance(value, SafeString) else str(value))
            for slot, value in values.items()
        }
        return "".join(shown[part] if at % 2 else part for at, part in enumerate(self._parts))


@once_per_language
def checkpoint_parts(instrument: Instrument, key: str) -> dict[str, SafeString]:
    """The unchanging parts of a checkpoint page: lead, levels, hint, suggestions, the cards of the terms in them."""
    checkpoint = instrument.checkpoint_by_key[key]
    groups = [
        {
            "key": group.key,
            "title": group.title,
            "intro": terms.explained(instrument, group.intro or ""),
            "suggestions": [
                {
                    **_row(instrument, checkpoint, one),
                    "parts": [_row(instrument, checkpoint, part) for part in one.parts],
                }
                for one in group.suggestions
            ],
        }
        for group in checkpoint.groups
    ]
    return {
        "lead": terms.explained(instrument, checkpoint.statement),
        "hint": terms.explained(instrument, checkpoint.hint or ""),
        "levels": render_to_string(
            "parts/levels.html", {"levels": [(level, lamp(level.tone)) for level in instrument.levels]}
        ),
        "suggestions": render_to_string("parts/suggestions.html", {"groups": groups}),
        "terms": render_to_string("parts/terms.html", {"terms": terms.terms_of(instrument, checkpoint)}),
    }


@once_per_language
def checkpoint_skeleton(instrument: Instrument, key: str, is_reader: bool) -> Skeleton:
    """A checkpoint page without what the person has entered."""
    shown = checkpoint_frame(instrument, key) | {"is_reader": is_reader, "footer": footer("\ue000here\ue001")}
    return Skeleton("checkpoint.html", shown, SLOTS)


def checkpoint_frame(instrument: Instrument, key: str) -> dict[str, object]:
    """What a checkpoint page shows that is the same for everybody."""
    return {
        "frame": frame(),
        "language": get_language(),
        "instrument": instrument,
        "checkpoint": instrument.checkpoint_by_key[key],
        "number": instrument.numbers[key],
        "parts": checkpoint_parts(instrument, key),
        "previous": previous_checkpoint(instrument, key),
        "next": next_checkpoint(instrument, key),
        "note_length": NOTE_LENGTH,
        "form": None,
        "is_reader": False,
    }


def switched(html: SafeString, switches: set[str]) -> SafeString:
    """The rendered inputs with these switches on, each named by its field and value: `running:key`."""
    for switch in switches:
        field, _, value = switch.partition(":")
        plain = f'name="{field}" value="{value}"'
        html = SafeString(html.replace(plain, plain + CHECKED))
    return html


def disabled(html: object) -> SafeString:
    """The rendered inputs for somebody who may only read; the buttons that explain terms stay."""
    return SafeString(str(html).replace("<input ", "<input disabled "))


def _row(instrument: Instrument, checkpoint: Checkpoint, entry: SubPoint) -> dict[str, object]:
    return {
        "key": f"{checkpoint.key}.{entry.key}",
        "anchor": f"{checkpoint.key}-{entry.key}",
        "text": terms.explained(instrument, entry.text),
        "explanation": terms.explained(instrument, entry.explanation or ""),
        "see": [_reference(instrument, checkpoint, target) for target in entry.see],
    }


def _reference(instrument: Instrument, here: Checkpoint, target: str) -> dict[str, object]:
    checkpoint = instrument.checkpoint_by_key[target.partition(".")[0]]
    words = checkpoint_words(instrument, checkpoint)
    if checkpoint == here and "." in target:
        text = terms.explained(instrument, instrument.suggestion_by_key[target].text)
        words = mark_safe(escape(gettext("hier: „%(text)s“")) % {"text": text})  # noqa: S308  # both parts are escaped
    return {
        "checkpoint": checkpoint.key,
        "anchor": target.replace(".", "-") if "." in target else "",
        "words": words,
    }


def checkpoint_words(instrument: Instrument, checkpoint: Checkpoint) -> str:
    """Number and title of a checkpoint in a running text."""
    facts = {"number": instrument.numbers[checkpoint.key], "title": checkpoint.title}
    return gettext("Checkpunkt %(number)d: %(title)s") % facts


@once_per_language
def arch_words(instrument: Instrument) -> dict[str, str]:
    """The words of each stone by its checkpoint's key, those of the whole arch, and those of a stone not rated."""
    stones = {point.key: checkpoint_words(instrument, point) for point in instrument.checkpoints}
    return stones | {"": gettext("Alle Checkpunkte"), "not rated": gettext("noch nicht bewertet")}


@once_per_language
def state_words() -> tuple[SafeString, str]:
    """The status line of a checkpoint page as it is opened: with something stored, and with nothing."""
    saved = format_html('<span class="good">{}</span>', gettext("Gespeichert"))
    return saved, gettext("Noch nichts eingetragen")


@once_per_language
def not_saved() -> SafeString:
    """The status line of a checkpoint page that came back with errors."""
    return format_html('<span class="bad">{}</span>', gettext("Nicht gespeichert"))
