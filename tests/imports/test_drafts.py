"""A draft is written whole and only where nothing is; the command says what was found and what to do next."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

import brueckenschlag
from brueckenschlag.imports import drafts, writer
from brueckenschlag.imports.drafts import import_document
from brueckenschlag.imports.keys import Keys
from brueckenschlag.imports.lines import RefusedError
from brueckenschlag.instruments import library
from brueckenschlag.instruments.strict_yaml import Source
from tests.imports.as_docx import as_docx
from tests.imports.as_text import as_text
from tests.imports.example import EXAMPLE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "quelle.txt"
    path.write_text(as_text(EXAMPLE), encoding="utf-8")
    return path


def run(*arguments: object) -> str:
    printed = StringIO()
    call_command("content", "import", *map(str, arguments), stdout=printed)
    return printed.getvalue()


# --- writing


def test_the_folder_holds_the_frame_the_checkpoints_and_the_report(file, tmp_path):
    import_document(file, tmp_path / "neu")
    assert sorted(path.relative_to(tmp_path / "neu").as_posix() for path in (tmp_path / "neu").rglob("*.*")) == [
        "bericht.txt",
        "checkpoints/bedarf-kennen.yaml",
        "checkpoints/helfende-finden.yaml",
        "checkpoints/verlaesslich-bleiben.yaml",
        "instrument.yaml",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["neu", "quelle.txt"]


def test_the_same_document_always_gives_the_same_draft(file, tmp_path):
    texts = []
    for name in ("eins", "zwei"):
        import_document(file, tmp_path / name, "neu")
        texts.append({path.name: path.read_text(encoding="utf-8") for path in (tmp_path / name).rglob("*.*")})
    assert texts[0] == texts[1]


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch, lambda path: path.symlink_to("nirgends")])
def test_nothing_is_overwritten(file, tmp_path, make):
    make(tmp_path / "neu")
    with pytest.raises(RefusedError, match="gibt es schon"):
        import_document(file, tmp_path / "neu")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["neu", "quelle.txt"]


def test_what_appears_meanwhile_is_not_overwritten(file, tmp_path, monkeypatch):
    write = writer.write

    def late(folder: Path, files: dict[str, str]) -> None:
        folder.mkdir()
        write(folder, files)

    monkeypatch.setattr(writer, "write", late)
    with pytest.raises(RefusedError, match="gibt es schon"):
        import_document(file, tmp_path / "neu")
    assert list((tmp_path / "neu").iterdir()) == []


@pytest.mark.parametrize("after", [0, 2, 4])
def test_a_full_disk_leaves_nothing_half_written(file, tmp_path, monkeypatch, after):
    write, written = Path.write_text, []

    def full(path: Path, *arguments: object, **options: object) -> int:
        written.append(path)
        if len(written) > after:
            raise OSError(28, "No space left on device")
        return write(path, *arguments, **options)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(RefusedError, match="Der Ordner lässt sich nicht schreiben"):
        import_document(file, tmp_path / "neu")
    assert [path.name for path in tmp_path.iterdir()] == ["quelle.txt"]


def test_a_folder_below_a_file_cannot_be_written(file):
    with pytest.raises(RefusedError, match="Der Ordner lässt sich nicht schreiben"):
        import_document(file, file / "neu")


@pytest.mark.parametrize("folder", [library.FOLDER / "neu", Path(brueckenschlag.__file__).parent / "neu"])
def test_a_draft_does_not_go_into_the_package(file, folder):
    with pytest.raises(RefusedError, match="gehört nicht in das Programm selbst"):
        import_document(file, folder)
    assert not folder.exists()


def test_a_draft_does_not_go_into_the_package_by_a_detour(file, tmp_path):
    (tmp_path / "umweg").symlink_to(library.FOLDER)
    with pytest.raises(RefusedError, match="gehört nicht in das Programm selbst"):
        import_document(file, tmp_path / "umweg" / "neu")


@pytest.mark.parametrize("name", ["Mein Ordner", "größe", "1a", "a" * 41])
def test_a_folder_whose_name_is_no_key_needs_one(file, tmp_path, name):
    with pytest.raises(RefusedError, match="taugt nicht als Kürzel"):
        import_document(file, tmp_path / name)
    draft = import_document(file, tmp_path / name, "neu")
    assert draft.folder == tmp_path / name / "neu"
    assert draft.form.files["instrument.yaml"]["slug"] == "neu"


def test_a_slug_cannot_lead_elsewhere(file, tmp_path):
    with pytest.raises(RefusedError, match="taugt nicht als Kürzel"):
        import_document(file, tmp_path / "neu", "../anders")


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).map(str.strip).filter(bool)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abc"), st.one_of(texts, st.lists(texts, min_size=1)), min_size=1))
def test_what_is_written_is_read_back_by_our_strict_reader(tmp_path_factory, value):
    file = tmp_path_factory.mktemp("yaml") / "a.yaml"
    file.write_text(writer.as_yaml(value), encoding="utf-8", newline="\n")
    assert Source(file).value == value


# --- keys


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Über die Größe unserer Straßenfeste reden", "groesse-strassenfeste-reden"),
        ("Café für alle", "cafe"),
        ("2 Wochen lang üben", "wochen-lang-ueben"),
        ("Wir sind so", "wir-sind-so"),
        ("Donaudampfschifffahrtsgesellschaftskapitänsmütze", "donaudampfschifffahrtsgesellschaftskapita"[:40]),
        ("Помощь", "anregung"),
        ("…", "anregung"),
    ],
)
def test_a_key_is_made_from_the_words_that_say_most(text, key):
    assert Keys().key(text, "anregung") == key


def test_the_same_text_gets_another_key():
    keys = Keys()
    long = "donaudampfschifffahrtsgesellschaftsmuetze"
    assert [keys.key("Reden", "x") for _ in range(3)] == ["reden", "reden-2", "reden-3"]
    assert [len(keys.key(long, "x")) for _ in range(3)] == [40, 40, 40]


@settings(deadline=None)
@given(st.lists(st.text(), max_size=30))
def test_keys_are_always_valid_and_never_the_same(texts):
    keys = Keys()
    given_ = [keys.key(text, "anregung") for text in texts]
    assert len(set(given_)) == len(given_)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]{0,39}", key) for key in given_)


# --- command


def test_the_command_prints_counts_gaps_doubts_and_the_next_step(file, tmp_path):
    lines = run(file, "--to", tmp_path / "neu").splitlines()
    assert lines[:6] == [
        "Gelesen: quelle.txt, „Nachbarschaftshilfe gemeinsam aufbauen“",
        "3 Checkpunkte, 11 Anregungen (davon 2 Unterpunkte) in 4 Gruppen,",
        "2 Begriffe, 2 Abschnitte, 3 Stufen",
        "  1 Bedarf kennen: 5 Anregungen, davon 2 Unterpunkte",
        "  2 Helfende finden: 4 Anregungen",
        "  3 Verlässlich bleiben: 2 Anregungen",
    ]
    assert "Sagt das Dokument nicht, im Entwurf steht „BITTE ERGÄNZEN“:" in lines
    assert "  - Hilfe zur Spalte im Plan (6 Mal)" in lines
    assert "Nicht sicher, bitte ansehen:" in lines
    assert "  - Als Titel gelesen: „Nachbarschaftshilfe gemeinsam aufbauen“ (Zeile 1)" in lines
    assert lines[-1] == f"Bitte durchsehen, dann: content check {tmp_path / 'neu'}"


def test_the_check_after_the_import_names_every_gap(file, tmp_path):
    draft = import_document(file, tmp_path / "neu")
    printed = StringIO()
    with pytest.raises(CommandError):
        call_command("content", "check", str(draft.folder), stderr=printed)
    assert printed.getvalue().count("Hier fehlt noch ein Text") == sum(draft.form.missing.values())


def test_the_command_with_a_slug_writes_below_the_folder(file, tmp_path):
    assert f"Geschrieben: {tmp_path / 'neu'}" in run(file, "--to", tmp_path, "--slug", "neu")


def test_a_refusal_ends_the_command_with_file_place_and_sentence(tmp_path):
    file = tmp_path / "quelle.txt"
    file.write_text("Titel\n<script>", encoding="utf-8")
    with pytest.raises(CommandError) as error:
        run(file, "--to", tmp_path / "neu")
    assert str(error.value).startswith(f"Nicht eingelesen, nichts geschrieben.\n{file}:2: Hier steht HTML")


def test_many_places_are_counted_on_the_screen_and_listed_in_the_report(file, tmp_path):
    text = "1 Titel\nWir tun etwas.\n\nBeispiele:\n" + "".join(f"- Nummer {at} {'wort ' * 20}\n" for at in range(20))
    file.write_text(text, encoding="utf-8")
    printed = run(file, "--to", tmp_path / "neu")
    assert "(Zeilen 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 und 8 weitere)" in printed
    report = (tmp_path / "neu" / drafts.REPORT).read_text(encoding="utf-8")
    assert "22, 23, 24)" in report


def test_the_report_shows_footnotes_as_people_see_them(file, tmp_path):
    text = as_text(EXAMPLE).replace(
        "Maßnahmenplan", "Zum Schluss ein Wort an jeden Verein\ufff91\ufffb.\n\nMaßnahmenplan"
    )
    file.write_text(text, encoding="utf-8")
    assert "„Zum Schluss ein Wort an jeden Verein1.“ (Zeile 66)" in run(file, "--to", tmp_path / "neu")


def test_places_in_word_are_named_with_their_first_words(tmp_path):
    file = tmp_path / "quelle.docx"
    file.write_bytes(as_docx(EXAMPLE))
    draft = import_document(file, tmp_path / "neu")
    draft.document.doubts.note("Nur zur Probe.", "19")
    assert "  - Nur zur Probe (Absatz 19 „Die Menschen im Viertel fragen, was ihne…“)" in list(draft.lines())
