"""What never changes while the program runs, rendered before the first request: see docs/decisions/0004."""

from django.conf import settings
from django.utils import translation

from ..assessments import editions
from ..instruments import figures, texts
from . import checkpoints, page_frame, page_texts


def prepare() -> None:
    """Renders everything before the first request, so that workers share it and no request waits."""
    figures.in_use(settings.DATA_DIR / "figures.yaml")
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            _prepare(language)


def _prepare(language: str) -> None:
    page_frame.frame()
    for edition in editions.all_current():
        instrument = editions.in_language(edition.hash, language)
        for checkpoint in instrument.checkpoints:
            for is_reader in (False, True):
                checkpoints.checkpoint_skeleton(instrument, checkpoint.key, is_reader)
    for name in texts.PAGES:
        page_texts.page(name)
