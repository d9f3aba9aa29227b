"""Invitations: by link and by mail, what the page says before, accepting once, and what comes of bad ones."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from brueckenschlag.accounts.keys import grouped
from brueckenschlag.accounts.models import Invitation, Membership, Organisation, Person
from brueckenschlag.accounts.operations import invite
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import GUEST, Actor

from ..conftest import signed_in


@pytest.fixture
def newcomer(db) -> Client:
    return signed_in("neu@example.org")


def send(client, verein, **sent):
    return client.post(f"/organisation/{verein.pk}/einladen", {"role": "editor"} | sent, follow=True)


def link_on(page: str) -> str:
    shown = re.search(r'id="link">(.*?)</p>', page, re.DOTALL)
    assert shown
    return re.sub(r"https?://[^/]+|<[^>]+>|\s", "", shown[1])


def accept(client, invitation):
    return client.post("/einladung", {"invitation": invitation.pk})


def is_member(verein, email="neu@example.org") -> bool:
    return Membership.objects.filter(organisation=verein, person__email=email).exists()


def test_a_colleague_is_invited_by_link_and_joins(chief, newcomer, verein):
    page = html.unescape(send(chief, verein).content.decode())
    opened = newcomer.get(link_on(page), follow=True)
    assert opened.redirect_chain == [("/einladung", 302)]
    shown = html.unescape(opened.content.decode())
    for words in ("Ortsverband Probestadt", "owner@probestadt.example", "Mitarbeit", "Einladung annehmen"):
        assert words in shown
    assert not is_member(verein)
    answer = accept(newcomer, Invitation.objects.get())
    assert answer["Location"] == f"/organisation/{verein.pk}/?willkommen=1"
    assert Membership.objects.get(person__email="neu@example.org").role == "editor"


def welcome(newcomer, verein, role) -> tuple[str, str]:
    """What the page says to whoever has just accepted, and where it leads on to, "" for nowhere."""
    invitation, key = invite(verein, role, by=GUEST)
    newcomer.get(f"/mitmachen/{key}")
    shown = html.unescape(newcomer.get(accept(newcomer, invitation)["Location"]).content.decode())
    [notice] = re.findall(r'<div class="notice[^>]*role="status".*?</div>', shown)
    leads = "".join(re.findall('href="(.*?)"', notice))
    assert not leads.startswith("#") or f'id="{leads[1:]}"' in shown
    return re.sub("<.*?>", " ", notice), leads.removeprefix(f"/organisation/{verein.pk}/")


@pytest.mark.parametrize(
    ("role", "can", "before"),
    [("owner", "mitarbeiten", "#beginnen"), ("editor", "mitarbeiten", "#beginnen"), ("reader", "alles ansehen", "")],
)
def test_whoever_has_accepted_is_welcomed_and_led_on(verein, edition, role, can, before):
    said, leads = welcome(signed_in("eins@example.org"), verein, role)
    assert f"Willkommen bei „Ortsverband Probestadt“! Sie können jetzt {can}." in said
    assert leads == before
    begin_assessment(edition, organisation=verein, by=GUEST)
    assert welcome(signed_in("zwei@example.org"), verein, role)[1] == "plan"


def test_whoever_has_joined_an_adviser_is_led_to_the_board(newcomer, verein):
    Organisation.objects.filter(pk=verein.pk).update(kind="advice")
    assert welcome(newcomer, verein, "reader")[1] == "klienten"


def test_an_organisation_without_a_name_welcomes_too_and_nobody_else_is_welcomed(newcomer, editor, neighbour, verein):
    page = f"/organisation/{verein.pk}/"
    assert "Willkommen" not in editor.get(page).content.decode()
    Organisation.objects.filter(pk=verein.pk).update(name="")
    assert "Willkommen! Sie" in editor.get(page + "?willkommen=1").content.decode()
    assert neighbour.get(page + "?willkommen=1").status_code == 404


def test_the_key_stands_neither_in_the_next_address_nor_on_the_page(newcomer, verein):
    _, key = invite(verein, "reader", by=GUEST)
    opened = newcomer.get(f"/mitmachen/{grouped(key)}")
    assert opened["Referrer-Policy"] == "no-referrer"
    assert key not in newcomer.get("/einladung").content.decode().replace("-", "")


def test_the_link_is_shown_only_on_the_device_that_made_it_and_only_while_it_is_open(chief, editor, verein):
    link = link_on(send(chief, verein).content.decode())
    members = f"/organisation/{verein.pk}/mitglieder"
    assert link_on(chief.get(members).content.decode()) == link
    other = signed_in("owner@probestadt.example")
    assert 'id="link"' not in other.get(members).content.decode()
    assert 'id="link"' not in editor.get(members).content.decode()
    chief.post(f"/organisation/{verein.pk}/einladungen/{Invitation.objects.get().pk}/zurueckziehen")
    assert 'id="link"' not in chief.get(members).content.decode()


def test_opening_a_link_uses_nothing_up_and_makes_nobody_a_member(newcomer, nobody, verein):
    invitation, key = invite(verein, "reader", by=GUEST)
    for client in (nobody, newcomer, newcomer):
        client.get(f"/mitmachen/{grouped(key)}", follow=True)
        client.head("/einladung")
    assert Invitation.objects.open().filter(pk=invitation.pk).exists()
    assert not is_member(verein)


def test_who_has_not_signed_in_is_asked_to_and_cannot_accept(nobody, verein):
    invitation, key = invite(verein, "reader", by=GUEST)
    shown = nobody.get(f"/mitmachen/{grouped(key)}", follow=True).content.decode()
    assert "Bitte melden Sie sich zuerst an." in shown
    assert "Einladung annehmen" not in shown
    assert accept(nobody, invitation).status_code == 422
    assert Membership.objects.filter(organisation=verein).count() == 1


@pytest.mark.parametrize("end", ["used", "revoked", "late"])
def test_an_invitation_that_is_over_opens_nothing_and_says_so(newcomer, verein, end):
    invitation, key = invite(verein, "reader", by=GUEST)
    newcomer.get(f"/mitmachen/{grouped(key)}")
    now = timezone.now()
    facts = {"used": {"used_at": now}, "revoked": {"revoked_at": now}, "late": {"expires_at": now - timedelta(1)}}
    Invitation.objects.filter(pk=invitation.pk).update(**facts[end])
    for answer in (
        newcomer.get("/einladung"),
        newcomer.get(f"/mitmachen/{grouped(key)}"),
        accept(newcomer, invitation),
    ):
        assert answer.status_code == 404
        assert "Diese Einladung gilt nicht mehr" in answer.content.decode()
    assert not is_member(verein)


def test_only_the_invitation_that_was_shown_is_accepted(newcomer, verein):
    shown, key = invite(verein, "reader", by=GUEST)
    other, _ = invite(verein, "owner", by=GUEST)
    newcomer.get(f"/mitmachen/{grouped(key)}")
    for forged in (other.pk, "", "x"):
        assert newcomer.post("/einladung", {"invitation": forged}).status_code == 422
    assert not is_member(verein)
    accept(newcomer, shown)
    assert Membership.objects.get(person__email="neu@example.org").role == "reader"


@pytest.mark.parametrize("key", ["x", "2222-2222-2222-2222-2222-2222-2222", "%00", "ä" * 28])
def test_a_key_that_nobody_gave_out_opens_nothing(nobody, verein, key):
    assert nobody.get(f"/mitmachen/{key}").status_code == 404


def test_a_member_who_opens_an_invitation_is_led_to_the_organisation_and_uses_nothing_up(editor, verein):
    invitation, key = invite(verein, "owner", by=GUEST)
    editor.get(f"/mitmachen/{grouped(key)}")
    assert accept(editor, invitation)["Location"] == f"/organisation/{verein.pk}/"
    assert Membership.objects.get(person__email="editor@probestadt.example").role == "editor"
    assert Invitation.objects.open().filter(pk=invitation.pk).exists()


def test_a_mailed_invitation_opened_with_another_account_says_so(newcomer, verein):
    _, key = invite(verein, "reader", email="jemand@example.org", by=GUEST)
    shown = newcomer.get(f"/mitmachen/{grouped(key)}", follow=True).content.decode()
    assert "Angemeldet sind Sie mit neu@example.org." in shown
    assert "jemand@example.org" not in shown


def test_signs_that_look_like_others_cannot_hide_who_invites(newcomer, verein):
    verein.name = "Ortsverband Рrobestadt <b>"  # with a Cyrillic Р
    verein.save()
    owner = Person.objects.get(email="owner@probestadt.example")
    _, key = invite(verein, "reader", by=Actor(owner.pk))
    shown = newcomer.get(f"/mitmachen/{grouped(key)}", follow=True).content.decode()
    assert "<bdi>Ortsverband Рrobestadt &lt;b&gt;</bdi>" in shown
    assert "<bdi>owner@probestadt.example</bdi>" in shown


def test_without_a_mail_server_no_address_is_asked_for_and_none_is_stored(chief, verein):
    shown = send(chief, verein, address="neu@example.org").content.decode()
    assert 'name="address"' not in shown
    assert Invitation.objects.get().email == ""


def test_the_letter_brings_the_link_the_inviters_address_and_no_words_of_a_visitor(
    chief, newcomer, verein, inbox, settings
):
    settings.PUBLIC_URL = "https://praxishilfe.example.org"
    Person.objects.filter(email="owner@probestadt.example").update(name="Klicken Sie hier")
    send(chief, verein, address="neu@example.org")
    letter = inbox.letters[0]
    text = letter.get_payload(decode=True).decode()
    assert letter["To"] == "neu@example.org"
    assert "owner@probestadt.example" in text
    assert verein.name not in letter.as_string() + text
    assert "Klicken" not in text
    link = re.search(r"https://praxishilfe\.example\.org(/mitmachen/\S+)", text)
    assert newcomer.get(link[1]).status_code == 302


def test_the_link_in_the_letter_does_not_follow_what_a_visitor_sends_as_host(chief, verein, inbox, settings):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://praxishilfe.example.org", ["*"]
    chief.post(
        f"/organisation/{verein.pk}/einladen",
        {"role": "reader", "address": "neu@example.org"},
        headers={"host": "evil.example", "x-forwarded-host": "evil.example"},
    )
    assert "evil.example" not in inbox.letters[0].get_payload(decode=True).decode()


@pytest.mark.parametrize("address", ["neu@", "neu@example.org\nBcc: viele@example.org", "a" * 300 + "@example.org"])
def test_what_is_no_address_is_an_error_at_the_field(chief, verein, inbox, address):
    answer = send(chief, verein, address=address)
    assert answer.status_code == 422
    assert 'id="error_address"' in answer.content.decode()
    assert not inbox.letters
    assert not Invitation.objects.exists()


def test_a_mail_server_that_does_not_answer_leaves_the_link_to_be_passed_on(chief, verein, inbox, settings):
    settings.EMAIL_PORT = 1
    shown = send(chief, verein, address="neu@example.org").content.decode()
    assert "Die E-Mail ließ sich nicht verschicken." in shown
    assert link_on(shown)


@pytest.mark.parametrize("role", ["", "admin"])
def test_a_role_that_nobody_has_invites_nobody(chief, verein, role):
    answer = send(chief, verein, role=role)
    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_too_many_invitations_are_refused_in_words(chief, verein, monkeypatch):
    monkeypatch.setattr("brueckenschlag.accounts.rules.MOST_INVITATIONS", 1)
    send(chief, verein)
    answer = send(chief, verein)
    assert answer.status_code == 429
    assert "Im Moment sind keine weiteren Einladungen möglich." in answer.content.decode()
