"""The laws of the way back, for whatever has happened to the base, the file and what is stored."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brueckenschlag.documents.returns.carrying import packed, unpacked
from brueckenschlag.documents.returns.compare import compare, fingerprint, kind_of
from brueckenschlag.documents.returns.returned import ROW_FIELDS, as_additions, as_row_values, only_what_is_there

from .states import Story, applied, as_file, edited, states, stories, taken_by_default


@given(states())
def test_an_untouched_file_changes_nothing(state):
    preview = compare(as_file(state, state), state)
    assert preview.items == ()
    assert preview.doubts == ()


@given(states().flatmap(lambda base: st.tuples(st.just(base), edited(base))))
def test_an_untouched_file_changes_nothing_by_itself_whatever_others_have_done(both):
    base, stored = both
    file = as_file(base, base)
    assert {item.kind for item in compare(file, stored).items} <= {"newer"}
    assert taken_by_default(file, stored) == applied(stored, [])


@given(stories())
def test_the_same_file_twice_changes_nothing_the_second_time(story: Story):
    once = taken_by_default(story.file, story.stored)
    assert not [item for item in compare(story.file, once).items if item.is_undisputed]
    assert taken_by_default(story.file, once) == applied(once, [])


@given(stories())
def test_taking_everything_twice_changes_nothing_the_second_time(story: Story):
    once = applied(story.stored, list(compare(story.file, story.stored).items))
    assert compare(story.file, once).items == ()


@given(stories())
def test_taking_everything_makes_what_is_stored_as_the_file_says(story: Story):
    after = applied(story.stored, list(compare(story.file, story.stored).items))
    ratings = {one.checkpoint: one for one in after.ratings}
    assert after.name == story.file.name
    assert {key: ratings[key].level if key in ratings else "" for key in story.file.levels} == story.file.levels
    assert {key: ratings[key].note if key in ratings else "" for key in story.file.notes} == story.file.notes
    assert {key for key, value in story.file.running.items() if value} == set(after.running)
    stored = sorted(tuple(as_row_values(one)[name] for name in ROW_FIELDS) for one in after.measures)
    for row in story.file.rows:
        stored.remove(tuple(row.values[name] for name in ROW_FIELDS))
    # What the file did not know of stays.
    known = {str(one.id) for one in story.file.base.measures} if story.file.base and story.file.is_whole else set()
    assert len(stored) <= len([one for one in story.stored.measures if str(one.id) not in known])


@given(stories())
def test_nothing_that_the_file_says_vanishes(story: Story):
    preview = compare(story.file, story.stored)
    told = len(story.file.levels) + len(story.file.notes) + len(story.file.running) + 1
    whole = [item for item in preview.items if item.subject == "measure" and item.file_values is not None]
    rows = sum(len(row.values) for row in story.file.rows)
    missing = preview.same - (told + rows)
    shown = len(preview.items) - len(whole) + sum(len(item.file_values) for item in whole) + preview.same
    removed = len(preview.of_kind("removed"))
    assert shown >= told + rows, missing
    assert shown - removed <= told + rows + (len(story.file.base.measures) if story.file.base else 0)
    assert len({item.key for item in preview.items}) == len(preview.items)


@given(stories())
def test_what_is_not_undisputed_keeps_what_is_stored(story: Story):
    preview = compare(story.file, story.stored)
    for item in preview.items:
        if item.is_undisputed and item.subject != "measure" and story.file.base is None:
            assert item.stored == ""
    assert applied(story.stored, []) == applied(story.stored, [])


@given(stories(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(story: Story, random):
    rows = list(story.file.rows)
    random.shuffle(rows)
    shuffled = replace(story.file, rows=tuple(rows))
    once = {(item.key, item.kind) for item in compare(story.file, story.stored).items if item.row == 0}
    assert {(item.key, item.kind) for item in compare(shuffled, story.stored).items if item.row == 0} == once


@given(stories())
def test_a_file_survives_being_carried(story: Story):
    assert unpacked(packed(story.file)) == story.file


@given(states(), states())
def test_a_file_of_another_assessment_only_adds_or_asks(state, other):
    preview = compare(as_additions(as_file(other, other)), state)
    assert {item.kind for item in preview.items} <= {"new", "conflict"}
    assert all(item.file or item.file_values for item in preview.items)


@given(states())
def test_an_empty_form_clears_nothing(state):
    blank = state.model_copy(update={"assessment": None, "name": "", "ratings": (), "running": (), "measures": ()})
    preview = compare(only_what_is_there(as_file(blank, blank, is_whole=False)), state)
    assert preview.items == ()


@given(states())
def test_a_form_that_has_lost_the_pages_of_the_plan_takes_nothing_out_of_it(state):
    file = as_file(state, state)
    ids_only = replace(file, is_whole=False, rows=tuple(replace(row, values={}) for row in file.rows))
    assert compare(ids_only, state).items == ()


@given(states())
def test_the_fingerprint_tells_states_apart_and_not_days(state):
    assert fingerprint(state) == fingerprint(state.model_copy(update={"made_on": state.made_on.replace(year=2030)}))
    assert fingerprint(state) != fingerprint(state.model_copy(update={"name": f"{state.name}!"}))


@pytest.mark.parametrize(
    ("file", "base", "stored", "kind"),
    [
        ("a", "a", "a", None),
        ("a", "b", "a", None),
        ("a", "", "", "new"),
        ("b", "a", "a", "changed"),
        ("", "a", "a", "changed"),
        ("a", "a", "b", "newer"),
        ("b", "a", "c", "conflict"),
        ("b", "a", "", "conflict"),
        ("a", None, "", "new"),
        ("a", None, "b", "conflict"),
        ("", None, "b", "conflict"),
    ],
)
def test_three_states_make_one_kind(file, base, stored, kind):
    assert kind_of(file, base, stored) == kind
