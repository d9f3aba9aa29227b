"""axe's rules on every kind of page: light and dark, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .kinds import KINDS

pytestmark = pytest.mark.browser
SIZES = ({"width": 1280, "height": 800}, {"width": 360, "height": 640})
SCHEMES = ("light", "dark")


def faults(page: Page) -> dict[str, list[str]]:
    """What axe finds, by rule and with the places."""
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return {one["id"]: [node["html"][:160] for node in one["nodes"]] for one in violations}


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(enter, filled, kind):
    page = enter(expects=KINDS[kind].expects)
    KINDS[kind].way(page, filled)
    found = {}
    for size in SIZES:
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found |= {f"{scheme} {size['width']} {rule}": places for rule, places in faults(page).items()}
    assert found == {}
