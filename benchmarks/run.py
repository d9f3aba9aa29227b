"""`make bench`: measures speed and size on this machine and writes them beside the targets.

With DATABASE_URL, which must name an empty database, the same on PostgreSQL: without the bare application, which knows
SQLite only, and printed, not written down.

All kinds of request are measured in turn, several rounds in one run, on one worker: requests per second jump on
shared machines, CPU milliseconds and the ratios within a run can be trusted.
"""

import gzip
import http.client
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent))
from reading import reading
from server import Server, running

from documents import alone, filled, of_others, together  # lie beside this file

HERE = Path(__file__).parent
ROUNDS = int(os.environ.get("ROUNDS", "5"))
REQUESTS = int(os.environ.get("REQUESTS", "400"))
ON_POSTGRESQL = bool(os.environ.get("DATABASE_URL"))


class Browser:
    """A client with cookies on one kept connection."""

    def __init__(self, server: Server) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port)
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, body: dict | None = None, content: bytes | None = None, **headers: str
    ) -> tuple[int, bytes, dict]:
        """Sends a form (`body`) or bytes as they are (`content`)."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": cookie, "Accept-Encoding": "gzip, br"} | headers
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            content = urlencode(body).encode()
        try:
            self.connection.request(method, path, content, sent)
            answer = self.connection.getresponse()
        except (http.client.HTTPException, ConnectionError):
            self.connection.close()
            self.connection.request(method, path, content, sent)
            answer = self.connection.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer.status, content, dict(answer.headers)


def text(content: bytes) -> str:
    return (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode()


def token(page: str) -> str:
    return page.split('name="csrfmiddlewaretoken" value="')[1].split('"', maxsplit=1)[0]


def begin(browser: Browser) -> str:
    """Fills an assessment as a person would; returns its root address."""
    page = text(browser.ask("GET", "/praxishilfe/zo/")[1])
    _, _, headers = browser.ask(
        "POST", "/praxishilfe/zo/", {"csrfmiddlewaretoken": token(page), "name": "Messung e. V."}
    )
    root = headers["Location"].split("/checkpunkt")[0]
    for at, key in enumerate(("nutzen", "moeglichkeiten", "planen", "denkwelten", "kontakte")):
        page = text(browser.ask("GET", f"{root}/checkpunkt/{key}")[1])
        sent = {"csrfmiddlewaretoken": token(page), "version": 0, "level": ("gut", "bedarf", "dringend")[at % 3]}
        browser.ask("POST", f"{root}/checkpunkt/{key}", sent | {"note": "Eine Notiz von zwei Zeilen. " * 4})
    for suggestion in ("planen.kriterien", "planen.ziele", "planen.themen"):
        browser.ask("POST", f"{root}/plan/anregung", {"csrfmiddlewaretoken": token(page), "suggestion": suggestion})
    return root


def seen(page: str) -> dict[str, str]:
    """What a page says it has shown."""
    return {
        name: page.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0] for name in ("was_level", "was_note")
    }


@dataclass
class Figures:
    """What one kind of request costs."""

    cpu_ms: float
    per_second: float
    p50_ms: float
    p95_ms: float


def measure(server: Server, request: Callable[[int], int], count: int) -> tuple[float, list[float]]:
    """CPU milliseconds of the server per request, and each request's own time in seconds."""
    request(0)  # a connection that was idle too long is opened anew outside the measurement
    times = []
    before = server.cpu()
    for at in range(count):
        begun = time.perf_counter()
        status = request(at)
        times.append(time.perf_counter() - begun)
        if status >= 400:
            sys.exit(f"A request was answered with {status}.")
    return (server.cpu() - before) * 1000 / count, times


def rater(browser: Browser, root: str) -> Callable[[int], int]:
    """Rates the same checkpoint again and again, each time otherwise, as the page does it."""
    page = text(browser.ask("GET", f"{root}/checkpunkt/planen")[1])
    secret = token(page)
    note = page.split("<textarea", 1)[1].split(">\n", 1)[1].split("<", 1)[0]
    levels = ("gut", "bedarf")
    state = {"level": 0, **seen(page)}

    def rate(_: int) -> int:
        sent = {
            "csrfmiddlewaretoken": secret,
            "was_level": state["was_level"],
            "was_note": state["was_note"],
            "level": levels[state["level"]],
            "note": note,
            "before": "",
        }
        status, content, _ = browser.ask("POST", f"{root}/checkpunkt/planen", sent, **{"HX-Request": "true"})
        if status != 200:
            sys.exit(f"A rating was answered with {status}: {text(content)}")
        state.update(seen(text(content)))
        state["level"] = 1 - state["level"]
        return status

    return rate


