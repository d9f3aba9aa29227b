"""Two pages on each side of the sheets, so that the folded pile is a book: arithmetic."""

from hypothesis import given
from hypothesis import strategies as st

from brueckenschlag.documents.printed.booklet import booklet_order

PAGES = st.integers(min_value=1, max_value=400)


def test_eight_pages_make_two_sheets():
    assert booklet_order(8) == [(8, 1), (2, 7), (6, 3), (4, 5)]


def test_what_is_missing_to_whole_sheets_stays_empty():
    assert booklet_order(6) == [(None, 1), (2, None), (6, 3), (4, 5)]
    assert booklet_order(1) == [(None, 1), (None, None)]


@given(PAGES)
def test_each_page_stands_once_and_every_sheet_has_two_sides(pages):
    sides = booklet_order(pages)
    found = [number for side in sides for number in side if number]
    assert sorted(found) == list(range(1, pages + 1))
    assert len(sides) % 2 == 0
    assert 0 <= 2 * len(sides) - pages < 4


@given(PAGES)
def test_on_the_back_of_a_page_stands_its_neighbour(pages):
    full = pages + -pages % 4
    numbers = [one or "empty" for side in booklet_order(full) for one in side]
    for left, right, back_left, back_right in zip(*[iter(numbers)] * 4, strict=True):
        assert back_left == right + 1
        assert back_right == left - 1


@given(PAGES)
def test_pages_that_face_each_other_in_the_book_come_from_the_same_height_of_the_pile(pages):
    full = pages + -pages % 4
    assert all(left + right == full + 1 for left, right in booklet_order(full))
    assert all((left % 2, right % 2) == (0, 1) for left, right in booklet_order(full))
