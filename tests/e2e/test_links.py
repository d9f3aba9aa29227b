"""The personal link: mailed, typed by hand, renewed, and forgotten on a device that others use."""

import re

import pytest
from playwright.sync_api import Page, expect

from .walk import begin, expect_heading, personal_link, reading_link

pytestmark = pytest.mark.browser


def mail_to(page: Page, address: str) -> None:
    page.get_by_label("Link an mich selbst schicken").fill(address)
    page.get_by_role("button", name="E-Mail schicken").click()


def test_the_link_comes_by_mail_and_opens_on_another_device(enter, site):
    page = enter()
    root = begin(page, "Heimatverein")
    link = personal_link(page, root)
    mail_to(page, "vorstand@heimatverein.example")
    expect(page.get_by_role("status")).to_have_text("Die E-Mail ist unterwegs.")
    letter = site.letters.next()
    assert letter["To"] == "vorstand@heimatverein.example"
    assert "Heimatverein" not in letter.as_string().partition("\n\n")[2]
    found = re.search(r"https?://\S+", letter.get_content())
    assert found
    assert found[0] == link
    other = enter()
    other.goto(found[0])
    expect_heading(other, re.compile("Heimatverein"))


def test_a_wrong_mail_address_is_said_at_its_field(enter):
    page = enter(expects=(422,))
    personal_link(page, begin(page))
    mail_to(page, "kein at-zeichen")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Das ist keine E-Mail-Adresse.")
    summary.get_by_role("link").click()
    expect(page.get_by_label("Link an mich selbst schicken")).to_be_focused()


def test_without_a_mail_server_no_mail_is_offered(enter, plain_site):
    page = enter(address=plain_site)
    root = begin(page)
    assert personal_link(page, root).startswith(plain_site + "/weiter/")
    expect(page.get_by_text("Link an mich selbst schicken")).to_have_count(0)
    expect(page.get_by_role("button", name="E-Mail schicken")).to_have_count(0)


def test_a_link_can_be_typed_from_paper(enter):
    page = enter()
    root = begin(page, "Abgeschrieben e. V.")
    key = personal_link(page, root).rsplit("/", 1)[1]
    other = enter(script=False)
    other.goto("/")
    other.get_by_role("link", name="Ich habe schon einen Link").click()
    other.get_by_role("textbox", name="Ihr persönlicher Link").fill(" " + key.upper().replace("-", " "))
    other.get_by_role("button", name="Öffnen").click()
    expect(other).to_have_url(root + "ueberblick")


def test_a_link_that_nobody_knows_is_said_at_its_field(enter):
    page = enter(expects=(422,))
    page.goto("/weitermachen")
    page.get_by_role("textbox", name="Ihr persönlicher Link").fill("abc")
    page.get_by_role("button", name="Öffnen").click()
    page.get_by_role("alert").get_by_role("link", name="Diesen Link kennen wir nicht.").click()
    expect(page.get_by_role("textbox", name="Ihr persönlicher Link")).to_be_focused()
    expect(page.get_by_role("textbox", name="Ihr persönlicher Link")).to_have_value("abc")


def test_new_links_make_the_old_ones_useless_at_once(enter):
    page, other, reader = enter(), enter(expects=(404,)), enter(expects=(404,))
    root = begin(page)
    old = personal_link(page, root)
    reader.goto(reading_link(page, root))
    other.goto(old)
    page.get_by_role("link", name="Links erneuern").click()
    expect_heading(page, "Links erneuern?")
    page.get_by_role("button", name="Links erneuern").click()
    expect(page.get_by_role("status")).to_contain_text("Die alten Links sind ungültig.")
    for device in (other, reader):
        assert device.reload().status == 404
    assert other.goto(old).status == 404
    expect_heading(other, "Dieser Link ist unbekannt oder abgelaufen")
    other.goto(personal_link(page, root))
    expect_heading(other, "Ihr Überblick")


def test_a_device_forgets_and_the_link_opens_again(enter):
    page = enter(expects=(404,))
    root = begin(page, "Leihgerät e. V.")
    link = personal_link(page, root)
    page.get_by_role("link", name="Auf diesem Gerät schließen").click()
    expect_heading(page, "Auf diesem Gerät schließen?")
    expect(page.locator("#link")).to_have_text(link)
    page.get_by_role("button", name="Auf diesem Gerät schließen").click()
    expect(page.locator("main .lead")).to_have_text("Auf diesem Gerät ist keine Praxishilfe geöffnet.")
    assert page.goto(root + "plan").status == 404
    page.goto(link)
    expect_heading(page, re.compile("Leihgerät"))


def test_the_start_page_leads_back_to_what_this_device_knows(enter):
    page = enter()
    root = begin(page, "Wiederkehr e. V.")
    page.goto("/")
    page.get_by_role("link", name="Dort weitermachen, wo Sie aufgehört haben").click()
    page.get_by_role("link", name="Wiederkehr e. V.").click()
    expect(page).to_have_url(root + "ueberblick")
