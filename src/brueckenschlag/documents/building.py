"""Builds the Report from the tables: the one place where documents ask the database."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from ..assessments import editions, left_over
from ..assessments import rules as assessment_rules
from ..assessments.models import Assessment, Rating
from ..instruments import markup, model
from ..instruments.overlay import ForeignText
from ..plans import rules
from ..plans.models import Measure
from ..plans.words import PRIORITIES, STATUSES
from . import report
from .words import fixed_words

SIGNS = {"red": "!!", "yellow": "!", "lime": "+", "green": "✓"}


def of_assessment(assessment: Assessment) -> report.Report:
    """What has been entered, in the language of the page. Three statements; one more where something has no place."""
    language = _language()
    instrument, empty = editions.in_language(assessment.edition_id, language), of_instrument(assessment.edition_id)
    ratings = {one.checkpoint: one for one in Rating.objects.filter(assessment=assessment).order_by("id")}
    running = frozenset(assessment.marks.values_list("suggestion", flat=True))
    every = Measure.objects.filter(assessment=assessment).within_undo()
    ordered = rules.ordered(every, _order(instrument), instrument.numbers)
    rows = [row for row in ordered if row.deleted_at is None]
    planned = frozenset(row.suggestion for row in rows)
    levels = {one.key: one for one in empty.levels}
    entered = _Entries(assessment, instrument, empty)
    return replace(
        empty,
        checkpoints=tuple(
            _rated(_marked(one, running, planned), ratings.get(one.key), levels) for one in empty.checkpoints
        ),
        assessment=str(assessment.pk),
        name=assessment.name,
        measures=entered.measures(rows),
        left_over=tuple(entered.left_over(ratings, running)),
        declaration=_declaration(instrument, ratings, rows),
        ratings=tuple(report.StoredRating(one.checkpoint, one.level, one.note) for one in ratings.values()),
        running=tuple(sorted(running)),
        deleted=entered.measures(row for row in ordered if row.deleted_at is not None),
    )


def of_instrument(edition: str) -> report.Report:
    """The empty instrument in the language of the page; `edition` is the edition's hash."""
    return replace(
        _empty(edition, _language()),
        operator=settings.CONFIGURATION.operator.name,
        site=settings.PUBLIC_URL,
        made_on=timezone.localdate(),
    )


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@lru_cache(maxsize=32)
def _empty(edition: str, language: str) -> report.Report:
    """The same for every day and operator; an edition never changes. `language` is that of the page."""
    return _Writer(editions.in_language(edition, language)).report(edition)


def _order(instrument: model.Instrument) -> str:
    """The order in which the page shows the plan at first."""
    return "prioritaet" if "priority" in instrument.column_by_key else "checkpunkt"


def _text(words: str | None, terms: Mapping[str, model.Term], language: str = "") -> report.Text:
    """The words with their languages; marks of terms are taken away."""
    if not words:
        return report.Text()
    foreign = words.language if isinstance(words, ForeignText) else language
    return report.Text(tuple(report.Piece(one.words, one.language or foreign) for one in markup.pieces(words, terms)))


def _marked(point: report.Checkpoint, running: Collection[str], planned: Collection[str]) -> report.Checkpoint:
    """The checkpoint with its boxes ticked."""

    def entry(one: report.Entry) -> report.Entry:
        is_running, is_planned = one.key in running, one.key in planned
        return replace(one, is_running=is_running, is_planned=is_planned) if is_running or is_planned else one

    groups = (replace(group, entries=tuple(entry(one) for one in group.entries)) for group in point.groups)
    return replace(point, groups=tuple(groups))


def _rated(point: report.Checkpoint, rating: Rating | None, levels: Mapping[str, report.Level]) -> report.Checkpoint:
    return replace(point, level=levels.get(rating.level), note=rating.note) if rating else point


def _declaration(
    instrument: model.Instrument, ratings: Mapping[str, Rating], rows: Collection[Measure]
) -> report.Declaration:
    """How far it is to the self-declaration."""
    rated = assessment_rules.levels_by_checkpoint(instrument, {key: one.level for key, one in ratings.items()})
    return report.Declaration(
        least_measures=instrument.frame.declaration_measures,
        complete_measures=sum(rules.is_complete(row, instrument.column_by_key) for row in rows),
        asked=tuple(_text(one.label, {}) for one in instrument.frame.plan.columns if one.key in rules.NEEDED),
        unrated=tuple(instrument.numbers[one.key] for one in instrument.checkpoints if one.key not in rated),
        valid_until=rules.declaration_ends(timezone.localdate()),
    )


