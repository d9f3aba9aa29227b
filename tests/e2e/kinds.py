"""One of every kind of page, and how one gets there without changing what is stored."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from brueckenschlag.documents.exchange.model import Exchange, packed

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


def member(path: str, *expects: int) -> Kind:
    """A page of somebody who has signed in, and who has filled in something as a guest."""

    def way(page: Page, filled: Filled) -> None:
        page.goto(filled.link)
        page.context.add_cookies(filled.cookies)
        page.goto(path)

    return Kind(way, expects)


def joint(path: str, status: int = 200, *, open_all: bool = False) -> Kind:
    """A page of the organisation; `{area}` and `{assessment}` stand for one of its own."""

    def way(page: Page, filled: Filled) -> None:
        member = filled.member
        assert member
        page.context.add_cookies([member.cookie(filled.address)])
        places = {"adviser": member.adviser, "offer": member.offer, "prepared": member.prepared}
        page.goto(path.format(root=member.organisation, assessment=member.assessment, area=member.area, **places))
        if open_all:
            page.evaluate("() => { for (const one of document.querySelectorAll('main details')) one.open = true }")

    return Kind(way, (status,) if status >= 400 else ())


def operator(path: str) -> Kind:
    """A page of the site's administration; `{id}` stands for the organisation's."""

    def way(page: Page, filled: Filled) -> None:
        member = filled.member
        assert member
        page.context.add_cookies([member.cookie(filled.address) | {"value": member.operator}])
        page.goto(path.format(id=member.organisation.strip("/").rpartition("/")[2]))

    return Kind(way)


def _account(page: Page, filled: Filled) -> None:
    operator("/betrieb/konten?suche=betrieb").way(page, filled)
    page.get_by_role("link", name="Alle zeigen").click()
    page.locator("table a").first.click()
    # A click waits until the answer begins, not until there is a page to look at.
    page.locator("h1 .kicker", has_text="Konto").wait_for()


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


def _hand_in(page: Page, content: dict[str, object]) -> None:
    data = {"made_on": "2026-11-26", "instrument": "zo", "edition": "1", "edition_hash": "0" * 64, **content}
    file = {"name": "daten.json", "mimeType": "application/json", "buffer": json.dumps(data).encode()}
    page.get_by_label("Datei von Ihrem Gerät").set_input_files([file])
    page.get_by_role("button", name="Datei ansehen").click()


BROUGHT: dict[str, object] = {
    "format": "brueckenschlag",
    "name": "Nachbarschaftshilfe Probestadt, Bereich Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
    "ratings": [
        {"checkpoint": "nutzen", "level": "gut", "note": "Aus der Sitzung"},
        {"checkpoint": "gibtsnicht", "level": "gut"},
    ],
    "base": None,
}


def _brought_back(page: Page, filled: Filled) -> None:
    own("zurueck").way(page, filled)
    before = {"made_on": "2026-11-26", "instrument": "zo", "edition": "1", "edition_hash": "0" * 64}
    id = filled.root.rstrip("/").rsplit("/", 1)[-1]
    base = packed(Exchange.model_validate(before | {"assessment": id}))
    _hand_in(page, BROUGHT | {"assessment": id, "base": base})
    page.get_by_role("heading", name="Was die Datei ändert").wait_for()


def _of_another(page: Page, filled: Filled) -> None:
    own("zurueck").way(page, filled)
    _hand_in(page, BROUGHT | {"assessment": "00000000-0000-0000-0000-000000000001"})
    page.get_by_role("button", name="Trotzdem ansehen").wait_for()


def _no_file(page: Page, filled: Filled) -> None:
    own("zurueck").way(page, filled)
    page.get_by_role("button", name="Datei ansehen").click()
    page.get_by_role("alert").wait_for()


def _beginning(page: Page, filled: Filled) -> None:
    page.goto("/praxishilfe/datei")
    _hand_in(page, BROUGHT)
    page.get_by_role("button", name="Neue Praxishilfe damit beginnen").wait_for()


def _no_address(page: Page, filled: Filled) -> None:
    page.goto("/anmelden")
    page.get_by_role("button", name="Code schicken").click()
    page.get_by_role("alert").wait_for()


KINDS = {
    "administration": operator("/betrieb"),
    "administration, organisations": operator("/betrieb/organisationen"),
    "administration, an organisation": operator("/betrieb/organisationen/{id}"),
    "administration, accounts": operator("/betrieb/konten"),
    "administration, an account": Kind(_account),
    "administration, mandates": operator("/betrieb/beratung"),
    "administration, mail": operator("/betrieb/mail"),
    "administration, contents": operator("/betrieb/inhalte"),
    "administration, log": operator("/betrieb/protokoll"),
    "administration, a question": operator("/betrieb/organisationen/{id}/loeschen"),
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
    "documents": own("mitnehmen"),
    "file to bring back": own("zurueck"),
    "file brought back": Kind(_brought_back),
    "file of another one": Kind(_of_another, (422,)),
    "no file": Kind(_no_file, (422,)),
    "file taken over": own("zurueck?uebernommen=3&geloescht=1"),
    "file to begin with": public("/praxishilfe/datei"),
    "beginning with a file": Kind(_beginning),
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
    "log of an organisation": joint("{root}protokoll"),
    "log filtered to nothing": joint("{root}protokoll?art=betrieb"),
    "log with an error": joint("{root}protokoll?von=gestern", 422),
    "log of an assessment": joint("{assessment}protokoll"),
    "replacing names": joint("{root}namen"),
    "taking an organisation along": joint("{root}mitnehmen"),
    "erasing an organisation": joint("{root}loeschen"),
    "taking an account along": joint("/konto/mitnehmen"),
    "erasing an account": joint("/konto/loeschen"),
    "reader's overview": read("ueberblick"),
    "reader's checkpoint": read("checkpunkt/nutzen"),
    "reader's plan": read("plan"),
    "reader's documents": read("mitnehmen"),
    "sign in": public("/anmelden"),
    "sign in without an address": Kind(_no_address, (422,)),
    "sign in by password": public("/anmelden/passwort"),
    "closed account": public("/anmelden/geschlossen", 403),
    "account": member("/konto"),
    "details": member("/konto/angaben"),
    "devices": member("/konto/geraete"),
    "security": member("/konto/sicherheit"),
    "new password": member("/konto/sicherheit/passwort"),
    "new passkey": member("/konto/sicherheit/passkey"),
    "app": member("/konto/sicherheit/app"),
    "another address": member("/konto/adresse"),
    "confirm who one is": member("/konto/bestaetigen"),
    "keep in an account": member("/konto/behalten"),
    "sign out": member("/abmelden"),
}
