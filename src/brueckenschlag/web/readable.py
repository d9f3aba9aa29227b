"""Records that people take along, as a page that opens without this site: tables of words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ..documents.report import Report
from ..privacy.exports import Record
from .log_words import WORDS
from .organisation_forms import KINDS, ROLE_WORDS

SECTIONS = {
    "account": _("Konto"),
    "organisation": _("Organisation"),
    "addresses": _("E-Mail-Adressen"),
    "second_steps": _("Passkeys und zweiter Schritt"),
    "directory": _("Verzeichnis, mit dem Sie sich anmelden"),
    "sessions": _("Geräte, auf denen Sie angemeldet sind"),
    "memberships": _("Organisationen"),
    "areas": _("Bereiche"),
    "members": _("Mitglieder"),
    "invitations": _("Einladungen"),
    "mandates": _("Beratung"),
    "asked_clients": _("Gefragt, ob sie beraten werden möchten"),
    "handovers": _("Angebotene Übergaben"),
    "measures": _("Maßnahmen, bei denen Sie als verantwortlich genannt sind"),
    "assessments": _("Praxishilfen"),
    "log": _("Protokoll"),
}
COLUMNS = {
    "accepted_at": _("angenommen"),
    "adviser_name": _("Beratung"),
    "assessments": _("Praxishilfen"),
    "at": _("Wann"),
    "changed_on": _("zuletzt geändert"),
    "covers_all": _("alle Praxishilfen"),
    "created_at": _("seit"),
    "date_joined": _("seit"),
    "email": _("E-Mail-Adresse"),
    "ended_at": _("beendet"),
    "erase_on": _("wird gelöscht am"),
    "expires_at": _("gilt bis"),
    "file": _("Datei"),
    "has_password": _("Passwort eingerichtet"),
    "ip": _("Internetadresse"),
    "is_staff": _("Verwaltung der Seite"),
    "joined_at": _("dabei seit"),
    "kind": _("Art"),
    "language": _("Sprache"),
    "last_login": _("letzte Anmeldung"),
    "last_seen_at": _("zuletzt benutzt"),
    "last_used_at": _("zuletzt benutzt"),
    "may_write": _("darf bearbeiten"),
    "name": _("Name"),
    "organisation_name": _("Organisation"),
    "person_email": _("E-Mail-Adresse"),
    "person_name": _("Name"),
    "primary": _("Hauptadresse"),
    "provider": _("Verzeichnis"),
    "responsible": _("Verantwortlich"),
    "revoked_at": _("zurückgezogen"),
    "role": _("Rolle"),
    "text": _("Maßnahme"),
    "type": _("Art"),
    "uid": _("Kennung dort"),
    "until": _("gilt bis"),
    "used_at": _("angenommen"),
    "user_agent": _("Browser"),
    "verb": _("Was"),
    "verified": _("bestätigt"),
}
# Ids and what only programs read: in the JSON beside this page.
LEFT_OUT = {
    "id",
    "organisation",
    "adviser",
    "person",
    "mandate",
    "assessment",
    "target",
    "area",
    "parent",
    "extra_data",
}
_VALUES = {"verb": WORDS, "role": ROLE_WORDS, "kind": dict(KINDS)}


@dataclass(frozen=True)
class Table:
    """One section: its title, the heads of its columns, and its rows."""

    title: str
    heads: list[str]
    rows: list[list[str]]


def page(record: Record, title: str, reports: Iterable[Report] = ()) -> bytes:
    """The record as a page of HTML, in the language of the page that it is taken from; and what was entered."""
    shown = {
        "title": title,
        "language": get_language(),
        "tables": [*tables(record), *_entered(list(reports))],
        "made_at": record["made_at"],
    }
    return render_to_string("taken_along.html", shown).encode()


def tables(record: Record) -> list[Table]:
    """Every section of the record that holds something."""
    return [_table(str(title), _as_rows(record[name])) for name, title in SECTIONS.items() if record.get(name)]


def _entered(reports: list[Report]) -> list[Table]:
    """The ratings with their notes, and the plans, of several assessments; each only where there is something."""
    praxishilfe, checkpoint, status = gettext("Praxishilfe"), gettext("Checkpunkt"), gettext("Stand")
    rated = [praxishilfe, checkpoint, gettext("Bewertung"), gettext("Notiz")]
    planned = [praxishilfe, checkpoint, gettext("Maßnahme"), gettext("Priorität"), gettext("Verantwortlich")]
    planned += [gettext("Beginn"), gettext("Kontrolle"), status]
    parts = [
        Table(gettext("Bewertungen und Notizen"), rated, [row for one in reports for row in _ratings(one)]),
        Table(gettext("Maßnahmen"), planned, [row for one in reports for row in _measures(one)]),
    ]
    return [part for part in parts if part.rows]


def _ratings(report: Report) -> list[list[str]]:
    entered = [one for one in report.checkpoints if one.level or one.note]
    rows = [(one.title, one.level.label if one.level else "", one.note) for one in entered]
    rows += [(one.title, one.level, one.note) for one in report.left_over]
    return [[report.name, *(str(cell) or "–" for cell in row)] for row in rows]


def _measures(report: Report) -> list[list[str]]:
    rows = [
        (
            one.checkpoint_title,
            one.text,
            one.priority_words,
            one.responsible,
            report.day(one.start),
            report.day(one.review),
            one.status_words,
        )
        for one in report.measures
    ]
    return [[report.name, *(str(cell) or "–" for cell in row)] for row in rows]


def _as_rows(part: Any) -> list[Mapping[str, Any]]:
    return [part] if isinstance(part, dict) else part


def _table(title: str, rows: Iterable[Mapping[str, Any]]) -> Table:
    rows = list(rows)
    names = [name for name in rows[0] if name not in LEFT_OUT]
    return Table(title, [str(COLUMNS[name]) for name in names], [[_cell(n, row[n]) for n in names] for row in rows])


def _cell(name: str, value: Any) -> str:
    if isinstance(value, list):
        value = ", ".join(one["name"] or gettext("ohne Namen") for one in value)
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nein")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "d.m.Y H:i")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(_VALUES.get(name, {}).get(value, value))
