"""Days as people in Germany type them.

Libraries that read dates guess ("3" is some third, "Mai" a day in May); a plan needs a day or a clear no.
"""

import re
import unicodedata
from datetime import date

MONTHS = (
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
)
EARLIEST, LATEST = 2000, 2099
EXAMPLE = "zum Beispiel 28.2.2027 oder 28. Februar 2027"

_NUMBERS = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*(?:[./-]\s*(\d{4}|\d{2})?)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NO_DAY = re.compile(r"([a-zäöü]{3,9})\.?\s*(\d{4})|(\d{1,2})\s*[./-]\s*(\d{4})|(\d{4})-(\d{1,2})")
_WORDS = re.compile(r"(\d{1,2})\s*\.?\s*([a-zäöü]{3,9})\.?\s*(\d{4}|\d{2})?")


class NotADayError(ValueError):
    """The text is not a day; the message says so in the person's words."""


def parse_day(text: str, today: date) -> date | None:
    """The day that `text` means, None for an empty text.

    Understood are 28.2.2027, 28.02.27, 28/2/2027, 28-2-2027, 28. Februar 2027, 28. Feb. 27, 2027-02-28, and each
    German form without a year: then the next such day from `today` on. Raises NotADayError for anything else.
    """
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip().lower()
    if not text:
        return None
    year: int | None
    if match := _ISO.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := _NUMBERS.fullmatch(text):
        year, month, day = _year(match[3]), int(match[2]), int(match[1])
    elif match := _WORDS.fullmatch(text):
        year, month, day = _year(match[3]), _month(match[2]), int(match[1])
    elif month_only := _month_only(text):
        raise NotADayError(f"Bitte auch den Tag angeben, zum Beispiel 1. {month_only}.")
    else:
        raise NotADayError(f"Das ist kein Datum. Bitte Tag, Monat und Jahr angeben, {EXAMPLE}.")
    return _next(month, day, today) if year is None else _day(year, month, day)


def _month_only(text: str) -> str | None:
    """The month and year that `text` means, where it names no day."""
    match = _NO_DAY.fullmatch(text)
    if match is None:
        return None
    word, number, year = match[1], match[3] or match[6], match[2] or match[4] or match[5]
    month = _month(word) if word else int(number)
    return f"{MONTHS[month - 1].capitalize()} {year}" if 1 <= month <= 12 else None


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(word: str) -> int:
    word = {"mrz": "mär", "maerz": "märz", "jänner": "jan", "febr": "feb", "sept": "sep"}.get(word, word)
    for number, month in enumerate(MONTHS, start=1):
        if word in (month, month[:3]):
            return number
    raise NotADayError(f"Den Monat „{word}“ kennen wir nicht. Bitte Tag, Monat und Jahr angeben, {EXAMPLE}.")


def _day(year: int, month: int, day: int) -> date:
    if not EARLIEST <= year <= LATEST:
        raise NotADayError(f"Das Jahr muss zwischen {EARLIEST} und {LATEST} liegen.")
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADayError("Diesen Tag gibt es im Kalender nicht. Bitte Tag und Monat prüfen.") from None


def _next(month: int, day: int, today: date) -> date:
    """The next such day; 29 February waits for its leap year."""
    for year in range(today.year, min(today.year + 9, LATEST + 1)):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise NotADayError("Diesen Tag gibt es im Kalender nicht. Bitte Tag und Monat prüfen.")
