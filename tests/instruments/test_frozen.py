"""An edition as it is published: the same content gives the same text, and nothing is lost in it."""

import pytest

from brueckenschlag.instruments import frozen, library
from brueckenschlag.instruments.loader import Draft

SLUGS = ("kmu", "zo")


@pytest.mark.parametrize("slug", SLUGS)
def test_freezing_and_thawing_loses_nothing_in_any_language(slug):
    draft = Draft(library.FOLDER / slug)
    thawed = frozen.thaw(frozen.freeze(draft))
    assert list(thawed) == list(draft.instruments)
    for language, instrument in draft.instruments.items():
        assert thawed[language].frame == instrument.frame
        assert thawed[language].checkpoints == instrument.checkpoints


@pytest.mark.parametrize("slug", SLUGS)
def test_the_same_content_has_the_same_fingerprint(slug):
    one, other = (frozen.fingerprint(frozen.freeze(Draft(library.FOLDER / slug))) for _ in range(2))
    assert one == other
    assert len(one) == 64


def test_another_word_has_another_fingerprint():
    text = frozen.freeze(Draft(library.FOLDER / "zo"))
    assert frozen.fingerprint(text) != frozen.fingerprint(text.replace("Betriebe", "Firmen", 1))


def test_an_unknown_format_is_refused():
    with pytest.raises(frozen.UnknownFormatError):
        frozen.thaw('{"format": 99}')
