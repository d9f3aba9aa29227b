"""Two people in the same moment: the second waits for the first and sees what is stored then; nothing is lost."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from brueckenschlag.assessments import editions, operations
from brueckenschlag.assessments.models import Assessment, Edition, Mark, Rating
from brueckenschlag.assessments.rules import MAILS_PER_DAY, Seen, note_sign
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.instruments.loader import Draft
from brueckenschlag.plans.models import Measure
from brueckenschlag.plans.operations import (
    Answer,
    PlanFullError,
    StaleMeasureError,
    add_measure,
    change_measure,
    move_measure,
    plan_suggestion,
    remove_measure,
    restore_measure,
    save_checkpoint,
)
from brueckenschlag.plans.rules import MOST_MEASURES, Content

from .at_once import after, on_a_connection_of_its_own
from .conftest import Own

EXAMPLE = Path(__file__).parent.parent / "docs/example/treffen"
NOTHING = Seen("", note_sign(""))
SUGGESTION = "planen.kriterien"


@pytest.fixture(autouse=True)
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In place of pytest's own: here everything is really stored; what the test leaves is taken away afterwards."""
    with django_db_blocker.unblock():
        shipped = set(Edition.objects.values_list("pk", flat=True))
        yield
        Assessment.objects.all().delete()
        Edition.objects.exclude(pk__in=shipped).delete()


def content(text: str = "Text") -> Content:
    return Content(checkpoint="planen", text=text, priority="high")


def rows(own: Own) -> list[Measure]:
    return list(Measure.objects.filter(assessment=own.assessment).in_plan().order_by("position"))


def fill(own: Own, count: int) -> None:
    Measure.objects.bulk_create(
        Measure(assessment=own.assessment, checkpoint="planen", text=str(one), priority="low", position=one + 1)
        for one in range(count)
    )


def rate(own: Own, level: str, note: str, was: Seen = NOTHING) -> Rating:
    """As a page does it that has shown `was`."""
    answer = Answer(level, note, was)
    return save_checkpoint(
        own.assessment, editions.original(own.assessment.edition_id), "planen", answer, by=GUEST
    ).rating


class TestRatings:
    @pytest.mark.parametrize("before", [NOTHING, Seen("bedarf", note_sign("Alt"))], ids=["the first", "a later"])
    def test_the_second_rating_is_shown_to_whoever_sent_it_and_overwrites_nothing(self, own, before):
        if before.level:
            rate(own, "bedarf", "Alt")
        with pytest.raises(operations.StaleRatingError) as stale:
            after(lambda: rate(own, "gut", "Eins", before), lambda: rate(own, "dringend", "Zwei", before))
        assert (stale.value.stored.level, stale.value.stored.note) == ("gut", "Eins")
        assert stale.value.merged.conflicts == {"level", "note"}
        stored = Rating.objects.get(assessment=own.assessment)
        assert (stored.level, stored.note) == ("gut", "Eins")

    def test_level_by_one_and_note_by_the_other_go_together(self, own):
        rate(own, "bedarf", "Alt")
        before = Seen("bedarf", note_sign("Alt"))
        after(lambda: rate(own, "gut", "Alt", before), lambda: rate(own, "bedarf", "Neu", before))
        stored = Rating.objects.get(assessment=own.assessment)
        assert (stored.level, stored.note, stored.version) == ("gut", "Neu", 3)

    def test_the_same_from_both_is_stored_once(self, own):
        after(lambda: rate(own, "gut", "Gleich"), lambda: rate(own, "gut", "Gleich"))
        assert Rating.objects.get(assessment=own.assessment).version == 1

    def test_a_rating_of_its_own_waits_too(self, own):
        def save(note: str) -> Rating:
            return operations.rate_checkpoint(own.assessment, "nutzen", "gut", note, was=NOTHING, by=GUEST)

        with pytest.raises(operations.StaleRatingError):
            after(lambda: save("Eins"), lambda: save("Zwei"))


