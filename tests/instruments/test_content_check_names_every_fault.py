"""The content check names file, line and fault in German: tried on copies of the real instrument, each spoilt."""

import os
import re
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management import CommandError, call_command

from brueckenschlag.instruments import checks, library
from brueckenschlag.instruments.loader import Draft

FRAME = "instrument.yaml"
POINT = "checkpoints/denkwelten.yaml"
NESTED = "checkpoints/planen.yaml"
SOURCES = "sources.yaml"
REFERENCES = "Verweise (&, *) und tiefe Verschachtelung sind nicht erlaubt."
BRACKETS = "Spitze Klammern und Steuerzeichen sind nicht erlaubt."
MARKS = "Klammern [[…]] oder ((…)) sind hier falsch oder nicht erlaubt."
FULL_STOP = "Eine Anregung endet ohne Punkt, damit sie im Plan stehen kann."


class Copy:
    """A copy of the real instrument that may be spoilt."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def text(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def change(self, file: str, pattern: str, replacement: str) -> int:
        """Replaces the first match; returns the line where it begins."""
        text = self.text(file)
        match = re.search(pattern, text, re.MULTILINE)
        assert match, f"{pattern} does not occur in {file}"
        text = text[: match.start()] + match.expand(replacement) + text[match.end() :]
        (self.folder / file).write_text(text, encoding="utf-8")
        return text[: match.start()].count("\n") + 1

    def line(self, file: str, pattern: str) -> int:
        """The line where the first match begins."""
        match = re.search(pattern, self.text(file), re.MULTILINE)
        assert match, f"{pattern} does not occur in {file}"
        return self.text(file)[: match.start()].count("\n") + 1

    def faults(self) -> list[str]:
        """As the command prints them, but with the file's name inside the folder."""
        return [
            f"{fault.file.relative_to(self.folder).as_posix()}:{fault.line}: {fault.sentence}"
            for fault in checks.faults_in(self.folder)
        ]


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """The instrument alone: its other languages and its counterparts have tests of their own."""
    folder = Path(shutil.copytree(library.FOLDER / "zo", tmp_path / "zo", ignore=shutil.ignore_patterns("languages")))
    for file in folder.rglob("*.yaml"):
        file.write_text(re.sub(r"(?m)^ *mirrors: .*\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    return Copy(folder)


class Spoil(NamedTuple):
    """One change that makes one fault, so many lines below the change."""

    file: str
    pattern: str
    replacement: str
    sentence: str
    below: int = 0


SHORT, TITLE, ACTION = r"^short: .*", r"^title: .*", r"^        text: .*"

ONE_FAULT_EACH = {
    "misspelt field": Spoil(POINT, r"^hint:", "hnit:", "Das Feld „hnit“ gibt es hier nicht. Ist es verschrieben?"),
    "field twice": Spoil(POINT, SHORT, r"\g<0>\n\g<0>", "Das Feld „short“ steht hier zweimal.", below=1),
    "empty field": Spoil(POINT, SHORT, "short:", "Hier steht nichts. Bitte ausfüllen oder das Feld weglassen."),
    "empty text": Spoil(POINT, SHORT, 'short: "  "', "„short“ ist leer."),
    "text too long": Spoil(POINT, SHORT, "short: " + "x" * 29, "„short“ ist zu lang: 29 Zeichen, erlaubt sind 28."),
    "list for a text": Spoil(POINT, SHORT, "short: [Wort]", "„short“ muss ein Text sein."),
    "text for a list": Spoil(POINT, r"^groups:\n(.*\n)*", "groups: Wort\n", "„groups“ muss eine Liste sein."),
    "text for fields": Spoil(FRAME, r"^minutes: .*", "minutes: 20", "„minutes“ muss aus benannten Feldern bestehen."),
    "list as field name": Spoil(
        POINT, SHORT, r"\g<0>\n? [a]\n: b", "Ein Feldname muss ein einfaches Wort sein.", below=1
    ),
    "placeholder of a draft": Spoil(
        POINT, SHORT, "short: BITTE ERGÄNZEN", "Hier fehlt noch ein Text; bitte „BITTE ERGÄNZEN“ ersetzen."
    ),
    "full stop": Spoil(POINT, ACTION, "        text: Etwas gemeinsam tun.", FULL_STOP),
    "full stop at the end of a block": Spoil(POINT, ACTION, "        text: >\n          Etwas tun.", FULL_STOP),
    "full stop before a blank": Spoil(POINT, ACTION, '        text: "Etwas tun. "', FULL_STOP),
    "HTML": Spoil(POINT, TITLE, "title: Ein <b>Wort</b>", BRACKETS),
    "control character above ASCII": Spoil(POINT, TITLE, r'title: "Ein\\u0085Wort"', BRACKETS),
    "mark that turns the direction": Spoil(POINT, TITLE, r'title: "Ein\\u202eWort"', BRACKETS),
    "escaped control character": Spoil(POINT, TITLE, r'title: "Ein\\aWort"', BRACKETS),
    "mark in a title": Spoil(POINT, TITLE, "title: Ein [[kmu]]", MARKS),
    "mark in a suggestion": Spoil(POINT, ACTION, "        text: Mit [[kmu]] reden", MARKS),
    "broken mark": Spoil(POINT, r"^hint: >-", r"\g<0>\n  Ein [[kmu ist", MARKS),
    "unknown term": Spoil(POINT, r"^hint: >-", r"\g<0>\n  [[nichts]]", "Der Begriff „nichts“ steht nicht im Glossar."),
    "unused term": Spoil(
        FRAME,
        r"^glossary:",
        r"\g<0>\n  - {key: leer, term: Leere, text: Wird nie gebraucht.}",
        "Der Begriff „leer“ wird nirgends erklärt oder gebraucht.",
        below=1,
    ),
    "unknown see": Spoil(
        POINT, r"see: .*", "see: [planen.nichts]", "„see“ zeigt auf „planen.nichts“, das es nicht gibt."
    ),
    "own tag": Spoil(POINT, SHORT, "short: !wort Wort", "Die Markierung !wort ist nicht erlaubt."),
    "wrong sign in a key": Spoil(
        FRAME,
        r"key: dringend",
        "key: Sehr dringend",
        "„Sehr dringend“ passt nicht für „scale.levels.0.key“: nur a–z, Ziffern und Bindestriche.",
    ),
    "file that is not there": Spoil(
        FRAME, r"^checkpoints: \[", r"\g<0>nichts, ", "Die Datei checkpoints/nichts.yaml fehlt."
    ),
    "slug is not the folder": Spoil(FRAME, r"^slug: .*", "slug: anders", "„slug“ muss wie der Ordner heißen: zo."),
    "no number": Spoil(FRAME, r'least: "20"', "least: viele", "„minutes.least“ muss eine ganze Zahl sein."),
    "from more to less": Spoil(FRAME, r'least: "20"', "least: 99", "„least“ darf nicht größer als „most“ sein."),
    "source without entry": Spoil(
        SOURCES, r"^frame:", r"\g<0>\n  - F.neu", "Zur Quelle „F.neu“ gibt es keinen Eintrag.", below=1
    ),
    "empty list of sources": Spoil(SOURCES, r"(.*\n)+", "", "Die Datei ist leer."),
}


@pytest.mark.parametrize("spoil", ONE_FAULT_EACH.values(), ids=ONE_FAULT_EACH)
def test_one_fault_is_named_with_file_line_and_sentence(copy, spoil):
    line = copy.change(spoil.file, spoil.pattern, spoil.replacement) + spoil.below
    assert copy.faults() == [f"{spoil.file}:{line}: {spoil.sentence}"]


def test_the_untouched_copy_has_no_fault(copy):
    assert copy.faults() == []


def test_a_missing_field_is_named_at_the_part_that_lacks_it(copy):
    copy.change(POINT, r"^short: .*\n", "")
    part = copy.line(NESTED, r"^      - key:")
    copy.change(NESTED, ACTION + r"\n", "")
    assert copy.faults() == [
        f"{POINT}:1: Das Feld „short“ fehlt.",
        f"{NESTED}:{part}: Das Feld „groups.0.suggestions.0.text“ fehlt.",
    ]


def test_a_suggestion_and_a_sub_point_cannot_share_a_key(copy):
    first = copy.line(NESTED, r"^      - key: art$")
    second = copy.change(NESTED, r"^          - key: .*", "          - key: art")
    assert copy.faults() == [f"{NESTED}:{second}: Der Schlüssel „art“ ist schon in Zeile {first} vergeben."]


def test_two_levels_cannot_share_a_key(copy):
    first = copy.line(FRAME, "key: dringend$")
    second = copy.change(FRAME, "key: bedarf$", "key: dringend")
    assert copy.faults() == [f"{FRAME}:{second}: Der Schlüssel „dringend“ ist schon in Zeile {first} vergeben."]


def test_a_source_given_twice_is_named_where_it_is_repeated_and_where_it_is_missed(copy):
    first = copy.line(POINT, 'source: "4.01"')
    second = copy.change(POINT, 'source: "4.02"', 'source: "4.01"')
    missed = copy.line(SOURCES, '"4.02"')
    assert copy.faults() == [
        f"{POINT}:{second}: Die Quelle „4.01“ ist schon bei denkwelten.yaml:{first} angegeben.",
        f"{SOURCES}:{missed}: Zur Quelle „4.02“ gibt es keinen Eintrag.",
    ]


def test_a_source_listed_twice_is_named(copy):
    first = copy.line(SOURCES, '"4.01"')
    second = copy.change(SOURCES, '"4.02"', '"4.01"')
    assert f"{SOURCES}:{second}: Die Quelle „4.01“ ist schon in Zeile {first} vergeben." in copy.faults()


def test_an_unknown_source_is_named(copy):
    line = copy.change(POINT, 'source: "4.02"', "source: 9.99")
    assert f"{POINT}:{line}: Die Quelle „9.99“ steht nicht in sources.yaml." in copy.faults()


def test_an_instrument_of_ones_own_needs_no_list_of_sources(copy):
    (copy.folder / SOURCES).unlink()
    copy.change(POINT, 'source: "4.02"', "source: eigene Erfahrung")
    assert copy.faults() == []


def test_a_lost_checkpoint_file_is_named_in_the_list(copy):
    (copy.folder / POINT).unlink()
    line = copy.line(FRAME, r"^checkpoints:")
    assert copy.faults() == [f"{FRAME}:{line}: Die Datei {POINT} fehlt."]


def test_a_checkpoint_file_that_nobody_lists_is_named(copy):
    shutil.copy(copy.folder / POINT, copy.folder / "checkpoints/neu.yaml")
    sentence = "Dieser Checkpunkt steht nicht in der Liste „checkpoints“ von instrument.yaml."
    assert copy.faults() == [f"checkpoints/neu.yaml:1: {sentence}"]


def test_the_key_must_be_the_name_of_the_file(copy):
    line = copy.change(POINT, r"^key: .*", "key: anders")
    assert f"{POINT}:{line}: „key“ muss wie die Datei heißen: denkwelten." in copy.faults()


COLUMNS = (
    "Spalten des Plans sind diese, in dieser Reihenfolge: checkpoint, measure, priority, responsible, start, review. "
    "„checkpoint“ und „measure“ braucht jeder Plan, die anderen können fehlen."
)


@pytest.mark.parametrize("key", ["checkpoint", "measure"])
def test_a_plan_without_checkpoint_or_measure_is_none(copy, key):
    copy.change(FRAME, rf"^    - \{{key: {key},.*\n", "")
    line = copy.line(FRAME, r"^    - \{key: ")
    assert copy.faults() == [f"{FRAME}:{line}: {COLUMNS}"]


def test_the_columns_of_the_plan_keep_their_order(copy):
    line = copy.change(FRAME, r"(^    - \{key: start,.*\n)(    - \{key: review,.*\n)", r"\2\1") - 4
    assert copy.faults() == [f"{FRAME}:{line}: {COLUMNS}"]


@pytest.mark.parametrize("key", ["priority", "responsible", "start", "review"])
def test_a_plan_can_do_without_any_other_column(copy, key):
    copy.change(FRAME, rf"^    - \{{key: {key},.*\n", "")
    assert copy.faults() == []


def test_a_scale_needs_two_levels(copy):
    copy.change(FRAME, r"^    - key: bedarf\n(      .*\n)+    - key: gut\n(      .*\n)+", "")
    line = copy.line(FRAME, r"^    - key: dringend")
    assert copy.faults() == [f"{FRAME}:{line}: Eine Skala braucht mindestens zwei Stufen."]


def test_an_unknown_tone_is_named_with_the_known_ones(copy):
    line = copy.change(FRAME, "tone: red", "tone: blue")
    [fault] = copy.faults()
    assert fault.startswith(f"{FRAME}:{line}: „blue“ gibt es für „scale.levels.0.tone“ nicht. Möglich ist: ")
    assert all(tone in fault for tone in ("red", "yellow", "green"))


def test_several_faults_in_several_files_are_named_at_once(copy):
    copy.change(POINT, SHORT, "shrot: Wort")
    copy.change(NESTED, SHORT, "short: " + "x" * 29)
    long = copy.line(NESTED, SHORT)
    misspelt = copy.line(POINT, "^shrot")
    assert copy.faults() == [
        f"{POINT}:1: Das Feld „short“ fehlt.",
        f"{POINT}:{misspelt}: Das Feld „shrot“ gibt es hier nicht. Ist es verschrieben?",
        f"{NESTED}:{long}: „short“ ist zu lang: 29 Zeichen, erlaubt sind 28.",
    ]


def test_placeholders_are_named_together_with_faults_of_form(copy):
    missing = copy.change(FRAME, r"^subtitle: .*", "subtitle: BITTE ERGÄNZEN")
    copy.change(POINT, SHORT, "short: " + "x" * 29)
    long = copy.line(POINT, SHORT)
    assert copy.faults() == [
        f"{POINT}:{long}: „short“ ist zu lang: 29 Zeichen, erlaubt sind 28.",
        f"{FRAME}:{missing}: Hier fehlt noch ein Text; bitte „BITTE ERGÄNZEN“ ersetzen.",
    ]


# Below: what is not plain, strict YAML.


@pytest.mark.parametrize(
    "replacement",
    [
        pytest.param("title: &x Wort\nshort: *x", id="alias"),
        pytest.param("title: &x [*x]", id="list in itself"),
        pytest.param("title: &x {a: *x}", id="mapping in itself"),
        pytest.param("title: &x Wort\nshort: Wort", id="anchor that nobody uses"),
        pytest.param("title: " + "[" * 30 + "]" * 30, id="deep nesting"),
    ],
)
def test_references_and_deep_nesting_are_refused(copy, replacement):
    line = copy.change(POINT, r"^title: .*\nshort: .*", replacement)
    assert copy.faults()[:1] == [f"{POINT}:{line}: {REFERENCES}"]


@pytest.mark.parametrize("tag", ["!!str", "!!python/object/apply:os.system"])
def test_tags_that_yaml_knows_are_refused_too(copy, tag):
    line = copy.change(POINT, SHORT, f"short: {tag} Wort")
    [fault] = copy.faults()
    assert fault.startswith(f"{POINT}:{line}: Die Markierung ")


@pytest.mark.parametrize("depth", [2_000, 900_000])
def test_no_nesting_is_deep_enough_to_end_the_program(copy, depth):
    copy.change(POINT, TITLE, "title: " + "[" * depth)
    check = "import sys, pathlib; from brueckenschlag.instruments import checks; "
    check += "print(*checks.faults_in(pathlib.Path(sys.argv[1])), sep='\\n')"
    # In a process of its own: what goes wrong here takes the whole interpreter with it.
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", check, copy.folder], capture_output=True, encoding="utf-8", check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert f"{copy.folder / POINT}:" in run.stdout


def test_a_raw_control_character_is_named_in_its_line(copy):
    line = copy.change(POINT, TITLE, "title: Ein\aWort")
    [fault] = copy.faults()
    assert fault.startswith(f"{POINT}:{line}: ")


def test_a_file_that_is_not_utf8_is_refused(copy):
    (copy.folder / POINT).write_bytes(copy.text(POINT).encode("latin-1", "replace"))
    assert copy.faults() == [f"{POINT}:1: Die Datei ist nicht als UTF-8 gespeichert."]


def test_the_mark_that_windows_sets_before_utf8_does_no_harm(copy):
    (copy.folder / POINT).write_bytes(copy.text(POINT).encode("utf-8-sig"))
    assert copy.faults() == []


@pytest.mark.parametrize("text", ["", "# nur eine Bemerkung\n"])
def test_an_empty_file_is_refused(copy, text):
    (copy.folder / POINT).write_text(text, encoding="utf-8")
    assert copy.faults() == [f"{POINT}:1: Die Datei ist leer."]


@pytest.mark.parametrize("replacement", ["title: a: b", "title: @a", "title: {a", "title: [a]]"])
def test_broken_yaml_is_named_in_its_line(copy, replacement):
    line = copy.change(POINT, TITLE, replacement)
    [fault] = copy.faults()
    # Some slips show only where the next line begins.
    assert fault.startswith((f"{POINT}:{line}: Das ist kein", f"{POINT}:{line + 1}: Das ist kein"))
    assert "kein gültiges YAML" in fault


def test_a_huge_file_is_refused_unread(copy):
    (copy.folder / POINT).write_bytes(b"#" * 1_000_001)
    assert copy.faults() == [f"{POINT}:1: Die Datei ist zu groß (höchstens 1 MB)."]


def test_a_folder_without_instrument_is_refused(tmp_path):
    [fault] = checks.faults_in(tmp_path)
    assert (fault.file, fault.line) == (tmp_path / FRAME, 1)
    assert fault.sentence.startswith("Die Datei lässt sich nicht lesen")


@pytest.mark.parametrize("text", ["yes", "no", "on", "null", "1", "1.50", "2027-02-28", "0x10", "12:30"])
def test_what_other_readers_would_turn_into_something_else_stays_text(copy, text):
    copy.change(POINT, SHORT, f"short: {text}")
    copy.change(FRAME, r"^edition: .*", f"edition: {text}")
    assert copy.faults() == []
    instrument = Draft(copy.folder).instrument
    assert instrument.edition == text
    assert instrument.checkpoint_by_key["denkwelten"].short == text


def test_the_command_prints_every_fault_and_fails(copy):
    long = copy.change(POINT, SHORT, "short: " + "x" * 29)
    misspelt = copy.change(NESTED, r"^hint:", "hnit:")
    printed = StringIO()
    with pytest.raises(CommandError, match="2 Fehler"):
        call_command("content", "check", str(copy.folder), stderr=printed)
    first, second = printed.getvalue().splitlines()
    assert first.startswith(f"{copy.folder / POINT}:{long}: „short“ ist zu lang")
    assert second.startswith(f"{copy.folder / NESTED}:{misspelt}: Das Feld „hnit“")


@pytest.mark.parametrize("folders", [[], [str(library.FOLDER / "zo")]])
def test_the_command_passes_the_real_instruments(folders):
    printed = StringIO()
    call_command("content", "check", *folders, stdout=printed)
    assert printed.getvalue().startswith("Alles in Ordnung")


def test_a_file_that_is_a_text_from_end_to_end_is_named(copy):
    (copy.folder / FRAME).write_text("Gute Treffen\n", encoding="utf-8")
    assert copy.faults()[0] == (
        f"{FRAME}:1: Die Datei muss aus benannten Feldern bestehen, zum Beispiel: „title: Gute Treffen“."
    )


def test_what_only_looks_like_a_file_keeps_nobody_waiting(copy):
    (copy.folder / POINT).unlink()
    os.mkfifo(copy.folder / POINT)
    assert copy.faults() == [f"{POINT}:1: Das ist keine Datei."]
