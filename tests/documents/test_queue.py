"""The process that makes documents beside the pages: what it needs, and what happens when it ends."""

import os
import pickle
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from brueckenschlag.documents import queue
from brueckenschlag.documents.catalogue import BLANK_BY_KEY, OWN, OWN_BY_KEY
from brueckenschlag.documents.returns import returned
from brueckenschlag.documents.returns.reading import EMPTY, too_large
from brueckenschlag.documents.returns.returned import RefusedError

from .conftest import in_language

PLAN, WORKBOOK = OWN_BY_KEY["plan.pdf"], OWN_BY_KEY["plan.xlsx"]


@pytest.fixture(autouse=True)
def afresh():
    """Every test begins, and leaves the next one, without a process."""
    queue._dismiss()
    yield
    queue._dismiss()


def at_work() -> int:
    return queue._typists[0].process.pid


def is_over(process: int) -> bool:
    """Waits until a process, which need not be a child, has ended."""
    try:
        watched = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], 20)[0])
    finally:
        os.close(watched)


def test_nothing_is_started_before_the_first_document(filled):
    assert queue._typists == []
    assert queue.made(PLAN, filled).startswith(b"%PDF-")
    assert at_work() != os.getpid()


def test_light_ones_are_made_at_once(filled):
    for document in OWN:
        if document.is_light:
            assert queue.made(document, filled)
    assert queue._typists == []


def test_the_next_document_comes_from_the_same_process(filled):
    queue.made(WORKBOOK, filled)
    first = at_work()
    queue.made(WORKBOOK, filled)
    assert at_work() == first


MAKES_ALL = """
import os, pickle, sys, tempfile
sys.modules["django"] = None  # whoever imports it fails
sys.dont_write_bytecode = True
tempfile.gettempdir()  # tries the folder out once
written = []
def note(event, facts):
    if event == "open" and isinstance(facts[0], (str, bytes, os.PathLike)) and facts[2] & (os.O_WRONLY | os.O_RDWR):
        written.append(os.fsdecode(facts[0]))
sys.addaudithook(note)
from brueckenschlag.documents.typist import answer
for writer, report in pickle.load(open(sys.argv[1], "rb")):
    kind, made = answer(writer, (report,))
    assert kind == "done", (writer, made)
print(*written, sep="\\n")
"""


@pytest.mark.parametrize("language", ["de", "en", "de-simple"])
def test_every_document_is_made_where_there_is_no_django_and_nothing_is_written_to_the_disk(
    fresh, blank, tmp_path, language
):
    """But layouts, which say nothing about anybody."""
    report = in_language(fresh(12), language)
    work = [(one.writer, report) for one in OWN_BY_KEY.values()] + [
        (one.writer, blank) for one in BLANK_BY_KEY.values()
    ]
    (tmp_path / "work").write_bytes(pickle.dumps(work))
    command = [sys.executable, "-c", MAKES_ALL, str(tmp_path / "work")]
    made = subprocess.run(command, check=True, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    written = made.stdout.split()
    assert any(one.endswith("/layouts/report.typ") for one in written)
    assert [one for one in written if not one.endswith(".typ")] == []


def test_one_that_was_killed_is_followed_by_another(filled):
    queue.made(WORKBOOK, filled)
    killed = at_work()
    os.kill(killed, signal.SIGKILL)
    assert is_over(killed)
    assert queue.made(WORKBOOK, filled).startswith(b"PK")
    assert at_work() != killed


def test_where_none_can_live_people_are_asked_to_try_again(filled, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", "/bin/false")
        with pytest.raises(queue.BusyError):
            queue.made(WORKBOOK, filled)
    assert queue.made(WORKBOOK, filled).startswith(b"PK")


def test_a_document_without_end_is_given_up(filled, monkeypatch):
    with monkeypatch.context() as impatient:
        impatient.setattr(queue, "LONGEST_SECONDS", 0)
        with pytest.raises(queue.BusyError):
            queue.made(WORKBOOK, filled)
    assert queue._typists == []
    assert queue.made(WORKBOOK, filled).startswith(b"PK")


def test_after_many_documents_another_takes_over(filled, monkeypatch):
    monkeypatch.setattr(queue, "MOST_DONE", 1)
    queue.made(WORKBOOK, filled)
    first = at_work()
    queue.made(WORKBOOK, filled)
    assert at_work() != first


def test_a_fault_of_ours_says_where_and_nothing_that_people_wrote(filled, caplog):
    broken = type("Broken", (), {"__reduce__": lambda _: (str, ("Geheime Notiz",))})()
    with pytest.raises(queue.NotDoneError) as raised:
        queue._done("office.workbook:workbook", broken)
    for told in (str(raised.value), caplog.text):
        assert "workbook.py" in told
        assert "AttributeError" in told
        assert "Geheime Notiz" not in told
    assert queue.made(WORKBOOK, filled).startswith(b"PK")


def test_a_file_is_read_there_too_and_refused_with_the_same_sentence():
    with pytest.raises(RefusedError) as raised:
        queue.read(b" ", {})
    assert raised.value.sentence == EMPTY
    sent = pickle.loads(pickle.dumps(too_large(12_000_000)))
    assert (sent.sentence, sent.facts) == (too_large(0).sentence, {"size": 12, "limit": 10})
    assert at_work() != os.getpid()


GREEDY = """
from brueckenschlag.documents.returns import pdf, reading
from brueckenschlag.documents.typist import answer
pdf.read = lambda data: bytearray(400_000_000)
print(answer("returns.reading:read", (b"%PDF-", {}))[1].sentence)
assert bytearray(400_000_000)  # afterwards there is no limit
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not say how much memory is used")
def test_a_file_that_would_take_too_much_memory_is_refused():
    said = subprocess.run([sys.executable, "-c", GREEDY], check=True, capture_output=True, encoding="utf-8").stdout
    assert said.strip() == returned.BOMB


WORKER = """
import pickle, sys
from pathlib import Path
from brueckenschlag.documents import queue
from brueckenschlag.documents.catalogue import OWN_BY_KEY
queue.made(OWN_BY_KEY["plan.xlsx"], pickle.loads(Path(sys.argv[1]).read_bytes()))
print(queue._typists[0].process.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM, None], ids=["killed", "stopped", "ended"])
def test_it_goes_when_its_worker_goes(filled, tmp_path, by):
    (tmp_path / "report").write_bytes(pickle.dumps(filled))
    command = [sys.executable, "-W", "error", "-c", WORKER, str(tmp_path / "report")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, encoding="utf-8") as worker:
        typist = int(worker.stdout.readline())
        if by:
            worker.send_signal(by)
        told = worker.communicate(timeout=20)[1]
    assert is_over(typist)
    assert told == ""


def test_ctrl_c_is_for_the_server_alone(filled):
    queue.made(WORKBOOK, filled)
    assert os.getpgid(at_work()) != os.getpgrp()
