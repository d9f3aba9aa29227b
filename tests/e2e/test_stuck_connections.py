"""Browsers open connections ahead of need, and lines get stuck in the middle: nobody else may have to wait for that."""

import socket
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.browser
# As many as one browser opens to one address; a request behind them may take a moment, not seconds.
CONNECTIONS = 6
SOON = 2


@contextmanager
def stuck(address: str, begun: bytes):
    """Connections on which this much has been sent, and nothing more comes."""
    place = urlsplit(address)
    with ExitStack() as stack:
        for _ in range(CONNECTIONS):
            line = stack.enter_context(socket.create_connection((place.hostname, place.port)))
            line.sendall(begun)
        yield


@pytest.mark.parametrize("begun", [b"", b"GET /hilfe HT"], ids=["silent", "half a request"])
def test_stuck_connections_do_not_keep_others_waiting(site, begun):
    with stuck(site.address, begun), urlopen(site.address + "/leer", timeout=SOON) as answer:
        assert answer.status == 200
