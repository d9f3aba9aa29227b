"""Days as people in Germany type them, in English also with English months.

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
ENGLISH_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
EARLIEST, LATEST = 2000, 2099

_NUMBERS = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*(?:[./-]\s*(\d{4}|\d{2})?)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NO_DAY = re.compile(r"([a-zäöü]{3,9})\.?\s*(\d{4})|(\d{1,2})\s*[./-]\s*(\d{4})|(\d{4})-(\d{1,2})")
_WORDS = re.compile(r"(\d{1,2})\s*\.?\s*([a-zäöü]{3,9})\.?\s*(\d{4}|\d{2})?")
# English only: February 28, 2027. Without the year it could as well be a month and a year ("May 27").
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s*(\d{1,2})\s*,?\s+(\d{4})")
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b")


class NotADayError(ValueError):
    """The text is not a day. The sentence says so in the person's words; the facts fill its gaps."""

    def __init__(self, sentence: str, **facts: object) -> None:
        self.sentence, self.facts = sentence, facts
        super().__init__(sentence % facts)


def parse_day(text: str, today: date, language: str = "de") -> date | None:
    """The day that `text` means, None for an empty text.

    Understood are 28.2.2027, 28.02.27, 28/2/2027, 28-2-2027, 28. Februar 2027, 28. Feb. 27, 2027-02-28, and each
    German form without a year: then the next such day from `today` on. In English months may have their English
    names too, and February 28, 2027 is understood; numbers stay day first. Raises NotADayError for anything else.
    """
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip().lower()
    if not text:
        return None
    if language == "en":
        text = _with_german_month(text)
    year: int | None
    if match := _ISO.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := _NUMBERS.fullmatch(text):
        year, month, day = _year(match[3]), int(match[2]), int(match[1])
    elif match := _WORDS.fullmatch(text):
        year, month, day = _year(match[3]), _month(match[2]), int(match[1])
    else:
        raise _no_day(text, ENGLISH_MONTHS if language == "en" else MONTHS)
    return _next(month, day, today) if year is None else _day(year, month, day)


def _with_german_month(text: str) -> str:
    """An English day in the German order, its month's name in German."""
    text = _ORDINAL.sub("", text)
    if match := _MONTH_FIRST.fullmatch(text):
        text = f"{match[2]} {match[1]} {match[3]}"
    names = dict(zip(ENGLISH_MONTHS, MONTHS, strict=True))
    names |= {name[:3]: german for name, german in names.items()} | {"sept": "september"}
    return re.sub(r"[a-z]+", lambda word: names.get(word[0], word[0]), text)


def _no_day(text: str, names: tuple[str, ...]) -> NotADayError:
    """What to say: whoever names a month and a year is asked for the day."""
    if match := _NO_DAY.fullmatch(text):
        word, number, year = match[1], match[3] or match[6], match[2] or match[4] or match[5]
        month = _month(word) if word else int(number)
        if 1 <= month <= 12:
            return NotADayError(
                "Bitte auch den Tag angeben, zum Beispiel 1. %(month)s %(year)s.",
                month=names[month - 1].capitalize(),
                year=year,
            )
    return NotADayError(
        "Das ist kein Datum. Bitte Tag, Monat und Jahr angeben, zum Beispiel 28.2.2027 oder 28. Februar 2027."
    )


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(word: str) -> int:
    word = {"mrz": "mär", "maerz": "märz", "jänner": "jan", "febr": "feb", "sept": "sep"}.get(word, word)
    for number, month in enumerate(MONTHS, start=1):
        if word in (month, month[:3]):
            return number
    raise NotADayError(
        "Den Monat „%(month)s“ kennen wir nicht. Bitte Tag, Monat und Jahr angeben, "
        "zum Beispiel 28.2.2027 oder 28. Februar 2027.",
        month=word,
    )


def _day(year: int, month: int, day: int) -> date:
    if not EARLIEST <= year <= LATEST:
        raise NotADayError("Das Jahr muss zwischen %(first)d und %(last)d liegen.", first=EARLIEST, last=LATEST)
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
