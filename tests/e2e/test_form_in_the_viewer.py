"""The form filled in with mouse and keyboard in the viewer that Chromium brings along, and saved there."""

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Browser, Frame, Page
from playwright.sync_api import TimeoutError as TooLate

from ..databases import fresh_database
from ..documents.form_fields import inconsistent, values

pytestmark = pytest.mark.browser

SHOWS = """page => {
  const viewer = document.querySelector('pdf-viewer');
  return viewer?.loadState_ === 'success' && viewer.viewport.getMostVisiblePage() === page;
}"""
FOCUS = "is_in => (document.querySelector('pdf-viewer').formFieldFocus_ !== 'none') === is_in"
WHERE = """page => {
  const viewer = document.querySelector('pdf-viewer');
  const shown = viewer.viewport.getPageScreenRect(page);
  const root = viewer.shadowRoot;
  const from = (root.querySelector('#scroller') || root.querySelector('#content')).getBoundingClientRect();
  return [shown.x + from.x, shown.y + from.y, shown.width, shown.height];
}"""
SAVE = """async () => {
  const saved = await document.querySelector('pdf-viewer').currentController.save('EDITED');
  return btoa(Array.from(new Uint8Array(saved.dataToSave), one => String.fromCharCode(one)).join(''));
}"""
MOST_TRIES, PATIENCE = 12, 3_000
BETWEEN_KEYS = 30  # milliseconds; the viewer loses keys of somebody who types faster than any person
BESIDE = (20, 880)  # on the screen, beside the page

TEXTS = {
    "name": "Łódź-Verein Ayşe Yıldız & Söhne",
    "note/nutzen": "Zeile eins\nZeile zwei: Größe ß",
    "plan/2/text": "Übung für alle (100 %)",
    "plan/2/responsible": "Žofie Nováková",
    "plan/2/start": "28.2.2027",
}
CHOICES = {"plan/2/checkpoint": "planen", "plan/2/priority": "high", "plan/2/status": "started"}
TICKS = {"rating/nutzen": "bedarf", "running/nutzen/mitstreitende": "Yes", "planned/nutzen/helfende": "Yes"}
ENTERED = TEXTS | CHOICES | TICKS


# In a process of its own: beside Playwright's event loop Django would look for its tables in another database.
MAKE = """
import django, sys
django.setup()
from django.core.management import call_command
from brueckenschlag.assessments import editions
from brueckenschlag.documents.building import of_instrument
from brueckenschlag.documents.printed.form import form_pdf
from brueckenschlag.management.publishing import publish_shipped
call_command("migrate", verbosity=0)
list(publish_shipped())
sys.stdout.buffer.write(form_pdf(of_instrument(editions.current("zo").hash)))
"""


@pytest.fixture
def form(tmp_path: Path) -> bytes:
    """The blank form."""
    own = {"DATA_DIR": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "brueckenschlag.settings"}
    command = [sys.executable, "-c", MAKE]
    return subprocess.run(command, env=os.environ | fresh_database() | own, check=True, capture_output=True).stdout


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    yield context.new_page()
    context.close()


def test_what_a_person_enters_in_the_browser_comes_back(form, page, tmp_path):
    file = tmp_path / "form.pdf"
    file.write_bytes(form)
    for number, names in sorted(by_page(form).items()):
        viewer = opened(page, file, number)
        file.write_bytes(filled_in(page, viewer, number, {name: ENTERED[name] for name in names}, form))
    back = file.read_bytes()
    assert values(back) == values(form) | ENTERED
    assert list(inconsistent(back)) == []


def by_page(form: bytes) -> dict[int, list[str]]:
    """Which of the fields to fill stand on which page."""
    found: dict[int, list[str]] = {}
    with pikepdf.open(BytesIO(form)) as pdf:
        for number, page in enumerate(pdf.pages):
            names = {name_of(widget) for widget in page.obj.get("/Annots", [])}
            if wanted := [name for name in ENTERED if name in names]:
                found[number] = wanted
    return found


def name_of(widget: Any) -> str:
    return str(widget.T if "/T" in widget else widget.Parent.T)


def opened(page: Page, file: Path, number: int) -> Frame:
    """The viewer at that page."""
    page.goto("about:blank")
    address = f"{file.as_uri()}#page={number + 1}&navpanes=0&view=Fit"
    with page.expect_event("framenavigated", lambda one: one.url.startswith("chrome-extension:")) as found:
        page.goto(address)
    viewer: Frame = found.value
    viewer.wait_for_function(SHOWS, arg=number)
    return viewer


def filled_in(page: Page, viewer: Frame, number: int, entered: dict[str, str], form: bytes) -> bytes:
    """The file that the viewer saves; what it has not taken, because it was still busy, is entered again."""
    for _ in range(MOST_TRIES):
        saved = base64.b64decode(viewer.evaluate(SAVE))
        found = values(saved)
        missing = {name: value for name, value in entered.items() if found[name] != value}
        if not missing:
            break
        for name, value in missing.items():
            place, first = where(form, number, name, value)
            enter_one(page, viewer, on_screen(viewer, number, place), (name, value), first)
    return saved


def where(form: bytes, number: int, name: str, value: str) -> tuple[tuple[float, float], str]:
    """The middle of the field, in parts of the page from its upper left corner; and how the wanted choice begins."""
    with pikepdf.open(BytesIO(form)) as pdf:
        sheet = pdf.pages[number]
        widget = next(one for one in sheet.obj.Annots if name_of(one) == name and shows(one, value))
        left, bottom, right, top = (float(one) for one in widget.Rect)
        width, height = (float(one) for one in list(sheet.mediabox)[2:])
        first = next((str(words)[0] for key, words in widget.get("/Opt", []) if str(key) == value), "")
    return ((left + right) / 2 / width, 1 - (bottom + top) / 2 / height), first


def on_screen(viewer: Frame, number: int, place: tuple[float, float]) -> tuple[float, float]:
    x, y, width, height = viewer.evaluate(WHERE, number)
    return x + place[0] * width, y + place[1] * height


def enter_one(page: Page, viewer: Frame, place: tuple[float, float], entry: tuple[str, str], first: str) -> None:
    """Clicks where the field is, and types; a list jumps to what begins with the sign typed."""
    name, value = entry
    page.mouse.click(*place)
    if name in TICKS:
        return
    try:
        viewer.wait_for_function(FOCUS, arg=True, timeout=PATIENCE)
    except TooLate:
        return  # the click came too early, before the viewer had drawn the page; there will be another one
    if name in TEXTS:
        page.keyboard.press("Control+a")
        for nth, line in enumerate(value.split("\n")):
            if nth:
                page.keyboard.press("Enter")
            page.keyboard.type(line, delay=BETWEEN_KEYS)
    else:
        page.keyboard.type(first)
    page.keyboard.press("Tab")  # leaving the field is what makes the viewer take the entry
    page.mouse.click(*BESIDE)
    viewer.wait_for_function(FOCUS, arg=False)


def shows(widget: Any, value: str) -> bool:
    """Whether this is the button of that level; any other widget is the only one of its field."""
    return "/Parent" not in widget or f"/{value}" in widget.AP.N
