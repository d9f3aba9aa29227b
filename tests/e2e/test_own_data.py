"""What belongs to a person or an organisation: taken along as a file, erased, and kept after all."""

import json
import re
import uuid
import zipfile

import pytest
from playwright.sync_api import Page, expect

from .members import make
from .walk import expect_heading

pytestmark = pytest.mark.browser
script = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


def arrive(enter, site, **options) -> tuple[Page, str, str]:
    """The owner of an organisation on a device of their own; their address, and where the organisation's pages lie."""
    address = f"eigen-{uuid.uuid4().hex[:8]}@probestadt.example"
    member = make(site.data, address, with_organisation=True)
    page = enter(width=360, **options)
    page.context.add_cookies([member.cookie(site.address)])
    return page, address, member.organisation


def taken_along(page: Page) -> dict[str, str]:
    """The files in what the button "Datei speichern" gives."""
    with page.expect_download() as begun:
        page.get_by_role("button", name="Datei speichern").click()
    with zipfile.ZipFile(begun.value.path()) as found:
        assert found.testzip() is None
        return {name: found.read(name).decode() for name in found.namelist()}


@script
def test_somebody_takes_along_what_is_stored_about_them(enter, site, script):
    page, address, _ = arrive(enter, site, script=script)
    page.goto("/konto/angaben")
    page.get_by_label("Ihr Name").fill("Ayla Kern")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("link", name="Meine Daten mitnehmen").click()
    expect_heading(page, re.compile("Meine Daten mitnehmen$"))
    files = taken_along(page)
    assert address in json.dumps(json.loads(files["konto.json"]), ensure_ascii=False)
    assert "Ayla Kern" in files["konto.html"]


@script
def test_an_account_is_to_be_erased_and_kept_after_all(enter, site, script):
    page, _, _ = arrive(enter, site, script=script, expects=(422,))
    page.goto("/konto/angaben")
    page.get_by_role("link", name="Konto löschen").click()
    expect_heading(page, re.compile("Konto löschen.$"))
    page.get_by_role("button", name="Konto löschen").click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte entscheiden Sie zuerst")
    for box in page.get_by_role("checkbox", name="Auch löschen").all():
        box.check(force=True)
    page.get_by_role("button", name="Konto löschen").click()
    expect_heading(page, re.compile("Ihr Konto wird gelöscht$"))
    page.get_by_role("button", name="Doch nicht löschen").click()
    expect_heading(page, re.compile("Konto löschen.$"))


@script
def test_an_organisation_takes_everything_along_is_to_be_erased_and_kept_after_all(enter, site, script):
    page, _, organisation = arrive(enter, site, script=script)
    page.goto(organisation)
    page.get_by_role("link", name="Einstellungen").click()
    page.get_by_role("link", name="Daten mitnehmen").click()
    files = taken_along(page)
    assert any("Frühstück für alle" in text for name, text in files.items() if name.endswith(".html"))
    assert all(json.loads(text) for name, text in files.items() if name.endswith(".json"))
    page.goto(organisation)
    page.get_by_role("link", name="Einstellungen").click()
    page.get_by_role("link", name="Organisation löschen").click()
    expect_heading(page, re.compile("Organisation löschen.$"))
    page.get_by_role("button", name="Organisation löschen").click()
    expect_heading(page, re.compile("Die Organisation wird gelöscht$"))
    page.goto(organisation)
    expect(page.locator(".notice").first).to_contain_text("gelöscht")
    page.goto(organisation.rstrip("/") + "/loeschen")
    page.get_by_role("button", name="Doch nicht löschen").click()
    page.goto(organisation)
    expect(page.locator(".notice")).to_have_count(0)
