"""Nothing counts on seven checkpoints, three levels or six columns: the example of docs/content.md, walked through."""

import re
import shutil
import uuid
from pathlib import Path

import pytest

from brueckenschlag.assessments.models import Assessment, Edition, Rating
from brueckenschlag.assessments.operations import publish_edition
from brueckenschlag.instruments.loader import Draft
from brueckenschlag.plans.models import Measure

FOLDER = Path(__file__).parents[2] / "docs/example/treffen"
POINTS = ("einladen", "leiten", "festhalten")


@pytest.fixture
def treffen(db) -> Edition:
    return publish_edition(Draft(FOLDER))[0]


@pytest.fixture
def walk(treffen, nobody):
    """A person with an assessment of the example: sends to, or opens, one of its pages."""
    root = nobody.post("/praxishilfe/treffen/", {"name": "Chor"})["Location"].partition("checkpunkt/")[0]

    def go(path: str, sent: dict[str, object] | None = None) -> str:
        answer = nobody.get(root + path, follow=True) if sent is None else nobody.post(root + path, sent, follow=True)
        assert answer.status_code == 200, path
        return answer.content.decode()

    return go


def test_the_start_page_has_a_door_to_it(treffen, nobody):
    assert "Gute Treffen im Verein" in nobody.get("/").content.decode()
    assert "drei Checkpunkten" in nobody.get("/praxishilfe/treffen/").content.decode()


def test_the_doors_of_others_come_after_our_two(treffen, nobody):
    page = nobody.get("/").content.decode()
    assert [page.index(f'id="tuer-{slug}"') for slug in ("zo", "kmu", "treffen")] == sorted(
        page.index(f'id="tuer-{slug}"') for slug in ("zo", "kmu", "treffen")
    )


def test_the_self_declaration_asks_only_for_the_columns_that_the_plan_has(walk):
    page = walk("mitnehmen")
    assert "Ausgefüllt sind Wer, Nachsehen." in page
    assert "Priorität" not in page


def test_the_whole_walk_from_rating_to_plan(walk):
    for key, level in zip(POINTS, ("nie", "meistens", "immer"), strict=True):
        page = walk(f"checkpunkt/{key}")
        assert page.count('type="radio" name="level"') == 4
        assert page.count('class="stone') == 3
        walk(f"checkpunkt/{key}", {"level": level, "note": f"Notiz {key}", "version": 0})
    assert list(Rating.objects.values_list("level", flat=True)) == ["nie", "meistens", "immer"]
    overview = walk("ueberblick")
    assert "Alle 3 Checkpunkte sind bewertet." in overview
    assert "Notiz leiten" in overview
    assert "tone-lime" in overview


def test_the_plan_has_the_columns_that_the_instrument_has(walk):
    walk("plan/anregung", {"suggestion": "einladen.vorlage"})
    plan = walk("plan")
    heads = re.findall(r'<th role="columnheader" scope="col">([^<]+)</th>', plan)
    assert heads == ["Thema", "Vorhaben", "Wer", "Nachsehen", "Stand"]
    assert plan.count('<td role="cell"') == 6
    assert "Priorität" not in plan
    assert re.findall(r'<option value="([a-z]+)"[^>]*>', plan[: plan.index('id="stand"')]) == [
        "checkpunkt",
        "datum",
        "eigene",
    ]


def test_a_measure_has_the_fields_that_the_plan_has(walk):
    page = walk("plan/neu")
    assert 'name="priority"' not in page
    assert 'name="start"' not in page
    sent = {
        "checkpoint": "leiten",
        "text": "Uhr aufhängen",
        "responsible": "Kim",
        "review": "1.5.2027",
        "status": "open",
    }
    walk("plan/neu", sent | {"id": uuid.uuid4()})
    row = Measure.objects.get()
    assert (row.text, row.responsible, row.priority, row.start, str(row.review)) == (
        "Uhr aufhängen",
        "Kim",
        "medium",
        None,
        "2027-05-01",
    )
    walk(f"plan/{row.id}", sent | {"text": "Sanduhr kaufen", "version": 1})
    assert Measure.objects.get().text == "Sanduhr kaufen"


