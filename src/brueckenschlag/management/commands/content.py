"""`content check [FOLDER …]`: reads instruments as a publisher wrote them and names every fault with its place."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...instruments import checks, library


class Command(BaseCommand):
    """Checks of the content."""

    help = "Prüft die Inhalte: content check [ORDNER …]"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One verb, then folders; without a folder all instruments of the package."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="Instrumente prüfen")
        check.add_argument("--strict", action="store_true", help="auch Hinweise gelten als Fehler")
        check.add_argument("folders", nargs="*", type=Path, metavar="ORDNER")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints each fault as file:line: sentence and fails when there is one."""
        folders = options["folders"] or library.folders()
        others = {folder.name: folder for folder in [*library.folders(), *folders]}
        found = [fault for folder in folders for fault in checks.faults_in(folder.resolve(), others)]
        for fault in found:
            self.stderr.write(str(fault))
        faults = found if options["strict"] else [fault for fault in found if not fault.is_hint]
        if faults:
            raise CommandError(f"{len(faults)} Fehler in {len(folders)} Instrumenten.")
        self.stdout.write(f"Alles in Ordnung: {len(folders)} Instrument(e) geprüft.")
