"""The operator's settings: a file that explains itself, the environment above it, a clear word when it is wrong."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from brueckenschlag import configuration


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation that has never run."""
    for name in os.environ:
        if name.startswith(("BRUECKENSCHLAG_", "DATABASE_URL")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "neu" / "daten"))
    return tmp_path / "neu" / "daten"


def written(folder: Path, text: str) -> None:
    folder.mkdir(parents=True)
    (folder / "brueckenschlag.toml").write_text(text, encoding="utf-8")


def command(*words: str, **names: str) -> subprocess.CompletedProcess[str]:
    """One call of the command line."""
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "brueckenschlag", *words],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "brueckenschlag.settings"} | names,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_the_first_run_writes_a_file_that_explains_itself(folder):
    assert configuration.read() == configuration.Configuration()
    file = folder / "brueckenschlag.toml"
    assert file.read_text(encoding="utf-8") == configuration.TEMPLATE.read_text(encoding="utf-8")
    assert mode(file) == 0o600


def test_the_template_names_every_setting(folder):
    template = configuration.TEMPLATE.read_text(encoding="utf-8")
    for section, model in configuration.Configuration.model_fields.items():
        assert f"\n[{section}]\n" in template
        for name in model.annotation.model_fields:
            assert f"\n# {name} = " in template


def test_the_examples_in_the_template_are_valid_when_they_are_used(folder):
    lines = configuration.TEMPLATE.read_text(encoding="utf-8").splitlines()
    written(folder, "\n".join(line.removeprefix("# ") if " = " in line else line for line in lines))
    read = configuration.read()
    assert read.operator.is_complete
    assert (read.mail.port, read.mail.security) == (587, "starttls")


def test_a_file_that_is_there_is_read_and_left_alone(folder):
    written(folder, '[operator]\nname = "Bürgerhaus"\n')
    assert configuration.read().operator.name == "Bürgerhaus"
    assert (folder / "brueckenschlag.toml").read_text(encoding="utf-8") == '[operator]\nname = "Bürgerhaus"\n'


def test_the_environment_beats_the_file_setting_by_setting(folder, monkeypatch):
    written(folder, '[operator]\nname = "Aus der Datei"\nplace = "Ort aus der Datei"\n')
    monkeypatch.setenv("BRUECKENSCHLAG_OPERATOR__NAME", "Aus der Umgebung")
    operator = configuration.read().operator
    assert (operator.name, operator.place) == ("Aus der Umgebung", "Ort aus der Datei")


@pytest.mark.parametrize("missing", ["sender", "public_url"])
def test_mail_without_sender_or_public_address_is_refused(folder, monkeypatch, missing):
    given = {"host": "MAIL__HOST", "sender": "MAIL__SENDER", "public_url": "SITE__PUBLIC_URL"}
    for name in given.keys() - {missing}:
        monkeypatch.setenv(f"BRUECKENSCHLAG_{given[name]}", "https://example.org")
    sentence = r"Wer \[mail\] host setzt, braucht auch \[mail\] sender und \[site\] public_url\."
    with pytest.raises(configuration.SettingsError, match=sentence):
        configuration.read()


@pytest.mark.parametrize("address", ["example.org", "//example.org", "ftp://example.org"])
def test_a_public_address_without_http_is_refused(folder, monkeypatch, address):
    monkeypatch.setenv("BRUECKENSCHLAG_SITE__PUBLIC_URL", address)
    with pytest.raises(configuration.SettingsError, match=r"public_url muss mit http:// oder https:// beginnen\."):
        configuration.read()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[site]\npublik_url = "https://example.org"\n', ("site", "publik_url")),
        ('[sites]\npublic_url = "https://example.org"\n', ("sites",)),
        ('public_url = "https://example.org"\n', ("public_url",)),
        ('[mail]\nsecurity = "ssl"\n', ("mail", "security")),
        ('[mail]\nport = "viele"\n', ("mail", "port")),
    ],
)
def test_a_misspelt_name_or_value_in_the_file_is_refused(folder, text, place):
    written(folder, text)
    with pytest.raises(configuration.SettingsError) as refused:
        configuration.read()
    assert str(refused.value).startswith(f"Einstellung {'.'.join(place)}: ")


@pytest.mark.parametrize("name", ["MAIL__HOSTT", "MIAL__HOST", "MAIL_HOST", "PUBLIC_URL"])
def test_a_misspelt_name_in_the_environment_is_refused(folder, monkeypatch, name):
    monkeypatch.setenv(f"BRUECKENSCHLAG_{name}", "example.org")
    with pytest.raises(configuration.SettingsError):
        configuration.read()


ADDRESS = "postgres://verein:ge%40heim@db.example.org:5433/hilfe?sslmode=verify-full"


def test_without_a_word_everything_is_in_a_file(folder):
    assert configuration.read().database.url == ""


@pytest.mark.parametrize("name", ["DATABASE_URL", "BRUECKENSCHLAG_DATABASE__URL"])
def test_a_variable_names_the_database_and_beats_the_file(folder, monkeypatch, name):
    written(folder, '[database]\nurl = "postgres://localhost/alt"\n')
    assert configuration.read().database.url == "postgres://localhost/alt"
    monkeypatch.setenv(name, ADDRESS)
    assert configuration.read().database.url == ADDRESS
    monkeypatch.setenv(name, "")
    assert configuration.read().database.url == ""


