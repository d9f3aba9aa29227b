"""The overview of an organisation: areas side by side, progress apart from quality, where the areas differ."""

import html
import re

import pytest

from brueckenschlag.accounts.operations import add_areas
from brueckenschlag.assessments.models import Assessment, Rating
from brueckenschlag.assessments.operations import begin_assessment, set_area
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.plans.models import Measure
from brueckenschlag.web.side_by_side import MOST_LAMPS


@pytest.fixture
def begin(verein, edition):
    """Begins an assessment in an area of the organisation, with these levels by checkpoint."""

    def of(area, levels=(), measures=()) -> Assessment:
        assessment, _ = begin_assessment(edition, organisation=verein, area=area, by=GUEST)
        Rating.objects.bulk_create(
            Rating(assessment=assessment, checkpoint=key, level=level) for key, level in dict(levels).items()
        )
        Measure.objects.bulk_create(
            Measure(assessment=assessment, checkpoint="planen", text="Text", priority="low", position=at, **given)
            for at, given in enumerate(measures)
        )
        return assessment

    return of


def page(client, verein, rest="") -> str:
    answer = client.get(f"/organisation/{verein.pk}/{rest}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def card(shown: str, name: str) -> str:
    return next(one for one in re.findall(r'<li class="card">.*?</h3>.*?</li>', shown) if name in one)


def words(shown: str) -> str:
    return re.sub(r"<[^>]+>", "", shown)


def test_an_organisation_without_anything_says_how_to_begin(chief, verein):
    shown = page(chief, verein)
    assert "Noch ist keine Praxishilfe begonnen." in shown
    assert f"/praxishilfe/zo/?organisation={verein.pk}" in shown
    assert "Bereiche anlegen" in shown
    assert "einig" not in words(shown)


def test_each_area_has_its_arch_with_words_and_how_far_it_is(chief, verein, begin, zo):
    jugend, pflege = add_areas(verein, ["Jugend", "Pflege"], by=GUEST)
    begin(jugend, {"planen": "dringend", "nutzen": "gut"}, [{"status": "done"}, {}])
    shown = page(chief, verein)
    levels = {level.key: level.short for level in zo.levels}
    assert f'aria-label="1 {levels["gut"]}, 3 {levels["dringend"]}"' in card(shown, "Jugend")
    assert "2 von 7 bewertet" in card(shown, "Jugend")
    assert "Plan: 1 von 2 erledigt" in card(shown, "Jugend")
    assert "noch nicht begonnen" in card(shown, "Pflege")
    assert f"?organisation={verein.pk}&bereich={pflege.pk}" in card(shown, "Pflege")


def test_the_progress_counts_what_has_begun_and_is_finished_and_no_rating(chief, verein, begin, zo):
    jugend, pflege, kita = add_areas(verein, ["Jugend", "Pflege", "Kita"], by=GUEST)
    begin(jugend, {point.key: "dringend" for point in zo.checkpoints}, [{"status": "done"}, {"review": "2020-01-01"}])
    begin(pflege, {"planen": "gut"})
    shown = words(page(chief, verein))
    assert "Begonnen haben 2 von 4." in shown  # the organisation as a whole could, too
    assert "Bei 1 sind alle Checkpunkte bewertet." in shown
    assert "2 Maßnahmen im Plan, 1 erledigt." in shown
    assert "1 Kontrolle ist fällig." in shown
    assert kita.name in shown


def test_of_several_assessments_of_an_area_the_latest_counts_and_the_others_can_be_opened(chief, verein, begin):
    [jugend] = add_areas(verein, ["Jugend"], by=GUEST)
    old = begin(jugend, {"planen": "dringend"})
    Assessment.objects.filter(pk=old.pk).update(changed_on="2024-05-01")
    new = begin(jugend, {"planen": "gut"})
    shown = card(page(chief, verein), "Jugend")
    assert f'<a href="/praxishilfe/{new.pk}/ueberblick">Jugend</a>' in shown
    assert f'<a href="/praxishilfe/{old.pk}/ueberblick">Jugend</a> 01.05.2024' in shown


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        (("gut", "gut"), "einig"),
        (("gut", "bedarf"), "fast einig"),
        (("gut", "dringend"), "uneinig – bitte besprechen"),
        (("gut", ""), "noch zu wenige Bewertungen"),
    ],
)
def test_a_word_says_how_far_the_areas_lie_apart(chief, verein, begin, levels, said):
    for area, level in zip(add_areas(verein, ["Jugend", "Pflege"], by=GUEST), levels, strict=True):
        begin(area, {"planen": level})
    row = next(one for one in re.findall(r'<li><details class="card.*?</li>', page(chief, verein)) if "3. " in one)
    assert re.search(rf">{said}</span>", row)


def test_lamps_stand_in_the_order_of_the_scale_and_the_names_below_them(chief, verein, begin):
    areas = add_areas(verein, ["Jugend", "Pflege", "Kita"], by=GUEST)
    for area, level in zip(areas, ("gut", "dringend", "bedarf"), strict=True):
        begin(area, {"planen": level})
    row = next(one for one in re.findall(r'<li><details class="card.*?</li>', page(chief, verein)) if "3. " in one)
    assert re.findall(r'class="lamp tone-(\w+)"', row) == ["red", "yellow", "green"]
    assert re.findall(r"<dd>([^<]+)</dd>", row) == ["Pflege", "Kita", "Jugend"]


