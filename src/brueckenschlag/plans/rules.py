"""Arithmetic and questions about a plan, without database and Django."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from ..assessments.rules import by_urgency, months_later
from ..instruments.model import Checkpoint, Instrument, Level

MOST_MEASURES = 300
UNDO_DAYS = 30
DECLARATION_MONTHS = 24
PRIORITIES = {"high": "hoch", "medium": "mittel", "low": "niedrig"}
STATUSES = {"open": "offen", "started": "begonnen", "done": "erledigt", "dropped": "verworfen"}
FIELDS = ("checkpoint", "text", "priority", "responsible", "start", "review", "status")


@dataclass(frozen=True)
class Content:
    """What a person writes into one row of the plan."""

    checkpoint: str
    text: str
    priority: str
    responsible: str = ""
    start: date | None = None
    review: date | None = None
    status: str = "open"


class Row(Protocol):
    """What sorting needs to know of a measure."""

    @property
    def checkpoint(self) -> str: ...  # noqa: D102
    @property
    def priority(self) -> str: ...  # noqa: D102
    @property
    def start(self) -> date | None: ...  # noqa: D102
    @property
    def review(self) -> date | None: ...  # noqa: D102
    @property
    def position(self) -> int: ...  # noqa: D102


AnyRow = TypeVar("AnyRow", bound=Row)


def preset_priority(level: Level | None) -> str:
    """The priority that a new measure starts with: from the checkpoint's rating; medium where there is none yet."""
    if level is None:
        return "medium"
    return level.priority or "low"


def review_is_early(start: date | None, review: date | None) -> bool:
    """Whether the review would come before the start."""
    return start is not None and review is not None and review < start


def ordered(rows: Iterable[AnyRow], order: str, numbers: Mapping[str, int]) -> list[AnyRow]:
    """Rows in one of the ORDERS; `numbers` are the checkpoints' positions."""
    return sorted(rows, key=ORDERS[order](numbers))


def open_checkpoints(
    instrument: Instrument, levels: Mapping[str, Level], with_measure: Collection[str]
) -> list[Checkpoint]:
    """Checkpoints that call for action and have no measure, most urgent first."""
    return [one for one in by_urgency(instrument, levels) if one.key not in with_measure]


def next_review(rows: Iterable[Any], today: date) -> date | None:
    """The next review day of measures still to be done; where none lies ahead, the first that is overdue."""
    days = [row.review for row in rows if row.review and row.status in ("open", "started")]
    return min(days, key=lambda day: (day < today, day)) if days else None


NEEDED = ("priority", "responsible", "start", "review")


def is_complete(row: Any, columns: Collection[str]) -> bool:
    """Whether a measure says all that a self-declaration asks for: how urgent, who, from when, when it is looked at.

    What a plan has no column for is not asked.
    """
    return row.status != "dropped" and all(getattr(row, name) for name in NEEDED if name in columns)


def declaration_ends(day: date) -> date:
    """Until when a self-declaration of that day holds; then a repeat is suggested."""
    return months_later(day, DECLARATION_MONTHS)


_RANK = {key: position for position, key in enumerate(PRIORITIES)}


def _days(row: Row) -> tuple[bool, date, bool, date]:
    """Days in order, rows without a day last."""
    start, review = row.start or date.max, row.review or date.max
    return row.start is None and row.review is None, min(start, review), row.start is None, start


Order = Callable[[Mapping[str, int]], Callable[[Row], Any]]
ORDERS: dict[str, Order] = {
    "prioritaet": lambda numbers: (
        lambda row: (_RANK[row.priority], numbers.get(row.checkpoint, 999), _days(row), row.position)
    ),
    "checkpunkt": lambda numbers: (
        lambda row: (numbers.get(row.checkpoint, 999), _RANK[row.priority], _days(row), row.position)
    ),
    "datum": lambda numbers: (
        lambda row: (_days(row), _RANK[row.priority], numbers.get(row.checkpoint, 999), row.position)
    ),
    "eigene": lambda _: lambda row: row.position,
}
