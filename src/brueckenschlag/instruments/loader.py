"""Reads one instrument from its folder: `instrument.yaml`, `checkpoints/*.yaml` and `languages/*/`."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .faults import ContentError, Fault
from .model import Checkpoint, Frame, Instrument
from .overlay import CheckpointWords, FrameWords, Overlay, Translation
from .strict_yaml import Place, Source

Model = TypeVar("Model", bound=BaseModel)


class Draft:
    """An instrument with the files it came from, for the checks that name file and line."""

    def __init__(self, folder: Path) -> None:
        """Reads the folder. Raises ContentError with all faults of form."""
        self.folder = folder
        self.frame_source = Source(folder / "instrument.yaml")
        self.frame = validated(Frame, self.frame_source)
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
                checkpoints.append(validated(Checkpoint, source))
                self.checkpoint_sources.append(source)
            except ContentError as error:
                faults += error.faults
        if faults:
            raise ContentError(faults)
        self.instrument = Instrument(self.frame, tuple(checkpoints))
        self.translations = {one.language: one for one in self._translations()}

    def _translations(self) -> Iterator["DraftTranslation"]:
        for folder in sorted((self.folder / "languages").glob("*/")):
            yield DraftTranslation(folder, self.instrument)

    @property
    def instruments(self) -> dict[str, Instrument]:
        """The instrument in each of its languages, the original first."""
        others = {language: one.translation.instrument for language, one in self.translations.items()}
        return {self.frame.language: self.instrument, **others}

    @property
    def overlays(self) -> dict[str, Overlay]:
        """The words of each other language."""
        return {language: one.overlay for language, one in self.translations.items()}


class DraftTranslation:
    """The words of one other language with the files they came from."""

    def __init__(self, folder: Path, original: Instrument) -> None:
        """Reads the folder. Raises ContentError with all faults of form."""
        self.language = folder.name
        self.folder = folder
        self.sources: dict[str, Source] = {}
        self._faults: list[Fault] = []
        frame = self._read("", folder / "instrument.yaml", FrameWords)
        files = sorted((folder / "checkpoints").glob("*.yaml"))
        points = {file.stem: self._read(file.stem, file, CheckpointWords) for file in files}
        if self._faults:
            raise ContentError(self._faults)
        self.overlay = Overlay(frame=frame, checkpoints=points)
        self.translation = Translation(original, self.language, self.overlay)

    def _read(self, key: str, file: Path, model: type[Model]) -> Model:
        if file.exists():
            try:
                self.sources[key] = Source(file)
                return validated(model, self.sources[key])
            except ContentError as error:
                self._faults += error.faults
        return model()

    def fault(self, place: Place, sentence: str) -> Fault:
        """A fault at a place of the translated instrument; in a file that does not exist, at its first line."""
        key, inner = "", place
        if place[:1] == ("checkpoints",):
            key, inner = str(place[1]), place[2:]
        if key in self.sources:
            return self.sources[key].fault(inner, sentence)
        return Fault(self.folder / (f"checkpoints/{key}.yaml" if key else "instrument.yaml"), 1, sentence)


def validated(model: type[Model], source: Source) -> Model:
    """The file's value as that model. Raises ContentError with all faults of form."""
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
    "date_from_datetime_parsing": "„{given}“ ist kein Tag. Bitte so schreiben: 2027-02-28.",
    "date_parsing": "„{given}“ ist kein Tag. Bitte so schreiben: 2027-02-28.",
    "int_parsing": "„{field}“ muss eine ganze Zahl sein.",
    "string_type": "„{field}“ muss ein Text sein.",
    "tuple_type": "„{field}“ muss eine Liste sein.",
    "model_type": "„{field}“ muss aus benannten Feldern bestehen.",
}


def _sentence(error: ErrorDetails) -> str:
    given = error.get("input")
    facts = {"max_length": "", "expected": "", **error.get("ctx", {})}
    facts |= {"field": ".".join(str(part) for part in error["loc"]), "given": given, "length": len(str(given))}
    if error["type"] == "model_type" and not error["loc"]:
        return "Die Datei muss aus benannten Feldern bestehen, zum Beispiel: „title: Gute Treffen“."
    return SENTENCES.get(error["type"], "„{field}“: " + error["msg"].replace("{", "(")).format(**facts)
