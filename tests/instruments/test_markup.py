"""Glossary marks in a text: [[key]] and [[key|words]]."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brueckenschlag.instruments import markup
from brueckenschlag.instruments.model import Term

KMU = Term(key="kmu", term="Kleine Unternehmen", text="Unternehmen mit wenigen Beschäftigten")
TERMS = {"kmu": KMU, "thw": Term(key="thw", term="THW", text="Hilfswerk"), "a-1": Term(key="a-1", term="A", text="B")}

plain_words = st.text(alphabet=st.characters(exclude_characters="[]|", exclude_categories=["Cs"]), min_size=1)
marks = st.tuples(st.sampled_from(sorted(TERMS)), st.none() | plain_words)


def written(piece: str | tuple[str, str | None]) -> str:
    if isinstance(piece, str):
        return piece
    key, words = piece
    return f"[[{key}]]" if words is None else f"[[{key}|{words}]]"


def test_a_mark_shows_the_term_itself_or_the_words_given():
    pieces = list(markup.pieces("Ein [[kmu]] und [[kmu|Betriebe]].", TERMS))
    assert pieces == [("Ein ", None), ("Kleine Unternehmen", KMU), (" und ", None), ("Betriebe", KMU), (".", None)]


def test_a_text_without_marks_is_one_piece():
    assert list(markup.pieces("Nur [Wörter] | mehr nicht", TERMS)) == [("Nur [Wörter] | mehr nicht", None)]


def test_an_empty_text_has_no_pieces():
    assert list(markup.pieces("", TERMS)) == []


@given(st.lists(plain_words | marks))
@settings(deadline=None)
def test_no_word_is_lost_and_each_mark_finds_its_term(parts):
    text = "".join(written(part) for part in parts)
    expected = "".join(part if isinstance(part, str) else part[1] or TERMS[part[0]].term for part in parts)
    keys = [part[0] for part in parts if not isinstance(part, str)]
    pieces = list(markup.pieces(text, TERMS))
    assert "".join(words for words, _ in pieces) == expected
    assert [term.key for _, term in pieces if term] == markup.term_keys(text) == keys
    assert not markup.has_broken_mark(text)


@given(st.text())
@settings(deadline=None)
def test_any_text_can_be_read(text):
    markup.has_broken_mark(text)
    assert "".join(markup.paragraphs(text)).split() == text.split()


@pytest.mark.parametrize(
    "text", ["[[kmu", "kmu]]", "[[Kmu]]", "[[kmu|]]", "[[kmu|a|b]]", "[[ kmu]]", "[[]]", "[[a [[kmu]] b]]", "[[1a]]"]
)
def test_brackets_that_are_no_mark_are_broken(text):
    assert markup.has_broken_mark(text)


@pytest.mark.parametrize("text", ["", "[kmu]", "a | b", "[[kmu]]", "[[kmu|Betriebe]] und [[thw]]"])
def test_marks_and_single_brackets_are_not_broken(text):
    assert not markup.has_broken_mark(text)


def test_paragraphs_are_separated_by_blank_lines():
    assert markup.paragraphs("\nEins\nzwei\n \n\nDrei\n") == ["Eins\nzwei", "Drei"]
    assert markup.paragraphs(" \n\n ") == []
