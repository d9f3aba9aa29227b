"""Makes documents one after the other in a process of their own, so that no page waits for one.

Each worker has one such process, of lower priority, from its first document on. In a thread beside the pages the same
work would hold them up: Python runs one thread at a time.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from .catalogue import Document
from .report import Report

MOST_WAITING = 10


class BusyError(Exception):
    """Too many documents are being made, or the process has just ended; the person should try again in a moment."""


_waiting = threading.BoundedSemaphore(MOST_WAITING)
_changing = threading.Lock()
_typists: list[ProcessPoolExecutor] = []


@contextmanager
def turn() -> Iterator[None]:
    """A place among those who wait. Raises BusyError where they are too many: ask before gathering what to show."""
    if not _waiting.acquire(blocking=False):
        raise BusyError
    try:
        yield
    finally:
        _waiting.release()


def made(document: Document, report: Report) -> bytes:
    """The document. Raises BusyError when its process ends meanwhile, and what the renderer raises."""
    typist = _typist()
    try:
        return typist.submit(document.bytes_of, report).result()
    except BrokenProcessPool:
        _replace(typist)
        raise BusyError from None


def _typist() -> ProcessPoolExecutor:
    """The process; begun with the first document, after the workers have been forked."""
    with _changing:
        if not _typists:
            context = multiprocessing.get_context("spawn")
            _typists.append(ProcessPoolExecutor(1, mp_context=context, initializer=_prepare))
        return _typists[0]


def _replace(broken: ProcessPoolExecutor) -> None:
    with _changing:
        if broken in _typists:
            _typists.remove(broken)
            broken.shutdown(wait=False)


def _prepare() -> None:
    """In the new process: it steps back behind the pages, leaves Ctrl+C to the server, and ends with its worker."""
    if hasattr(os, "nice"):
        os.nice(10)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_worker, daemon=True).start()


def _end_with_worker() -> None:
    worker = multiprocessing.parent_process()
    if worker is not None:
        worker.join()
        os._exit(0)
