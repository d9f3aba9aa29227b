"""The whole walk in the other languages: chosen on the start page, kept to the end and on the way back."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from brueckenschlag.instruments import library
from brueckenschlag.instruments.loader import Draft

from .kinds import Kind, own, public, read
from .test_accessibility import faults
from .walk import expect_heading, is_save, personal_link, rows, status
from .watch import NO_ANSWER

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Words:
    """What a page says in one language."""

    language: str
    choice: str
    begin: str
    name: str
    running: str
    planned: str
    save: str
    saved: str
    overview: str
    all_rated: str
    to_plan: str
    counted: str
    responsible: str
    start: str
    started: str
    save_measure: str
    measure_saved: str
    day: str
    day_shown: str
    later: str
    copy: str
    copied: str
    again: str


ENGLISH = Words(
    language="en",
    choice="English",
    begin="Start the practice guide",
    name="Name of the organisation",
    running="Already in place",
    planned="Add to plan",
    save="Save and continue",
    saved="Saved",
    overview="Your overview",
    all_rated="All 7 checkpoints have been rated.",
    to_plan="To the action plan",
    counted="1 measure for 1 checkpoint.",
    responsible="Responsible",
    start="Start",
    started="started",
    save_measure="Save",
    measure_saved="Saved:",
    day="28 February 2027",
    day_shown="28 Feb 2027",
    later="Continue later",
    copy="Copy link",
    copied="Copied",
    again="Try again",
)
SIMPLE = Words(
    language="de-simple",
    choice="Einfache Sprache",
    begin="Praxishilfe beginnen",
    name="Name der Organisation",
    running="Läuft schon",
    planned="In den Plan",
    save="Speichern und weiter",
    saved="Gespeichert",
    overview="Ihr Überblick",
    all_rated="Alle 7 Checkpunkte sind bewertet.",
    to_plan="Zum Maßnahmenplan",
    counted="1 Maßnahme zu 1 Checkpunkt.",
    responsible="Verantwortlich",
    start="Beginn",
    started="begonnen",
    save_measure="Speichern",
    measure_saved="Gespeichert:",
    day="28. Februar 2027",
    day_shown="28.02.2027",
    later="Später weitermachen",
    copy="Link kopieren",
    copied="Kopiert",
    again="Noch einmal",
)


def in_that(page: Page, words: Words) -> None:
    expect(page.locator("html")).to_have_attribute("lang", words.language)


def choose(page: Page, words: Words) -> None:
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name=words.choice).click()
    expect(page).to_have_url(re.compile(f"/{words.language}/$"))
    in_that(page, words)


def rate_all(page: Page, words: Words) -> None:
    instrument = Draft(library.FOLDER / "zo").instruments[words.language]
    assert instrument
    for number, point in enumerate(instrument.checkpoints):
        expect_heading(page, point.title)
        in_that(page, words)
        page.get_by_role("radio").nth(number % 3).check()
        if number == 0:
            page.get_by_role("checkbox", name=words.running).nth(1).check()
            page.get_by_role("checkbox", name=words.planned).first.check()
        page.get_by_role("button", name=words.save, exact=True).click()


def walk(page: Page, words: Words) -> str:
    choose(page, words)
    page.get_by_role("link", name=words.begin).first.click()
    page.get_by_label(words.name).fill("Xyz")
    page.get_by_role("button", name=words.begin).click()
    rate_all(page, words)
    expect_heading(page, re.compile(words.overview))
    expect(page.locator("main .lead")).to_contain_text(words.all_rated)
    root = page.url.removesuffix("ueberblick")
    page.get_by_role("link", name=words.to_plan).click()
    expect(page.locator("main .lead")).to_contain_text(words.counted)
    rows(page).first.get_by_role("link").click()
    page.get_by_label(words.responsible).fill("Ayşe Öztürk")
    page.get_by_label(words.start, exact=False).first.fill(words.day)
    page.get_by_role("radio", name=words.started).check()
    page.get_by_role("button", name=words.save_measure, exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(words.measure_saved)
    for one in ("Ayşe Öztürk", words.day_shown, words.started):
        expect(rows(page).first).to_contain_text(one)
    in_that(page, words)
    return root


@pytest.mark.parametrize("words", [ENGLISH, SIMPLE], ids=lambda words: words.language)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_person_walks_in_another_language_and_comes_back_in_it(enter, words, script):
    page = enter(width=1280 if script else 360, script=script)
    root = walk(page, words)
    link = personal_link(page, root)
    assert f"/{words.language}/" not in link
    page.goto(link)
    expect(page).to_have_url(root + "ueberblick")
    in_that(page, words)
    page.context.close()
    other = enter()
    other.goto(link)  # another device has chosen nothing
    expect(other.locator("html")).to_have_attribute("lang", "de")
    other.get_by_role("contentinfo").get_by_role("link", name=words.choice).click()
    expect(other).to_have_url(root + "ueberblick")
    in_that(other, words)


@pytest.mark.parametrize("words", [ENGLISH, SIMPLE], ids=lambda words: words.language)
def test_what_scripts_say_is_in_the_language_of_the_page(enter, words):
    page = enter(expects=(NO_ANSWER,), permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"/{words.language}/praxishilfe/zo/")
    page.get_by_role("button", name=words.begin).click()
    page.context.set_offline(True)
    page.get_by_role("radio").nth(1).check()
    expect(page.get_by_role("button", name=words.again)).to_be_visible()
    page.context.set_offline(False)
    with page.expect_response(is_save):
        page.get_by_role("button", name=words.again).click()
    expect(status(page)).to_have_text(re.compile(f"^{words.saved}"))
    page.get_by_role("link", name=words.later).click()
    page.get_by_role("button", name=words.copy).first.click()
    expect(page.get_by_role("button", name=words.copied)).to_be_visible()


def test_who_prefers_english_is_offered_it_and_not_again_after_choosing(enter):
    page = enter(locale="en-GB")
    page.goto("/hilfe")
    page.get_by_role("link", name="This page is also available in English").click()
    expect(page).to_have_url(re.compile("/en/hilfe$"))
    page.goto("/hilfe")
    expect(page.get_by_role("link", name="This page is also available in English")).to_have_count(0)


def in_language(kind: Kind, language: str) -> Kind:
    """The same page in another language."""

    def way(page: Page, filled) -> None:
        kind.way(page, filled)
        page.get_by_role("contentinfo").locator(f"a[hreflang={language}]").click()

    return Kind(way, kind.expects)


SOME = {
    "start": public("/"),
    "introduction": public("/praxishilfe/kmu/"),
    "help": public("/hilfe"),
    "overview": own("ueberblick"),
    "checkpoint": own("checkpunkt/nutzen"),
    "plan": own("plan"),
    "new measure": own("plan/neu"),
    "reader's plan": read("plan"),
}


@pytest.mark.parametrize("language", ["en", "de-simple"])
@pytest.mark.parametrize("kind", SOME)
def test_axe_finds_nothing_in_the_other_languages(enter, filled, kind, language):
    page = enter()
    in_language(SOME[kind], language).way(page, filled)
    expect(page.locator("html")).to_have_attribute("lang", language)
    found = {}
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        found |= {f"{width} {rule}": places for rule, places in faults(page).items()}
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), width
    assert found == {}


def test_axe_finds_nothing_where_english_is_offered(enter):
    page = enter(locale="en-GB")
    page.goto("/")
    expect(page.get_by_role("link", name="This page is also available in English")).to_be_visible()
    assert faults(page) == {}
