"""The fixed cast: owner, reader, stranger, nobody; and the assessment that they meet around."""

from dataclasses import dataclass

import pytest
from django.test import Client

from brueckenschlag.assessments.keys import grouped, reader_key
from brueckenschlag.assessments.models import Assessment
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.instruments import library
from brueckenschlag.instruments.model import Instrument


@dataclass
class Own:
    """An assessment with the owner's key, which the database does not hold."""

    assessment: Assessment
    key: str

    def path(self, rest: str) -> str:
        """Address of one of its pages."""
        return f"/praxishilfe/{self.assessment.id}/{rest}"


@pytest.fixture
def zo() -> Instrument:
    found = library.instrument("zo")
    assert found
    return found


@pytest.fixture
def own(db: None, zo: Instrument) -> Own:
    return Own(*begin_assessment(zo, "Verein der Testfälle"))


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
def stranger(db: None, zo: Instrument) -> Client:
    """Somebody with an assessment of their own."""
    _, key = begin_assessment(zo, "Ganz andere Organisation")
    return opened(f"/weiter/{grouped(key)}")


@pytest.fixture
def nobody(db: None) -> Client:
    return Client()
