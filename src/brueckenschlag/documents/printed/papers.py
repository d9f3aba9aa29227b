"""The papers to read and to hand round: the report, the plan alone, the self-declaration."""

from dataclasses import replace
from typing import Any

from ..report import Checkpoint, Report, Text
from .engine import pdf


class NotReadyError(Exception):
    """The self-declaration cannot be given yet: not every checkpoint is rated, or too few measures are complete."""


def report_pdf(report: Report) -> bytes:
    """The whole report, A4, with the plan on landscape pages."""
    points = tuple(_with_running(one) for one in report.checkpoints)
    return pdf("report", replace(report, checkpoints=points, sections=(), **_UNUSED))


def plan_pdf(report: Report) -> bytes:
    """The plan alone, A4 landscape; where there is little in it, with rows to write in."""
    return pdf("plan", _for_the_table(report))


def declaration_pdf(report: Report) -> bytes:
    """The self-declaration on one page. Raises NotReadyError where `report.declaration` is not ready."""
    if report.declaration is None or not report.declaration.is_ready:
        raise NotReadyError
    return pdf("declaration", replace(_for_the_table(report), measures=()))


# What no paper shows. Every text costs time on its way to the typesetter.
_UNUSED: dict[str, Any] = {"ratings": (), "running": (), "deleted": ()}


def _for_the_table(report: Report) -> Report:
    points = tuple(replace(one, groups=(), note="") for one in report.checkpoints)
    return replace(report, checkpoints=points, sections=(), glossary=(), left_over=(), **_UNUSED)


def _with_running(point: Checkpoint) -> Checkpoint:
    """Of all suggestions those that are running; what is planned stands in the measures."""
    running = ((group, [one for one in group.entries if one.is_running]) for group in point.groups)
    kept = (
        replace(group, entries=tuple(replace(one, explanation=Text()) for one in entries)) for group, entries in running
    )
    return replace(point, groups=tuple(kept))
