"""Opens a file that somebody has sent: says by its first bytes what it is, and lets the reader for it read."""

from collections.abc import Mapping

from .returned import BOMB, WRONG_TYPE, Filled, RefusedError, Sentence

MOST_BYTES = 10_000_000
OLE, ZIP, PDF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"%PDF-"

EMPTY = Sentence("Diese Datei ist leer.")
TOO_LARGE = Sentence("Die Datei ist zu groß: %(size)d MB, erlaubt sind %(limit)d MB.")
OLD_OR_LOCKED = Sentence(
    "Diese Datei ist mit einem Kennwort geschützt oder in einem alten Format. Bitte ohne Kennwort als .xlsx speichern."
)


def read(data: bytes, labels: Mapping[str, Mapping[str, str]]) -> Filled:
    """What stands in the file. `labels` are the words over the columns of each sheet, see `workbook.read`.

    Raises RefusedError, also where the process may not take the memory for it.
    """
    if not data.strip():
        raise RefusedError(EMPTY)
    if len(data) > MOST_BYTES:
        raise too_large(len(data))
    try:
        return _read(data, labels)
    except MemoryError:
        raise RefusedError(BOMB) from None


def _read(data: bytes, labels: Mapping[str, Mapping[str, str]]) -> Filled:
    if data.startswith(OLE):
        raise RefusedError(OLD_OR_LOCKED)
    if data.startswith(ZIP):
        from . import workbook

        return workbook.read(data, labels)
    if PDF in data[:1024]:
        from . import pdf

        return pdf.read(data)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        from . import exchange

        return exchange.read(data)
    raise RefusedError(WRONG_TYPE)


def too_large(size: int) -> RefusedError:
    """What to say of a file of that many bytes."""
    return RefusedError(TOO_LARGE, size=-(-size // 1_000_000), limit=MOST_BYTES // 1_000_000)
