"""Keeps personal keys out of the log."""

import logging
import re
import traceback
from typing import Any

_KEY = re.compile(r"(/(?:weiter|lesen)/)[^\s/?\"']+")


class WithoutKeys(logging.Filter):
    """Replaces the key in every path that is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the record; always lets it through."""
        record.msg = _KEY.sub(r"\1…", record.getMessage())
        record.args = None
        return True


class WithoutWords(logging.Formatter):
    """Prints where an error happened and its kind, not its message: that may quote what a person has written."""

    def formatException(self, ei: Any) -> str:  # noqa: N802  # logging's name
        """The places of the traceback and the error's type."""
        kind, _, places = ei
        return "".join(traceback.format_tb(places)) + (kind.__name__ if kind else "")
