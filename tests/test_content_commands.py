"""What a publisher does on the command line: publish, compare, describe, preview."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from brueckenschlag.assessments.models import Edition
from brueckenschlag.instruments import schema
from tests.databases import fresh_database
from tests.e2e.server import free_port

EXAMPLE = Path(__file__).parent.parent / "docs/example/treffen"
POINT = "checkpoints/einladen.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "treffen"))


def run(*words: str) -> str:
    out = StringIO()
    call_command("content", *words, stdout=out, stderr=out)
    return out.getvalue()


def change(folder: Path, file: str, pattern: str, replacement: str) -> None:
    text, count = re.subn(
        pattern, replacement, (folder / file).read_text(encoding="utf-8"), count=1, flags=re.MULTILINE
    )
    assert count
    (folder / file).write_text(text, encoding="utf-8")


def next_edition(folder: Path, edition: str) -> None:
    change(folder, "instrument.yaml", r"^edition: .*", f'edition: "{edition}"')


class TestPublish:
    def test_it_freezes_an_edition_and_a_second_time_changes_nothing(self, db, folder):
        assert "ist veröffentlicht" in run("publish", str(folder))
        assert "war schon veröffentlicht, unverändert" in run("publish", str(folder))
        edition = Edition.objects.get(slug="treffen")
        assert (edition.version, edition.number) == ("1", 1)

    def test_other_words_need_another_edition(self, db, folder):
        run("publish", str(folder))
        change(folder, POINT, r"^title: .*", "title: Früh einladen")
        with pytest.raises(CommandError, match="Fassung 1 ist schon veröffentlicht"):
            run("publish", str(folder))
        next_edition(folder, "2")
        run("publish", str(folder))
        assert list(Edition.objects.filter(slug="treffen").values_list("version", "number")) == [("1", 1), ("2", 2)]

    def test_a_key_for_something_else_is_refused_until_somebody_says_it_means_the_same(self, db, folder):
        run("publish", str(folder))
        next_edition(folder, "2")
        change(folder, POINT, r"text: Eine Vorlage.*", "text: Kuchen mitbringen")
        change(folder, "languages/en/" + POINT, r"text: Write a template for the invitation", "text: Bring cake")
        with pytest.raises(CommandError, match=r"--same einladen\.vorlage"):
            run("publish", str(folder))
        assert Edition.objects.filter(slug="treffen").count() == 1
        assert "ist veröffentlicht" in run("publish", str(folder), "--same", "einladen.vorlage")

    def test_a_faulty_draft_is_not_published(self, db, folder):
        change(folder, POINT, r"^title: ", "titel: ")
        with pytest.raises(CommandError, match=r"einladen.yaml:1: Das Feld „title“ fehlt"):
            run("publish", str(folder))
        assert not Edition.objects.filter(slug="treffen").exists()

    def test_missing_translations_are_no_obstacle(self, db, folder):
        shutil.rmtree(folder / "languages/en/checkpoints")
        assert "ist veröffentlicht" in run("publish", str(folder))

    def test_a_name_that_nobody_knows_is_named(self, db):
        with pytest.raises(CommandError, match="„nirgends“ ist weder eines der Instrumente"):
            run("publish", "nirgends")


class TestDiff:
    def test_it_prints_what_people_will_be_told(self, db, folder):
        run("publish", str(folder))
        change(folder, POINT, r"text: Eine Vorlage.*", "text: Eine kurze Vorlage für die Einladung schreiben")
        change(folder, "checkpoints/leiten.yaml", r"      - key: uhr\n.*\n", "")
        change(folder, "checkpoints/leiten.yaml", r"- key: runde", "- key: stuhlkreis")
        said = run("diff", str(folder))
        assert "~ Anregung einladen.vorlage:\n    vorher:  Eine Vorlage" in said
        assert "- Anregung leiten.uhr: Für jeden Punkt" in said
        assert "+ Anregung leiten.stuhlkreis: Mit einer kurzen Runde" in said

    def test_texts_that_explain_are_told_by_their_kind(self, db, folder):
        run("publish", str(folder))
        change(folder, "instrument.yaml", r"meaning: Das ist bei uns üblich\.", "meaning: So machen wir es immer.")
        change(folder, "instrument.yaml", r"^  question: .*", "  question: Wie oft klappt das bei Ihnen?")
        change(folder, "instrument.yaml", r"^    text: Die Liste.*", "    text: Alles, worüber gesprochen wird.")
        change(folder, POINT, r"^    title: So kann es gehen", "    title: So geht es")
        said = run("diff", str(folder))
        assert "~ Erklärung immer:\n    vorher:  Das ist bei uns üblich.\n    nachher: So machen wir" in said
        assert "~ Frage zur Bewertung:\n" in said
        assert "~ Erklärung tagesordnung:\n" in said
        assert "~ Zwischenüberschrift einladen.anregungen:\n" in said

    def test_translations_that_stayed_the_same_are_hinted_at_with_their_place(self, db, folder):
        run("publish", str(folder))
        next_edition(folder, "2")
        change(folder, POINT, r"text: Eine Vorlage.*", "text: Eine kurze Vorlage für die Einladung schreiben")
        change(folder, POINT, r"^title: .*", "title: Früh einladen")
        change(folder, "languages/en/" + POINT, r"^title: .*", "title: Invite early")
        hint = (
            f"{folder}/languages/en/{POINT}:7: Hinweis: Übersetzung vielleicht veraltet: "
            "checkpoints.einladen.suggestions.vorlage.text."
        )
        for verb in ("diff", "publish"):
            said = run(verb, str(folder))
            assert hint in said
            assert said.count("vielleicht veraltet") == 1
        assert "vielleicht veraltet" not in run("publish", str(folder))

    def test_without_changes_it_says_so(self, db):
        assert "Keine Änderung" in run("diff", "zo")

    def test_without_an_edition_there_is_nothing_to_compare(self, db, folder):
        with pytest.raises(CommandError, match="noch keine Fassung veröffentlicht"):
            run("diff", str(folder))


class TestSchema:
    def test_every_schema_is_written_as_json(self, tmp_path):
        run("schema", str(tmp_path / "neu"))
        assert sorted(file.name for file in (tmp_path / "neu").iterdir()) == sorted(schema.FILES)
        for file in (tmp_path / "neu").iterdir():
            assert json.loads(file.read_text(encoding="utf-8"))["type"] == "object"

    def test_the_schemas_name_every_field_of_the_example(self):
        frame = schema.schemas()["instrument.schema.json"]
        given = yaml.safe_load((EXAMPLE / "instrument.yaml").read_text(encoding="utf-8"))
        assert set(given) <= set(frame["properties"])
        assert set(frame["required"]) <= set(given)
        assert frame["additionalProperties"] is False

    def test_a_folder_that_cannot_be_written_is_named(self, tmp_path):
        (tmp_path / "datei").write_text("")
        with pytest.raises(CommandError, match="lässt sich nicht schreiben"):
            run("schema", str(tmp_path / "datei"))


def test_the_check_can_name_the_readability_of_every_text(folder):
    said = run("check", "--readability", str(folder))
    assert re.search(r"treffen de  +\d+\.\d einladen\.statement", said)
    assert re.search(r"treffen en +\d+\.\d alles zusammen", said)


def test_whoever_reads_only_the_first_lines_gets_no_traceback(folder, tmp_path):
    command = [sys.executable, "-m", "brueckenschlag", "content", "check", "--readability", str(folder)]
    ours = product(DATA_DIR=str(tmp_path / "daten"), PYTHONUNBUFFERED="1")
    with subprocess.Popen(command, env=ours, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as check:
        assert check.stdout
        assert check.stderr
        check.stdout.close()
        assert b"Traceback" not in check.stderr.read()
    assert check.returncode == 141


def test_hints_count_as_faults_where_it_is_strict(folder):
    shutil.rmtree(folder / "languages/en/checkpoints")
    assert "Hinweis: Es fehlt" in run("check", str(folder))
    with pytest.raises(CommandError, match="Fehler in 1 Instrumenten"):
        run("check", "--strict", str(folder))


def product(**names: str) -> dict[str, str]:
    """The environment of a person at the command line, without the settings of the tests."""
    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"} | names


@contextmanager
def previewed(folder: Path, data: Path, port: str) -> Iterator[subprocess.Popen[bytes]]:
    """A preview that runs until it is told to end."""
    command = [sys.executable, "-m", "brueckenschlag", "content", "preview", str(folder)]
    # The operator's own database must not be touched, nor even be there.
    ours = product(PORT=port, DATA_DIR=str(data), TMPDIR=str(data), DATABASE_URL="postgres://echt@127.0.0.1:1/echt")
    data.mkdir()
    with subprocess.Popen(command, env=ours, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as preview:
        try:
            assert preview.stdout
            for line in preview.stdout:
                # An operator's own settings are not in the folder of the draft, which is gone with the preview.
                assert "Impressum" not in line.decode()
                if "Brückenschlag läuft" in line.decode():
                    break
            yield preview
        finally:
            preview.send_signal(signal.SIGINT)
            preview.wait(timeout=20)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_whatever_ends_the_preview_ends_its_server_too(folder, tmp_path, number, status):
    port = free_port()
    with previewed(folder, tmp_path / "daten", str(port)) as preview:
        preview.send_signal(number)
        assert preview.wait(timeout=20) == status
        with socket.socket() as line:
            assert line.connect_ex(("127.0.0.1", port)) != 0
        assert list((tmp_path / "daten").glob("brueckenschlag-entwurf-*")) == []


def test_the_preview_shows_the_draft_as_it_is_on_the_disk(folder, tmp_path):
    port = str(free_port())
    page = f"http://127.0.0.1:{port}/praxishilfe/treffen/"
    with previewed(folder, tmp_path / "daten", port):
        assert "Gute Treffen im Verein</h1>" in opened(page)
        assert "Entwurf." in opened(page)
        assert opened(page).rstrip().endswith("</html>")
        change(folder, "instrument.yaml", r"^title: .*", "title: Bessere Treffen")
        assert "Bessere Treffen</h1>" in opened(page)
        change(folder, "instrument.yaml", r"^title: ", "titel: ")
        broken = opened(page)
        assert "Bessere Treffen</h1>" in broken
        assert "treffen/instrument.yaml, Zeile 1: Das Feld „title“ fehlt." in broken


def test_the_preview_folds_hints_away_so_that_the_draft_is_in_sight(folder, tmp_path):
    port = str(free_port())
    with previewed(folder, tmp_path / "daten", port):
        page = opened(f"http://127.0.0.1:{port}/praxishilfe/treffen/")
        hints = page[page.index("<summary>Hinweise</summary>") : page.index("</details>")]
        assert "treffen/languages/en/instrument.yaml, Zeile 1: Es fehlt: sections.wozu.title." in hints
        assert "Die Prüfung findet keine Fehler." in page


def opened(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())


def test_following_the_handbook_puts_the_example_on_the_site(folder, tmp_path):
    data = tmp_path / "daten"
    data.mkdir()
    (data / "brueckenschlag.toml").write_text(f'[content]\nfolders = ["{folder.parent}"]', encoding="utf-8")
    port = str(free_port())
    ours = product(PORT=port, DATA_DIR=str(data), WORKERS="1", **fresh_database())
    command = [sys.executable, "-m", "brueckenschlag"]
    for words in (["check", "treffen"], ["publish", "treffen"]):
        subprocess.run([*command, "content", *words], env=ours, check=True)
    with subprocess.Popen([*command, "serve"], env=ours, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        try:
            assert server.stdout
            for line in server.stdout:
                if "Brückenschlag läuft" in line.decode():
                    break
            assert "Gute Treffen im Verein" in opened(f"http://127.0.0.1:{port}/")
            assert "Gute Treffen im Verein</h1>" in opened(f"http://127.0.0.1:{port}/praxishilfe/treffen/")
        finally:
            server.terminate()
            server.wait(timeout=20)


def said_at_the_start(data: Path, **names: str) -> str:
    """What the real server says until it answers."""
    ours = product(PORT=str(free_port()), DATA_DIR=str(data), WORKERS="1", **names)
    command = [sys.executable, "-m", "brueckenschlag", "serve"]
    with subprocess.Popen(command, env=ours, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        said = ""
        assert server.stdout
        for line in server.stdout:
            said += line.decode()
            if "Brückenschlag läuft" in said:
                break
        server.terminate()
        server.wait(timeout=20)
    return said


class TestAFolderOfTheSettings:
    """What stands in `[content] folders` and cannot be used is named, and does not stop the site."""

    @pytest.fixture
    def folders(self, settings):
        def put(*folders: Path) -> None:
            content = settings.CONFIGURATION.content.model_copy(update={"folders": list(folders)})
            settings.CONFIGURATION = settings.CONFIGURATION.model_copy(update={"content": content})

        return put

    def test_the_check_fails_when_it_cannot_look_at_everything(self, folders, tmp_path, capsys):
        folders(tmp_path / "fehlt")
        with pytest.raises(CommandError, match="Nicht alle Instrumente lassen sich prüfen"):
            call_command("content", "check")
        assert f"[content] folders: Den Ordner {tmp_path / 'fehlt'} gibt es nicht." in capsys.readouterr().err
        assert "Alles in Ordnung" in run("check", "zo")

    def test_other_commands_say_it_and_go_on(self, db, folders, folder, tmp_path):
        folders(folder, tmp_path / "leer")
        (tmp_path / "leer").mkdir()
        said = run("publish", str(folder))
        assert f"{folder} ist selbst eine Praxishilfe. Hier gehört der Ordner darüber hin." in said
        assert f"In {tmp_path / 'leer'} liegt kein Ordner mit einer instrument.yaml." in said
        assert "ist veröffentlicht" in said
        folders(folder.parent)
        assert "Hinweis" not in run("diff", "treffen")

    def test_the_site_starts_and_says_it(self, tmp_path):
        said = said_at_the_start(tmp_path, BRUECKENSCHLAG_CONTENT__FOLDERS=f'["{tmp_path / "fehlt"}"]')
        assert f"Hinweis: [content] folders: Den Ordner {tmp_path / 'fehlt'} gibt es nicht." in said

    def test_the_site_starts_and_names_texts_that_it_cannot_read(self, tmp_path):
        (tmp_path / "pages").mkdir()
        (tmp_path / "pages" / "hilfe.md").write_bytes("Müller".encode("latin-1"))
        (tmp_path / "figures.yaml").write_text("figures: [", encoding="utf-8")
        said = said_at_the_start(tmp_path)
        assert "hilfe.md:1: Die Datei ist nicht als UTF-8 gespeichert." in said
        assert "figures.yaml:2: Das ist kein gültiges YAML" in said
