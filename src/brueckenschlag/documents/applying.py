"""Applies what a person has chosen of a file that came back: all of it in one transaction, or nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from ..assessments import editions
from ..assessments.models import Assessment, Edition, Rating
from ..assessments.operations import begin_assessment, mark_running, rate_checkpoint, rename_assessment
from ..audit.actors import GUEST, Actor
from ..instruments.model import Instrument
from ..plans.models import Measure
from ..plans.operations import (
    add_measure,
    change_measure,
    plan_suggestion,
    remove_measure,
    restore_measure,
)
from ..plans.rules import Content, review_is_early
from . import building
from .exchange.model import Exchange, of_report
from .returns.compare import Item, Preview, compare, fingerprint
from .returns.matching import given_ids
from .returns.returned import ROW_FIELDS, TICKED, Returned, as_additions
from .returns.understanding import EARLY


class ChangedMeanwhileError(Exception):
    """Somebody has changed what is stored since the preview was shown; nothing has been applied."""


class UnfitChoiceError(Exception):
    """The choices do not go together; carries a sentence for the key of each item that is wrong."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = faults
        super().__init__("unfit choice")


@dataclass(frozen=True)
class Applied:
    """How many items were applied, and how many measures were taken out of the plan."""

    items: int
    removed: int


def stored_state(assessment: Assessment) -> Exchange:
    """What is stored now, as the exchange format has it."""
    return of_report(building.of_assessment(assessment))


def apply_return(
    assessment: Assessment, returned: Returned, taken: Collection[str], *, seen: str, by: Actor
) -> Applied:
    """Takes the chosen items, named by their keys; `seen` is the fingerprint of what the preview was made of.

    Raises ChangedMeanwhileError, UnfitChoiceError and PlanFullError; then nothing has been changed.
    """
    with transaction.atomic():
        # Waits for whoever is writing to the same assessment, so that the comparison holds until the end.
        assessment = Assessment.objects.select_for_update().select_related("edition").get(pk=assessment.pk)
        stored = stored_state(assessment)
        if fingerprint(stored) != seen:
            raise ChangedMeanwhileError
        return _apply(assessment, compare(returned, stored), taken, by)


def begin_from(edition: Edition, returned: Returned) -> tuple[Assessment, str]:
    """A new assessment with all that the file says, and its owner's key. Raises PlanFullError.

    What was deleted and could be brought back there can be brought back here, too, from today on.
    """
    with transaction.atomic():
        assessment, key = begin_assessment(edition, by=GUEST)
        for row, id in given_ids(as_additions(returned).deleted, assessment.pk):
            if row.values.get("text") and row.values.get("checkpoint"):
                suggestion = row.values.get("suggestion", "")
                content = _content(row.values)
                gone = add_measure(assessment, content, id=UUID(id), suggestion=suggestion, by=GUEST)
                remove_measure(gone, by=GUEST)
        preview = compare(as_additions(returned), stored_state(assessment))
        _apply(assessment, preview, [item.key for item in preview.items], GUEST)
    return assessment, key


def _apply(assessment: Assessment, preview: Preview, taken: Collection[str], by: Actor) -> Applied:
    chosen = [item for item in preview.items if item.key in taken]
    rows = {str(one.pk): one for one in Measure.objects.filter(assessment=assessment).select_related("assessment")}
    contents = _contents(chosen, rows)
    instrument = editions.original(assessment.edition_id)
    for item in chosen:
        if item.subject == "name":
            rename_assessment(assessment, item.file, by=by)
    _rate(assessment, chosen, by)
    _mark(assessment, chosen, by)
    _change(assessment, chosen, contents, rows, by)
    _plan(assessment, instrument, chosen, by)
    return Applied(len(chosen), sum(_removes(item) for item in chosen))


def _removes(item: Item) -> bool:
    return item.kind == "removed" or (item.subject == "planned" and not item.file)


def _contents(chosen: Collection[Item], rows: Mapping[str, Measure]) -> dict[str, Content]:
    """What each measure will hold. Raises UnfitChoiceError where a review would lie before its start."""
    found: dict[str, Content] = {}
    faults: dict[str, str] = {}
    for item in chosen:
        if item.subject == "field":
            before = found.get(item.of) or rows[item.of].content
            found[item.of] = replace(before, **{item.field: _value(item.field, item.file)})
        elif item.subject == "measure" and item.file_values is not None:
            found[item.of] = _content(item.file_values)
    for item in chosen:
        content = found.get(item.of)
        may_be_early = item.subject == "measure" or item.field in ("start", "review")
        if content and may_be_early and review_is_early(content.start, content.review):
            faults[item.key] = EARLY
    if faults:
        raise UnfitChoiceError(faults)
    return found


def _content(values: Mapping[str, str]) -> Content:
    """A whole row of a file; what it does not say stays empty, and its priority in the middle."""
    said = {name: _value(name, values[name]) for name in ROW_FIELDS if values.get(name)}
    return Content(**{"priority": "medium", **said})


def _value(field: str, text: str) -> Any:
    """The value as the plan stores it: a day as a day."""
    if field in ("start", "review"):
        return date.fromisoformat(text) if text else None
    return text


def _rate(assessment: Assessment, chosen: Collection[Item], by: Actor) -> None:
    ratings = {one.checkpoint: one for one in Rating.objects.filter(assessment=assessment)}
    wanted: dict[str, dict[str, str]] = {}
    for item in chosen:
        if item.subject in ("level", "note"):
            wanted.setdefault(item.of, {})[item.subject] = item.file
    for checkpoint, values in wanted.items():
        stored = ratings.get(checkpoint) or Rating(version=0)
        rate_checkpoint(
            assessment,
            checkpoint,
            values.get("level", stored.level),
            values.get("note", stored.note),
            version=stored.version,
            ratings=ratings,
            by=by,
        )


def _mark(assessment: Assessment, chosen: Collection[Item], by: Actor) -> None:
    boxes = {item.of: item.file == TICKED for item in chosen if item.subject == "running"}
    on = {key for key, is_on in boxes.items() if is_on}
    mark_running(assessment, add=on, remove=boxes.keys() - on, by=by)


def _change(
    assessment: Assessment,
    chosen: Collection[Item],
    contents: Mapping[str, Content],
    rows: Mapping[str, Measure],
    by: Actor,
) -> None:
    """Rows that go are taken out first: a full plan may have room then."""
    for item in chosen:
        if item.kind == "removed":
            remove_measure(rows[item.of], by=by)
    for id, content in contents.items():
        row = rows.get(id)
        if row is None:
            origin = next((item.file_values or {} for item in chosen if item.of == id), {})
            add_measure(assessment, content, id=UUID(id), suggestion=origin.get("suggestion", ""), by=by)
        else:
            if row.deleted_at is not None:
                row = restore_measure(row, by=by)
            change_measure(row, content, version=row.version, by=by)


def _plan(assessment: Assessment, instrument: Instrument, chosen: Collection[Item], by: Actor) -> None:
    levels = dict(Rating.objects.filter(assessment=assessment).values_list("checkpoint", "level"))
    for item in chosen:
        if item.subject == "planned" and item.file:
            level = levels.get(item.of.partition(".")[0], "")
            plan_suggestion(assessment, instrument, item.of, level=level, by=by)
        elif item.subject == "planned":
            planned = Measure.objects.filter(assessment=assessment, suggestion=item.of).in_plan()
            for row in planned.select_related("assessment"):
                remove_measure(row, by=by)
