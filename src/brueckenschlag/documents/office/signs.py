"""Which signs may stand in these files, and what they call a language."""

import re

# What XML 1.0 forbids, and every other control sign: no program shows them, some refuse the whole file.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_REGIONS = {"de": "de-DE", "en": "en-GB", "fr": "fr-FR", "es": "es-ES", "it": "it-IT", "la": "la-VA"}


def writable(text: str) -> str:
    """The text without signs that a file cannot hold; lines end with a line feed alone."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The same on one line, for titles and names."""
    return " ".join(writable(text).split())


def locale(language: str) -> str:
    """The language with its region, as office programs want it: de-DE for de and de-simple."""
    return _REGIONS.get(language.partition("-")[0], language)
