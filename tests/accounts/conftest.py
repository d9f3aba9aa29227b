"""People and an organisation for the tests of this room."""

import pytest

from brueckenschlag.accounts.models import Person
from brueckenschlag.accounts.operations import found_organisation
from brueckenschlag.audit.actors import Actor


@pytest.fixture
def ada(db):
    return Person.objects.create(email="ada@example.org")


@pytest.fixture
def ben(db):
    return Person.objects.create(email="ben@example.org")


@pytest.fixture
def by(ada):
    return Actor(ada.pk)


@pytest.fixture
def verein(by):
    return found_organisation("Ortsverband Probestadt", "zo", by=by)
