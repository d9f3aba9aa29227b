"""The arch as a picture, for formats that cannot draw."""

from dataclasses import replace

from ..printed.engine import png
from ..report import Level, Report
from .signs import one_line


def arch(report: Report) -> bytes:
    """A PNG; only what it shows goes to the typesetter."""
    points = tuple(replace(one, groups=(), note="") for one in report.checkpoints)
    bare = replace(report, checkpoints=points, measures=(), deleted=(), sections=(), glossary=(), ratings=())
    return png("arch", bare)


def described(report: Report) -> str:
    """The same in words: each checkpoint and its rating."""
    return "; ".join(
        one_line(f"{one.number}. {one.title}" + ("" if report.is_blank else f": {_rating(report, one.level)}"))
        for one in report.checkpoints
    )


def _rating(report: Report, level: Level | None) -> str:
    return str(level.label) if level else report.words["not rated"]
