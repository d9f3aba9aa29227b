"""Settings: name, kind and areas; what cannot be stored is said at the field; forged ids change nothing."""

import html
import re

import pytest

from brueckenschlag.accounts.models import Area, Organisation
from brueckenschlag.accounts.operations import add_areas, change_organisation, end_mandate, give_mandate
from brueckenschlag.accounts.rules import MOST_AREAS
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import GUEST


@pytest.fixture
def places(verein):
    pflege, jugend = add_areas(verein, ["Pflege", "Jugend"], by=GUEST)
    [nord] = add_areas(verein, ["Nord"], parent=pflege, by=GUEST)
    return {"Pflege": pflege, "Jugend": jugend, "Nord": nord}


@pytest.fixture
def foreign(neighbour):
    [area] = add_areas(Organisation.objects.get(name="Nachbarn"), ["Fremd"], by=GUEST)
    return area


def path(verein, rest="einstellungen"):
    return f"/organisation/{verein.pk}/{rest}"


def words(answer) -> str:
    return html.unescape(answer.content.decode())


def tree(verein):
    return dict(verein.areas.values_list("name", "parent__name"))


def test_name_and_kind_are_changed(chief, verein):
    answer = chief.post(path(verein), {"name": "  Kreisverband\tProbestadt ", "kind": "advice"}, follow=True)
    assert "Gespeichert" in words(answer)
    verein.refresh_from_db()
    assert (verein.name, verein.kind) == ("Kreisverband Probestadt", "advice")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": " ", "kind": "zo"}, "Bitte den Namen der Organisation eintragen."),
        ({"name": "x" * 121, "kind": "zo"}, "Das ist zu lang: 121 Zeichen, erlaubt sind 120."),
        ({"name": "Verein\x00", "kind": "zo"}, "unsichtbare Steuerzeichen"),
        ({"name": "Ver\u202eein", "kind": "zo"}, "Der Name enthielt unsichtbare Zeichen."),
        ({"name": "Ver\u200bein", "kind": "zo"}, "Der Name enthielt unsichtbare Zeichen."),
        ({"name": "Verein", "kind": "partei"}, "Bitte eine der Möglichkeiten wählen."),
    ],
)
def test_what_cannot_be_a_name_or_kind_is_said_at_the_field(chief, verein, sent, said):
    answer = chief.post(path(verein), sent)
    assert answer.status_code == 422
    assert said in words(answer)
    verein.refresh_from_db()
    assert verein.name == "Ortsverband Probestadt"
    assert "\u202e" not in words(answer)


def test_who_still_advises_stays_an_organisation_that_advises(chief, verein, neighbour):
    """Else its mandates would go on and nobody of it could see or end them."""
    client = Organisation.objects.get(name="Nachbarn")
    change_organisation(verein, name="Kontaktstelle", kind="advice", by=GUEST)
    mandate = give_mandate(client, verein, may_write=False, by=GUEST)
    answer = chief.post(path(verein), {"name": "Ortsverband", "kind": "zo"})
    assert answer.status_code == 422
    assert "Sie beraten noch 1 Organisation. Bitte beenden Sie das zuerst" in words(answer)
    verein.refresh_from_db()
    assert (verein.name, verein.kind) == ("Kontaktstelle", "advice")
    assert chief.post(path(verein), {"name": "Ortsverband", "kind": "advice"}).status_code == 302
    end_mandate(mandate, by=GUEST)
    assert chief.post(path(verein), {"name": "Ortsverband", "kind": "zo"}).status_code == 302


def test_a_name_in_any_script_is_taken(chief, verein):
    for name in ("Общество «Мост»", "جمعية الجسر", "انجمن پل\u200cها", "桥梁协会"):
        assert chief.post(path(verein), {"name": name, "kind": "zo"}).status_code == 302


def test_several_areas_are_added_from_a_list(chief, verein, places):
    sent = {"names": "Kita am Park\r\n\r\n  Kita Regenbogen  \r\n", "parent": places["Jugend"].pk}
    answer = chief.post(path(verein, "bereiche"), sent, follow=True)
    assert "Kita Regenbogen" in words(answer)
    assert tree(verein)["Kita am Park"] == tree(verein)["Kita Regenbogen"] == "Jugend"


