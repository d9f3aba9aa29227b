"""Steps around an account, named as a person would tell them."""

import itertools
import re

from playwright.sync_api import Page, expect

from .server import Letters
from .walk import expect_heading

_numbers = itertools.count(1)


def new_address() -> str:
    """An address that nobody has used in this run: only so many letters go to one."""
    return f"person{next(_numbers)}@probestadt.example"


def code_from(letters: Letters, address: str) -> str:
    """The code in the next letter, which must be for that address."""
    letter = letters.next()
    assert letter["To"] == address
    found = re.search(r"^\d{4} \d{4}\b", letter.get_content(), re.MULTILINE)
    assert found
    return found[0]


def sign_in(page: Page, letters: Letters, address: str) -> None:
    """From the page "Anmelden" to wherever it leads."""
    page.get_by_label("Ihre E-Mail-Adresse").fill(address)
    page.get_by_role("button", name="Code schicken").click()
    expect_heading(page, "Code eingeben")
    page.get_by_label("Code aus der E-Mail").fill(code_from(letters, address))
    page.get_by_role("button", name="Anmelden").click()


def sign_up(page: Page, letters: Letters) -> str:
    """Somebody new has an account; their address."""
    address = new_address()
    page.goto("/anmelden")
    sign_in(page, letters, address)
    expect_heading(page, re.compile("Meine Praxishilfen$"))
    return address


def sign_out(page: Page) -> None:
    """From any page to the start page."""
    page.goto("/konto")
    page.get_by_role("link", name="Abmelden").click()
    page.get_by_role("button", name="Abmelden").click()
    expect(page.get_by_role("link", name="Anmelden")).to_be_visible()


def with_finger(page: Page) -> None:
    """A device that knows its owner by finger or face: Chromium's own virtual authenticator."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    line.send("WebAuthn.addVirtualAuthenticator", {"options": device})
