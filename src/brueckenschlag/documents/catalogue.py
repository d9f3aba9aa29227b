"""Which documents there are: each with its address, file name and renderer. A new one is a row here."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from textwrap import shorten

from .report import Report


@dataclass(frozen=True)
class Document:
    """One kind of document. `key` is its address; `name` the word for the file's name among the Report's words.

    `writer` is `module:function` in this room, imported when it is first needed: the libraries behind it are heavy.
    One that `is_light` is made at once, where the page is made; all others in a process of their own, see `queue`.
    """

    key: str
    name: str
    extension: str
    media_type: str
    writer: str
    is_light: bool = False

    def bytes_of(self, report: Report) -> bytes:
        """The document, made from the Report."""
        module, _, function = self.writer.partition(":")
        write: Callable[[Report], bytes] = getattr(import_module(f".{module}", __package__), function)
        return write(report)

    def file_name(self, report: Report) -> str:
        """A speaking name: what, whose, from when. Letters, digits, hyphens and one dot only, in ASCII."""
        whose = shorten(_ascii(report.name).replace("-", " "), 60, placeholder="") or _ascii(report.name)[:60]
        parts = [_ascii(report.words[self.name]), whose.replace(" ", "-"), report.made_on.isoformat()]
        return "_".join(part.strip("-") for part in parts if part.strip("-")) + f".{self.extension}"


PDF = "application/pdf"
# What German writes for its letters, and letters of our neighbours that are no accents on others.
IN_ASCII = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae"}
    | dict(zip("ıłŁøØđĐ", "ilLoOdD", strict=True))
)

# What one takes along from an assessment.
OWN = (
    Document("plan.pdf", "plan", "pdf", PDF, "printed.papers:plan_pdf"),
    Document("bericht.pdf", "report", "pdf", PDF, "printed.papers:report_pdf"),
    Document(
        "bericht.docx",
        "report",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "office.word:word",
    ),
    Document(
        "plan.xlsx",
        "plan",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "office.workbook:workbook",
    ),
    Document("plan.csv", "plan", "csv", "text/csv; charset=utf-8", "office.table:table", is_light=True),
    Document(
        "termine.ics",
        "appointments",
        "ics",
        "text/calendar; charset=utf-8",
        "office.appointments:appointments",
        is_light=True,
    ),
    Document("formular.pdf", "form", "pdf", PDF, "printed.form:form_pdf"),
    Document("daten.json", "data", "json", "application/json", "exchange.writing:exchange", is_light=True),
)
DECLARATION = Document("selbsterklaerung.pdf", "declaration", "pdf", PDF, "printed.papers:declaration_pdf")
EVERYTHING = Document("alles.zip", "everything", "zip", "application/zip", "bundle:bundle")

# What one prints before anything has been entered.
BLANK = (
    Document("broschuere.pdf", "brochure", "pdf", PDF, "printed.brochure:brochure_pdf"),
    Document("heft.pdf", "booklet", "pdf", PDF, "printed.booklet:booklet_pdf"),
    Document("formular.pdf", "form", "pdf", PDF, "printed.form:form_pdf"),
)

OWN_BY_KEY = {one.key: one for one in (*OWN, DECLARATION, EVERYTHING)}
BLANK_BY_KEY = {one.key: one for one in BLANK}


def offered(report: Report) -> list[Document]:
    """What can be made of this Report, the bundle aside."""
    is_ready = report.declaration is not None and report.declaration.is_ready
    return [*OWN, *([DECLARATION] if is_ready else [])]


def _ascii(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.translate(IN_ASCII)).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain)
