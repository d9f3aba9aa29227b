"""The Word document: the whole report, to go on writing in. All looks are styles (styles.xml)."""

import io
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from ..report import Checkpoint, Entry, LeftOver, Measure, Report
from . import rows
from .blank import blank, written
from .picture import arch, described
from .signs import one_line
from .wordml import A4, SIDE, field, lamp, paragraph, run, said, section, table

if TYPE_CHECKING:
    from docx.document import Document

WIDE, NARROW = A4[1] - 2 * SIDE, A4[0] - 2 * SIDE
WEIGHTS = {"checkpoint": 46, "measure": 84, "priority": 22, "responsible": 40, "start": 26, "review": 26, "status": 26}
FOOTER = 80  # signs of a name that fit on one line beside the page
EMPTY_ROWS = 10  # of a plan to fill in: one page


def word(report: Report) -> bytes:
    """The .docx."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = blank(report)
    parts = chain(
        _cover(report, document),
        () if report.is_blank else _overview(report),
        _checkpoints(report),
        _plan(report),
        _left_over(report.left_over, report),
        _glossary(report),
        _about(report),
    )
    body = document.element.body
    body.clear_content()
    last = body[-1]
    for part in parse_xml(f"<w:body {nsdecls('w')}>{''.join(parts)}{section()}</w:body>"):
        last.addprevious(part)
    body.remove(last)
    _footer(document, report)
    return written(document)


def _cover(report: Report, document: "Document") -> Iterator[str]:
    words = report.words
    yield paragraph("CoverKind", run(words["Praxishilfe"]))
    yield paragraph("Picture", _picture(report, document))
    yield paragraph("Title", said(report.title))
    yield paragraph("Subtitle", said(report.subtitle))
    if report.goal:
        yield paragraph("Quote", said(report.goal))
    if report.name:
        yield paragraph("CoverName", run(one_line(report.name)))
    yield paragraph("Detail", run(f"{words['date']}: {report.day(report.made_on)}"))
    yield paragraph("Detail", run(f"{words['edition']} {report.edition}"))
    yield paragraph("Break", section=section())


def _picture(report: Report, document: "Document") -> str:
    """The arch as a picture with the same in words."""
    from docx.shared import Cm

    shape: Any = document.part.new_pic_inline(io.BytesIO(arch(report)), width=Cm(13))
    shape.docPr.set("descr", described(report))
    shape.docPr.set("name", report.words["picture"])
    return f"<w:r><w:drawing>{shape.xml}</w:drawing></w:r>"


def _overview(report: Report) -> Iterator[str]:
    words = report.words
    yield paragraph("Heading1", run(words["overview"]))
    head = [run(words[key]) for key in ("number", "checkpoint", "rating")]
    found = [[run(str(one.number)), said(one.title), lamp(report, one.level)] for one in report.checkpoints]
    yield table(words["overview"], (8, 72, 60), head, found, NARROW)


def _checkpoints(report: Report) -> Iterator[str]:
    yield paragraph("Heading1", run(report.words["checkpoints"]))
    for point in report.checkpoints:
        yield from _checkpoint(report, point)


def _checkpoint(report: Report, point: Checkpoint) -> Iterator[str]:
    yield paragraph("Heading2", run(f"{point.number}. "), said(point.title))
    yield paragraph("Quote", said(point.statement))
    entries = [entry for group in point.groups for entry in group.entries]
    if report.is_blank:
        for level in report.levels:
            yield paragraph("Choice", lamp(report, level))
        yield from _entries(report.words["suggestions"], "Box", entries)
        return
    running = [one for one in entries if one.is_running]
    planned = [one for one in report.measures if one.checkpoint == point.key]
    # "Rating" keeps the line on the page of what follows it.
    yield paragraph("Rating" if point.note or running or planned else "Normal", lamp(report, point.level))
    if point.note:
        yield paragraph("Note", run(f"{report.words['note']}: ", "Strong"), run(point.note))
    yield from _entries(report.words["running"], "ListBullet", running)
    if planned:
        yield paragraph("Heading3", run(report.words["in the plan"]))
    yield from (paragraph("ListBullet", run(f"{one_line(one.text)} ({one.status_words})")) for one in planned)


def _entries(title: str, style: str, entries: Iterable[Entry]) -> Iterator[str]:
    """Suggestions under a heading of their own; parts of one are indented."""
    for number, entry in enumerate(entries):
        if number == 0:
            yield paragraph("Heading3", run(title))
        yield paragraph(f"{style}2" if entry.depth else style, said(entry.text))


def _plan(report: Report) -> Iterator[str]:
    """The plan on pages that lie on their side, between two ends of sections."""
    keys = rows.headers(report)
    yield paragraph("Break", section=section())
    yield paragraph("Heading1", said(report.plan_title))
    if report.plan_text and not report.measures:
        yield paragraph("Normal", said(report.plan_text))
    if report.measures or report.is_blank:
        filled = [_cells(report, one, keys) for one in report.measures]
        empty = [[run("\n")] * len(keys)] * (EMPTY_ROWS if report.is_blank else 0)
        head = [run(one_line(label)) for label in keys.values()]
        yield table(str(report.plan_title), [WEIGHTS[key] for key in keys], head, filled + empty, WIDE)
    else:
        yield paragraph("Normal", run(report.words["no measures"]))
    yield paragraph("Break", section=section(is_wide=True))


def _cells(report: Report, measure: Measure, keys: Mapping[str, str]) -> list[str]:
    """A row of the plan; the checkpoint's title keeps the language of its words."""
    number = run(f"{measure.checkpoint_number}. ") if measure.checkpoint_number else ""
    return [
        number + said(measure.checkpoint_title)
        if key == "checkpoint"
        else run(report.day(cell) if isinstance(cell, date) else cell or "")
        for key, cell in zip(keys, rows.cells(measure, keys), strict=True)
    ]