@pytest.mark.parametrize("change", ["added", "renamed", "removed"])
def test_that_an_area_is_stored_is_said_where_the_areas_stand(chief, verein, places, change):
    area = path(verein, f"bereiche/{places['Jugend'].pk}")
    sent = {
        "added": (path(verein, "bereiche"), {"names": "Kita"}),
        "renamed": (area, {"name": "Jugendhaus"}),
        "removed": (area + "/entfernen", {}),
    }[change]
    answer = chief.post(*sent)
    assert answer["Location"] == path(verein) + "?gespeichert=bereiche#gespeichert"
    shown = words(chief.get(answer["Location"]))
    assert shown.count("Gespeichert") == 1
    assert re.search(
        r'id="bereiche">Bereiche</h2>\s*<div class="notice" id="gespeichert" role="status" tabindex="-1"', shown
    )


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("", "Bitte mindestens einen Bereich eintragen."),
        (" \n \n", "Bitte mindestens einen Bereich eintragen."),
        ("Neu\nPflege", "Einen Bereich „Pflege“ gibt es an dieser Stelle schon."),
        ("Neu\n" + "x" * 121, "Das ist zu lang"),
        ("Neu\nN\u202eeu", "unsichtbare Zeichen"),
        ("\n".join(f"B{number}" for number in range(10_000)), "Das sind 10000 Bereiche. Eine Organisation kann "),
        ("\n".join(f"B{number}" for number in range(MOST_AREAS)), f"kann höchstens {MOST_AREAS} Bereiche haben."),
    ],
)
def test_areas_that_cannot_be_added_are_said_at_the_field_and_none_is(chief, verein, places, names, said):
    answer = chief.post(path(verein, "bereiche"), {"names": names})
    assert answer.status_code == 422
    assert said in words(answer)
    assert 'id="error_names"' in words(answer)
    assert set(tree(verein)) == {"Pflege", "Jugend", "Nord"}


def test_an_area_is_renamed_and_moved_with_what_lies_below_it(chief, verein, places):
    chief.post(path(verein, f"bereiche/{places['Pflege'].pk}"), {"name": "Altenhilfe", "parent": places["Jugend"].pk})
    assert tree(verein) == {"Altenhilfe": "Jugend", "Jugend": None, "Nord": "Altenhilfe"}


def test_an_area_cannot_be_moved_below_itself(chief, verein, places):
    shown = words(chief.get(path(verein, f"bereiche/{places['Pflege'].pk}")))
    assert f'value="{places["Nord"].pk}"' not in shown
    for parent in (places["Nord"].pk, places["Pflege"].pk):
        answer = chief.post(path(verein, f"bereiche/{places['Pflege'].pk}"), {"name": "Pflege", "parent": parent})
        assert answer.status_code == 422
    assert tree(verein) == {"Pflege": None, "Jugend": None, "Nord": "Pflege"}


def test_a_fifth_level_is_said_at_the_field(chief, verein, places):
    [team] = add_areas(verein, ["Team"], parent=places["Nord"], by=GUEST)
    [place] = add_areas(verein, ["Schicht"], parent=team, by=GUEST)
    answer = chief.post(path(verein, "bereiche"), {"names": "Zu tief", "parent": place.pk})
    assert answer.status_code == 422
    assert "Bereiche liegen höchstens 4 Stufen tief." in words(answer)


def test_areas_of_another_organisation_are_neither_found_nor_taken_as_a_place(chief, verein, places, foreign, edition):
    assert chief.get(path(verein, f"bereiche/{foreign.pk}")).status_code == 404
    for rest in ("", "/entfernen"):
        assert chief.post(path(verein, f"bereiche/{foreign.pk}{rest}"), {"name": "Meins"}).status_code == 404
    assert chief.post(path(verein, "bereiche"), {"names": "Neu", "parent": foreign.pk}).status_code == 422
    sent = {"name": "Jugend", "parent": foreign.pk}
    assert chief.post(path(verein, f"bereiche/{places['Jugend'].pk}"), sent).status_code == 422
    assessment, _ = begin_assessment(edition, organisation=verein, by=GUEST)
    for value in (foreign.pk, "x", "\x00"):
        assert chief.post(f"/praxishilfe/{assessment.pk}/bereich", {"area": value}).status_code == 422
    assessment.refresh_from_db()
    foreign.refresh_from_db()
    assert (assessment.area, foreign.name) == (None, "Fremd")
    assert set(tree(verein)) == set(places)


def test_removing_is_asked_before_and_says_where_everything_goes(chief, verein, places, edition):
    assessment, _ = begin_assessment(edition, organisation=verein, area=places["Pflege"], by=GUEST)
    remove = path(verein, f"bereiche/{places['Pflege'].pk}/entfernen")
    asked = words(chief.get(remove))
    assert "1 Praxishilfe gehört danach zu „Ortsverband Probestadt“." in asked
    assert "1 Bereich darunter rückt eine Stufe nach oben." in asked
    assert Area.objects.filter(pk=places["Pflege"].pk).exists()
    chief.post(remove)
    assert tree(verein) == {"Jugend": None, "Nord": None}
    assessment.refresh_from_db()
    assert (assessment.organisation, assessment.area) == (verein, None)
    assert chief.post(remove).status_code == 404


def test_an_assessment_is_put_into_an_area_by_who_may_edit(editor, verein, places, edition):
    assessment, _ = begin_assessment(edition, organisation=verein, by=GUEST)
    address = f"/praxishilfe/{assessment.pk}/bereich"
    assert "\u2003Nord" in words(editor.get(address))
    editor.post(address, {"area": places["Nord"].pk})
    assessment.refresh_from_db()
    assert assessment.area == places["Nord"]
    editor.post(address, {"area": ""})
    assessment.refresh_from_db()
    assert assessment.area is None


def test_an_assessment_that_belongs_to_no_organisation_has_no_area(owner, own):
    assert owner.get(own.path("bereich")).status_code == 404
