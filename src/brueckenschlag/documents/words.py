"""The fixed words of the documents, by English names, so that renderers need no translation of their own."""

from django.utils.translation import gettext


def fixed_words() -> dict[str, str]:
    """All of them in the language of the page."""
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
