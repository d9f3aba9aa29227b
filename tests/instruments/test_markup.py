"""Glossary marks in a text: [[key]] and [[key|words]]."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brueckenschlag.instruments import markup
from brueckenschlag.instruments.model import Term

KMU = Term(key="kmu", term="Kleine Unternehmen", text="Unternehmen mit wenigen Beschäftigten")
TERMS = {"kmu": KMU, "thw": Term(key="thw", term="THW", text="Hilfswerk"), "a-1": Term(key="a-1", term="A", text="B")}

plain_words = st.text(alphabet=st.characters(exclude_characters="[]|()", exclude_categories=["Cs"]), min_size=1)
marks = st.tuples(st.sampled_from(sorted(TERMS)), st.none() | plain_words)


def written(piece: str | tuple[str, str | None]) -> str:
    if isinstance(piece, str):
        return piece
    key, words = piece
    return f"[[{key}]]" if words is None else f"[[{key}|{words}]]"


def test_a_mark_shows_the_term_itself_or_the_words_given():
    pieces = list(markup.pieces("Ein [[kmu]] und [[kmu|Betriebe]].", TERMS))
    shown = [(piece.words, piece.term) for piece in pieces]
    assert shown == [("Ein ", None), ("Kleine Unternehmen", KMU), (" und ", None), ("Betriebe", KMU), (".", None)]


def test_words_of_another_language_are_a_piece_of_their_own():
    pieces = list(markup.pieces("Ein ((en|Social Day)) im Mai", TERMS))
    assert pieces == [markup.Piece("Ein "), markup.Piece("Social Day", language="en"), markup.Piece(" im Mai")]


def test_a_term_of_another_language_brings_its_language_with_it():
    term = Term(key="sl", term="Service Learning", text="Lernen durch Engagement", foreign="en")
    shown, worded = markup.pieces("[[sl]][[sl|Lernprojekte]]", {"sl": term})
    assert (shown.language, worded.language) == ("en", None)


def test_without_marks_only_the_words_are_left():
    assert markup.plain("Ein ((en|Social Day)) mit [[kmu|Betrieben]]", TERMS) == "Ein Social Day mit Betrieben"
    assert markup.unmarked("Einen ((en|Social Day)) planen") == "Einen Social Day planen"


def test_a_text_without_marks_is_one_piece():
    assert list(markup.pieces("Nur [Wörter] | mehr nicht", TERMS)) == [markup.Piece("Nur [Wörter] | mehr nicht")]


def test_an_empty_text_has_no_pieces():
    assert list(markup.pieces("", TERMS)) == []


@given(st.lists(plain_words | marks))
@settings(deadline=None)
def test_no_word_is_lost_and_each_mark_finds_its_term(parts):
    text = "".join(written(part) for part in parts)
    expected = "".join(part if isinstance(part, str) else part[1] or TERMS[part[0]].term for part in parts)
    keys = [part[0] for part in parts if not isinstance(part, str)]
    pieces = list(markup.pieces(text, TERMS))
    assert "".join(piece.words for piece in pieces) == expected
    assert [piece.term.key for piece in pieces if piece.term] == markup.term_keys(text) == keys
    assert not markup.has_broken_mark(text)


@given(st.text())
@settings(deadline=None)
def test_any_text_can_be_read(text):
    markup.has_broken_mark(text)
    assert "".join(markup.paragraphs(text)).split() == text.split()


@pytest.mark.parametrize(
    "text",
    [
        "[[kmu",
        "kmu]]",
        "[[Kmu]]",
        "[[kmu|]]",
        "[[kmu|a|b]]",
        "[[ kmu]]",
        "[[]]",
        "((en|",
        "((EN|x))",
        "((x))",
        "[[a [[kmu]] b]]",
        "[[1a]]",
    ],
)
def test_brackets_that_are_no_mark_are_broken(text):
    assert markup.has_broken_mark(text)


@pytest.mark.parametrize("text", ["", "[kmu]", "a | b", "[[kmu]]", "[[kmu|Betriebe]] und [[thw]]"])
def test_marks_and_single_brackets_are_not_broken(text):
    assert not markup.has_broken_mark(text)


def test_paragraphs_are_separated_by_blank_lines():
    assert markup.paragraphs("\nEins\nzwei\n \n\nDrei\n") == ["Eins\nzwei", "Drei"]
    assert markup.paragraphs(" \n\n ") == []
