"""Who acts, as the log keeps it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """The account of who acts, None for a guest with a link or the program; and the mandate under which they act."""

    person: UUID | None = None
    mandate: UUID | None = None


GUEST = Actor()
