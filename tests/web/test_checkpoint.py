"""The checkpoint page: rating, suggestions, note."""

import re

import pytest

from brueckenschlag.assessments.models import Mark, Rating
from brueckenschlag.assessments.rules import note_sign
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.plans.models import Measure
from brueckenschlag.plans.operations import change_measure
from brueckenschlag.plans.rules import MOST_MEASURES

PLANEN = "checkpunkt/planen"


@pytest.fixture
def save(own, owner):
    """Sends the page as a browser would; values beat what a fresh page holds."""

    def send(key: str = "planen", *, htmx: bool = False, **values):
        headers = {"HX-Request": "true"} if htmx else {}
        return owner.post(own.path(f"checkpunkt/{key}"), {"version": 0, "before": ""} | values, headers=headers)

    return send


def test_nothing_is_chosen_before_the_person_chooses(own, owner):
    page = owner.get(own.path(PLANEN)).content.decode()
    assert page.count('type="radio"') == 3
    assert "checked" not in page


def test_opening_pages_stores_nothing(own, owner):
    owner.get(own.path(PLANEN))
    owner.get(own.path("ueberblick"))
    assert not Rating.objects.exists()


def test_saving_leads_to_the_next_checkpoint_and_after_the_last_to_the_overview(own, save):
    assert save("nutzen", level="gut")["Location"] == own.path("checkpunkt/moeglichkeiten")
    assert save("organisation", level="gut")["Location"] == own.path("ueberblick")


def test_whoever_came_from_the_overview_goes_back_there(own, owner, save):
    assert 'name="back" value="ueberblick"' in owner.get(own.path(PLANEN + "?von=ueberblick")).content.decode()
    assert save(level="gut", back="ueberblick")["Location"] == own.path("ueberblick")


def test_no_checkpoint_is_compulsory(own, save):
    assert save()["Location"] == own.path("checkpunkt/denkwelten")
    assert not Rating.objects.exists()


def test_rating_and_note_are_shown_again(own, owner, save):
    save(level="bedarf", note="Zeile eins\r\nZeile zwei")
    page = owner.get(own.path(PLANEN)).content.decode()
    assert 'name="level" value="bedarf" checked' in page
    assert "\nZeile eins\nZeile zwei</textarea>" in page


def test_a_rating_can_be_withdrawn_and_the_note_stays(own, save):
    save(level="bedarf", note="bleibt")
    answer = save(level="bedarf", note="bleibt", version=1, clear="1")
    assert answer["Location"] == own.path(PLANEN)
    rating = Rating.objects.get()
    assert (rating.level, rating.note) == ("", "bleibt")


def test_runs_already_is_a_mark_that_can_be_taken_back(save):
    save(running=["planen.kriterien", "planen.themen"])
    assert set(Mark.objects.values_list("suggestion", flat=True)) == {"planen.kriterien", "planen.themen"}
    save(running="planen.themen", before="running:planen.kriterien running:planen.themen")
    assert Mark.objects.get().suggestion == "planen.themen"


def test_into_the_plan_writes_a_measure_with_that_text_at_once(zo, save):
    answer = save(htmx=True, level="dringend", planned="planen.kriterien")
    measure = Measure.objects.get()
    assert measure.text == zo.suggestion_by_key["planen.kriterien"].text
    assert (measure.checkpoint, measure.priority, measure.status) == ("planen", "high", "open")
    assert f"im Plan: „{measure.text}“" in answer.content.decode()


@pytest.mark.parametrize(
    ("level", "priority"), [("dringend", "high"), ("bedarf", "medium"), ("gut", "low"), ("", "medium")]
)
def test_the_priority_is_preset_from_the_rating(save, level, priority):
    save(level=level, planned="planen.kriterien")
    assert Measure.objects.get().priority == priority


def test_switching_off_takes_the_measure_out_and_on_again_brings_the_same_back(save):
    save(planned="planen.kriterien")
    first = Measure.objects.get()
    change_measure(first, first.content.__class__(**{**vars(first.content), "responsible": "Ada"}), version=1, by=GUEST)
    save(before="planned:planen.kriterien")
    assert not Measure.objects.in_plan().exists()
    save(planned="planen.kriterien")
    again = Measure.objects.in_plan().get()
    assert (again.id, again.responsible) == (first.id, "Ada")


