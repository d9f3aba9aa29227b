"""The fixed words of the documents, by English names, so that renderers need no translation of their own."""

from django.utils.dates import MONTHS
from django.utils.translation import gettext


def fixed_words() -> dict[str, str]:
    """All of them in the language of the page; `%(name)s` in them is for the renderer to fill."""
    months = {f"month {at}": str(name) for at, name in MONTHS.items()}
    return _shared() | _of_report() | _of_declaration() | _of_brochure() | months


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
        "report": gettext("Bericht"),
        "appointments": gettext("Termine"),
        "form": gettext("Formular"),
        "data": gettext("Daten"),
        "everything": gettext("Alles"),
        "declaration": gettext("Selbsterklärung"),
        "brochure": gettext("Broschüre"),
        "booklet": gettext("Heft"),
        "product": "Brückenschlag",
        "checkpoints": gettext("Checkpunkte"),
        "number": gettext("Nr."),
        "statement": gettext("Gute Praxis"),
        "suggestion": gettext("Anregung"),
        "picture": gettext("Bild"),
        "about": gettext("Zu diesem Dokument"),
        "not allowed": gettext("Das passt hier nicht"),
        "only from list": gettext("Bitte wählen Sie aus der Liste. Das Feld darf auch leer bleiben."),
        "only days": gettext("Bitte geben Sie einen Tag ein, zum Beispiel 28.2.2027. Das Feld darf auch leer bleiben."),
        "only x": gettext("Bitte schreiben Sie ein x. Das Feld darf auch leer bleiben."),
        "too long": gettext("Hier ist Platz für höchstens %(most)s Zeichen."),
    }


def _of_report() -> dict[str, str]:
    return {
        "report": gettext("Bericht"),
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
        "complete": gettext("jede mit Angaben zu: %(columns)s"),
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


def _of_brochure() -> dict[str, str]:
    """What only the brochure and the form say; the gaps are filled like all others."""
    return {
        "how it works": gettext("So geht es"),
        "minutes": gettext("Rechnen Sie mit %(least)s bis %(most)s Minuten."),
        "step one": gettext("Schritt 1: Bewerten"),
        "step one paper": gettext(
            "Lesen Sie, was der Checkpunkt als gute Praxis beschreibt, und kreuzen Sie an, wie weit Sie damit sind. "
            "Bei den Anregungen kreuzen Sie an, was schon läuft und was in den Plan soll."
        ),
        "step one screen": gettext(
            "Lesen Sie, was der Checkpunkt als gute Praxis beschreibt, und wählen Sie aus, wie weit Sie damit sind. "
            "Bei den Anregungen wählen Sie aus, was schon läuft und was in den Plan soll."
        ),
        "step two": gettext("Schritt 2: Planen"),
        "step two paper": gettext(
            "Übertragen Sie in den Maßnahmenplan, was Sie wirklich angehen wollen. Beginnen Sie mit dem, was am "
            "dringendsten ist. Schreiben Sie dazu, wer sich kümmert und wann Sie nachsehen, was daraus geworden ist."
        ),
        "step two screen": gettext(
            "Schreiben Sie in den Maßnahmenplan, was Sie wirklich angehen wollen. Beginnen Sie mit dem, was am "
            "dringendsten ist. Schreiben Sie dazu, wer sich kümmert und wann Sie nachsehen, was daraus geworden ist."
        ),
        "way back": gettext(
            "Speichern Sie diese Datei, wenn Sie fertig sind oder eine Pause machen. Auf der Seite Ihrer Praxishilfe "
            "können Sie die Datei wieder hochladen. Dann sehen Sie zuerst, was sich ändert."
        ),
        "checkpoint of": gettext("Checkpunkt %(number)s von %(count)s"),
        "own notes": gettext("Platz für Notizen"),
        "imprint": gettext("Impressum"),
        "row": gettext("Zeile %(number)s"),
        "a day": gettext("Tag in Zahlen, zum Beispiel %(day)s"),
        "carried": gettext("Angabe für das Programm"),
    }
