"""Asking clients from a list: reading it, the preview, sending once, the list of links, and accepting."""

import csv
import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from brueckenschlag.accounts import client_list, rules
from brueckenschlag.accounts.models import ClientInvitation, Mandate, Membership, Organisation, Person
from brueckenschlag.accounts.operations import change_organisation, found_organisation, give_mandate, invite_clients
from brueckenschlag.audit.actors import Actor

from ..conftest import signed_in

LIST = "Bürgerhaus;info@buergerhaus.example\nWerkstatt;Post@Werkstatt.example\n"


@pytest.fixture
def adviser(db):
    return signed_in("ada@beratung.example")


@pytest.fixture
def beratung(adviser) -> Organisation:
    by = Actor(Person.objects.get(email="ada@beratung.example").pk)
    return found_organisation("Kontaktstelle", "advice", by=by)


def address(beratung, rest="einladen") -> str:
    return f"/organisation/{beratung.pk}/klienten/{rest}"


def preview(adviser, beratung, text="", **sent):
    answer = adviser.post(address(beratung), {"text": text} | sent)
    return answer, html.unescape(answer.content.decode())


def send(adviser, beratung, text=LIST):
    return adviser.post(address(beratung), {"text": text, "senden": "1"}, follow=True).content.decode()


def downloaded(adviser, beratung) -> list[list[str]]:
    text = adviser.get(address(beratung, "einladungen.csv")).content.decode("utf-8-sig")
    return list(csv.reader(text.splitlines(), delimiter=";"))[1:]


def faults(text, beratung) -> list[str]:
    return [row.fault for row in client_list.read(text, beratung)]


@pytest.mark.parametrize(
    "text",
    [
        LIST,
        LIST.replace(";", ","),
        LIST.replace(";", "\t"),
        LIST.replace("\n", "\r\n"),
        "Name;E-Mail\n\n" + LIST,
        '"Bürgerhaus" ; info@buergerhaus.example \n;;\nWerkstatt;Post@Werkstatt.example;und mehr',
    ],
)
def test_a_list_is_read_as_people_write_it(beratung, text):
    rows = [(row.name, row.address, row.fault) for row in client_list.read(text, beratung)]
    assert rows == [
        ("Bürgerhaus", "info@buergerhaus.example", ""),
        ("Werkstatt", "post@werkstatt.example", ""),
    ]


def test_a_list_of_addresses_alone_will_do(beratung):
    assert [row.address for row in client_list.read("a@x.example\nb@x.example", beratung)] == [
        "a@x.example",
        "b@x.example",
    ]


def test_each_row_says_what_is_wrong_with_it(beratung, adviser):
    rows = [
        "Gut;gut@x.example",
        "Ohne;",
        "Falsch;kein@",
        "Zeile;a@x.example b@x.example",
        f"{'L' * 121};lang@x.example",
        "Noch einmal;GUT@x.example",
        "=1+1;formel@x.example",
    ]
    assert faults("\n".join(rows), beratung) == ["", "address", "address", "address", "name", "twice", ""]
    _, shown = preview(adviser, beratung, "\n".join(rows))
    for words in ("keine E-Mail-Adresse", "Der Name ist zu lang.", "steht schon in der Liste", "2 Adressen werden"):
        assert words in shown
    assert not ClientInvitation.objects.exists()


def test_what_is_left_out_is_counted_and_stands_first(adviser, beratung):
    _, shown = preview(adviser, beratung, LIST + "Ohne Adresse;\nKaputt;kein@\n")
    assert "2 Adressen werden eingeladen. 2 Zeilen werden ausgelassen und stehen hier zuerst." in shown
    assert shown.index("Kaputt") < shown.index("Bürgerhaus")
    assert '<span class="quiet">Zeile 3</span>' in shown
    assert "ausgelassen" not in preview(adviser, beratung, LIST)[1]


@pytest.mark.parametrize("sent", [{}, {"text": ""}])
def test_from_the_preview_the_list_comes_back_to_be_changed(adviser, beratung, sent):
    answer, shown = preview(adviser, beratung, **{"text": LIST, "aendern": "1"} | sent)
    assert answer.status_code == (422 if sent else 200)
    assert ("Bürgerhaus;info@buergerhaus.example" in shown) is not bool(sent)
    assert '<textarea id="id_text"' in shown
    assert not ClientInvitation.objects.exists()


