"""A responsible person's name is replaced on request: previewed, in all measures at once, logged without the name."""

import html
import re
import uuid

import pytest

from brueckenschlag.accounts.models import Organisation
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.audit.models import LogEntry
from brueckenschlag.plans.models import Measure
from brueckenschlag.plans.operations import add_measure, remove_measure
from brueckenschlag.plans.rules import Content


def page(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def plan(assessment, *names: str) -> list[Measure]:
    return [
        add_measure(assessment, Content("planen", "Text", "low", responsible=name), id=uuid.uuid4(), by=GUEST)
        for name in names
    ]


@pytest.fixture
def path(verein, edition):
    """Three assessments, two of the organisation; everywhere stands Änne."""
    for organisation in (verein, verein, Organisation.objects.create(name="Andere")):
        assessment, _ = begin_assessment(edition, organisation=organisation, by=GUEST)
        plan(assessment, "Änne Groß", "ÄNNE GROSS", "Ben", "")
    return f"/organisation/{verein.pk}/namen"


def names(verein) -> list[str]:
    rows = Measure.objects.filter(assessment__organisation=verein)
    return sorted(rows.values_list("responsible", flat=True))


def sign(client, path: str, name: str) -> str:
    return re.search(rf"<strong>{name}</strong>.*?\?person=(\w+)", page(client.get(path)))[1]


def test_a_name_is_chosen_previewed_and_replaced_in_all_plans_of_the_organisation(chief, verein, path):
    asked = f"{path}?person={sign(chief, path, 'Ben')}"
    assert "„Ben“ steht in 2 Maßnahmen als verantwortlich." in page(chief.get(asked))
    assert names(verein).count("Ben") == 2
    assert "Der Name ist ersetzt." in page(chief.post(asked, follow=True))
    assert names(verein).count("ehemals beteiligt") == 2
    assert "Ben" in names(Organisation.objects.get(name="Andere"))
    entry = LogEntry.objects.get(verb="person.replaced")
    assert (entry.organisation, entry.assessment, entry.target) == (verein.pk, None, "")
    assert "ehemals beteiligt" not in re.findall(r"<strong>(.*?)</strong>", page(chief.get(path)))


def test_great_and_small_letters_make_no_other_name(chief, verein, path):
    asked = f"{path}?person={sign(chief, path, 'ÄNNE GROSS')}"
    assert "in 4 Maßnahmen" in page(chief.get(asked))
    chief.post(asked)
    assert set(names(verein)) == {"", "Ben", "ehemals beteiligt"}


def test_deleted_measures_are_included_and_whoever_has_a_row_open_is_told(own, owner):
    kept, deleted = plan(own.assessment, "Ada", "Ada")
    remove_measure(deleted, by=GUEST)
    path = own.path("namen")
    owner.post(f"{path}?person={sign(owner, path, 'Ada')}")
    for row, version in ((kept, 2), (deleted, 3)):
        row.refresh_from_db()
        assert (row.responsible, row.version) == ("ehemals beteiligt", version)
    entry = LogEntry.objects.get(verb="person.replaced")
    assert (entry.organisation, entry.assessment) == (None, own.assessment.pk)


def test_replacing_twice_and_forged_signs_change_nothing_more(chief, verein, path):
    asked = f"{path}?person={sign(chief, path, 'Ben')}"
    chief.post(asked)
    before = names(verein)
    assert "Dieser Name steht nicht mehr im Plan." in page(chief.post(asked, follow=True))
    for forged in ("x", "%00", ""):
        chief.post(f"{path}?person={forged}")
    assert names(verein) == before
    assert LogEntry.objects.filter(verb="person.replaced").count() == 1


def test_the_name_stands_in_no_address(chief, path):
    assert not [href for href in re.findall(r'href="([^"]+)"', page(chief.get(path))) if "Ben" in href]


def test_what_stands_in_place_of_a_name_is_none_in_any_language(chief, verein, path):
    asked = f"/en{path}?person={sign(chief, path, 'Ben')}"
    chief.post(asked)
    assert names(verein).count("formerly involved") == 2
    for language in ("", "/en"):
        assert re.findall(r"<strong>(.*?)</strong>", page(chief.get(language + path))) == ["ÄNNE GROSS"]
