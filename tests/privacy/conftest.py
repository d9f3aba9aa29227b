"""People and an organisation to erase, take along and rename."""

import pytest

from brueckenschlag.accounts.models import Membership, Person


@pytest.fixture
def anna(verein):
    """The only owner."""
    person = Person.objects.get(email="owner@probestadt.example")
    person.name = "Anna Xylander"
    person.save()
    return person


@pytest.fixture
def ben(verein):
    """An editor of the same organisation."""
    person = Person.objects.create(email="ben.quast@probestadt.example", name="Ben Quast")
    Membership.objects.create(organisation=verein, person=person, role="editor")
    return person
