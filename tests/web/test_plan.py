"""The action plan."""

import uuid
from datetime import date

import pytest

from brueckenschlag.audit.actors import GUEST
from brueckenschlag.plans.models import Measure
from brueckenschlag.plans.operations import add_measure, remove_measure
from brueckenschlag.plans.rules import MOST_MEASURES, Content

ROW = {"checkpoint": "planen", "text": "Kriterien festlegen", "priority": "high", "status": "open"}


@pytest.fixture
def row(own) -> Measure:
    return add_measure(own.assessment, Content("planen", "Kriterien festlegen", "high"), id=uuid.uuid4(), by=GUEST)


@pytest.fixture
def change(own, owner, row):
    def send(**values):
        return owner.post(own.path(f"plan/{row.id}"), ROW | {"version": 1} | values)

    return send


@pytest.fixture
def add(own, owner):
    return lambda **values: owner.post(own.path("plan/neu"), ROW | values)


def rate(own, owner, checkpoint, level):
    owner.post(own.path(f"checkpunkt/{checkpoint}"), {"level": level, "version": 0})


def test_an_empty_plan_offers_the_first_step(own, owner):
    page = owner.get(own.path("plan")).content.decode()
    assert "Noch ist der Plan leer" in page
    assert "Maßnahme hinzufügen" in page


def test_the_plan_has_the_six_columns_and_the_status(own, owner, row):
    page = owner.get(own.path("plan")).content.decode()
    names = ["Checkpunkt", "Maßnahme", "Priorität", "Verantwortlich", "Beginn", "Kontrolle", "Stand"]
    places = [page.index(f'scope="col">{name}</th>') for name in names]
    assert places == sorted(places)


def test_checkpoints_that_call_for_action_and_have_no_measure_are_listed_red_first(own, owner):
    rate(own, owner, "nutzen", "bedarf")
    rate(own, owner, "planen", "dringend")
    rate(own, owner, "kontakte", "gut")
    page = owner.get(own.path("plan")).content.decode()
    part = page[page.index("Noch ohne Maßnahme") :]
    assert part.index("3. Zusammenarbeit planen") < part.index("1. Strategischer Nutzen")
    assert "5. Kontakte" not in part


def test_a_suggestion_is_one_tap_away(own, owner):
    rate(own, owner, "planen", "dringend")
    page = owner.post(own.path("plan/anregung"), {"suggestion": "planen.kriterien"}, follow=True).content.decode()
    assert Measure.objects.get().priority == "high"
    assert "Im Plan: „" in page
    assert "Noch ohne Maßnahme" not in page


def test_an_unknown_suggestion_is_refused_in_words(own, owner):
    answer = owner.post(own.path("plan/anregung"), {"suggestion": "planen.unsinn"})
    assert answer.status_code == 422
    assert "Diese Anregung gibt es in dieser Praxishilfe nicht." in answer.content.decode()


def test_several_measures_belong_to_one_checkpoint(own, owner, row):
    owner.post(own.path("plan/neu"), ROW | {"text": "Abbruch regeln"})
    assert Measure.objects.filter(checkpoint="planen").count() == 2


def test_the_form_for_a_checkpoint_is_preset_from_its_rating(own, owner):
    rate(own, owner, "planen", "bedarf")
    page = owner.get(own.path("plan/neu?checkpunkt=planen"), follow=True).content.decode()
    assert '<option value="planen" selected>' in page
    assert 'value="medium" checked' in page


def test_german_dates_are_understood_and_shown(own, owner, change, row):
    change(start="1.2.27", review="28. Februar 2027", responsible="Ada Beispiel")
    row.refresh_from_db()
    assert (row.start, row.review) == (date(2027, 2, 1), date(2027, 2, 28))
    page = owner.get(own.path("plan")).content.decode()
    assert "28.02.2027" in page
    assert "Ada Beispiel" in page


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"start": "bald"}, "Das ist kein Datum."),
        ({"review": "31.2.2027"}, "Diesen Tag gibt es im Kalender nicht."),
        ({"start": "1.3.2027", "review": "28.2.2027"}, "Die Kontrolle liegt vor dem Beginn."),
        ({"text": ""}, "Bitte beschreiben, was zu tun ist."),
        ({"text": "x" * 301}, "Das ist zu lang: 301 Zeichen, erlaubt sind 300."),
        ({"responsible": "x" * 121}, "Das ist zu lang"),
        ({"responsible": "\x1bAda"}, "unsichtbare Steuerzeichen"),
        ({"checkpoint": "unsinn"}, "Bitte einen der Checkpunkte wählen."),
        ({"priority": "sehr"}, "Bitte hoch, mittel oder niedrig wählen."),
        ({"status": "fast"}, "Bitte offen, begonnen, erledigt oder verworfen wählen."),
    ],
)
@pytest.mark.parametrize("to", ["add", "change"])
def test_bad_input_is_an_error_at_its_field_and_nothing_is_lost(request, to, values, words):
    send = request.getfixturevalue(to)
    before = list(Measure.objects.values())
    answer = send(**({"text": "Anders", "responsible": "Bob"} | values))
    page = answer.content.decode()
    field = "review" if len(values) == 2 else next(iter(values))
    assert answer.status_code == 422
    assert words in page
    assert f'href="#id_{field}"' in page
    assert f'id="error_{field}"' in page or 'class="error"' in page
    assert list(Measure.objects.values()) == before
    if "responsible" not in values:
        assert 'value="Bob"' in page


