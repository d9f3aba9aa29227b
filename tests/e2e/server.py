"""Starts and stops what the journeys need around the browser: our real server, and a real mail server."""

import os
import queue
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller

from tests.databases import fresh_database

HOST = "127.0.0.1"
NAME = "localhost"  # the same machine; browsers make passkeys for names only
READY = "Brückenschlag läuft"
OPERATOR = {
    "NAME": "Bürgerhaus Probestadt e. V.",
    "STREET": "Probeweg 1",
    "PLACE": "12345 Probestadt",
    "REPRESENTED_BY": "Erika Muster, Vorstand",
    "EMAIL": "info@probestadt.example",
    "PHONE": "030 1234567",
    "REGISTER_ENTRY": "Amtsgericht Probestadt, VR 1",
}


class Letters:
    """The mail server's letter box: keeps what arrives, in the order in which it arrives."""

    def __init__(self) -> None:
        self._arrived: queue.Queue[EmailMessage] = queue.Queue()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        """Takes a letter."""
        self._arrived.put(cast(EmailMessage, message_from_bytes(envelope.content, policy=default)))
        return "250 OK"

    def next(self) -> EmailMessage:
        """The next letter; fails when none comes."""
        return self._arrived.get(timeout=10)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


@contextmanager
def mail_server(letters: Letters) -> Iterator[int]:
    """A mail server on a free port."""
    port = free_port()
    controller = Controller(letters, hostname=HOST, port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@contextmanager
def running_site(data: Path, settings: dict[str, str], port: int) -> Iterator[str]:
    """Our server as `make run` starts it; its address. Fails afterwards when its log tells of an error."""
    log = data / "log.txt"
    _databases[data] = fresh_database()
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "brueckenschlag", "serve"],
            env=environment_of(data) | settings | {"HOST": HOST, "PORT": str(port), "WORKERS": "2"},
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        )
        assert process.stdout
        try:
            first = process.stdout.readline()
            assert READY in first, f"the server did not start:\n{log.read_text(encoding='utf-8')}"
            yield f"http://{HOST}:{port}"
        finally:
            ended = process.poll()
            process.terminate()
            process.communicate(timeout=30)
    told = log.read_text(encoding="utf-8")
    assert ended is None, f"the server ended before the tests did, with {ended}:\n{told}"
    assert "ERROR" not in told, told
    assert "Traceback" not in told, told


def settings_named(section: str, values: dict[str, str]) -> dict[str, str]:
    """The operator's settings of one section as environment variables."""
    return {f"BRUECKENSCHLAG_{section}__{name}": value for name, value in values.items()}


def publish(data: Path, folder: Path) -> None:
    """Publishes an instrument on the site that keeps its data there, while it runs."""
    told = subprocess.run(
        [sys.executable, "-m", "brueckenschlag", "content", "publish", str(folder)],
        env=environment_of(data),
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert "ist veröffentlicht" in told.stdout, told.stderr


# The database of each site, by its data folder.
_databases: dict[Path, dict[str, str]] = {}


def environment_of(data: Path) -> dict[str, str]:
    """What a program needs that works beside the site with this data folder, in the same database."""
    # pytest-django points this process at the tests' settings and their data; the real server must not see either.
    ours = ("DJANGO_", "BRUECKENSCHLAG_", "DATA_DIR", "DATABASE_URL")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return inherited | _databases.get(data, {"DATABASE_URL": ""}) | {"DATA_DIR": str(data)}
