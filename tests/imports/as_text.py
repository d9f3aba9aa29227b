"""Writes an example as .txt, the way people type."""

import textwrap

from .example import Example

BULLETS = ("-", "o")


def as_text(example: Example, *, bullets: tuple[str, str] = BULLETS, width: int = 78, between: str = "\n") -> str:
    """The document; `between` stands between two suggestions."""

    def filled(text: str, first: str = "") -> str:
        return textwrap.fill(
            text, width, initial_indent=first, subsequent_indent=" " * len(first), break_on_hyphens=False
        )

    preface = example.preface
    notes = []
    for number, (word, text) in enumerate(example.notes.items(), start=1):
        preface = preface.replace(word, f"{word}{number}", 1)
        notes.append(f"{number}\n {filled(text)}")
    blocks = [
        f"{example.title}\n{example.subtitle}\n{example.edition}",
        f"Vorwort\n\n{filled(preface)}",
        "\n".join(notes),
        f"So gehen Sie vor\n\n{filled(example.steps)}",
        f"Ziel:\n{filled(example.goal)}",
        f"Erfolgreiche Praxis:\n{filled(example.practice)}\n\n{example.question}",
        "\n".join(f"{colour} = {label}" for colour, label in zip(("rot", "gelb", "grün"), example.labels, strict=True)),
    ]
    for number, point in enumerate(example.points, start=1):
        blocks.append(f"{number}. {point.title}\n{filled(point.statement)}")
        for lead, entries in point.groups.items():
            texts = []
            for entry in entries:
                texts.append(filled(entry.text, f"{bullets[0]} "))
                texts += [filled(part, f"  {bullets[1]} ") for part in entry.parts]
            blocks.append(f"{lead}\n{between.join(texts)}")
    blocks.append(f"Maßnahmenplan\n\n{'   '.join(example.columns)}")
    return "\n\n".join(block for block in blocks if block) + "\n"
