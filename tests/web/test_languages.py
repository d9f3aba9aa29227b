"""Languages: choosing one, remembering it, finding the same page in it, and pages that speak only one."""

import re
import shutil
import uuid
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings as product
from django.core import mail
from django.test import Client

from brueckenschlag.accounts.keys import grouped, reader_key
from brueckenschlag.assessments import editions
from brueckenschlag.assessments.models import Assessment
from brueckenschlag.assessments.operations import begin_assessment, publish_edition
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.instruments import library, texts
from brueckenschlag.instruments.loader import Draft
from brueckenschlag.instruments.model import Instrument
from brueckenschlag.instruments.overlay import ForeignText
from brueckenschlag.plans import rules, words
from brueckenschlag.plans.models import Measure
from brueckenschlag.plans.operations import add_measure
from brueckenschlag.plans.rules import Content
from brueckenschlag.web import page_texts, terms
from brueckenschlag.web.forms import Day

LANGUAGES = [code for code, _ in product.LANGUAGES]
PREFIXES = {"de": "", "de-simple": "/de-simple", "en": "/en"}
PUBLIC = [
    "/",
    "/praxishilfe/zo/",
    "/praxishilfe/kmu/",
    "/praxishilfe/zo/hintergrund",
    "/praxishilfe/zo/bogen",
    "/hilfe",
    "/datenschutz",
    "/barrierefreiheit",
    "/impressum",
    "/zahlen",
]
OTHERS = ["/weitermachen", "/geloescht", "/gibt-es-nicht", "/praxishilfe/gibt-es-nicht/"]
PRIVATE = [
    "ueberblick",
    "plan",
    "checkpunkt/planen",
    "plan/neu?id=x",
    "weitermachen",
    "loeschen",
    "name",
    "fassung",
    "schliessen",
    "weitermachen/erneuern",
]
OFFER = "This page is also available in English"
VOID = {"meta", "link", "br", "wbr", "input", "hr", "img", "path", "circle"}
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-unsaved", "data-again", "data-saving", "data-done")
# Words that no English text has. Names of German institutions may stand in one, sentences may not.
GERMAN = "und nicht ist mit sie für eine einen oder werden wird ihre ihr auf kein keine nur noch zum zur bitte von dass"
GERMAN += " checkpunkt maßnahme maßnahmen speichern überblick hilfe gespeichert löschen bewertung zurück"


class Words(HTMLParser):
    """What a page says, with the language that each piece is marked as."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.pieces: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs) -> None:
        found = dict(attrs)
        language = found.get("lang") or (self.open[-1][1] if self.open else "")
        if tag not in VOID:
            self.open.append((tag, language))
        self.pieces += [(language, found[name]) for name in SPOKEN if found.get(name)]

    def handle_startendtag(self, tag, attrs) -> None:
        pass

    def handle_endtag(self, tag) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] not in ("script", "style"):
            self.pieces.append((self.open[-1][1], data))

    def said_in(self, language: str) -> str:
        return " ".join(words for marked, words in self.pieces if marked == language)


# Names of German institutions, as the English instruments use them.
NAMES = {
    name
    for file in library.FOLDER.glob("*/languages/en/**/*.yaml")
    for name in re.findall(
        r"[A-ZÄÖÜ][\w-]+(?: (?:und|für|von|zum|zur|mit|auf) [A-ZÄÖÜ]\w+)+", " ".join(file.read_text("utf-8").split())
    )
}


def german_in(page: str) -> list[str]:
    """German words on an English page that are not marked as German."""
    for name in NAMES:
        page = page.replace(name, "")
    return sorted(set(re.findall(r"\w+", Words(page).said_in("en").lower())) & set(GERMAN.split()))


def without_labels(page: str) -> str:
    """The page without what cannot be marked: titles of the browser, pictures, and columns' names for the eye."""
    return re.sub(r'aria-label="[^"]*"|<title>.*?</title>|<span class="column-name".*?</span>', "", page)


def html_language(page: str) -> str:
    found = re.search(r'<html lang="([^"]+)">', page)
    assert found
    return found[1]


# --- every kind of page ---------------------------------------------------------------------------------------------


