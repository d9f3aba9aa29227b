"""Browsers open connections ahead of need and leave them silent; nobody else may have to wait for that."""

import socket
from contextlib import ExitStack
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.browser
# As many as one browser opens to one address; a request behind them may take a moment, not seconds.
SILENT = 6
SOON = 2


def test_silent_connections_do_not_keep_others_waiting(site):
    place = urlsplit(site.address)
    with ExitStack() as stack:
        for _ in range(SILENT):
            stack.enter_context(socket.create_connection((place.hostname, place.port)))
        answer = stack.enter_context(urlopen(site.address + "/leer", timeout=SOON))
        assert answer.status == 200
