"""Builds the Report from the tables: the one place where documents ask the database."""

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from ..assessments import editions
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
    """What has been entered, in the language of the page. Three statements."""
    language = get_language() or settings.LANGUAGE_CODE
    instrument = editions.in_language(assessment.edition_id, language)
    earlier = editions.in_language(assessment.earlier_edition_id or assessment.edition_id, language)
    ratings = {one.checkpoint: one for one in Rating.objects.filter(assessment=assessment).order_by("id")}
    running = frozenset(assessment.marks.values_list("suggestion", flat=True))
    every = Measure.objects.filter(assessment=assessment).within_undo()
    ordered = rules.ordered(every, _order(instrument), instrument.numbers)
    rows = [row for row in ordered if row.deleted_at is None]
    made = _Writer(instrument, earlier)
    planned = frozenset(row.suggestion for row in rows)
    empty = made.report(
        assessment.edition_id,
        tuple(made.checkpoint(one, ratings.get(one.key), running, planned) for one in instrument.checkpoints),
    )
    return replace(
        empty,
        assessment=str(assessment.pk),
        name=assessment.name,
        measures=made.measures(rows),
        left_over=tuple(made.left_over(ratings, running)),
        declaration=made.declaration(ratings, rows),
        ratings=tuple(report.StoredRating(one.checkpoint, one.level, one.note) for one in ratings.values()),
        running=tuple(sorted(running)),
        deleted=made.measures(row for row in ordered if row.deleted_at is not None),
    )


def of_instrument(edition: str) -> report.Report:
    """The empty instrument in the language of the page; `edition` is the edition's hash."""
    instrument = editions.in_language(edition, get_language() or settings.LANGUAGE_CODE)
    made = _Writer(instrument, instrument)
    nothing: frozenset[str] = frozenset()
    points = tuple(made.checkpoint(one, None, nothing, nothing) for one in instrument.checkpoints)
    return made.report(edition, points)


def _order(instrument: model.Instrument) -> str:
    """The order in which the page shows the plan at first."""
    return "prioritaet" if "priority" in instrument.column_by_key else "checkpunkt"


class _Writer:
    """Turns parts of one instrument into parts of the Report."""

    def __init__(self, instrument: model.Instrument, earlier: model.Instrument) -> None:
        self.instrument, self.earlier = instrument, earlier
        self.levels = {one.key: self._level(one) for one in instrument.levels}

    def text(self, words: str | None, instrument: model.Instrument | None = None, language: str = "") -> report.Text:
        """The words with their languages; marks of terms are taken away."""
        if not words:
            return report.Text()
        terms = (instrument or self.instrument).term_by_key
        foreign = words.language if isinstance(words, ForeignText) else language
        found = (report.Piece(one.words, one.language or foreign) for one in markup.pieces(words, terms))
        return report.Text(tuple(found))

    def paragraphs(self, words: str) -> tuple[report.Text, ...]:
        """A longer text, one paragraph each."""
        parts = markup.paragraphs(words)
        if isinstance(words, ForeignText):
            parts = [ForeignText(part, words.language) for part in parts]
        return tuple(self.text(part) for part in parts)

    def checkpoint(
        self, point: model.Checkpoint, rating: Rating | None, running: frozenset[str], planned: frozenset[str]
    ) -> report.Checkpoint:
        """A checkpoint with what has been entered at it."""
        return report.Checkpoint(
            key=point.key,
            number=self.instrument.numbers[point.key],
            title=self.text(point.title),
            short=self.text(point.short),
            statement=self.text(point.statement),
            hint=self.text(point.hint),
            groups=tuple(self._group(point, one, running, planned) for one in point.groups),
            level=self.levels.get(rating.level) if rating else None,
            note=rating.note if rating else "",
        )

    def _group(
        self, point: model.Checkpoint, group: model.Group, running: frozenset[str], planned: frozenset[str]
    ) -> report.Group:
        def entry(one: model.SubPoint, depth: int) -> report.Entry:
            key = f"{point.key}.{one.key}"
            words, explanation = self.text(one.text), self.text(one.explanation)
            return report.Entry(key, words, explanation, depth, key in running, key in planned)

        entries: list[report.Entry] = []
        for suggestion in group.suggestions:
            entries += [entry(suggestion, 0), *(entry(part, 1) for part in suggestion.parts)]
        return report.Group(self.text(group.title), self.text(group.intro), tuple(entries))

    def measures(self, rows: Iterable[Measure]) -> tuple[report.Measure, ...]:
        """Rows of the plan in the order given."""
        return tuple(self._measure(row, number) for number, row in enumerate(rows, start=1))

    def _measure(self, row: Measure, number: int) -> report.Measure:
        return report.Measure(
            id=str(row.pk),
            number=number,
            checkpoint=row.checkpoint,
            checkpoint_number=self.instrument.numbers.get(row.checkpoint, 0),
            checkpoint_title=self._title(row.checkpoint),
            suggestion=row.suggestion,
            text=row.text,
            priority=row.priority,
            priority_words=str(PRIORITIES[row.priority]),
            responsible=row.responsible,
            start=row.start,
            review=row.review,
            status=row.status,
            status_words=str(STATUSES[row.status]),
            version=row.version,
        )

    def _title(self, key: str) -> report.Text:
        for instrument in (self.instrument, self.earlier):
            if key in instrument.checkpoint_by_key:
                return self.text(instrument.checkpoint_by_key[key].title, instrument)
        return report.Text((report.Piece(key),))

    def left_over(self, ratings: dict[str, Rating], running: frozenset[str]) -> Iterable[report.LeftOver]:
        """Ratings, notes and marks without a place in this edition."""
        for key in assessment_rules.homeless(self.instrument, {key: one.level for key, one in ratings.items()}):
            rating = ratings[key]
            level = self.earlier.level_by_key.get(rating.level)
            words = self.text(level.label, self.earlier) if level else report.Text()
            if rating.level or rating.note:
                yield report.LeftOver(self._title(key), words, rating.note)
        for key in sorted(running - set(self.instrument.suggestion_by_key)):
            known = self.earlier.suggestion_by_key.get(key)
            words = self.text(known.text, self.earlier) if known else report.Text((report.Piece(key),))
            yield report.LeftOver(words, report.Text(), "")

    def declaration(self, ratings: dict[str, Rating], rows: Iterable[Measure]) -> report.Declaration:
        """How far it is to the self-declaration."""
        chosen = {key: one.level for key, one in ratings.items()}
        rated = assessment_rules.levels_by_checkpoint(self.instrument, chosen)
        return report.Declaration(
            least_measures=self.instrument.frame.declaration_measures,
            complete_measures=sum(rules.is_complete(row, self.instrument.column_by_key) for row in rows),
            asked=tuple(self.text(one.label) for one in self.instrument.frame.plan.columns if one.key in rules.NEEDED),
            unrated=tuple(
                self.instrument.numbers[one.key] for one in self.instrument.checkpoints if one.key not in rated
            ),
            valid_until=rules.declaration_ends(timezone.localdate()),
        )

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

    def report(self, edition_hash: str, checkpoints: tuple[report.Checkpoint, ...]) -> report.Report:
        """The frame with these checkpoints, for an empty document."""
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
            levels=tuple(self.levels.values()),
            checkpoints=checkpoints,
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
            operator=settings.CONFIGURATION.operator.name,
            site=settings.PUBLIC_URL,
            made_on=timezone.localdate(),
        )