def test_saving_keeps_the_id_and_counts_the_version(change, row):
    change(text="Kriterien aufschreiben")
    same = Measure.objects.get()
    assert (same.id, same.text, same.version) == (row.id, "Kriterien aufschreiben", 2)


def test_sending_the_same_new_measure_twice_makes_one_row(own, owner):
    sent = ROW | {"id": str(uuid.uuid4())}
    for _ in range(2):
        assert owner.post(own.path("plan/neu"), sent).status_code == 302
    assert Measure.objects.get().id == uuid.UUID(sent["id"])


def test_an_id_of_somebody_elses_measure_neither_shows_nor_changes_it(own, owner, stranger, row):
    from brueckenschlag.assessments.models import Assessment

    theirs = Assessment.objects.exclude(pk=own.assessment.pk).get()
    answer = stranger.post(f"/praxishilfe/{theirs.id}/plan/neu", ROW | {"id": str(row.id), "text": "Meins"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.text == "Kriterien festlegen"
    assert theirs.measures.get().text == "Meins"


def test_a_stale_save_shows_both_versions(change, row):
    change(text="von Ada")
    answer = change(text="von Bob", responsible="Bob")
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Es gibt zwei Fassungen", "von Ada", "von Bob", "Ihre Fassung", "Schon gespeichert"):
        assert words in page
    row.refresh_from_db()
    assert row.text == "von Ada"


def test_the_person_chooses_field_by_field(change, row):
    change(text="von Ada", responsible="Ada", start="1.2.2027")
    mine = {f"mine-{name}": value for name, value in ROW.items()}
    mine |= {"mine-text": "von Bob", "mine-responsible": "Bob", "mine-start": "", "mine-review": ""}
    picks = {"pick-text": "mine", "pick-responsible": "stored", "pick-start": "stored"}
    assert change(version=2, pick="1", **mine, **picks).status_code == 302
    row.refresh_from_db()
    assert (row.text, row.responsible, row.start) == ("von Bob", "Ada", date(2027, 2, 1))


def test_a_measure_deleted_meanwhile_can_be_brought_back_with_what_was_typed(change, row):
    remove_measure(row, by=GUEST)
    answer = change(text="doch noch")
    assert answer.status_code == 409
    assert "Inzwischen gelöscht" in answer.content.decode()
    mine = {f"mine-{name}": value for name, value in (ROW | {"text": "doch noch"}).items()}
    change(version=2, pick="1", **mine)
    row.refresh_from_db()
    assert (row.text, row.deleted_at) == ("doch noch", None)


def test_a_deleted_measure_can_be_brought_back_with_its_id(own, owner, row):
    page = owner.post(own.path(f"plan/{row.id}/loeschen"), follow=True).content.decode()
    assert "Gelöscht: „Kriterien festlegen“" in page
    assert "Rückgängig" in page
    assert "Gelöschte Maßnahmen (1)" in page
    owner.post(own.path(f"plan/{row.id}/zurueckholen"))
    assert Measure.objects.in_plan().get().id == row.id


def test_deleting_and_bringing_back_twice_is_the_same_as_once(own, owner, row):
    for _ in range(2):
        owner.post(own.path(f"plan/{row.id}/loeschen"))
    row.refresh_from_db()
    assert row.version == 2
    for _ in range(2):
        owner.post(own.path(f"plan/{row.id}/zurueckholen"))
    row.refresh_from_db()
    assert row.version == 3


def order_on(page: str, texts: list[str]) -> list[str]:
    return sorted(texts, key=page.index)


def test_the_plan_can_be_sorted_and_filtered_in_the_address(own, owner):
    rows = [
        Content("organisation", "Eins", "low", start=date(2027, 1, 1)),
        Content("planen", "Zwei", "medium", start=date(2027, 3, 1), status="done"),
        Content("nutzen", "Drei", "medium", start=date(2027, 2, 1)),
        Content("kontakte", "Vier", "high"),
    ]
    for content in rows:
        add_measure(own.assessment, content, id=uuid.uuid4(), by=GUEST)

    def shown(query: str) -> list[str]:
        page = owner.get(own.path("plan" + query)).content.decode()
        return order_on(page, [row.text for row in rows if f">{row.text}</a>" in page])

    assert shown("") == ["Vier", "Drei", "Zwei", "Eins"]
    assert shown("?sortierung=checkpunkt") == ["Drei", "Zwei", "Vier", "Eins"]
    assert shown("?sortierung=datum") == ["Eins", "Drei", "Zwei", "Vier"]
    assert shown("?sortierung=eigene") == ["Eins", "Zwei", "Drei", "Vier"]
    assert shown("?stand=erledigt") == ["Zwei"]
    assert shown("?sortierung=unsinn&stand=unsinn") == ["Vier", "Drei", "Zwei", "Eins"]


def test_the_own_order_is_changed_step_by_step(own, owner):
    rows = [
        add_measure(own.assessment, Content("planen", text, "low"), id=uuid.uuid4(), by=GUEST)
        for text in ("A", "B", "C")
    ]

    def move(at: int, direction: str) -> list[str]:
        answer = owner.post(own.path(f"plan/{rows[at].id}/verschieben"), {"direction": direction})
        assert answer["Location"].endswith(f"?sortierung=eigene&bewegt={direction}#m-{rows[at].id}")
        return list(Measure.objects.order_by("position").values_list("text", flat=True))

    assert move(2, "up") == ["A", "C", "B"]
    assert move(0, "down") == ["C", "A", "B"]
    assert move(2, "up") == ["C", "A", "B"]
    assert owner.post(own.path(f"plan/{rows[0].id}/verschieben"), {"direction": "links"}).status_code == 422


def test_a_review_day_that_has_passed_is_marked_as_due(own, owner):
    add_measure(own.assessment, Content("planen", "Alt", "low", review=date(2020, 1, 1)), id=uuid.uuid4(), by=GUEST)
    assert '<span class="due">fällig</span>' in owner.get(own.path("plan")).content.decode()


def test_ten_thousand_measures_end_at_the_limit_with_a_sentence(own, owner):
    Measure.objects.bulk_create(
        Measure(assessment=own.assessment, checkpoint="planen", text=str(at), priority="low", position=at)
        for at in range(MOST_MEASURES - 1)
    )
    assert owner.post(own.path("plan/neu"), ROW).status_code == 302
    for path, sent in (("plan/neu", ROW), ("plan/anregung", {"suggestion": "planen.kriterien"})):
        answer = owner.post(own.path(path), sent)
        assert answer.status_code == 422
        assert "Der Plan ist voll" in answer.content.decode()
    assert owner.get(own.path("plan")).status_code == 200
    assert Measure.objects.count() == MOST_MEASURES


def test_a_full_plan_cannot_be_overfilled_by_bringing_back(own, owner, row):
    remove_measure(row, by=GUEST)
    Measure.objects.bulk_create(
        Measure(assessment=own.assessment, checkpoint="planen", text=str(at), priority="low", position=at)
        for at in range(MOST_MEASURES)
    )
    assert owner.post(own.path(f"plan/{row.id}/zurueckholen")).status_code == 422


def test_html_in_every_text_is_shown_as_typed(own, owner):
    owner.post(own.path("name"), {"name": "<b>Verein</b>"})
    owner.post(own.path("plan/neu"), ROW | {"text": "<img src=x onerror=y>", "responsible": "<i>Ada</i>"})
    page = owner.get(own.path("plan")).content.decode()
    for raw in ("<b>Verein", "<img src=x", "<i>Ada"):
        assert raw not in page
    assert "&lt;img src=x onerror=y&gt;" in page


def test_the_reader_sees_the_plan_without_anything_to_press(own, reader, row):
    page = reader.get(own.path("plan")).content.decode()
    assert "Kriterien festlegen" in page
    for words in ("Maßnahme hinzufügen", "Löschen", "Gelöschte"):
        assert words not in page


def test_a_filtered_plan_says_so_also_on_paper(own, owner):
    for status in ("open", "open", "done"):
        add_measure(own.assessment, Content("planen", status, "low", status=status), id=uuid.uuid4(), by=GUEST)
    page = owner.get(own.path("plan?stand=offen")).content.decode()
    assert "Gezeigt werden nur 2 von 3 mit dem Stand „offen“." in page
    assert "Gezeigt" not in owner.get(own.path("plan")).content.decode()


def test_each_wrong_day_is_named_with_its_field(own, owner):
    wrong = {
        "checkpoint": "planen",
        "text": "X",
        "priority": "low",
        "status": "open",
        "start": "bald",
        "review": "32.1.",
    }
    page = owner.post(own.path("plan/neu"), wrong).content.decode()
    assert '<a href="#id_start">Beginn: Das ist kein Datum.' in page
    assert '<a href="#id_review">Kontrolle: Diesen Tag gibt es' in page