def test_many_ratings_are_one_lamp_of_each_level_with_their_number(chief, verein, begin):
    areas = add_areas(verein, [f"Bereich {number}" for number in range(MOST_LAMPS + 2)], by=GUEST)
    for at, area in enumerate(areas):
        begin(area, {"planen": "dringend" if at else "gut"})
    row = next(one for one in re.findall(r'<li><details class="card.*?</li>', page(chief, verein)) if "3. " in one)
    assert re.findall(r'class="lamp tone-(\w+)"', row) == ["red", "green"]
    assert f"× {MOST_LAMPS + 1}" in row


def test_areas_below_another_stand_together_under_its_name(chief, verein):
    pflege, _ = add_areas(verein, ["Pflege", "Jugend"], by=GUEST)
    [nord] = add_areas(verein, ["Nord"], parent=pflege, by=GUEST)
    add_areas(verein, ["Team A"], parent=nord, by=GUEST)
    shown = page(chief, verein)
    assert re.search(r"<summary><h3>Pflege .*?</h3></summary> <ul class=\"arches\">.*?Nord › Team A", shown)
    assert not re.search(r"<h3>Pflege</h3>", shown)  # it has parts and no assessment of its own


def test_the_other_instrument_has_a_section_of_its_own(chief, verein, edition):
    from brueckenschlag.assessments import editions

    begin_assessment(edition, organisation=verein, by=GUEST)
    begin_assessment(editions.current("kmu"), organisation=verein, by=GUEST)
    assert re.findall(r'<h2 id="i-(\w+)">', page(chief, verein)) == ["zo", "kmu"]


def test_a_business_begins_with_the_instrument_for_businesses(neighbour):
    from brueckenschlag.accounts.models import Organisation

    nachbarn = Organisation.objects.get(name="Nachbarn")
    assert f"/praxishilfe/kmu/?organisation={nachbarn.pk}" in card(page(neighbour, nachbarn), "Ganze Organisation")


def test_a_reader_is_offered_nothing_that_would_be_refused(onlooker, verein):
    add_areas(verein, ["Jugend"], by=GUEST)
    shown = page(onlooker, verein)
    for offer in ("?organisation=", "einstellungen", "Beginnen"):
        assert offer not in shown


def test_more_areas_than_fit_stand_on_several_pages(chief, verein):
    add_areas(verein, [f"Bereich {number:03}" for number in range(70)], by=GUEST)
    first, second = page(chief, verein), page(chief, verein, "?seite=2")
    assert "Bereich 000" in first
    assert "Bereich 069" in second
    assert "Bereich 069" not in first
    for wrong in ("0", "-1", "x", "99999999999999999999"):
        page(chief, verein, f"?seite={wrong}")


def test_the_number_of_queries_does_not_grow_with_the_areas(chief, verein, begin, django_assert_max_num_queries):
    tops = add_areas(verein, [f"Bereich {number}" for number in range(6)], by=GUEST)
    for top in tops:
        for area in add_areas(verein, [f"Teil {number}" for number in range(9)], parent=top, by=GUEST):
            begin(area, {"planen": "gut", "nutzen": "dringend"}, [{}, {"status": "done"}])
    with django_assert_max_num_queries(12):
        page(chief, verein)


def test_the_pages_of_an_assessment_say_where_it_belongs(chief, owner, own, verein):
    [jugend] = add_areas(verein, ["Jugend"], by=GUEST)
    own.assessment.organisation = verein
    own.assessment.save()
    set_area(own.assessment, jugend, by=GUEST)
    for rest in ("ueberblick", "plan", "checkpunkt/planen", "weitermachen"):
        shown = chief.get(own.path(rest)).content.decode()
        assert f'<a href="/organisation/{verein.pk}/">Ortsverband Probestadt › Jugend</a>' in shown, rest
        by_link = owner.get(own.path(rest)).content.decode()
        assert "Ortsverband Probestadt › Jugend" in by_link
        assert f"/organisation/{verein.pk}/" not in by_link


def test_nothing_of_an_organisation_is_kept_by_caches_or_found_by_search_engines(chief, verein, stranger):
    answer = chief.get(f"/organisation/{verein.pk}/")
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    refused = stranger.get(f"/organisation/{verein.pk}/")
    assert refused.status_code == 404
    assert "no-store" in refused["Cache-Control"]
    assert verein.name not in refused.content.decode()


def test_who_may_not_see_an_organisation_cannot_tell_it_from_one_that_does_not_exist(stranger, verein):
    unknown = "00000000-0000-4000-8000-000000000000"
    there, nowhere = (stranger.get(f"/organisation/{id}/plan").content.decode() for id in (verein.pk, unknown))
    assert there.replace(str(verein.pk), unknown) == nowhere


def test_of_very_many_areas_only_the_first_are_named(chief, verein, begin, monkeypatch):
    monkeypatch.setattr("brueckenschlag.web.side_by_side.MOST_NAMES", 2)
    for area in add_areas(verein, ["Jugend", "Pflege", "Kita", "Hort"], by=GUEST):
        begin(area, {"planen": "gut"})
    assert re.search(r"\(4\)</dt><dd>Hort, Jugend und 2 weitere</dd>", page(chief, verein))
