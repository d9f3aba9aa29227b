"""The paper brochure: an empty instrument to fill in with a pen."""

from ..report import Report
from .engine import pdf

ROWS = 12


def brochure_pdf(report: Report) -> bytes:
    """The brochure on A4, tagged as PDF/UA-1 and PDF/A-2a. Nothing that has been entered is shown in it."""
    return pdf("brochure", report, paper="a4", fillable=False, rows=ROWS, spare=0)
