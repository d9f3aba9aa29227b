"""Has documents made and files read beside the pages, one after the other, so that no rating waits for them.

Each worker has one process for it, see `typist`: begun with the first document, so after the workers were forked,
followed by another where it has died, and gone when the worker goes.
"""

import atexit
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

from .catalogue import Document
from .report import Report
from .returns.returned import Filled, RefusedError

MOST_WAITING = 10
LONGEST_SECONDS = 60.0
# Then another process takes over: what the typesetter keeps for the next time grows slowly.
MOST_DONE = 300
# What glibc has free at the end of its memory beyond so many bytes goes back to the machine; by itself it keeps more.
GIVEN_BACK = {"MALLOC_TRIM_THRESHOLD_": "131072"}


class BusyError(Exception):
    """Too many documents are being made, or it could not be made now; the person should try again in a moment."""


class NotDoneError(Exception):
    """A fault of ours: carries where and of which kind, nothing of what people have written."""


@dataclass
class _Typist:
    process: subprocess.Popen[bytes]
    line: Connection
    done: int = 0


_log = logging.getLogger(__name__)
_waiting = threading.BoundedSemaphore(MOST_WAITING)
_one_at_a_time = threading.Lock()
_typists: list[_Typist] = []  # none or one


@contextmanager
def turn() -> Iterator[None]:
    """A place among those who wait, taken before anything is prepared. Raises BusyError where they are too many."""
    if not _waiting.acquire(blocking=False):
        raise BusyError
    try:
        yield
    finally:
        _waiting.release()


def made(document: Document, report: Report) -> bytes:
    """The document, once it is its turn; for whoever has a place. Raises BusyError.

    A light one takes less time here than the way to the other process, and needs neither turn nor place.
    """
    if document.is_light:
        return document.bytes_of(report)
    return cast(bytes, _done(document.writer, report))


def read(data: bytes, labels: Mapping[str, Mapping[str, str]]) -> Filled:
    """What stands in a file that somebody has sent, see `returns.reading.read`. Raises RefusedError and BusyError."""
    with turn():
        return cast(Filled, _done("returns.reading:read", data, labels))


def _done(writer: str, *given: Any) -> Any:
    """The answer to a piece of work. Whoever has died over it gets a successor, who tries once more."""
    with _one_at_a_time:
        for _ in range(2):
            try:
                kind, answer = _asked(writer, given)
                break
            except (EOFError, OSError) as error:
                _log.warning("The process for documents has ended over %s: %s", writer, type(error).__name__)
                _dismiss()
        else:
            raise BusyError
    if kind == "refused":
        raise cast(RefusedError, answer)
    if kind == "failed":
        _log.error("%s has failed:\n%s", writer, answer)
        raise NotDoneError(answer)
    return answer


def _asked(writer: str, given: tuple[Any, ...]) -> tuple[str, Any]:
    typist = _typist()
    typist.line.send((writer, given))
    if not typist.line.poll(LONGEST_SECONDS):
        _log.error("%s has taken too long.", writer)
        _dismiss()
        raise BusyError
    typist.done += 1
    return cast(tuple[str, Any], typist.line.recv())


def _typist() -> _Typist:
    """The one at work, or a new one."""
    if _typists and _typists[0].done >= MOST_DONE:
        _dismiss()
    if not _typists:
        ours, theirs = Pipe()
        with theirs:
            # A group of its own: Ctrl+C is for the server, which lets us finish. It may run from any folder.
            process = subprocess.Popen(  # noqa: S603  # our own module, and a number
                [sys.executable, "-m", f"{__package__}.typist", str(theirs.fileno())],
                env=os.environ | GIVEN_BACK | {"PYTHONPATH": str(Path(__file__).parents[2])},
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                process_group=0,
            )
        _typists.append(_Typist(process, ours))
    return _typists[0]


@atexit.register
def _dismiss() -> None:
    """Ends the process, at work or not."""
    while _typists:
        typist = _typists.pop()
        typist.line.close()
        typist.process.kill()
        typist.process.wait()
