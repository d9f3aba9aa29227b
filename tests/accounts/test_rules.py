"""Areas form a tree of at most four levels, without circles; names stand in the order of a dictionary."""

from hypothesis import given
from hypothesis import strategies as st

from brueckenschlag.accounts import rules


@st.composite
def trees(draw):
    """Parents by area: each area lies below one that came before it, or below none."""
    parents = {}
    for area in range(draw(st.integers(0, 12))):
        parents[area] = draw(st.sampled_from([None, *parents]))
    return parents


@given(trees())
def test_in_the_order_of_reading_each_area_comes_once_and_after_the_one_above(parents):
    order = rules.in_tree_order((area, parent, f"Bereich {area}") for area, parent in parents.items())
    at = {area: position for position, (area, _) in enumerate(order)}
    assert sorted(at) == sorted(parents)
    for area, level in order:
        assert level == rules.depth(parents, area)
        assert parents[area] is None or at[parents[area]] < at[area]


def test_names_stand_in_the_order_of_a_dictionary():
    names = ["Zentrale", "öffentlich", "Ortsverein", "Archiv", "Ökologie", "ältere", "Straße", "Strasse 2", "École"]
    areas = rules.in_tree_order((name, None, name) for name in names)
    in_order = ["ältere", "Archiv", "École", "öffentlich", "Ökologie", "Ortsverein", "Straße", "Strasse 2", "Zentrale"]
    assert [name for name, _ in areas] == sorted(names, key=rules.alphabetical) == in_order


@given(trees(), st.data())
def test_a_move_that_fits_makes_no_circle_and_nothing_too_deep(parents, data):
    if not parents:
        return
    area = data.draw(st.sampled_from(list(parents)))
    above = data.draw(st.sampled_from([None, *parents]))
    if rules.fits_below(parents, area, above):
        moved = {**parents, area: above}
        below = [one for one in moved if _is_below(moved, one, area)]
        assert all(rules.depth(moved, one) <= rules.DEEPEST_AREA for one in [area, *below])


def _is_below(parents, one, area):
    while one is not None:
        one = parents[one]
        if one == area:
            return True
    return False


def test_an_area_never_fits_below_itself():
    parents = {"a": None, "b": "a", "c": "b"}
    assert not rules.fits_below(parents, "a", "a")
    assert not rules.fits_below(parents, "a", "c")
    assert rules.fits_below(parents, "c", None)


def test_a_fifth_level_does_not_fit():
    parents = {"a": None, "b": "a", "c": "b", "d": "c", "e": None}
    assert not rules.fits_below(parents, "e", "d")
    assert rules.fits_below(parents, "e", "c")
