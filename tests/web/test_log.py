"""The log as people see it: who did what when, in words, filtered, and as a table to take away."""

import csv
import html
import io
import re
import uuid
from datetime import UTC, datetime

import pytest

from brueckenschlag.accounts.models import Mandate, Organisation, Person
from brueckenschlag.accounts.operations import add_areas, found_organisation
from brueckenschlag.assessments.models import Handover
from brueckenschlag.assessments.operations import begin_assessment, offer_handover, rename_assessment, take_handover
from brueckenschlag.audit.actors import GUEST, Actor
from brueckenschlag.audit.models import LogEntry
from brueckenschlag.audit.operations import record
from brueckenschlag.audit.verbs import VERBS
from brueckenschlag.plans.operations import add_measure
from brueckenschlag.plans.rules import Content
from brueckenschlag.web.log_words import KINDS, WORDS, kind_of, verbs_of

from ..conftest import signed_in


@pytest.fixture
def anna(verein):
    person = Person.objects.get(email="owner@probestadt.example")
    person.name = "Anna Beispiel"
    person.save()
    return person


@pytest.fixture
def inside(verein, edition, anna):
    """An assessment of the organisation, begun by Anna."""
    return begin_assessment(edition, "Jugendarbeit", organisation=verein, by=Actor(anna.pk))[0]


@pytest.fixture
def mandate(verein):
    adviser = Person.objects.create(email="rat@beratung.example", name="Rita Rat")
    office = found_organisation("Stadtberatung", "advice", by=Actor(adviser.pk))
    mandate = Mandate.objects.create(organisation=verein, adviser=office, accepted_at=datetime(2026, 1, 1, tzinfo=UTC))
    return Actor(adviser.pk, mandate.pk)


