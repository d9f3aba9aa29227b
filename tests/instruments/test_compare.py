"""What is different between two editions, and keys that are used for something else."""

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brueckenschlag.instruments import compare, library, markup
from brueckenschlag.instruments.loader import Draft
from brueckenschlag.instruments.model import Instrument
from brueckenschlag.instruments.overlay import ForeignText, Overlay, Translation
from brueckenschlag.instruments.wording import KINDS, wordings

ZO = Draft(library.FOLDER / "zo").instrument
ZO_ENGLISH = Draft(library.FOLDER / "zo").overlays["en"]
NO_WORDS = {
    "key",
    "source",
    "slug",
    "edition",
    "language",
    "foreign",
    "tone",
    "priority",
    "see",
    "mirrors",
    "checkpoints",
}
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
    named = [key, *(full for full, _ in ZO.checkpoint_by_key[key].suggestions())]
    assert [(one.what, one.key) for one in found] == [("gone", one) for one in named]
    assert found[0].before.startswith(f"{ZO.checkpoint_by_key[key].title}: ")
    back = compare.changes(without(ZO, key), ZO)
    assert [(one.what, one.key) for one in back] == [("new", one) for one in named]


def test_other_words_are_shown_before_and_after():
    found = compare.changes(ZO, retitled(ZO, "planen", title="Anders planen"))
    assert [(one.what, one.kind, one.key, one.after) for one in found] == [
        ("reworded", "checkpoint", "planen", "Anders planen")
    ]
    found = compare.changes(ZO, retitled(ZO, "planen", statement="Wir [[kmu|planen]] anders."))
    assert [(one.kind, one.of, one.after) for one in found] == [
        ("statement", ZO.checkpoint_by_key["planen"].title, "Wir planen anders.")
    ]


def texts_in(value: object, name: str = "") -> Iterator[str]:
    """Every text of a part that people read: all but keys, signs and references."""
    if isinstance(value, dict):
        for key, child in value.items():
            if key not in NO_WORDS:
                yield from texts_in(child, key)
    elif isinstance(value, list | tuple):
        for child in value:
            yield from texts_in(child, name)
    elif isinstance(value, str):
        yield markup.plain(value, ZO.term_by_key)


@pytest.mark.parametrize("part", [ZO.frame, *ZO.checkpoints], ids=lambda part: getattr(part, "key", "frame"))
def test_every_text_that_a_person_sees_is_compared(part):
    known = {one.words for one in wordings(ZO).values()}
    assert set(texts_in(part.model_dump())) <= known


def test_every_text_has_a_kind_and_is_found_at_the_same_place_in_every_language():
    assert {one.kind for one in wordings(ZO).values()} <= KINDS.keys()
    for other in Draft(library.FOLDER / "zo").instruments.values():
        assert wordings(other).keys() == wordings(ZO).keys()


def test_a_text_that_is_added_to_an_entry_is_new_and_one_taken_away_is_gone():
    bare, hinted = retitled(ZO, "planen", hint=None), retitled(ZO, "planen", hint="Nur Mut.")
    title = ZO.checkpoint_by_key["planen"].title
    assert compare.changes(bare, hinted) == [compare.Change("new", "hint", "planen", "", "Nur Mut.", title)]
    assert compare.changes(hinted, bare) == [compare.Change("gone", "hint", "planen", "Nur Mut.", "", title)]


def test_of_a_long_text_only_the_paragraphs_that_differ_are_told():
    section = ZO.frame.sections[0].model_copy(update={"text": "Eins.\n\nZwei.\n\nDrei."})
    other = section.model_copy(update={"text": "Eins.\n\nZwei, neu.\n\nDrei."})
    old, new = (
        Instrument(ZO.frame.model_copy(update={"sections": (one,)}), ZO.checkpoints) for one in (section, other)
    )
    assert [(one.kind, one.before, one.after) for one in compare.changes(old, new)] == [
        ("section_text", "Zwei.", "Zwei, neu.")
    ]


def test_a_text_that_has_been_translated_meanwhile_has_not_changed():
    english, none = (Translation(ZO, "en", overlay).instrument for overlay in (ZO_ENGLISH, Overlay()))
    assert compare.changes(none, english)
    assert compare.changes(none, english, (ZO, ZO)) == []
    new = retitled(ZO, "planen", title="Anders planen")
    still_german = Translation(new, "en", Overlay()).instrument
    found = compare.changes(english, still_german, (ZO, new))
    assert [(one.kind, one.after) for one in found] == [("checkpoint", "Anders planen")]
    assert isinstance(found[0].after, ForeignText)


def test_a_translation_that_stayed_while_the_original_was_reworded_is_named():
    new = retitled(ZO, "planen", title="Anders planen", statement="Wir planen anders.")
    point = ZO_ENGLISH.checkpoints["planen"].model_copy(update={"title": "Planning otherwise"})
    words = ZO_ENGLISH.model_copy(update={"checkpoints": ZO_ENGLISH.checkpoints | {"planen": point}})

    def languages(original: Instrument, overlay: Overlay) -> dict[str, Instrument]:
        return {"de": original, "en": Translation(original, "en", overlay).instrument}

    found = compare.outdated(languages(ZO, ZO_ENGLISH), languages(new, words))
    assert list(found) == [("en", ("checkpoints", "planen", "statement"))]
    assert list(compare.outdated(languages(ZO, ZO_ENGLISH), languages(new, Overlay()))) == []


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