def test_a_page_shown_before_somebody_planned_a_suggestion_does_not_unplan_it(save):
    save(planned="planen.kriterien")
    save(level="gut")
    assert Measure.objects.in_plan().count() == 1


def test_saving_twice_is_the_same_as_once(save):
    for _ in range(2):
        save(level="gut", planned="planen.kriterien", running="planen.themen")
    assert (Rating.objects.get().version, Measure.objects.count(), Mark.objects.count()) == (1, 1, 1)


def test_own_measure_saves_first_and_then_opens_its_form(own, save):
    assert save(level="gut", measure="1")["Location"] == own.path("plan/neu?checkpunkt=planen")
    assert Rating.objects.get().level == "gut"


def test_the_status_part_carries_what_the_next_save_needs(save):
    part = save(htmx=True, level="gut", running="planen.themen").content.decode()
    assert "Gespeichert" in part
    assert f'name="was_level" value="gut"><input type="hidden" name="was_note" value="{note_sign("")}"' in part
    assert 'name="before" value="running:planen.themen"' in part
    assert 'id="arch"' in part


def test_a_stale_save_shows_both_versions_and_stores_nothing(save):
    save(level="gut", note="von Ada")
    answer = save(level="bedarf", note="von Bob")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "von Ada" in page
    assert "von Bob" in page
    assert Rating.objects.get().note == "von Ada"


def test_the_person_chooses_field_by_field(save):
    save(level="gut", note="von Ada")
    picks = {"pick": "1", "mine-level": "bedarf", "mine-note": "von Bob", "pick-level": "stored", "pick-note": "mine"}
    save(version=1, **picks)
    rating = Rating.objects.get()
    assert (rating.level, rating.note) == ("gut", "von Bob")


def test_a_third_change_during_the_choice_is_not_overwritten_either(save):
    save(level="gut", note="von Ada")
    save(level="gut", note="von Cem", version=1)
    answer = save(version=1, pick="1", **{"mine-note": "von Bob", "pick-note": "mine", "mine-level": "gut"})
    assert answer.status_code == 409
    assert Rating.objects.get().note == "von Cem"


@pytest.fixture
def seen(own, owner):
    """What a page that is opened now will send along about what it showed."""

    def read(key: str = "planen"):
        page = owner.get(own.path(f"checkpunkt/{key}")).content.decode()
        return {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("was_level", "was_note")}

    return read


def test_a_change_of_another_part_of_the_rating_is_no_conflict(save, seen):
    before = seen()
    save(note="von Ada", **before)
    assert save(level="bedarf", **before).status_code == 302
    assert (Rating.objects.get().level, Rating.objects.get().note) == ("bedarf", "von Ada")


def test_a_page_that_shows_the_old_note_does_not_bring_it_back(save, seen):
    save(note="alt", **seen())
    before = seen()
    save(note="neu", **before)
    part = save(htmx=True, note="alt", level="gut", **before).content.decode()
    assert (Rating.objects.get().level, Rating.objects.get().note) == ("gut", "neu")
    assert "Die Notiz hat inzwischen jemand anderes geändert." in part
    assert f'name="was_note" value="{note_sign("alt")}"' in part


def test_the_switches_are_stored_even_where_the_rating_waits_for_a_choice(save, seen):
    before = seen()
    save(note="von Ada", **before)
    answer = save(note="von Bob", running="planen.themen", planned="planen.kriterien", **before)
    assert answer.status_code == 409
    assert (Mark.objects.count(), Measure.objects.count(), Rating.objects.get().note) == (1, 1, "von Ada")


def test_what_only_one_has_changed_is_not_asked_for(save, seen):
    before = seen()
    save(level="gut", note="von Ada", **before)
    page = save(note="von Bob", **before).content.decode()
    assert "<legend>Notiz</legend>" in page
    assert "<legend>Bewertung</legend>" not in page
    assert 'name="mine-level" value="gut"' in page


def test_both_notes_can_be_kept(save, seen):
    before = seen()
    save(note="von Ada", **before)
    save(note="von Bob", **before)
    save(version=1, pick="1", **{"mine-note": "von Bob", "pick-note": "both", "mine-level": ""})
    assert Rating.objects.get().note == "von Ada\n\nvon Bob"