def test_two_people_at_one_measure_see_only_the_fields_that_there_are(walk, nobody):
    walk("plan/anregung", {"suggestion": "einladen.vorlage"})
    row = Measure.objects.get()
    sent = {"checkpoint": "einladen", "text": "Von Ada", "responsible": "", "review": "", "status": "open"}
    walk(f"plan/{row.id}", sent | {"version": 1})
    path = f"/praxishilfe/{Assessment.objects.get().id}/plan/{row.id}"
    answer = nobody.post(path, sent | {"text": "Von Bob", "version": 1})
    assert answer.status_code == 409
    assert "<legend>Vorhaben</legend>" in answer.content.decode()


def test_the_sheet_has_its_columns_and_levels(treffen, nobody):
    page = nobody.get("/praxishilfe/treffen/bogen").content.decode()
    assert page.count('class="sheet-point"') == 3
    plan = page[page.index('class="empty-plan"') :]
    assert plan.count("<th ") == 5
    assert plan.count("<td>") == 5 * 9


def test_what_is_not_translated_yet_stands_there_in_the_original_and_says_so(walk, treffen, nobody):
    page = nobody.get("/en/praxishilfe/treffen/").content.decode()
    assert "Good meetings in your association" in page
    assert "has not been fully translated" in page
    background = nobody.get("/en/praxishilfe/treffen/hintergrund").content.decode()
    assert '<span lang="de">Wozu das gut ist</span>' in background


def test_the_instruments_of_the_operator_stand_beside_ours(tmp_path, settings):
    from brueckenschlag.instruments import library

    found = library.folders([FOLDER.parent])
    assert list(found) == ["kmu", "treffen", "zo"]
    assert found["treffen"] == FOLDER


OURS = "Eine eigenständige digitale Ausgabe in eigenen Worten. Texte: CC BY-SA 4.0"
OWN_PAGES = (
    "ueberblick",
    "checkpunkt/leiten",
    "plan",
    "plan/neu",
    "weitermachen",
    "fassung",
    "name",
    "loeschen",
    "schliessen",
)


def footer(page: str) -> str:
    return page[page.index('<footer class="site-footer">') :]


@pytest.mark.parametrize("path", OWN_PAGES)
def test_our_licence_does_not_stand_under_the_texts_of_another_publisher(walk, path):
    assert "CC BY" not in footer(walk(path))


def test_each_publisher_says_what_may_be_done_with_their_texts(tmp_path, db, nobody):
    folder = Path(shutil.copytree(FOLDER, tmp_path / "treffen"))
    file = folder / "instrument.yaml"
    words = "Texte: Chorverband Probestadt, alle Rechte vorbehalten"
    file.write_text(file.read_text(encoding="utf-8") + f'licence: "{words}"\n', encoding="utf-8")
    publish_edition(Draft(folder))
    for path in ("", "hintergrund", "bogen"):
        assert words in footer(nobody.get(f"/praxishilfe/treffen/{path}").content.decode())
        assert OURS in footer(nobody.get(f"/praxishilfe/zo/{path}").content.decode())
    assert f'<span lang="de">{words}</span>' in footer(nobody.get("/en/praxishilfe/treffen/").content.decode())
    for path in ("/", "/hilfe", "/gibt-es-nicht"):
        assert "Texte von Brückenschlag: CC BY-SA 4.0" in footer(nobody.get(path).content.decode())
    imprint = nobody.get("/impressum").content.decode()
    assert f'hintergrund">Gute Treffen im Verein</a>. {words}</li>' in imprint
    assert f'hintergrund#herausgeber">Zusammenarbeit mit KMU in der Region systematisch angehen</a>. {OURS}' in imprint


def test_help_and_start_page_promise_nothing_that_another_instrument_does_not_keep(treffen, nobody):
    home = nobody.get("/").content.decode()
    assert "5 bis 40 Minuten" in home
    assert "In sieben Schritten" not in home
    for path, words in {
        "/hilfe": ("sieben", "drei Stufen", "20 bis 40"),
        "/de-simple/hilfe": ("sieben", "drei Stufen", "20 bis 40"),
        "/en/hilfe": ("seven", "three levels", "20 to 40"),
    }.items():
        page = nobody.get(path).content.decode()
        assert [one for one in words if one in page] == []
