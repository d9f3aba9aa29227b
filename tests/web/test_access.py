"""One table over all addresses and methods: who gets what. A new address without a row fails."""

import uuid

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from brueckenschlag.accounts.keys import grouped, reader_key
from brueckenschlag.accounts.models import ClientInvitation, Mandate, Membership, Organisation, Person
from brueckenschlag.accounts.operations import (
    add_areas,
    found_organisation,
    give_mandate,
    invite,
    invite_clients,
    offer_mandate,
)
from brueckenschlag.audit.actors import GUEST, Actor
from brueckenschlag.plans.models import Measure
from brueckenschlag.plans.operations import add_measure
from brueckenschlag.plans.rules import Content
from brueckenschlag.web.languages import WITHOUT_LANGUAGE
from brueckenschlag.web.urls import without_language

LANGUAGES = ("", "/en", "/de-simple")
# Guests with the owner's link, the link for reading, another assessment, nothing; members of the organisation to which
# the assessment belongs: owner, editor, reader; the owner of another organisation; and owners of organisations that
# advise it: to read, to read and write, and once. And those who run the site, with and without a second factor.
CAST = ("owner", "reader", "stranger", "nobody", "chief", "editor", "onlooker", "neighbour")
CAST += ("reading_adviser", "writing_adviser", "former_adviser", "operator", "operator_without")
OPEN = (200,) * 13
VISIBLE = (200, 200, 404, 404, 200, 200, 200, 404, 200, 200, 404, 404, 404)
OWNER_ONLY = (200, 404, 404, 404, 200, 200, 404, 404, 404, 200, 404, 404, 404)
OWNER_WRITES = (302, 404, 404, 404, 302, 302, 404, 404, 404, 302, 404, 404, 404)
MEMBERS = (404, 404, 404, 404, 200, 200, 200, 404, 404, 404, 404, 404, 404)
EDITORS = (404, 404, 404, 404, 200, 200, 404, 404, 404, 404, 404, 404, 404)
EDITORS_WRITE = (404, 404, 404, 404, 302, 302, 404, 404, 404, 404, 404, 404, 404)
CHIEF = (404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404, 404, 404)
CHIEF_WRITES = (404, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404, 404, 404)
OWN_ONLY = (200, 404, 404, 404, 200, 200, 404, 404, 404, 404, 404, 404, 404)
OWN_WRITES = (302, 404, 404, 404, 302, 302, 404, 404, 404, 404, 404, 404, 404)
# The board is that of the organisation which advises to read and write.
ADVISER = (404, 404, 404, 404, 404, 404, 404, 404, 404, 200, 404, 404, 404)
ADVISER_WRITES = (404, 404, 404, 404, 404, 404, 404, 404, 404, 302, 404, 404, 404)
# Those who run the site are strangers everywhere else; without a second factor they are told that they need one.
OPERATOR = (*(404,) * 11, 200, 403)
OPERATOR_WRITES = (*(404,) * 11, 302, 403)
NOWHERE = (404,) * 13
LEADS_ON = (302,) * 13
NO_SUCH_METHOD = (405,) * 13


def accounts(with_one: int, without: int = 302) -> tuple[int, ...]:
    """What guests get, and what those get who have signed in."""
    return (without,) * 4 + (with_one,) * 9


# Pages of an account lead everybody else to where one signs in. Ways in are for those who are not in yet.
MEMBER, MEMBER_ERRS, NOT_YET_IN = accounts(200), accounts(422), accounts(302, 200)

