"""People with an account on the site of the journeys, made beside the server in its own database.

Run as a program it makes one and prints the key of a session: `members.py <address> [organisation]`; with the second
word also an organisation with areas, assessments and measures, and its id and an assessment's.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Member:
    """The key of a session; the addresses of an organisation and of one of its assessments, where there is one.

    `operator` is the session of somebody who runs the site and has shown a second factor.
    """

    session: str
    organisation: str = ""
    assessment: str = ""
    area: str = ""
    adviser: str = ""
    offer: str = ""
    prepared: str = ""
    operator: str = ""

    def cookie(self, address: str) -> dict[str, str]:
        """What a browser of this person sends to the site at that address."""
        return {"name": "anmeldung", "value": self.session, "url": address}


def _environment(data: Path) -> dict[str, str]:
    """That of the site with this data folder, without the settings of the tests."""
    from .server import environment_of  # not where this file runs as a program

    return environment_of(data) | {"DJANGO_SETTINGS_MODULE": "brueckenschlag.settings"}


def sign_in_link(data: Path, email: str, site: str) -> str:
    """What the operator's command prints for somebody new, at the site's address."""
    command = [sys.executable, "-m", "brueckenschlag", "sign_in_link", email, "--create"]
    printed = subprocess.run(command, env=_environment(data), capture_output=True, check=True, encoding="utf-8").stdout
    return site + re.search(r"/einlass/\S+", printed)[0]


def run_site(data: Path, email: str) -> None:
    """Lets somebody with an account run the site with that data folder, by the operator's command."""
    command = [sys.executable, "-m", "brueckenschlag", "operator", email]
    told = subprocess.run(command, env=_environment(data), capture_output=True, check=True, encoding="utf-8").stdout
    assert "verwaltet jetzt die Seite" in told


def make(data: Path, email: str, *, with_organisation: bool = False) -> Member:
    """Somebody who has signed in at the site with that data folder."""
    environment = _environment(data)
    command = [sys.executable, __file__, email, *(["organisation"] if with_organisation else [])]
    printed = subprocess.run(command, env=environment, capture_output=True, check=True, encoding="utf-8").stdout
    return Member(**json.loads(printed))


def _session(email: str) -> tuple[object, str]:
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore

    from brueckenschlag.accounts.models import Person

    person, _ = Person.objects.get_or_create(email=email)
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.create()
    return person.pk, str(session.session_key)


def _operator() -> str:
    """The session of somebody who runs the site, as signing in with the app leaves it."""
    import time
    import uuid

    from django.contrib.sessions.backends.db import SessionStore

    from brueckenschlag.accounts.models import Person

    email = f"betrieb-{uuid.uuid4().hex[:8]}@probestadt.example"
    id, key = _session(email)
    Person.objects.filter(pk=id).update(is_staff=True)
    session = SessionStore(key)
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    session["account_authentication_methods_user"] = str(id)
    session.save()
    return key


def _organisation(person: object) -> dict[str, str]:
    """Fifteen areas on three levels; in most of them an assessment, each with its own ratings and measures."""
    from uuid import UUID

    from brueckenschlag.accounts.operations import add_areas, found_organisation, invite
    from brueckenschlag.assessments import editions
    from brueckenschlag.assessments.models import Rating
    from brueckenschlag.assessments.operations import begin_assessment
    from brueckenschlag.audit.actors import Actor
    from brueckenschlag.plans.models import Measure

    by = Actor(UUID(str(person)))
    edition = editions.current("zo")
    assert edition
    instrument = editions.original(edition.hash)
    verein = found_organisation("Wohlfahrtsverband im Landkreis Probestadt", "zo", by=by)
    tops = add_areas(verein, ["Kindertagesstätten", "Schuldnerberatung", "Werkstatt"], by=by)
    parts = add_areas(verein, [f"Kita Nummer {number}" for number in range(1, 12)], parent=tops[0], by=by)
    add_areas(verein, ["Waldgruppe"], parent=parts[0], by=by)
    for at, area in enumerate([None, *tops[1:], *parts]):
        assessment, _ = begin_assessment(edition, organisation=verein, area=area, by=by)
        for number, point in enumerate(instrument.checkpoints[: 7 - at % 3]):
            level = instrument.levels[(at * number + number) % len(instrument.levels)].key
            Rating.objects.create(assessment=assessment, checkpoint=point.key, level=level)
            facts = {"responsible": ("", "Frau Yılmaz", "Vorstand")[number % 3], "review": (None, "2026-01-31")[at % 2]}
            Measure.objects.create(
                assessment=assessment,
                checkpoint=point.key,
                text=f"Mit der Bäckerei über ein Frühstück für alle sprechen ({at}.{number})",
                priority="high",
                position=number + 1,
                **facts,
            )
    invite(verein, "reader", email="neu@probestadt.example", by=by)
    return _advice(verein, by) | {
        "organisation": f"/organisation/{verein.pk}/",
        "assessment": f"/praxishilfe/{assessment.pk}/",
        "area": str(parts[0].pk),
    }


def _advice(verein: Any, by: Any) -> dict[str, str]:
    """An organisation that advises this one and others, has prepared something and asked somebody; and an offer."""
    from brueckenschlag.accounts.keys import grouped
    from brueckenschlag.accounts.models import Organisation
    from brueckenschlag.accounts.operations import found_organisation, give_mandate, invite_clients, offer_mandate
    from brueckenschlag.assessments import editions
    from brueckenschlag.assessments.operations import begin_assessment

    edition = editions.current("zo")
    assert edition
    adviser = found_organisation("Kontaktstelle für bürgerschaftliches Engagement", "advice", by=by)
    give_mandate(verein, adviser, may_write=True, by=by)
    for name in ("Bäckerei Krume", "Chor am Markt"):
        give_mandate(Organisation.objects.create(name=name), adviser, may_write=False, by=by)
    invite_clients(adviser, [("Bürgerhaus", "info@buergerhaus.example")], by=by)
    prepared, _ = begin_assessment(edition, "Jugendtreff Hafen", organisation=adviser, by=by)
    key = offer_mandate(verein, may_write=False, by=by)[1]
    return {
        "adviser": f"/organisation/{adviser.pk}/",
        "offer": f"/annehmen/{grouped(key)}",
        "prepared": f"/praxishilfe/{prepared.pk}/",
        "operator": _operator(),
    }


def _main(email: str, what: str = "") -> None:
    import django

    django.setup()
    person, session = _session(email)
    print(json.dumps({"session": session} | (_organisation(person) if what else {})))


if __name__ == "__main__":
    _main(*sys.argv[1:])
