"""The site's administration: who gets in, the site at a glance, mandates, mail, editions, and what the operator did."""

import re
import uuid

import pytest
from django.core.cache import cache
from django.utils import timezone

from brueckenschlag.accounts.models import Mandate, Person
from brueckenschlag.accounts.operations import found_organisation, invite_clients, offer_mandate, set_up_app
from brueckenschlag.assessments import editions
from brueckenschlag.assessments.operations import begin_assessment
from brueckenschlag.audit.actors import GUEST, Actor
from brueckenschlag.audit.models import LogEntry
from brueckenschlag.audit.operations import forget
from brueckenschlag.plans.operations import add_measure
from brueckenschlag.plans.rules import Content
from brueckenschlag.privacy.operations import apply_terms
from tests.app_codes import app_code

SECRET = "JBSWY3DPEHPK3PXP"  # of this test alone


@pytest.fixture(autouse=True)
def no_attempts_yet(db):
    cache.clear()


def words(answer) -> str:
    """The text of a page without its tags, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


class TestGettingIn:
    def test_without_a_second_factor_the_page_says_what_to_set_up(self, operator_without):
        answer = operator_without.get("/betrieb")
        assert answer.status_code == 403
        assert 'href="/konto/sicherheit"' in answer.content.decode()

    def test_one_set_up_later_is_shown_once_and_lets_in(self, operator_without):
        set_up_app(Person.objects.get(email="ohne@probestadt.example"), SECRET)
        answer = operator_without.get("/betrieb/konten")
        assert answer.status_code == 403
        way = "/konto/bestaetigen?weiter=/betrieb/konten"
        assert f'href="{way}"' in answer.content.decode()
        shown = operator_without.post(way, {"way": "app", "code": app_code(SECRET)})
        assert shown.url == "/betrieb/konten"
        assert operator_without.get("/betrieb/konten").status_code == 200

    def test_a_wrong_code_does_not_let_in(self, operator_without):
        set_up_app(Person.objects.get(email="ohne@probestadt.example"), SECRET)
        wrong = operator_without.post("/konto/bestaetigen?weiter=/betrieb", {"way": "app", "code": "000000"})
        assert wrong.status_code == 422
        assert operator_without.get("/betrieb").status_code == 403

    def test_whoever_no_longer_runs_the_site_is_out_at_once(self, operator):
        assert operator.get("/betrieb").status_code == 200
        Person.objects.filter(email="betrieb@probestadt.example").update(is_staff=False)
        assert operator.get("/betrieb").status_code == 404

    def test_only_those_who_run_the_site_see_the_way(self, operator, member):
        assert 'href="/betrieb"' in operator.get("/konto").content.decode()
        assert 'href="/betrieb"' not in member.get("/konto").content.decode()


class TestOverview:
    def test_it_counts_what_there_is(self, operator, own, verein, edition):
        begin_assessment(edition, organisation=verein, by=GUEST)
        add_measure(own.assessment, Content("planen", "Gespräch führen", "high"), id=uuid.uuid4(), by=GUEST)
        shown = words(operator.get("/betrieb"))
        assert "1 in Organisationen, 1 ohne Konto 2" in shown
        assert "Maßnahmen in allen Plänen 1" in shown
        assert "Konten 2" in shown
        assert "Gemeinnützige Organisationen 1 Betriebe 0" in shown
        assert "Gespräch führen" not in shown

    def test_it_says_when_nothing_has_run_at_night(self, operator):
        forget(before=timezone.now())
        assert "lief noch nie" in words(operator.get("/betrieb"))
        apply_terms()
        assert "nächtliche Befehl" not in words(operator.get("/betrieb"))

    def test_it_asks_as_much_for_many_as_for_few(self, operator, edition, django_assert_max_num_queries):
        for number in range(30):
            person = Person.objects.create(email=f"{number}@verein.example")
            begin_assessment(
                edition, organisation=found_organisation(f"Verein {number}", "zo", by=Actor(person.pk)), by=GUEST
            )
        operator.get("/betrieb")
        with django_assert_max_num_queries(16):
            operator.get("/betrieb")


class TestMandates:
    def test_they_are_listed_by_state(self, operator, verein, reading_adviser, former_adviser):
        offer_mandate(verein, may_write=False, by=GUEST)
        running = words(operator.get("/betrieb/beratung"))
        assert "liest" in running
        assert "frueher" not in running
        assert "frueher" in words(operator.get("/betrieb/beratung?zeigen=beendet"))
        assert "Ortsverband Probestadt" in words(operator.get("/betrieb/beratung?zeigen=angeboten"))
        assert operator.get("/betrieb/beratung?zeigen=%00&seite=99999").status_code == 200

    def test_one_is_ended_and_both_sides_see_that_the_operator_did_it(self, operator, verein, reading_adviser, chief):
        mandate = Mandate.objects.get(adviser__name="liest")
        path = f"/betrieb/beratung/{mandate.pk}/beenden"
        assert "liest" in words(operator.get(path))
        assert operator.post(path).url == "/betrieb/beratung?beendet=1"
        assert operator.post(path).status_code == 404
        assert not Mandate.objects.in_force().exists()
        log = words(chief.get(f"/organisation/{verein.pk}/protokoll"))
        assert "Betrieb der Seite" in log
        assert "betrieb@probestadt.example" not in log


class TestMail:
    def test_without_a_server_the_page_says_so(self, operator):
        assert "verschickt keine E-Mails" in words(operator.get("/betrieb/mail"))
        assert operator.post("/betrieb/mail/probe").url == "/betrieb/mail"

    def test_a_trial_arrives(self, operator, inbox):
        assert operator.post("/betrieb/mail/probe").url == "/betrieb/mail?unterwegs=1"
        [letter] = inbox.letters
        assert letter["To"] == "betrieb@probestadt.example"
        assert "Probe" in letter["Subject"]

    def test_a_trial_that_fails_says_why_and_stands_in_the_log_without_address(self, operator, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        answer = operator.post("/betrieb/mail/probe")
        assert answer.status_code == 503
        assert "ConnectionRefusedError" in words(answer)
        [entry] = LogEntry.objects.filter(verb="mail.failed")
        assert entry.target == "trial ConnectionRefusedError"
        assert "trial" in words(operator.get("/betrieb/mail"))
        assert "1 E-Mail ging" in words(operator.get("/betrieb"))
        assert "trial ConnectionRefusedError" in words(operator.get("/betrieb/protokoll"))

    def test_trials_are_limited(self, operator, inbox):
        answers = [operator.post("/betrieb/mail/probe").status_code for _ in range(5)]
        assert answers[0] == 302
        assert answers[-1] == 429

    def test_invitations_whose_letter_waits_are_counted_without_addresses(self, operator):
        by = Actor(Person.objects.create(email="ada@beratung.example").pk)
        adviser = found_organisation("Kontaktstelle", "advice", by=by)
        invite_clients(adviser, [("", "a@werkstatt.example"), ("", "b@werkstatt.example")], by=by)
        shown = words(operator.get("/betrieb/mail"))
        assert re.search(r"Kontaktstelle seit \S+ \S+ \d+ 2", shown)
        assert "werkstatt.example" not in shown


def test_the_editions_are_listed_with_how_many_are_filled_in(operator, own, zo):
    shown = words(operator.get("/betrieb/inhalte"))
    assert zo.frame.title in shown
    assert own.assessment.edition_id[:8] in shown
    assert all(language in shown for language in editions.texts(own.assessment.edition_id))


def test_the_log_shows_what_the_operator_did_and_nothing_of_their_own(operator, verein, chief):
    person = Person.objects.get(email="betrieb@probestadt.example")
    found_organisation("Chor am Markt", "zo", by=Actor(person.pk))
    operator.post(f"/betrieb/organisationen/{verein.pk}/loeschen")
    shown = words(operator.get("/betrieb/protokoll"))
    assert "Löschen der Organisation verlangt Ortsverband Probestadt" in shown
    assert "betrieb@probestadt.example" in shown
    assert "Chor am Markt" not in shown
    assert operator.get("/betrieb/protokoll?person=erfunden").status_code == 422
    assert (
        "Löschen der Organisation" not in words(operator.get("/betrieb/protokoll?art=menschen")).partition("</form>")[2]
    )
