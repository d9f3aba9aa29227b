"""What documents cost: each one alone on the running server, and twenty reports at once beside people who rate."""

import gzip
import multiprocessing
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

from server import Server

FILES = (
    "bericht.pdf",
    "plan.pdf",
    "bericht.docx",
    "plan.xlsx",
    "plan.csv",
    "termine.ics",
    "formular.pdf",
    "daten.json",
)
REPEATS = 20
PARALLEL = 20
RATINGS = 1000

# The first with the texts of the instrument, then as many of other people, each with their own notes and measures.
FILL = """
import random
import uuid
from datetime import date, timedelta
from django.core.management import call_command
from brueckenschlag.management.publishing import publish_shipped
from brueckenschlag.assessments import editions
from brueckenschlag.assessments.operations import begin_assessment, mark_running, rate_checkpoint
from brueckenschlag.accounts.keys import grouped
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.plans.operations import add_measure
from brueckenschlag.plans.rules import Content
call_command("migrate", verbosity=0)
list(publish_shipped())
edition = editions.current("zo")
zo = editions.original(edition.hash)
WORDS = "Betrieb Verein Treffen Vorstand Woche Werkstatt Spende Ausbildung klären prüfen einladen besuchen".split()
chosen = random.Random(7)
own = lambda count: " ".join(chosen.choice(WORDS) for _ in range(count))
for other in range({others} + 1):
    assessment, key = begin_assessment(edition, own(3) if other else "Messung und Wägung e. V.", by=GUEST)
    for at, point in enumerate(zo.checkpoints):
        note = own(14) if other else "Eine Notiz von zwei Zeilen. " * 4
        rate_checkpoint(assessment, point.key, zo.levels[at % 3].key, note, by=GUEST)
        mark_running(assessment, add=[name for name, _ in list(point.suggestions())[::3]], remove=[], by=GUEST)
    for at in range(30):
        point = zo.checkpoints[at % 7]
        text = own(9) if other else list(point.suggestions())[at // 7][1].text
        day = date(2027, 1, 4) + timedelta(days=7 * at + other)
        who, priority = own(2) if other else "Ada Lovelace", ("high", "medium", "low")[at % 3]
        content = Content(point.key, text, priority, who, day, day + timedelta(days=60))
        add_measure(assessment, content, id=uuid.uuid4(), by=GUEST)
    print(f"/weiter/{{grouped(key)}}", f"/praxishilfe/{{assessment.pk}}")
"""


def filled(data_dir: Path) -> list[tuple[str, str]]:
    """Assessments with 30 measures; of each its personal link and its root address."""
    fill = FILL.format(others=REPEATS + 1)
    command = [sys.executable, "-m", "brueckenschlag", "shell", "--no-imports", "-c", fill]
    environment = os.environ | {"DATA_DIR": str(data_dir)}
    printed = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    return [tuple(line.split()) for line in printed.strip().splitlines()[-REPEATS - 2 :]]


def alone(server: Server, browser: object, root: str) -> dict[str, dict[str, float]]:
    """Per document: the first time, then the median of wall and CPU milliseconds, and its size in bytes."""
    found = {}
    for file in FILES:
        begun = time.perf_counter()
        content = _fetched(browser, f"{root}/mitnehmen/{file}")
        first = time.perf_counter() - begun
        times, before = [], server.cpu()
        for _ in range(REPEATS):
            begun = time.perf_counter()
            _fetched(browser, f"{root}/mitnehmen/{file}")
            times.append(time.perf_counter() - begun)
        found[file] = {
            "first_ms": round(first * 1000),
            "warm_ms": round(statistics.median(times) * 1000),
            "cpu_ms": round((server.cpu() - before) * 1000 / REPEATS),
            "bytes": len(content),
        }
    found["preview of the filled form"] = _preview(server, browser, root)
    return found


def of_others(server: Server, browser: object, others: list[tuple[str, str]]) -> dict[str, float]:
    """The report of one person after the other, each with texts that the process has not seen before."""
    times, sizes, spent = [], [], []
    for link, root in others:
        browser.ask("GET", link)
        begun, before = time.perf_counter(), server.cpu()
        sizes.append(len(_fetched(browser, f"{root}/mitnehmen/bericht.pdf")))
        times.append(time.perf_counter() - begun)
        spent.append(server.cpu() - before)
    return {
        "first_ms": round(times[0] * 1000),
        "warm_ms": round(statistics.median(times[1:]) * 1000),
        "cpu_ms": round(statistics.mean(spent[1:]) * 1000),
        "bytes": round(statistics.median(sizes)),
    }


