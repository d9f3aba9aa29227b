"""One plan across all assessments of an organisation: what the filters show, in which order, on how many pages."""

import html
import re
from datetime import date

import pytest

from brueckenschlag.accounts.models import Organisation, Person
from brueckenschlag.accounts.operations import add_areas
from brueckenschlag.assessments.models import Rating
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.plans.models import Measure


@pytest.fixture
def places(verein):
    pflege, jugend = add_areas(verein, ["Pflege", "Jugend"], by=GUEST)
    [nord] = add_areas(verein, ["Nord"], parent=pflege, by=GUEST)
    return {"Pflege": pflege, "Jugend": jugend, "Nord": nord, "": None}


def measure(assessment, text, **given) -> Measure:
    facts = {"checkpoint": "planen", "priority": "medium", "position": 1} | given
    return Measure.objects.create(assessment=assessment, text=text, **facts)


@pytest.fixture
def rows(verein, edition, places):
    """Four measures in four places."""
    found = {}
    given = {
        "Pflege": {"responsible": "Ada", "review": date(2090, 3, 1), "priority": "low"},
        "Jugend": {"responsible": "Ben", "review": date(2020, 1, 1), "status": "started", "priority": "high"},
        "Nord": {"responsible": "Ada", "status": "done", "review": date(2019, 1, 1)},
        "": {"review": date(2080, 1, 1)},
    }
    for name, facts in given.items():
        assessment, _ = begin_assessment(edition, organisation=verein, area=places[name], by=GUEST)
        found[name] = measure(assessment, f"Maßnahme {name or 'Ganze'}", **facts)
    return found


def texts(client, verein, query="") -> list[str]:
    answer = client.get(f"/organisation/{verein.pk}/plan{query}")
    assert answer.status_code == 200
    return re.findall(r"<strong><a [^>]+>Maßnahme ([^<]+)</a></strong>", html.unescape(answer.content.decode()))


def value(client, verein, field, label) -> str:
    """The value behind one choice of a filter."""
    shown = html.unescape(client.get(f"/organisation/{verein.pk}/plan").content.decode())
    choices = shown.partition(f'name="{field}"')[2].partition("</select>")[0]
    return {words.strip(): one for one, words in re.findall(r'value="([^"]*)"[^>]*>([^<]+)<', choices)}[label]


def test_all_measures_are_there_the_next_review_first_and_what_is_finished_last(chief, verein, rows):
    assert texts(chief, verein) == ["Jugend", "Ganze", "Pflege", "Nord"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("prioritaet", ["Jugend", "Ganze", "Pflege", "Nord"]),
        ("bereich", ["Ganze", "Jugend", "Pflege", "Nord"]),
        ("person", ["Pflege", "Nord", "Jugend", "Ganze"]),
        ("unsinn", ["Jugend", "Ganze", "Pflege", "Nord"]),
    ],
)
def test_the_order_can_be_chosen(chief, verein, rows, order, expected):
    assert texts(chief, verein, f"?sortierung={order}") == expected


def test_an_area_brings_what_lies_below_it(chief, verein, rows):
    assert texts(chief, verein, f"?bereich={value(chief, verein, 'bereich', 'Pflege')}") == ["Pflege", "Nord"]
    assert texts(chief, verein, f"?bereich={value(chief, verein, 'bereich', 'Nord')}") == ["Nord"]
    assert texts(chief, verein, "?bereich=ganze") == ["Ganze"]


def test_a_person_brings_what_is_assigned_to_them_and_no_name_stands_in_the_address(chief, verein, rows):
    ada = value(chief, verein, "person", "Ada")
    assert "Ada" not in ada
    assert texts(chief, verein, f"?person={ada}") == ["Pflege", "Nord"]


