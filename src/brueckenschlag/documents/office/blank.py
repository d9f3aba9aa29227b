"""The Word document before anything is written into it: its styles, lists and language."""

import io
from collections.abc import Mapping
from datetime import datetime, time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from ..report import Report
from .signs import locale, one_line

if TYPE_CHECKING:
    from docx.document import Document

FOLDER = Path(__file__).parent
# Words of the Report that name a style.
NAMES = (
    "Praxishilfe", "name", "about", "picture", "rating", "note", "suggestions", "plan", "not rated", "product", "page",
)  # fmt: skip
# Parts of the library's document that would show its looks instead of ours.
NEEDLESS = ("stylesWithEffects", "customXml", "thumbnail")


def blank(report: Report) -> "Document":
    """A document in the Report's language with title and author, and all our styles."""
    import docx

    names = tuple((name, report.words[name]) for name in NAMES)
    document = docx.Document(io.BytesIO(_styled(locale(report.language), names)))
    about = document.core_properties
    about.title = one_line(" – ".join(filter(None, (str(report.title), report.name))))[:255]
    about.subject = one_line(str(report.subtitle))[:255]
    about.author = about.last_modified_by = one_line(report.name or report.operator)[:255]
    about.language = locale(report.language)
    about.created = about.modified = datetime.combine(report.made_on, time())
    about.comments = f"{report.words['edition']} {report.edition}"
    about.revision = 1
    return document


def written(document: "Document") -> bytes:
    """The file. The library's own verb is `save`, which in this house is kept for tables."""
    from docx.opc.pkgwriter import PackageWriter

    writer: Any = PackageWriter  # it has no types
    package, made = document.part.package, io.BytesIO()
    for part in package.parts:
        part.before_marshal()
    writer.write(made, package.rels, package.parts)
    return made.getvalue()


@lru_cache(maxsize=16)
def _styled(language: str, names: tuple[tuple[str, str], ...]) -> bytes:
    """The library's empty document with our styles in the place of its own."""
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    document = docx.Document()
    words = {"language": language} | dict(names)
    document.part._styles_part._element = parse_xml(_filled("styles.xml", words))
    document.part.numbering_part._element = parse_xml(_filled("numbering.xml", {}))
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), language)
    # As of Word 2013: tables begin exactly at the margin.
    mode = next(one for one in settings.iter(qn("w:compatSetting")) if one.get(qn("w:name")) == "compatibilityMode")
    mode.set(qn("w:val"), "15")
    for name in ("w:proofState", "w:rsids", "w:zoom"):
        settings.remove(settings.find(qn(name)))
    for part in (document.part, document.part.package):
        for key, one in list(part.rels.items()):
            if one.reltype.rpartition("/")[2] in NEEDLESS:
                del part.rels[key]
    return written(document)


def _filled(file: str, words: Mapping[str, str]) -> bytes:
    text = (FOLDER / file).read_text(encoding="utf-8")
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", escape(one_line(word), {'"': "&quot;"}))
    return text.encode()