# address name: what GET and POST answer to the cast
TABLE = {
    "home": (OPEN, NO_SUCH_METHOD),
    "introduction": (OPEN, LEADS_ON),
    "background": (OPEN, NO_SUCH_METHOD),
    "sheet": (OPEN, NO_SUCH_METHOD),
    "overview": (VISIBLE, NO_SUCH_METHOD),
    "edition": (OWNER_ONLY, OWNER_WRITES),
    "name": (OWNER_ONLY, OWNER_WRITES),
    "checkpoint": (VISIBLE, OWNER_WRITES),
    "plan": (VISIBLE, NO_SUCH_METHOD),
    "new_measure": (OWNER_WRITES, OWNER_WRITES),
    "take_suggestion": (NO_SUCH_METHOD, OWNER_WRITES),
    "measure": (OWNER_ONLY, OWNER_WRITES),
    "remove_measure": (NO_SUCH_METHOD, OWNER_WRITES),
    "restore_measure": (NO_SUCH_METHOD, OWNER_WRITES),
    "move_measure": (NO_SUCH_METHOD, OWNER_WRITES),
    "documents": (VISIBLE, NO_SUCH_METHOD),
    "document": (VISIBLE, NO_SUCH_METHOD),
    "mail_document": (NO_SUCH_METHOD, NOWHERE),  # without a mail server nobody; see test_mail
    "paper": (OPEN, NO_SUCH_METHOD),
    "return": (
        OWNER_ONLY,
        (422, 404, 404, 404, 422, 422, 404, 404, 404, 422, 404, 404, 404),
    ),  # without a file; see test_returns
    "check_return": (NO_SUCH_METHOD, OWNER_WRITES),
    "begin_from_file": (OPEN, (422,) * 13),
    "links": (OWN_ONLY, NO_SUCH_METHOD),
    "mail_link": (NO_SUCH_METHOD, NOWHERE),  # without a mail server nobody; see test_mail
    "renew_links": (OWN_ONLY, OWN_WRITES),
    "close": (VISIBLE, (302, 302, 404, 404, 302, 302, 302, 404, 302, 302, 404, 404, 404)),
    "erase": (OWN_ONLY, OWN_WRITES),
    "area_of_assessment": (EDITORS, EDITORS_WRITE),
    "open_owner": (LEADS_ON, NO_SUCH_METHOD),  # who has the key may come in
    "open_reader": (LEADS_ON, NO_SUCH_METHOD),
    "open_invitation": (LEADS_ON, NO_SUCH_METHOD),
    "invitation": (NOWHERE, NOWHERE),  # for who has opened none; see test_organisation_invitations
    "new_organisation": ((404,) * 4 + (200,) * 9, (404,) * 4 + (302,) * 9),
    "organisation": (MEMBERS, NO_SUCH_METHOD),
    "organisation_plan": (MEMBERS, NO_SUCH_METHOD),
    "organisation_settings": (CHIEF, CHIEF_WRITES),
    "add_areas": (NO_SUCH_METHOD, CHIEF_WRITES),
    "area": (CHIEF, CHIEF_WRITES),
    "remove_area": (CHIEF, CHIEF_WRITES),
    "members": (MEMBERS, NO_SUCH_METHOD),
    "invite": (NO_SUCH_METHOD, CHIEF_WRITES),
    "revoke_invitation": (NO_SUCH_METHOD, CHIEF_WRITES),
    "change_role": (NO_SUCH_METHOD, CHIEF_WRITES),
    "remove_member": (CHIEF, CHIEF_WRITES),
    "hand_over": (CHIEF, CHIEF_WRITES),
    "assessment_log": (VISIBLE, NO_SUCH_METHOD),
    "assessment_log_table": (VISIBLE, NO_SUCH_METHOD),
    "organisation_log": (MEMBERS, NO_SUCH_METHOD),
    "organisation_log_table": (MEMBERS, NO_SUCH_METHOD),
    "names_of_assessment": (OWNER_ONLY, OWNER_WRITES),
    "names_of_organisation": (CHIEF, CHIEF_WRITES),
    "export_organisation": (CHIEF, CHIEF),
    "erase_organisation": (CHIEF, CHIEF_WRITES),
    "keep_organisation": (NO_SUCH_METHOD, CHIEF_WRITES),
    "export_account": (MEMBER, MEMBER),
    "erase_account": (
        MEMBER,
        (302, 302, 302, 302, 422, 302, 302, *(422,) * 4, 302, 302),
    ),  # the last owner has to say more
    "keep_account": (NO_SUCH_METHOD, LEADS_ON),
    "leave": (MEMBERS, (404, 404, 404, 404, 422, 302, 302, 404, 404, 404, 404, 404, 404)),  # the last owner cannot
    "advice": (MEMBERS, NO_SUCH_METHOD),
    "offer_advice": (NO_SUCH_METHOD, CHIEF_WRITES),
    "change_advice": (CHIEF, CHIEF_WRITES),
    "end_advice": (CHIEF, CHIEF_WRITES),
    "clients": (ADVISER, NO_SUCH_METHOD),
    "invite_clients": (ADVISER, ADVISER_WRITES),
    "client_invitations": (ADVISER, NO_SUCH_METHOD),
    "client_links": (ADVISER, NO_SUCH_METHOD),
    "revoke_client": (NO_SUCH_METHOD, ADVISER_WRITES),
    "hand_over_assessment": (NOWHERE, NOWHERE),  # of a client's; see test_handing_over
    "open_advice": (LEADS_ON, NO_SUCH_METHOD),
    "offer": (NOWHERE, NOWHERE),  # for who has opened none; see test_advice_offers
    "resume": (OPEN, (422,) * 13),
    "erased": (OPEN, NO_SUCH_METHOD),
    "help": (OPEN, NO_SUCH_METHOD),
    "privacy": (OPEN, NO_SUCH_METHOD),
    "accessibility": (OPEN, NO_SUCH_METHOD),
    "figures": (OPEN, NO_SUCH_METHOD),
    "imprint": (OPEN, NO_SUCH_METHOD),
    "account_login": (NOT_YET_IN, NOT_YET_IN),  # without a mail server no code is sent
    "sign_in_code": (LEADS_ON, LEADS_ON),  # nobody has asked for one
    "sign_in_password": (NOT_YET_IN, accounts(302, 422)),
    "sign_in_passkey": (LEADS_ON, accounts(302, 422)),
    "mfa_authenticate": (LEADS_ON, LEADS_ON),
    "account_inactive": ((403,) * 13, NO_SUCH_METHOD),
    "account_logout": (OPEN, LEADS_ON),
    "account": (MEMBER, NO_SUCH_METHOD),
    "details": (MEMBER, MEMBER_ERRS),
    "address": (accounts(404), accounts(404)),  # without a mail server nobody
    "address_codes": (LEADS_ON, LEADS_ON),
    "devices": (MEMBER, LEADS_ON),
    "take_over": (MEMBER, MEMBER_ERRS),
    "confirm_person": (MEMBER, MEMBER),
    "security": (MEMBER, NO_SUCH_METHOD),
    "own_password": (MEMBER, MEMBER_ERRS),
    "new_passkey": (MEMBER, MEMBER_ERRS),
    "drop_passkey": (accounts(404), accounts(404)),
    "app": (MEMBER, (*MEMBER_ERRS[:11], 302, 422)),  # the operator has one, and takes it away
    "recovery_codes": ((*LEADS_ON[:11], 200, 302), LEADS_ON),
    "sign_in_link": (NOWHERE, NOWHERE),
    "openid_connect_login": (NOWHERE, NO_SUCH_METHOD),  # without a directory nobody; see test_directory
    "openid_connect_callback": (NOWHERE, NO_SUCH_METHOD),
    "operator": (OPERATOR, NO_SUCH_METHOD),
    "operator_organisations": (OPERATOR, NO_SUCH_METHOD),
    "operator_organisation": (OPERATOR, NO_SUCH_METHOD),
    "operator_give_owner": (NO_SUCH_METHOD, OPERATOR_WRITES),
    "operator_erase_organisation": (OPERATOR, OPERATOR_WRITES),
    "operator_keep_organisation": (NO_SUCH_METHOD, OPERATOR_WRITES),
    "operator_people": (OPERATOR, NO_SUCH_METHOD),
    "operator_person": (OPERATOR, NO_SUCH_METHOD),
    "operator_new_address": (NO_SUCH_METHOD, OPERATOR_WRITES),
    "operator_step": (OPERATOR, OPERATOR_WRITES),
    "operator_mandates": (OPERATOR, NO_SUCH_METHOD),
    "operator_end_mandate": (OPERATOR, OPERATOR_WRITES),
    "operator_mail": (OPERATOR, NO_SUCH_METHOD),
    "operator_trial": (NO_SUCH_METHOD, OPERATOR_WRITES),
    "operator_contents": (OPERATOR, NO_SUCH_METHOD),
    "operator_log": (OPERATOR, NO_SUCH_METHOD),
    "language": (LEADS_ON, NO_SUCH_METHOD),
    "robots": (OPEN, NO_SUCH_METHOD),
    "empty": (OPEN, NO_SUCH_METHOD),
}
SENT = {
    "checkpoint": {"level": "gut", "version": 0},
    "new_measure": {"checkpoint": "planen", "text": "Neu", "priority": "high", "status": "open"},
    "measure": {"checkpoint": "planen", "text": "Anders", "priority": "high", "status": "open", "version": 1},
    "take_suggestion": {"suggestion": "planen.kriterien"},
    "move_measure": {"direction": "up"},
    "new_organisation": {"name": "Noch eine", "kind": "zo"},
    "organisation_settings": {"name": "Anders", "kind": "kmu"},
    "add_areas": {"names": "Neu"},
    "area": {"name": "Anders"},
    "invite": {"role": "reader"},
    "change_role": {"role": "owner"},
    "operator_give_owner": {"address": "weitere@probestadt.example"},
    "operator_new_address": {"address": "neue@probestadt.example"},
    "offer_advice": {"allowed": "read", "scope": "all"},
    "change_advice": {"allowed": "write", "scope": "all"},
    "invite_clients": {"text": "Bürgerhaus;info@buergerhaus.example", "senden": "1"},
}
BOARD = ("clients", "invite_clients", "client_invitations", "client_links", "revoke_client")