def shown(client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def rows(page: str) -> list[str]:
    return [re.sub(r"<[^>]+>", " ", row) for row in re.findall(r'<tr role="row">(.*?)</tr>', page)[1:]]


def path(verein, rest="") -> str:
    return f"/organisation/{verein.pk}/protokoll{rest}"


def at(moment: datetime, verb: str, **given) -> None:
    LogEntry.objects.create(at=moment, verb=verb, **given)


def test_every_verb_has_its_words_and_kind():
    assert set(WORDS) == VERBS
    assert {kind_of(verb) for verb in VERBS} == set(KINDS)
    assert sorted(verb for kind in KINDS for verb in verbs_of(kind)) == sorted(VERBS)


def test_members_read_who_did_what_in_which_assessment_the_latest_first(onlooker, verein, anna, inside):
    found = rows(shown(onlooker, path(verein)))
    assert re.search(r"Anna Beispiel .* Praxishilfe begonnen .* Jugendarbeit", found[0])
    assert re.search(r"Anna Beispiel .* Organisation angelegt", found[1])


def test_what_an_entry_is_about_is_called_by_its_name(chief, verein, anna, inside, zo):
    by = Actor(anna.pk)
    [area] = add_areas(verein, ["Hort"], by=by)
    measure = add_measure(inside, Content("planen", "Gespräch führen", "high"), id=uuid.uuid4(), by=GUEST)
    ben = Person.objects.create(email="ben@probestadt.example")
    for verb, target in (
        ("measure.changed", str(measure.pk)),
        ("rating.changed", "planen"),
        ("marks.changed", "planen.kriterien"),
        ("member.removed", str(ben.pk)),
        ("member.removed", str(uuid.uuid4())),
        ("rating.changed", "gibtesnicht"),
        ("area.removed", str(uuid.uuid4())),
    ):
        record(verb, by=by, organisation=verein.pk, assessment=inside.pk, target=target)
    found = [re.sub(r"\s+", " ", row) for row in rows(shown(chief, path(verein)))]
    title = zo.checkpoint_by_key["planen"].title
    for words in (
        f"Bereich angelegt {area.name}",
        "Maßnahme geändert Gespräch führen",
        f"Bewertung oder Notiz geändert {title}",
        f"„Läuft schon“ geändert {title}",
        "Mitglied entfernt ben@probestadt.example",
        "Mitglied entfernt ehemals beteiligt",
    ):
        assert any(words in row for row in found), words


def test_whoever_has_no_account_any_more_was_formerly_involved(chief, verein, inside):
    record("rating.changed", by=Actor(uuid.uuid4()), organisation=verein.pk, assessment=inside.pk, target="planen")
    assert "ehemals beteiligt" in rows(shown(chief, path(verein)))[0]
    only = rows(shown(chief, path(verein, "?person=ehemals")))
    assert len(only) == 1


def test_guests_and_the_program_have_no_name(chief, verein, inside, own, owner):
    record("rating.changed", by=GUEST, assessment=own.assessment.pk, target="planen")
    assert "über den persönlichen Link" in rows(shown(owner, own.path("protokoll")))[0]
    record("member.role-changed", by=GUEST, organisation=verein.pk)
    assert "das Programm" in rows(shown(chief, path(verein)))[0]


def test_what_an_adviser_did_is_told_with_the_name_of_their_organisation(chief, verein, inside, mandate):
    record("rating.changed", by=mandate, organisation=verein.pk, assessment=inside.pk, target="planen")
    page = shown(chief, path(verein))
    assert "Beratung Stadtberatung" in rows(page)[0]
    assert "Rita Rat" not in page
    assert len(rows(shown(chief, path(verein, f"?person=b-{mandate.mandate}")))) == 1
    Organisation.objects.filter(name="Stadtberatung").delete()
    assert "Beratung, ehemals beteiligt" in rows(shown(chief, path(verein)))[0]


def test_addresses_of_mail_are_for_members_only(chief, onlooker, verein, inside, mandate):
    record("rating.changed", by=Actor(Person.objects.get(email="reader@probestadt.example").pk), assessment=inside.pk)
    address = f"/praxishilfe/{inside.pk}/protokoll"
    assert "reader@probestadt.example" in shown(chief, address)
    for rest in ("", ".csv"):
        page = shown(signed_in("rat@beratung.example"), address + rest)
        assert "Mitglied der Organisation" in page
        assert "Anna Beispiel" in page
        assert "@probestadt.example" not in page


def test_whoever_has_handed_something_over_reads_no_more_what_it_says_today(chief, verein, edition, anna):
    client = signed_in("rat@beratung.example")
    adviser = Actor(Person.objects.get(email="rat@beratung.example").pk)
    office = found_organisation("Stadtberatung", "advice", by=adviser)
    prepared, _ = begin_assessment(edition, "Vorlage", organisation=office, by=adviser)
    add_measure(prepared, Content("planen", "Vertraulich", "high"), id=uuid.uuid4(), by=adviser)
    offer_handover(prepared, by=adviser)
    take_handover(Handover.objects.get(), verein, by=Actor(anna.pk))
    rename_assessment(prepared, "Jugendarbeit", by=Actor(anna.pk))
    for rest in ("", ".csv"):
        page = shown(client, path(office, rest))
        assert "Praxishilfe übergeben" in page
        assert "Vertraulich" not in page
        assert "Jugendarbeit" not in page
        assert "Jugendarbeit" in shown(chief, path(verein, rest))
    assert "Vertraulich" in shown(chief, f"/praxishilfe/{prepared.pk}/protokoll")


def test_an_organisation_sees_nothing_of_another(chief, neighbour, verein):
    assert len(rows(shown(chief, path(verein)))) == 1
    assert neighbour.get(path(verein)).status_code == 404


@pytest.fixture
def three_days(verein, anna):
    """Entries on three days, the second late in the evening of the 2nd in Berlin."""
    moments = (datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 3, 2, 22, 59, tzinfo=UTC))
    for moment, verb in zip((*moments, datetime(2026, 3, 2, 23, tzinfo=UTC)), ("area.added",) * 3, strict=True):
        at(moment, verb, organisation=verein.pk, person=anna.pk)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("von=1.3.2026&bis=3.3.2026", 3),
        ("von=2.3.2026&bis=2.3.2026", 1),
        ("von=3.3.2026&bis=3.3.2026", 1),
        ("bis=2.3.2026", 2),
        ("art=organisation&bis=2026-12-31", 3),
        ("art=plan&bis=2026-12-31", 0),
    ],
)
def test_days_and_kinds_are_chosen_days_whole_and_as_here(chief, verein, three_days, query, count):
    found = [row for row in rows(shown(chief, path(verein, f"?{query}"))) if "Organisation angelegt" not in row]
    assert len(found) == count


