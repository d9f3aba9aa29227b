"""Personal links: what opens what, and that they leak nowhere."""

import re

from django.test import Client

from brueckenschlag.accounts.keys import grouped, hash_key, reader_key
from brueckenschlag.assessments.models import Assessment
from brueckenschlag.audit.actors import GUEST
from tests.conftest import opened


def links_on(page: str) -> list[str]:
    return re.findall(r">(http://testserver/(?:weiter|lesen)/[^<]+)<", page.replace("<wbr>", ""))


def test_the_page_shows_both_links_again_although_only_hashes_are_stored(own, owner):
    page = owner.get(own.path("weitermachen")).content.decode()
    assert links_on(page) == [
        f"http://testserver/weiter/{grouped(own.key)}",
        f"http://testserver/lesen/{grouped(reader_key(own.key))}",
    ]


def test_the_database_holds_no_key(own):
    stored = Assessment.objects.filter(pk=own.assessment.pk).values_list()[0]
    assert own.key not in map(str, stored)
    assert own.assessment.owner_hash == hash_key(own.key)


def test_a_link_leads_on_to_an_address_without_the_key(own, nobody):
    answer = nobody.get(f"/weiter/{grouped(own.key)}")
    assert answer["Location"] == own.path("ueberblick")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_pages_of_an_assessment_are_kept_out_of_caches_referers_and_search_engines(own, owner):
    for rest in ("ueberblick", "plan", "weitermachen", "checkpunkt/planen", "plan/neu", "loeschen", "name"):
        answer = owner.get(own.path(rest))
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer["X-Robots-Tag"]


def test_a_link_may_be_typed_in_capitals_and_without_hyphens(own, nobody):
    assert nobody.get(f"/weiter/{own.key.upper()}").status_code == 302


def test_a_link_may_be_pasted_on_the_resume_page(own, nobody):
    answer = nobody.post("/weitermachen", {"link": f" http://testserver/weiter/{grouped(own.key)} "}, follow=True)
    assert answer.redirect_chain[-1][0] == own.path("ueberblick")


def test_an_unknown_link_says_so(nobody):
    for path in ("/weiter/abc", "/weiter/" + "2" * 28, "/lesen/%00", "/weiter/" + "ä" * 28):
        answer = nobody.get(path)
        assert answer.status_code == 404
        assert "Dieser Link ist unbekannt oder abgelaufen" in answer.content.decode()


def test_the_readers_key_does_not_open_for_writing_even_at_the_owners_address(own):
    client = opened(f"/weiter/{grouped(reader_key(own.key))}")
    assert client.get(own.path("name")).status_code == 404


def test_an_owner_who_opens_the_readers_link_can_still_write(own, owner):
    owner.get(f"/lesen/{grouped(reader_key(own.key))}")
    assert owner.get(own.path("name")).status_code == 200


def test_renewing_makes_both_old_links_invalid_and_keeps_this_device_connected(own, owner):
    page = owner.post(own.path("weitermachen/erneuern"), follow=True).content.decode()
    assert grouped(own.key) not in page
    assert Client().get(f"/weiter/{grouped(own.key)}").status_code == 404
    assert Client().get(f"/lesen/{grouped(reader_key(own.key))}").status_code == 404
    assert Client().get(links_on(page)[0].removeprefix("http://testserver")).status_code == 302


def test_another_device_is_cut_off_when_links_are_renewed(own, owner):
    other = opened(f"/weiter/{grouped(own.key)}")
    owner.post(own.path("weitermachen/erneuern"))
    assert other.get(own.path("plan")).status_code == 404


def test_closing_forgets_on_this_device_only(own, owner):
    owner.post(own.path("schliessen"))
    assert owner.get(own.path("plan")).status_code == 404
    assert Assessment.objects.filter(pk=own.assessment.pk).exists()
    assert owner.get(f"/weiter/{grouped(own.key)}").status_code == 302


def test_a_device_keeps_the_latest_twenty_assessments(edition, own, owner):
    from brueckenschlag.assessments.operations import begin_assessment

    for _ in range(20):
        owner.get(f"/weiter/{begin_assessment(edition, by=GUEST)[1]}")
    assert owner.get(own.path("plan")).status_code == 404
    assert len(owner.cookies["geraet"].value) < 3800


def test_what_this_device_knows_is_listed(own, owner, stranger):
    assert "Verein der Testfälle" in owner.get("/weitermachen").content.decode()
    assert "Verein der Testfälle" not in stranger.get("/weitermachen").content.decode()


def test_whoever_has_signed_in_is_led_on_to_their_account(member, stranger):
    words = "Die Praxishilfen Ihrer Organisationen finden Sie unter „Mein Konto“."
    assert f'<a href="/konto">{words}</a>' in member.get("/weitermachen").content.decode()
    assert words not in stranger.get("/weitermachen").content.decode()


def test_deleting_everything_leaves_nothing(own, owner):
    owner.post(
        own.path("checkpunkt/planen"), {"level": "gut", "note": "x", "version": 0, "planned": "planen.kriterien"}
    )
    answer = owner.post(own.path("loeschen"), follow=True)
    assert "Alles ist gelöscht" in answer.content.decode()
    assert not Assessment.objects.exists()
    from brueckenschlag.models import Mark, Measure, Rating

    assert [table.objects.count() for table in (Rating, Mark, Measure)] == [0, 0, 0]


def test_a_visit_without_beginning_sets_no_session(nobody):
    for path in ("/", "/hilfe", "/praxishilfe/zo/hintergrund", "/datenschutz"):
        assert not nobody.get(path).cookies


def test_closing_and_renewing_ask_first_and_change_nothing_until_then(own, owner):
    before = Assessment.objects.values().get(pk=own.assessment.pk)
    assert links_on(owner.get(own.path("schliessen")).content.decode()) == [
        f"http://testserver/weiter/{grouped(own.key)}"
    ]
    assert "Links erneuern?" in owner.get(own.path("weitermachen/erneuern")).content.decode()
    assert Assessment.objects.values().get(pk=own.assessment.pk) == before
    assert owner.get(own.path("plan")).status_code == 200


def test_whoever_may_only_read_is_told_so_at_a_page_that_changes(own, reader, stranger):
    assert "Das geht mit dem Link zum Lesen nicht" in reader.get(own.path("plan/neu")).content.decode()
    assert "Das geht mit dem Link zum Lesen nicht" not in stranger.get(own.path("plan/neu")).content.decode()


def test_the_reader_who_closes_is_shown_the_link_for_reading(own, reader):
    page = reader.get(own.path("schliessen")).content.decode()
    assert links_on(page) == [f"http://testserver/lesen/{grouped(reader_key(own.key))}"]