def every_address() -> dict[str, URLPattern]:
    found: dict[str, URLPattern] = {}
    for include in get_resolver().url_patterns:
        for pattern in include.url_patterns:
            found[pattern.name] = pattern
    return found


@pytest.fixture
def place(own, verein):
    """The organisation, an area of it, a further member and an open invitation; the assessment belongs to the area."""
    [area] = add_areas(verein, ["Jugend"], by=GUEST)
    further = Person.objects.create(email="weitere@probestadt.example")
    Membership.objects.create(organisation=verein, person=further, role="reader")
    invitation, key = invite(verein, "reader", by=GUEST)
    own.assessment.organisation, own.assessment.area = verein, area
    own.assessment.save()
    found = {"organisation": verein.pk, "area": area.pk, "person": further.pk, "invitation": invitation.pk, "key": key}
    return found | advice_on(verein)


def advice_on(verein) -> dict[str, object]:
    """The organisation that advises to read and write, somebody whom it has asked, a mandate, and an open offer."""
    adviser = Organisation.objects.filter(name="schreibt").first()
    if adviser is None:
        adviser = found_organisation("Beratung", "advice", by=Actor(Person.objects.create(email="x@x.example").pk))
        give_mandate(verein, adviser, may_write=True, by=GUEST)
    [(asked, _)] = invite_clients(adviser, [("", "info@werkstatt.example")], by=GUEST)
    mandate = Mandate.objects.get(adviser=adviser)
    offer = offer_mandate(verein, may_write=False, by=GUEST)[1]
    return {"adviser": adviser.pk, "asked": asked.pk, "mandate": mandate.pk, "offer": offer}


