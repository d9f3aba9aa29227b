"""From words to keys and days: in any language, by key or number, and a doubt for the rest."""

from datetime import date
from uuid import UUID

import pytest

from brueckenschlag.assessments import editions
from brueckenschlag.documents import wording
from brueckenschlag.documents.exchange.model import Exchange, ExchangedMeasure, ExchangedRating, packed
from brueckenschlag.documents.returns.compare import compare
from brueckenschlag.documents.returns.returned import (
    NO_CHECKPOINT,
    NO_TEXT,
    TOO_LONG,
    UNKNOWN_HERE,
    UNKNOWN_WORDS,
    Filled,
    Place,
    Row,
)
from brueckenschlag.documents.returns.understanding import EARLY, tidy, understand

TODAY = date(2026, 11, 26)
ROW = ExchangedMeasure(id=UUID(int=1), checkpoint="planen", text="Anrufen", priority="high", suggestion="planen.themen")
STATE = Exchange(
    made_on=TODAY,
    instrument="zo",
    edition="1",
    edition_hash="0" * 64,
    assessment=UUID(int=9),
    ratings=(ExchangedRating(checkpoint="planen", level="gut", note="Notiz"),),
    running=("planen.themen",),
    measures=(ROW,),
)


@pytest.fixture
def known(edition):
    return wording.vocabulary(edition.pk, edition.pk)


def row(**values: str) -> Filled:
    return Filled("workbook", rows=(Row(7, "", {"text": "Etwas tun", "checkpoint": "planen", **values}),))


@pytest.mark.parametrize(
    "words",
    [
        "planen",
        "Zusammenarbeit planen",
        "  zusammenarbeit   PLANEN ",
        "3. Zusammenarbeit planen",
        "3",
        "3.",
        "Checkpunkt 3",
        "Checkpunkt 3: Zusammenarbeit planen",
        "3 – Zusammenarbeit planen",
    ],
)
def test_a_checkpoint_is_known_by_key_title_and_number(known, words):
    assert understand(row(checkpoint=words), known, TODAY).rows[0].values["checkpoint"] == "planen"


@pytest.mark.parametrize("language", ["en", "de-simple"])
def test_a_checkpoint_is_known_in_every_language(known, edition, language):
    for point in editions.in_language(edition.pk, language).checkpoints:
        for words in (point.title, point.short, f"4. {point.title}"):
            assert understand(row(checkpoint=words), known, TODAY).rows[0].values["checkpoint"] == point.key


@pytest.mark.parametrize("words", ["Planung", "8", "0", "3. Etwas anderes", "99. Zusammenarbeit"])
def test_an_unknown_checkpoint_is_a_doubt(known, words):
    found = understand(row(checkpoint=words), known, TODAY)
    assert [(one.place, one.words, one.sentence) for one in found.doubts] == [
        (Place(row=7, field="checkpoint"), words, UNKNOWN_WORDS)
    ]
    assert NO_CHECKPOINT in [one.sentence for one in compare(found, STATE).doubts]


@pytest.mark.parametrize(
    ("field", "words", "key"),
    [
        ("priority", "hoch", "high"),
        ("priority", "HIGH", "high"),
        ("priority", "medium", "medium"),
        ("priority", " niedrig.", "low"),
        ("status", "begonnen", "started"),
        ("status", "Done", "done"),
        ("status", "dropped", "dropped"),
    ],
)
def test_fixed_answers_are_known_in_every_language(known, field, words, key):
    found = understand(row(**{field: words}), known, TODAY)
    assert found.rows[0].values[field] == key


@pytest.mark.parametrize("words", ["gut", "Zurzeit kein Handlungsbedarf", "✓", "zurzeit kein handlungsbedarf!"])
def test_a_level_is_known_by_key_words_and_sign(known, words):
    assert understand(Filled("workbook", levels={"planen": words}), known, TODAY).levels == {"planen": "gut"}


@pytest.mark.parametrize("words", ["", "Noch nicht bewertet", "–", "Not rated yet"])
def test_no_level_is_known_too(known, words):
    found = understand(Filled("workbook", levels={"planen": words}), known, TODAY)
    assert found.levels == {"planen": ""}


def test_the_files_own_words_come_first(known):
    filled = Filled("workbook", rows=row(priority="dringlich").rows, words={"dringlich": "priority/high"})
    assert understand(filled, known, TODAY).rows[0].values["priority"] == "high"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-02-28", "2027-02-28"),
        ("28.2.2027", "2027-02-28"),
        ("1. März 2027", "2027-03-01"),
        ("28/02/2027", "2027-02-28"),
        ("28 February 2027", "2027-02-28"),
        ("1.3.", "2027-03-01"),
        ("  ", ""),
    ],
)
def test_days_are_understood_as_people_type_them(known, typed, day):
    assert understand(row(review=typed), known, TODAY).rows[0].values["review"] == day


