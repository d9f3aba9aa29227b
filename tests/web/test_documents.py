"""What one takes along: the page, each document, the bundle, the letter, and paper to fill in."""

import io
import json
import re
import uuid
import zipfile
from contextlib import ExitStack
from datetime import date

import pytest

from brueckenschlag.assessments.operations import rate_checkpoint
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.documents import building, queue
from brueckenschlag.documents.catalogue import BLANK, OWN, OWN_BY_KEY
from brueckenschlag.plans.operations import add_measure
from brueckenschlag.plans.rules import Content

# How each kind of file begins.
BEGINS = {
    "pdf": b"%PDF-",
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
    "zip": b"PK\x03\x04",
    "csv": b"\xef\xbb\xbf",
    "ics": b"BEGIN:VCALENDAR",
    "json": b"{",
}


@pytest.fixture
def ready(own, zo):
    """Everything that the self-declaration asks for."""
    for point in zo.checkpoints:
        rate_checkpoint(own.assessment, point.key, "bedarf", "", version=0, by=GUEST)
    for at in range(10):
        content = Content("planen", f"Maßnahme {at + 1}", "high", "Ada", date(2027, 1, 4), date(2027, 6, 1))
        add_measure(own.assessment, content, id=uuid.uuid4(), by=GUEST)
    return own


def name_of(answer) -> str:
    return re.fullmatch(r'attachment; filename="([A-Za-z0-9_.-]+)"', answer["Content-Disposition"])[1]


