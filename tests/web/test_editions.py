"""Editions: a running assessment keeps its own, and whoever moves over loses nothing and can go back."""

import re
import shutil
import uuid
from pathlib import Path

import pytest

from brueckenschlag.accounts.keys import grouped
from brueckenschlag.assessments import editions
from brueckenschlag.assessments.models import Assessment, Edition, Mark, Rating
from brueckenschlag.assessments.operations import begin_assessment, publish_edition
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.documents import building
from brueckenschlag.instruments import library, wording
from brueckenschlag.instruments.loader import Draft
from brueckenschlag.plans.models import Measure
from brueckenschlag.plans.operations import add_measure
from brueckenschlag.plans.rules import Content
from brueckenschlag.web.changes import KINDS
from brueckenschlag.web.device import kept
from brueckenschlag.web.visitor import MOST_PUT_OFF, has_put_off, put_off
from tests.conftest import opened
from tests.next_edition import change, next_edition

EARLIER_TITLE = "Interne Organisation der Zusammenarbeit"


@pytest.fixture
def filled(own, owner):
    """Everything that one can enter, at places that the next edition changes and at places that it keeps."""
    owner.post(own.path("checkpunkt/planen"), {"level": "bedarf", "note": "bleibt", "version": 0})
    owner.post(own.path("checkpunkt/organisation"), {"level": "dringend", "note": "fällt weg", "version": 0})
    for key in ("planen.themen", "organisation.zustaendig"):
        Mark.objects.create(assessment=own.assessment, suggestion=key)
    for key, text in (("planen", "Ziele aufschreiben"), ("organisation", "Wer macht was")):
        add_measure(own.assessment, Content(key, text, "high"), id=uuid.uuid4(), by=GUEST)
    return own


@pytest.fixture
def newer(tmp_path, edition) -> Edition:
    made, is_new = publish_edition(Draft(next_edition(tmp_path / "zo")))
    assert is_new
    return made


def save_by_script(owner, own, sent: dict[str, str]) -> str:
    return owner.post(own.path("checkpunkt/planen"), sent, headers={"HX-Request": "true"}).content.decode()


def everything(own) -> list[object]:
    rows = [Rating, Mark, Measure]
    return [list(table.objects.filter(assessment=own.assessment).order_by("pk").values()) for table in rows]


def test_without_a_newer_edition_nothing_is_said(own, owner):
    assert "neue Fassung" not in owner.get(own.path("ueberblick")).content.decode()
    assert "Sie haben die neueste Fassung" in owner.get(own.path("fassung")).content.decode()


def test_a_running_assessment_keeps_its_edition_and_is_told_of_the_newer_one(filled, owner, reader, newer):
    page = owner.get(filled.path("ueberblick")).content.decode()
    assert "Es gibt eine neue Fassung dieser Praxishilfe." in page
    assert "Interne Organisation" in page
    assert owner.get(filled.path("checkpunkt/organisation")).status_code == 200
    assert "neue Fassung" not in reader.get(filled.path("ueberblick")).content.decode()


def test_new_assessments_use_the_newest_edition(newer, nobody):
    answer = nobody.post("/praxishilfe/zo/", {"name": ""})
    assert Assessment.objects.get().edition == newer
    assert nobody.get(answer["Location"]).status_code == 200


def test_the_page_names_what_is_new_gone_and_reworded(filled, owner, newer):
    page = owner.get(filled.path("fassung")).content.decode()
    affected, rest = page[page.index("Das betrifft Ihre Angaben (3)") :].split("</ul>", 1)
    for words in ("Anders gesagt: Checkpunkt", "<p>Die Zusammenarbeit planen</p>", "Vorher: Zusammenarbeit planen"):
        assert words in affected
    assert affected.count("Weggefallen: ") == 2
    assert "Neu (1)" in rest
    assert "<p>Etwas ganz Neues tun</p>" in rest
    # Those of the checkpoint that is gone, without the one that is marked, and one of another checkpoint.
    gone = len(list(editions.original(filled.assessment.edition_id).checkpoint_by_key["organisation"].entries()))
    assert f"Weggefallen ({gone})" in rest
    assert "3 Einträge haben in der neuen Fassung keinen Platz mehr." in page