@pytest.mark.parametrize(
    "query",
    ["von=gestern", "bis=31.2.2026", "person=x", f"person={uuid.UUID(int=1)}", "art=x", "von=%00", "person=%00"],
)
def test_what_cannot_be_a_filter_is_said(chief, verein, query):
    page = shown(chief, path(verein, f"?{query}"), 422)
    assert "Bitte prüfen" in page
    assert rows(page) == []
    assert "Dazu gibt es keinen Eintrag" not in page
    assert '<a href="?">Alle zeigen</a>' in page
    table = chief.get(path(verein, f".csv?{query}"))
    assert (table.status_code, len(table.content.splitlines())) == (200, 1)


def test_a_last_day_before_the_first_is_said_at_the_last_day(chief, verein, three_days):
    page = shown(chief, path(verein, "?von=31.12.2026&bis=1.1.2026"), 422)
    words = "Dieser Tag liegt vor dem, der bei „Vom“ steht."
    assert f'<a href="#id_bis">Bis zum: {words}' in page
    assert f'<p class="error" id="error_bis">{words}' in page
    assert 'value="31.12.2026"' in page
    assert re.findall(r'<input id="(\w+)"[^>]* aria-invalid="true" aria-describedby="error_bis"', page) == ["id_bis"]
    assert rows(page) == []


def test_one_day_may_be_the_first_and_the_last(chief, verein, three_days):
    assert "Bitte prüfen" not in shown(chief, path(verein, "?von=1.1.2026&bis=1.1.2026"))


def test_more_than_fit_stand_on_several_pages_and_the_filter_goes_along(chief, verein, anna):
    for _ in range(60):
        record("area.added", by=Actor(anna.pk), organisation=verein.pk)
    page = shown(chief, path(verein, "?art=organisation"))
    assert len(rows(page)) == 50
    assert "?art=organisation&seite=2" in page
    assert len(rows(shown(chief, path(verein, "?art=organisation&seite=2")))) == 11
    for wrong in ("0", "-1", "x", "99999999999999999999"):
        shown(chief, path(verein, f"?seite={wrong}"))


def test_the_number_of_queries_does_not_grow_with_the_entries(
    chief, verein, anna, edition, django_assert_max_num_queries
):
    others = [begin_assessment(edition, organisation=verein, by=Actor(anna.pk))[0] for _ in range(10)]
    for number in range(60):
        who = Person.objects.create(email=f"p{number}@probestadt.example")
        by = Actor(who.pk)
        [area] = add_areas(verein, [f"Bereich {number}"], by=by)
        record("rating.changed", by=by, organisation=verein.pk, assessment=others[number % 10].pk, target="planen")
        record("area.changed", by=by, organisation=verein.pk, target=str(area.pk))
    shown(chief, path(verein))
    with django_assert_max_num_queries(12):
        shown(chief, path(verein))
    with django_assert_max_num_queries(11):
        chief.get(path(verein, ".csv"))


def test_the_table_holds_what_the_filter_shows_and_no_formula(chief, verein, anna, inside):
    inside.name = '=HYPERLINK("http://x")'
    inside.save()
    record("rating.changed", by=Actor(anna.pk), organisation=verein.pk, assessment=inside.pk, target="planen")
    answer = chief.get(path(verein, ".csv?art=praxishilfe"))
    assert re.fullmatch(r'attachment; filename="protokoll-\d{4}-\d\d-\d\d\.csv"', answer["Content-Disposition"])
    assert answer["Cache-Control"] == "no-store, private"
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert table[0] == ["Wann", "Wer", "Was", "Worüber", "Praxishilfe"]
    assert table[1][1:] == [
        "Anna Beispiel",
        "Bewertung oder Notiz geändert",
        "Zusammenarbeit planen",
        '\'=HYPERLINK("http://x")',
    ]
    assert len(table) == 3


def test_the_way_to_the_log_stands_on_the_pages(chief, verein, own):
    own.assessment.organisation = verein
    own.assessment.save()
    assert f'href="{path(verein)}"' in shown(chief, f"/organisation/{verein.pk}/")
    assert f'href="{own.path("protokoll")}"' in shown(chief, own.path("ueberblick"))


def test_guests_have_no_log_and_no_way_to_it(owner, own):
    assert "protokoll" not in shown(owner, own.path("ueberblick"))