@pytest.mark.parametrize("typed", ["bald", "31.2.2027", "1.1.1900", "Mai 2027", "45000", "x" * 5000])
def test_what_is_no_day_is_a_doubt_with_the_words(known, typed):
    found = understand(row(review=typed), known, TODAY)
    (doubt,) = found.doubts
    assert (doubt.place, doubt.words) == (Place(row=7, field="review"), typed)
    assert doubt.sentence % doubt.facts
    assert "review" not in found.rows[0].values


@pytest.mark.parametrize(("field", "limit"), [("text", 300), ("responsible", 120)])
def test_a_text_that_is_too_long_is_a_doubt_and_keeps_its_words(known, field, limit):
    assert understand(row(**{field: "x" * limit}), known, TODAY).doubts == ()
    found = understand(row(**{field: "x" * (limit + 1)}), known, TODAY)
    (doubt,) = found.doubts
    assert (doubt.words, doubt.sentence) == ("x" * (limit + 1), TOO_LONG)
    assert doubt.facts == {"length": limit + 1, "limit": limit}


def test_names_and_notes_have_limits_too(known):
    found = understand(Filled("form", name="x" * 121, notes={"planen": "x" * 4001}), known, TODAY)
    assert (found.name, found.notes) == (None, {})
    assert [one.facts["limit"] for one in found.doubts] == [120, 4000]


def test_a_review_before_its_start_is_a_doubt_and_the_rest_is_taken(known):
    found = understand(row(start="1.5.2027", review="1.4.2027"), known, TODAY)
    assert [one.sentence for one in found.doubts] == [EARLY]
    assert found.rows[0].values["start"] == "2027-05-01"
    assert "review" not in found.rows[0].values


def test_an_existing_measure_whose_text_was_cleared_keeps_it(known):
    values = {"text": "", "checkpoint": "planen", "responsible": "Vorstand"}
    found = understand(Filled("form", base=packed(STATE), rows=(Row(1, str(ROW.id), values),)), known, TODAY)
    preview = compare(found, STATE)
    assert [one.sentence for one in preview.doubts] == [NO_TEXT]
    assert [(item.field, item.file) for item in preview.items] == [("responsible", "Vorstand")]


def test_an_answer_that_was_taken_away_is_no_answer(known):
    found = understand(row(priority="", status="–"), known, TODAY)
    assert found.doubts == ()
    assert found.rows[0].values.keys() == {"text", "checkpoint"}


def test_what_the_edition_does_not_have_is_a_doubt_unless_it_was_there_before(known):
    old = STATE.model_copy(
        update={
            "ratings": (ExchangedRating(checkpoint="frueher", level="gut", note="alt"),),
            "running": ("planen.frueher",),
        }
    )
    same = Filled(
        "form", packed(old), levels={"frueher": "gut"}, notes={"frueher": "alt"}, running={"planen.frueher": "1"}
    )
    assert understand(same, known, TODAY).doubts == ()
    new = Filled(
        "form", packed(old), levels={"frueher": "bedarf"}, notes={"frueher": "neu"}, running={"planen.anders": "1"}
    )
    assert [one.sentence for one in understand(new, known, TODAY).doubts] == [UNKNOWN_HERE] * 3


def test_boxes_for_the_plan_speak_only_where_somebody_has_changed_them(known):
    boxes = {"planen.themen": "1", "planen.kriterien": "1", "nutzen.gibtsnicht": ""}
    found = understand(Filled("form", base=packed(STATE), planned=boxes), known, TODAY)
    assert found.planned == {"planen.kriterien": "1"}
    cleared = understand(Filled("form", base=packed(STATE), planned={"planen.themen": ""}), known, TODAY)
    assert cleared.planned == {"planen.themen": ""}


def test_a_row_knows_from_its_base_which_suggestion_it_was(known):
    values = {"text": "Anders gesagt", "checkpoint": "planen"}
    found = understand(Filled("workbook", base=packed(STATE), rows=(Row(2, str(ROW.id), values),)), known, TODAY)
    assert found.rows[0].values["suggestion"] == "planen.themen"


def test_an_exchange_file_also_says_what_is_empty(known):
    found = understand(Filled("exchange", base=packed(STATE), levels={"planen": "gut"}), known, TODAY)
    assert found.levels["nutzen"] == ""
    assert found.running["planen.themen"] == ""


@pytest.mark.parametrize(
    ("typed", "one_line", "stored"),
    [
        ("a\r\nb\rc", False, "a\nb\nc"),
        ("a\r\nb\tc", True, "a b c"),
        (" a\x00\x1fb ", False, "ab"),
        ("Mu\u0308ller", True, "Müller"),
    ],
)
def test_texts_are_tidied_as_the_pages_do_it(typed, one_line, stored):
    assert tidy(typed, one_line=one_line) == stored


def test_a_text_that_only_a_program_has_changed_counts_as_untouched(known):
    state = STATE.model_copy(update={"ratings": (ExchangedRating(checkpoint="planen", note="eins\n\nzwei "),)})
    found = understand(Filled("form", base=packed(state), notes={"planen": "eins\r\rzwei"}), known, TODAY)
    assert found.notes == {"planen": "eins\n\nzwei "}
