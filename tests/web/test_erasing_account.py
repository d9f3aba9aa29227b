"""The pages on which people have their account or organisation erased, and undo it."""

import html
import re

import pytest
from django.utils import timezone

from brueckenschlag.accounts.models import Membership, Organisation, Person
from brueckenschlag.accounts.operations import found_organisation
from brueckenschlag.audit.actors import Actor


def page(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


@pytest.fixture
def anna(verein):
    return Person.objects.get(email="owner@probestadt.example")


def test_a_member_asks_sees_the_day_and_undoes_it(editor, verein):
    shown = page(editor.get("/konto/loeschen"))
    assert "Was gelöscht wird" in shown
    assert "Was bleibt" in shown
    shown = page(editor.post("/konto/loeschen", follow=True))
    assert "Ihr Konto wird gelöscht" in shown
    assert Person.objects.get(email="editor@probestadt.example").erase_on > timezone.localdate()
    for place in ("/konto", "/konto/angaben"):
        assert 'href="/konto/loeschen">' in editor.get(place).content.decode()
    assert "Ihr Konto wird am" in page(editor.get("/konto"))
    assert "Doch nicht löschen" in page(editor.get("/konto/angaben"))
    shown = page(editor.post("/konto/loeschen/zuruecknehmen", follow=True))
    assert "Ihr Konto wird am" not in page(editor.get("/konto"))
    assert "Konto löschen?" in shown
    assert Person.objects.get(email="editor@probestadt.example").erase_on is None


def test_the_only_owner_is_told_and_must_hand_over_or_erase_too(chief, editor, verein, anna):
    assert "Nur Sie leiten diese Organisation." in page(chief.get("/konto/loeschen"))
    answer = chief.post("/konto/loeschen")
    assert answer.status_code == 422
    assert f"Was soll mit „{verein.name}“ geschehen?" in page(answer)
    anna.refresh_from_db()
    assert anna.erase_on is None
    shown = page(chief.post("/konto/loeschen", {"organisation": str(verein.pk)}, follow=True))
    assert "Ihr Konto wird gelöscht" in shown
    assert "Diese Organisation wird am" in page(editor.get(f"/organisation/{verein.pk}/"))
    chief.post("/konto/loeschen/zuruecknehmen")
    verein.refresh_from_db()
    assert verein.erase_on is None


def test_what_was_ticked_stays_ticked_while_another_is_missing(chief, verein, anna):
    other = found_organisation("Allein", "zo", by=Actor(anna.pk))
    shown = page(chief.post("/konto/loeschen", {"organisation": str(other.pk)}))
    assert "Sie sind das einzige Mitglied." in shown
    assert f'value="{other.pk}" checked' in shown
    assert f'value="{verein.pk}" checked' not in shown


@pytest.mark.parametrize("forged", ["x", "\x00", "00000000-0000-0000-0000-000000000000"])
def test_forged_ids_of_organisations_erase_nothing(chief, neighbour, verein, anna, forged):
    theirs = Organisation.objects.get(name="Nachbarn")
    assert chief.post("/konto/loeschen", {"organisation": [forged, str(theirs.pk)]}).status_code == 422
    assert not Organisation.objects.exclude(erase_on=None).exists()


def test_an_owner_has_the_organisation_erased_and_undoes_it(chief, onlooker, verein):
    path = f"/organisation/{verein.pk}/loeschen"
    assert "2 Mitgliedschaften" in page(chief.get(path))
    assert "Die Organisation wird gelöscht" in page(chief.post(path, follow=True))
    shown = page(onlooker.get(f"/organisation/{verein.pk}/mitglieder"))
    assert "Diese Organisation wird am" in shown
    assert "Zurücknehmen" not in shown
    assert "Organisation löschen?" in page(chief.post(f"{path}/zuruecknehmen", follow=True))
    verein.refresh_from_db()
    assert verein.erase_on is None


def test_an_owner_cannot_leave_behind_one_whose_account_is_to_go(chief, editor, verein, anna):
    Membership.objects.filter(person__email="editor@probestadt.example").update(role="owner")
    assert editor.post("/konto/loeschen").status_code == 302
    answer = chief.post(f"/organisation/{verein.pk}/verlassen")
    assert answer.status_code == 422
    assert Membership.objects.filter(person=anna).exists()


def test_the_ways_stand_where_one_looks_for_them(chief, verein):
    shown = page(chief.get(f"/organisation/{verein.pk}/einstellungen"))
    for rest in ("mitnehmen", "namen", "loeschen"):
        assert f'href="/organisation/{verein.pk}/{rest}"' in shown
