"""One of every kind of page, and how one gets there without changing what is stored."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from .filled import Filled
from .walk import FINE, NEEDED, begin, rating
from .watch import NO_ANSWER

Way = Callable[[Page, Filled], None]


@dataclass(frozen=True)
class Kind:
    """A way to a page and the statuses that a browser complains about on it."""

    way: Way
    expects: tuple[int, ...] = ()


def public(path: str, *expects: int) -> Kind:
    """A page that everybody may see."""
    return Kind(lambda page, filled: _go(page, path), expects)


def own(path: str, *expects: int) -> Kind:
    """A page of the filled Praxishilfe, opened by its owner."""

    def way(page: Page, filled: Filled) -> None:
        page.goto(filled.link)
        page.goto(filled.root + path)

    return Kind(way, expects)


def read(path: str) -> Kind:
    """The same, opened with the link for reading."""

    def way(page: Page, filled: Filled) -> None:
        page.goto(filled.reading_link)
        page.goto(filled.root + path)

    return Kind(way)


def joint(path: str, *, open_all: bool = False) -> Kind:
    """A page of the organisation; `{area}` and `{assessment}` stand for one of its own."""

    def way(page: Page, filled: Filled) -> None:
        member = filled.member
        assert member
        page.context.add_cookies([member.cookie(filled.address)])
        places = {"adviser": member.adviser, "offer": member.offer, "prepared": member.prepared}
        page.goto(path.format(root=member.organisation, assessment=member.assessment, area=member.area, **places))
        if open_all:
            page.evaluate("() => { for (const one of document.querySelectorAll('main details')) one.open = true }")

    return Kind(way)


def _wrong_areas(page: Page, filled: Filled) -> None:
    joint("{root}einstellungen").way(page, filled)
    page.get_by_label("Neue Bereiche").fill("Werkstatt")
    page.get_by_role("button", name="Bereiche hinzufügen").click()
    page.get_by_role("alert").wait_for()


def _go(page: Page, path: str) -> None:
    page.goto(path)


def _form(page: Page, filled: Filled) -> None:
    page.goto(filled.link)
    page.goto(filled.measure)


def _wrong_form(page: Page, filled: Filled) -> None:
    page.goto(filled.link)
    page.goto(filled.root + "plan/neu")
    page.get_by_label("Beginn").fill("irgendwann")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("alert").wait_for()


def _explained(page: Page, filled: Filled) -> None:
    own("checkpunkt/nutzen").way(page, filled)
    page.locator("button.term").first.click()


def _unfolded(page: Page, filled: Filled) -> None:
    own("checkpunkt/kontakte").way(page, filled)
    for summary in page.locator(".suggestion summary").all():
        summary.click()


def _opened_points(page: Page, filled: Filled) -> None:
    own("plan").way(page, filled)
    for summary in page.locator("main summary").all():
        summary.click()


def _empty_plan(page: Page, filled: Filled) -> None:
    page.goto(begin(page) + "plan")


def _unsaved(page: Page, filled: Filled) -> None:
    own("checkpunkt/nutzen").way(page, filled)
    page.context.set_offline(True)
    rating(page, NEEDED).check()
    page.get_by_role("button", name="Noch einmal").wait_for()
    page.context.set_offline(False)


def outdate(page: Page) -> None:
    """As if somebody else had saved since the page was opened; the server stores nothing from such a page."""
    for name, value in (("version", "0"), ("was_level", "bedarf"), ("was_note", "anders")):
        for field in page.locator(f"form [name={name}]").all():
            field.evaluate("(field, value) => { field.value = value; }", value)


def _two_ratings(page: Page, filled: Filled) -> None:
    own("checkpunkt/nutzen").way(page, filled)
    outdate(page)
    rating(page, FINE).check()
    page.get_by_role("button", name="Beide Fassungen ansehen").click()
    page.get_by_role("heading", name="Es gibt zwei Fassungen").wait_for()


def _two_measures(page: Page, filled: Filled) -> None:
    _form(page, filled)
    outdate(page)
    page.get_by_label("Verantwortlich").fill("Jemand ganz anderes")
    page.get_by_label("Kontrolle").fill("")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("heading", name="Es gibt zwei Fassungen").wait_for()


def _lost(page: Page, filled: Filled) -> None:
    _form(page, filled)
    page.get_by_label("Verantwortlich").fill("Jemand ganz anderes")
    page.context.clear_cookies(name="geraet")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("button", name="Noch einmal speichern").wait_for()


def _wrong_link(page: Page, filled: Filled) -> None:
    page.goto("/weitermachen")
    page.get_by_role("textbox", name="Ihr persönlicher Link").fill("nicht-mein-link")
    page.get_by_role("button", name="Öffnen").click()
    page.get_by_role("alert").wait_for()


def _changed_plan(page: Page, filled: Filled) -> None:
    own("plan?gespeichert=" + filled.measure.rsplit("/", 1)[-1]).way(page, filled)


KINDS = {
    "start": public("/"),
    "introduction": public("/praxishilfe/zo/"),
    "background": public("/praxishilfe/zo/hintergrund"),
    "sheet": public("/praxishilfe/zo/bogen"),
    "help": public("/hilfe"),
    "privacy": public("/datenschutz"),
    "imprint": public("/impressum"),
    "accessibility": public("/barrierefreiheit"),
    "erased": public("/geloescht"),
    "resume": public("/weitermachen"),
    "resume with a known one": own("../../weitermachen"),
    "resume with a wrong link": Kind(_wrong_link, (422,)),
    "404": public("/gibt-es-nicht", 404),
    "unknown link": public("/weiter/2222-2222-2222-2222-2222-2222-2222", 404),
    "session lost": Kind(_lost, (404,)),
    "wrong method": own("plan/anregung", 405),
    "closing": own("schliessen"),
    "checkpoint": own("checkpunkt/nutzen"),
    "checkpoint not rated, unfolded": Kind(_unfolded),
    "checkpoint with a term": Kind(_explained),
    "checkpoint not saved": Kind(_unsaved, (NO_ANSWER,)),
    "overview": own("ueberblick"),
    "name": own("name"),
    "plan": own("plan"),
    "plan with everything open": Kind(_opened_points),
    "plan in own order": own("plan?sortierung=eigene"),
    "plan filtered to nothing": own("plan?stand=verworfen"),
    "plan after a change": Kind(_changed_plan),
    "plan without measures": Kind(_empty_plan),
    "measure form": Kind(_form),
    "new measure": own("plan/neu"),
    "measure form with errors": Kind(_wrong_form, (422,)),
    "two versions of a checkpoint": Kind(_two_ratings, (409,)),
    "two versions of a measure": Kind(_two_measures, (409,)),
    "links": own("weitermachen"),
    "erase": own("loeschen"),
    "organisation": joint("{root}"),
    "organisation, unfolded": joint("{root}", open_all=True),
    "organisation plan": joint("{root}plan"),
    "organisation plan filtered to nothing": joint("{root}plan?stand=verworfen"),
    "members": joint("{root}mitglieder", open_all=True),
    "advice": joint("{root}beratung", open_all=True),
    "advisers' board": joint("{adviser}klienten", open_all=True),
    "clients invited": joint("{adviser}klienten/einladen"),
    "clients' invitations": joint("{adviser}klienten/einladungen"),
    "offer": joint("{offer}"),
    "handing over": joint("{prepared}uebergeben"),
    "leaving": joint("{root}verlassen"),
    "organisation settings": joint("{root}einstellungen"),
    "organisation settings with errors": Kind(_wrong_areas, (422,)),
    "area": joint("{root}bereiche/{area}"),
    "removing an area": joint("{root}bereiche/{area}/entfernen"),
    "new organisation": joint("/organisation/neu"),
    "beginning in an organisation": joint("/praxishilfe/zo/"),
    "overview in an organisation": joint("{assessment}ueberblick"),
    "checkpoint in an organisation": joint("{assessment}checkpunkt/planen"),
    "area of an assessment": joint("{assessment}bereich"),
    "links of a member": joint("{assessment}weitermachen"),
    "reader's overview": read("ueberblick"),
    "reader's checkpoint": read("checkpunkt/nutzen"),
    "reader's plan": read("plan"),
}