class _Entries:
    """Turns what was entered into parts of the Report; `empty` is the Report of its edition."""

    def __init__(self, assessment: Assessment, instrument: model.Instrument, empty: report.Report) -> None:
        self.assessment, self.instrument, self.empty = assessment, instrument, empty
        self.titles = {one.key: one.title for one in empty.checkpoints}
        self.numbers = instrument.numbers

    def measures(self, rows: Iterable[Measure]) -> tuple[report.Measure, ...]:
        """Rows of the plan in the order given."""
        return tuple(self._measure(row, number) for number, row in enumerate(rows, start=1))

    def _measure(self, row: Measure, number: int) -> report.Measure:
        return report.Measure(
            id=str(row.pk),
            number=number,
            checkpoint=row.checkpoint,
            checkpoint_number=self.numbers.get(row.checkpoint, 0),
            checkpoint_title=self._title(row.checkpoint),
            suggestion=row.suggestion,
            text=row.text,
            priority=row.priority,
            priority_words=self.empty.priorities[row.priority],
            responsible=row.responsible,
            start=row.start,
            review=row.review,
            status=row.status,
            status_words=self.empty.statuses[row.status],
            version=row.version,
        )

    def _title(self, key: str) -> report.Text:
        if key not in self.titles:
            self.titles[key] = _text(left_over.title_of(self.assessment, key, _language()), {})
        return self.titles[key]

    def left_over(self, ratings: Mapping[str, Rating], running: Collection[str]) -> Iterable[report.LeftOver]:
        """Ratings, notes and marks without a place in this edition."""
        for one in left_over.entries(self.assessment, self.instrument, _language(), ratings, running):
            yield report.LeftOver(_text(one.title, {}), _text(one.level, {}), one.note)


class _Writer:
    """Turns an instrument into its Report."""

    def __init__(self, instrument: model.Instrument) -> None:
        self.instrument = instrument

    def text(self, words: str | None, language: str = "") -> report.Text:
        """The words with their languages; terms are those of the instrument."""
        return _text(words, self.instrument.term_by_key, language)

    def paragraphs(self, words: str) -> tuple[report.Text, ...]:
        """A longer text, one paragraph each."""
        parts = markup.paragraphs(words)
        if isinstance(words, ForeignText):
            parts = [ForeignText(part, words.language) for part in parts]
        return tuple(self.text(part) for part in parts)

    def _checkpoint(self, point: model.Checkpoint) -> report.Checkpoint:
        return report.Checkpoint(
            key=point.key,
            number=self.instrument.numbers[point.key],
            title=self.text(point.title),
            short=self.text(point.short),
            statement=self.text(point.statement),
            hint=self.text(point.hint),
            groups=tuple(self._group(point, one) for one in point.groups),
        )

    def _group(self, point: model.Checkpoint, group: model.Group) -> report.Group:
        def entry(one: model.SubPoint, depth: int) -> report.Entry:
            return report.Entry(f"{point.key}.{one.key}", self.text(one.text), self.text(one.explanation), depth)

        entries: list[report.Entry] = []
        for suggestion in group.suggestions:
            entries += [entry(suggestion, 0), *(entry(part, 1) for part in suggestion.parts)]
        return report.Group(self.text(group.title), self.text(group.intro), tuple(entries))

    def _level(self, level: model.Level) -> report.Level:
        return report.Level(
            level.key,
            self.text(level.label),
            self.text(level.short),
            self.text(level.meaning),
            level.tone,
            SIGNS[level.tone],
            level.needs_action,
        )

    def report(self, edition_hash: str) -> report.Report:
        """All of it; whoever gives it away says by whom and when."""
        frame = self.instrument.frame
        return report.Report(
            language=frame.language,
            words=fixed_words(),
            slug=frame.slug,
            edition=frame.edition,
            edition_hash=edition_hash,
            title=self.text(frame.title),
            subtitle=self.text(frame.subtitle),
            adaptation=self.text(frame.adaptation),
            licence=self.text(frame.licence),
            goal=self.text(frame.goal.text),
            practice=self.text(frame.practice.text),
            question=self.text(frame.scale.question),
            minutes=(frame.minutes.least, frame.minutes.most),
            levels=tuple(self._level(one) for one in self.instrument.levels),
            checkpoints=tuple(self._checkpoint(one) for one in self.instrument.checkpoints),
            plan_title=self.text(frame.plan.title),
            plan_text=self.text(frame.plan.text),
            columns=tuple(
                report.Column(one.key, self.text(one.label), self.text(one.help)) for one in frame.plan.columns
            ),
            priorities={key: str(words) for key, words in PRIORITIES.items()},
            statuses={key: str(words) for key, words in STATUSES.items()},
            sections=tuple(
                report.Titled(one.key, self.text(one.title), self.paragraphs(one.text)) for one in frame.sections
            ),
            glossary=tuple(
                report.Titled(one.key, self.text(one.term, language=one.foreign or ""), self.paragraphs(one.text))
                for one in frame.glossary
            ),
            operator="",
            site="",
            made_on=date.min,
        )
