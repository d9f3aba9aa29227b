"""A newer edition comes out while somebody works: told of, put away, looked at, moved to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.next_edition import change, next_edition

from .server import free_port, publish, running_site
from .test_accessibility import SCHEMES, SIZES, faults
from .test_widths import WIDTHS, overhang
from .walk import NEEDED, TITLES, add_measure, begin, expect_heading, go_on, rating

pytestmark = pytest.mark.browser
NOTICE = "Es gibt eine neue Fassung dieser Praxishilfe."


@pytest.fixture
def data(tmp_path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def address(data) -> Iterator[str]:
    """A site of its own, because a new edition would change the others' Praxishilfen."""
    data.mkdir()
    with running_site(data, {}, free_port()) as address:
        yield address


@pytest.fixture
def begun(enter, address, data, tmp_path) -> tuple[Page, str]:
    """A page at the overview of a Praxishilfe that was begun with the edition before."""
    page = enter(address=address, script=False)
    root = begin(page)
    rating(page, NEEDED).check()
    go_on(page)
    add_measure(page, root, "Wer macht was", checkpoint=7)
    publish(data, next_edition(tmp_path / "zo"))
    page.goto(root + "ueberblick")
    return page, root


def looks_good(page: Page) -> None:
    """No fault for axe, and nothing that must be pushed sideways."""
    for size in SIZES:
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert faults(page) == {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert overhang(page) <= 0


def test_the_notice_is_put_away_without_javascript_and_comes_back_for_the_next_edition(begun, data, tmp_path):
    page, root = begun
    expect(page.get_by_text(NOTICE)).to_be_visible()
    page.get_by_role("button", name="Später", exact=True).click()
    expect_heading(page, "Ihr Überblick")
    expect(page.get_by_text(NOTICE)).to_have_count(0)
    page.get_by_role("link", name="Neue Fassung dieser Praxishilfe").click()
    expect_heading(page, "Es gibt eine neue Fassung")
    page.get_by_role("button", name="Bei dieser Fassung bleiben").click()
    expect_heading(page, "Ihr Überblick")
    change(tmp_path / "zo/instrument.yaml", r"^edition: .*", "edition: übernächste")
    publish(data, tmp_path / "zo")
    page.goto(root + "ueberblick")
    expect(page.get_by_text(NOTICE)).to_be_visible()


def test_the_way_to_the_newer_edition_looks_good_at_every_step(enter, begun, address):
    page, root = begun
    # axe needs scripts; the device is another one with the same keys.
    cookies = page.context.cookies()
    page = enter(address=address)
    page.context.add_cookies(cookies)
    page.goto(root + "ueberblick")
    looks_good(page)
    page.get_by_role("link", name="Was ist anders?").click()
    expect_heading(page, "Es gibt eine neue Fassung")
    looks_good(page)
    for summary in page.locator("main summary").all():
        summary.click()
    expect(page.get_by_text("Etwas ganz Neues tun")).to_be_visible()
    looks_good(page)
    page.get_by_role("button", name="Zur neuen Fassung wechseln").click()
    expect_heading(page, "Ihr Überblick")
    page.goto(root + "plan")
    expect(page.get_by_text("(aus der früheren Fassung)")).to_be_visible()
    looks_good(page)
    page.get_by_role("link", name="Wer macht was").click()
    expect(page.get_by_label("Checkpunkt")).to_have_value("organisation")
    looks_good(page)
    page.get_by_label("Verantwortlich").fill("Ada")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("status")).to_contain_text("Gespeichert:")
    expect(page.get_by_text(TITLES[6])).to_be_visible()