def test_a_person_finds_what_is_assigned_to_them_by_one_link(chief, verein, rows):
    assert "Was ist mir zugewiesen?" not in chief.get(f"/organisation/{verein.pk}/plan").content.decode()
    Person.objects.filter(email="owner@probestadt.example").update(name="ben")
    shown = chief.get(f"/organisation/{verein.pk}/plan").content.decode()
    link = re.search(r'<a href="(\?person=\w+)">Was ist mir zugewiesen\?', shown)[1]
    assert texts(chief, verein, link) == ["Jugend"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("erledigt", ["Nord"]),
        ("begonnen", ["Jugend"]),
        ("verworfen", []),
        ("faellig", ["Jugend"]),
        ("offen", ["Ganze", "Pflege"]),
    ],
)
def test_a_status_brings_what_has_it(chief, verein, rows, status, expected):
    assert texts(chief, verein, f"?stand={status}") == expected


def test_filters_go_together_and_what_nothing_fits_says_so(chief, verein, rows):
    area, ada = value(chief, verein, "bereich", "Pflege"), value(chief, verein, "person", "Ada")
    assert texts(chief, verein, f"?bereich={area}&person={ada}&stand=erledigt") == ["Nord"]
    answer = chief.get(f"/organisation/{verein.pk}/plan?bereich={area}&stand=verworfen")
    assert "Keine Maßnahme passt dazu." in answer.content.decode()
    assert answer.content.decode().count("Alle zeigen") == 1


def test_what_is_no_filter_of_ours_counts_as_none(chief, verein, rows, neighbour):
    [theirs] = add_areas(Organisation.objects.get(name="Nachbarn"), ["Fremd"], by=GUEST)
    for query in (f"?bereich={theirs.pk}", "?bereich=x", "?person=Ada", "?stand=x", "?seite=x"):
        assert len(texts(chief, verein, query)) == 4


def test_nothing_of_another_organisation_or_of_a_deleted_measure_is_there(chief, verein, rows, neighbour, own):
    theirs, _ = begin_assessment(
        own.assessment.edition, organisation=Organisation.objects.get(name="Nachbarn"), by=GUEST
    )
    measure(theirs, "Maßnahme Fremd")
    measure(own.assessment, "Maßnahme eines Gastes")
    measure(rows[""].assessment, "Maßnahme weg", deleted_at="2026-01-01T00:00Z")
    assert len(texts(chief, verein)) == 4


def test_each_row_leads_to_its_measure_and_whoever_reads_to_its_row_in_the_plan(editor, onlooker, verein, rows):
    row = rows["Jugend"]
    writing = editor.get(f"/organisation/{verein.pk}/plan").content.decode()
    assert f'href="/praxishilfe/{row.assessment_id}/plan/{row.pk}"' in writing
    assert editor.get(f"/praxishilfe/{row.assessment_id}/plan/{row.pk}").status_code == 200
    reading = onlooker.get(f"/organisation/{verein.pk}/plan").content.decode()
    assert f'href="/praxishilfe/{row.assessment_id}/plan#m-{row.pk}"' in reading
    assert f'id="m-{row.pk}"' in onlooker.get(f"/praxishilfe/{row.assessment_id}/plan").content.decode()


def test_a_row_shows_the_lamp_of_its_checkpoint_and_its_area(chief, verein, rows):
    Rating.objects.create(assessment=rows["Nord"].assessment, checkpoint="planen", level="dringend")
    shown = chief.get(f"/organisation/{verein.pk}/plan?stand=erledigt").content.decode()
    assert "lamp tone-red" in shown
    assert "Pflege › Nord" in shown


def test_an_empty_plan_says_what_will_stand_there(chief, verein):
    assert "Noch steht nirgends eine Maßnahme." in chief.get(f"/organisation/{verein.pk}/plan").content.decode()


def test_fifty_rows_stand_on_a_page_and_the_next_page_keeps_the_filter(
    chief, verein, rows, django_assert_max_num_queries
):
    for number in range(60):
        measure(rows[""].assessment, f"Maßnahme {number:02}", responsible=f"Person {number}", status="dropped")
    with django_assert_max_num_queries(12):
        first = texts(chief, verein, "?stand=verworfen")
    shown = html.unescape(chief.get(f"/organisation/{verein.pk}/plan?stand=verworfen").content.decode())
    following = re.search(r'<a rel="next" href="([^"]+)"', shown)[1]
    second = texts(chief, verein, following)
    assert (len(first), len(second)) == (50, 10)
    assert set(first).isdisjoint(second)
