"""The exchange format, version 1: everything that has been entered in one assessment, by keys, without words.

It is people's own copy of their data, moves between installations, and is the base that the workbook and the form
carry, so that what comes back can be compared with what went out. Its JSON Schema is published (docs/exchange.md).
"""

import base64
import binascii
import zlib
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from ..report import Measure, Report

VERSION = 1
MOST_BYTES = 8_000_000

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
FullKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$", max_length=81)]
NoteText = Annotated[str, StringConstraints(max_length=4000)]
Line = Annotated[str, StringConstraints(max_length=300)]
ShortLine = Annotated[str, StringConstraints(max_length=120)]


class Part(BaseModel):
    """Base of all parts; a field that nobody knows is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ExchangedRating(Part):
    """Level and note of a checkpoint; an empty level means not rated."""

    checkpoint: Key
    level: Key | Literal[""] = ""
    note: NoteText = ""


class ExchangedMeasure(Part):
    """A row of the plan; its id stays the same for life."""

    id: UUID
    checkpoint: Key
    suggestion: FullKey | Literal[""] = ""
    text: Line
    priority: Literal["high", "medium", "low"]
    responsible: ShortLine = ""
    start: date | None = None
    review: date | None = None
    status: Literal["open", "started", "done", "dropped"] = "open"


class Exchange(Part):
    """One assessment. `base` is this same format packed, as it was when the file was written."""

    format: Literal["brueckenschlag"] = "brueckenschlag"
    version: Literal[1] = 1
    made_on: date
    instrument: Key
    edition: Annotated[str, StringConstraints(max_length=40)]
    edition_hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    assessment: UUID | None = None
    name: ShortLine = ""
    ratings: Annotated[tuple[ExchangedRating, ...], Field(max_length=500)] = ()
    running: Annotated[tuple[FullKey, ...], Field(max_length=5000)] = ()
    measures: Annotated[tuple[ExchangedMeasure, ...], Field(max_length=1000)] = ()
    deleted: Annotated[tuple[ExchangedMeasure, ...], Field(max_length=10000)] = ()
    base: str | None = None


class NotReadableError(ValueError):
    """The text is not in the exchange format, or damaged."""


def nothing(instrument: str, edition: str, edition_hash: str) -> Exchange:
    """The state of an assessment in which nothing has been entered."""
    return Exchange(made_on=date.min, instrument=instrument, edition=edition, edition_hash=edition_hash)


def of_report(report: Report) -> Exchange:
    """What the Report holds, by keys and without a base.

    It is not checked again: limits are for what comes in, and people's own data must always come out.
    """
    return Exchange.model_construct(
        made_on=report.made_on,
        instrument=report.slug,
        edition=report.edition,
        edition_hash=report.edition_hash,
        assessment=UUID(report.assessment) if report.assessment else None,
        name=report.name,
        ratings=tuple(
            ExchangedRating.model_construct(checkpoint=one.checkpoint, level=one.level, note=one.note)
            for one in report.ratings
        ),
        running=report.running,
        measures=tuple(_measure(one) for one in report.measures),
        deleted=tuple(_measure(one) for one in report.deleted),
    )


def _measure(row: Measure) -> ExchangedMeasure:
    values = {name: getattr(row, name) for name in ExchangedMeasure.model_fields}
    return ExchangedMeasure.model_construct(**values | {"id": UUID(row.id)})


def packed(exchange: Exchange) -> str:
    """The exchange as one short word of ASCII, for carrying it inside another file. It holds no base of its own."""
    text = exchange.model_dump_json(exclude_defaults=True, exclude={"base"})
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode()


def unpacked(word: str) -> Exchange:
    """The opposite of `packed`. Raises NotReadableError, also for what would unpack to more than MOST_BYTES."""
    try:
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(base64.urlsafe_b64decode(word.encode("ascii")), MOST_BYTES)
        if not unpacking.eof:
            raise NotReadableError("too large or cut off")
        return Exchange.model_validate_json(text)
    except (ValueError, UnicodeEncodeError, binascii.Error, zlib.error, ValidationError) as error:
        raise NotReadableError(type(error).__name__) from None
