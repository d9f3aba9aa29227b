"""The operation does what the laws say that taking items does, on the real tables."""

from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from brueckenschlag.assessments.models import Assessment, Edition
from brueckenschlag.assessments.operations import begin_assessment, mark_running, rate_checkpoint
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.documents.applying import apply_return, stored_state
from brueckenschlag.documents.exchange.model import Exchange
from brueckenschlag.documents.returns.compare import compare, fingerprint
from brueckenschlag.documents.returns.returned import ROW_FIELDS, as_row_values
from brueckenschlag.plans.operations import add_measure, remove_measure
from brueckenschlag.plans.rules import Content

from .states import Story, applied, stories


def stored_as(state: Exchange, edition: Edition) -> Assessment:
    """An assessment that holds this state."""
    made, _ = begin_assessment(edition, state.name, by=GUEST)
    for one in state.ratings:
        rate_checkpoint(made, one.checkpoint, one.level, one.note, by=GUEST)
    mark_running(made, add=state.running, remove=(), by=GUEST)
    for one in (*state.measures, *state.deleted):
        content = Content(**{name: getattr(one, name) for name in ROW_FIELDS})
        row = add_measure(made, content, id=UUID(int=one.id.int), by=GUEST)
        if one in state.deleted:
            remove_measure(row, by=GUEST)
    made.refresh_from_db()
    return made


def said(state: Exchange) -> dict[str, object]:
    """What is entered, without the order of things and without what is empty."""
    return {
        "name": state.name,
        "ratings": {one for one in state.ratings if one.level or one.note},
        "running": set(state.running),
        "measures": {str(one.id): as_row_values(one) for one in state.measures},
        "deleted": {str(one.id) for one in state.deleted},
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=stories())
@pytest.mark.parametrize("everything", [True, False])
def test_taking_items_changes_the_tables_as_the_laws_say(edition, everything, story: Story):
    with transaction.atomic():
        assessment = stored_as(story.stored, edition)
        before = stored_state(assessment)
        items = [one for one in compare(story.file, before).items if everything or one.is_undisputed]
        expected = said(applied(before, items))
        done = apply_return(assessment, story.file, [one.key for one in items], seen=fingerprint(before), by=GUEST)
        assert done.items == len(items)
        assert said(stored_state(Assessment.objects.get(pk=assessment.pk))) == expected
        transaction.set_rollback(True)
