"""An adviser prepares an assessment for somebody and hands it over by a link that is used once."""

import html
import re

import pytest

from brueckenschlag.accounts.models import Membership, Organisation, Person
from brueckenschlag.accounts.operations import (
    add_member,
    change_organisation,
    change_role,
    found_organisation,
    remove_member,
)
from brueckenschlag.assessments.models import Assessment, Handover
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import GUEST, Actor

from ..conftest import signed_in


@pytest.fixture
def adviser(edition):
    return signed_in("ada@beratung.example")


@pytest.fixture
def beratung(adviser) -> Organisation:
    by = Actor(Person.objects.get(email="ada@beratung.example").pk)
    return found_organisation("Kontaktstelle", "advice", by=by)


@pytest.fixture
def newcomer(db):
    return signed_in("neu@example.org")


@pytest.fixture
def prepared(adviser, beratung) -> Assessment:
    shown = adviser.get(f"/praxishilfe/zo/?organisation={beratung.pk}").content.decode()
    assert "Füllen Sie für andere aus?" in shown
    adviser.post("/praxishilfe/zo/", {"organisation": beratung.pk, "name": "Bürgerhaus"})
    return Assessment.objects.get()


def link(adviser, prepared) -> str:
    answer = adviser.post(f"/praxishilfe/{prepared.pk}/uebergeben", follow=True)
    found = re.search(r'id="link">(.*?)</p>', html.unescape(answer.content.decode()), re.DOTALL)
    assert found
    return re.sub(r"https?://[^/]+|<[^>]+>|\s", "", found[1])


def take(client, prepared, **sent):
    return client.post("/angebot", {"offer": prepared.pk} | sent)


def test_what_is_prepared_stands_on_the_board_and_is_handed_over(adviser, newcomer, beratung, prepared):
    shown = adviser.get(f"/organisation/{beratung.pk}/klienten").content.decode()
    assert f"/praxishilfe/{prepared.pk}/uebergeben" in shown
    newcomer.get(link(adviser, prepared))
    shown = newcomer.get("/angebot").content.decode()
    for words in ("Kontaktstelle", "ada@beratung.example", 'value="Bürgerhaus"'):
        assert words in shown
    answer = take(newcomer, prepared, name="Bürgerhaus", allowed="read")
    assert newcomer.get(answer["Location"]).status_code == 200
    assert Assessment.objects.get().organisation.name == "Bürgerhaus"
    assert adviser.get(f"/praxishilfe/{prepared.pk}/plan").status_code == 200
    assert adviser.get(f"/praxishilfe/{prepared.pk}/name").status_code == 404


def test_without_a_choice_the_adviser_sees_nothing_more(adviser, newcomer, prepared):
    newcomer.get(link(adviser, prepared))
    assert take(newcomer, prepared).status_code == 302
    assert adviser.get(f"/praxishilfe/{prepared.pk}/plan").status_code == 404


def test_the_link_works_once_and_a_new_one_ends_it(adviser, newcomer, prepared):
    old, new = link(adviser, prepared), link(adviser, prepared)
    assert newcomer.get(old).status_code == 404
    newcomer.get(new)
    take(newcomer, prepared)
    other = signed_in("andere@example.org")
    assert other.get(new).status_code == 404
    assert take(other, prepared).status_code == 404


def test_it_is_not_taken_without_an_account_nor_by_who_has_not_opened_the_link(adviser, nobody, newcomer, prepared):
    nobody.get(link(adviser, prepared))
    assert take(nobody, prepared).status_code == 422
    assert take(newcomer, prepared).status_code == 404
    assert Handover.objects.exists()


def test_it_is_taken_into_an_organisation_that_one_owns_and_no_other(adviser, chief, neighbour, beratung, prepared):
    chief.get(link(adviser, prepared))
    verein = Organisation.objects.get(name="Ortsverband Probestadt")
    for forged in (Organisation.objects.get(name="Nachbarn").pk, beratung.pk, "x"):
        assert take(chief, prepared, organisation=forged).status_code == 422
    assert take(chief, prepared, organisation=verein.pk).status_code == 302
    assert Assessment.objects.get().organisation == verein


@pytest.mark.parametrize("now", ["removed", "reader"])
def test_a_link_of_somebody_who_works_there_no_more_opens_nothing(adviser, newcomer, beratung, prepared, now):
    """By it they could take away what belongs to the organisation; whoever is still there makes a new one."""
    colleague = signed_in("bea@beratung.example")
    person = Person.objects.get(email="bea@beratung.example")
    add_member(beratung, person, "editor", by=GUEST)
    key = link(colleague, prepared)
    membership = Membership.objects.get(person=person)
    if now == "removed":
        remove_member(membership, by=GUEST)
    else:
        change_role(membership, "reader", by=GUEST)
    assert newcomer.get(key).status_code == 404
    assert take(newcomer, prepared, name="Bürgerhaus", allowed="read").status_code == 404
    assert Assessment.objects.get().organisation == beratung
    newcomer.get(link(adviser, prepared))
    assert take(newcomer, prepared, name="Bürgerhaus", allowed="read").status_code == 302


def test_what_an_organisation_has_prepared_that_advises_no_more_is_not_taken(adviser, newcomer, beratung, prepared):
    newcomer.get(link(adviser, prepared))
    change_organisation(beratung, name="Kontaktstelle", kind="zo", by=GUEST)
    assert take(newcomer, prepared, name="Bürgerhaus", allowed="read").status_code == 404
    assert Assessment.objects.get().organisation == beratung


@pytest.fixture
def of_the_verein(verein, edition) -> Assessment:
    return begin_assessment(edition, organisation=verein, by=GUEST)[0]


def test_only_what_an_adviser_has_prepared_is_handed_over(chief, writing_adviser, owner, own, of_the_verein):
    for client, one in ((chief, of_the_verein), (writing_adviser, of_the_verein), (owner, own.assessment)):
        assert client.post(f"/praxishilfe/{one.pk}/uebergeben").status_code == 404
    assert not Handover.objects.exists()


def test_it_is_not_handed_over_by_a_link_to_it(adviser, nobody, prepared):
    adviser.post(f"/praxishilfe/{prepared.pk}/weitermachen/erneuern")
    shown = adviser.get(f"/praxishilfe/{prepared.pk}/weitermachen").content.decode()
    found = re.search(r'id="link">(.*?)</p>', shown, re.DOTALL)
    nobody.get(re.sub(r"https?://[^/]+|<[^>]+>|\s", "", found[1]))
    assert nobody.get(f"/praxishilfe/{prepared.pk}/name").status_code == 200
    assert nobody.post(f"/praxishilfe/{prepared.pk}/uebergeben").status_code == 404