def speeds(product: Server, bare: Server, root: str, browser: Browser) -> dict[str, Figures]:
    floor = Browser(bare)
    id = root.rsplit("/", 1)[1].replace("-", "")
    rate = rater(browser, root)
    kinds: dict[str, tuple[Server, Callable[[int], int]]] = {
        "bare WSGI, GET with 4 reads": (bare, lambda _: floor.ask("GET", f"/?{id}")[0]),
        "bare WSGI, POST with 1 write": (bare, lambda _: floor.ask("POST", f"/?{id}", {"level": "gut"})[0]),
        "empty page through all middleware": (product, lambda _: browser.ask("GET", "/leer")[0]),
        "GET checkpoint": (product, lambda _: browser.ask("GET", f"{root}/checkpunkt/planen")[0]),
        "POST rating": (product, rate),
        "GET overview": (product, lambda _: browser.ask("GET", f"{root}/ueberblick")[0]),
        "GET plan": (product, lambda _: browser.ask("GET", f"{root}/plan")[0]),
        "GET start page": (product, lambda _: browser.ask("GET", "/")[0]),
    }
    if ON_POSTGRESQL:
        kinds = {name: kind for name, kind in kinds.items() if kind[0] is product}
    cpu: dict[str, list[float]] = {name: [] for name in kinds}
    times: dict[str, list[float]] = {name: [] for name in kinds}
    for server, request in kinds.values():
        measure(server, request, 30)
    for _ in range(ROUNDS):
        for name, (server, request) in kinds.items():
            cost, each = measure(server, request, REQUESTS)
            cpu[name].append(cost)
            times[name] += each
    return {name: _figures(cpu[name], times[name]) for name in kinds}


def _figures(cpu: list[float], times: list[float]) -> Figures:
    ordered = sorted(times)
    return Figures(
        cpu_ms=round(statistics.median(cpu), 2),
        per_second=round(len(times) / sum(times)),
        p50_ms=round(ordered[len(ordered) // 2] * 1000, 2),
        p95_ms=round(ordered[int(len(ordered) * 0.95)] * 1000, 2),
    )


def weights(browser: Browser, root: str) -> dict[str, int]:
    """Bytes over the line: the first page with all it needs, and later pages."""
    page = browser.ask("GET", f"{root}/checkpunkt/planen")
    files = {part.split('"')[0] for part in text(page[1]).split('="/static/')[1:]}
    files = {name for name in files if not name.startswith("favicon")}
    first = len(page[1]) + sum(len(browser.ask("GET", f"/static/{name}")[1]) for name in files)
    later = {path: len(browser.ask("GET", f"{root}/{path}")[1]) for path in ("checkpunkt/planen", "ueberblick", "plan")}
    return {"first visit, a checkpoint page with all files": first} | {f"later, {path}": n for path, n in later.items()}


def queries(data_dir: Path) -> dict[str, int]:
    """SQL statements of each kind of request, counted in a process of its own."""
    command = [sys.executable, str(HERE / "queries.py"), str(data_dir / "queries")]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def durability(data_dir: Path) -> dict[str, float]:
    """Milliseconds of one committed write with synchronous FULL and NORMAL, on this disk."""
    import sqlite3

    result = {}
    for mode in ("FULL", "NORMAL"):
        file = data_dir / f"durability-{mode}.sqlite3"
        database = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode=WAL", f"synchronous={mode}"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("CREATE TABLE x (y)")
        times = []
        for at in range(400):
            begun = time.perf_counter()
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO x VALUES (?)", (at,))
            database.execute("COMMIT")
            times.append(time.perf_counter() - begun)
        result[mode] = round(statistics.median(times) * 1000, 3)
    return result


def from_clean() -> dict[str, float]:
    """Seconds of `make run` in a fresh clone until the address is printed, and of the second call."""
    result = {}
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder, "clone")
        subprocess.run(["git", "clone", "-q", str(HERE.parent), str(clone)], check=True)
        for name in ("make run from clean until the address is printed", "make run again until the address is printed"):
            result[name] = _seconds_until_served(clone)
    return result


def _seconds_until_served(clone: Path) -> float:
    from server import free_port

    environment = {
        key: value for key, value in os.environ.items() if key not in ("DATA_DIR", "VIRTUAL_ENV", "MAKEFLAGS")
    }
    environment |= {"PORT": str(free_port()), "DATA_DIR": str(clone / "data")}
    begun = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run"],
        cwd=clone,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    for line in process.stdout or ():
        if "läuft" in line:
            break
    taken = time.perf_counter() - begun
    os.killpg(process.pid, 15)
    process.wait(15)
    return round(taken, 1)


CONTENT = """
import time
begun = time.perf_counter()
from brueckenschlag.instruments import checks, library
for folder in library.folders().values():
    assert not checks.faults_in(folder, library.folders())
print(time.perf_counter() - begun)
"""


def content() -> dict[str, float]:
    """Seconds, each in a process of its own: both instruments in three languages, and a document made a draft."""
    checked = subprocess.run([sys.executable, "-c", CONTENT], check=True, capture_output=True, text=True)
    result = {"load and check both instruments in three languages": round(float(checked.stdout), 2)}
    documents = sorted((HERE.parent.parent / "shared" / "mission").glob("000_*.txt"))
    for document in documents:
        with tempfile.TemporaryDirectory() as folder:
            begun = time.perf_counter()
            command = [sys.executable, "-m", "brueckenschlag", "content", "import", str(document)]
            environment = os.environ | {"DATA_DIR": folder}
            subprocess.run([*command, "--to", f"{folder}/draft"], check=True, capture_output=True, env=environment)
            result["import the source document, the whole command"] = round(time.perf_counter() - begun, 2)
    return result


def machine() -> str:
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores ({model}), {system}"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        with running("product", data_dir) as product, running("bare", data_dir) as bare:
            browser = Browser(product)
            root = begin(browser)
            speed = speeds(product, bare, root, browser)
            sizes = weights(browser, root)
        with running("product", data_dir, workers=2) as two:
            for _ in range(100):
                Browser(two).ask("GET", "/")
            memory, cold = two.pss(), two.started_in
        with_papers = data_dir / "papers"
        (link, papers_root), *others = filled(with_papers)
        with running("product", with_papers, workers=2) as two:
            visitor = Browser(two)
            visitor.ask("GET", link)
            papers = alone(two, visitor, papers_root)
            papers["bericht.pdf, each of somebody else"] = of_others(two, Browser(two), others)
            crowd = together(two, others, lambda: Browser(two), rater(visitor, papers_root))
            words = reading(two, with_papers)
        disk, counted = durability(data_dir), queries(data_dir)
    floor = speed["empty page through all middleware"].cpu_ms
    result = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "speed": {
            name: vars(figures) | {"cpu_of_empty_page": round(figures.cpu_ms / floor, 2)}
            for name, figures in speed.items()
        },
        "queries": counted,
        "bytes": sizes,
        "memory_mb_pss_two_workers": round(memory, 1),
        "seconds_to_first_answer": round(cold, 2),
        "documents": papers,
        "twenty_at_once": crowd,
        "reading": words,
        "ms_per_commit_by_synchronous": disk,
        "seconds": content() | (from_clean() if "--quick" not in sys.argv else {}),
    }
    if not ON_POSTGRESQL:
        (HERE / "last.json").write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        write_readme(result)
    print(json.dumps(result, indent=2, ensure_ascii=False))


