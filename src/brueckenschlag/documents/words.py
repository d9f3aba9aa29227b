"""The fixed words of the documents, by English names, so that renderers need no translation of their own."""

from django.utils.dates import MONTHS
from django.utils.translation import gettext


def fixed_words() -> dict[str, str]:
    """All of them in the language of the page; `%(name)s` in them is for the renderer to fill."""
    return _shared() | _of_report() | _of_declaration() | {f"month {at}": str(name) for at, name in MONTHS.items()}


def _shared() -> dict[str, str]:
    return {
        "Praxishilfe": gettext("Praxishilfe"),
        "checkpoint": gettext("Checkpunkt"),
        "overview": gettext("Überblick"),
        "rating": gettext("Bewertung"),
        "not rated": gettext("Noch nicht bewertet"),
        "suggestions": gettext("Anregungen"),
        "running": gettext("Läuft schon"),
        "into plan": gettext("In den Plan"),
        "note": gettext("Notiz"),
        "plan": gettext("Maßnahmenplan"),
        "status": gettext("Stand"),
        "no measures": gettext("Noch ist der Plan leer."),
        "glossary": gettext("Begriffe"),
        "left over": gettext("Aus der früheren Fassung"),
        "edition": gettext("Fassung"),
        "date": gettext("Datum"),
        "name": gettext("Name der Organisation oder des Bereichs"),
        "page": gettext("Seite"),
        "product": "Brückenschlag",
    }


def _of_report() -> dict[str, str]:
    return {
        "report": gettext("Bericht"),
        "about": gettext("Zu diesem Bericht"),
        "self-assessment": gettext(
            "Dieser Bericht ist eine Selbsteinschätzung. Er zeigt, wie die Beteiligten ihre eigene Lage sehen. "
            "Niemand von außen hat die Angaben geprüft."
        ),
        "aim": gettext("Das Ziel"),
        "how to read": gettext("So lesen Sie den Bericht"),
        "signs": gettext("Neben jeder Farbe steht ein Zeichen. So ist der Bericht auch in Schwarz-Weiß gut zu lesen."),
        "meaning": gettext("Bedeutung"),
        "contents": gettext("Inhalt"),
        "checkpoints": gettext("Checkpunkte"),
        "rated": gettext("%(rated)s von %(all)s Checkpunkten bewertet."),
        "all rated": gettext("Alle %(all)s Checkpunkte sind bewertet."),
        "stones": gettext("Jeder Stein ist ein Checkpunkt."),
        "measures": gettext("Maßnahmen"),
        "in the plan": gettext("Im Plan"),
        "left over text": gettext("Das hat in der Fassung von heute keinen Platz. Es bleibt gespeichert."),
        "page of": gettext("Seite %(page)s von %(pages)s"),
        "about document": gettext("Über dieses Dokument"),
        "offered by": gettext("Angeboten von"),
        "address": gettext("Internetadresse"),
        "licence": gettext("Eine eigenständige digitale Ausgabe in eigenen Worten. Texte: CC BY-SA 4.0"),
        "number": gettext("Nr."),
    }


def _of_declaration() -> dict[str, str]:
    return {
        "declaration": gettext("Selbsterklärung"),
        "declared": gettext(
            "hat sich mit der Praxishilfe „%(title)s“ (Fassung %(edition)s) selbst eingeschätzt und einen Plan gemacht."
        ),
        "rated checkpoints": gettext("Bewertete Checkpunkte"),
        "all of": gettext("%(rated)s von %(all)s"),
        "planned measures": gettext("Geplante Maßnahmen"),
        "complete": gettext("jede mit Priorität, verantwortlicher Person, Beginn und Kontrolle"),
        "declared on": gettext("Erklärt am"),
        "valid until": gettext("Gültig bis"),
        "repeat": gettext("Danach empfiehlt sich eine neue Selbsteinschätzung."),
        "unchecked": gettext(
            "Diese Erklärung beruht allein auf eigenen Angaben. Niemand von außen hat sie geprüft. "
            "Sie ist kein Zertifikat und kein Gütesiegel."
        ),
        "place and date": gettext("Ort und Datum"),
        "signature": gettext("Unterschrift"),
        "organisation": gettext("Organisation, Betrieb oder Bereich"),
    }
