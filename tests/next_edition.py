"""The next edition of `zo`, for tests: one checkpoint gone with its terms; suggestions gone, new and reworded."""

import re
import shutil
from pathlib import Path

from brueckenschlag.instruments import library


def next_edition(folder: Path) -> Path:
    """Writes it there, in German only."""
    shutil.copytree(library.FOLDER / "zo", folder, ignore=shutil.ignore_patterns("languages"))
    change(folder / "instrument.yaml", r"^edition: .*", "edition: nächste")
    change(folder / "instrument.yaml", r", organisation\]", "]")
    (folder / "checkpoints/organisation.yaml").unlink()
    (folder / "sources.yaml").unlink()
    for term in ("fehlerkultur", "freiwilligenmanagement"):  # named by that checkpoint only
        change(folder / "instrument.yaml", rf"  - key: {term}\n(?:    .*\n)+", "")
    point = folder / "checkpoints/planen.yaml"
    change(point, r"- key: themen\n( +)", r"- key: neu\n\1text: Etwas ganz Neues tun\n      - key: themen\n\1")
    change(point, r"^title: .*", "title: Die Zusammenarbeit planen")
    change(point, r"      - key: kriterien\n(?:        .*\n)+", "")
    for file in (folder / "checkpoints").glob("*.yaml"):
        text = re.sub(r"(?m)^ *see: .*\n", "", file.read_text(encoding="utf-8"))
        file.write_text(text, encoding="utf-8")
    return folder


def change(file: Path, pattern: str, replacement: str) -> None:
    """Changes the first place of that pattern in a file; fails where there is none."""
    text, count = re.subn(pattern, replacement, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert count, f"{pattern} does not occur in {file}"
    file.write_text(text, encoding="utf-8")
