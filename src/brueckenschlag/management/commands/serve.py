"""`serve`: prepares the database and the static files and runs the production server."""

import gc
import os
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.core.servers.basehttp import get_internal_wsgi_application
from django.utils import timezone
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from ...documents.queue import MOST_WAITING
from ...instruments import figures, library, texts
from ...logs import WithoutKeys, WithoutWords
from ...privacy.operations import apply_terms
from ..publishing import publish_shipped

# For pages eight: more than the connections that one browser can leave stuck; the others may wait for documents.
THREADS = 8 + MOST_WAITING


class Log(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's own log, under the same rules as ours: no keys, no words of visitors, no addresses of theirs."""

    def setup(self, cfg: Any) -> None:
        """Adds the rules to what gunicorn sets up."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.addFilter(WithoutKeys())
            handler.setFormatter(WithoutWords(self.error_fmt))


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn in this process, so that nothing is imported twice."""

    def load_config(self) -> None:
        """A worker for each core. One thread each would be the cheapest, but a few stuck lines would stop everybody."""
        host = os.environ.get("HOST", "127.0.0.1")
        self.cfg.set("bind", f"{'[' + host + ']' if ':' in host else host}:{os.environ.get('PORT', '8000')}")
        self.cfg.set("workers", int(os.environ.get("WORKERS", os.cpu_count() or 2)))
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("threads", THREADS)
        self.cfg.set("preload_app", True)
        self.cfg.set("graceful_timeout", 5)
        self.cfg.set("loglevel", "error")  # a warning would name the sender of a broken request
        self.cfg.set("logger_class", Log)
        self.cfg.set("accesslog", None)  # addresses of visitors and links have no place in a log
        self.cfg.set("max_requests", 20000)
        self.cfg.set("max_requests_jitter", 2000)

        self.cfg.set("control_socket_disable", True)
        self.cfg.set("when_ready", announce)

    def load(self) -> Any:
        """The application; loaded once before the workers are forked.

        What is there by now stays as it is: a worker's garbage collection would only copy the pages that they share.
        """
        application = get_internal_wsgi_application()
        gc.collect()
        gc.freeze()
        return application


def announce(server: Any) -> None:
    """Says where the pages are, once they can be opened."""
    if hasattr(socket, "TCP_DEFER_ACCEPT"):
        # Browsers open connections ahead of need; one that is silent must not keep a worker waiting.
        for listener in server.LISTENERS:
            listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 30)
    address = settings.PUBLIC_URL or f"http://{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
    print(f"Brückenschlag läuft: {address}  (beenden mit Strg+C)", flush=True)  # noqa: T201  # the promise of make run


class Command(BaseCommand):
    """Runs this installation."""

    help = "Bereitet alles vor und startet die Seite"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """None: HOST, PORT, DATA_DIR and WORKERS come from the environment."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepares and serves until it is stopped."""
        _apart(self._prepare)
        Server().run()

    def _prepare(self) -> None:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        for warning in (
            *library.unusable(settings.CONFIGURATION.content.folders),
            *publish_shipped(),
            *_faults_of_texts(),
        ):
            self.stderr.write(f"Hinweis: {warning}")
        apply_terms()
        if not (settings.CONFIGURATION.operator.is_complete or settings.DRAFT_FOLDER):
            file = settings.DATA_DIR / "brueckenschlag.toml"
            self.stderr.write(f"Hinweis: Für das Impressum fehlen Angaben. Bitte eintragen in {file}")


def _faults_of_texts() -> list[str]:
    """What is wrong with the operator's own texts and figures of law: what cannot be read is replaced by ours."""
    own = settings.DATA_DIR / "figures.yaml"
    found = figures.faults_in(own, timezone.localdate()) if own.exists() else []
    found += texts.faults_in([code for code, _ in settings.LANGUAGES], settings.DATA_DIR)
    return [str(one) for one in found]


def _apart(work: Callable[[], None]) -> None:
    """Does the work in a process of its own: what it takes in memory shall not stay with the server.

    Where it fails, it says so itself, and the server ends with its exit code.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process == 0:
        work()
        sys.exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    if code:
        sys.exit(code)
