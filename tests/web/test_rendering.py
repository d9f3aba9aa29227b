"""What is rendered once: suggestions with their switches, explained terms, the editable pages."""

from collections.abc import Callable
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from brueckenschlag.configuration import Operator, Retention
from brueckenschlag.instruments import library, texts
from brueckenschlag.instruments.loader import Draft
from brueckenschlag.instruments.model import Instrument
from brueckenschlag.web import checkpoints, page_texts, terms

ZO = Draft(library.FOLDER / "zo").instrument
EVIL = "<b>\"'&</b>"


class Reading(HTMLParser):
    """The words, the tags and the checkboxes of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.tags, self.boxes = "", [], {}
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = dict(attrs)
        if tag == "input":
            self.boxes[f"{found['name']}:{found['value']}"] = "checked" in found

    @property
    def checked(self) -> set[str]:
        return {box for box, is_checked in self.boxes.items() if is_checked}


SUGGESTIONS = {
    checkpoint.key: checkpoints.checkpoint_parts(ZO, checkpoint.key)["suggestions"] for checkpoint in ZO.checkpoints
}
BOXES = {key: sorted(Reading(html).boxes) for key, html in SUGGESTIONS.items()}
some_switches = st.sampled_from(list(BOXES)).flatmap(
    lambda key: st.tuples(st.just(key), st.sets(st.sampled_from(BOXES[key])))
)


@pytest.mark.parametrize("key", list(BOXES))
def test_each_suggestion_has_its_two_switches_and_all_are_off(key):
    entries = [full for full, _ in ZO.checkpoint_by_key[key].suggestions()]
    assert BOXES[key] == sorted(f"{name}:{entry}" for name in ("running", "planned") for entry in entries)
    assert Reading(SUGGESTIONS[key]).checked == set()


@given(some_switches)
@hypothesis_settings(deadline=None)
def test_exactly_the_named_switches_are_on(chosen):
    key, switches = chosen
    html = checkpoints.switched(SUGGESTIONS[key], switches)
    assert isinstance(html, SafeString)
    assert Reading(html).checked == switches
    assert html.replace(checkpoints.CHECKED, "") == SUGGESTIONS[key]


def test_a_key_that_begins_like_another_does_not_switch_it():
    names = ["running:a.rat", "running:a.rat-haus", "running:a.rathaus", "planned:a.rat", "running:aa.rat"]
    box = '<input type="checkbox" name="{}" value="{}">'
    html = mark_safe("".join(box.format(*name.split(":")) for name in names))
    for name in names:
        assert Reading(checkpoints.switched(html, {name})).checked == {name}


@pytest.mark.parametrize("switch", ["", "running", "running:", "running:fremd.art", "level:gut", 'running:x"><b>', ":"])
def test_a_switch_that_the_page_does_not_have_changes_nothing(switch):
    assert checkpoints.switched(SUGGESTIONS["nutzen"], {switch}) == SUGGESTIONS["nutzen"]


def test_texts_and_terms_are_escaped():
    html = terms.explained(ZO, f"{EVIL} und [[kmu|{EVIL}]]")
    assert Reading(html).words == f"{EVIL} und {EVIL}"
    assert Reading(html).tags == ["button"]


def test_every_text_of_a_checkpoint_is_escaped():
    point = ZO.checkpoint_by_key["denkwelten"]
    entry = point.groups[0].suggestions[0].model_copy(update={"text": EVIL, "explanation": EVIL, "see": ()})
    group = point.groups[0].model_copy(update={"title": EVIL, "intro": EVIL, "suggestions": (entry,)})
    evil = point.model_copy(update={"statement": EVIL, "hint": EVIL, "groups": (group,)})
    parts = checkpoints.checkpoint_parts(Instrument(ZO.frame, (evil,)), evil.key)
    assert "b" not in [tag for html in parts.values() for tag in Reading(html).tags]
    assert parts["lead"] == parts["hint"]
    assert Reading(parts["lead"]).words == EVIL
    assert Reading(parts["suggestions"]).words.count(EVIL) == 4


def test_a_card_stands_on_the_page_for_every_term_that_can_be_opened_there():
    for checkpoint in ZO.checkpoints:
        parts = checkpoints.checkpoint_parts(ZO, checkpoint.key)
        html = "".join(parts.values())
        opened = {piece.split('"')[0] for piece in html.split('popovertarget="')[1:]}
        assert opened == {piece.split('"')[0] for piece in html.split('popover id="')[1:]}


@pytest.fixture
def page(settings, tmp_path):
    """Renders a page of the operator's own, with these details of the operator."""
    settings.DATA_DIR = tmp_path
    (tmp_path / "pages").mkdir()

    def render(text: str | None = None, file: str = "hilfe", **details: str) -> str:
        settings.CONFIGURATION = SimpleNamespace(operator=Operator(**details), retention=Retention())
        if text is not None:
            (tmp_path / "pages" / f"{file}.md").write_text(text, encoding="utf-8")
        page_texts.page.cache_clear()
        return page_texts.page(file)

    yield render
    page_texts.page.cache_clear()


Render = Callable[..., str]


@pytest.mark.parametrize("file", ["hilfe", "datenschutz", "barrierefreiheit"])
def test_our_page_stands_until_the_operator_writes_one(page: Render, file: str):
    assert "<h1>" in page(file=file)
    assert page("Kurz *und* klar", file) == "<p>Kurz <em>und</em> klar</p>\n"


def test_our_pages_name_no_variable_that_does_not_exist(page: Render):
    assert all("${" not in page(file=file) for file in texts.PAGES)


def test_a_page_that_nobody_has_written_is_empty(page: Render):
    assert page(file="impressum") == ""


def test_html_in_a_page_is_shown_and_not_obeyed(page: Render):
    html = page("Ein <script>alert(1)</script>\n\n<b>Wort</b> [hier](javascript:alert)")
    assert Reading(html).tags == ["p", "p"]
    assert "<b>Wort</b> [hier](javascript:alert)" in Reading(html).words


def test_the_details_of_the_operator_stand_in_the_page(page: Render):
    text = "${operator}, ${privacy_email}, ${feedback_email}, ${retention}, ${undo}, ${session}"
    html = page(text, email="a@example.org", feedback_email="b@example.org")
    expected = "die Stelle, die diese Seite betreibt, a@example.org, b@example.org, 24 Monate, 30 Tage, 90 Tage"
    assert html == f"<p>{expected}</p>\n"


def test_the_details_of_the_operator_may_stand_in_a_link(page: Render):
    html = page("[Schreiben Sie uns](mailto:${privacy_email})", email="a_b@example.org")
    assert html == '<p><a href="mailto:a_b@example.org">Schreiben Sie uns</a></p>\n'


def test_a_dollar_sign_that_names_nothing_stays(page: Render):
    assert page("5 $, $$ und ${preis}") == "<p>5 $, $ und ${preis}</p>\n"


@pytest.mark.parametrize(
    "name",
    [
        "Müller & Söhne",
        "<b>Fett</b> e. V.",
        "Verein *Stern* e. V.",
        "_Unten_ e. V.",
        "Haus `4` e. V.",
        "[Netz](https://example.org)",
        "![Bild](/static/favicon.svg)",
        "<https://example.org>",
        "R&amp;D e. V.",
        "Auf\\*stehen",
        "${site}",
    ],
)
def test_the_name_of_the_operator_is_shown_as_it_was_written(page: Render, name: str):
    html = page("Dahinter steht ${operator} allein.", name=name)
    assert Reading(html).tags == ["p"]
    assert Reading(html).words == f"Dahinter steht {name} allein.\n"
