"""What a publisher does on the command line: publish, compare, describe, preview."""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
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


def test_hints_count_as_faults_where_it_is_strict(folder):
    shutil.rmtree(folder / "languages/en/checkpoints")
    assert "Hinweis: Es fehlt" in run("check", str(folder))
    with pytest.raises(CommandError, match="Fehler in 1 Instrumenten"):
        run("check", "--strict", str(folder))


def product(**names: str) -> dict[str, str]:
    """The environment of a person at the command line, without the settings of the tests."""
    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"} | names


def test_the_preview_shows_the_draft_as_it_is_on_the_disk(folder, tmp_path):
    port = str(free_port())
    # The operator's own database must not be touched, nor even be there.
    ours = product(PORT=port, DATA_DIR=str(tmp_path / "daten"), DATABASE_URL="postgres://echt@127.0.0.1:1/echt")
    command = [sys.executable, "-m", "brueckenschlag", "content", "preview", str(folder)]
    with subprocess.Popen(command, env=ours, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as preview:
        try:
            page = f"http://127.0.0.1:{port}/praxishilfe/treffen/"
            assert preview.stdout
            for line in preview.stdout:
                if "Brückenschlag läuft" in line.decode():
                    break
            assert "Gute Treffen im Verein</h1>" in opened(page)
            assert "Entwurf." in opened(page)
            change(folder, "instrument.yaml", r"^title: .*", "title: Bessere Treffen")
            assert "Bessere Treffen</h1>" in opened(page)
            change(folder, "instrument.yaml", r"^title: ", "titel: ")
            broken = opened(page)
            assert "Bessere Treffen</h1>" in broken
            assert "treffen/instrument.yaml, Zeile 1: Das Feld „title“ fehlt." in broken
        finally:
            preview.send_signal(2)
            preview.wait(timeout=20)


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