@pytest.fixture
def address(own, place):
    row = add_measure(own.assessment, Content("planen", "Vorhanden", "high"), id=uuid.uuid4(), by=GUEST)
    values = {
        "<uuid:id>": own.assessment.id,
        "<slug:slug>": "zo",
        "<slug:key>": "planen",
        "<uuid:measure_id>": row.id,
        "<str:key>": grouped(own.key),
        "<slug:code>": "en",
        "<slug:step>": "schliessen",
        "<str:token>": "erfunden",
        "<int:number>": 1,
        **{f"<uuid:{name}>": id for name, id in place.items()},
    }

    def of(name: str, language: str = "") -> str:
        file = "broschuere.pdf" if name == "paper" else "plan.pdf"
        route = str(every_address()[name].pattern).replace("<str:file>", file)
        if name == "open_reader":
            return f"{language}/lesen/{grouped(reader_key(own.key))}"
        if name == "open_invitation":
            return f"{language}/mitmachen/{grouped(place['key'])}"
        if name == "open_advice":
            return f"{language}/annehmen/{grouped(place['offer'])}"
        if name in BOARD:
            route = route.replace("<uuid:organisation>", str(place["adviser"]))
        for part, value in values.items():
            route = route.replace(part, str(value))
        return f"{language}/{route}"

    return of


@pytest.fixture
def one(request) -> Client:
    return request.getfixturevalue(request.param)


@pytest.fixture
def everyone(request) -> dict[str, Client]:
    return {who: request.getfixturevalue(who) for who in CAST}


