"""What an adviser has done, from the log, in words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..accounts.models import Mandate, Person
from ..assessments.models import Assessment
from ..audit.models import LogEntry

DEEDS_SHOWN = 10
# What can be done under a mandate; see audit.verbs.
WORDS = {
    "assessment.begun": _("Praxishilfe begonnen"),
    "assessment.renamed": _("Namen geändert"),
    "assessment.moved": _("neue Fassung gewählt"),
    "assessment.returned": _("frühere Fassung gewählt"),
    "assessment.area-set": _("Bereich geändert"),
    "rating.changed": _("Checkpunkt bewertet"),
    "marks.changed": _("„Läuft schon“ geändert"),
    "measure.added": _("Maßnahme hinzugefügt"),
    "measure.changed": _("Maßnahme geändert"),
    "measure.removed": _("Maßnahme gelöscht"),
    "measure.restored": _("Maßnahme zurückgeholt"),
    "measure.moved": _("Maßnahme verschoben"),
}


@dataclass(frozen=True)
class Deed:
    """One entry: when, who, what, and in which assessment; "" where it is gone."""

    at: datetime
    who: str
    what: str
    assessment: Assessment | None


def last_deeds(mandates: Collection[Mandate], assessments: Mapping[UUID, Assessment]) -> dict[UUID, list[Deed]]:
    """The last of what was done under each mandate, the newest first; one query for each mandate, one for people."""
    entries = {
        one.pk: list(
            LogEntry.objects.filter(mandate=one.pk, organisation=one.organisation_id).order_by("-pk")[:DEEDS_SHOWN]
        )
        for one in mandates
    }
    acted = {entry.person for found in entries.values() for entry in found}
    people = {one.pk: one.words for one in Person.objects.filter(pk__in=acted - {None})}
    gone = gettext("ehemals beteiligt")
    return {
        mandate: [
            Deed(
                entry.at,
                people.get(entry.person, gone) if entry.person else gone,
                str(WORDS.get(entry.verb, _("etwas geändert"))),
                assessments.get(entry.assessment) if entry.assessment else None,
            )
            for entry in found
        ]
        for mandate, found in entries.items()
    }
