"""JSON Schemas of the files, so that editors can complete and check while somebody writes."""

from typing import Any

from pydantic import BaseModel

from .model import Checkpoint, Frame
from .overlay import CheckpointWords, FrameWords

FILES: dict[str, type[BaseModel]] = {
    "instrument.schema.json": Frame,
    "checkpoint.schema.json": Checkpoint,
    "language-instrument.schema.json": FrameWords,
    "language-checkpoint.schema.json": CheckpointWords,
}


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file, by the name of the schema's own file."""
    return {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        for name, model in FILES.items()
    }