class TestPlan:
    def test_the_same_suggestion_taken_by_both_makes_one_row(self, own):
        def take() -> Measure:
            instrument = editions.original(own.assessment.edition_id)
            return plan_suggestion(own.assessment, instrument, SUGGESTION, level="", by=GUEST)[0]

        second = after(take, take)
        assert rows(own) == [second]

    def test_the_same_form_sent_twice_makes_one_row(self, own):
        id = uuid.uuid4()
        second = after(
            lambda: add_measure(own.assessment, content(), id=id, by=GUEST),
            lambda: add_measure(own.assessment, content(), id=id, by=GUEST),
        )
        assert [row.id for row in rows(own)] == [second.id] == [id]

    def test_two_new_rows_stand_one_below_the_other(self, own):
        def add(text: str) -> Measure:
            return add_measure(own.assessment, content(text), id=uuid.uuid4(), by=GUEST)

        after(lambda: add("Eins"), lambda: add("Zwei"))
        assert [(row.text, row.position) for row in rows(own)] == [("Eins", 1), ("Zwei", 2)]

    @pytest.mark.parametrize("how", ["added", "taken", "brought back"])
    def test_a_plan_with_one_free_place_takes_one_of_two(self, own, how):
        fill(own, MOST_MEASURES)
        gone = remove_measure(rows(own)[0], by=GUEST)
        instrument = editions.original(own.assessment.edition_id)
        second = {
            "added": lambda: add_measure(own.assessment, content("Zwei"), id=uuid.uuid4(), by=GUEST),
            "taken": lambda: plan_suggestion(own.assessment, instrument, SUGGESTION, level="", by=GUEST),
            "brought back": lambda: restore_measure(gone, by=GUEST),
        }[how]
        with pytest.raises(PlanFullError):
            after(lambda: add_measure(own.assessment, content("Eins"), id=uuid.uuid4(), by=GUEST), second)
        assert len(rows(own)) == MOST_MEASURES
        assert rows(own)[-1].text == "Eins"

    def test_the_second_change_of_a_row_is_shown_to_whoever_sent_it(self, own):
        row = add_measure(own.assessment, content("Alt"), id=uuid.uuid4(), by=GUEST)
        with pytest.raises(StaleMeasureError) as stale:
            after(
                lambda: change_measure(row, content("Eins"), version=1, by=GUEST),
                lambda: change_measure(row, content("Zwei"), version=1, by=GUEST),
            )
        assert stale.value.stored.text == rows(own)[0].text == "Eins"

    def test_deleting_a_row_that_somebody_is_changing_counts_as_one_more_change(self, own):
        row = add_measure(own.assessment, content("Alt"), id=uuid.uuid4(), by=GUEST)
        seen = Measure.objects.select_related("assessment").get(pk=row.pk)
        after(lambda: change_measure(row, content("Neu"), version=1, by=GUEST), lambda: remove_measure(seen, by=GUEST))
        with pytest.raises(StaleMeasureError) as stale:
            change_measure(row, content("Ohne zu wissen, dass gelöscht ist"), version=2, by=GUEST)
        assert stale.value.stored.deleted_at
        assert (stale.value.stored.text, stale.value.stored.version) == ("Neu", 3)

    def test_deleting_twice_is_deleting_once(self, own):
        row = add_measure(own.assessment, content(), id=uuid.uuid4(), by=GUEST)
        after(lambda: remove_measure(row, by=GUEST), lambda: remove_measure(row, by=GUEST))
        assert Measure.objects.get(pk=row.pk).version == 2

    def test_moving_two_rows_leaves_every_place_taken_once(self, own):
        fill(own, 3)
        first, second, third = rows(own)
        after(lambda: move_measure(first, up=False, by=GUEST), lambda: move_measure(third, up=True, by=GUEST))
        assert rows(own) == [second, third, first]
        assert [row.position for row in rows(own)] == [1, 2, 3]


class TestEditions:
    @pytest.fixture
    def drafts(self, tmp_path: Path) -> Callable[..., Draft]:
        def draft(edition: str, title: str) -> Draft:
            folder = Path(shutil.copytree(EXAMPLE, tmp_path / uuid.uuid4().hex / "treffen"))
            file = folder / "instrument.yaml"
            text = file.read_text(encoding="utf-8").replace('edition: "1"', f'edition: "{edition}"')
            file.write_text(text.replace("title: Gute Treffen", f"title: {title}"), encoding="utf-8")
            return Draft(folder)

        return draft

    def test_the_same_edition_published_twice_at_once_is_one(self, drafts):
        draft, found = drafts("1", "Treffen"), []
        edition, is_new = after(
            lambda: found.append(operations.publish_edition(draft)), lambda: operations.publish_edition(draft)
        )
        assert found == [(edition, True)]
        assert not is_new
        assert Edition.objects.filter(slug="treffen").count() == 1

    def test_the_same_version_with_other_words_is_refused(self, drafts):
        one, other = drafts("1", "Treffen"), drafts("1", "Andere")
        with pytest.raises(operations.VersionTakenError):
            after(lambda: operations.publish_edition(one), lambda: operations.publish_edition(other))

    def test_two_editions_get_two_numbers(self, drafts):
        one, other = drafts("1", "Treffen"), drafts("2", "Andere")
        after(lambda: operations.publish_edition(one), lambda: operations.publish_edition(other))
        found = Edition.objects.filter(slug="treffen").order_by("number").values_list("version", "number")
        assert list(found) == [("1", 1), ("2", 2)]

    def test_moving_on_twice_keeps_the_way_back(self, own, drafts):
        first, _ = operations.publish_edition(drafts("1", "Treffen"))
        second, _ = operations.publish_edition(drafts("2", "Andere"))
        assessment, _ = operations.begin_assessment(first, by=GUEST)
        seen = Assessment.objects.get(pk=assessment.pk)
        with pytest.raises(operations.NoOtherEditionError):
            after(
                lambda: operations.move_to_newest_edition(assessment, by=GUEST),
                lambda: operations.move_to_newest_edition(seen, by=GUEST),
            )
        stored = Assessment.objects.get(pk=assessment.pk)
        assert (stored.edition, stored.earlier_edition) == (second, first)


