"""The members' page: who is there, what owners can do, and what is refused."""

import html

import pytest

from brueckenschlag.accounts.models import Invitation, Membership, Person
from brueckenschlag.accounts.operations import invite
from brueckenschlag.audit.actors import GUEST


def address(verein, rest=""):
    return f"/organisation/{verein.pk}/mitglieder{rest}"


def page(client, verein) -> str:
    return html.unescape(client.get(address(verein)).content.decode())


def person(role) -> Person:
    return Person.objects.get(email=f"{role}@probestadt.example")


def roles(verein):
    return dict(verein.memberships.values_list("person__email", "role"))


def test_every_member_sees_everybody_with_their_role_and_only_owners_can_change_it(chief, editor, onlooker, verein):
    invite(verein, "reader", email="neu@example.org", by=GUEST)
    for client in (chief, editor, onlooker):
        shown = page(client, verein)
        assert all(f"{role}@probestadt.example" in shown for role in ("owner", "editor", "reader"))
        assert ("Jemanden einladen" in shown) is (client is chief)
        assert ("neu@example.org" in shown) is (client is chief)
        assert "Organisation verlassen" in shown


def test_a_role_is_changed_and_the_page_says_so(chief, editor, verein):
    answer = chief.post(address(verein, f"/{person('editor').pk}/rolle"), {"role": "reader"}, follow=True)
    assert "Gespeichert" in answer.content.decode()
    assert roles(verein)["editor@probestadt.example"] == "reader"


@pytest.mark.parametrize("role", ["", "admin", "OWNER"])
def test_a_role_that_nobody_has_is_refused(chief, editor, verein, role):
    answer = chief.post(address(verein, f"/{person('editor').pk}/rolle"), {"role": role})
    assert answer.status_code == 422
    assert "Bitte eine der Rollen wählen." in answer.content.decode()
    assert roles(verein)["editor@probestadt.example"] == "editor"


@pytest.mark.parametrize("rest", ["rolle", "entfernen", "uebergeben"])
def test_a_person_of_another_organisation_is_not_found(chief, verein, neighbour, rest):
    stranger = Person.objects.get(email="nebenan@nachbarn.example")
    before = roles(verein)
    assert chief.post(address(verein, f"/{stranger.pk}/{rest}"), {"role": "reader"}).status_code == 404
    assert roles(verein) == before
    assert Membership.objects.get(person=stranger).role == "owner"


def test_the_last_owner_is_told_why_they_cannot_go(chief, editor, verein):
    own = person("owner")
    for path, sent in (
        (f"/organisation/{verein.pk}/verlassen", {}),
        (address(verein, f"/{own.pk}/rolle"), {"role": "editor"}),
        (address(verein, f"/{own.pk}/entfernen"), {}),
    ):
        answer = chief.post(path, sent)
        assert answer.status_code == 422
        assert "Danach hätte niemand mehr die Rolle „Leitung“." in answer.content.decode()
    assert roles(verein)["owner@probestadt.example"] == "owner"


def test_leaving_and_removing_are_asked_before_and_end_all_access(chief, editor, verein):
    asked = chief.get(address(verein, f"/{person('editor').pk}/entfernen"))
    assert "editor@probestadt.example" in asked.content.decode()
    assert "Kennt sie einen persönlichen Link" in asked.content.decode()  # which is no access of a member
    assert editor.get(f"/organisation/{verein.pk}/").status_code == 200
    chief.post(address(verein, f"/{person('editor').pk}/entfernen"))
    assert editor.get(f"/organisation/{verein.pk}/").status_code == 404


def test_the_lead_is_handed_over_and_the_former_owner_can_no_longer_change_members(chief, editor, verein):
    chief.post(address(verein, f"/{person('editor').pk}/uebergeben"))
    assert roles(verein) == {"owner@probestadt.example": "editor", "editor@probestadt.example": "owner"}
    assert chief.post(f"/organisation/{verein.pk}/einladen", {"role": "reader"}).status_code == 404
    assert editor.post(f"/organisation/{verein.pk}/einladen", {"role": "reader"}).status_code == 302


def test_an_invitation_of_another_organisation_cannot_be_withdrawn(chief, verein, neighbour):
    theirs = Membership.objects.get(person__email="nebenan@nachbarn.example").organisation
    invitation, _ = invite(theirs, "reader", by=GUEST)
    path = f"/organisation/{verein.pk}/einladungen/{invitation.pk}/zurueckziehen"
    assert chief.post(path).status_code == 404
    assert Invitation.objects.open().filter(pk=invitation.pk).exists()


def test_withdrawing_twice_does_no_harm(chief, verein):
    invitation, _ = invite(verein, "reader", by=GUEST)
    path = f"/organisation/{verein.pk}/einladungen/{invitation.pk}/zurueckziehen"
    assert [chief.post(path).status_code for _ in range(2)] == [302, 302]
    assert "Offene Einladungen" not in page(chief, verein)
