"""`content check [FOLDER …]` names every fault of instruments; `content import FILE --to FOLDER` drafts one."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...imports import drafts
from ...imports.lines import RefusedError
from ...instruments import checks, library


class Command(BaseCommand):
    """Checks of the content, and drafts of new content."""

    help = "Prüft Inhalte oder liest sie aus einem Dokument: content check [ORDNER …], content import DATEI --to ORDNER"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One verb, then what it works on; `check` without a folder takes all instruments of the package."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="Instrumente prüfen")
        check.add_argument("folders", nargs="*", type=Path, metavar="ORDNER")

        draft = verbs.add_parser("import", help="Eine Praxishilfe aus .docx, .pdf oder .txt als Entwurf lesen")
        draft.add_argument("file", type=Path, metavar="DATEI")
        draft.add_argument("--to", type=Path, required=True, metavar="ORDNER", help="neuer Ordner für den Entwurf")
        draft.add_argument("--slug", default="", metavar="KÜRZEL", help="legt den Entwurf als ORDNER/KÜRZEL an")

    def handle(self, *args: Any, **options: Any) -> None:
        """Does what the verb says."""
        if options["verb"] == "check":
            self._check(options["folders"] or library.folders())
        else:
            self._import(options["file"], options["to"], options["slug"])

    def _check(self, folders: list[Path]) -> None:
        """Prints each fault as file:line: sentence and fails when there is one."""
        faults = [fault for folder in folders for fault in checks.faults_in(folder.resolve())]
        for fault in faults:
            self.stderr.write(str(fault))
        if faults:
            raise CommandError(f"{len(faults)} Fehler in {len(folders)} Instrumenten.")
        self.stdout.write(f"Alles in Ordnung: {len(folders)} Instrument(e) geprüft.")

    def _import(self, file: Path, to: Path, slug: str) -> None:
        """Writes a draft and prints what was found, what is missing, and what to look at."""
        try:
            imported = drafts.import_document(file, to, slug)
        except RefusedError as error:
            raise CommandError(f"Nicht eingelesen, nichts geschrieben.\n{error}") from None
        for line in imported.lines():
            self.stdout.write(line)
        self.stdout.write(f"Geschrieben: {imported.folder}, alle Stellen in {imported.folder / drafts.REPORT}")
        self.stdout.write(f"Bitte durchsehen, dann: content check {imported.folder}")
