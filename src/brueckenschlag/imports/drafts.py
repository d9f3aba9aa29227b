"""One import, from the document to the folder with the draft."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brueckenschlag

from ..instruments import checks
from . import readers, report, rules, structure, writer
from .form import Form
from .lines import Document, RefusedError
from .outline import Outline

PACKAGE = Path(brueckenschlag.__file__).resolve().parent
NO_KEY = "„{name}“ taugt nicht als Kürzel (nur a–z, Ziffern und Bindestriche). Bitte mit --slug eines angeben."
IN_PACKAGE = "Ein Entwurf gehört nicht in das Programm selbst. Bitte einen anderen Ordner wählen."
HEAD = "# Entwurf, gelesen aus einem Dokument. Was fehlt, heißt hier „{placeholder}“. Mehr steht in {report}.\n"
REPORT = "bericht.txt"


@dataclass(frozen=True)
class Imported:
    """A draft that has been written."""

    folder: Path
    document: Document
    outline: Outline
    form: Form

    def lines(self, *, all_places: bool = False) -> Iterator[str]:
        """The report."""
        title = self.outline.frame.title
        yield f"Gelesen: {self.document.file.name}" + (f", „{title.text}“" if title else "")
        yield from report.counts(self.outline)
        if lacking := list(report.missing(self.form.missing)):
            yield f"Sagt das Dokument nicht, im Entwurf steht „{checks.PLACEHOLDER}“:"
            yield from lacking
        if unsure := list(report.doubts(self.document, all_places=all_places)):
            yield "Nicht sicher, bitte ansehen:"
            yield from unsure


def import_document(file: Path, to: Path, slug: str = "") -> Imported:
    """Writes the draft to `to`, or to `to/slug`. Raises RefusedError; then nothing is written."""
    folder = to / slug if slug else to
    name = slug or to.resolve().name
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name) or len(name) > rules.LONGEST_KEY:
        raise RefusedError(to, NO_KEY.format(name=name))
    if folder.resolve().is_relative_to(PACKAGE):
        raise RefusedError(folder, IN_PACKAGE)
    writer.must_be_free(folder)
    document = readers.read(file)
    outline = structure.outline_of(document)
    form = Form(outline, name, document.doubts)
    imported = Imported(folder, document, outline, form)
    head = HEAD.format(placeholder=checks.PLACEHOLDER, report=REPORT)
    files = {path: head + writer.as_yaml(value) for path, value in form.files.items()}
    writer.write(folder, files | {REPORT: "\n".join(imported.lines(all_places=True)) + "\n"})
    return imported
