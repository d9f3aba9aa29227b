"""Files in memory only, for libraries that ask for a path: a killed process leaves nothing that people have written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf


def memory_file(content: bytes = b"") -> FileIO:
    """A file with this content that never reaches the disk; it is gone as soon as it is closed."""
    file = FileIO(os.memfd_create("brueckenschlag"), "w+")
    file.write(content)
    file.seek(0)
    return file


def path_of(file: FileIO) -> str:
    """The path by which others in this process open it, as long as it is not closed."""
    return f"/proc/self/fd/{file.fileno()}"


@contextmanager
def opened_pdf(content: bytes) -> Iterator["pikepdf.Pdf"]:
    """The PDF in these bytes. Given a path, qpdf reads it itself: half the time of asking Python for every bit of it.

    Raises pikepdf's PdfError and PasswordError.
    """
    import pikepdf  # 15 MB that a page never needs

    with memory_file(content) as file, pikepdf.open(path_of(file)) as pdf:
        yield pdf
