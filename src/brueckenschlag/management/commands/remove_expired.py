"""`remove_expired`: deletes assessments and measures past their term; `nightly` does this and more."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from ...accounts.operations import forget_old_attempts
from ...assessments.operations import forget_old_offers, remove_expired
from ...plans.operations import erase_deleted


class Command(BaseCommand):
    """Keeps the promise of the privacy page."""

    help = "Löscht abgelaufene Praxishilfen und endgültig gelöschte Maßnahmen"

    def handle(self, *args: Any, **options: Any) -> None:
        """Deletes and says how much."""
        call_command("clearsessions")
        forget_old_attempts()
        forget_old_offers()
        self.stdout.write(f"Gelöscht: {remove_expired()} Praxishilfe(n), {erase_deleted()} Maßnahme(n).")
