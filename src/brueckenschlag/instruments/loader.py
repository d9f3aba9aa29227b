"""Reads one instrument from its folder: `instrument.yaml`, `checkpoints/*.yaml` and `sources.yaml`."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .faults import ContentError, Fault
from .model import Checkpoint, Frame, Instrument
from .strict_yaml import Source

Model = TypeVar("Model", bound=BaseModel)


class Draft:
    """An instrument with the files it came from, for the checks that name file and line."""

    def __init__(self, folder: Path) -> None:
        """Reads the folder. Raises ContentError with all faults of form."""
        self.folder = folder
        self.frame_source = Source(folder / "instrument.yaml")
        self.frame = _validated(Frame, self.frame_source)
        self.checkpoint_sources: list[Source] = []
        checkpoints: list[Checkpoint] = []
        faults: list[Fault] = []
        for position, key in enumerate(self.frame.checkpoints):
            file = folder / "checkpoints" / f"{key}.yaml"
            if not file.exists():
                place = ("checkpoints", position)
                faults.append(self.frame_source.fault(place, f"Die Datei checkpoints/{key}.yaml fehlt."))
                continue
            try:
                source = Source(file)
                checkpoints.append(_validated(Checkpoint, source))
                self.checkpoint_sources.append(source)
            except ContentError as error:
                faults += error.faults
        if faults:
            raise ContentError(faults)
        self.instrument = Instrument(self.frame, tuple(checkpoints))


def _validated(model: type[Model], source: Source) -> Model:
    try:
        return model.model_validate(source.value)
    except ValidationError as error:
        raise ContentError(source.fault(one["loc"], _sentence(one)) for one in error.errors()) from None


def _sentence(error: ErrorDetails) -> str:
    field = ".".join(str(part) for part in error["loc"])
    given = error.get("input")
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return f"Das Feld „{field}“ fehlt."
        case "extra_forbidden":
            return f"Das Feld „{field}“ gibt es hier nicht. Ist es verschrieben?"
        case "string_too_long":
            return f"„{field}“ ist zu lang: {len(str(given))} Zeichen, erlaubt sind {context['max_length']}."
        case "string_too_short":
            return f"„{field}“ ist leer."
        case "string_pattern_mismatch":
            return f"„{given}“ passt nicht für „{field}“: Kleinbuchstaben, Ziffern und Bindestriche, ohne Umlaute."
        case "literal_error":
            return f"„{given}“ gibt es für „{field}“ nicht. Möglich ist: {context['expected']}."
        case "int_parsing":
            return f"„{field}“ muss eine ganze Zahl sein."
        case "string_type":
            return f"„{field}“ muss ein Text sein."
        case "tuple_type":
            return f"„{field}“ muss eine Liste sein."
        case "model_type" | "model_attributes_type":
            return f"„{field}“ muss aus benannten Feldern bestehen."
        case _:
            return f"„{field}“: {error['msg']}."
