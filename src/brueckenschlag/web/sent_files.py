"""A file that was sent: read, understood, and carried on in the page until the person has decided."""

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from ..documents import queue, wording
from ..documents.returns import carrying, reading
from ..documents.returns.returned import Filled, RefusedError, Returned, Sentence
from ..documents.returns.understanding import base_of, understand
from . import uploads

# In signs: this and all choices together stay below DATA_UPLOAD_MAX_MEMORY_SIZE.
MOST_CARRIED = 120_000
LARGEST_MB = reading.MOST_BYTES // 1_000_000
BUSY = Sentence("Gerade sind viele auf einmal hier. Bitte laden Sie die Datei gleich noch einmal hoch.")
NO_FILE = Sentence("Bitte eine Datei auswählen.")
TOO_MUCH = Sentence("In dieser Datei steht mehr, als sich auf einmal übernehmen lässt. Bitte die Texte kürzen.")
TOO_OLD = Sentence("Diese Seite passt nicht mehr. Bitte die Datei noch einmal hochladen.")
UNKNOWN_INSTRUMENT = Sentence("Die Praxishilfe, zu der diese Datei gehört, gibt es hier nicht („%(slug)s“).")


def sent(request: HttpRequest) -> Filled:
    """What stands in the file. Raises RefusedError."""
    file = request.FILES.get("file")
    if file is None:
        size = uploads.sent_size(request)
        raise reading.too_large(size) if size > reading.MOST_BYTES else RefusedError(NO_FILE)
    try:
        return queue.read(file.read(), wording.labels())
    except queue.BusyError:
        raise RefusedError(BUSY) from None


def understood(filled: Filled, edition: str, *, is_elsewhere: bool = False) -> Returned:
    """What it says, for use in that edition, named by its hash; see `understand`."""
    base = base_of(filled)
    known = wording.vocabulary(edition, base.edition_hash if base else edition)
    return understand(filled, known, timezone.localdate(), is_elsewhere=is_elsewhere)


def carried(returned: Returned, owner: str) -> str:
    """What was read, as one word that only we can make, and only for that owner. Raises RefusedError if too long."""
    word = carrying.packed(returned)
    if len(word) > MOST_CARRIED:
        raise RefusedError(TOO_MUCH)
    return _signer(owner).sign(word)


def taken_up(request: HttpRequest, owner: str) -> Returned:
    """The opposite of `carried`, from what the page sends back. Raises RefusedError."""
    try:
        return carrying.unpacked(_signer(owner).unsign(request.POST["carried"]))
    except (signing.BadSignature, ValueError):
        raise RefusedError(TOO_OLD) from None


def words(refused: RefusedError | None) -> str:
    """The sentence in the language of the page, "" for none."""
    return gettext(refused.sentence) % refused.facts if refused else ""


def status(refused: RefusedError | None) -> int:
    """Of the page that says it: 503 where only the moment was wrong, not the file."""
    if refused is None:
        return 200
    return 503 if refused.sentence == BUSY else 422


def _signer(owner: str) -> signing.Signer:
    return signing.Signer(salt=f"carried {owner}")