def test_more_than_fifty_are_too_many_and_bad_rows_do_not_count(beratung):
    text = "kein@\n" + "\n".join(f"{n}@x.example" for n in range(52))
    assert faults(text, beratung) == ["address", *[""] * 50, "many", "many"]


def test_who_is_advised_or_asked_already_is_told_apart(adviser, beratung):
    by = Actor(Person.objects.create(email="info@buergerhaus.example").pk)
    give_mandate(found_organisation("Bürgerhaus", "zo", by=by), beratung, may_write=False, by=by)
    invite_clients(beratung, [("", "post@werkstatt.example")], by=by)
    assert faults(LIST, beratung) == ["client", "invited"]
    _, shown = preview(adviser, beratung, LIST)
    assert "wird schon beraten" in shown
    assert "ist schon eingeladen" in shown


def test_who_is_only_somebody_elses_client_is_not_told_apart_from_anybody(beratung):
    by = Actor(Person.objects.create(email="info@buergerhaus.example").pk)
    other = found_organisation("Andere", "advice", by=by)
    give_mandate(found_organisation("Bürgerhaus", "zo", by=by), other, may_write=False, by=by)
    invite_clients(other, [("", "post@werkstatt.example")], by=by)
    assert faults(LIST, beratung) == ["", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_in_the_encodings_of_spreadsheets(adviser, beratung, encoding):
    sent = SimpleUploadedFile("liste.csv", LIST.encode(encoding))
    answer, shown = preview(adviser, beratung, file=sent)
    assert answer.status_code == 200
    assert "Bürgerhaus" in shown


@pytest.mark.parametrize(
    ("name", "content"),
    [("bild.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), ("leer.csv", b""), ("gross.csv", b"a" * 50_001)],
)
def test_a_file_that_is_no_list_is_an_error_at_the_field(adviser, beratung, name, content):
    answer, shown = preview(adviser, beratung, file=SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    assert 'role="alert"' in shown


@pytest.mark.parametrize("text", ["", " \n ", "a" * 50_001, "a\x00b"])
def test_a_text_that_is_no_list_is_an_error_at_the_field(adviser, beratung, text):
    answer, shown = preview(adviser, beratung, text)
    assert answer.status_code == 422
    assert 'id="error_text"' in shown


def test_the_preview_carries_the_list_and_sends_nothing(adviser, beratung):
    _, shown = preview(adviser, beratung, LIST)
    assert f'name="text" value="{LIST.strip()}' in shown
    assert not ClientInvitation.objects.exists()


def test_sending_twice_asks_once(adviser, beratung):
    assert "Die Links sind bereit." in send(adviser, beratung)
    before = downloaded(adviser, beratung)
    assert "Es war niemand neu einzuladen." in send(adviser, beratung)
    assert downloaded(adviser, beratung) == before
    assert {row[1] for row in before} == {"info@buergerhaus.example", "post@werkstatt.example"}


def test_whoever_accepts_becomes_a_client_with_what_they_allow(adviser, beratung, nobody):
    send(adviser, beratung)
    link = next(row[2] for row in downloaded(adviser, beratung) if row[0] == "Bürgerhaus")
    path = re.sub(r"https?://[^/]+", "", link)
    assert "Bitte melden Sie sich zuerst an." in nobody.get(path, follow=True).content.decode()
    newcomer = signed_in("info@buergerhaus.example")
    shown = newcomer.get(path, follow=True).content.decode()
    assert 'value="Bürgerhaus"' in shown
    assert "Kontaktstelle" in shown
    own = ClientInvitation.objects.get(name="Bürgerhaus")
    answer = newcomer.post("/angebot", {"offer": own.pk, "name": "Bürgerhaus e. V.", "allowed": "read"})
    founded = Organisation.objects.get(name="Bürgerhaus e. V.")
    assert answer["Location"] == f"/organisation/{founded.pk}/beratung"
    mandate = Mandate.objects.in_force().get()
    assert (mandate.organisation, mandate.adviser, mandate.may_write) == (founded, beratung, False)
    assert Membership.objects.get(organisation=founded).role == "owner"
    assert newcomer.get(path).status_code == 404
    assert len(downloaded(adviser, beratung)) == 1


def test_whoever_accepts_must_say_what_the_adviser_may_do_and_can_take_their_own_organisation(
    adviser, beratung, chief, verein
):
    [(own, key)] = invite_clients(beratung, [("", "owner@probestadt.example")], by=Actor())
    chief.get(f"/annehmen/{key}")
    for sent in ({}, {"allowed": "x"}, {"allowed": "read", "organisation": beratung.pk}):
        assert chief.post("/angebot", {"offer": own.pk} | sent).status_code == 422
    chief.post("/angebot", {"offer": own.pk, "organisation": verein.pk, "allowed": "write"})
    assert Mandate.objects.in_force().get().organisation == verein


def test_an_organisation_that_advises_no_more_is_given_no_mandate(beratung, chief):
    [(own, key)] = invite_clients(beratung, [("", "owner@probestadt.example")], by=Actor())
    chief.get(f"/annehmen/{key}")
    change_organisation(beratung, name="Kontaktstelle", kind="zo", by=Actor())
    assert chief.post("/angebot", {"offer": own.pk, "name": "Verein", "allowed": "read"}).status_code == 404
    assert chief.get(f"/annehmen/{key}").status_code == 404
    assert not Mandate.objects.exists()


def test_only_an_owner_gives_an_organisation_a_mandate(beratung, editor, verein):
    [(own, key)] = invite_clients(beratung, [("", "editor@probestadt.example")], by=Actor())
    editor.get(f"/annehmen/{key}")
    answer = editor.post("/angebot", {"offer": own.pk, "organisation": verein.pk, "allowed": "read"})
    assert answer.status_code == 422
    assert not Mandate.objects.exists()


def test_a_late_or_withdrawn_invitation_opens_nothing(adviser, beratung, nobody):
    asked = invite_clients(beratung, [("", "a@x.example"), ("", "b@x.example")], by=Actor())
    adviser.post(address(beratung, f"einladungen/{asked[0][0].pk}/zurueckziehen"))
    ClientInvitation.objects.filter(pk=asked[1][0].pk).update(expires_at=timezone.now())
    for _, key in asked:
        assert nobody.get(f"/annehmen/{key}").status_code == 404
    assert downloaded(adviser, beratung) == []


def test_an_invitation_of_another_adviser_cannot_be_withdrawn(beratung, neighbour):
    [(own, _)] = invite_clients(beratung, [("", "a@x.example")], by=Actor())
    theirs = Organisation.objects.get(name="Nachbarn")
    Organisation.objects.filter(pk=theirs.pk).update(kind="advice")
    assert neighbour.post(address(theirs, f"einladungen/{own.pk}/zurueckziehen")).status_code == 404
    assert ClientInvitation.objects.exists()


def test_the_downloaded_list_holds_no_formula(adviser, beratung):
    send(adviser, beratung, "=HYPERLINK(1);a@x.example\n@x;b@x.example")
    assert {row[0] for row in downloaded(adviser, beratung)} == {"'=HYPERLINK(1)", "'@x"}


def test_each_gets_one_letter_without_words_of_a_visitor(adviser, beratung, inbox):
    assert "Die E-Mails sind unterwegs." in send(adviser, beratung, "Klicken Sie hier;info@buergerhaus.example")
    assert "Es war niemand neu einzuladen." in send(adviser, beratung, "Klicken Sie hier;info@buergerhaus.example")
    [letter] = inbox.letters
    text = letter.get_payload(decode=True).decode()
    assert letter["To"] == "info@buergerhaus.example"
    assert "ada@beratung.example" in text
    assert "https://praxishilfe.example.org/annehmen/" in text
    assert "Klicken" not in letter.as_string() + text


def test_letters_that_did_not_go_out_are_sent_the_next_time(adviser, beratung, inbox, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert "Nicht alle E-Mails ließen sich verschicken." in send(adviser, beratung)
    settings.EMAIL_PORT = port
    send(adviser, beratung)
    assert {letter["To"] for letter in inbox.letters} == {"info@buergerhaus.example", "post@werkstatt.example"}


def test_a_days_limit_is_said_in_words(adviser, beratung, monkeypatch):
    monkeypatch.setattr(rules, "CLIENT_INVITATIONS_PER_DAY", 1)
    assert "Heute sind keine weiteren Einladungen möglich" in send(adviser, beratung)
    assert not ClientInvitation.objects.exists()