def _left_over(left_over: Iterable[LeftOver], report: Report) -> Iterator[str]:
    for number, one in enumerate(left_over):
        if number == 0:
            yield paragraph("Heading1", run(report.words["left over"]))
        yield paragraph("ListBullet", said(one.title), run(": ") if one.level else "", said(one.level, "Strong"))
        if one.note:
            yield paragraph("Note", run(f"{report.words['note']}: ", "Strong"), run(one.note))


def _glossary(report: Report) -> Iterator[str]:
    if report.glossary:
        yield paragraph("Heading1", run(report.words["glossary"]))
    for term in report.glossary:
        first, *more = term.paragraphs or ((),)
        yield paragraph("Normal", said(term.title, "Strong"), run(": "), said(first) if first else "")
        yield from (paragraph("Normal", said(text)) for text in more)


def _about(report: Report) -> Iterator[str]:
    """The imprint of the document: what it was made from, when, and by whom."""
    words = report.words
    yield paragraph("Heading1", run(words["about"]))
    yield paragraph("Detail", said(report.title), run(f", {words['edition']} {report.edition}"))
    yield paragraph("Detail", run(f"{words['date']}: {report.day(report.made_on)}"))
    for text in filter(None, (report.adaptation, report.licence)):
        yield paragraph("Detail", said(text))
    for line in filter(None, (report.operator, report.site)):
        yield paragraph("Detail", run(one_line(line)))
    yield paragraph("Detail", run(words["product"]))


def _footer(document: "Document", report: Report) -> None:
    """The same on every page but the cover, which is a section of its own."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    footer = document.sections[1].footer
    footer.is_linked_to_previous = False
    whose = textwrap.shorten(one_line(report.name or str(report.title)), FOOTER, placeholder=" …")
    name = run(f"{whose}  ·  {report.words['page']} ")
    made = paragraph("Footer", name, field("PAGE"), run(" / "), field("NUMPAGES"))
    old = footer._element[0]
    old.addprevious(parse_xml(made.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
    footer._element.remove(old)
