"""The adviser's board: what it shows of each client, order and filters, pages, and how much it asks the database."""

import html
import re
import uuid
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brueckenschlag.accounts.models import Mandate, Membership, Organisation, Person
from brueckenschlag.accounts.operations import add_areas, end_mandate, found_organisation, give_mandate
from brueckenschlag.assessments.models import Assessment
from brueckenschlag.assessments.operations import begin_assessment, change_advice, rate_checkpoint
from brueckenschlag.audit.actors import GUEST, Actor
from brueckenschlag.plans.operations import add_measure
from brueckenschlag.plans.rules import Content

from ..conftest import signed_in

TODAY = timezone.localdate()
LATE, SOON = TODAY - timedelta(days=3), TODAY + timedelta(days=9)


@pytest.fixture
def adviser(edition):
    return signed_in("ada@beratung.example")


@pytest.fixture
def beratung(adviser) -> Organisation:
    by = Actor(Person.objects.get(email="ada@beratung.example").pk)
    return found_organisation("Kontaktstelle", "advice", by=by)


def client_of(beratung, name, *, may_write=False) -> Organisation:
    organisation = Organisation.objects.create(name=name)
    give_mandate(organisation, beratung, may_write=may_write, by=GUEST)
    return organisation


def filled(organisation, edition, reviews=(), area=None) -> Assessment:
    """An assessment with a measure for each of these reviews."""
    begun, _ = begin_assessment(edition, organisation=organisation, area=area, by=GUEST)
    for review in reviews:
        add_measure(begun, Content("planen", "Anrufen", "high", review=review), id=uuid.uuid4(), by=GUEST)
    return begun


