"""What several commands share: publishing what ships with the program, and where the site is."""

import os
from collections.abc import Iterator

from django.conf import settings

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


def root_address() -> str:
    """Where the pages are, for links that a command prints."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    return settings.PUBLIC_URL or f"http://{host}:{port}"
