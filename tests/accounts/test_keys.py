"""Keys of the personal links: read back from whatever a person pastes or types, and never guessable."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brueckenschlag.accounts import keys
from brueckenschlag.accounts.keys import ALPHABET, LENGTH

some_keys = st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH)
blanks = st.text(alphabet=" \t\n\u00a0", max_size=3)
links = st.sampled_from(
    ["", "/", "/weiter/", "/lesen/", "https://praxishilfe.example.org/weiter/", "http://127.0.0.1:8000/lesen/"]
)


@given(some_keys, links, st.sampled_from([str, str.upper, str.title]), blanks, st.sampled_from(["", "/", "//"]))
@settings(deadline=None)
def test_a_link_gives_its_key_back_however_it_was_copied(key, link, shape, blank, slashes):
    assert keys.key_in(blank + shape(link + keys.grouped(key)) + slashes + blank) == key


@given(some_keys, st.data())
@settings(deadline=None)
def test_a_key_typed_from_paper_may_be_grouped_in_any_way(key, data):
    gaps = st.sampled_from(["", " ", "-", " - ", "\n"])
    assert keys.key_in("".join(sign + data.draw(gaps) for sign in key)) == key


@given(some_keys)
@settings(deadline=None)
def test_the_groups_hold_four_signs_and_nothing_is_lost(key):
    assert re.fullmatch(r"(\w{4}-){6}\w{4}", keys.grouped(key))
    assert keys.grouped(key).replace("-", "") == key


@given(some_keys, st.integers(0, LENGTH - 1), st.sampled_from("ilo1!äß_²"))
@settings(deadline=None)
def test_a_sign_that_no_key_has_makes_it_none(key, place, sign):
    assert keys.key_in(key[:place] + sign + key[place + 1 :]) is None


@given(st.text(alphabet=ALPHABET).filter(lambda text: len(text) != LENGTH))
@settings(deadline=None)
def test_a_key_of_another_length_is_none(text):
    assert keys.key_in(text) is None


@given(st.text())
@settings(deadline=None)
def test_any_text_gives_a_whole_key_or_none(text):
    key = keys.key_in(text)
    assert key is None or (len(key) == LENGTH and set(key) <= set(ALPHABET))


@pytest.mark.parametrize("text", ["", " ", "/", "-" * LENGTH, "https://praxishilfe.example.org/weiter/"])
def test_a_text_without_key_is_none(text):
    assert keys.key_in(text) is None


def test_a_key_has_at_least_128_bits():
    assert len(set(ALPHABET)) == len(ALPHABET) == 2**5
    assert LENGTH * 5 >= 128


def test_signs_that_are_easy_to_mix_up_are_left_out():
    assert set(ALPHABET).isdisjoint("1ilo")


def test_new_keys_are_whole_and_never_the_same():
    made = {keys.new_owner_key() for _ in range(1000)}
    assert len(made) == 1000
    assert all(keys.key_in(key) == key for key in made)


def test_every_sign_occurs_at_every_place():
    made = [keys.new_owner_key() for _ in range(2000)]  # a sign is missing at a place by chance once in 10²⁴ runs
    assert all(set(signs) == set(ALPHABET) for signs in zip(*made, strict=True))


@given(some_keys)
@settings(deadline=None)
def test_the_reader_key_is_a_key_of_its_own_that_follows_from_the_owner_key(key):
    reader = keys.reader_key(key)
    assert keys.key_in(reader) == reader == keys.reader_key(key)
    assert reader != key
    # The way back: whoever reads cannot get to the owner's key by the same step.
    assert keys.reader_key(reader) != key


@given(some_keys, some_keys)
@settings(deadline=None)
def test_different_owners_have_different_readers_and_hashes(one, other):
    same = one == other
    assert (keys.reader_key(one) == keys.reader_key(other)) is same
    assert (keys.hash_key(one) == keys.hash_key(other)) is same


@given(some_keys)
@settings(deadline=None)
def test_a_visitor_is_known_by_hashes_only(key):
    visitor = keys.Visitor.with_keys([key])
    assert visitor.hashes == {keys.hash_key(key)}
    assert re.fullmatch("[0-9a-f]{64}", keys.hash_key(key))
    assert key not in repr(visitor)
