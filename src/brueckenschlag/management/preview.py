"""`content preview`: the server with a draft, and with a database of its own that is gone afterwards."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory


def preview(folder: Path, *, say: Callable[[str], object]) -> None:
    """Serves the draft in that folder until somebody ends it; whatever ends this program ends the server too."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what runs in the background ignore it
    with TemporaryDirectory(prefix="brueckenschlag-entwurf-") as data:
        host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8001")
        ours = {"DATA_DIR": data, "DATABASE_URL": "", "DRAFT_FOLDER": str(folder), "PORT": port, "WORKERS": "1"}
        say(f"Entwurf: http://{host}:{port}/praxishilfe/{folder.name}/")
        sys.stdout.flush()
        command = [sys.executable, "-m", "brueckenschlag", "serve"]
        server = subprocess.Popen(command, env=os.environ | ours)  # noqa: S603  # our own program
        with suppress(KeyboardInterrupt), server:
            try:
                server.wait()
            finally:
                server.terminate()


def _end(number: int, frame: object) -> None:
    """Ends this program as the signal would, but in order: what it has started and written goes with it."""
    sys.exit(128 + number)
