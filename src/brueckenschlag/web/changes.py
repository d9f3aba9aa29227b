"""What a newer edition changes, sorted for the person who filled in the older one: first what they have used."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..assessments.models import Assessment
from ..instruments.compare import Change
from ..instruments.markup import paragraphs
from ..instruments.overlay import in_language_of
from ..plans.models import Measure

# What a text is, in the words of instruments/wording.py.
KINDS = {
    "title": _("Titel"),
    "subtitle": _("Untertitel"),
    "adaptation": _("Herkunft"),
    "licence": _("Lizenz"),
    "minutes": _("Dauer in Minuten"),
    "goal": _("Ziel"),
    "practice": _("Anleitung"),
    "question": _("Frage zur Bewertung"),
    "level": _("Bewertungsstufe"),
    "level_short": _("Kurzform"),
    "meaning": _("Erklärung"),
    "checkpoint": _("Checkpunkt"),
    "checkpoint_short": _("Kurzform"),
    "statement": _("Gute Praxis"),
    "hint": _("Hinweis"),
    "group": _("Zwischenüberschrift"),
    "intro": _("Einleitung"),
    "suggestion": _("Anregung"),
    "explanation": _("Erklärung"),
    "plan_title": _("Überschrift des Maßnahmenplans"),
    "plan_text": _("Einleitung zum Maßnahmenplan"),
    "column": _("Spalte im Maßnahmenplan"),
    "help": _("Hilfe"),
    "section": _("Abschnitt im Hintergrund"),
    "section_text": _("Text"),
    "term": _("Begriff"),
    "definition": _("Erklärung"),
}
# Texts that one fills in by; all others explain.
MAIN = {"question", "level", "meaning", "checkpoint", "statement", "suggestion"}


@dataclass(frozen=True)
class Used:
    """Keys of what a person has used: levels, checkpoints with a rating, note or measure, suggestions."""

    levels: frozenset[str]
    checkpoints: frozenset[str]
    suggestions: frozenset[str]

    def touches(self, change: Change) -> bool:
        """Whether the change is one of what the person has used."""
        keys = {
            "level": self.levels,
            "meaning": self.levels,
            "checkpoint": self.checkpoints,
            "statement": self.checkpoints,
            "suggestion": self.suggestions,
        }
        return change.key in keys.get(change.kind, frozenset())


def used(assessment: Assessment) -> Used:
    """What the assessment has used."""
    ratings = [one for one in assessment.ratings.all() if one.level or one.note]
    rows = Measure.objects.filter(assessment=assessment).in_plan().values_list("checkpoint", "suggestion")
    marks = assessment.marks.values_list("suggestion", flat=True)
    return Used(
        frozenset(one.level for one in ratings),
        frozenset(one.checkpoint for one in ratings) | {checkpoint for checkpoint, _ in rows},
        frozenset(marks) | {suggestion for _, suggestion in rows},
    )


def sorted_for(person: Used, changes: Iterable[Change]) -> dict[str, list[dict[str, object]]]:
    """Rows of the page by part: what the person has used, what is new, gone and reworded, and the smaller changes."""
    parts: dict[str, list[dict[str, object]]] = {name: [] for name in ("used", "new", "gone", "reworded", "smaller")}
    for change in changes:
        part = "used" if person.touches(change) else change.what if change.kind in MAIN else "smaller"
        parts[part].append(_row(change))
    return parts


def _row(change: Change) -> dict[str, object]:
    return {
        "what": change.what,
        "kind": KINDS[change.kind],
        "of": change.of,
        "texts": _paragraphs(change.before if change.what == "gone" else change.after),
        "was": _paragraphs(change.before) if change.what == "reworded" else [],
    }


def _paragraphs(text: str) -> list[str]:
    return [in_language_of(text, one) for one in paragraphs(text)]
