"""Founding an organisation, also silently, and beginning an assessment within one."""

import html

import pytest
from django.test import Client

from brueckenschlag.accounts.models import Membership, Organisation
from brueckenschlag.accounts.operations import add_areas
from brueckenschlag.assessments.models import Assessment
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.audit.models import LogEntry

from ..conftest import signed_in

ZO = "/praxishilfe/zo/"


@pytest.fixture
def newcomer(edition) -> Client:
    return signed_in("neu@example.org")


def newest() -> Assessment:
    return Assessment.objects.get(pk=LogEntry.objects.filter(verb="assessment.begun").latest("pk").assessment)


def test_an_organisation_is_founded_by_its_name_and_kind(newcomer):
    answer = newcomer.post("/organisation/neu", {"name": "Bürgerhaus", "kind": "zo"})
    founded = Organisation.objects.get(name="Bürgerhaus")
    assert answer["Location"] == f"/organisation/{founded.pk}/"
    assert Membership.objects.get(organisation=founded).role == "owner"


@pytest.mark.parametrize("sent", [{}, {"name": "Bürgerhaus"}, {"kind": "zo"}, {"name": "Bürgerhaus", "kind": "x"}])
def test_an_organisation_without_name_or_kind_is_not_founded(newcomer, sent):
    assert newcomer.post("/organisation/neu", sent).status_code == 422
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(("slug", "kind"), [("zo", "zo"), ("kmu", "kmu")])
def test_with_the_first_assessment_an_organisation_comes_into_being_silently(newcomer, slug, kind):
    answer = newcomer.post(f"/praxishilfe/{slug}/", {"name": "Bürgerhaus Probestadt"})
    assert answer.status_code == 302
    founded = Organisation.objects.get()
    assert (founded.name, founded.kind) == ("Bürgerhaus Probestadt", kind)
    assert newest().organisation == founded
    assert newcomer.get(answer["Location"]).status_code == 200


def test_the_name_may_be_empty(newcomer):
    newcomer.post(ZO, {"name": ""})
    founded = Organisation.objects.get()
    assert founded.name == ""
    assert "Ihre Organisation" in newcomer.get(f"/organisation/{founded.pk}/").content.decode()


def test_guests_found_nothing(nobody, edition):
    nobody.post(ZO, {"name": "Bürgerhaus"})
    assert not Organisation.objects.exists()
    assert Assessment.objects.get().organisation is None


def test_within_an_area_nothing_is_typed_again(editor, verein, edition):
    [jugend] = add_areas(verein, ["Jugend"], by=GUEST)
    shown = html.unescape(editor.get(f"{ZO}?organisation={verein.pk}&bereich={jugend.pk}").content.decode())
    assert "Ortsverband Probestadt › Jugend" in shown
    assert 'name="name"' not in shown
    editor.post(ZO, {"organisation": verein.pk, "bereich": jugend.pk})
    begun = newest()
    assert (begun.organisation, begun.area, begun.name) == (verein, jugend, "Jugend")


def test_the_introduction_says_who_can_open_it_and_how_long_it_stays(editor, nobody, verein, edition):
    within = html.unescape(editor.get(f"{ZO}?organisation={verein.pk}").content.decode())
    assert "Die Praxishilfe gehört der Organisation" in within
    assert "später unter „Mein Konto“ weiter" in within
    assert "24 Monate nach der letzten Änderung" not in within
    without = html.unescape(nobody.get(ZO).content.decode())
    assert "24 Monate nach der letzten Änderung" in without
    assert "Mein Konto“ weiter" not in without


def test_for_the_organisation_one_of_its_areas_can_be_chosen(editor, verein, edition):
    [jugend] = add_areas(verein, ["Jugend"], by=GUEST)
    shown = html.unescape(editor.get(f"{ZO}?organisation={verein.pk}").content.decode())
    assert f'<option value="{jugend.pk}">Jugend</option>' in shown
    for area in (jugend, None):
        editor.post(ZO, {"organisation": verein.pk, "bereich": area.pk if area else ""})
        assert newest().area == area


def test_who_belongs_to_organisations_chooses_one_or_a_new_one(editor, verein, edition):
    answer = editor.get(ZO)
    assert "no-store" in answer["Cache-Control"]
    shown = html.unescape(answer.content.decode())
    assert f'<option value="{verein.pk}">Ortsverband Probestadt</option>' in shown
    editor.post(ZO, {"organisation": verein.pk, "name": "Sommerfest"})
    assert (newest().organisation, newest().name) == (verein, "Sommerfest")
    editor.post(ZO, {"organisation": "", "name": "Ganz neu"})
    assert newest().organisation.name == "Ganz neu"


@pytest.mark.parametrize("person", ["onlooker", "neighbour", "stranger", "nobody"])
def test_who_may_not_edit_begins_nothing_there(person, verein, edition, request):
    client = request.getfixturevalue(person)
    assert client.get(f"{ZO}?organisation={verein.pk}").status_code == 404
    assert client.post(ZO, {"organisation": verein.pk}).status_code == 404
    assert not Assessment.objects.filter(organisation=verein).exists()


def test_an_area_of_another_organisation_and_what_is_no_id_begin_nothing(editor, verein, neighbour, edition):
    [foreign] = add_areas(Organisation.objects.get(name="Nachbarn"), ["Fremd"], by=GUEST)
    for sent in (
        {"organisation": verein.pk, "bereich": foreign.pk},
        {"organisation": verein.pk, "bereich": "x"},
        {"organisation": "x"},
    ):
        assert editor.post(ZO, sent).status_code == 404
    assert not Assessment.objects.exists()