@pytest.fixture
def busy(own, owner):
    """The assessment with ratings and measures in names that no language has."""
    own.assessment.name = "Xyz"
    own.assessment.save()
    levels = {"planen": "dringend", "nutzen": "bedarf", "kontakte": "bedarf"}
    for key, level in levels.items():
        owner.post(own.path(f"checkpunkt/{key}"), {"level": level, "version": 0, "note": "Xyz"})
    row = add_measure(
        own.assessment,
        Content("planen", "Xyz", "high", "Xyz", date(2020, 1, 2), date(2020, 2, 3)),
        id=uuid.UUID(int=7),
        by=GUEST,
    )
    gone = add_measure(own.assessment, Content("nutzen", "Zyx", "low"), id=uuid.UUID(int=8), by=GUEST)
    owner.post(own.path(f"plan/{gone.id}/loeschen"))
    return own, row


def visits(own, row) -> dict[str, Callable[[Client, str], object]]:
    """Pages with something on them, each by what a person does to see it."""
    root = f"/praxishilfe/{own.assessment.id}/"
    form = {"checkpoint": "planen", "text": "Xyz", "priority": "high", "status": "open"}
    wrong = {"checkpoint": "x", "start": "x", "review": "31.2.2027", "priority": "x", "status": "x"}
    early = form | {"start": "2.2.2027", "review": "1.2.2027", "text": "x" * 400}
    htmx = {"HX-Request": "true"}

    def get(path: str):
        return lambda client, prefix: client.get(prefix + root + path)

    def post(path: str, data: dict, **headers: str):
        return lambda client, prefix: client.post(prefix + root + path, data, headers=headers)

    rating = {"level": "gut", "version": 0, "note": "Zzz"}
    return {
        "measure": get(f"plan/{row.id}"),
        "plan in own order": get("plan?sortierung=eigene"),
        "plan without rows": get("plan?stand=erledigt"),
        "plan after adding": get(f"plan?neu={row.id}"),
        "plan after saving": get(f"plan?gespeichert={row.id}"),
        "plan after deleting": get(f"plan?geloescht={uuid.UUID(int=8)}"),
        "links sent": get("weitermachen?gesendet=1&erneuert=1"),
        "wrong measure": post("plan/neu", wrong),
        "early review": post("plan/neu", early),
        "two measures": post(f"plan/{row.id}", form | {"version": 0, "text": "Zzz", "start": "1.2.2027"}),
        "two ratings": post("checkpunkt/planen", rating),
        "two ratings, status line": post("checkpunkt/planen", rating, **htmx),
        "saved": post("checkpunkt/planen", rating | {"version": 1, "planned": "planen.kriterien"}, **htmx),
        "taken out": post("checkpunkt/planen", {"version": 2, "before": "planned:planen.kriterien"}, **htmx),
        "wrong rating": post("checkpunkt/planen", {"level": "x", "running": "x", "note": "\x00"}),
        "wrong rating, status line": post("checkpunkt/planen", {"level": "x"}, **htmx),
        "unknown suggestion": post("plan/anregung", {"suggestion": "x"}),
        "unknown direction": post(f"plan/{row.id}/verschieben", {}),
        "long name": post("name", {"name": "x" * 200}),
        "wrong method": get("schliessen"),
        "too much": post("name", {"name": "x" * 300_000}),
        "lost link": lambda client, prefix: client.post(f"{prefix}/weitermachen", {"link": "x"}),
        "no link": lambda client, prefix: client.post(f"{prefix}/weitermachen", {}),
        "not connected": lambda client, prefix: Client().post(prefix + root + "name", {"name": "Zzz"}),
        "not connected, status line": lambda client, prefix: Client().post(
            f"{prefix}{root}checkpunkt/planen", rating, headers=htmx
        ),
        "forged": lambda client, prefix: Client(enforce_csrf_checks=True).post(prefix + root + "name", {"name": "Z"}),
    }