def board(client, beratung, query="") -> str:
    answer = client.get(f"/organisation/{beratung.pk}/klienten{query}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def order_on(shown: str) -> list[str]:
    return re.findall(r"<bdi>(.*?)</bdi>", shown.partition("<tbody")[2].partition("</tbody")[0])


def cells(shown: str, name: str) -> list[str]:
    row = next(one for one in shown.split("<tr")[2:] if f"<bdi>{name}</bdi>" in one)
    return [re.sub(r"<[^>]+>", " ", cell).strip() for cell in re.findall(r"<td.*?</td>", row)]


@pytest.fixture
def points(zo) -> list[str]:
    return [one.key for one in zo.checkpoints]


def rated(assessment, points, levels) -> None:
    for point, level in zip(points, levels, strict=False):
        rate_checkpoint(assessment, point, level, "", by=GUEST)


@pytest.fixture
def three(beratung, edition, zo, points) -> list[str]:
    """One client with overdue measures, one with a red checkpoint, one that is well."""
    red, good = zo.levels[0].key, zo.levels[-1].key
    late, urgent, well = (client_of(beratung, name) for name in ("Spät", "Rot", "Gut"))
    rated(filled(late, edition, reviews=[LATE, LATE, SOON]), points, [good])
    rated(filled(urgent, edition, reviews=[SOON]), points, [red, red, good])
    rated(filled(well, edition), points, [good] * len(points))
    return ["Spät", "Rot", "Gut"]


def test_what_needs_attention_stands_first(adviser, beratung, three):
    assert order_on(board(adviser, beratung)) == three
    assert order_on(board(adviser, beratung, "?sortierung=name")) == ["Gut", "Rot", "Spät"]
    assert order_on(board(adviser, beratung, "?sortierung=x&zeigen=x&seite=x")) == three


def test_names_stand_in_the_order_of_a_dictionary(adviser, beratung):
    for name in ("Zirkel", "Ökowerk", "ortsverein", "Oase"):
        client_of(beratung, name)
    assert order_on(board(adviser, beratung, "?sortierung=name")) == ["Oase", "Ökowerk", "ortsverein", "Zirkel"]


def test_a_row_says_how_far_how_urgent_what_is_overdue_and_what_comes_next(adviser, beratung, three, zo):
    shown = board(adviser, beratung)
    late, urgent = cells(shown, "Spät"), cells(shown, "Rot")
    assert f"1 von {len(zo.checkpoints)}" in late[1]
    assert late[3].endswith("2")
    assert SOON.strftime("%d.%m.%Y") in late[4]
    assert zo.checkpoints[0].short in urgent[2]
    assert urgent[3].endswith("–")
    assert "Bei 1 sind Kontrollen fällig." in shown


@pytest.mark.parametrize(
    ("wanted", "names"),
    [("faellig", ["Spät"]), ("dringend", ["Rot"]), ("unfertig", ["Spät", "Rot"]), ("endet", ["Gut"])],
)
def test_the_filter_shows_some(adviser, beratung, three, wanted, names):
    Mandate.objects.filter(organisation__name="Gut").update(until=SOON)
    assert order_on(board(adviser, beratung, f"?zeigen={wanted}")) == names


def test_measures_that_are_done_or_deleted_are_not_overdue(adviser, beratung, edition):
    theirs = filled(client_of(beratung, "Verein"), edition, reviews=[LATE, LATE])
    theirs.measures.filter(pk=theirs.measures.first().pk).update(status="done")
    theirs.measures.filter(status="open").update(deleted_at=timezone.now())
    assert cells(board(adviser, beratung), "Verein")[3].endswith("–")


def test_only_the_latest_assessment_of_an_area_counts_and_each_area_does(adviser, beratung, edition, zo, points):
    verein = client_of(beratung, "Verein")
    [area] = add_areas(verein, ["Jugend"], by=GUEST)
    old = filled(verein, edition)
    rated(old, points, [zo.levels[0].key] * 3)
    Assessment.objects.filter(pk=old.pk).update(changed_on=TODAY - timedelta(days=300))
    rated(filled(verein, edition), points, [zo.levels[-1].key])
    rated(filled(verein, edition, area=area), points, [zo.levels[-1].key] * 2)
    row = cells(board(adviser, beratung), "Verein")
    assert f"3 von {2 * len(points)}" in row[1]
    assert row[2].endswith("–")
    assert "Jugend" in row[0]


def test_a_mandate_for_some_shows_only_these(adviser, beratung, edition, points, zo):
    verein = client_of(beratung, "Verein")
    one, other = filled(verein, edition), filled(verein, edition, reviews=[LATE])
    rated(other, points, [zo.levels[0].key])
    change_advice(Mandate.objects.get(), [one], may_write=False, until=None, by=GUEST)
    row = cells(board(adviser, beratung), "Verein")
    assert row[2].endswith("–")
    assert row[3].endswith("–")


def test_two_mandates_of_one_client_are_one_row_with_the_most_that_they_allow(adviser, beratung):
    verein = client_of(beratung, "Verein")
    give_mandate(verein, beratung, may_write=True, by=GUEST)
    shown = board(adviser, beratung)
    assert order_on(shown) == ["Verein"]
    assert "schreiben" in cells(shown, "Verein")[5]


def test_what_has_ended_or_is_only_offered_is_not_shown(adviser, beratung):
    client_of(beratung, "Verein")
    end_mandate(Mandate.objects.get(), by=GUEST)
    assert "Noch beraten Sie niemanden." in board(adviser, beratung)


def test_a_reader_of_the_adviser_sees_the_board_but_can_begin_invite_and_end_nothing(adviser, beratung, edition):
    client_of(beratung, "Verein", may_write=True)
    reader = signed_in("rosa@beratung.example")
    person = Person.objects.get(email="rosa@beratung.example")
    Membership.objects.create(organisation=beratung, person=person, role="reader")
    assert "?klient=" in board(adviser, beratung)
    shown = board(reader, beratung)
    for words in ("?klient=", "einladen", "beenden"):
        assert words not in shown.partition("<main")[2].partition("</main")[0]
    assert reader.get(f"/organisation/{beratung.pk}/klienten/einladen").status_code == 404
    mandate = Mandate.objects.get()
    assert reader.post("/praxishilfe/zo/", {"klient": mandate.pk}).status_code == 404
    assert reader.post(f"/organisation/{beratung.pk}/beratung/{mandate.pk}/beenden").status_code == 404


def test_an_organisation_that_does_not_advise_has_no_board(chief, verein):
    assert chief.get(f"/organisation/{verein.pk}/klienten").status_code == 404
    assert "klienten" not in chief.get(f"/organisation/{verein.pk}/").content.decode()


def test_names_of_clients_are_shown_as_text(adviser, beratung):
    client_of(beratung, "<b>\u202eniereV")
    assert "<bdi>&lt;b&gt;" in adviser.get(f"/organisation/{beratung.pk}/klienten").content.decode()


def test_fifty_clients_stand_on_a_page(adviser, beratung):
    for number in range(51):
        client_of(beratung, f"Verein {number:02}")
    assert len(order_on(board(adviser, beratung))) == 50
    assert order_on(board(adviser, beratung, "?zeigen=&sortierung=name&seite=2")) == ["Verein 50"]


def test_the_board_asks_the_database_as_often_for_many_clients_as_for_one(adviser, beratung, edition, points, zo):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            board(adviser, beratung)
        return len(queries)

    counts = []
    for number in range(12):
        theirs = filled(client_of(beratung, f"Verein {number}"), edition, reviews=[LATE, SOON])
        rated(theirs, points, [zo.levels[0].key])
        counts.append(asked())
    assert set(counts[1:]) == {counts[1]}
    assert 0 < counts[1] <= 12


@pytest.fixture
def named(beratung) -> list[str]:
    """Clients whose names are typed in many ways."""
    names = ["Bürgerhaus Lindental", "100 % Kultur e. V.", "Straßenfest_Nord", "Café Mu\u0308ller", "ÖKO-Hof"]
    for name in names:
        client_of(beratung, name)
    client_of(beratung, "")
    return names


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("bürgerhaus", 0),
        ("BÜRGERHAUS", 0),
        ("Bu\u0308rgerhaus", 0),
        ("buergerhaus", 0),
        ("burgerhaus", 0),
        ("lindental  bürger", 0),
        ("e.V.", 1),
        ("kultur e.\u00a0v.", 1),
        ("%", 1),
        ("STRASSENFEST", 2),
        ("_", 2),
        ("cafe müller", 3),
        ("öko", 4),
        ("Oeko", 4),
    ],
)
def test_a_client_is_found_by_words_of_its_name_however_they_are_typed(adviser, beratung, named, typed, place):
    shown = board(adviser, beratung, f"?{urlencode({'suche': typed})}")
    assert order_on(shown) == [named[place]]
    assert "Gezeigt wird 1 von 6." in shown
    assert f'href="/organisation/{beratung.pk}/klienten">Alle zeigen' in shown


