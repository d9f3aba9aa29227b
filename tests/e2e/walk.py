"""Steps that many journeys share, named as a person would tell them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, Response, expect

TITLES = (
    "Strategischer Nutzen",
    "Möglichkeiten der Zusammenarbeit",
    "Zusammenarbeit planen",
    "Unterschiedliche Denk- und Sprachwelten",
    "Kontakte zu KMU entwickeln",
    "Vereinbarungen",
    "Interne Organisation der Zusammenarbeit",
)
URGENT = "Dringender Handlungsbedarf"
NEEDED = "Handlungsbedarf"
FINE = "Zurzeit kein Handlungsbedarf"


def begin(page: Page, name: str = "") -> str:
    """From the introduction to the first checkpoint; the address under which all pages of this Praxishilfe lie."""
    page.goto("/praxishilfe/zo/")
    return begin_here(page, name)


def begin_here(page: Page, name: str) -> str:
    """The same for whoever reads the introduction already."""
    page.get_by_label("Name der Organisation").fill(name)
    page.get_by_role("button", name="Praxishilfe beginnen").click()
    expect_heading(page, TITLES[0])
    return page.url.partition("checkpunkt/")[0]


def expect_heading(page: Page, words: str | re.Pattern[str]) -> None:
    """The page's one main heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def rating(page: Page, label: str) -> Locator:
    """The radio of that rating; its name goes on with what the rating means."""
    return page.get_by_role("radio", name=re.compile(f"^{label}"))


def switch(page: Page, words: str, number: int = 0) -> Locator:
    """The switch with these words at the suggestion of that number."""
    return page.get_by_role("checkbox", name=words).nth(number)


def note(page: Page) -> Locator:
    """The field for the note."""
    return page.get_by_label("Notiz", exact=True)


def status(page: Page) -> Locator:
    """What the checkpoint page says about saving."""
    return page.locator("#status-words")


def is_save(response: Response) -> bool:
    """Whether this answers a checkpoint page that was sent."""
    return response.request.method == "POST" and "/checkpunkt/" in response.url


@contextmanager
def saving(page: Page) -> Iterator[None]:
    """A change that the page saves by itself."""
    with page.expect_response(is_save):
        yield
    expect(status(page)).to_have_text(re.compile("^Gespeichert"))


def go_on(page: Page) -> None:
    """Presses the button that leads to the next page; what comes next is for the journey to see."""
    page.get_by_role("button", name="Speichern und weiter").click()


def to_plan(page: Page, root: str) -> None:
    """Opens the plan."""
    page.goto(root + "plan")
    expect_heading(page, re.compile("Maßnahmenplan$"))


def rows(page: Page) -> Locator:
    """The measures in the plan."""
    return page.locator("table.plan tbody tr")


def add_measure(page: Page, root: str, text: str, *, checkpoint: int = 1, priority: str = "mittel") -> None:
    """Writes a measure of one's own."""
    page.goto(root + "plan/neu")
    page.get_by_label("Checkpunkt").select_option(index=checkpoint)
    page.get_by_label("Maßnahme", exact=True).fill(text)
    page.get_by_role("radio", name=priority).check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text(f"Im Plan: „{text}“")).to_be_visible()


def personal_link(page: Page, root: str) -> str:
    """The link that opens everything."""
    page.goto(root + "weitermachen")
    return page.locator("#link").inner_text()


def reading_link(page: Page, root: str) -> str:
    """The link that only shows."""
    page.goto(root + "weitermachen")
    return page.locator("#reading").inner_text()
