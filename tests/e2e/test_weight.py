"""The pages are light: what the line has to carry, compressed, with all that belongs to a page."""

from typing import Literal

import pytest
from playwright.sync_api import Page

from .walk import NEEDED, begin, rating, saving

pytestmark = pytest.mark.browser
FIRST_VISIT, LATER_PAGE = 100_000, 15_000
Moment = Literal["load", "networkidle"]


class Scales:
    """Weighs everything that arrives, as the browser's own network log counts it."""

    def __init__(self, page: Page) -> None:
        self._bytes = 0.0
        client = page.context.new_cdp_session(page)
        client.send("Network.enable")
        client.on("Network.loadingFinished", self._add)

    def _add(self, event: dict[str, float]) -> None:
        self._bytes += event["encodedDataLength"]

    def weight(self) -> int:
        """Bytes since the last time."""
        weighed, self._bytes = self._bytes, 0.0
        return round(weighed)


def weigh(page: Page, scales: Scales, address: str, *, until: Moment = "load") -> int:
    """What one page brings. `load` does not wait for the small icon; `networkidle` waits for all that may follow."""
    scales.weight()
    page.goto(address, wait_until=until)
    return scales.weight()


def test_the_first_visit_is_light(enter):
    page = enter()
    assert 1_000 < weigh(page, Scales(page), "/", until="networkidle") <= FIRST_VISIT


def test_the_first_visit_is_light_with_a_personal_link_that_leads_to_a_checkpoint(enter, filled):
    page = enter()
    scales = Scales(page)
    arrival = weigh(page, scales, filled.link, until="networkidle")
    assert arrival + weigh(page, scales, filled.root + "checkpunkt/kontakte", until="networkidle") <= FIRST_VISIT


def test_every_page_after_the_introduction_is_light(enter):
    page = enter()
    scales = Scales(page)
    # The introduction fetches ahead what the checkpoint pages need, while the person reads.
    weigh(page, scales, "/praxishilfe/zo/", until="networkidle")
    page.get_by_role("button", name="Praxishilfe beginnen").click()
    page.wait_for_load_state("networkidle")
    assert 1_000 < scales.weight() <= LATER_PAGE


def test_every_page_after_the_arrival_by_link_is_light(enter, filled):
    page = enter()
    scales = Scales(page)
    weigh(page, scales, filled.link, until="networkidle")
    places = ["ueberblick", "plan", "plan?sortierung=eigene", "plan/neu", "weitermachen", "loeschen"]
    places += [f"checkpunkt/{key}" for key in ("nutzen", "moeglichkeiten", "planen", "kontakte", "organisation")]
    weights = {place: weigh(page, scales, filled.root + place) for place in places}
    weights |= {place: weigh(page, scales, place) for place in ("/", "/hilfe", "/datenschutz", "/praxishilfe/zo/")}
    assert {place: weight for place, weight in weights.items() if weight > LATER_PAGE} == {}


def test_saving_a_change_is_light(enter):
    page = enter()
    begin(page)
    scales = Scales(page)
    weigh(page, scales, page.url, until="networkidle")
    scales.weight()
    with saving(page):
        rating(page, NEEDED).check()
    assert 0 < scales.weight() <= 3_000
