"""Reads the JSON file: everything by keys already, so that there is nothing to guess."""

import json
from collections.abc import Iterable

from pydantic import ValidationError

from ..exchange.model import VERSION, Exchange, ExchangedMeasure, NotReadableError, packed, unpacked
from .returned import TICKED, Filled, RefusedError, Row, Sentence, as_row_values

MOST_DELETED = 300  # as many as a plan can have; of older ones nobody wants more back
NOT_OURS = Sentence("Diese Datei stammt nicht von hier: Es ist keine Datendatei einer Praxishilfe.")
NEWER_FORMAT = Sentence("Diese Datei kommt aus einer neueren Fassung des Programms und lässt sich hier nicht lesen.")
DAMAGED = Sentence("Die Datei ist beschädigt oder von Hand verändert. Bitte die Datendatei noch einmal herunterladen.")


def read(data: bytes) -> Filled:
    """What the file holds. Raises RefusedError."""
    exchange = _exchange(data)
    return Filled(
        kind="exchange",
        base=_base(exchange),
        name=exchange.name,
        levels={one.checkpoint: one.level for one in exchange.ratings},
        notes={one.checkpoint: one.note for one in exchange.ratings},
        running=dict.fromkeys(exchange.running, TICKED),
        rows=_rows(exchange.measures),
        deleted=_rows(exchange.deleted[:MOST_DELETED]),
        is_whole=True,
    )


def _rows(measures: Iterable[ExchangedMeasure]) -> tuple[Row, ...]:
    return tuple(
        Row(at, str(one.id), as_row_values(one) | {"suggestion": one.suggestion})
        for at, one in enumerate(measures, start=1)
    )


def _exchange(data: bytes) -> Exchange:
    try:
        return Exchange.model_validate_json(data.removeprefix(b"\xef\xbb\xbf"))
    except (ValidationError, RecursionError):
        pass
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise RefusedError(DAMAGED) from None
    if not isinstance(found, dict) or found.get("format") != "brueckenschlag":
        raise RefusedError(NOT_OURS)
    version = found.get("version")
    raise RefusedError(NEWER_FORMAT if isinstance(version, int) and version > VERSION else DAMAGED)


def _base(exchange: Exchange) -> str:
    """The state that the file was written from: without one of its own, or with a broken one, the file itself."""
    try:
        unpacked(exchange.base or "")
    except NotReadableError:
        return packed(exchange)
    return exchange.base or ""
