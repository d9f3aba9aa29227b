"""What never changes while the program runs, rendered once in each language: an edition's texts and our pages."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, wraps
from pathlib import Path
from string import Template
from typing import Any, TypeVar, cast

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext
from markdown_it import MarkdownIt

from ..accounts.rules import UNDO_ERASURE_DAYS
from ..assessments import editions
from ..assessments.models import NOTE_LENGTH
from ..assessments.rules import next_checkpoint, previous_checkpoint
from ..instruments import markup, texts
from ..instruments.model import Checkpoint, Instrument, SubPoint
from ..instruments.overlay import ForeignText
from ..plans.rules import UNDO_DAYS
from .arch import lamp

CHECKED = " checked"
# In the footer this stands for the address of the page that it is shown on.
HERE = "\ue002"

Make = TypeVar("Make", bound=Callable[..., Any])


def once_per_language(make: Make) -> Make:
    """Keeps what has been made, for each language of the page; the same text has other words around it there."""
    kept = cache(lambda language, *given: make(*given))

    @wraps(make)
    def made(*given: object) -> object:
        return kept(get_language(), *given)

    made.cache_clear = kept.cache_clear  # type: ignore[attr-defined]  # as functools.cache has it
    return cast(Make, made)


@once_per_language
def frame() -> dict[str, SafeString]:
    """What surrounds every page and never changes."""
    shown = {"language": get_language(), "languages": settings.LANGUAGES, "here": HERE}
    parts = {name: render_to_string(f"parts/{name}.html", shown) for name in ("head", "header", "footer")}
    scripts = {"script": "brueckenschlag.js", "htmx": "vendor/htmx.min.js"}
    ahead = format_html('<link rel="prefetch" href="{}" as="script">', static(scripts["htmx"]))
    tags = {name: format_html('<script src="{}" defer></script>', static(file)) for name, file in scripts.items()}
    return parts | tags | {"ahead": ahead}


def footer(here: str) -> SafeString:
    """The footer of the page at this address, which its links to other languages name."""
    return SafeString(frame()["footer"].replace(HERE, here))


@once_per_language
def checkpoint_parts(instrument: Instrument, key: str) -> dict[str, SafeString]:
    """The unchanging parts of a checkpoint page: lead, levels, hint, suggestions, the cards of the terms in them."""
    checkpoint = instrument.checkpoint_by_key[key]
    groups = [
        {
            "key": group.key,
            "title": group.title,
            "intro": explained(instrument, group.intro or ""),
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
        "lead": explained(instrument, checkpoint.statement),
        "hint": explained(instrument, checkpoint.hint or ""),
        "levels": render_to_string(
            "parts/levels.html", {"levels": [(level, lamp(level.tone)) for level in instrument.levels]}
        ),
        "suggestions": render_to_string("parts/suggestions.html", {"groups": groups}),
        "terms": render_to_string("parts/terms.html", {"terms": terms_of(instrument, checkpoint)}),
    }


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


SLOTS = (
    "root",
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


def explained(instrument: Instrument, text: str) -> SafeString:
    """One paragraph as HTML, each marked term a button that opens its card."""
    html = "".join(_piece(piece) for piece in markup.pieces(text, instrument.term_by_key))
    if isinstance(text, ForeignText):
        html = f'<span lang="{text.language}">{html}</span>'
    return mark_safe(html)  # noqa: S308  # every piece has been escaped


def plain(instrument: Instrument, text: str) -> str:
    """The text without its marks."""
    return _as_foreign_as(text, markup.plain(text, instrument.term_by_key))


def explained_paragraphs(instrument: Instrument, text: str) -> list[SafeString]:
    """The paragraphs of a longer text."""
    return [explained(instrument, _as_foreign_as(text, paragraph)) for paragraph in markup.paragraphs(text)]


def _as_foreign_as(text: str, part: str) -> str:
    return ForeignText(part, text.language) if isinstance(text, ForeignText) else part


def terms_of(instrument: Instrument, checkpoint: Checkpoint) -> list[dict[str, object]]:
    """Glossary entries that the checkpoint's texts name, and those that these name in turn."""
    texts = [checkpoint.statement, checkpoint.hint or ""]
    texts += [group.intro or "" for group in checkpoint.groups]
    texts += [entry.explanation or "" for entry in checkpoint.entries()]
    return terms_in(instrument, texts)


def terms_in(instrument: Instrument, texts: list[str]) -> list[dict[str, object]]:
    """Cards for the terms that the texts name, and for those that the cards name in turn."""
    keys: list[str] = []
    waiting = [key for text in texts for key in markup.term_keys(text)]
    while waiting:
        key = waiting.pop(0)
        if key not in keys:
            keys.append(key)
            waiting += markup.term_keys(instrument.term_by_key[key].text)
    found = sorted((instrument.term_by_key[key] for key in keys), key=lambda term: term.term.lower())
    return [{"key": term.key, "term": term.term, "text": explained(instrument, term.text)} for term in found]


def _piece(piece: markup.Piece) -> str:
    words = escape(piece.words)
    lang = f' lang="{piece.language}"' if piece.language else ""
    if piece.term is None:
        return f"<span{lang}>{words}</span>" if lang else words
    return (
        f'<button type="button" class="term" popovertarget="begriff-{piece.term.key}" '
        f'aria-label="{_explaining(words)}"{lang}>{words}</button>'
    )


