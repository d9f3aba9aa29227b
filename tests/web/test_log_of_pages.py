"""What people of an organisation do on the pages of an assessment stands in its log; what guests do stands nowhere."""

import uuid

import pytest
from django.test import Client

from brueckenschlag.accounts.models import Mandate, Membership, Organisation, Person
from brueckenschlag.assessments.models import Assessment
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.audit.models import LogEntry
from brueckenschlag.plans.operations import add_measure
from brueckenschlag.plans.rules import Content

MEASURE = {"checkpoint": "planen", "text": "Neu", "priority": "high", "status": "open"}


@pytest.fixture
def joint(own):
    """The assessment of the cast, as an organisation's."""
    own.assessment.organisation = Organisation.objects.create(name="Ortsverband")
    own.assessment.save()
    return own


def member_of(organisation, role="editor") -> tuple[Client, Person]:
    person = Person.objects.create(email=f"{uuid.uuid4()}@example.org")
    Membership.objects.create(organisation=organisation, person=person, role=role)
    client = Client()
    client.force_login(person)
    return client, person


def logged(own) -> list[tuple]:
    entries = LogEntry.objects.filter(assessment=own.assessment.pk).order_by("pk")
    return list(entries.values_list("verb", "person", "mandate"))


def sent(row) -> list[tuple[str, dict, str]]:
    return [
        ("checkpunkt/planen", {"level": "gut", "version": 0, "running": "planen.ziele"}, "rating.changed"),
        ("plan/neu", MEASURE, "measure.added"),
        ("plan/anregung", {"suggestion": "planen.kriterien"}, "measure.added"),
        (f"plan/{row.pk}", MEASURE | {"text": "Anders", "version": 1}, "measure.changed"),
        (f"plan/{row.pk}/verschieben", {"direction": "down"}, "measure.moved"),
        (f"plan/{row.pk}/loeschen", {}, "measure.removed"),
        (f"plan/{row.pk}/zurueckholen", {}, "measure.restored"),
        ("name", {"name": "Neuer Name"}, "assessment.renamed"),
        ("weitermachen/erneuern", {}, "links.renewed"),
    ]


def test_every_change_of_a_member_is_logged_with_the_person(joint):
    client, person = member_of(joint.assessment.organisation)
    row = add_measure(joint.assessment, Content("planen", "Vorhanden", "high"), id=uuid.uuid4(), by=GUEST)
    for path, data, verb in sent(row):
        before = len(logged(joint))
        assert client.post(joint.path(path), data).status_code == 302, path
        new = logged(joint)[before:]
        assert (verb, person.pk, None) in new, path


def test_an_adviser_is_logged_with_the_mandate(joint):
    adviser = Organisation.objects.create(name="Beratung", kind="advice")
    client, person = member_of(adviser)
    mandate = Mandate.objects.create(organisation=joint.assessment.organisation, adviser=adviser, may_write=True)
    assert client.post(joint.path("plan/neu"), MEASURE).status_code == 302
    assert logged(joint)[-1] == ("measure.added", person.pk, mandate.pk)


def test_whoever_comes_by_the_link_is_logged_without_a_person(joint, owner):
    assert owner.post(joint.path("plan/neu"), MEASURE).status_code == 302
    assert logged(joint)[-1] == ("measure.added", None, None)


def test_what_guests_do_is_not_logged(own, owner):
    row = add_measure(own.assessment, Content("planen", "Vorhanden", "high"), id=uuid.uuid4(), by=GUEST)
    for path, data, _ in sent(row):
        assert owner.post(own.path(path), data).status_code == 302, path
    assert LogEntry.objects.count() == 0


def test_typing_on_is_logged_once_in_a_while(joint):
    client, person = member_of(joint.assessment.organisation)
    for note in ("W", "Wi", "Wir"):
        rating = Assessment.objects.get(pk=joint.assessment.pk).ratings.filter(checkpoint="planen").first()
        sent = {"level": "", "note": note, "version": rating.version if rating else 0}
        assert client.post(joint.path("checkpunkt/planen"), sent).status_code == 302
    assert logged(joint) == [("rating.changed", person.pk, None)]


def test_the_log_never_holds_what_was_written(joint):
    client, _ = member_of(joint.assessment.organisation)
    client.post(joint.path("plan/neu"), MEASURE | {"text": "Streng geheim", "responsible": "Ada"})
    values = [str(value) for entry in LogEntry.objects.values() for value in entry.values()]
    assert not any("geheim" in value or "Ada" in value for value in values)


def test_that_an_assessment_was_erased_stays_in_the_log_of_its_organisation(joint):
    client, person = member_of(joint.assessment.organisation, "owner")
    assert client.post(joint.path("loeschen")).status_code == 302
    assert logged(joint) == [("assessment.erased", person.pk, None)]
