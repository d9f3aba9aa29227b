"""Readers: one for each kind of document, all with the same result."""

from pathlib import Path

from .. import files, rules
from ..lines import Document, RefusedError
from . import docx, pdf, txt

READERS = {".docx": docx.read, ".pdf": pdf.read, ".txt": txt.read}


def read(file: Path) -> Document:
    """The document's lines. Raises RefusedError with a sentence for the person who chose the file."""
    data = files.content_of(file)
    document = READERS[file.suffix.lower()](file, data)
    if sum(len(line.text) for line in document.lines) > rules.MOST_TEXT or len(document.lines) > rules.MOST_LINES:
        raise RefusedError(file, rules.TOO_MUCH_TEXT)
    return document
