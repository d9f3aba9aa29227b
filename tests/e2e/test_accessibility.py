"""axe's rules on every kind of page: light and dark, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .kinds import KINDS

pytestmark = pytest.mark.browser
SIZES = ({"width": 1280, "height": 800}, {"width": 360, "height": 640})
# Only the rules about colours can come to another result in the other scheme; all of them again would double the time.
RULES = {"light": {}, "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}}


def faults(page: Page, rules: dict[str, object]) -> dict[str, list[str]]:
    """What axe finds, by rule and with the places."""
    violations = Axe().run(page, options={"resultTypes": ["violations"], **rules}).response["violations"]
    return {one["id"]: [node["html"][:160] for node in one["nodes"]] for one in violations}


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(enter, filled, kind):
    page = enter(expects=KINDS[kind].expects)
    KINDS[kind].way(page, filled)
    found = {}
    for size in SIZES:
        page.set_viewport_size(size)
        for scheme, rules in RULES.items():
            page.emulate_media(color_scheme=scheme)
            found |= {f"{scheme} {size['width']} {rule}": places for rule, places in faults(page, rules).items()}
    assert found == {}
