"""How much there is to read on two ways: words in sight, counted in the real browser at 360 px.

From the introduction to the plan; and from somebody's first sign-in to an organisation with a colleague invited and
advice allowed.

Explanations that stay folded are not counted: they are for whoever wants to know more. 238 words a minute is the mean
of adults who read non-fiction silently (Brysbaert 2019, a review of 190 studies; in English, German is close). Choosing
takes time too: ten seconds for each rating, measure or other choice, half a minute for a name, and for each link that
is kept or handed on.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from browser import installed  # the same search as for the tests
from playwright.sync_api import Page, sync_playwright
from server import Server

WORDS_A_MINUTE = 238
MEASURES = 3
CHOICE, NAME_OR_LINK = 10, 30  # seconds


def reading(server: Server, data_dir: Path) -> dict[str, float]:
    """Words in sight on the walks, and minutes with choosing; the server keeps its data in that folder."""
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed(), args=flags)
        page = chromium.new_page(base_url=f"http://127.0.0.1:{server.port}", viewport={"width": 360, "height": 740})
        words, ratings = _walk(page)
        page.goto(_way_in(data_dir))
        founding = _found(page)
        chromium.close()
    seconds = CHOICE * (ratings + MEASURES) + 2 * NAME_OR_LINK
    return {
        "words in sight from the introduction to the plan": words,
        "minutes to read them and choose": _minutes(words, seconds),
        "words in sight from signing in to an organisation with a colleague and advice": founding,
        "minutes to read them, choose and hand the links on": _minutes(founding, 3 * CHOICE + 3 * NAME_OR_LINK),
    }


def _way_in(data_dir: Path) -> str:
    """What the operator's command prints for somebody new, as a path."""
    command = [sys.executable, "-m", "brueckenschlag", "sign_in_link", "ayla@example.org", "--create"]
    environment = os.environ | {"DATA_DIR": str(data_dir)}
    printed = subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout
    return re.search(r"/einlass/\S+", printed)[0]


def _minutes(words: int, seconds: int) -> float:
    return round(words / WORDS_A_MINUTE + seconds / 60, 1)


def _found(page: Page) -> int:
    """Founds an organisation, invites a colleague and allows advice: the words on the way."""
    words = _words(page)
    page.get_by_role("button", name="Jetzt anmelden").click()
    for step, name in (
        (page.get_by_role("link"), "Organisation anlegen"),
        (page.get_by_role("button"), "Organisation anlegen"),
        (page.get_by_role("link"), "Mitglieder"),
        (page.get_by_role("button"), "Einladen"),
        (page.get_by_role("link"), "Beratung"),
        (page.get_by_role("button"), "Beratung erlauben"),
    ):
        words += _words(page)
        if (field := page.get_by_label("Name der Organisation")).count():
            field.fill("Nachbarschaftshilfe Lindental e. V.")
        step.and_(page.get_by_text(name, exact=True)).first.click()
    page.locator("#link").wait_for()
    return words + _words(page)


def _walk(page: Page) -> tuple[int, int]:
    page.goto("/praxishilfe/zo/")
    words, ratings = _words(page), 0
    page.get_by_role("button", name="Praxishilfe beginnen").click()
    while "/checkpunkt/" in page.url:
        words += _words(page)
        page.locator(".level").first.click()
        ratings += 1
        here = page.url
        page.get_by_role("button", name="Speichern und weiter").click()
        page.wait_for_url(lambda url, here=here: url != here)
    words += _words(page)
    page.goto(page.url.replace("ueberblick", "plan"))
    return words + _words(page), ratings


def _words(page: Page) -> int:
    return len(re.findall(r"\w+", page.locator("main").inner_text()))
