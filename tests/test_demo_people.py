"""The demo has people ready: each link lets one of them in, and they may what their part says."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from brueckenschlag.accounts.models import Organisation, Person
from brueckenschlag.assessments.models import Assessment
from brueckenschlag.management.commands import demo


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


@pytest.mark.parametrize("somebody", demo.PEOPLE, ids=lambda one: one.name)
def test_everybody_gets_in_by_their_link(printed, somebody):
    assert somebody.name in browser_of(printed, somebody.name).get("/konto").content.decode()


def test_their_parts_are_what_they_say(printed):
    assessment = Assessment.objects.get(organisation__isnull=False)
    path, sent = f"/praxishilfe/{assessment.pk}/name", {"name": "Anders"}
    browsers = {one.name: browser_of(printed, one.name) for one in demo.PEOPLE}
    may_write = {name: browser.post(path, sent).status_code for name, browser in browsers.items()}
    assert may_write == {"Ayla Kern": 302, "Bernd Oster": 302, "Ruth Sand": 404, "Jo Brandt": 404, "Kim Vogt": 404}
    assert browsers["Ruth Sand"].get(f"/praxishilfe/{assessment.pk}/plan").status_code == 200
    assert Organisation.objects.get(kind="advice").memberships.get().person.name == "Jo Brandt"
    assert [one.name for one in Person.objects.filter(is_staff=True)] == ["Kim Vogt"]


def test_a_second_call_prints_new_links_and_makes_nobody_twice(printed):
    out = StringIO()
    call_command("demo", stdout=out)
    assert Person.objects.count() == len(demo.PEOPLE)
    assert browser_of(out.getvalue(), "Ayla Kern").get("/konto").status_code == 200
