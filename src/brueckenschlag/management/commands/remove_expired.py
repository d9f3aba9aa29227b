"""`remove_expired`: deletes what is past its term; meant to run every night."""

from typing import Any

from django.core.management.base import BaseCommand

from ...assessments.operations import forget_old_offers, remove_expired
from ...plans.operations import erase_deleted


class Command(BaseCommand):
    """Keeps the promise of the privacy page."""

    help = "Löscht abgelaufene Praxishilfen und endgültig gelöschte Maßnahmen"

    def handle(self, *args: Any, **options: Any) -> None:
        """Deletes and says how much."""
        forget_old_offers()
        self.stdout.write(f"Gelöscht: {remove_expired()} Praxishilfe(n), {erase_deleted()} Maßnahme(n).")
