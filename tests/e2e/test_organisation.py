"""An organisation from founding to the common plan: with areas, a colleague, and each with their own device."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from .members import make
from .walk import FINE, TITLES, URGENT, add_measure, expect_heading, go_on, rating

pytestmark = pytest.mark.browser
NAME = "Bürgerhaus Probestadt e. V."


def arrive(enter, site, name: str, **options) -> Page:
    """Somebody who has signed in, on a device of their own."""
    page = enter(**options)
    member = make(site.data, f"{name}-{uuid.uuid4().hex[:8]}@probestadt.example")
    page.context.add_cookies([member.cookie(site.address)])
    return page


def found(page: Page) -> str:
    """Founds the organisation; the address under which its pages lie."""
    page.goto("/organisation/neu")
    page.get_by_label("Name der Organisation").fill(NAME)
    page.get_by_role("radio", name="Gemeinnützige Organisation").check()
    page.get_by_role("button", name="Organisation anlegen").click()
    expect_heading(page, NAME)
    return page.url


def add_areas(page: Page, root: str, names: str, parent: str = "") -> None:
    page.goto(root + "einstellungen")
    page.get_by_label("Neue Bereiche").fill(names)
    if parent:
        page.get_by_label("Gehören zu").select_option(parent)
    page.get_by_role("button", name="Bereiche hinzufügen").click()
    expect(page.get_by_role("status")).to_have_text("Gespeichert")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_that_areas_are_stored_is_seen_where_the_page_comes_back(enter, site, script):
    page = arrive(enter, site, "viele", width=360, height=640, script=script)
    root = found(page)
    add_areas(page, root, "\n".join(f"Ortsgruppe {number}" for number in range(30)))
    for seen in (page.get_by_role("heading", name="Bereiche"), page.get_by_role("status")):
        expect(seen).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("status")).to_be_focused()


def begin_in(page: Page, root: str, area: str, label: str) -> str:
    """Begins from the area's card and rates the first checkpoint; the address of the assessment."""
    page.goto(root)
    page.locator(".arches .card", has_text=area).get_by_role("link", name="Beginnen").click()
    expect(page.get_by_text(f"{NAME} › {area}")).to_be_visible()
    page.get_by_role("button", name="Praxishilfe beginnen").click()
    rating(page, label).check()
    go_on(page)
    expect_heading(page, TITLES[1])
    return page.url.partition("checkpunkt/")[0]


def invite(page: Page, root: str) -> str:
    page.goto(root + "mitglieder")
    page.get_by_role("radio", name="Mitarbeit").check()
    page.get_by_role("button", name="Einladen").click()
    expect(page.get_by_role("heading", name="Der Link zur Einladung")).to_be_visible()
    return page.locator("#link").inner_text()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_colleague_comes_in_by_link_and_both_work_at_one_plan(enter, site, script):
    ada = arrive(enter, site, "ada", script=script)
    root = found(ada)
    add_areas(ada, root, "Jugend\nPflege")
    add_areas(ada, root, "Zeltlager", "Jugend")
    begin_in(ada, root, "Pflege", FINE)

    ben = arrive(enter, site, "ben", script=script)
    ben.goto(invite(ada, root))
    expect_heading(ben, "Sie sind eingeladen")
    expect(ben.get_by_text(NAME)).to_be_visible()
    ben.get_by_role("button", name="Einladung annehmen").click()
    expect_heading(ben, NAME)
    assessment = begin_in(ben, root, "Zeltlager", URGENT)
    add_measure(ben, assessment, "Das Zeltlager mit der Tischlerei bauen", priority="hoch")
    ben.locator(".local .kicker a").click()
    expect(ben.locator(".arches .card", has_text="Zeltlager")).to_contain_text("1 von 7 bewertet")
    expect(ben.get_by_text("uneinig – bitte besprechen")).to_be_visible()

    ada.goto(root + "plan")
    ada.get_by_label("Bereich").select_option("Jugend")
    if not script:
        ada.get_by_role("button", name="Anzeigen").click()
    expect(ada.get_by_role("status")).to_contain_text("Gezeigt wird 1 von 1.")
    ada.get_by_role("link", name="Das Zeltlager mit der Tischlerei bauen").click()
    expect_heading(ada, "Maßnahme ändern")
    ada.goto(root + "plan?bereich=ganze")
    expect(ada.get_by_text("Keine Maßnahme passt dazu.")).to_be_visible()


def test_the_lead_is_handed_over_and_only_then_can_one_leave(enter, site):
    ada, ben = (arrive(enter, site, name, script=True, expects=(404, 422)) for name in ("ada", "ben"))
    root = found(ada)
    ben.goto(invite(ada, root))
    ben.get_by_role("button", name="Einladung annehmen").click()
    expect_heading(ben, NAME)
    leave(ada, root)
    expect_heading(ada, "Nicht gespeichert")
    ada.get_by_role("link", name="Zu den Mitgliedern").click()
    ada.locator("summary", has_text="Ändern").click()
    ada.get_by_role("link", name="Leitung übergeben").click()
    ada.get_by_role("button", name="Leitung übergeben").click()
    expect(ada.get_by_role("status")).to_have_text("Gespeichert")
    leave(ada, root)
    expect_heading(ada, "Zusammenarbeit, die trägt.")
    ada.goto(root)
    expect_heading(ada, "Das lässt sich hier nicht öffnen")
    ben.goto(root + "einstellungen")
    expect_heading(ben, re.compile("Einstellungen"))


def leave(page: Page, root: str) -> None:
    page.goto(root + "mitglieder")
    page.get_by_role("link", name="Organisation verlassen").click()
    page.get_by_role("button", name="Verlassen").click()


def test_an_area_whose_name_does_not_end_does_not_push_any_page_sideways(enter, site):
    page = arrive(enter, site, "breit", width=320, script=False)
    root = found(page)
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    add_areas(page, root, word)
    assessment = begin_in(page, root, word, URGENT)
    places = [root + rest for rest in ("", "plan", "einstellungen", "protokoll", "beratung")]
    places += [assessment + rest for rest in ("ueberblick", "checkpunkt/nutzen", "plan", "mitnehmen", "bereich")]
    wide = {}
    for place in places:
        page.goto(place)
        wide[place] = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert {place: pixels for place, pixels in wide.items() if pixels > 0} == {}
