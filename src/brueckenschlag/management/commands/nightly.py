"""`nightly`: erases everything whose time has come; meant to run every night."""

from typing import Any

from django.core.management.base import BaseCommand

from ...privacy.operations import apply_terms


class Command(BaseCommand):
    """Keeps the promises of the privacy page."""

    help = "Löscht, was zu löschen ist: verlangte Löschungen und alles, dessen Frist vorbei ist"

    def handle(self, *args: Any, **options: Any) -> None:
        """Erases and says how much, nothing of whom."""
        done = apply_terms()
        self.stdout.write(
            f"Gelöscht: {done.people} Konto/Konten, {done.organisations} Organisation(en), "
            f"{done.assessments} Praxishilfe(n), {done.measures} Maßnahme(n), {done.entries} Zeile(n) im Protokoll, "
            f"{done.invitations} Einladung(en), {done.sessions} Anmeldung(en)."
        )
