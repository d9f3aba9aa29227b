"""`sign_in_link ADDRESS`: prints a link that lets that person in, once and for a short time."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from ...accounts.models import Person
from ...accounts.operations import join_person, remove_second_step
from ...accounts.sign_in_links import LONGEST, new_token
from ...audit.actors import GUEST
from ..publishing import root_address

HOURS = int(LONGEST.total_seconds()) // 3600


class Command(BaseCommand):
    """For sites without mail, and for people who have lost their ways in."""

    help = "Zeigt einen Link, mit dem sich jemand ein einziges Mal anmelden kann"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom, for how long, and what else."""
        parser.add_argument("address", help="E-Mail-Adresse des Kontos")
        parser.add_argument("--create", action="store_true", help="das Konto anlegen, wenn es noch keines gibt")
        parser.add_argument("--hours", type=int, default=1, help=f"wie lange der Link gilt, höchstens {HOURS} Stunden")
        parser.add_argument(
            "--without-second-step",
            action="store_true",
            help="App und Notfallcodes entfernen, wenn beides verloren ist",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the link and nothing else, so that other programs can read it."""
        address = options["address"].strip().lower()
        try:
            validate_email(address)
        except ValidationError:
            raise CommandError(f"„{address}“ ist keine E-Mail-Adresse.") from None
        if not 1 <= options["hours"] <= HOURS:
            raise CommandError(f"Möglich sind 1 bis {HOURS} Stunden.")
        person = Person.objects.filter(email=address).first()
        if person is None and not options["create"]:
            raise CommandError(f"Zu „{address}“ gibt es kein Konto. Mit --create wird es angelegt.")
        person = person or join_person(address)
        if options["without_second_step"]:
            remove_second_step(person, by=GUEST)
        token = new_token(person, timedelta(hours=options["hours"]))
        self.stdout.write(f"{root_address()}/einlass/{token}")
