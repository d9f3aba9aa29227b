"""The stage of the journeys: one server, one Chromium, and a watch over every page that a test opens."""

import importlib.util
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from .filled import Filled, fill
from .members import make
from .server import HOST, OPERATOR, Letters, free_port, mail_server, running_site, settings_named
from .watch import Watch

Enter = Callable[..., Page]
FLAGS = "--disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"

# Two shared cores: what a person would call "at once" may take a moment here.
PATIENCE = 10_000
expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True)
class Site:
    """The running server, the letters that it has sent, and its data folder."""

    address: str
    letters: Letters
    data: Path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The real server with a complete operator and a mail server."""
    letters, port = Letters(), free_port()
    settings = settings_named("OPERATOR", OPERATOR) | {"BRUECKENSCHLAG_SITE__PUBLIC_URL": f"http://{HOST}:{port}"}
    with mail_server(letters) as mail_port:
        mail = {"HOST": HOST, "PORT": str(mail_port), "SECURITY": "none", "SENDER": "praxishilfe@probestadt.example"}
        data = tmp_path_factory.mktemp("site")
        with running_site(data, settings | settings_named("MAIL", mail), port) as address:
            yield Site(address, letters, data)


@pytest.fixture(scope="session")
def plain_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on which the operator has set nothing, as after the first `make run`."""
    with running_site(tmp_path_factory.mktemp("plain"), {}, free_port()) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The real Chromium, or a failure that says how to get it."""
    tool = _browser_tool()
    path = tool.installed()
    if path is None:
        pytest.fail(tool.SENTENCE, pytrace=False)
    flags = [*FLAGS.split(), *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's sync API keeps an event loop in this thread. Django takes that for asynchronous code and
        # would refuse the database to every later test of this run, although nothing here is asynchronous.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def enter(browser: Browser, site: Site) -> Iterator[Enter]:
    """Enters the site as a new person on a device of their own; further options are the context's own."""
    watches: list[Watch] = []

    def open_device(
        *,
        width: int = 1280,
        height: int = 800,
        script: bool = True,
        expects: tuple[int, ...] = (),
        address: str = site.address,
        locale: str = "de-DE",
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=address,
            locale=locale,
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            **options,
        )
        context.set_default_timeout(PATIENCE)
        watches.append(Watch(context, address, expects))
        return context.new_page()

    yield open_device
    for watch in watches:
        watch.context.close()
    complaints = [words for watch in watches for words in watch.complaints]
    assert not complaints, "\n".join(complaints)


@pytest.fixture(scope="session")
def filled(browser: Browser, site: Site) -> Filled:
    """A Praxishilfe that somebody has filled in, and an organisation; for tests that only look."""
    context = browser.new_context(base_url=site.address, locale="de-DE", java_script_enabled=False)
    found = fill(context.new_page())
    context.close()
    member = make(site.data, "ada@probestadt.example", with_organisation=True)
    return replace(found, member=member, address=site.address)


def _browser_tool() -> ModuleType:
    path = Path(__file__).parents[2] / "tools" / "browser.py"
    spec = importlib.util.spec_from_file_location("browser_tool", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
