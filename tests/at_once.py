"""Two people in the same moment: the first is stopped before what it has written counts; then the second begins.

A second that does not wait ends meanwhile, by what it saw before; one that does goes on afterwards, by what is stored
then.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

from django.db import connections, transaction

# How long a second that waits is given to show that it does not: it only ends a test early that would fail.
A_MOMENT = 0.2


def on_a_connection_of_its_own(call: Callable[[], Any]) -> Any:
    try:
        return call()
    finally:
        connections.close_all()


def after(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """What the second returns when it begins before the first is stored; raises what it raises."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            later = pool.submit(on_a_connection_of_its_own, second)
            wait([later], timeout=A_MOMENT)
        return later.result()
