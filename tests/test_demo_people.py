"""The demo has people ready: each link lets one of them in, and they may what their part says."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from brueckenschlag.accounts.models import Organisation, Person
from brueckenschlag.assessments.models import Assessment
from brueckenschlag.management import examples


@pytest.fixture
def printed(db, settings, tmp_path) -> str:
    settings.DATA_DIR = tmp_path
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def browser_of(printed: str, name: str) -> Client:
    found = re.search(rf"{name}.*\n  http://[^/]+(/einlass/\S+)", printed)
    assert found
    client = Client()
    assert client.post(found[1]).status_code == 302
    return client


@pytest.mark.parametrize("somebody", examples.PEOPLE, ids=lambda one: one.name)
def test_everybody_gets_in_by_their_link(printed, somebody):
    assert somebody.name in browser_of(printed, somebody.name).get("/konto").content.decode()


def test_their_parts_are_what_they_say(printed):
    assessment = Assessment.objects.get(name=examples.GUESTS[0].name)
    path, sent = f"/praxishilfe/{assessment.pk}/name", {"name": "Anders"}
    browsers = {one.name: browser_of(printed, one.name) for one in examples.PEOPLE}
    may_write = {name: browser.post(path, sent).status_code for name, browser in browsers.items()}
    assert {name for name, status in may_write.items() if status == 302} == {"Ayla Kern", "Bernd Oster", "Jo Brandt"}
    assert {status for name, status in may_write.items() if status != 302} == {404}
    assert browsers["Ruth Sand"].get(f"/praxishilfe/{assessment.pk}/plan").status_code == 200
    assert Organisation.objects.get(kind="advice").memberships.get().person.name == "Jo Brandt"
    assert [one.name for one in Person.objects.filter(is_staff=True)] == ["Kim Vogt"]


def test_the_association_shows_its_areas_side_by_side(printed):
    association = Organisation.objects.get(name=examples.ASSOCIATION.name)
    page = browser_of(printed, "Ines Harder").get(f"/organisation/{association.pk}/").content.decode()
    for example in examples.ASSOCIATION.examples:
        assert example.name in page
    assert association.assessments.filter(area=None).count() == 0


def test_the_adviser_has_both_on_the_board_and_may_only_read_the_association(printed):
    advice = Organisation.objects.get(kind="advice")
    adviser = browser_of(printed, "Jo Brandt")
    board = adviser.get(f"/organisation/{advice.pk}/klienten").content.decode()
    assert examples.GUESTS[0].name in board
    assert examples.ASSOCIATION.name in board
    of_an_area = Assessment.objects.get(name="Kita Sonnenweg")
    assert adviser.get(f"/praxishilfe/{of_an_area.pk}/plan").status_code == 200
    assert adviser.post(f"/praxishilfe/{of_an_area.pk}/name", {"name": "Anders"}).status_code == 404


def test_a_second_call_prints_new_links_and_makes_nobody_twice(printed):
    out = StringIO()
    call_command("demo", stdout=out)
    assert Person.objects.count() == len(examples.PEOPLE)
    assert browser_of(out.getvalue(), "Ayla Kern").get("/konto").status_code == 200