def test_a_page_that_does_not_say_what_it_showed_is_refused(own, owner):
    answer = owner.post(own.path(PLANEN), {"level": "gut"})
    assert answer.status_code == 422
    assert "Die Seite war unvollständig. Bitte neu laden." in answer.content.decode()


def test_a_stale_save_by_script_says_so_in_the_status(save):
    save(level="gut")
    answer = save(htmx=True, level="bedarf")
    assert answer.status_code == 409
    assert "Beide Fassungen ansehen" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_the_same_content_sent_from_an_old_page_is_no_conflict(save):
    save(level="gut", note="gleich")
    assert save(level="gut", note="gleich").status_code == 302


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"level": "lila"}, "Diese Bewertung gibt es hier nicht."),
        ({"planned": "planen.unsinn"}, "Diese Anregung gibt es hier nicht."),
        ({"running": "nutzen.mitstreitende"}, "Diese Anregung gibt es hier nicht."),
        ({"note": "x" * 4001}, "Das ist zu lang: 4001 Zeichen, erlaubt sind 4000."),
        ({"note": "a\x00b"}, "unsichtbare Steuerzeichen"),
        ({"version": "eins"}, "Die Seite war unvollständig."),
        ({"version": "-1"}, "Die Seite war unvollständig."),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_bad_input_is_said_at_the_place_and_stores_nothing(save, values, words, htmx):
    answer = save(htmx=htmx, **({"level": "gut", "planned": "planen.kriterien"} | values))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Rating.objects.exists()
    assert not Measure.objects.exists()


def test_what_was_typed_stays_on_the_page_after_an_error(save):
    page = save(note="wichtig " + "x" * 4000, level="gut", running="planen.themen").content.decode()
    assert "wichtig xxx" in page
    assert 'name="level" value="gut" checked' in page
    assert 'value="planen.themen" checked' in page
    assert 'href="#id_note"' in page


def test_control_characters_are_taken_out_for_the_next_try(save):
    page = save(note="vor\x07nach").content.decode()
    assert "vornach</textarea>" in page


def test_a_soft_line_break_from_word_is_a_line_break(save):
    save(note="eins\vzwei")
    assert Rating.objects.get().note == "eins\nzwei"


def test_html_in_a_note_is_shown_as_typed(own, owner, save):
    save(note="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in owner.get(own.path(PLANEN)).content.decode()
    assert "<script>alert" not in owner.get(own.path("ueberblick")).content.decode()


def test_an_unknown_checkpoint_is_not_there(own, owner):
    assert owner.get(own.path("checkpunkt/unsinn")).status_code == 404
    assert owner.post(own.path("checkpunkt/unsinn"), {"level": "gut"}).status_code == 404


def test_a_full_plan_takes_no_suggestion_and_says_so(own, save):
    rows = [
        Measure(assessment=own.assessment, checkpoint="planen", text=str(at), priority="low", position=at)
        for at in range(MOST_MEASURES)
    ]
    Measure.objects.bulk_create(rows)
    answer = save(level="gut", planned="planen.kriterien")
    assert answer.status_code == 422
    assert "Der Plan ist voll" in answer.content.decode()
    assert not Rating.objects.exists()


def test_the_reader_sees_but_cannot_change(own, reader, save):
    save(level="dringend", note="für alle")
    page = reader.get(own.path(PLANEN)).content.decode()
    assert page.count("<input disabled") == page.count('type="radio"') + page.count('type="checkbox"')
    assert "readonly" in page
    assert "für alle" in page
    assert "Speichern" not in page


def test_the_page_reads_in_one_statement_what_plain_queries_read(own, save):
    from brueckenschlag.plans.models import checkpoint_state

    save(level="gut", note="x", running=["planen.themen"], planned=["planen.kriterien", "planen.ziele"])
    save("nutzen", level="bedarf", running="nutzen.mitstreitende", planned="nutzen.mitstreitende")
    save(level="gut", note="x", version=1, before="planned:planen.ziele")
    state = checkpoint_state(own.assessment, "planen")
    plain = {one.checkpoint: (one.level, one.note, one.version) for one in Rating.objects.all()}
    assert {key: (one.level, one.note, one.version) for key, one in state.ratings.items()} == plain
    assert state.running == set(Mark.objects.values_list("suggestion", flat=True))
    in_plan = Measure.objects.in_plan().filter(checkpoint="planen")
    assert state.planned == set(in_plan.values_list("suggestion", flat=True))
