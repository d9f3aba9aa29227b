"""The process beside a worker that makes documents and reads files: `python -m brueckenschlag.documents.typist <line>`.

It knows neither Django nor the database. `<line>` is the number of its end of a socket: over it come pieces of work,
one after the other, and go their answers. It leaves when the other end is closed. See docs/decisions/0020.
"""

import logging
import os
import select
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

# What reading a file may take on top of what the process has already, in bytes.
MOST_TO_READ = 200_000_000
Work = tuple[str, tuple[Any, ...]]  # `module:function` in this room, and what it is called with
Answer = tuple[str, Any]  # done and what came out; refused and the error; failed and where, in words without values


def main(line: int) -> None:
    """Works until nobody is there any more who could ask.

    Libraries say nothing here: it would get into the log and may quote what people have written.
    """
    logging.disable()
    warnings.simplefilter("ignore")
    if hasattr(os, "nice"):
        os.nice(10)  # a rating always goes first
    threading.Thread(target=_leave_when_alone, args=(line,), daemon=True).start()
    with Connection(line) as asking:
        while True:
            try:
                work: Work = asking.recv()
                asking.send(answer(*work))
            except (EOFError, OSError):
                return


def answer(writer: str, given: tuple[Any, ...]) -> Answer:
    """What came out of one piece of work."""
    try:
        module, _, function = writer.partition(":")
        work = getattr(import_module(f".{module}", __package__), function)
        with _limited(MOST_TO_READ if module.startswith("returns.") else 0):
            return "done", work(*given)
    except Exception as error:
        from .returns.returned import RefusedError  # with what it needs too much for a beginning

        if isinstance(error, RefusedError):
            return "refused", error
        return "failed", "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__


def _leave_when_alone(line: int) -> None:
    """Waits until the other end is closed; then nobody wants what is being made."""
    waiting = select.poll()
    waiting.register(line, 0)  # closing is told without asking for it
    while not any(what & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, what in waiting.poll()):
        pass
    os._exit(0)


@contextmanager
def _limited(most: int) -> Iterator[None]:
    """Lets the memory grow by so many bytes; 0 for no limit. Then MemoryError is raised."""
    used = _data_bytes()
    if not most or not used:
        yield
        return
    import resource

    before, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (used + most if hard < 0 else min(used + most, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, hard))


def _data_bytes() -> int:
    """What counts towards that limit now; 0 where the system does not say so."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


if __name__ == "__main__":
    main(int(sys.argv[1]))
