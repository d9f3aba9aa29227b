"""Texts that people could type to break a file, or by accident."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from brueckenschlag.documents.report import Report

EXAMPLE = Path(__file__).parents[2] / "docs" / "example" / "treffen"  # four levels, a plan of four columns
FORMULAS = ("=1+1", "=cmd|' /C calc'!A0", "+49 30 123456", "-Flyer drucken", "@SUM(1)", "\t=1", " =1+1", "＝1+1", "'=1")
PLANES = "Ä \u0416 \u4e2d \U0001f600 \U00020000 \U00030000 \U000e0001 \U000f0000 \U0010fffd"
BAD = (
    *FORMULAS,
    PLANES,
    "mit\x00 Null \x07 Glocke \x1b Escape \x85 \x9f",
    "XML kennt \ufffe und \uffff nicht",
    "مرحبا بالعالم \u202eumgedreht\u202c שלום",
    "<w:p/> & ]]> \"Anführung\" 'einfach' <!-- --> &amp; _x0041_ {language}",
    "C:\\Neu\\nicht; Komma, Semikolon",
    "Zeile 1\r\nZeile 2\nZeile 3\rZeile 4",
    "http://example.org mailto:a@example.org",
    "x" * 10_000,
    "lang " * 8_000,
    "\U0001f600" * 20_000,
)


def saying(report: Report, text: str) -> Report:
    """The Report with this text wherever people can type."""
    return replace(
        report,
        name=text,
        measures=tuple(replace(one, text=text, responsible=text) for one in report.measures[:3]),
        deleted=tuple(replace(one, text=text, responsible=text) for one in report.measures[3:4]),
        checkpoints=tuple(replace(one, note=text) for one in report.checkpoints),
        ratings=tuple(replace(one, note=text) for one in report.ratings),
    )


def each_saying(report: Report, texts: Sequence[str]) -> Report:
    """The Report with a measure for each text."""
    one = report.measures[0]
    return replace(report, measures=tuple(replace(one, text=text, responsible=text) for text in texts))
