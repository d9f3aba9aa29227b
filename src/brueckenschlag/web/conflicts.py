"""Two people changed the same thing: both versions side by side, and the person chooses field by field."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict


@dataclass(frozen=True)
class Choice:
    """One field in both versions, as sent and as shown; untouched when this person left it as it was."""

    field: str
    label: str
    mine: str
    stored: str
    mine_words: str
    stored_words: str
    is_untouched: bool = False

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return self.mine != self.stored


def chosen(data: QueryDict, stored: object, fields: Sequence[str]) -> QueryDict:
    """The form as if it had been typed: for each field the person's own words or, where picked, the stored ones."""
    merged = data.copy()
    for field in fields:
        if data.get(f"pick-{field}") == "stored":
            value = getattr(stored, field, None)
            merged[field] = "" if value is None else str(value)
        else:
            merged[field] = data.get(f"mine-{field}", data.get(field, ""))
    return merged