def test_smaller_changes_are_folded_away_and_say_what_they_are(own, owner, tmp_path):
    folder = Path(shutil.copytree(library.FOLDER / "zo", tmp_path / "zo"))
    change(folder / "instrument.yaml", r"^edition: .*", "edition: nächste")
    change(folder / "instrument.yaml", r"^subtitle: .*", "subtitle: Für alle, die Neues wagen")
    shutil.rmtree(folder / "languages/de-simple")
    publish_edition(Draft(folder))
    page = owner.get(own.path("fassung")).content.decode()
    assert "Ihre Angaben (" not in page
    folded = page[page.index('<details class="fold"><summary><h2>Kleinere Änderungen (1)</h2></summary>') :]
    assert "Anders gesagt: Untertitel" in folded
    assert "<p>Für alle, die Neues wagen</p>" in folded
    # The English words have stayed as they were; those in plain language are gone, so the German ones stand there.
    assert "Smaller changes" not in owner.get("/en" + own.path("fassung")).content.decode()
    simple = owner.get("/de-simple" + own.path("fassung")).content.decode()
    assert '<p><span lang="de">Für alle, die Neues wagen</span></p>' in simple
    assert simple.count("Anders gesagt: ") == 1


def test_with_many_changes_only_what_concerns_the_person_stands_open(filled, owner, newer):
    page = owner.get(filled.path("fassung")).content.decode()
    assert '<details class="fold" open>' not in page
    assert page.index("Das betrifft Ihre Angaben") < page.index('<details class="fold">')


def test_the_kinds_of_texts_have_the_same_words_on_pages_and_in_commands():
    assert {key: str(word) for key, word in KINDS.items()} == wording.KINDS


def test_moving_over_changes_nothing_that_was_entered(filled, owner, newer):
    before = everything(filled)
    assert owner.post(filled.path("fassung"), {"move": "1"})["Location"] == filled.path("ueberblick")
    assert Assessment.objects.get().edition == newer
    assert everything(filled) == before
    assert owner.get(filled.path("checkpunkt/organisation")).status_code == 404


def test_what_has_no_new_home_is_shown(filled, owner, newer):
    owner.post(filled.path("fassung"), {"move": "1"})
    page = owner.get(filled.path("ueberblick")).content.decode()
    left = page[page.index("Aus der früheren Fassung") :]
    for words in ("Interne Organisation der Zusammenarbeit: Dringender Handlungsbedarf", "fällt weg", "Festlegen, wer"):
        assert words in left
    assert "bleibt" in page[: page.index("Aus der früheren Fassung")]
    plan = owner.get(filled.path("plan")).content.decode()
    assert "Wer macht was" in plan
    assert "Interne Organisation der Zusammenarbeit" in plan


STRANGE = {"checkpoint": "organisation", "text": "Wer macht was", "priority": "high", "status": "open"}
EARLIER = "Interne Organisation der Zusammenarbeit (aus der früheren Fassung)"


class TestAMeasureOfACheckpointThatIsGone:
    @pytest.fixture
    def row(self, filled, owner, newer) -> Measure:
        owner.post(filled.path("fassung"), {"move": "1"})
        return Measure.objects.get(text="Wer macht was")

    def test_its_page_offers_the_checkpoint_that_it_has(self, filled, owner, row):
        page = owner.get(filled.path(f"plan/{row.id}")).content.decode()
        assert f'<option value="organisation" selected>{EARLIER}</option>' in page
        assert "Sie können ihn behalten oder einen anderen wählen." in page
        assert "früheren Fassung" not in owner.get(filled.path("plan/neu"), follow=True).content.decode()
        other = Measure.objects.get(text="Ziele aufschreiben")
        assert "früheren Fassung" not in owner.get(filled.path(f"plan/{other.id}")).content.decode()

    def test_saving_keeps_the_checkpoint(self, filled, owner, row):
        sent = STRANGE | {"responsible": "Ada", "version": 1}
        assert owner.post(filled.path(f"plan/{row.id}"), sent).status_code == 302
        row.refresh_from_db()
        assert (row.checkpoint, row.responsible) == ("organisation", "Ada")

    def test_another_checkpoint_can_be_chosen(self, filled, owner, row):
        assert owner.post(filled.path(f"plan/{row.id}"), STRANGE | {"checkpoint": "planen", "version": 1})
        row.refresh_from_db()
        assert row.checkpoint == "planen"

    def test_no_new_measure_gets_it_nor_one_that_nobody_knows(self, filled, owner, row):
        assert owner.post(filled.path("plan/neu"), STRANGE).status_code == 422
        assert owner.post(filled.path(f"plan/{row.id}"), STRANGE | {"checkpoint": "unsinn"}).status_code == 422

    def test_two_people_see_both_checkpoints_by_their_titles(self, filled, owner, row):
        owner.post(filled.path(f"plan/{row.id}"), STRANGE | {"checkpoint": "planen", "version": 1})
        answer = owner.post(filled.path(f"plan/{row.id}"), STRANGE | {"responsible": "Ada", "version": 1})
        assert answer.status_code == 409
        assert EARLIER in answer.content.decode()
        picked = {f"mine-{field}": value for field, value in STRANGE.items()} | {"pick": "1", "version": 2}
        assert owner.post(filled.path(f"plan/{row.id}"), picked).status_code == 302
        row.refresh_from_db()
        assert row.checkpoint == "organisation"

    def test_the_plan_says_where_the_checkpoint_comes_from(self, filled, owner, row):
        page = owner.get(filled.path("plan")).content.decode()
        cells = page[page.index(f'id="m-{row.id}"') :]
        cells = cells[: cells.index("</tr>")]
        assert "Interne Organisation der Zusammenarbeit" in cells
        assert "(aus der früheren Fassung)" in cells
        assert "noch nicht bewertet" not in cells


