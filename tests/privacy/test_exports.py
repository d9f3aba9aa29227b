"""What people take along: everything about them, and everything about their organisation, readable by both."""

import io
import json
import re
import uuid
import zipfile

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from brueckenschlag.accounts.models import Mandate, Organisation, Person
from brueckenschlag.accounts.operations import add_areas, invite
from brueckenschlag.assessments.models import Covered, Rating
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import GUEST, Actor
from brueckenschlag.audit.models import LogEntry
from brueckenschlag.documents.exchange.model import Exchange
from brueckenschlag.plans.operations import add_measure
from brueckenschlag.plans.rules import Content
from brueckenschlag.privacy.exports import about_organisation, about_person
from brueckenschlag.web.readable import COLUMNS, LEFT_OUT, SECTIONS, tables

# Every table that points to people or organisations, and the part of the export that holds its rows. A new table fails
# here until it is given its place.
OF_PERSON = {
    "account.EmailAddress.user": "addresses",
    "mfa.Authenticator.user": "second_steps",
    "socialaccount.SocialAccount.user": "directory",
    "usersessions.UserSession.user": "sessions",
    "brueckenschlag.Membership.person": "memberships",
    "brueckenschlag.Invitation.invited_by": "invitations",
    "brueckenschlag.Mandate.created_by": "mandates",
    "brueckenschlag.ClientInvitation.invited_by": "asked_clients",
    "brueckenschlag.Handover.offered_by": "handovers",
}
OF_ORGANISATION = {
    "brueckenschlag.Area.organisation": "areas",
    "brueckenschlag.Membership.organisation": "members",
    "brueckenschlag.Invitation.organisation": "invitations",
    "brueckenschlag.Mandate.organisation": "mandates",
    "brueckenschlag.Mandate.adviser": "mandates",
    "brueckenschlag.ClientInvitation.adviser": "asked_clients",
    "brueckenschlag.Assessment.organisation": "assessments",
}


@pytest.fixture
def full(verein, anna, ben, edition):
    """An organisation with something in every part."""
    by = Actor(anna.pk)
    Authenticator.objects.create(user=anna, type="totp", data={"secret": "GEHEIMNIS"})
    [area] = add_areas(verein, ["Hort"], by=by)
    invite(verein, "reader", email="neu@probestadt.example", by=by)
    office = Organisation.objects.create(name="Stadtberatung", kind="advice")
    mandate = Mandate.objects.create(organisation=verein, adviser=office, created_by=anna, covers_all=False)
    assessment, _ = begin_assessment(edition, "Jugend & Spiel", organisation=verein, area=area, by=by)
    Covered.objects.create(mandate=mandate, assessment=assessment)
    Rating.objects.create(assessment=assessment, checkpoint="planen", level="gut", note="Läuft <gut>")
    add_measure(
        assessment, Content("planen", "Gespräch", "high", responsible="ANNA Xylander"), id=uuid.uuid4(), by=GUEST
    )
    return assessment


def relations(model) -> set[str]:
    fields = [one for one in model._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete]
    return {f"{one.related_model._meta.label}.{one.field.name}" for one in fields}


@pytest.mark.parametrize(
    ("model", "places", "about"),
    [(Person, OF_PERSON, about_person), (Organisation, OF_ORGANISATION, about_organisation)],
)
def test_every_table_has_its_place_in_the_export(model, places, about, anna, verein):
    assert relations(model) == set(places)
    assert set(places.values()) <= set(about(anna if model is Person else verein))


def test_every_section_and_column_has_a_word(full, anna, verein):
    for record in (about_person(anna), about_organisation(verein)):
        parts = set(record) - {"format", "version", "made_at"}
        assert parts <= set(SECTIONS)
        for part in parts:
            rows = [record[part]] if isinstance(record[part], dict) else record[part]
            assert {name for row in rows for name in row} <= set(COLUMNS) | LEFT_OUT
        assert tables(record)


def opened(answer) -> dict[str, bytes]:
    assert answer.status_code == 200
    assert re.fullmatch(r'attachment; filename="[a-z-]+-\d{4}-\d\d-\d\d\.zip"', answer["Content-Disposition"])
    assert answer["Cache-Control"] == "no-store, private"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    return {name: archive.read(name) for name in archive.namelist()}


