"""Makes documents one after the other beside the pages, so that twenty at once neither fill memory nor delay anyone.

Each worker has one thread for it, of lower priority (on Linux a thread has its own): a rating always goes first.
"""

import os
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache

from .catalogue import Document
from .report import Report

MOST_WAITING = 10


class BusyError(Exception):
    """Too many documents are being made; the person should try again in a moment."""


_waiting = threading.BoundedSemaphore(MOST_WAITING)


def made(document: Document, report: Report) -> bytes:
    """The document, once it is its turn. Raises BusyError instead of waiting behind too many others."""
    if not _waiting.acquire(blocking=False):
        raise BusyError
    try:
        waiting: Future[bytes] = _typist().submit(document.bytes_of, report)
        return waiting.result()
    finally:
        _waiting.release()


@cache
def _typist() -> ThreadPoolExecutor:
    """Made with the first document, after the workers have been forked: threads do not survive that."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="documents", initializer=_step_back)


def _step_back() -> None:
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
