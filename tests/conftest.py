"""The fixed cast: owner, reader, stranger, nobody; and the assessment that they meet around.

And of an organisation: its owner (chief), an editor, a reader (onlooker), and the owner of another one (neighbour).
And owners of three organisations that advise it: to read, to read and write, and once.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from brueckenschlag.accounts.keys import grouped, reader_key
from brueckenschlag.accounts.models import Mandate, Membership, Organisation, Person
from brueckenschlag.accounts.operations import (
    end_mandate,
    found_organisation,
    give_mandate,
    join_person,
    set_staff,
    set_up_app,
)
from brueckenschlag.accounts.sign_in_links import new_token
from brueckenschlag.assessments import editions
from brueckenschlag.assessments.models import Assessment, Edition
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import GUEST, Actor
from brueckenschlag.instruments.model import Instrument
from brueckenschlag.management.publishing import publish_shipped

from .app_codes import app_code
from .databases import PRIVATE


def pytest_report_header() -> str:
    """Which database the run is on."""
    return f"database: {'PostgreSQL' if PRIVATE else 'SQLite'}"


@dataclass
class Own:
    """An assessment with the owner's key, which the database does not hold."""

    assessment: Assessment
    key: str

    def path(self, rest: str) -> str:
        """Address of one of its pages."""
        return f"/praxishilfe/{self.assessment.id}/{rest}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database holds what ships, as after every start of the server."""
    with django_db_blocker.unblock():
        assert list(publish_shipped()) == []


@pytest.fixture
def edition(db: None) -> Edition:
    found = editions.current("zo")
    assert found
    return found


@pytest.fixture
def zo(edition: Edition) -> Instrument:
    return editions.original(edition.hash)


@pytest.fixture
def own(edition: Edition) -> Own:
    return Own(*begin_assessment(edition, "Verein der Testfälle", by=GUEST))


def opened(path: str) -> Client:
    """A browser that has opened this personal link."""
    client = Client(enforce_csrf_checks=False)
    assert client.get(path).status_code == 302
    return client


@pytest.fixture
def owner(own: Own) -> Client:
    return opened(f"/weiter/{grouped(own.key)}")


@pytest.fixture
def reader(own: Own) -> Client:
    return opened(f"/lesen/{grouped(reader_key(own.key))}")


@pytest.fixture
def stranger(edition: Edition) -> Client:
    """Somebody with an assessment of their own."""
    _, key = begin_assessment(edition, "Ganz andere Organisation", by=GUEST)
    return opened(f"/weiter/{grouped(key)}")


@pytest.fixture
def person(edition: Edition) -> Person:
    """Somebody with an account, and nothing in it."""
    return join_person("mitglied@example.org", language="de")


@pytest.fixture
def member(person: Person) -> Client:
    """A browser in which that person has lately signed in."""
    return browser_of(person)


def browser_of(person: Person) -> Client:
    """A browser in which somebody has signed in by the operator's link."""
    client = Client()
    answer = client.post(f"/einlass/{new_token(person, timedelta(hours=1))}")
    assert answer.status_code == 302, answer
    assert "anmeldung" in client.cookies
    return client


@pytest.fixture
def nobody(db: None) -> Client:
    return Client()


def signed_in(email: str) -> Client:
    """A browser of somebody with an account."""
    return browser_of(join_person(email))


def joined(organisation: Organisation, role: str) -> Client:
    """A browser of a member in that role."""
    client = signed_in(f"{role}@probestadt.example")
    Membership.objects.create(
        organisation=organisation, person=Person.objects.get(email=f"{role}@probestadt.example"), role=role
    )
    return client


@pytest.fixture
def verein(db: None) -> Organisation:
    """An organisation whose only owner is the chief."""
    chief = join_person("owner@probestadt.example")
    return found_organisation("Ortsverband Probestadt", "zo", by=Actor(chief.pk))


@pytest.fixture
def chief(verein: Organisation) -> Client:
    return signed_in("owner@probestadt.example")


@pytest.fixture
def editor(verein: Organisation) -> Client:
    return joined(verein, "editor")


@pytest.fixture
def onlooker(verein: Organisation) -> Client:
    return joined(verein, "reader")


@pytest.fixture
def neighbour(db: None) -> Client:
    """The owner of another organisation."""
    client = signed_in("nebenan@nachbarn.example")
    found_organisation("Nachbarn", "kmu", by=Actor(Person.objects.get(email="nebenan@nachbarn.example").pk))
    return client


def advising(organisation: Organisation, name: str, *, may_write: bool = False) -> Client:
    """A browser of the owner of an organisation that advises this one; its name is that of their mandate."""
    client = signed_in(f"{name}@beratung.example")
    by = Actor(Person.objects.get(email=f"{name}@beratung.example").pk)
    give_mandate(organisation, found_organisation(name, "advice", by=by), may_write=may_write, by=by)
    return client


@pytest.fixture
def reading_adviser(verein: Organisation) -> Client:
    return advising(verein, "liest")


@pytest.fixture
def writing_adviser(verein: Organisation) -> Client:
    return advising(verein, "schreibt", may_write=True)


@pytest.fixture
def former_adviser(verein: Organisation) -> Client:
    client = advising(verein, "frueher", may_write=True)
    end_mandate(Mandate.objects.get(adviser__name="frueher"), by=Actor())
    return client


def staff(email: str) -> Client:
    """A browser of somebody who runs the site, without a second factor."""
    client = signed_in(email)
    set_staff(Person.objects.get(email=email), True, by=GUEST)
    return client


@pytest.fixture
def operator(edition: Edition) -> Client:
    """Somebody who runs the site and has signed in with the app."""
    client, secret = Client(), "JBSWY3DPEHPK3PXP"
    staff("betrieb@probestadt.example")
    person = Person.objects.get(email="betrieb@probestadt.example")
    set_up_app(person, secret)
    answer = client.post(f"/einlass/{new_token(person, timedelta(hours=1))}")
    assert client.post(answer.url, {"code": app_code(secret)}).status_code == 302
    return client


@pytest.fixture
def operator_without(edition: Edition) -> Client:
    """Somebody who runs the site and has no second factor."""
    return staff("ohne@probestadt.example")