@pytest.mark.parametrize("document", OWN, ids=lambda one: one.key)
def test_every_document_arrives_as_a_file_with_a_speaking_name(own, owner, document):
    answer = owner.get(own.path(f"mitnehmen/{document.key}"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == document.media_type
    assert answer.content.startswith(BEGINS[document.extension])
    assert "Verein-der-Testfaelle" in name_of(answer)
    assert name_of(answer).endswith(f"{date.today().isoformat()}.{document.extension}")  # noqa: DTZ011  # as people say it


def test_nobody_keeps_a_copy_on_the_way(own, owner):
    answer = owner.get(own.path("mitnehmen/daten.json"))
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_page_links_every_document(own, owner):
    page = owner.get(own.path("mitnehmen")).content.decode()
    assert all(f"mitnehmen/{document.key}" in page for document in OWN)
    assert "mitnehmen/alles.zip" in page


def test_whoever_may_only_read_may_take_along_too(own, reader):
    assert "mitnehmen/bericht.pdf" in reader.get(own.path("mitnehmen")).content.decode()
    assert reader.get(own.path("mitnehmen/plan.csv")).status_code == 200


def test_an_unknown_document_is_not_there(own, owner):
    assert owner.get(own.path("mitnehmen/plan.exe")).status_code == 404


def test_the_self_declaration_says_what_is_missing(own, owner):
    page = owner.get(own.path("mitnehmen")).content.decode()
    assert "Dafür fehlen noch 7 Bewertungen." in page
    assert "mindestens 10 vollständige Maßnahmen" in page
    assert "Ausgefüllt sind Priorität, Verantwortlich, Beginn, Kontrolle." in page
    assert "mitnehmen/selbsterklaerung.pdf" not in page
    assert owner.get(own.path("mitnehmen/selbsterklaerung.pdf")).status_code == 302


def test_the_self_declaration_is_there_once_everything_is(ready, owner):
    assert "mitnehmen/selbsterklaerung.pdf" in owner.get(ready.path("mitnehmen")).content.decode()
    assert owner.get(ready.path("mitnehmen/selbsterklaerung.pdf")).content.startswith(b"%PDF-")


def test_a_dropped_measure_does_not_count_for_the_self_declaration(ready, owner):
    ready.assessment.measures.filter(text="Maßnahme 1").update(status="dropped")
    assert owner.get(ready.path("mitnehmen/selbsterklaerung.pdf")).status_code == 302


def test_the_bundle_holds_every_document_once(ready, owner):
    bundle = zipfile.ZipFile(io.BytesIO(owner.get(ready.path("mitnehmen/alles.zip")).content))
    assert bundle.testzip() is None
    names = bundle.namelist()
    assert len(set(names)) == len(names) == len(OWN) + 1  # with the self-declaration
    data = json.loads(bundle.read(next(name for name in names if name.endswith(".json"))))
    assert len(data["measures"]) == 10


NAMES = {
    "quotes": '"; filename="x.exe',
    "a path": "../../etc/passwd",
    "turned round": "Ｖｅｒｅｉｎ ☂ \u202etxt.exe",
    "long": "a" * 120,
    "Hebrew": "\u05d0\u05d1",
}


def test_the_name_of_a_file_ends_with_a_whole_word_and_keeps_every_letter(own, owner):
    own.assessment.name = "Bäckerei und Konditorei Krümel & Söhne, Inhaberin Özlem Yılmaz-Großschöneberger e. K."
    own.assessment.save()
    name = name_of(owner.get(own.path("mitnehmen/plan.csv")))
    assert "_Baeckerei-und-Konditorei-Kruemel-Soehne-Inhaberin-Oezlem_" in name
    own.assessment.name = "Yılmaz & Søn Łódź"
    own.assessment.save()
    assert "_Yilmaz-Son-Lodz_" in name_of(owner.get(own.path("mitnehmen/plan.csv")))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_no_name_of_an_organisation_breaks_the_name_of_the_file(own, owner, name):
    own.assessment.name = name[:120]
    own.assessment.save()
    answer = owner.get(own.path("mitnehmen/daten.json"))
    assert answer.status_code == 200
    assert len(name_of(answer)) < 100


def test_documents_speak_the_language_of_the_page(own, owner):
    german = owner.get(own.path("mitnehmen/plan.csv")).content.decode()
    english = owner.get("/en" + own.path("mitnehmen/plan.csv")).content.decode()
    assert "Verantwortlich" in german
    assert "Verantwortlich" not in english


@pytest.fixture
def crowd():
    """All places in the queue are taken."""
    with ExitStack() as places:
        for _ in range(queue.MOST_WAITING):
            places.enter_context(queue.turn())
        yield


def test_when_too_many_wait_the_page_says_so_and_what_to_do(own, owner, crowd):
    answer = owner.get(own.path("mitnehmen/bericht.pdf"))
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "gleich noch einmal" in answer.content.decode()


def test_when_too_many_wait_nothing_is_prepared_in_vain(own, owner, crowd, monkeypatch):
    monkeypatch.setattr(building, "of_assessment", lambda _: pytest.fail("the Report was built"))
    assert owner.get(own.path("mitnehmen/bericht.pdf")).status_code == 503


def test_what_is_made_at_once_waits_for_nobody(own, owner, crowd):
    for key in ("plan.csv", "termine.ics", "daten.json"):
        assert owner.get(own.path(f"mitnehmen/{key}")).status_code == 200


def test_when_too_many_wait_a_file_is_not_read_and_the_page_says_so(own, owner, crowd):
    for address in (own.path("zurueck"), "/praxishilfe/datei"):
        answer = owner.post(address, {"file": io.BytesIO(b"%PDF-")})
        assert answer.status_code == 503
        assert "Bitte laden Sie die Datei gleich noch einmal hoch." in answer.content.decode()


def test_every_place_is_given_back(own, owner):
    for _ in range(queue.MOST_WAITING + 1):
        assert owner.get(own.path("mitnehmen/selbsterklaerung.pdf")).status_code == 302


@pytest.mark.parametrize("language", ["", "/en", "/de-simple"])
@pytest.mark.parametrize("slug", ["zo", "kmu"])
@pytest.mark.parametrize("document", BLANK, ids=lambda one: one.key)
def test_paper_to_fill_in_is_there_for_everybody(nobody, document, slug, language):
    answer = nobody.get(f"{language}/praxishilfe/{slug}/bogen/{document.key}")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")


def test_the_sheet_offers_the_papers(nobody):
    page = nobody.get("/praxishilfe/zo/bogen").content.decode()
    assert all(f"bogen/{document.key}" in page for document in BLANK)


def test_paper_that_nobody_knows_is_not_there(nobody, edition):
    assert nobody.get("/praxishilfe/zo/bogen/plan.xlsx").status_code == 404
    assert nobody.get("/praxishilfe/unbekannt/bogen/heft.pdf").status_code == 404


def test_every_document_of_the_catalogue_is_on_the_page():
    assert set(OWN_BY_KEY) == {*(one.key for one in OWN), "selbsterklaerung.pdf", "alles.zip"}
