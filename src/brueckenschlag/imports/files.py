"""What may be opened at all: endings, sizes and the first bytes, looked at before anything is read."""

from pathlib import Path

from . import rules
from .lines import RefusedError

MACROS = "Die Datei kann Makros enthalten. Bitte in Word als .docx ohne Makros speichern."
OLD_WORD = "Die Datei ist verschlüsselt oder ein altes Word-Format. Bitte ohne Kennwort als .docx speichern."
OTHER = "Dieses Format wird nicht gelesen. Möglich sind .docx, .pdf und .txt."
NOT_WHAT_IT_SAYS = "Der Inhalt passt nicht zur Endung {ending}. Bitte die Datei im richtigen Format speichern."

ENDINGS = {".docm": MACROS, ".dotm": MACROS, ".doc": OLD_WORD}
# The first bytes of formats: what must be there, and what a text never begins with.
OLE, ZIP, PDF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"%PDF-"


def content_of(file: Path) -> bytes:
    """The bytes of a file that may be read. Raises RefusedError."""
    ending = file.suffix.lower()
    if ending not in (".docx", ".pdf", ".txt"):
        raise RefusedError(file, ENDINGS.get(ending, OTHER))
    if not file.is_file():
        raise RefusedError(file, "Diese Datei gibt es nicht.")
    try:
        size = file.stat().st_size
        if size > rules.LARGEST_FILE:
            limit = rules.LARGEST_FILE // 1_000_000
            raise RefusedError(file, f"Die Datei ist zu groß: {size / 1_000_000:.0f} MB, erlaubt sind {limit} MB.")
        data = file.read_bytes()
    except OSError as error:
        raise RefusedError(file, f"Die Datei lässt sich nicht lesen: {error.strerror}.") from None
    _must_begin_as_it_says(file, ending, data)
    return data


def _must_begin_as_it_says(file: Path, ending: str, data: bytes) -> None:
    if data.startswith(OLE):
        raise RefusedError(file, OLD_WORD)
    is_kind = {
        ".docx": data.startswith(ZIP),
        ".pdf": PDF in data[:1024],
        ".txt": not data.startswith((ZIP, PDF)),
    }
    if not is_kind[ending]:
        raise RefusedError(file, NOT_WHAT_IT_SAYS.format(ending=ending))
