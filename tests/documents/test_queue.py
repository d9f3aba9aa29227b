"""The process in which documents are made: beside the pages, replaced when it ends, and gone with its worker."""

import os
import pickle
import signal
import subprocess
import sys
from dataclasses import dataclass

import pytest

from brueckenschlag.documents import queue
from brueckenschlag.documents.catalogue import OWN_BY_KEY, Document
from brueckenschlag.documents.report import Report

PDF = OWN_BY_KEY["plan.pdf"]


@dataclass(frozen=True)
class Writing(Document):
    """A document that tells of its process, or does something to it."""

    what: str = "number"

    def bytes_of(self, report: Report) -> bytes:
        if self.what == "end":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.what == "fail":
            raise ValueError("no such font")
        return f"{os.getpid()} {os.nice(0)}".encode()


def writing(what: str) -> Writing:
    return Writing(PDF.key, PDF.name, PDF.extension, PDF.media_type, PDF.writer, what)


def process_of_documents(report: Report) -> int:
    return int(queue.made(writing("number"), report).split()[0])


def test_documents_are_made_in_one_other_process_which_steps_back(filled):
    number, priority = queue.made(writing("number"), filled).split()
    assert int(number) != os.getpid()
    assert int(priority) == min(os.nice(0) + 10, 19)
    assert process_of_documents(filled) == int(number)
    assert queue.made(PDF, filled).startswith(b"%PDF-")


def test_a_process_that_has_ended_is_replaced(filled):
    before = process_of_documents(filled)
    with pytest.raises(queue.BusyError):
        queue.made(writing("end"), filled)
    after = process_of_documents(filled)
    assert after != before
    assert queue.made(PDF, filled).startswith(b"%PDF-")


def test_what_goes_wrong_in_it_is_told_and_it_goes_on(filled):
    before = process_of_documents(filled)
    with pytest.raises(ValueError, match="no such font"):
        queue.made(writing("fail"), filled)
    assert process_of_documents(filled) == before


def test_whoever_comes_when_all_places_are_taken_is_told_so():
    def wait(number: int) -> None:
        with queue.turn():
            if number > 1:
                wait(number - 1)
            else:
                with pytest.raises(queue.BusyError), queue.turn():
                    pass

    wait(queue.MOST_WAITING)
    with queue.turn():
        pass


WORKER = """
import os, pickle, sys
from tests.documents.test_queue import queue, writing
print(queue.made(writing("number"), pickle.loads(sys.stdin.buffer.read())).decode().split()[0], flush=True)
if sys.argv[1] == "killed":
    os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("how", ["ended", "killed"])
def test_it_ends_with_its_worker(filled, how):
    # It holds the worker's output open: reading that to its end waits for both, and in vain where one stays.
    worker = subprocess.run(
        [sys.executable, "-c", WORKER, how], input=pickle.dumps(filled), capture_output=True, timeout=60, check=False
    )
    assert worker.returncode == (-signal.SIGKILL if how == "killed" else 0), worker.stderr
    assert int(worker.stdout) > 0
