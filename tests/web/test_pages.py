"""Pages that every site needs, headers of all pages, and how many queries each costs."""

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brueckenschlag.configuration import Configuration, Operator
from brueckenschlag.instruments import figures
from brueckenschlag.web import page_texts

PUBLIC = [
    "/",
    "/praxishilfe/zo/",
    "/praxishilfe/zo/hintergrund",
    "/praxishilfe/zo/bogen",
    "/hilfe",
    "/datenschutz",
    "/barrierefreiheit",
    "/impressum",
    "/zahlen",
    "/weitermachen",
    "/geloescht",
]
PRIVATE = ["ueberblick", "plan", "checkpunkt/planen", "plan/neu", "weitermachen", "loeschen", "name"]


@pytest.fixture
def operator(settings):
    details = Operator(
        name="Musterverein e. V.",
        street="Beispielweg 1",
        place="12345 Musterstadt",
        email="info@example.org",
        represented_by="Ada Beispiel",
        register_entry="VR 1234",
        phone="030 1234567",
    )
    settings.CONFIGURATION = Configuration(operator=details)


def test_the_imprint_shows_the_operators_details(nobody, operator):
    page = nobody.get("/impressum").content.decode()
    for words in (
        "Musterverein e. V.",
        "Beispielweg 1",
        "12345 Musterstadt",
        "info@example.org",
        "VR 1234",
        "Ada Beispiel",
    ):
        assert words in page


def test_a_missing_imprint_does_not_alarm_visitors(nobody):
    page = nobody.get("/impressum").content.decode()
    assert "brueckenschlag.toml" not in page
    assert nobody.get("/impressum").status_code == 200


def test_the_privacy_page_names_the_terms_that_the_code_keeps(nobody):
    page = nobody.get("/datenschutz").content.decode()
    for words in ("24 Monate", "30 Tage", "90 Tage", "geraet", "csrftoken"):
        assert words in page
    assert "${" not in page


@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_has_its_frame(nobody, path):
    page = nobody.get(path).content.decode()
    assert page.count("<h1") + (path == "/praxishilfe/zo/bogen") >= 1
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert '<html lang="de">' in page
    for words in ("Impressum", "Datenschutz", "Barrierefreiheit", "Hilfe", "Zum Inhalt springen"):
        assert words in page


@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_has_a_strict_policy_and_no_third_party(nobody, path):
    answer = nobody.get(path)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    page = answer.content.decode()
    # The sources of the figures are links that a person may follow; no page loads anything from elsewhere.
    loaded = re.sub(r'<a href="https://[^"]+" rel="noreferrer">', "", page) if path == "/zahlen" else page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', loaded)
    assert " style=" not in page


def test_the_introduction_says_what_happens_with_the_data(nobody):
    page = nobody.get("/praxishilfe/zo/").content.decode()
    for words in ("20 bis 40 Minuten", "24 Monate nach der letzten Änderung", "Praxishilfe beginnen"):
        assert words in page


@pytest.mark.parametrize("name", ["x" * 121, "a\x00b"])
def test_a_bad_name_begins_nothing(nobody, name):
    from brueckenschlag.assessments.models import Assessment

    answer = nobody.post("/praxishilfe/zo/", {"name": name})
    assert answer.status_code == 422
    assert 'id="error_name"' in answer.content.decode()
    assert not Assessment.objects.exists()


def test_the_name_can_be_changed_and_taken_away(own, owner):
    owner.post(own.path("name"), {"name": "Bereich\nJugend"})
    assert "Bereich Jugend" in owner.get(own.path("ueberblick")).content.decode()
    owner.post(own.path("name"), {"name": ""})
    own.assessment.refresh_from_db()
    assert own.assessment.name == ""


def test_the_overview_names_the_most_urgent_and_what_is_unrated(own, owner):
    for key, level in (("planen", "dringend"), ("nutzen", "gut"), ("kontakte", "bedarf")):
        owner.post(own.path(f"checkpunkt/{key}"), {"level": level, "version": 0})
    page = owner.get(own.path("ueberblick")).content.decode()
    assert "3 von 7 Checkpunkten bewertet." in page
    assert "Am dringendsten: <strong>Zusammenarbeit planen</strong>" in page
    assert page.count("Noch nicht bewertet") == 4
    assert "Zum Maßnahmenplan" in page


CEILINGS = {
    "ueberblick": 4,
    "plan": 3,
    "checkpunkt/planen": 4,
    "plan/neu": 1,
    f"plan/neu?id={UUID(int=1)}": 2,
    f"plan/neu?id={UUID(int=1)}&checkpunkt=planen": 3,
    "weitermachen": 1,
    "loeschen": 3,
    "name": 1,
}


@pytest.mark.parametrize("path", CEILINGS)
def test_a_page_keeps_to_its_number_of_queries(own, owner, path):
    owner.post(own.path("checkpunkt/planen"), {"level": "gut", "version": 0, "planned": "planen.kriterien"})
    owner.post(own.path("checkpunkt/nutzen"), {"level": "gut", "version": 0, "running": "nutzen.mitstreitende"})
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert owner.get(own.path(path)).status_code in {200, 302}
    assert len(queries) <= CEILINGS[path], [query["sql"] for query in queries]


@pytest.mark.parametrize("htmx", [True, False])
def test_saving_a_rating_keeps_to_five_statements(own, owner, htmx):
    headers = {"HX-Request": "true"} if htmx else {}
    for version, level in enumerate(("gut", "bedarf")):
        with CaptureQueriesContext(connection) as queries:
            owner.post(own.path("checkpunkt/planen"), {"level": level, "version": version}, headers=headers)
        statements = [query["sql"] for query in queries if not re.match("BEGIN|COMMIT|SAVEPOINT|RELEASE", query["sql"])]
        assert len(statements) <= 5, statements


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_ask_the_database_for_the_edition_of_today_at_most(nobody, path):
    nobody.get(path)
    with CaptureQueriesContext(connection) as queries:
        nobody.get(path)
    assert len(queries) <= (path in ("/", "/hilfe", "/impressum", "/weitermachen") or path.startswith("/praxishilfe/"))


def test_a_file_of_figures_that_cannot_be_read_shows_ours(nobody, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "figures.yaml").write_text("figures: [", encoding="utf-8")
    answer = nobody.get("/zahlen")
    assert answer.status_code == 200
    assert "3.300" in answer.content.decode()


@pytest.mark.parametrize("content", ["Müller".encode("latin-1"), b"", b"  \n"])
def test_a_text_of_the_operators_that_cannot_be_read_shows_ours(nobody, settings, tmp_path, content):
    settings.DATA_DIR = tmp_path
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "hilfe.md").write_bytes(content)
    page_texts.page.cache_clear()
    try:
        assert "Was ist eine Praxishilfe?" in nobody.get("/hilfe").content.decode()
    finally:
        page_texts.page.cache_clear()


def test_the_operators_own_figures_come_first(nobody, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    ours = figures.FILE.read_text(encoding="utf-8")
    (tmp_path / "figures.yaml").write_text(ours.replace("3.300", "9.900"), encoding="utf-8")
    page = nobody.get("/zahlen").content.decode()
    assert "9.900" in page
    assert "3.300" not in page
