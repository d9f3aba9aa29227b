"""Reads a form with pikepdf alone, and fills one in as a person would."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf


def values(data: bytes) -> dict[str, str]:
    """What each field holds, by its name. Line ends are made alike: programs write them differently."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return {str(one.T): _value(one) for one in pdf.Root.AcroForm.Fields}


def _value(field: pikepdf.Object) -> str:
    found = field.get("/V", "")
    if isinstance(found, pikepdf.Array):
        found = found[0]
    words = str(found).replace("\r\n", "\n").replace("\r", "\n")
    return words.removeprefix("/") if field.FT == "/Btn" else words


def inconsistent(data: bytes) -> Iterator[str]:
    """Boxes whose value and look say different things."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if field.FT == "/Btn":
                shown = {str(one.AS) for one in field.get("/Kids", [field])} - {"/Off"}
                if shown != {str(field.V)} - {"/Off"}:
                    yield str(field.T)


TEXTS = {
    "name": "Łódź-Verein Ayşe Yıldız & Söhne",
    "note/nutzen": "Zeile eins\nZeile zwei – „Zitat“ € ß ő",
    "plan/31/text": "Übung für Größe: ÄÖÜ (100 %)",
    "plan/31/responsible": "Žofie Nováková",
    "plan/31/start": "28.2.2027",
    "plan/31/review": "1. März 2027",
}
CHOICES = {"plan/31/checkpoint": "planen", "plan/31/priority": "high", "plan/31/status": "started"}
RADIOS = {"rating/nutzen": "bedarf", "rating/kontakte": "dringend"}
BOXES = {"running/planen/art": "Yes", "planned/planen/mitglieder": "Yes", "running/nutzen/mitstreitende": "Off"}
ENTERED = TEXTS | CHOICES | RADIOS | BOXES
