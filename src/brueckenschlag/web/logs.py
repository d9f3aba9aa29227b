"""Keeps personal keys out of the log."""

import logging
import re
import traceback
from typing import Any

# A key has 28 letters and digits, perhaps with hyphens or blanks between them; a part of one is hidden too.
_PATH = re.compile(r"(/(?:weiter|lesen)/)[^\s?\"']+")
_KEY = re.compile(r"[0-9A-Za-z](?:(?:[-+\s]|%[0-9A-Fa-f]{2})*[0-9A-Za-z]){23,}")


class WithoutKeys(logging.Filter):
    """Replaces everything that could be a key, however it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the record; always lets it through."""
        record.msg = _KEY.sub("…", _PATH.sub(r"\1…", record.getMessage()))
        record.args = None
        return True


class WithoutWords(logging.Formatter):
    """Prints where an error happened and its kind, not its message: that may quote what a person has written."""

    def formatException(self, ei: Any) -> str:  # noqa: N802  # logging's name
        """The places of the traceback and the error's type."""
        kind, _, places = ei
        return "".join(traceback.format_tb(places)) + (kind.__name__ if kind else "")
