"""The brochure as a booklet: pages of A5, two on each side of A4, to print on both sides and fold in the middle."""

from typing import TYPE_CHECKING

from ..memory import opened_pdf
from ..report import Report
from .engine import loose_pdf, packed

if TYPE_CHECKING:
    from pikepdf import Page, Pdf

ROWS = 10
LONG, SHORT = 841.89, 595.276  # of A4, in points


def booklet_pdf(report: Report) -> bytes:
    """The sheets of the booklet. Nothing that has been entered is shown in it.

    It is for the printer only: it has no tags, and its pages stand in the order of the sheets. Whoever reads on a
    screen, or has it read aloud, takes the brochure. Lined pages before the last one fill the last sheet.
    """
    import pikepdf

    pages = _pages(report, spare=0)
    with opened_pdf(pages) as counted:
        missing = -len(counted.pages) % 4
    if missing:
        pages = _pages(report, spare=missing)
    with opened_pdf(pages) as source, pikepdf.new() as booklet:
        for left, right in booklet_order(len(source.pages)):
            side = booklet.add_blank_page(page_size=(LONG, SHORT))
            for number, start in ((left, 0.0), (right, LONG / 2)):
                if number:
                    _place(side, source.pages[number - 1], start)
        _describe(booklet, report)
        return packed(booklet)


def booklet_order(pages: int) -> list[tuple[int | None, int | None]]:
    """Which pages stand left and right on each side of the sheets: front, back, front … None is an empty half.

    The first front carries the last page and the first one; folded and put into each other the sheets make a book.
    """
    full = pages + -pages % 4
    sides: list[tuple[int | None, int | None]] = []
    for nth in range(1, full // 2 + 1):
        pair = [number if number <= pages else None for number in (full + 1 - nth, nth)]
        left, right = pair if nth % 2 else reversed(pair)
        sides.append((left, right))
    return sides


def _pages(report: Report, spare: int) -> bytes:
    return loose_pdf("brochure", report, paper="a5", fillable=False, rows=ROWS, spare=spare)


def _place(side: "Page", page: "Page", start: float) -> None:
    """Puts the page into its half. One across is turned to the left: people read the plan by turning the booklet."""
    from pikepdf import Rectangle

    _left, _bottom, width, height = (float(one) for one in page.mediabox)
    if width > height:
        page.rotate(270, relative=False)
    side.add_overlay(page, Rectangle(start, 0, start + LONG / 2, SHORT))


def _describe(booklet: "Pdf", report: Report) -> None:
    """Title and language; and the printer is told to use both sides, turned at the short edge, without scaling."""
    from pikepdf import Dictionary, Name, String

    booklet.Root.Lang = String(report.language)
    booklet.docinfo.Title = String(str(report.title))
    booklet.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True, Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None")
    )
