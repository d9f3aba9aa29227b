"""The fixed cast: owner, reader, stranger, nobody; and the assessment that they meet around."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from brueckenschlag.accounts.keys import grouped, reader_key
from brueckenschlag.accounts.models import Person
from brueckenschlag.accounts.operations import join_person
from brueckenschlag.accounts.sign_in_links import new_token
from brueckenschlag.assessments import editions
from brueckenschlag.assessments.models import Assessment, Edition
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.instruments.model import Instrument
from brueckenschlag.management.publishing import publish_shipped


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
    return Own(*begin_assessment(edition, "Verein der Testfälle"))


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
    _, key = begin_assessment(edition, "Ganz andere Organisation")
    return opened(f"/weiter/{grouped(key)}")


@pytest.fixture
def person(edition: Edition) -> Person:
    """Somebody with an account, and nothing in it."""
    return join_person("mitglied@example.org", language="de")


@pytest.fixture
def member(person: Person) -> Client:
    """A browser in which that person has lately signed in."""
    return signed_in(person)


def signed_in(person: Person) -> Client:
    """A browser in which somebody has signed in by the operator's link."""
    client = Client()
    answer = client.post(f"/einlass/{new_token(person, timedelta(hours=1))}")
    assert answer.status_code == 302, answer
    assert "anmeldung" in client.cookies
    return client


@pytest.fixture
def nobody(db: None) -> Client:
    return Client()
