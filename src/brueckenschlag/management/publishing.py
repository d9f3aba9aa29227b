"""Publishing of what ships with the program, at each start."""

from collections.abc import Iterator

from ..assessments.operations import OtherMeaningError, VersionTakenError, publish_edition
from ..instruments import library
from ..instruments.loader import Draft


def publish_shipped() -> Iterator[str]:
    """Publishes our own instruments where their edition is new; yields a warning for each that cannot be."""
    for slug, folder in library.folders().items():
        try:
            publish_edition(Draft(folder))
        except VersionTakenError:
            yield (
                f"Die Texte von „{slug}“ haben sich geändert, ihre Fassung nicht. Es gilt weiter, was veröffentlicht "
                f"ist. Neue Fassung: edition in {folder / 'instrument.yaml'} ändern."
            )
        except OtherMeaningError as error:
            keys = ", ".join(change.key for change in error.changes)
            yield f"Die neue Fassung von „{slug}“ benutzt Schlüssel anders als die vorige: {keys}. Sie gilt noch nicht."
