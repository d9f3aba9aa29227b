"""Carries what was read from the upload to the decision, packed into a short word; nothing is kept on the server."""

import base64
import lzma

from pydantic import TypeAdapter

from .returned import Returned

_WHOLE = TypeAdapter(Returned)


def packed(returned: Returned) -> str:
    """One word of ASCII. Base and file say much of the same, which is packed once."""
    return base64.urlsafe_b64encode(lzma.compress(_WHOLE.dump_json(returned), preset=1)).decode()


def unpacked(word: str) -> Returned:
    """The opposite of `packed`, for words that are known to be our own."""
    return _WHOLE.validate_json(lzma.decompress(base64.urlsafe_b64decode(word)))
