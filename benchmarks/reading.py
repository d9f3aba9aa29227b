"""How much there is to read on the way from the introduction to the plan: words in sight, counted in the real browser.

Explanations that stay folded are not counted: they are for whoever wants to know more. 238 words a minute is the mean
of adults who read non-fiction silently (Brysbaert 2019, a review of 190 studies; in English, German is close). Choosing
takes time too: ten seconds for each rating and each measure, a minute for the name and the personal link.
"""

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from browser import installed  # the same search as for the tests
from playwright.sync_api import Page, sync_playwright
from server import Server

WORDS_A_MINUTE = 238
MEASURES = 3


def reading(server: Server) -> dict[str, float]:
    """Words in sight on the walk, and minutes with choosing, on a phone of 360 px."""
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed(), args=flags)
        page = chromium.new_page(base_url=f"http://127.0.0.1:{server.port}", viewport={"width": 360, "height": 740})
        words, ratings = _walk(page)
        chromium.close()
    seconds = 60 + 10 * (ratings + MEASURES)
    return {
        "words in sight from the introduction to the plan": words,
        "minutes to read them and choose": round(words / WORDS_A_MINUTE + seconds / 60, 1),
    }


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