def write_readme(result: dict) -> None:
    """Puts the figures between the two marks of the README."""
    lines = [
        f"Measured on {result['date']}: {result['machine']}; {ROUNDS} rounds of {REQUESTS} requests, one worker.",
        "",
    ]
    lines += ["| request | CPU ms | × empty page | requests/s | p50 ms | p95 ms |", "|---|---|---|---|---|---|"]
    for name, one in result["speed"].items():
        figures = (one["cpu_ms"], one["cpu_of_empty_page"], one["per_second"], one["p50_ms"], one["p95_ms"])
        lines.append(f"| {name} | " + " | ".join(map(str, figures)) + " |")
    lines += ["", "| document with 30 measures | first ms | warm ms | CPU ms | bytes |", "|---|---|---|---|---|"]
    for name, one in result["documents"].items():
        lines.append(f"| {name} | {one['first_ms']} | {one['warm_ms']} | {one['cpu_ms']} | {one['bytes']:,} |")
    lines += ["", "| what | figure |", "|---|---|"]
    lines += [
        f"| twenty people fetch reports at once: {name} | {value} |" for name, value in result["twenty_at_once"].items()
    ]
    lines += [f"| {name} | {value} |" for name, value in result["reading"].items()]
    for name, count in result["queries"].items():
        lines.append(f"| SQL statements, {name} (beside BEGIN and COMMIT) | {count} |")
    lines += [f"| bytes, {name} | {count:,} |" for name, count in result["bytes"].items()]
    lines.append(f"| memory of two workers and their parent (PSS) | {result['memory_mb_pss_two_workers']} MB |")
    lines.append(f"| start until the first answer | {result['seconds_to_first_answer']} s |")
    lines += [f"| {name} | {taken} s |" for name, taken in result["seconds"].items()]
    for mode, taken in result["ms_per_commit_by_synchronous"].items():
        lines.append(f"| one committed write, synchronous={mode} | {taken} ms |")
    readme = HERE / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition("<!-- figures -->\n")
    after = rest.partition("<!-- end of figures -->")[2]
    readme.write_text(
        f"{before}<!-- figures -->\n" + "\n".join(lines) + f"\n<!-- end of figures -->{after}", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
