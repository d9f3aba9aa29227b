"""The instrument for organisations holds every point of the source document, once and in its order."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from brueckenschlag.instruments import checks, library, markup
from brueckenschlag.instruments.model import Instrument

CONTENT = library.FOLDER.parent
# The source document and its map are not ours to publish, so they lie beside the checkout, if at all.
BESIDE = Path(__file__).resolve().parents[3] / "shared"
MAP = BESIDE / "mission" / "coverage.md"
OWN_WORDS = BESIDE / "tools" / "own_words.py"

FRAME = {
    *("F.title", "F.publishers", "F.language", "F.preface", "F.gloss.zo", "F.gloss.kmu", "F.gloss.intermediaer"),
    *("F.audience", "F.howto.1", "F.howto.2", "F.scale", "F.goal", "F.practice", "F.plan"),
}
SUGGESTIONS = {
    "1": [f"1.{number:02}" for number in range(1, 11)],
    "2": [f"2.A{number}" for number in range(1, 7)] + [f"2.B{number}" for number in range(1, 6)],
    "3": [f"3.{number:02}" for number in range(1, 13)],
    "4": [f"4.{number:02}" for number in range(1, 6)],
    "5": [f"5.{number:02}" for number in range(1, 12)],
    "6": [f"6.{number:02}" for number in range(1, 14)],
    "7": [f"7.{number:02}" for number in range(1, 14)],
}
SUB_POINTS = [f"3.06{letter}" for letter in "abcdef"]
ALL = [*FRAME, *SUGGESTIONS, *(id for ids in SUGGESTIONS.values() for id in ids), *SUB_POINTS]


def given(zo: Instrument) -> list[str]:
    """Every `source` in the instrument, in whichever part it stands."""
    parts = [zo.frame, *zo.checkpoints]
    return [id for part in parts for id in re.findall(r'"source":"([^"]+)"', part.model_dump_json())]


def test_every_point_of_the_source_is_there_exactly_once(zo):
    assert sorted(given(zo)) == sorted(ALL)


def test_the_list_in_this_test_has_the_sizes_that_the_map_names():
    assert len(FRAME) == 14
    assert [len(ids) for ids in SUGGESTIONS.values()] == [10, 11, 12, 5, 11, 13, 13]
    assert sum(len(ids) for ids in SUGGESTIONS.values()) + len(SUB_POINTS) == 81


def test_the_list_in_this_test_is_the_one_of_the_map():
    if not MAP.exists():
        pytest.skip(f"the map of the source is not beside this checkout ({MAP}); the list above stands in for it")
    text = MAP.read_text(encoding="utf-8").partition("## The mirror")[0]
    frame = re.findall(r"^\| (F\.[a-z.0-9]+) \|", text, re.MULTILINE)
    checkpoints = re.findall(r"^## (\d) ", text, re.MULTILINE)
    # A point that another one refers to is named twice.
    suggestions = re.findall(r"`(\d\.[AB0-9]\d?[a-f]?)`", text)
    assert sorted([*frame, *checkpoints, *dict.fromkeys(suggestions)]) == sorted(ALL)


def test_checkpoints_and_suggestions_stand_in_the_order_of_the_map(zo):
    assert [checkpoint.source for checkpoint in zo.checkpoints] == list(SUGGESTIONS)
    for checkpoint in zo.checkpoints:
        top = [suggestion.source for group in checkpoint.groups for suggestion in group.suggestions]
        assert top == SUGGESTIONS[checkpoint.source]


def test_the_six_sub_points_belong_to_their_suggestion(zo):
    with_parts = {
        suggestion.source: [part.source for part in suggestion.parts]
        for checkpoint in zo.checkpoints
        for group in checkpoint.groups
        for suggestion in group.suggestions
        if suggestion.parts
    }
    assert with_parts == {"3.06": SUB_POINTS}


def test_checkpoint_2_has_one_group_for_us_and_one_for_businesses(zo):
    groups = [[one.source[:3] for one in group.suggestions] for group in zo.checkpoints[1].groups]
    assert groups == [["2.A"] * 6, ["2.B"] * 5]


def test_the_numbers_are_those_of_the_source(zo):
    assert len(zo.checkpoints) == 7
    assert len(zo.suggestion_by_key) == 81
    assert [level.tone for level in zo.levels] == ["red", "yellow", "green"]
    assert [level.needs_action for level in zo.levels] == [True, True, False]
    assert [column.key for column in zo.frame.plan.columns] == list(checks.ALL_COLUMNS)
    assert (zo.frame.minutes.least, zo.frame.minutes.most) == (20, 40)


def test_every_suggestion_can_stand_in_a_plan_as_it_is(zo):
    for key, entry in zo.suggestion_by_key.items():
        assert len(entry.text) <= 90, key
        assert entry.text[0].isupper() or entry.text[0].isdigit(), key
        assert not entry.text.endswith((".", "!", "?", ":", ",", ";")), key
        # "Wir …" would be a statement; an action stands in the infinitive.
        assert not entry.text.startswith(("Wir ", "Sie ", "Ich ")), key


def test_every_suggestion_says_why_or_how_in_a_few_sentences(zo):
    for key, entry in zo.suggestion_by_key.items():
        assert entry.explanation, key
        assert len(entry.explanation) <= 320, key
        assert entry.explanation.endswith((".", "?", "!", "“")), key


def test_every_statement_speaks_as_we(zo):
    for checkpoint in zo.checkpoints:
        assert re.search(r"\b(wir|uns)\b", checkpoint.statement, re.IGNORECASE), checkpoint.key


def test_every_marked_term_is_in_the_glossary(zo):
    used = {key for part in [zo.frame, *zo.checkpoints] for key in markup.term_keys(part.model_dump_json())}
    assert used
    assert used <= set(zo.term_by_key)


def test_the_content_check_finds_nothing_in_any_instrument():
    folders = library.folders()
    assert [str(fault) for folder in folders.values() for fault in checks.faults_in(folder, folders)] == []


def test_the_wording_is_our_own():
    if not OWN_WORDS.exists():
        pytest.skip(f"the source document and its tool are not beside this checkout ({OWN_WORDS})")
    run = subprocess.run(
        [sys.executable, OWN_WORDS, CONTENT], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
