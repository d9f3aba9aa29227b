"""`exchange_schema [DATEI]`: the JSON Schema of the exchange format, for programs that read or write it."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...documents.exchange.writing import schema


class Command(BaseCommand):
    """Writes it to a file, or shows it."""

    help = "Das JSON-Schema des Austauschformats schreiben oder zeigen"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path, nargs="?", metavar="DATEI", help="ohne Angabe: auf den Bildschirm")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        """Writes."""
        text = json.dumps(schema(), ensure_ascii=False, indent=2)
        if file is None:
            self.stdout.write(text)
            return
        try:
            file.write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{file} lässt sich nicht schreiben: {error.strerror}.") from None
        self.stdout.write(f"Geschrieben: {file}")
