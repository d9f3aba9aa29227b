"""Writes the exchange format as a file."""

from ..report import Report
from .model import of_report, packed


def exchange(report: Report) -> bytes:
    """The JSON file, readable by people too."""
    entered = of_report(report)
    return entered.model_copy(update={"base": packed(entered)}).model_dump_json(indent=2).encode()