def test_who_moves_twice_still_reads_titles_and_not_keys(filled, owner, newer, tmp_path):
    owner.post(filled.path("fassung"), {"move": "1"})
    change(tmp_path / "zo/instrument.yaml", r"^edition: .*", "edition: übernächste")
    publish_edition(Draft(tmp_path / "zo"))
    owner.post(filled.path("fassung"), {"move": "1"})
    page = owner.get(filled.path("ueberblick")).content.decode()
    assert "Interne Organisation der Zusammenarbeit: Dringender Handlungsbedarf" in page
    assert "Festlegen, wer" in page
    assert "Interne Organisation der Zusammenarbeit <span" in owner.get(filled.path("plan")).content.decode()
    row = Measure.objects.get(text="Wer macht was")
    assert EARLIER in owner.get(filled.path(f"plan/{row.id}")).content.decode()
    assert owner.post(filled.path(f"plan/{row.id}"), STRANGE | {"version": 1}).status_code == 302
    filled.assessment.refresh_from_db()
    report = building.of_assessment(filled.assessment)
    assert EARLIER_TITLE in [str(one.checkpoint_title) for one in report.measures]
    rating, mark = report.left_over
    assert (str(rating.title), str(rating.level), rating.note) == (
        EARLIER_TITLE,
        "Dringender Handlungsbedarf",
        "fällt weg",
    )
    assert str(mark.title).startswith("Festlegen, wer")


def test_moving_can_be_undone(filled, owner, newer, edition):
    before = everything(filled)
    owner.post(filled.path("fassung"), {"move": "1"})
    assert "Zurück zur Fassung" in owner.get(filled.path("fassung")).content.decode()
    owner.post(filled.path("fassung"), {"back": "1"})
    assessment = Assessment.objects.get()
    assert (assessment.edition, assessment.earlier_edition) == (edition, newer)
    assert everything(filled) == before
    assert "Es gibt eine neue Fassung" in owner.get(filled.path("ueberblick")).content.decode()


@pytest.mark.parametrize("sent", [{"move": "1"}, {"back": "1"}, {}])
def test_sending_where_there_is_nowhere_to_go_changes_nothing(own, owner, sent):
    before = Assessment.objects.values().get()
    assert owner.post(own.path("fassung"), sent)["Location"] == own.path("fassung")
    assert Assessment.objects.values().get() == before


def test_sending_twice_is_the_same_as_once(filled, owner, newer, edition):
    for _ in range(2):
        owner.post(filled.path("fassung"), {"move": "1"})
    assessment = Assessment.objects.get()
    assert (assessment.edition, assessment.earlier_edition) == (newer, edition)


def test_an_edition_in_use_cannot_be_deleted(own, edition):
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        edition.delete()