class TestErasing:
    def test_what_is_saved_while_everything_is_erased_is_not_found(self, own, owner):
        answer = after(
            lambda: operations.erase_assessment(Assessment.objects.get(pk=own.assessment.pk)),
            lambda: owner.post(own.path("checkpunkt/planen"), {"level": "gut", "version": 0, "note": "Zu spät"}),
        )
        assert answer.status_code == 404
        assert "Zu spät" in answer.content.decode()  # to be copied
        assert not Rating.objects.exists()

    def test_erasing_takes_with_it_what_is_just_being_saved(self, own):
        after(
            lambda: add_measure(own.assessment, content(), id=uuid.uuid4(), by=GUEST),
            lambda: operations.erase_assessment(Assessment.objects.get(pk=own.assessment.pk)),
        )
        assert not Assessment.objects.exists()
        assert not Measure.objects.exists()

    def test_erasing_twice_is_no_fault(self, own):
        one, other = (Assessment.objects.get(pk=own.assessment.pk) for _ in range(2))
        after(lambda: operations.erase_assessment(one), lambda: operations.erase_assessment(other))
        assert not Assessment.objects.exists()

    def test_a_row_that_is_gone_for_good_is_not_found(self, own, owner):
        row = remove_measure(add_measure(own.assessment, content(), id=uuid.uuid4(), by=GUEST), by=GUEST)
        answer = after(
            lambda: Measure.objects.filter(pk=row.pk).delete(),
            lambda: owner.post(own.path(f"plan/{row.pk}/zurueckholen")),
        )
        assert answer.status_code == 404

    def test_whoever_comes_back_at_the_last_moment_keeps_everything(self, own):
        long_ago = timezone.localdate().replace(year=2000, day=1)
        Assessment.objects.filter(pk=own.assessment.pk).update(changed_on=long_ago)
        own.assessment.changed_on = long_ago
        gone = after(lambda: rate(own, "gut", "Noch da"), operations.remove_expired)
        assert gone == 0
        assert Rating.objects.get(assessment=own.assessment).note == "Noch da"

    def test_two_nights_at_once_delete_once(self, own):
        Assessment.objects.filter(pk=own.assessment.pk).update(
            changed_on=timezone.localdate().replace(year=2000, day=1)
        )
        assert after(operations.remove_expired, operations.remove_expired) == 0
        assert not Assessment.objects.exists()


def test_two_letters_at_once_keep_to_the_limit_of_the_day(own):
    for _ in range(MAILS_PER_DAY - 1):
        operations.count_mail(own.assessment)
    with pytest.raises(operations.TooManyMailsError):
        after(lambda: operations.count_mail(own.assessment), lambda: operations.count_mail(own.assessment))


def test_holding_without_a_transaction_is_refused(own):
    with pytest.raises(transaction.TransactionManagementError):
        operations.hold(own.assessment.pk)


def test_many_who_save_at_once_wait_for_each_other_and_all_are_stored(own):
    instrument = editions.original(own.assessment.edition_id)
    points = instrument.checkpoints[:4]
    begin = Barrier(len(points))

    def work(checkpoint: str, suggestions: list[str]) -> None:
        begin.wait(timeout=20)
        for suggestion in suggestions:
            on, other = frozenset({suggestion}), frozenset(suggestions)
            answer = Answer("gut", "", NOTHING, running_on=other, planned_on=on)
            save_checkpoint(own.assessment, instrument, checkpoint, answer, by=GUEST)
            answer = Answer("gut", "", NOTHING, running_off=other - on)
            save_checkpoint(own.assessment, instrument, checkpoint, answer, by=GUEST)

    keys = {point.key: [full for full, _ in point.suggestions()][:5] for point in points}
    with ThreadPoolExecutor(len(points)) as pool:
        calls = [pool.submit(on_a_connection_of_its_own, lambda one=one: work(*one)) for one in keys.items()]
        for call in calls:
            call.result()
    assert Rating.objects.filter(assessment=own.assessment, level="gut", version=1).count() == len(points)
    wanted = {suggestion for suggestions in keys.values() for suggestion in suggestions}
    assert {row.suggestion for row in rows(own)} == wanted
    assert [row.position for row in rows(own)] == list(range(1, len(wanted) + 1))
    assert Mark.objects.filter(assessment=own.assessment).count() == len(points)
