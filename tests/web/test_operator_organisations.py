"""The site's administration of organisations: found by name, looked at without contents, helped and erased."""

import uuid

import pytest

from brueckenschlag.accounts.models import Membership, Organisation, Person
from brueckenschlag.accounts.operations import found_organisation, join_person
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import GUEST, Actor
from brueckenschlag.audit.models import LogEntry
from brueckenschlag.plans.operations import add_measure
from brueckenschlag.plans.rules import Content

from .test_operator import words


def path(verein, rest=""):
    return f"/betrieb/organisationen/{verein.pk}{rest}"


def test_they_are_found_by_a_part_of_their_name(operator, verein, neighbour):
    assert "Nachbarn" in words(operator.get("/betrieb/organisationen"))
    found = words(operator.get("/betrieb/organisationen?suche=  probeSTADT "))
    assert "Ortsverband Probestadt" in found
    assert "Nachbarn" not in found
    assert "So heißt keine" in words(operator.get("/betrieb/organisationen?suche=gibtesnicht"))


@pytest.mark.parametrize("query", ["suche=%00", "suche=" + "x" * 5000, "suche=%25_%27", "seite=-1", "seite=x"])
def test_whatever_is_searched_for_is_answered(operator, verein, query):
    assert operator.get(f"/betrieb/organisationen?{query}").status_code == 200
    assert operator.get(f"/betrieb/konten?{query}").status_code == 200


def test_many_come_on_pages_with_as_many_queries(operator, django_assert_max_num_queries):
    by = Actor(Person.objects.create(email="ada@verein.example").pk)
    for number in range(60):
        found_organisation(f"Verein {number:02}", "zo", by=by)
    with django_assert_max_num_queries(7):
        first = words(operator.get("/betrieb/organisationen"))
    assert "Verein 49" in first
    assert "Verein 50" not in first
    assert "Verein 50" in words(operator.get("/betrieb/organisationen?seite=2"))


def test_one_shows_its_members_and_nothing_that_they_entered(operator, verein, editor, edition):
    assessment, _ = begin_assessment(edition, "Jugend und Spiel", organisation=verein, by=GUEST)
    add_measure(assessment, Content("planen", "Geheimes Gespräch", "high"), id=uuid.uuid4(), by=GUEST)
    shown = words(operator.get(path(verein)))
    assert "owner@probestadt.example" in shown
    assert "editor@probestadt.example" in shown
    assert "Praxishilfen 1" in shown
    assert "Jugend und Spiel" not in shown
    assert "Geheimes" not in shown


def test_that_it_was_looked_at_stands_in_its_log_once(operator, verein, chief):
    for _ in range(3):
        operator.get(path(verein))
    assert LogEntry.objects.filter(verb="operator.opened", organisation=verein.pk).count() == 1
    assert "Von der Verwaltung der Seite geöffnet" in words(chief.get(f"/organisation/{verein.pk}/protokoll"))


def test_somebody_gets_the_lead_where_nobody_else_can(operator, verein):
    join_person("neu@probestadt.example")
    Membership.objects.filter(organisation=verein).delete()
    assert "Niemand leitet diese Organisation" in words(operator.get(path(verein)))
    answer = operator.post(path(verein, "/leitung"), {"address": " Neu@Probestadt.example "})
    assert answer.url == path(verein) + "?gespeichert=1"
    assert verein.memberships.get().role == "owner"
    assert "Niemand leitet" not in words(operator.get(path(verein)))


@pytest.mark.parametrize("address", ["", "niemand@probestadt.example", "keine Adresse", "x" * 300 + "@y.example"])
def test_who_is_not_there_cannot_lead(operator, verein, address):
    answer = operator.post(path(verein, "/leitung"), {"address": address})
    assert answer.status_code == 422
    assert "Fehler:" in answer.content.decode()
    assert verein.memberships.count() == 1


def test_an_account_that_is_closed_gets_no_lead(operator, verein):
    Person.objects.filter(pk=join_person("zu@probestadt.example").pk).update(is_active=False)
    assert operator.post(path(verein, "/leitung"), {"address": "zu@probestadt.example"}).status_code == 422


def test_it_is_to_be_erased_and_kept_after_all(operator, verein, chief):
    assert "14 Tagen" in words(operator.get(path(verein, "/loeschen")))
    operator.post(path(verein, "/loeschen"))
    verein.refresh_from_db()
    assert verein.erase_on
    assert operator.get(path(verein, "/loeschen")).status_code == 404
    assert "wird am" in words(chief.get(f"/organisation/{verein.pk}/"))
    operator.post(path(verein, "/behalten"))
    verein.refresh_from_db()
    assert verein.erase_on is None
    verbs = LogEntry.objects.filter(organisation=verein.pk).values_list("verb", flat=True)
    assert {"organisation.erasure-asked", "organisation.erasure-undone"} <= set(verbs)


def test_one_that_is_not_there_is_not_there(operator):
    nobody = f"/betrieb/organisationen/{uuid.uuid4()}"
    assert operator.get(nobody).status_code == 404
    for rest in ("/leitung", "/loeschen", "/behalten"):
        assert operator.post(nobody + rest, {"address": "a@b.example"}).status_code == 404
    assert not Organisation.objects.exists()
