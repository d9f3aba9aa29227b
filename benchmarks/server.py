"""Starts a real server for a measurement and tells what its workers have used."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """A running server: its port, its process, and how long it took to answer."""

    port: int
    pid: int
    started_in: float

    def processes(self) -> list[int]:
        """Its own, its workers', and those in which the workers make documents."""
        found = [self.pid]
        for pid in found:
            with contextlib.suppress(OSError):
                found += [
                    int(child)
                    for file in Path(f"/proc/{pid}/task").glob("*/children")
                    for child in file.read_text().split()
                ]
        return found

    def cpu(self) -> float:
        """CPU seconds, user and system, of all processes so far."""
        return sum(_cpu(pid) for pid in self.processes())

    def pss(self) -> float:
        """Proportional memory of all processes in MB."""
        return sum(_pss(pid) for pid in self.processes()) / 1024


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _pss(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


@contextlib.contextmanager
def running(kind: str, data_dir: Path, workers: int = 1) -> Iterator[Server]:
    """`kind` is "product" or "bare"; both run on the same gunicorn with the same settings."""
    port = free_port()
    environment = os.environ | {"DATA_DIR": str(data_dir), "PORT": str(port), "WORKERS": str(workers)}
    commands = {
        "product": [sys.executable, "-m", "brueckenschlag", "serve"],
        "bare": [
            sys.executable,
            "-m",
            "gunicorn",
            "-b",
            f"127.0.0.1:{port}",
            "-w",
            str(workers),
            "-k",
            "gthread",
            "--threads",
            "18",
            "--preload",
            "--log-level",
            "warning",
            "--no-control-socket",
            "--chdir",
            str(Path(__file__).parent),
            "bare:application",
        ],
    }
    begun = time.perf_counter()
    process = subprocess.Popen(commands[kind], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield Server(port, process.pid, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int, process: subprocess.Popen) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if process.poll() is not None:
            sys.exit(f"The server ended with {process.returncode}.")
        time.sleep(0.05)
    sys.exit("The server did not start.")