def _preview(server: Server, browser: object, root: str) -> dict[str, float]:
    """The form as it was fetched, sent back: reading, comparing and the page that shows it."""
    form = _fetched(browser, f"{root}/mitnehmen/formular.pdf")
    page = browser.ask("GET", f"{root}/zurueck")[1]
    page = (gzip.decompress(page) if page[:2] == b"\x1f\x8b" else page).decode()
    secret = page.split('name="csrfmiddlewaretoken" value="')[1].split('"', maxsplit=1)[0]
    name = re.search(r'<input[^>]*type="file"[^>]*name="([a-z]+)"|<input[^>]*name="([a-z]+)"[^>]*type="file"', page)
    field = name[1] or name[2]
    edge = "grenze-der-messung"
    content = (
        f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{secret}\r\n'
        f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="f.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    ).encode() + form
    content += f"\r\n--{edge}--\r\n".encode()
    times, before = [], server.cpu()
    for _ in range(REPEATS):
        begun = time.perf_counter()
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        status = browser.ask("POST", f"{root}/zurueck", content=content, **headers)[0]
        if status != 200:
            sys.exit(f"The preview was answered with {status}.")
        times.append(time.perf_counter() - begun)
    return {
        "first_ms": round(times[0] * 1000),
        "warm_ms": round(statistics.median(times) * 1000),
        "cpu_ms": round((server.cpu() - before) * 1000 / REPEATS),
        "bytes": len(form),
    }


def _fetched(browser: object, path: str) -> bytes:
    status, content, _ = browser.ask("GET", path)
    if status != 200:
        sys.exit(f"{path} was answered with {status}.")
    return content


def together(server: Server, people: list[tuple[str, str]], new_browser: object, rate: object) -> dict[str, float]:
    """p95 of a rating while twenty people fetch their own report each, and quiet; and the memory at its highest.

    The twenty are a process of their own, as they would be on other machines; whoever is asked to try again waits as
    long as the answer says, as a person would at least.
    """
    before, quiet = server.pss(), _p95(rate, RATINGS)
    beside = multiprocessing.get_context("fork")
    stop, answers = beside.Event(), beside.SimpleQueue()
    crowd = beside.Process(target=_crowd, args=(new_browser, people[:PARALLEL], stop, answers))
    crowd.start()
    ended, highest = threading.Event(), [before]

    def watch() -> None:
        while not ended.wait(0.25):
            highest[0] = max(highest[0], server.pss())

    watching = threading.Thread(target=watch)
    watching.start()
    time.sleep(2)  # until all have begun
    begun = time.perf_counter()
    busy = _p95(rate, RATINGS)
    taken = time.perf_counter() - begun
    stop.set()
    counted = answers.get()
    ended.set()
    watching.join()
    crowd.join()
    return {
        "rating_p95_quiet_ms": round(quiet * 1000, 1),
        "rating_p95_busy_ms": round(busy * 1000, 1),
        "ratio": round(busy / quiet, 1),
        "memory_before_mb": round(before, 1),
        "memory_mb": round(highest[0], 1),
        "seconds": round(taken, 1),
        "reports": counted.count(200),
        "asked to try again": counted.count(503),
    }


def _crowd(new_browser: object, people: list[tuple[str, str]], stop: object, answers: object) -> None:
    """People who fetch their report again and again; puts the status of every answer."""
    found: list[int] = []

    def fetch(link: str, root: str) -> None:
        browser = new_browser()
        browser.ask("GET", link)
        while not stop.is_set():
            status, _, headers = browser.ask("GET", f"{root}/mitnehmen/bericht.pdf")
            found.append(status)
            if status == 503:
                stop.wait(int(headers["Retry-After"]))

    threads = [threading.Thread(target=fetch, args=one) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.put(found)


def _p95(rate: object, count: int) -> float:
    times = []
    for at in range(count):
        begun = time.perf_counter()
        rate(at)
        times.append(time.perf_counter() - begun)
    return sorted(times)[int(count * 0.95)]
