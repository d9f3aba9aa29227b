"""Prints the example with Chromium into files/praxishilfe.pdf: python -m tests.imports.make_pdf CHROMIUM."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.imports.example import EXAMPLE, Example

STYLE = """
@page { size: A4; margin: 25mm } body { font: 11pt/1.35 "DejaVu Sans"; margin: 0 }
h1 { font-size: 20pt } h2 { font-size: 14pt } p.subtitle { font-size: 14pt }
ul { list-style-type: "• "; padding-left: 12pt } ul ul { list-style-type: "– " }
"""


def html(example: Example) -> str:
    """The example as a page. Chromium draws its own bullets as pictures, so these are text."""
    labels = "   ".join(f"…… = {label}" for label in example.labels)
    parts = [
        f"<h1>{example.title}</h1><p class=subtitle>{example.subtitle}</p>",
        f"<h2>Vorwort</h2><p>{example.preface}</p>",
        f"<h2>Ziel</h2><p>{example.goal}</p>",
        f"<h2>Erfolgreiche Praxis</h2><p>{example.practice}</p><p>{example.question}</p><p>{labels}</p>",
    ]
    for number, point in enumerate(example.points, start=1):
        parts.append(f"<h2>{number} {point.title}</h2><p>{point.statement}</p>")
        for lead, entries in point.groups.items():
            items = "".join(
                f"<li>{entry.text}{''.join(['<ul>', *(f'<li>{part}</li>' for part in entry.parts), '</ul>'])}</li>"
                for entry in entries
            )
            parts.append(f"<p>{lead}</p><ul>{items}</ul>")
    return f"<!doctype html><html lang=de><meta charset=utf-8><style>{STYLE}</style>{''.join(parts)}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "seite.html"
        page.write_text(html(EXAMPLE), encoding="utf-8")
        target = Path(__file__).parent / "files" / "praxishilfe.pdf"
        target.parent.mkdir(exist_ok=True)
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
        subprocess.run([sys.argv[1], *options, str(page)], check=True)