def test_a_client_without_a_name_is_found_as_it_is_shown(adviser, beratung, named):
    assert order_on(board(adviser, beratung, "?suche=ohne+namen")) == ["ohne Namen"]


def test_a_name_goes_together_with_filter_and_order_and_with_the_next_page(adviser, beratung, three):
    for number in range(51):
        client_of(beratung, f"Verein & Co {number:02}")
    shown = board(adviser, beratung, "?suche=verein+%26&zeigen=unfertig&sortierung=name")
    assert len(order_on(shown)) == 50
    assert "Gezeigt werden 51 von 54." in shown
    assert 'value="verein &"' in shown
    assert re.findall(r'<option value="(\w+)" selected>', shown) == ["unfertig", "name"]
    [following] = re.findall(r'rel="next" href="(.*?)"', shown)
    assert order_on(board(adviser, beratung, following)) == ["Verein & Co 50"]
    assert order_on(board(adviser, beratung, "?suche=t&zeigen=faellig")) == ["Spät"]


def test_a_name_that_nobody_has_says_so_and_leads_back_to_all(adviser, beratung, three):
    for query, words in (("suche=Zirkus", "So heißt keine Organisation."), ("suche=Rot&zeigen=faellig", "passt dazu.")):
        shown = board(adviser, beratung, f"?{query}")
        assert f'{words} <a href="/organisation/{beratung.pk}/klienten">Alle zeigen</a>' in shown
        assert "<table" not in shown
        assert "Noch beraten Sie niemanden." not in shown


@pytest.mark.parametrize("typed", ["%00", "%00Rot", "%ED%A0%80", "%FF", "%CC%88", "%5C", "%0A", "%27%22%3Cb%3E"])
def test_odd_words_to_look_for_break_nothing(adviser, beratung, three, typed):
    answer = adviser.get(f"/organisation/{beratung.pk}/klienten?suche={typed}")
    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()


def test_very_long_words_to_look_for_find_nothing(adviser, beratung, three):
    for sign in ("x", "%C3%A4", "%EF%B7%BA"):
        assert order_on(board(adviser, beratung, f"?suche={sign * 10_000}")) == []


def test_looking_for_a_name_asks_the_database_no_oftener(adviser, beratung, three, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert order_on(board(adviser, beratung, "?suche=rot")) == ["Rot"]


def test_the_board_holds_a_name_together_and_finds_it_as_it_is_shown(adviser, beratung):
    client_of(beratung, "Chor e. V.")
    answer = adviser.get(f"/organisation/{beratung.pk}/klienten", {"suche": "Chor e.\u00a0V."})
    assert "<bdi>Chor e.\u00a0V.</bdi>" in answer.content.decode()
