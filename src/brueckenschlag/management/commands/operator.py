"""`operator ADDRESS`: lets somebody administer this site, or no longer."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...accounts.models import Person
from ...accounts.operations import set_staff
from ...audit.actors import GUEST


class Command(BaseCommand):
    """Only on the server: nobody becomes operator by a page."""

    help = "Lässt jemanden die Seite verwalten; mit --end nicht mehr"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom."""
        parser.add_argument("address", nargs="?", help="E-Mail-Adresse des Kontos; ohne sie: wer es schon darf")
        parser.add_argument("--end", action="store_true", help="Verwaltung beenden")

    def handle(self, *args: Any, **options: Any) -> None:
        """Does it, and says so; without an address lists who may."""
        if not options["address"]:
            staff = Person.objects.filter(is_staff=True).order_by("email").values_list("email", flat=True)
            self.stdout.write("\n".join(staff) or "Noch verwaltet niemand die Seite.")
            return
        address = options["address"].strip().lower()
        person = Person.objects.filter(email=address).first()
        if person is None:
            raise CommandError(f"Zu „{address}“ gibt es kein Konto. Anlegen: sign_in_link --create {address}")
        set_staff(person, not options["end"], by=GUEST)
        ended, begun = (
            "verwaltet die Seite nicht mehr.",
            "verwaltet jetzt die Seite: /betrieb, mit App oder Passkey.",
        )
        self.stdout.write(f"{address} {ended if options['end'] else begun}")
