"""Arithmetic of a plan: orders, first priority, what is still open, the next review."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brueckenschlag.assessments.rules import by_urgency
from brueckenschlag.instruments import library
from brueckenschlag.instruments.loader import Draft
from brueckenschlag.plans import rules
from brueckenschlag.plans.rules import Content

ZO = Draft(library.FOLDER / "zo").instrument
KEYS = list(ZO.numbers)
PRIORITIES = list(rules.PRIORITIES)
TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Row:
    checkpoint: str
    priority: str
    start: date | None
    review: date | None
    position: int
    status: str = "open"

    @property
    def days(self) -> list[date]:
        return [day for day in (self.start, self.review) if day]


# Few days, so that many rows share one.
days = st.none() | st.dates(date(2026, 11, 20), date(2026, 11, 25))
rows = st.builds(
    Row,
    # "fremd": a checkpoint that a later edition no longer has.
    checkpoint=st.sampled_from([*KEYS, "fremd"]),
    priority=st.sampled_from(PRIORITIES),
    start=days,
    review=days,
    position=st.integers(1, 999),
    status=st.sampled_from(list(rules.STATUSES)),
)
plans = st.lists(rows, unique_by=lambda row: row.position, max_size=12)


def ascends(values: Iterable[object]) -> bool:
    values = list(values)
    return values == sorted(values)


@given(plans, st.sampled_from(list(rules.ORDERS)), st.randoms())
@settings(deadline=None)
def test_every_order_keeps_all_rows_and_does_not_depend_on_how_they_came(plan, order, random):
    shown = rules.ordered(plan, order, ZO.numbers)
    assert sorted(shown, key=lambda row: row.position) == sorted(plan, key=lambda row: row.position)
    shuffled = plan.copy()
    random.shuffle(shuffled)
    assert rules.ordered(shuffled, order, ZO.numbers) == rules.ordered(shown, order, ZO.numbers) == shown


@given(plans)
@settings(deadline=None)
def test_each_order_does_what_its_name_says(plan):
    by_priority = rules.ordered(plan, "prioritaet", ZO.numbers)
    assert ascends(PRIORITIES.index(row.priority) for row in by_priority)
    by_checkpoint = rules.ordered(plan, "checkpunkt", ZO.numbers)
    assert ascends([*KEYS, "fremd"].index(row.checkpoint) for row in by_checkpoint)
    by_day = rules.ordered(plan, "datum", ZO.numbers)
    assert ascends((not row.days, min(row.days, default=date.max)) for row in by_day)
    assert ascends(row.position for row in rules.ordered(plan, "eigene", ZO.numbers))


def test_high_comes_before_medium_before_low():
    assert PRIORITIES == ["high", "medium", "low"]


@pytest.mark.parametrize(("level", "priority"), [("dringend", "high"), ("bedarf", "medium"), ("gut", "low")])
def test_a_measure_starts_with_the_priority_of_its_rating(level, priority):
    assert rules.preset_priority(ZO.level_by_key[level]) == priority


def test_a_measure_of_an_unrated_checkpoint_starts_in_the_middle():
    assert rules.preset_priority(None) == "medium"


@given(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(ZO.levels)), st.sets(st.sampled_from(KEYS)))
@settings(deadline=None)
def test_open_are_the_urgent_checkpoints_without_a_measure(levels, with_measure):
    still_open = rules.open_checkpoints(ZO, levels, with_measure)
    assert still_open == [one for one in by_urgency(ZO, levels) if one.key not in with_measure]
    assert all(levels[one.key].needs_action for one in still_open)


@given(plans)
@settings(deadline=None)
def test_the_next_review_lies_ahead_or_else_is_the_longest_overdue(plan):
    waiting = [row.review for row in plan if row.review and row.status in {"open", "started"}]
    ahead = [day for day in waiting if day >= TODAY]
    assert rules.next_review(plan, TODAY) == min(ahead or waiting, default=None)


def test_a_review_today_is_the_next_one():
    assert rules.next_review([Row("nutzen", "high", None, TODAY, 1)], TODAY) == TODAY


@given(days, days)
@settings(deadline=None)
def test_a_review_is_early_only_before_a_start_that_is_known(start, review):
    assert rules.review_is_early(start, review) is bool(start and review and review < start)


WHOLE = Content("planen", "Etwas tun", "high", "Ada", date(2027, 1, 4), date(2027, 6, 1))
ALL = {"checkpoint", "measure", "priority", "responsible", "start", "review"}


@pytest.mark.parametrize(
    ("change", "columns", "is_complete"),
    [
        ({}, ALL, True),
        ({"status": "done"}, ALL, True),
        ({"status": "dropped"}, ALL, False),
        ({"responsible": ""}, ALL, False),
        ({"start": None}, ALL, False),
        ({"review": None}, ALL, False),
        ({"start": None}, ALL - {"start"}, True),
        ({"responsible": "", "review": None}, {"checkpoint", "measure"}, True),
    ],
)
def test_a_measure_is_complete_when_every_column_of_its_plan_is_filled(change, columns, is_complete):
    assert rules.is_complete(replace(WHOLE, **change), columns) is is_complete


def test_a_self_declaration_holds_for_two_years():
    assert rules.declaration_ends(date(2028, 2, 29)) == date(2030, 2, 28)
