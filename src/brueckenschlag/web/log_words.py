"""What stands in the log, in words: one sentence for each verb, and the kinds by which it is filtered."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "praxishilfe": _("Praxishilfe"),
    "plan": _("Maßnahmen"),
    "organisation": _("Organisation"),
    "menschen": _("Menschen"),
    "beratung": _("Beratung"),
    "betrieb": _("Betrieb der Seite"),
}
# To which kind a verb belongs, by its part before the dot.
KIND_OF = {
    "assessment": "praxishilfe",
    "links": "praxishilfe",
    "rating": "praxishilfe",
    "marks": "praxishilfe",
    "measure": "plan",
    "organisation": "organisation",
    "area": "organisation",
    "invitation": "menschen",
    "member": "menschen",
    "person": "menschen",
    "mandate": "beratung",
    "client": "beratung",
    "operator": "betrieb",
    "mail": "betrieb",
    "terms": "betrieb",
}
WORDS = {
    "assessment.begun": _("Praxishilfe begonnen"),
    "assessment.renamed": _("Namen der Praxishilfe geändert"),
    "assessment.moved": _("Fassung der Praxishilfe gewechselt"),
    "assessment.erased": _("Praxishilfe gelöscht"),
    "assessment.taken-over": _("Praxishilfe in die Organisation geholt"),
    "assessment.handed-over": _("Praxishilfe übergeben"),
    "assessment.area-set": _("Praxishilfe einem Bereich zugeordnet"),
    "assessment.returned": _("Ausgefüllte Datei übernommen"),
    "links.renewed": _("Links erneuert"),
    "links.revoked": _("Links ungültig gemacht"),
    "rating.changed": _("Bewertung oder Notiz geändert"),
    "marks.changed": _("„Läuft schon“ geändert"),
    "measure.added": _("Maßnahme in den Plan genommen"),
    "measure.changed": _("Maßnahme geändert"),
    "measure.removed": _("Maßnahme gelöscht"),
    "measure.restored": _("Maßnahme zurückgeholt"),
    "measure.moved": _("Maßnahme verschoben"),
    "organisation.founded": _("Organisation angelegt"),
    "organisation.changed": _("Angaben zur Organisation geändert"),
    "organisation.erasure-asked": _("Löschen der Organisation verlangt"),
    "organisation.erasure-undone": _("Löschen der Organisation zurückgenommen"),
    "organisation.exported": _("Daten der Organisation mitgenommen"),
    "area.added": _("Bereich angelegt"),
    "area.changed": _("Bereich geändert"),
    "area.removed": _("Bereich entfernt"),
    "invitation.sent": _("Jemanden eingeladen"),
    "invitation.revoked": _("Einladung zurückgezogen"),
    "invitation.accepted": _("Einladung angenommen"),
    "member.role-changed": _("Rolle geändert"),
    "member.removed": _("Mitglied entfernt"),
    "member.left": _("Organisation verlassen"),
    "mandate.offered": _("Beratung erlaubt"),
    "mandate.accepted": _("Erlaubnis zur Beratung angenommen"),
    "mandate.ended": _("Beratung beendet"),
    "mandate.changed": _("Erlaubnis zur Beratung geändert"),
    "client.invited": _("Jemanden zur Beratung eingeladen"),
    "client.invitation-revoked": _("Einladung zur Beratung zurückgezogen"),
    "person.joined": _("Konto angelegt"),
    "person.changed": _("Angaben zum Konto geändert"),
    "person.exported": _("Daten des Kontos mitgenommen"),
    "person.erasure-asked": _("Löschen des Kontos verlangt"),
    "person.erasure-undone": _("Löschen des Kontos zurückgenommen"),
    "person.replaced": _("Namen im Plan ersetzt"),
    "operator.opened": _("Von der Verwaltung der Seite geöffnet"),
    "operator.changed": _("Verwaltung der Seite erlaubt oder beendet"),
    "mail.failed": _("E-Mail ging nicht hinaus"),
    "terms.applied": _("Fristen geprüft und Abgelaufenes gelöscht"),
}


def kind_of(verb: str) -> str:
    """The kind of a verb, one of KINDS."""
    return KIND_OF[verb.partition(".")[0]]


def verbs_of(kind: str) -> list[str]:
    """The verbs of a kind."""
    return [verb for verb in WORDS if kind_of(verb) == kind]
