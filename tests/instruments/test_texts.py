"""Pages and letters are content: in every language, with known values only, and the operator's come first."""

from pathlib import Path

import pytest

from brueckenschlag.instruments import texts

LANGUAGES = ["de", "de-simple", "en"]


def found(own: Path) -> list[str]:
    return [f"{one.file.name}:{one.line}: {one.sentence}" for one in texts.faults_in(LANGUAGES, own)]


def test_ours_are_there_in_every_language_and_in_order(tmp_path):
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("file", "words", "sentence"),
    [
        ("pages/hilfe.md", "# Hilfe\n\n${seite}", "hilfe.md:3: „${seite}“ gibt es hier nicht. Möglich:"),
        ("pages/en/hilfe.md", "<script>", "hilfe.md:1: Spitze Klammern und Steuerzeichen sind nicht erlaubt."),
        ("letters/link.txt", "Ihr Link\n\n${key}", "link.txt:3: „${key}“ gibt es hier nicht. Möglich: day, link."),
        ("letters/en/link.txt", " \n", "link.txt:1: Die Datei ist leer."),
        ("pages/datenschutz.md", "x" * 100_001, "datenschutz.md:1: Die Datei ist zu groß (höchstens 100 kB)."),
    ],
)
def test_what_is_wrong_with_a_text_of_the_operators_is_named(tmp_path, file, words, sentence):
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(words, encoding="utf-8")
    assert [one[: len(sentence)] for one in found(tmp_path)] == [sentence]


@pytest.mark.parametrize("file", ["pages/de/hilfe.md", "pages/Hilfe.md", "letters/link.md"])
def test_a_file_that_nobody_reads_is_hinted_at(tmp_path, file):
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text("# Hilfe", encoding="utf-8")
    [fault] = texts.faults_in(LANGUAGES, tmp_path)
    assert (fault.file, fault.is_hint) == (tmp_path / file, True)
    assert fault.sentence.startswith("Diese Datei wird nicht gelesen. Möglich ist zum Beispiel ")


def test_another_encoding_is_named(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/hilfe.md").write_bytes("Grüße".encode("latin-1"))
    assert found(tmp_path) == ["hilfe.md:1: Die Datei ist nicht als UTF-8 gespeichert."]


def test_the_operators_text_comes_before_ours_also_where_it_is_german_only(tmp_path):
    order = [
        (language, file.parent == tmp_path / "pages")
        for language, file in texts.places("pages", "hilfe", "en", original="de", own=tmp_path)
    ]
    assert order == [("en", False), ("de", True), ("en", False), ("de", False)]


def test_a_letter_is_its_subject_and_its_body(tmp_path):
    (tmp_path / "a.txt").write_text("Ihr Link\n\nHier: ${link} und $unbekannt", encoding="utf-8")
    assert texts.letter(tmp_path / "a.txt", {"link": "L"}) == ("Ihr Link", "Hier: L und $unbekannt")
