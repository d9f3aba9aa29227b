"""Writes the exchange format as a file, and describes it for other programs."""

from typing import Any

from ..report import Report
from .model import VERSION, Exchange, of_report, packed


def exchange(report: Report) -> bytes:
    """The JSON file, readable by people too."""
    entered = of_report(report)
    return f"{entered.model_copy(update={'base': packed(entered)}).model_dump_json(indent=2)}\n".encode()


def schema() -> dict[str, Any]:
    """The JSON Schema of the file; published as docs/exchange.schema.json."""
    described = Exchange.model_json_schema()
    described["title"] = f"Brückenschlag exchange format, version {VERSION}"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | described
