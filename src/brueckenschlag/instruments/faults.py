"""A fault in the content: where it is and what is wrong, in a sentence for the person who writes it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, order=True)
class Fault:
    """One fault; `line` counts from 1. A hint is worth knowing and stops nothing."""

    file: Path
    line: int
    sentence: str
    is_hint: bool = False

    def as_hint(self) -> "Fault":
        """The same as a hint."""
        return replace(self, is_hint=True)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {'Hinweis: ' if self.is_hint else ''}{self.sentence}"


class ContentError(Exception):
    """The content cannot be used; carries all faults that were found, not just the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))
