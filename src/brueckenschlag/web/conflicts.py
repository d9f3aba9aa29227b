"""Two people changed the same thing: both versions side by side, and the person chooses field by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import get_language


@dataclass(frozen=True)
class Choice:
    """One field in both versions, as sent and as shown.

    Untouched when this person left it as it was; both texts can be kept where the field has room for them.
    """

    field: str
    label: str
    mine: str
    stored: str
    mine_words: str
    stored_words: str
    is_untouched: bool = False
    can_be_both: bool = False

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return self.mine != self.stored


def as_typed(value: object) -> str:
    """A value as a person would type it; in English with the month as a word, so that nobody mixes up the numbers."""
    if isinstance(value, date):
        is_english = get_language() == "en"
        return date_format(value, "DATE_FORMAT") if is_english else f"{value.day}.{value.month}.{value.year}"
    return str(value or "")


def chosen(data: QueryDict, stored: object, fields: Sequence[str]) -> QueryDict:
    """The form as if typed: for each field the person's own words or, where picked, the stored ones or both."""
    merged = data.copy()
    for field in fields:
        theirs, mine = as_typed(getattr(stored, field, None)), data.get(f"mine-{field}", data.get(field, ""))
        picks = {"stored": theirs, "both": f"{theirs}\n\n{mine}".strip()}
        merged[field] = picks.get(data.get(f"pick-{field}", ""), mine)
    return merged
