"""Taking along what has been entered, as files, in the real browser; and the round trip by a form filled in there."""

import io
import json
import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from .filled import PLANNED
from .walk import expect_heading

pytestmark = pytest.mark.browser
BEGINS = {
    "pdf": b"%PDF-",
    "docx": b"PK",
    "xlsx": b"PK",
    "csv": b"\xef\xbb\xbf",
    "ics": b"BEGIN:VCALENDAR",
    "json": b"{",
}


def download(page: Page, title: str) -> tuple[str, bytes]:
    """Presses the button beside the title; the file's name and content."""
    row = page.get_by_role("listitem").filter(has=page.get_by_text(title, exact=True))
    with page.expect_download() as waiting:
        row.get_by_role("link", name="Herunterladen").click()
    with open(waiting.value.path(), "rb") as file:
        return waiting.value.suggested_filename, file.read()


@pytest.mark.parametrize(("width", "script"), [(360, True), (1280, False)])
def test_every_document_can_be_taken_along(enter, filled, width, script):
    page = enter(width=width, script=script)
    page.goto(filled.link)
    page.get_by_role("link", name="Mitnehmen").click()
    expect_heading(page, re.compile("Mitnehmen"))
    titles = [one.inner_text() for one in page.locator(".taps li:has(a) strong").all()]
    assert len(titles) == 9  # the self-declaration waits for its ratings and measures
    for title in titles:
        name, content = download(page, title)
        ending = name.rpartition(".")[2]
        assert content.startswith(BEGINS.get(ending, b"PK"))
        assert re.fullmatch(r"[A-Za-z-]+_[A-Za-z0-9-]+_20\d\d-\d\d-\d\d\.[a-z]+", name)


def test_the_bundle_holds_what_has_been_entered(enter, filled):
    page = enter()
    page.goto(filled.link)
    page.goto(filled.root + "mitnehmen")
    _, content = download(page, "Alles zusammen (ZIP)")
    bundle = zipfile.ZipFile(io.BytesIO(content))
    data = json.loads(bundle.read(next(name for name in bundle.namelist() if name.endswith(".json"))))
    assert len(data["measures"]) >= len(PLANNED)
    assert any("Yılmaz" in rating["note"] for rating in data["ratings"])


def test_whoever_may_only_read_takes_along_and_brings_nothing_back(enter, filled):
    page = enter()
    page.goto(filled.reading_link)
    page.get_by_role("link", name="Mitnehmen").click()
    name, _ = download(page, "Maßnahmenplan als PDF")
    assert name.endswith(".pdf")
    expect(page.get_by_role("link", name="Ausgefüllte Datei zurückbringen")).to_have_count(0)


def test_a_document_comes_by_mail(enter, filled, site):
    page = enter()
    page.goto(filled.link)
    page.goto(filled.root + "mitnehmen")
    page.get_by_label("Welches Dokument?").select_option(label="Termine für den Kalender")
    page.get_by_label("E-Mail-Adresse").fill("vorstand@example.org")
    page.get_by_role("button", name="E-Mail schicken").click()
    expect(page.get_by_role("status")).to_contain_text("Die E-Mail ist unterwegs.")
    _, attachment = site.letters.next().iter_parts()
    assert attachment.get_content_type() == "text/calendar"


@pytest.mark.parametrize("title", ["Broschüre zum Ausdrucken", "Heft zum Falten", "Formular zum Ausfüllen am Computer"])
def test_paper_is_there_before_anything_has_been_entered(enter, title):
    page = enter(width=360)
    page.goto("/praxishilfe/zo/bogen")
    with page.expect_download() as waiting:
        page.get_by_role("link", name=title).click()
    with open(waiting.value.path(), "rb") as file:
        assert file.read().startswith(b"%PDF-")
