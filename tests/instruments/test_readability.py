"""Flesch's reading ease in German with Amstad's constants."""

import pytest

from brueckenschlag.instruments import library, readability
from brueckenschlag.instruments.loader import Draft


def test_the_formula_is_amstads():
    # Two sentences, six words, nine syllables: 180 - 3 - 58.5 * 9/6.
    assert readability.reading_ease("Wir laden ein. Alle kommen gern.", "de") == pytest.approx(180 - 3 - 58.5 * 9 / 6)


def test_short_words_and_sentences_are_easier():
    easy, hard = "Wir fragen den Betrieb.", "Die Implementierung kooperationsorientierter Managementstrukturen erfolgt."
    assert readability.reading_ease(easy, "de") > 60
    assert readability.reading_ease(hard, "de") < 0


@pytest.mark.parametrize("slug", ["zo", "kmu"])
def test_einfache_sprache_is_easier_than_the_original(slug):
    instruments = Draft(library.FOLDER / slug).instruments
    plain, standard = readability.of_all(instruments["de-simple"]), readability.of_all(instruments["de"])
    assert plain
    assert standard
    assert plain > standard + 5


def test_a_text_without_words_is_no_error():
    assert readability.reading_ease("…", "de") == 180


def test_a_language_without_a_formula_has_no_figures():
    instrument = Draft(library.FOLDER / "zo").instrument
    frame = instrument.frame.model_copy(update={"language": "sv"})
    other = type(instrument)(frame, instrument.checkpoints)
    assert (readability.figures(other), readability.of_all(other)) == ({}, None)
