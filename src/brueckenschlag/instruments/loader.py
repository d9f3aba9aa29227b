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


# Sentences for what can be wrong with a field, by pydantic's name of the fault.
SENTENCES = {
    "missing": "Das Feld „{field}“ fehlt.",
    "extra_forbidden": "Das Feld „{field}“ gibt es hier nicht. Ist es verschrieben?",
    "string_too_long": "„{field}“ ist zu lang: {length} Zeichen, erlaubt sind {max_length}.",
    "string_too_short": "„{field}“ ist leer.",
    "string_pattern_mismatch": "„{given}“ passt nicht für „{field}“: nur a–z, Ziffern und Bindestriche.",
    "literal_error": "„{given}“ gibt es für „{field}“ nicht. Möglich ist: {expected}.",
    "int_parsing": "„{field}“ muss eine ganze Zahl sein.",
    "string_type": "„{field}“ muss ein Text sein.",
    "tuple_type": "„{field}“ muss eine Liste sein.",
    "model_type": "„{field}“ muss aus benannten Feldern bestehen.",
}


def _sentence(error: ErrorDetails) -> str:
    given = error.get("input")
    facts = {"max_length": "", "expected": "", **error.get("ctx", {})}
    facts |= {"field": ".".join(str(part) for part in error["loc"]), "given": given, "length": len(str(given))}
    return SENTENCES.get(error["type"], "„{field}“: " + error["msg"].replace("{", "(")).format(**facts)