def _explaining(words: str) -> str:
    return gettext("%(term)s: Begriff erklären") % {"term": words}


def _row(instrument: Instrument, checkpoint: Checkpoint, entry: SubPoint) -> dict[str, object]:
    return {
        "key": f"{checkpoint.key}.{entry.key}",
        "anchor": f"{checkpoint.key}-{entry.key}",
        "text": explained(instrument, entry.text),
        "explanation": explained(instrument, entry.explanation or ""),
        "see": [_reference(instrument, checkpoint, target) for target in entry.see],
    }


def _reference(instrument: Instrument, here: Checkpoint, target: str) -> dict[str, object]:
    checkpoint = instrument.checkpoint_by_key[target.partition(".")[0]]
    words = checkpoint_words(instrument, checkpoint)
    if checkpoint == here and "." in target:
        text = explained(instrument, instrument.suggestion_by_key[target].text)
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


@once_per_language
def background(instrument: Instrument) -> dict[str, object]:
    """The frame of an instrument with all its texts and its whole glossary."""
    frame = instrument.frame
    sections = [
        {"key": one.key, "title": one.title, "paragraphs": explained_paragraphs(instrument, one.text)}
        for one in frame.sections
    ]
    return {
        "sections": sections,
        "goal": explained(instrument, frame.goal.text),
        "practice": explained(instrument, frame.practice.text),
        "plan_text": explained(instrument, frame.plan.text),
        "levels": [(level, lamp(level.tone)) for level in instrument.levels],
        "glossary": [
            {"key": term.key, "term": term.term, "text": plain(instrument, term.text)} for term in frame.glossary
        ],
    }


@once_per_language
def sheet(instrument: Instrument) -> dict[str, object]:
    """The blank sheet: all checkpoints with boxes, and empty rows for the plan."""
    points = [
        {
            "number": instrument.numbers[point.key],
            "title": point.title,
            "statement": plain(instrument, point.statement),
            "entries": [plain(instrument, entry.text) for entry in point.entries()],
        }
        for point in instrument.checkpoints
    ]
    return {
        "instrument": instrument,
        "goal": plain(instrument, instrument.frame.goal.text),
        "points": points,
        "levels": [(level, lamp(level.tone)) for level in instrument.levels],
        "rows": range(9),
    }


@once_per_language
def page(name: str) -> SafeString:
    """An editable page as HTML: the operator's own text where there is one, else ours.

    Where the operator has replaced only the German page, it is shown in the other languages too: never ours.
    """
    language = get_language() or settings.LANGUAGE_CODE
    found = texts.places("pages", name, language, original=settings.LANGUAGE_CODE, own=settings.DATA_DIR)
    for written_in, file in found:
        if file.exists():
            with translation.override(written_in):
                html = _page_in(file)
            return html if written_in == language else format_html('<div lang="{}">{}</div>', written_in, html)
    return SafeString("")


def _page_in(file: Path) -> SafeString:
    html = MarkdownIt("commonmark", {"html": False}).render(file.read_text(encoding="utf-8"))
    html = re.sub(r"\$%7B([a-z_]+)%7D", r"${\1}", html)  # a variable in a link
    # Put in after Markdown has been read, so that a name such as "Haus *4*" stays as it is written.
    return SafeString(
        Template(html).safe_substitute({name: escape(value) for name, value in variables().items()})
    )  # HTML is switched off


def variables() -> dict[str, str]:
    """What the editable pages can name."""
    operator, terms = settings.CONFIGURATION.operator, settings.CONFIGURATION.retention
    address = gettext("die Adresse im Impressum")
    return {
        "retention": _months(terms.guests_months),
        "organisations_term": _term(terms.organisations_months),
        "log_term": _months(terms.log_months),
        "invitations_term": _days(terms.invitations_days),
        "backups_term": _days(terms.backups_days),
        "undo": _days(UNDO_DAYS),
        "erasure_undo": _days(UNDO_ERASURE_DAYS),
        "session": _days(settings.DEVICE_COOKIE_AGE // 86400),
        "signed_in": _days(settings.SESSION_COOKIE_AGE // 86400),
        "site": settings.PUBLIC_URL or gettext("diese Seite"),
        "operator": operator.name or gettext("die Stelle, die diese Seite betreibt"),
        "privacy_email": operator.privacy_email or operator.email or address,
        "feedback_email": operator.feedback_email or operator.email or address,
    }


def _months(count: int) -> str:
    return ngettext("%(count)d Monat", "%(count)d Monate", count) % {"count": count}


def _days(count: int) -> str:
    return ngettext("%(count)d Tag", "%(count)d Tage", count) % {"count": count}


def _term(months: int) -> str:
    """How long what organisations have filled in is kept, as the end of a sentence."""
    if not months:
        return gettext("gespeichert, bis die Organisation sie löscht")
    return gettext("%(term)s nach der letzten Änderung gespeichert") % {"term": _months(months)}


def prepare() -> None:
    """Renders everything before the first request, so that workers share it and no request waits."""
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            _prepare(language)


def _prepare(language: str) -> None:
    frame()
    for edition in editions.all_current():
        instrument = editions.in_language(edition.hash, language)
        for checkpoint in instrument.checkpoints:
            for is_reader in (False, True):
                checkpoint_skeleton(instrument, checkpoint.key, is_reader)
    for name in texts.PAGES:
        page(name)
