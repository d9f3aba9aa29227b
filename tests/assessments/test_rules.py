"""Arithmetic of an assessment: months, order of checkpoints, urgency."""

import calendar
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brueckenschlag.assessments import rules
from brueckenschlag.instruments import library
from brueckenschlag.instruments.loader import Draft

ZO = Draft(library.FOLDER / "zo").instrument
KEYS = [checkpoint.key for checkpoint in ZO.checkpoints]
RANK = {level.key: position for position, level in enumerate(ZO.levels)}

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
some_levels = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(ZO.levels))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 24, date(2030, 2, 28)),
        (date(2028, 2, 29), -24, date(2026, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 6, 15), 0, date(2026, 6, 15)),
    ],
)
def test_months_later_keeps_the_day_or_takes_the_last_one_of_the_month(day, months, expected):
    assert rules.months_later(day, months) == expected


@given(days, st.integers(-600, 600))
@settings(deadline=None)
def test_months_later_lands_in_the_right_month_and_never_after_the_same_day(day, months):
    later = rules.months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    last = calendar.monthrange(later.year, later.month)[1]
    assert later.day == day.day or later.day == last < day.day


@given(days, st.integers(-600, 600))
@settings(deadline=None)
def test_there_and_back_loses_at_most_the_days_that_the_shorter_month_lacks(day, months):
    back = rules.months_later(rules.months_later(day, months), -months)
    assert (back.year, back.month) == (day.year, day.month)
    assert back == day or 28 <= back.day < day.day


@given(days, days, st.integers(-600, 600))
@settings(deadline=None)
def test_whoever_changed_later_is_never_deleted_earlier(one, other, months):
    earlier, later = sorted((one, other))
    assert rules.months_later(earlier, months) <= rules.months_later(later, months)


def test_an_assessment_is_kept_for_two_years():
    assert rules.expires_on(date(2026, 11, 22), 24) == date(2028, 11, 22)
    assert rules.expires_on(date(2026, 11, 22), 0) is None


def test_each_checkpoint_but_the_last_has_a_next_and_each_but_the_first_a_previous():
    following = [rules.next_checkpoint(ZO, key) for key in KEYS]
    before = [rules.previous_checkpoint(ZO, key) for key in KEYS]
    assert following == [*ZO.checkpoints[1:], None]
    assert before == [None, *ZO.checkpoints[:-1]]


def test_levels_come_in_the_order_of_the_instrument_and_only_those_it_knows():
    chosen = {"organisation": "gut", "nutzen": "dringend", "planen": "", "kontakte": "uralt", "fremd": "gut"}
    levels = rules.levels_by_checkpoint(ZO, chosen)
    assert [(key, level.key) for key, level in levels.items()] == [("nutzen", "dringend"), ("organisation", "gut")]


@given(some_levels)
@settings(deadline=None)
def test_the_first_unrated_checkpoint_has_only_rated_ones_before_it(levels):
    first = rules.first_unrated(ZO, levels)
    if first is None:
        assert set(levels) == set(KEYS)
    else:
        assert first.key not in levels
        assert all(key in levels for key in KEYS[: KEYS.index(first.key)])


@given(some_levels)
@settings(deadline=None)
def test_urgent_comes_first_then_the_order_of_the_instrument(levels):
    urgent = [checkpoint.key for checkpoint in rules.by_urgency(ZO, levels)]
    assert sorted(urgent) == sorted(key for key, level in levels.items() if level.priority)
    places = [(RANK[levels[key].key], KEYS.index(key)) for key in urgent]
    assert places == sorted(places)


@given(some_levels)
@settings(deadline=None)
def test_the_most_urgent_are_those_that_share_the_first_level(levels):
    urgent, most = rules.by_urgency(ZO, levels), rules.most_urgent(ZO, levels)
    assert most == urgent[: len(most)]
    assert bool(most) == bool(urgent)
    assert len({levels[one.key].key for one in most}) <= 1
    assert all(levels[one.key].key != levels[most[0].key].key for one in urgent[len(most) :])


def test_green_checkpoints_never_call_for_action():
    levels = dict.fromkeys(KEYS, ZO.level_by_key["gut"])
    assert rules.by_urgency(ZO, levels) == rules.most_urgent(ZO, levels) == []


texts = st.sampled_from(["", "gut", "bedarf", "alt", "neu"])
pairs = st.tuples(texts, texts)


@given(pairs, pairs, pairs)
@settings(deadline=None)
def test_two_changes_are_put_together_so_that_no_change_is_lost_unseen(mine, stored, shown):
    put_together = rules.merged(mine, stored, rules.seen(*shown))
    for at, field in enumerate(("level", "note")):
        kept = getattr(put_together, field)
        changed_here, changed_there = mine[at] != shown[at], stored[at] != shown[at]
        assert (field in put_together.conflicts) == (changed_here and changed_there and mine[at] != stored[at])
        assert kept == (mine[at] if changed_here else stored[at])
        if field not in put_together.conflicts:
            assert kept in (mine[at], stored[at])
            assert not changed_there or kept == stored[at]


def test_the_sign_of_a_note_is_short_and_its_own():
    assert len(rules.note_sign("x" * 4000)) == 20
    assert rules.note_sign("Notiz") != rules.note_sign("Notiz ")


@given(st.lists(st.integers(0, 3), min_size=2))
def test_ratings_agree_when_all_are_the_same_and_nearly_when_they_are_neighbours(ranks):
    apart = max(ranks) - min(ranks)
    assert rules.agreement(ranks) == {0: "one", 1: "near"}.get(apart, "apart")
    assert rules.agreement(ranks) == rules.agreement(reversed(ranks))


@pytest.mark.parametrize("ranks", [[], [2]])
def test_fewer_than_two_ratings_neither_agree_nor_differ(ranks):
    assert rules.agreement(ranks) is None