def test_a_person_takes_everything_along_but_the_secrets(full, anna, verein):
    client = Client()
    client.force_login(anna)
    files = opened(client.post("/konto/mitnehmen"))
    record = json.loads(files["konto.json"])
    assert record["account"]["email"] == anna.email
    assert record["memberships"][0]["organisation_name"] == verein.name
    assert [one["text"] for one in record["measures"]] == ["Gespräch"]
    assert record["second_steps"][0]["type"] == "totp"
    assert {"organisation.founded", "area.added", "person.exported"} <= {one["verb"] for one in record["log"]}
    page = files["konto.html"].decode()
    for words in (anna.name, verein.name, "Organisation angelegt", "Leitung", "Gespräch"):
        assert words in page
    assert not any(b"GEHEIMNIS" in file for file in files.values())
    assert LogEntry.objects.filter(verb="person.exported", person=anna.pk).count() == 1


def test_an_owner_takes_the_organisation_along_with_every_assessment(full, anna, verein):
    chief = Client()
    chief.force_login(anna)
    files = opened(chief.post(f"/organisation/{verein.pk}/mitnehmen"))
    record = json.loads(files["organisation.json"])
    [listed] = record["assessments"]
    exchanged = Exchange.model_validate_json(files[listed["file"]])
    assert exchanged.assessment == full.pk
    assert exchanged.ratings[0].note == "Läuft <gut>"
    assert {one["person_email"] for one in record["members"]} == {anna.email, "ben.quast@probestadt.example"}
    assert record["mandates"][0]["adviser_name"] == "Stadtberatung"
    assert record["mandates"][0]["assessments"] == [{"id": str(full.pk), "name": "Jugend & Spiel"}]
    assert record["areas"][0]["name"] == "Hort"
    assert re.fullmatch(r"praxishilfen/jugend-spiel-[0-9a-f]{8}\.json", listed["file"])
    page = files["organisation.html"].decode()
    for words in ("Ben Quast", "Bewertungen und Notizen", "Läuft &lt;gut&gt;", "Gespräch", "ANNA Xylander"):
        assert words in page
    assert page.count("<td>Jugend &amp; Spiel</td>") == 4
    assert LogEntry.objects.filter(verb="organisation.exported", organisation=verein.pk).count() == 1


def test_an_adviser_takes_along_no_list_of_what_a_client_has(full):
    office = Organisation.objects.get(name="Stadtberatung")
    assert about_organisation(office)["mandates"][0]["assessments"] == []


def test_nobody_takes_along_what_is_not_theirs(full, verein, anna, ben):
    client = Client()
    client.force_login(ben)
    assert client.post(f"/organisation/{verein.pk}/mitnehmen").status_code == 404
    page = opened(client.post("/konto/mitnehmen"))["konto.json"].decode()
    assert anna.email not in page
    assert anna.name not in page


def test_whoever_calls_themselves_by_an_address_is_told_nothing_of_whose_it_is(full, verein, anna, member, person):
    add_measure(full, Content("planen", "Vertraulich", "high", responsible=anna.email), id=uuid.uuid4(), by=GUEST)
    invite(verein, "reader", email=anna.email, by=Actor(anna.pk))
    member.post("/konto/angaben", {"name": anna.email, "language": "de"})
    record = json.loads(opened(member.post("/konto/mitnehmen"))["konto.json"])
    assert record["measures"] == []
    assert record["invitations"] == []


def test_names_with_signs_of_html_or_paths_do_no_harm(verein, anna, edition, chief):
    verein.name = '<script>alert(1)</script>"'
    verein.save()
    for name in ("../../etc/passwd", "\u202eabc", "x" * 120, ""):
        begin_assessment(edition, name, organisation=verein, by=Actor(anna.pk))
    files = opened(chief.post(f"/organisation/{verein.pk}/mitnehmen"))
    assert b"<script>" not in files["organisation.html"]
    assert len(files) == 6
    assert all(re.fullmatch(r"(praxishilfen/)?[a-z0-9-]+\.(json|html)", name) for name in files)