def answers(everyone, ask) -> dict[str, int]:
    """What each of the cast gets; what one of them changes is as it was before the next one asks."""
    found = {}
    for who, browser in everyone.items():
        with transaction.atomic():
            found[who] = ask(browser).status_code
            transaction.set_rollback(True)
    return found


def test_every_address_has_a_row():
    assert set(every_address()) == set(TABLE)


# Every address in every language, and those that have none once.
EVERYWHERE = [
    (name, language) for name in TABLE for language in LANGUAGES if not language or name not in WITHOUT_LANGUAGE
]


@pytest.mark.parametrize(("name", "language"), EVERYWHERE)
def test_opening_an_address(name, language, everyone, address):
    path = address(name, language)
    assert answers(everyone, lambda one: one.get(path)) == dict(zip(CAST, TABLE[name][0], strict=True))


@pytest.mark.parametrize(("name", "language"), EVERYWHERE)
def test_sending_to_an_address(name, language, everyone, address):
    path, sent = address(name, language), SENT.get(name, {})
    assert answers(everyone, lambda one: one.post(path, sent)) == dict(zip(CAST, TABLE[name][1], strict=True))


@pytest.mark.parametrize("name", sorted(WITHOUT_LANGUAGE))
def test_what_has_no_language_exists_once(name, owner, address):
    assert owner.get(address(name, "/en")).status_code == 404


def test_the_addresses_without_language_are_those_that_the_pages_know():
    assert {one.name for one in without_language} == WITHOUT_LANGUAGE


WRITES = (OWNER_WRITES, OWN_WRITES, EDITORS_WRITE, CHIEF_WRITES, ADVISER_WRITES, OPERATOR_WRITES)
WRITING = [name for name, (_, post) in TABLE.items() if post in WRITES]


@pytest.mark.parametrize("name", WRITING)
@pytest.mark.parametrize(
    "one",
    ["reader", "stranger", "nobody", "onlooker", "neighbour", "reading_adviser", "former_adviser", "operator_without"],
    indirect=True,
)
def test_whoever_may_not_write_changes_nothing(name, one, address, own):
    path, before = address(name), _everything(own)
    one.post(path, SENT.get(name, {}))
    assert _everything(own) == before


def _everything(own) -> list[object]:
    assessment = type(own.assessment).objects.filter(pk=own.assessment.pk)
    measures = Measure.objects.filter(assessment=own.assessment)
    rows = [list(assessment.values()), list(assessment[0].ratings.values()), list(measures.values())]
    for organisation in Organisation.objects.order_by("pk"):
        parts = (organisation.memberships, organisation.areas, organisation.invitations)
        rows += [organisation.name, organisation.kind, *(list(part.order_by("pk").values()) for part in parts)]
    return [*rows, *Mandate.objects.order_by("pk").values(), *ClientInvitation.objects.order_by("pk").values()]


@pytest.mark.parametrize("name", TABLE)
def test_a_wrong_method_gets_a_page_with_the_right_status(name, owner, address):
    answer = owner.delete(address(name))
    assert answer.status_code == 405
    assert "GET" in answer["Allow"] or "POST" in answer["Allow"]
    assert "Brückenschlag" in answer.content.decode()


def test_a_measure_of_another_assessment_cannot_be_reached_through_ones_own(own, stranger, zo):
    from brueckenschlag.assessments.models import Assessment

    row = add_measure(own.assessment, Content("planen", "Nur unser", "high"), id=uuid.uuid4(), by=GUEST)
    theirs = Assessment.objects.exclude(pk=own.assessment.pk).get()
    for rest in ("", "/loeschen", "/zurueckholen", "/verschieben"):
        path = f"/praxishilfe/{theirs.id}/plan/{row.id}{rest}"
        assert stranger.post(path, SENT["measure"] | SENT["move_measure"]).status_code == 404
    row.refresh_from_db()
    assert (row.text, row.deleted_at) == ("Nur unser", None)


def test_an_expired_assessment_opens_for_nobody(own, owner, address):
    own.assessment.changed_on = own.assessment.changed_on.replace(year=2020)
    own.assessment.organisation = None
    own.assessment.save()
    assert owner.get(own.path("plan")).status_code == 404
    assert owner.get(address("open_owner")).status_code == 404
