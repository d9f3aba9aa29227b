"""Keeps personal keys and people's addresses out of the log."""

import logging
import re
import traceback
from typing import Any

# A key has 28 letters and digits, perhaps with hyphens or blanks between them; a part of one is hidden too.
# After the name of a page that takes a key everything is hidden; elsewhere each word as long as a key but an id.
_PATH = re.compile(r"(?i)(/+(?:weiter|lesen|mitmachen|annehmen|einlass)/)[^?\"'\n]+")
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
_KEY = re.compile(rf"(?<![0-9A-Za-z-])(?!{_UUID})[0-9A-Za-z](?:-*[0-9A-Za-z]){{23,}}")
_ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")


class WithoutKeys(logging.Filter):
    """Replaces everything that could be a key, however it is written, and every mail address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the record; always lets it through."""
        record.msg = _KEY.sub("…", _ADDRESS.sub("…", _PATH.sub(r"\1…", record.getMessage())))
        record.args = None
        return True


class WithoutWords(logging.Formatter):
    """Prints where an error happened and its kind, not its message: that may quote what a person has written."""

    def formatException(self, ei: Any) -> str:  # noqa: N802  # logging's name
        """The places of the traceback and the error's type."""
        kind, _, places = ei
        return "".join(traceback.format_tb(places)) + (kind.__name__ if kind else "")
