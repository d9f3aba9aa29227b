"""The words for what is stored as a key."""

from django.utils.translation import gettext_lazy as _

PRIORITIES = {"high": _("hoch"), "medium": _("mittel"), "low": _("niedrig")}
STATUSES = {"open": _("offen"), "started": _("begonnen"), "done": _("erledigt"), "dropped": _("verworfen")}
# As in instruments/wording.py.
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