def test_the_short_name_beats_the_long_one(folder, monkeypatch):
    monkeypatch.setenv("BRUECKENSCHLAG_DATABASE__URL", "postgres://localhost/alt")
    monkeypatch.setenv("DATABASE_URL", ADDRESS)
    assert configuration.read().database.url == ADDRESS


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        (
            ADDRESS,
            {
                "user": "verein",
                "password": "ge@heim",
                "host": "db.example.org",
                "port": "5433",
                "dbname": "hilfe",
                "sslmode": "verify-full",
            },
        ),
        ("postgresql:///hilfe", {"dbname": "hilfe"}),
        ("postgresql:///hilfe?host=/run/postgresql", {"dbname": "hilfe", "host": "/run/postgresql"}),
        ("postgres://[::1]/hilfe?options=", {"host": "::1", "dbname": "hilfe", "options": ""}),
    ],
)
def test_the_parts_of_an_address_of_postgresql(address, parts):
    assert configuration.postgresql_parts(address) == parts


@pytest.mark.parametrize(
    "address",
    [
        "mysql://verein:geheim@localhost/hilfe",
        "localhost/hilfe",
        "host=localhost password=geheim dbname=hilfe",
        "postgres:",
        "postgres://",
        "postgres://verein:geheim@localhost",
        "postgres://verein:geheim@localhost/hilfe?sslmod=require",
        "postgres://verein:geheim@localhost:fünf/hilfe",
        "postgres://verein:ge%heim@localhost/hilfe",
        "postgres://verein:ge@heim@localhost/hilfe",
        "postgres://verein:ge/heim@localhost/hilfe",
        "postgres://verein:12/geheim@localhost/hilfe",
        "postgres://verein:ge heim@localhost/hilfe",
    ],
)
def test_what_is_no_address_of_postgresql_is_refused_without_showing_the_password(folder, monkeypatch, address):
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(configuration.SettingsError) as refused:
        configuration.read()
    assert str(refused.value).startswith("Einstellung database.url: DATABASE_URL ist keine Adresse einer PostgreSQL-")
    assert "heim" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("postgres://verein:geheim@127.0.0.1:1/hilfe", "Connection refused"),
        ("postgres://verein:geheim@127.0.0.1:1/hilfe?sslmode=immer", 'invalid sslmode value: "immer"'),
        ("postgres://verein:geheim@127.0.0.1:99999/hilfe", 'invalid port number: "99999"'),
        ("postgresql:///hilfe?host=/nirgends", "No such file or directory"),
    ],
)
def test_a_database_out_of_reach_is_told_in_one_line(folder, address, reason):
    run = command("serve", DATABASE_URL=address)
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 1
    assert run.stderr.startswith("Die Datenbank antwortet nicht wie nötig: ")
    assert reason in run.stderr
    assert "geheim" not in run.stderr


def test_a_data_folder_that_cannot_hold_a_database_is_told_in_one_line(folder):
    (folder / "brueckenschlag.sqlite3").mkdir(parents=True)
    run = command("remove_expired", DATABASE_URL="")
    assert (run.returncode, run.stderr) == (
        1,
        "Die Datenbank antwortet nicht wie nötig: unable to open database file\n",
    )


def test_a_connection_is_set_up_as_we_count_on_it(db):
    with connection.cursor() as cursor:

        def said(words: str) -> str:
            return str(cursor.execute(words).fetchone()[0])

        if connection.vendor == "postgresql":
            names = ("lock_timeout", "statement_timeout", "transaction_isolation", "application_name")
            assert [said(f"SHOW {name}") for name in names] == ["20s", "1min", "read committed", "brueckenschlag"]
        else:
            names = ("busy_timeout", "foreign_keys", "synchronous", "journal_mode")
            assert [said(f"PRAGMA {name}") for name in names] == ["20000", "1", "2", "wal"]


def test_the_secret_key_is_made_once_and_for_the_owner_only(folder):
    before = os.umask(0)
    try:
        made = configuration.secret_key()
    finally:
        os.umask(before)
    assert mode(folder / "secret_key") == 0o600
    assert len(made) >= 50
    assert configuration.secret_key() == made


def test_each_installation_has_a_secret_key_of_its_own(folder, monkeypatch, tmp_path):
    first = configuration.secret_key()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "andere"))
    assert configuration.secret_key() != first


def test_the_operator_is_complete_with_name_address_and_mail():
    details = {"name": "Bürgerhaus", "street": "Probeweg 1", "place": "12345 Probestadt", "email": "a@example.org"}
    assert configuration.Operator(**details).is_complete
    assert not any(configuration.Operator(**details | {name: ""}).is_complete for name in details)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[mail]\nhost = "localhost"\n', "Wer [mail] host setzt, braucht auch [mail] sender und [site] public_url."),
        ('[site]\npublik_url = ""\n', "Einstellung site.publik_url: "),
        ("[site\n", "brueckenschlag.toml"),
    ],
)
def test_the_command_line_says_what_is_wrong_in_one_line_and_stops(folder, text, sentence):
    written(folder, text)
    run = command("check")
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1
    assert sentence in run.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("guests_months = 0", "Einstellung retention.guests_months: muss mindestens 1 sein."),
        ("guests_months = 121", "Einstellung retention.guests_months: darf höchstens 120 sein."),
        ("organisations_months = -1", "Einstellung retention.organisations_months: muss mindestens 0 sein."),
        ("log_months = 'ewig'", "Einstellung retention.log_months: muss eine ganze Zahl sein."),
        ("invitations_days = 1.5", "Einstellung retention.invitations_days: muss eine ganze Zahl sein."),
        ("guest_months = 24", "Einstellung retention.guest_months: gibt es nicht. Ist es verschrieben?"),
    ],
)
def test_a_term_that_cannot_be_kept_is_said(folder, line, said):
    written(folder, f"[retention]\n{line}\n")
    with pytest.raises(configuration.SettingsError, match=said.replace(".", r"\.").replace("?", r"\?")):
        configuration.read()
