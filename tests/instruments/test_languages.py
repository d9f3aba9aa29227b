"""Other languages of an instrument: the same keys, missing words fall back and are named, strange ones are faults."""

import re
import shutil
from pathlib import Path

import pytest

from brueckenschlag.instruments import checks, library
from brueckenschlag.instruments.loader import Draft
from brueckenschlag.instruments.overlay import ForeignText

LANGUAGES = ("de-simple", "en")
FRAME, POINT = "instrument.yaml", "checkpoints/nutzen.yaml"
STRANGE = "„falsch“ gibt es in der Vorlage nicht."
SPOILT = [
    (POINT, r"^groups:", "groups:\n  falsch: {title: Wrong}", STRANGE),
    (POINT, r"^suggestions:", "suggestions:\n  falsch: {text: Do it}", STRANGE),
    (FRAME, r"^glossary:", "glossary:\n  falsch: {term: Wrong, text: Wrong}", STRANGE),
    (FRAME, r"^title: .*", "title: " + "x" * 71, "„title“ ist zu lang: 71 Zeichen, erlaubt sind 70."),
    (FRAME, r"^title: ", "titel: ", "Das Feld „titel“ gibt es hier nicht. Ist es verschrieben?"),
    (POINT, r"^title: .*", "title: A <b>word</b>", "Spitze Klammern und Steuerzeichen sind nicht erlaubt."),
    (POINT, r"^statement: >-\n", "statement: >-\n  [[falsch]]\n", "Der Begriff „falsch“ steht nicht im Glossar."),
    (POINT, r"^    text: .*", "    text: Do it.", "Eine Anregung endet ohne Punkt, damit sie im Plan stehen kann."),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(library.FOLDER / "zo", tmp_path / "zo"))


def faults(folder: Path) -> list[str]:
    return [
        f"{fault.file.relative_to(folder).as_posix()}: {fault.sentence}"
        for fault in checks.faults_in(folder, library.folders())
    ]


def change(file: Path, pattern: str, replacement: str) -> None:
    text, count = re.subn(pattern, replacement, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert count, f"{pattern} does not occur in {file}"
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("slug", ["zo", "kmu"])
def test_what_ships_is_whole_in_every_language(slug):
    draft = Draft(library.FOLDER / slug)
    assert tuple(sorted(draft.translations)) == LANGUAGES
    assert [one.translation.missing for one in draft.translations.values()] == [[], []]


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_are_the_same_in_every_language_and_words_are_not(language):
    draft = Draft(library.FOLDER / "zo")
    other = draft.translations[language].translation.instrument
    assert list(other.suggestion_by_key) == list(draft.instrument.suggestion_by_key)
    assert other.language == language
    assert other.is_complete
    assert other.checkpoints[0].title != draft.instrument.checkpoints[0].title
    assert [level.tone for level in other.levels] == [level.tone for level in draft.instrument.levels]


def test_missing_words_stand_there_in_the_original_and_know_their_language(folder):
    change(folder / "languages/en/checkpoints/nutzen.yaml", r"^title: .*\n", "")
    other = Draft(folder).translations["en"].translation.instrument
    title = other.checkpoints[0].title
    assert isinstance(title, ForeignText)
    assert (title, title.language) == (Draft(folder).instrument.checkpoints[0].title, "de")
    assert not other.is_complete


def test_missing_words_are_a_hint_and_no_fault(folder):
    change(folder / "languages/en/checkpoints/nutzen.yaml", r"^title: .*\n", "")
    (found,) = checks.faults_in(folder, library.folders())
    assert found.is_hint
    assert str(found).endswith(
        "nutzen.yaml:1: Hinweis: Es fehlt: checkpoints.nutzen.title. Dort steht der Text der Vorlage."
    )


def test_a_missing_file_falls_back_as_a_whole(folder):
    (folder / "languages/en/checkpoints/nutzen.yaml").unlink()
    point = Draft(folder).translations["en"].translation.instrument.checkpoints[0]
    assert all(isinstance(entry.text, ForeignText) for entry in point.entries())
    assert len(faults(folder)) > 20


@pytest.mark.parametrize(("file", "pattern", "replacement", "sentence"), SPOILT)
def test_what_is_wrong_is_named_in_the_file_of_the_language(folder, file, pattern, replacement, sentence):
    change(folder / "languages/en" / file, pattern, replacement)
    assert f"languages/en/{file}: {sentence}" in faults(folder)


def test_words_for_an_unknown_checkpoint_are_named(folder):
    (folder / "languages/en/checkpoints/falsch.yaml").write_text("title: Wrong", encoding="utf-8")
    assert faults(folder) == ["languages/en/checkpoints/falsch.yaml: „falsch“ gibt es in der Vorlage nicht."]


def test_a_folder_must_be_named_like_a_language(folder):
    (folder / "languages/en").rename(folder / "languages/Englisch!")
    assert faults(folder) == ["languages/Englisch!: „Englisch!“ ist kein Kürzel einer Sprache wie en oder de-simple."]


class TestCounterparts:
    """`mirrors`: the other side's instrument must have the counterpart, and it must answer."""

    FILE = "checkpoints/nutzen.yaml"

    def test_every_offer_and_wish_has_its_counterpart(self):
        points = [Draft(library.FOLDER / "zo").instrument.checkpoint_by_key["moeglichkeiten"]]
        assert [entry.key for point in points for entry in point.entries() if not entry.mirrors] == []

    def test_an_unknown_counterpart_is_named(self, folder):
        change(folder / self.FILE, r"mirrors: \[", "mirrors: [nutzen.falsch, ")
        assert f"{self.FILE}: „mirrors“ zeigt auf „nutzen.falsch“, das es in „kmu“ nicht gibt." in faults(folder)

    def test_a_counterpart_that_does_not_answer_is_named(self, folder):
        change(folder / self.FILE, r"mirrors: \[", "mirrors: [organisation.danken, ")
        assert f"{self.FILE}: „organisation.danken“ in „kmu“ nennt diese Anregung nicht als Gegenstück." in faults(
            folder
        )

    def test_counterparts_need_an_instrument_of_the_other_side(self, folder):
        change(folder / "instrument.yaml", r"^mirrors: .*\n", "")
        assert f"{self.FILE}: „mirrors“ braucht in instrument.yaml das Instrument der anderen Seite." in faults(folder)

    def test_an_instrument_of_the_other_side_that_is_not_there_is_named(self, folder):
        change(folder / "instrument.yaml", r"^mirrors: .*", "mirrors: nirgends")
        assert "instrument.yaml: Das Instrument „nirgends“ gibt es nicht, oder es ist fehlerhaft." in faults(folder)
