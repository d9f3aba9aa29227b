"""What is different between two editions, and keys that are used for something else."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brueckenschlag.instruments import compare, library
from brueckenschlag.instruments.loader import Draft
from brueckenschlag.instruments.model import Instrument

ZO = Draft(library.FOLDER / "zo").instrument
SAID_ANEW = [
    (
        "Betriebe als Mitstreitende für unser Anliegen gewinnen",
        "Betriebe als Mitstreitende für Anliegen und Werte gewinnen",
    ),
    (
        "Helfende für einzelne Aktionen über Betriebe ansprechen",
        "Über Betriebe Helfende für einzelne Tage ansprechen",
    ),
    (
        "Einen Teil unserer Finanzierung verlässlich mit Betrieben vereinbaren",
        "Mit Betrieben verlässlich einen Teil des Geldes vereinbaren",
    ),
]


def without(instrument: Instrument, checkpoint: str) -> Instrument:
    rest = tuple(one for one in instrument.checkpoints if one.key != checkpoint)
    return Instrument(instrument.frame, rest)


def retitled(instrument: Instrument, checkpoint: str, **words: str) -> Instrument:
    points = (one.model_copy(update=words) if one.key == checkpoint else one for one in instrument.checkpoints)
    return Instrument(instrument.frame, tuple(points))


def test_the_same_edition_has_no_differences():
    assert not compare.changes(ZO, ZO)


@given(st.sampled_from([one.key for one in ZO.checkpoints]))
def test_a_checkpoint_that_is_gone_is_named_with_its_suggestions(key):
    found = compare.changes(ZO, without(ZO, key))
    assert [(one.key, one.after) for one in found.checkpoints] == [(key, "")]
    gone = [one.key for one in found.suggestions]
    assert gone == [full for full, _ in ZO.checkpoint_by_key[key].suggestions()]
    back = compare.changes(without(ZO, key), ZO)
    assert [(one.key, one.before) for one in back.checkpoints] == [(key, "")]


def test_other_words_are_shown_before_and_after():
    found = compare.changes(ZO, retitled(ZO, "planen", title="Anders planen"))
    assert [one.key for one in found.checkpoints] == ["planen"]
    assert found.checkpoints[0].after.startswith("Anders planen: ")
    assert "[[" not in found.checkpoints[0].before + found.checkpoints[0].after


@pytest.mark.parametrize(("before", "after"), SAID_ANEW)
def test_a_rewording_keeps_its_key_without_a_question(before, after):
    old, new = retitled(ZO, "planen", title="", statement=before), retitled(ZO, "planen", title="", statement=after)
    assert compare.other_meanings([old], new) == []


def test_a_key_for_something_else_is_asked_about():
    new = retitled(ZO, "planen", title="Feste feiern", statement="Einmal im Jahr laden wir alle zum Sommerfest ein.")
    assert [one.key for one in compare.other_meanings([ZO], new)] == ["planen"]


def test_a_key_that_was_gone_for_a_while_is_not_free():
    new = retitled(ZO, "planen", title="Feste feiern", statement="Einmal im Jahr laden wir alle zum Sommerfest ein.")
    assert [one.key for one in compare.other_meanings([ZO, without(ZO, "planen")], new)] == ["planen"]


def test_nearly_all_pairs_of_different_texts_are_told_apart():
    texts = [entry.text for entry in ZO.suggestion_by_key.values()]
    pairs = list(itertools.combinations(texts, 2))
    alike = [pair for pair in pairs if compare.likeness(*pair) >= compare.LEAST_LIKENESS]
    assert len(alike) / len(pairs) < 0.03
