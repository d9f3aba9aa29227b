"""A Praxishilfe of our own, small but with everything in it, and what must come out of it, from whichever format."""

from dataclasses import dataclass, field
from typing import Any

from brueckenschlag.imports.drafts import Imported


@dataclass(frozen=True)
class Entry:
    """A suggestion with its parts."""

    text: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Point:
    """A checkpoint: groups by the line above them."""

    title: str
    statement: str
    groups: dict[str, tuple[Entry, ...]]


@dataclass(frozen=True)
class Example:
    """The whole document."""

    title: str
    subtitle: str
    edition: str
    preface: str
    goal: str
    practice: str
    question: str
    labels: tuple[str, ...]
    notes: dict[str, str]  # by the word in the preface that they belong to
    points: tuple[Point, ...]
    columns: tuple[str, ...] = ()
    minutes: tuple[int, int] = (15, 30)
    steps: str = field(default="")

    def expected(self) -> list[Any]:
        """Titles, statements, groups and suggestions as `found` gives them."""
        return [
            (
                point.title,
                point.statement,
                [
                    (lead.rstrip(":"), [(entry.text, list(entry.parts)) for entry in entries])
                    for lead, entries in point.groups.items()
                ],
            )
            for point in self.points
        ]


def found(imported: Imported) -> list[Any]:
    """The same from a draft."""
    files = imported.form.files
    points = [files[f"checkpoints/{key}.yaml"] for key in files["instrument.yaml"]["checkpoints"]]
    return [
        (
            point["title"],
            point["statement"],
            [
                (
                    group["title"],
                    [(one["text"], [part["text"] for part in one.get("parts", [])]) for one in group["suggestions"]],
                )
                for group in point["groups"]
            ],
        )
        for point in points
    ]


EXAMPLE = Example(
    title="Nachbarschaftshilfe gemeinsam aufbauen",
    subtitle="Selbstbewertung für Vereine und Initiativen",
    edition="Stand: Mai 2026",
    preface=(
        "In vielen Vierteln gibt es Menschen, die gern helfen, und Menschen, die Hilfe brauchen. Ein Verein oder ein "
        "Quartiersbüro kann beide zusammenbringen. Diese Praxishilfe zeigt, worauf es dabei ankommt."
    ),
    steps="Gehen Sie die Checkpunkte der Reihe nach durch. Das dauert zwischen 15 und 30 Minuten.",
    goal="Wir helfen einander im Viertel verlässlich und so, dass niemand sich schämen muss.",
    practice="Vergleichen Sie das Beschriebene mit Ihrer eigenen Lage und entscheiden Sie selbst.",
    question="Wie weit sind wir hier?",
    labels=("Dringender Handlungsbedarf", "Handlungsbedarf", "Zurzeit kein Handlungsbedarf"),
    notes={
        "Verein": "Verein = Gruppe von Menschen mit einer Satzung und einem gemeinsamen Ziel",
        "Quartiersbüro": "Quartiersbüro (QB) = Anlaufstelle der Gemeinde in einem Stadtteil",
    },
    points=(
        Point(
            "Bedarf kennen",
            "Wir wissen, welche Hilfe die Menschen in unserem Viertel brauchen, und haben darüber gesprochen.",
            {
                "Anregungen aus der Praxis:": (
                    Entry("Die Menschen im Viertel fragen, was ihnen fehlt"),
                    Entry("Mit Stellen reden, die den Bedarf kennen", ("Pflegestützpunkt", "Gemeinde und Schulen")),
                    Entry("Aufschreiben, was wir selbst anbieten können – zum Beispiel Einkäufe oder Fahrten"),
                )
            },
        ),
        Point(
            "Helfende finden",
            "Wir sprechen Menschen gezielt an und sagen ihnen, worauf sie sich einlassen.",
            {
                "Was uns nützt:": (
                    Entry("Beim Straßenfest einen Stand aufbauen"),
                    Entry("Neue Leute eine erfahrene Person begleiten lassen"),
                ),
                "Was wir den Helfenden bieten:": (
                    Entry("Fahrtkosten ersetzen"),
                    Entry("Einmal im Jahr gemeinsam essen und danke sagen"),
                ),
            },
        ),
        Point(
            "Verlässlich bleiben",
            "Absprachen halten wir ein; wer verhindert ist, meldet sich rechtzeitig bei allen, die es betrifft.",
            {
                "Beispiele:": (
                    Entry("Eine Telefonnummer für alle Fälle festlegen"),
                    Entry("Zweimal im Jahr auswerten, was gut läuft und was nicht"),
                )
            },
        ),
    ),
    columns=("Checkpunkt", "Maßnahme", "Priorität", "Verantwortlich", "Beginn", "Kontrolle"),
)