def test_a_level_that_the_new_scale_lacks_is_kept_until_the_person_rates_anew(own, owner, tmp_path):
    owner.post(own.path("checkpunkt/planen"), {"level": "bedarf", "note": "", "version": 0})
    folder = Path(shutil.copytree(library.FOLDER / "zo", tmp_path / "zo", ignore=shutil.ignore_patterns("languages")))
    change(folder / "instrument.yaml", r"^edition: .*", "edition: zwei Stufen")
    change(folder / "instrument.yaml", r"    - key: bedarf\n(?:      .*\n)+", "")
    publish_edition(Draft(folder))
    owner.post(own.path("fassung"), {"move": "1"})
    page = owner.get(own.path("ueberblick")).content.decode()
    assert "Zusammenarbeit planen: Handlungsbedarf" in page
    point = owner.get(own.path("checkpunkt/planen")).content.decode()
    was = {name: re.search(f'name="{name}" value="([^"]*)"', point)[1] for name in ("was_level", "was_note")}
    sent = {"level": "", "note": "neu", **was}
    assert "jemand anderes" not in save_by_script(owner, own, sent)
    assert (Rating.objects.get().level, Rating.objects.get().note) == ("bedarf", "neu")
    owner.post(own.path("checkpunkt/planen"), {"level": "gut", "note": "neu", **was})
    assert Rating.objects.get().level == "gut"


def test_a_stranger_cannot_move_it(own, stranger, newer):
    assert stranger.post(own.path("fassung"), {"move": "1"}).status_code == 404
    assert Assessment.objects.get(pk=own.assessment.pk).edition != newer


def test_two_instruments_have_editions_of_their_own(nobody, db):
    for slug in ("zo", "kmu"):
        found = editions.current(slug)
        assert found
        assert begin_assessment(found, by=GUEST)[0].edition.slug == slug


def test_what_was_entered_in_the_newer_edition_is_shown_after_going_back(filled, owner, newer):
    owner.post(filled.path("fassung"), {"move": "1"})
    Mark.objects.create(assessment=filled.assessment, suggestion="planen.neu")
    owner.post(filled.path("fassung"), {"back": "1"})
    page = owner.get(filled.path("ueberblick")).content.decode()
    assert "Etwas ganz Neues tun" in page[page.index("Aus der früheren Fassung") :]


def test_going_back_twice_stays_where_it_is(filled, owner, newer, edition):
    owner.post(filled.path("fassung"), {"move": "1"})
    for _ in range(2):
        owner.post(filled.path("fassung"), {"back": "1"})
    assert Assessment.objects.get().edition == edition


class TestPuttingTheNoticeAway:
    NOTICE, QUIET = "Es gibt eine neue Fassung dieser Praxishilfe.", "Neue Fassung dieser Praxishilfe"

    def overview(self, browser, own) -> str:
        return browser.get(own.path("ueberblick")).content.decode()

    def test_later_hides_it_on_this_device_and_leaves_a_quiet_line(self, own, owner, newer):
        page = self.overview(owner, own)
        assert self.NOTICE in page
        assert self.QUIET not in page.replace(self.NOTICE, "")
        assert f'name="later" value="{newer.hash}">Später</button>' in page
        assert owner.post(own.path("fassung"), {"later": newer.hash})["Location"] == own.path("ueberblick")
        page = self.overview(owner, own)
        assert self.NOTICE not in page
        assert f'<a href="{own.path("fassung")}">{self.QUIET}</a>' in page
        assert "Zur neuen Fassung wechseln" in owner.get(own.path("fassung")).content.decode()
        assert Assessment.objects.get(pk=own.assessment.pk).edition != newer

    def test_another_device_still_shows_it(self, own, owner, newer):
        owner.post(own.path("fassung"), {"later": newer.hash})
        assert self.NOTICE in self.overview(opened(f"/weiter/{grouped(own.key)}"), own)

    def test_the_next_edition_is_told_of_again(self, own, owner, newer, tmp_path):
        owner.post(own.path("fassung"), {"later": newer.hash})
        folder = tmp_path / "zo"
        change(folder / "instrument.yaml", r"^edition: .*", "edition: übernächste")
        latest, _ = publish_edition(Draft(folder))
        assert self.NOTICE in self.overview(owner, own)
        owner.post(own.path("fassung"), {"later": newer.hash})  # from a page that was open all the time
        assert self.NOTICE in self.overview(owner, own)
        owner.post(own.path("fassung"), {"later": latest.hash})
        assert self.NOTICE not in self.overview(owner, own)

    def test_staying_with_the_edition_puts_it_away_too(self, own, owner, newer):
        page = owner.get(own.path("fassung")).content.decode()
        assert f'name="later" value="{newer.hash}">Bei dieser Fassung bleiben</button>' in page

    def test_a_cookie_holds_few_of_them(self, rf, own, owner):
        request = rf.get("/")
        for number in range(20):
            put_off(request, f"{number:064d}"[::-1])
        assert len(kept(request)["put_off"]) == MOST_PUT_OFF
        assert has_put_off(request, f"{19:064d}"[::-1])
        assert not has_put_off(request, f"{11:064d}"[::-1])