VISITS = list(visits(type("Own", (), {"assessment": Measure(id=1)}), Measure()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PUBLIC + OTHERS)
def test_every_page_says_its_language_and_nothing_in_german_on_an_english_one(nobody, path, language):
    page = nobody.get(PREFIXES[language] + path).content.decode()
    assert html_language(page) == language
    if language == "en":
        assert german_in(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PRIVATE)
@pytest.mark.parametrize("who", ["owner", "reader"])
def test_every_page_of_an_assessment_does_too(busy, path, language, who, request):
    own, _ = busy
    client = request.getfixturevalue(who)
    path = path.replace("id=x", f"id={uuid.UUID(int=1)}")
    page = client.get(PREFIXES[language] + own.path(path)).content.decode()
    assert html_language(page) == language
    if language == "en":
        assert german_in(page) == []


@pytest.mark.parametrize("visit", VISITS)
def test_nothing_that_is_shown_after_something_was_done_is_german_on_an_english_page(busy, owner, visit):
    answer = visits(*busy)[visit](owner, "/en")
    page = answer.content.decode()
    assert answer.status_code != 302
    assert page.startswith(('<!doctype html>\n<html lang="en">', "<span class="))
    assert german_in(page if page.startswith("<!") else f'<p lang="en">{page}</p>') == []


@pytest.mark.parametrize("visit", VISITS)
def test_the_same_in_einfache_sprache_says_so(busy, owner, visit):
    page = visits(*busy)[visit](owner, "/de-simple").content.decode()
    assert page.startswith(('<!doctype html>\n<html lang="de-simple">', "<span class="))


def test_the_search_for_german_words_finds_them():
    assert german_in('<html lang="en"><p>Save <b>und</b> <span lang="de">nicht</span></p>') == ["und"]
    assert german_in('<html lang="en"><p lang="de"><br>und</p><p aria-label="noch">x<input>oder</p>') == [
        "noch",
        "oder",
    ]


def test_a_server_error_is_told_in_the_language_of_the_address(own, owner, monkeypatch):
    from brueckenschlag.web.views import assessments

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(assessments, "rename_assessment", fail)
    owner.raise_request_exception = False
    answer = owner.post(f"/en{own.path('name')}", {"name": "Zzz"})
    assert answer.status_code == 500
    assert german_in(answer.content.decode()) == []
    assert "Not saved – please try again" in answer.content.decode()


# --- choosing and remembering ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/hilfe", "/praxishilfe/zo/bogen", "/weitermachen?geschlossen=1"])
@pytest.mark.parametrize("before", LANGUAGES)
def test_a_choice_leads_to_the_same_page_and_is_remembered(nobody, language, path, before):
    answer = nobody.get(f"/sprache/{language}", {"weiter": PREFIXES[before] + path})
    assert answer["Location"] == PREFIXES[language] + path
    cookie = answer.cookies["sprache"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == (language, 365 * 24 * 3600, "Lax")
    assert cookie["httponly"]
    assert "no-store" in answer["Cache-Control"]


def test_the_cookie_is_sent_over_https_only_where_the_site_has_https(nobody, settings):
    settings.LANGUAGE_COOKIE_SECURE = True
    assert nobody.get("/sprache/en").cookies["sprache"]["secure"]


def test_a_page_of_an_assessment_is_found_again_with_its_order_and_filter(own, owner):
    path = own.path("plan") + "?sortierung=datum&stand=offen"
    page = owner.get(path).content.decode()
    (link,) = re.findall(r'href="(/sprache/en\?[^"]+)"', page)
    answer = owner.get(link)
    assert answer["Location"] == f"/en{path}"
    assert owner.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    "target",
    [
        "",
        "https://evil.example/",
        "//evil.example/hilfe",
        "/en//evil.example/hilfe",
        "/\\evil.example",
        "\\\\evil.example",
        "///evil.example",
        "javascript:alert(1)",
        "http:///hilfe",
        "http://[",
        "hilfe",
        "/en",
        "/gibt-es-nicht",
        "/static/favicon.svg",
        "/leer",
        "/robots.txt",
        "/sprache/en?weiter=/",
        "/weiter/2222-2222-2222-2222-2222-2222-2222",
        "/hilfe\r\nSet-Cookie: a=b/",
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_no_page_of_ours_leads_to_the_start_page(nobody, target, language):
    assert nobody.get(f"/sprache/{language}", {"weiter": target})["Location"] == PREFIXES[language] + "/"


def test_a_line_end_in_the_query_breaks_no_header(nobody):
    answer = nobody.get("/sprache/en", {"weiter": "/hilfe?a=\r\nSet-Cookie: a=b"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/en/hilfe?a=")
    assert set(answer.cookies) == {"sprache"}


def test_a_language_that_we_do_not_have_is_not_found(nobody):
    answer = nobody.get("/sprache/fr?weiter=/hilfe")
    assert answer.status_code == 404
    assert not answer.cookies


def test_a_language_without_its_slash_is_led_on(nobody):
    assert nobody.get("/en")["Location"] == "/en/"


@pytest.mark.parametrize("language", ["en", "de-simple"])
def test_the_start_page_follows_the_choice(nobody, language):
    nobody.cookies["sprache"] = language
    assert nobody.get("/?a=b")["Location"] == f"{PREFIXES[language]}/?a=b"
    assert nobody.get("/hilfe").status_code == 200  # any other address is taken at its word


@pytest.mark.parametrize("value", ["de", "fr", "", "../en", "en/"])
def test_any_other_choice_stays_on_the_german_start_page(nobody, value):
    nobody.cookies["sprache"] = value
    assert nobody.get("/").status_code == 200


def test_personal_links_lead_to_the_remembered_language(own, nobody):
    nobody.cookies["sprache"] = "en"
    for path in (f"/lesen/{grouped(reader_key(own.key))}", f"/weiter/{grouped(own.key)}"):
        assert nobody.get(path)["Location"] == f"/en{own.path('ueberblick')}"
    assert html_language(nobody.get("/weiter/abc").content.decode()) == "en"


def test_a_link_that_is_pasted_opens_in_the_language_of_the_page(own, nobody):
    answer = nobody.post("/en/weitermachen", {"link": f"https://x.example/weiter/{grouped(own.key)}"})
    assert answer["Location"] == f"/en{own.path('ueberblick')}"


def test_a_personal_link_has_no_language_and_its_key_stands_in_no_other_link(own, owner, nobody):
    page = owner.get(f"/en{own.path('weitermachen')}").content.decode()
    assert f"http://testserver/weiter/<wbr>{grouped(own.key)}" in page
    unknown = nobody.get("/weiter/2222-2222-2222-2222-2222-2222-2222").content.decode()
    assert "2222" not in unknown


def test_after_a_form_was_refused_the_links_lead_to_a_page_that_can_be_opened(busy, owner):
    for visit in ("unknown suggestion", "unknown direction", "wrong measure", "wrong method", "long name"):
        page = visits(*busy)[visit](owner, "/en").content.decode()
        (link,) = re.findall(r'href="(/sprache/de\?[^"]+)"', page)
        assert owner.get(owner.get(link)["Location"], follow=True).status_code == 200, visit


def test_a_person_stays_in_the_language_from_page_to_page(own, owner):
    for path, data in (
        ("checkpunkt/nutzen", {"level": "gut", "version": 0}),
        ("plan/neu", {"checkpoint": "planen", "text": "Neu", "priority": "high", "status": "open"}),
        ("plan/anregung", {"suggestion": "planen.kriterien"}),
        ("name", {"name": "Neu"}),
        ("weitermachen/erneuern", {}),
        ("schliessen", {}),
    ):
        assert owner.post(f"/en{own.path(path)}", data)["Location"].startswith("/en/")
    answer = owner.post("/de-simple/praxishilfe/zo/", {"name": ""})
    assert answer["Location"].startswith("/de-simple/praxishilfe/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_links_only_to_its_own_language(busy, owner, language):
    own, _ = busy
    paths = [
        *PUBLIC,
        "/weitermachen",
        *(own.path(path) for path in ("ueberblick", "plan", "checkpunkt/planen", "name")),
    ]
    for path in paths:
        page = owner.get(PREFIXES[language] + path).content.decode()
        body = page.partition("<body")[2]
        links = re.findall(r'(?:href|action|hx-post)="(/[^"#?]*)', body)
        ours = [link for link in links if not link.startswith(("/static/", "/sprache/"))]
        assert ours
        assert {link.split("/")[1] if link.split("/")[1] in PREFIXES else "de" for link in ours} == {language}, path


@pytest.mark.parametrize("language", ["en", "de-simple"])
@pytest.mark.parametrize("name", ["hilfe", "datenschutz", "barrierefreiheit", "einfuehrung"])
def test_every_link_on_our_pages_leads_somewhere(nobody, language, name):
    page = nobody.get(f"{PREFIXES[language]}/{name}").content.decode()
    links = set(re.findall(rf'href="({PREFIXES[language]}/[^"]*)"', page))
    assert all(nobody.get(link).status_code == 200 for link in links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_languages_are_offered_in_their_own_words(nobody, language):
    for path, times in (("/", 2), ("/praxishilfe/zo/", 2), ("/hilfe", 1)):
        page = nobody.get(PREFIXES[language] + path).content.decode()
        for code, name in product.LANGUAGES:
            current = ' aria-current="true"' if code == language else ""
            link = (
                f'<a href="/sprache/{code}?weiter={PREFIXES[language]}{path}" lang="{code}" hreflang="{code}"{current}>'
            )
            assert page.count(f"{link}{name}</a>") == times


# --- for search engines and browsers --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_name_their_neighbours(nobody, settings, path, language):
    settings.PUBLIC_URL = "https://praxishilfe.example.org"
    page = nobody.get(PREFIXES[language] + path + "?a=b").content.decode()
    expected = {code: f"https://praxishilfe.example.org{prefix}{path}" for code, prefix in PREFIXES.items()}
    found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page)
    assert dict(found) == expected | {"x-default": f"https://praxishilfe.example.org{path}"}
    assert len(found) == len(dict(found))


def test_without_a_public_address_the_neighbours_are_named_by_their_path(nobody):
    assert '<link rel="alternate" hreflang="en" href="/en/hilfe">' in nobody.get("/hilfe").content.decode()


def test_private_pages_and_trouble_name_no_neighbours(own, owner):
    paths = [own.path(path) for path in PRIVATE[:3]] + OTHERS
    assert not [path for path in paths if 'rel="alternate"' in owner.get(path, follow=True).content.decode()]


@pytest.mark.parametrize(
    ("accepted", "offered"),
    [
        ("en", True),
        ("en-GB,en;q=0.9,de;q=0.5", True),
        ("fr,en;q=0.8,de;q=0.7", True),
        ("de;q=0.5,en;q=0.9", True),
        ("de-DE,de;q=0.9,en;q=0.8", False),
        ("fr", False),
        ("", False),
        ("x" * 900, False),
        (";;;q=,,", False),
    ],
)
def test_english_is_offered_to_whoever_prefers_it(nobody, accepted, offered):
    for path in ("/", "/hilfe", "/weitermachen", "/gibt-es-nicht"):
        answer = nobody.get(path, headers={"Accept-Language": accepted})
        assert (OFFER in answer.content.decode()) is offered
        assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}


def test_english_is_offered_neither_twice_nor_beside_an_assessment_nor_after_a_choice(own, owner):
    headers = {"Accept-Language": "en"}
    assert OFFER not in owner.get(own.path("ueberblick"), headers=headers).content.decode()
    assert OFFER not in owner.get(own.path("checkpunkt/planen"), headers=headers).content.decode()
    assert OFFER not in owner.get("/en/hilfe", headers=headers).content.decode()
    owner.cookies["sprache"] = "de"
    assert OFFER not in owner.get("/hilfe", headers=headers).content.decode()


# --- instruments ----------------------------------------------------------------------------------------------------


def written(slug: str, language: str) -> Instrument:
    """The instrument as its folder has it."""
    return Draft(library.FOLDER / slug).instruments[language]


def test_an_assessment_can_be_read_in_any_language_and_stays_the_same(own, owner):
    owner.post(f"/en{own.path('checkpunkt/planen')}", {"level": "bedarf", "version": 0, "planned": "planen.kriterien"})
    titles = {language: written("zo", language).checkpoint_by_key["nutzen"].title for language in LANGUAGES}
    for language, title in titles.items():
        page = owner.get(PREFIXES[language] + own.path("ueberblick")).content.decode()
        assert title in page
        page = owner.get(PREFIXES[language] + own.path("checkpunkt/planen")).content.decode()
        assert len(re.findall(r"<input[^>]* checked", page)) == 2
    assert len(set(titles.values())) == 3


def test_a_suggestion_goes_into_the_plan_in_the_language_of_the_page(own, owner):
    owner.post(f"/en{own.path('plan/anregung')}", {"suggestion": "planen.kriterien"})
    text = Measure.objects.get(assessment=own.assessment).text
    assert text == written("zo", "en").suggestion_by_key["planen.kriterien"].text
    assert type(text) is str


@pytest.fixture
def untranslated(db, tmp_path):
    """The next edition of the instrument for businesses, in no other language."""
    folder = shutil.copytree(library.FOLDER / "kmu", tmp_path / "kmu", ignore=shutil.ignore_patterns("languages"))
    frame = Path(folder) / "instrument.yaml"
    text = re.sub(r"(?m)^edition: .*", "edition: ohne", frame.read_text(encoding="utf-8"))
    frame.write_text(text, encoding="utf-8")
    return publish_edition(Draft(Path(folder)))[0]


@pytest.mark.parametrize("language", ["en", "de-simple"])
def test_an_instrument_without_the_language_is_shown_in_its_own_and_marked(untranslated, language, db):
    assessment, key = begin_assessment(untranslated, "Xyz", by=GUEST)
    client = Client()
    client.get(f"/weiter/{grouped(key)}")
    root = f"{PREFIXES[language]}/praxishilfe/{assessment.id}/"
    client.post(f"{root}checkpunkt/planen", {"level": "dringend", "version": 0})
    told = {"en": "has not been fully translated", "de-simple": "noch nicht ganz in Einfacher Sprache"}[language]
    public = [f"{PREFIXES[language]}/praxishilfe/kmu/{rest}" for rest in ("", "hintergrund", "bogen")]
    for path in [*public, f"{root}ueberblick", f"{root}plan", f"{root}checkpunkt/planen"]:
        page = client.get(path).content.decode()
        assert html_language(page) == language
        assert page.count(told) == 1, path
        # Titles of the browser, pictures and lists to choose from cannot be marked.
        if language == "en":
            assert german_in(without_labels(page)) == [], path


def test_a_whole_translation_says_nothing_of_missing_words(nobody):
    assert "has not been fully translated" not in nobody.get("/en/praxishilfe/zo/").content.decode()


def test_foreign_texts_stay_foreign_in_every_part_of_a_page(untranslated):
    english = editions.in_language(untranslated.hash, "en")
    text = english.frame.goal.text
    assert isinstance(terms.plain(english, text), ForeignText)
    assert terms.explained(english, text).startswith('<span lang="de">')
    assert all(one.startswith('<span lang="de">') for one in terms.explained_paragraphs(english, text))


def test_the_introduction_takes_its_numbers_and_titles_from_the_instrument(nobody):
    for slug in ("zo", "kmu"):
        instrument = written(slug, "de")
        page = nobody.get(f"/praxishilfe/{slug}/").content.decode()
        assert instrument.frame.subtitle in page
        assert "zu sieben Checkpunkten" in page
        assert ("eigene Bearbeitung" in page or "unsere eigene" in page) == (slug == "kmu")
        assert "drei Stufen" in page


# --- words, days, letters, pages ------------------------------------------------------------------------------------


def test_the_words_are_those_of_the_rules():
    assert {key: str(word) for key, word in words.PRIORITIES.items()} == rules.PRIORITIES
    assert {key: str(word) for key, word in words.STATUSES.items()} == rules.STATUSES


def test_days_are_written_and_read_in_the_language_of_the_page(own, owner):
    form = {"checkpoint": "planen", "text": "Xyz", "priority": "high", "status": "open", "id": uuid.UUID(int=9)}
    owner.post(f"/en{own.path('plan/neu')}", form | {"start": "28 February 2027", "review": "March 1, 2027"})
    row = Measure.objects.get(pk=uuid.UUID(int=9))
    assert (row.start, row.review) == (date(2027, 2, 28), date(2027, 3, 1))
    english, german = (owner.get(prefix + own.path("plan")).content.decode() for prefix in ("/en", ""))
    assert "28 Feb 2027" in english
    assert "Next review on 1 March 2027." in english
    assert "28.02.2027" in german
    assert "Nächste Kontrolle am 1. März 2027." in german
    assert 'value="28 February 2027"' in owner.get(f"/en{own.path('plan')}/{row.id}").content.decode()
    assert 'value="28.2.2027"' in owner.get(f"/de-simple{own.path('plan')}/{row.id}").content.decode()
    assert owner.post(own.path("plan/neu"), form | {"start": "28 May 2027"}).status_code == 422


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", [date(2027, month, 28) for month in range(1, 13)])
def test_a_day_that_stands_in_a_field_can_be_sent_again(language, day):
    from django.utils import translation

    with translation.override(language):
        assert Day().clean(Day().prepare_value(day)) == day


def test_a_letter_is_written_in_the_language_of_the_page(own, owner, settings):
    settings.EMAIL_HOST, settings.PUBLIC_URL = "localhost", "https://praxishilfe.example.org"
    owner.post(f"/en{own.path('weitermachen/mail')}", {"address": "a@example.org"})
    owner.post(f"/de-simple{own.path('weitermachen/mail')}", {"address": "a@example.org"})
    english, simple = mail.outbox
    assert english.subject == "Your link for continuing later"
    assert f"https://praxishilfe.example.org/weiter/{grouped(own.key)}\n" in english.body
    assert german_in(f'<p lang="en">{english.body.replace("/weiter/", "")}</p>') == []
    assert "Bitte passen Sie auf ihn auf" in simple.body


@pytest.fixture
def pages(settings, tmp_path):
    """The operator's own pages."""
    settings.DATA_DIR = tmp_path
    page_texts.page.cache_clear()

    def write(name: str, text: str) -> None:
        file = tmp_path / "pages" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    yield write
    page_texts.page.cache_clear()


def test_where_only_the_german_page_was_replaced_it_stands_in_every_language(pages, nobody):
    pages("hilfe.md", "# Unser Text\n\nNach ${retention}.")
    assert '<div class="narrow prose"><h1>Unser Text</h1>' in nobody.get("/hilfe").content.decode()
    for language in ("en", "de-simple"):
        page = nobody.get(f"{PREFIXES[language]}/hilfe").content.decode()
        assert '<div lang="de"><h1>Unser Text</h1>\n<p>Nach 24 Monate.</p>' in page


def test_a_page_in_another_language_stands_in_that_one_only(pages, nobody):
    pages("en/hilfe.md", "# Our text\n\nAfter ${retention}.")
    assert "<h1>Our text</h1>\n<p>After 24 months.</p>" in nobody.get("/en/hilfe").content.decode()
    assert "<h1>Hilfe</h1>" in nobody.get("/hilfe").content.decode()
    assert "<h1>Hilfe</h1>" in nobody.get("/de-simple/hilfe").content.decode()


def test_what_the_operator_adds_to_the_imprint_is_marked_as_german(pages, nobody):
    pages("impressum.md", "## Zusatz")
    assert '<div lang="de"><h2>Zusatz</h2>' in nobody.get("/en/impressum").content.decode()


@pytest.mark.parametrize("name", [name for name in texts.NAMES if name != "impressum"])
def test_our_pages_have_the_same_parts_in_every_language(name):
    written = [(texts.FOLDER / "pages" / code / f"{name}.md").read_text(encoding="utf-8") for code in LANGUAGES]
    assert len({text.count("\n## ") for text in written}) == 1
    assert len({tuple(sorted(set(re.findall(r"\$\{\w+\}", text)))) for text in written}) == 1
    assert len({tuple(sorted(re.findall(r"\((?:/en|/de-simple)?(/[^)]*)\)", text))) for text in written}) == 1


def test_nothing_of_a_language_is_stored(own, owner):
    owner.get("/sprache/en")
    owner.post(f"/en{own.path('name')}", {"name": "Neu"})
    assert "en" not in [str(value) for value in Assessment.objects.values_list()[0]]
