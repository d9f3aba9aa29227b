"""The papers to read and to hand round: the report, the plan alone, the self-declaration."""

from ..report import Report
from .engine import pdf


class NotReadyError(Exception):
    """The self-declaration cannot be given yet: not every checkpoint is rated, or too few measures are complete."""


def report_pdf(report: Report) -> bytes:
    """The whole report, A4, with the plan on landscape pages."""
    return pdf("report", report)


def plan_pdf(report: Report) -> bytes:
    """The plan alone, A4 landscape; where there is little in it, with rows to write in."""
    return pdf("plan", report)


def declaration_pdf(report: Report) -> bytes:
    """The self-declaration on one page. Raises NotReadyError where `report.declaration` is not ready."""
    if report.declaration is None or not report.declaration.is_ready:
        raise NotReadyError
    return pdf("declaration", report)
