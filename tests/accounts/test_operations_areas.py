"""Areas of an organisation: adding many at once, renaming, moving, removing; where their assessments go."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brueckenschlag.accounts import operations, rules
from brueckenschlag.accounts.models import Area
from brueckenschlag.accounts.operations import AreaDoesNotFitError, AreaExistsError, TooManyAreasError
from brueckenschlag.assessments.models import Assessment
from brueckenschlag.assessments.operations import begin_assessment, dissolve_area, set_area
from brueckenschlag.audit.models import LogEntry


@pytest.fixture
def tree(verein, by):
    """Pflege > Ambulant > Nord > Team A, and Jugend."""
    above, found = None, {}
    for name in ("Pflege", "Ambulant", "Nord", "Team A"):
        [above] = operations.add_areas(verein, [name], parent=above, by=by)
        found[name] = above
    [found["Jugend"]] = operations.add_areas(verein, ["Jugend"], by=by)
    return found


@pytest.fixture
def neighbours(by):
    return operations.found_organisation("Nachbarn", "zo", by=by)


def names(organisation):
    return dict(organisation.areas.values_list("name", "parent__name"))


def test_several_areas_are_added_at_once_and_each_stands_in_the_log(verein, by):
    added = operations.add_areas(verein, ["Jugend", "Pflege"], by=by)
    assert names(verein) == {"Jugend": None, "Pflege": None}
    logged = LogEntry.objects.filter(verb="area.added", organisation=verein.pk).values_list("target", flat=True)
    assert set(logged) == {str(area.pk) for area in added}


def test_a_fifth_level_is_refused_and_so_is_a_move_that_would_make_one(tree, verein, by):
    with pytest.raises(AreaDoesNotFitError):
        operations.add_areas(verein, ["Zu tief"], parent=tree["Team A"], by=by)
    with pytest.raises(AreaDoesNotFitError):
        operations.change_area(tree["Pflege"], name="Pflege", parent=tree["Jugend"], by=by)
    assert "Zu tief" not in names(verein)


def test_an_area_cannot_lie_below_itself(tree, verein, by):
    before = names(verein)
    for below in ("Pflege", "Nord"):
        with pytest.raises(AreaDoesNotFitError):
            operations.change_area(tree["Pflege"], name="Pflege", parent=tree[below], by=by)
    assert names(verein) == before


def test_a_parent_of_another_organisation_is_no_place(tree, verein, neighbours, by):
    [theirs] = operations.add_areas(neighbours, ["Fremd"], by=by)
    with pytest.raises(AreaDoesNotFitError):
        operations.add_areas(verein, ["Hier"], parent=theirs, by=by)
    with pytest.raises(AreaDoesNotFitError):
        operations.change_area(tree["Jugend"], name="Jugend", parent=theirs, by=by)


def test_two_areas_side_by_side_have_different_names(tree, verein, by):
    for attempt in (["jugend"], ["Neu", "neu"]):
        with pytest.raises(AreaExistsError):
            operations.add_areas(verein, attempt, by=by)
    with pytest.raises(AreaExistsError):
        operations.change_area(tree["Jugend"], name="Pflege", parent=None, by=by)
    operations.add_areas(verein, ["Jugend"], parent=tree["Pflege"], by=by)
    operations.change_area(tree["Jugend"], name="JUGEND", parent=None, by=by)


def test_ten_thousand_areas_are_refused_before_anything_is_stored(verein, by):
    with (
        CaptureQueriesContext(
            connection,
        ) as asked,
        pytest.raises(TooManyAreasError),
    ):
        operations.add_areas(verein, [f"Bereich {number}" for number in range(10_000)], by=by)
    assert len(asked) < 10
    assert not verein.areas.exists()


def test_as_many_areas_as_may_be_are_added_and_one_of_them_moved(verein, by):
    many = operations.add_areas(verein, [f"Bereich {number}" for number in range(rules.MOST_AREAS)], by=by)
    operations.change_area(many[0], name="Bereich 0", parent=many[1], by=by)
    with pytest.raises(TooManyAreasError):
        operations.add_areas(verein, ["Noch einer"], by=by)


def test_a_removed_area_leaves_its_parts_and_assessments_to_the_one_above(tree, verein, edition, by):
    there, _ = begin_assessment(edition, organisation=verein, area=tree["Ambulant"], by=by)
    dissolve_area(tree["Ambulant"], by=by)
    assert names(verein) == {"Pflege": None, "Nord": "Pflege", "Team A": "Nord", "Jugend": None}
    there.refresh_from_db()
    assert (there.organisation, there.area) == (verein, tree["Pflege"])
    dissolve_area(tree["Pflege"], by=by)
    there.refresh_from_db()
    assert (there.organisation, there.area) == (verein, None)


def test_what_has_been_removed_meanwhile_is_not_found(tree, verein, edition, by):
    assessment, _ = begin_assessment(edition, organisation=verein, by=by)
    gone = Area.objects.get(pk=tree["Jugend"].pk)
    dissolve_area(tree["Jugend"], by=by)
    for attempt in (
        lambda: dissolve_area(gone, by=by),
        lambda: operations.change_area(gone, name="Wieder da", parent=None, by=by),
        lambda: set_area(assessment, gone, by=by),
        lambda: begin_assessment(edition, organisation=verein, area=gone, by=by),
    ):
        with pytest.raises(Area.DoesNotExist):
            attempt()
    assert LogEntry.objects.filter(verb="area.removed").count() == 1


def test_an_assessment_within_an_organisation_takes_the_name_of_where_it_belongs(tree, verein, edition, by):
    of_area, _ = begin_assessment(edition, organisation=verein, area=tree["Jugend"], by=by)
    of_all, _ = begin_assessment(edition, organisation=verein, by=by)
    own_name, _ = begin_assessment(edition, "Sommerfest", organisation=verein, by=by)
    assert [one.name for one in (of_area, of_all, own_name)] == ["Jugend", verein.name, "Sommerfest"]
    entry = LogEntry.objects.get(verb="assessment.begun", assessment=of_area.pk)
    assert (entry.organisation, entry.person) == (verein.pk, by.person)


def test_an_assessment_can_go_to_another_area_and_to_the_whole(tree, verein, edition, by):
    assessment, _ = begin_assessment(edition, organisation=verein, by=by)
    set_area(assessment, tree["Nord"], by=by)
    assert Assessment.objects.get(pk=assessment.pk).area == tree["Nord"]
    set_area(assessment, None, by=by)
    assert Assessment.objects.get(pk=assessment.pk).area is None
    targets = LogEntry.objects.filter(verb="assessment.area-set").order_by("pk").values_list("target", flat=True)
    assert list(targets) == [str(tree["Nord"].pk), ""]


def test_an_assessment_never_goes_to_an_area_of_another_organisation(verein, neighbours, edition, own, by):
    [theirs] = operations.add_areas(neighbours, ["Fremd"], by=by)
    assessment, _ = begin_assessment(edition, organisation=verein, by=by)
    with pytest.raises(ValueError, match="another organisation"):
        set_area(assessment, theirs, by=by)
    with pytest.raises(ValueError, match="another organisation"):
        begin_assessment(edition, organisation=verein, area=theirs, by=by)
    with pytest.raises(ValueError, match="no organisation"):
        set_area(own.assessment, theirs, by=by)
