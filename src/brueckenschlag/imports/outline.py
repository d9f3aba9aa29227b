"""The parts of an instrument as found in a document: the names are the model's, but nothing is checked yet."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Words:
    """A text with the place where it begins."""

    text: str
    place: str


@dataclass
class Suggestion:
    """A suggestion with its parts."""

    text: Words
    parts: list["Suggestion"] = field(default_factory=list)


@dataclass
class Group:
    """Suggestions and what stands above them."""

    title: Words | None = None
    intro: Words | None = None
    suggestions: list[Suggestion] = field(default_factory=list)


@dataclass
class Checkpoint:
    """A checkpoint."""

    title: Words
    statement: Words | None = None
    groups: list[Group] = field(default_factory=list)

    def entries(self) -> list[Suggestion]:
        """All suggestions and parts in their order."""
        tops = [suggestion for group in self.groups for suggestion in group.suggestions]
        return [entry for top in tops for entry in (top, *top.parts)]


@dataclass
class Section:
    """A text of the frame; paragraphs are separated by blank lines."""

    title: Words | None
    text: Words | None


@dataclass(frozen=True)
class Term:
    """A footnote that explains a term."""

    number: int
    term: Words | None
    text: Words


@dataclass(frozen=True)
class Level:
    """A level of the scale; its label where the document has one."""

    tone: str
    label: Words | None


@dataclass
class Plan:
    """The plan: its heading, a text, and the labels of its columns by their key."""

    title: Words | None = None
    text: Words | None = None
    labels: dict[str, Words] = field(default_factory=dict)


@dataclass
class Frame:
    """All but the checkpoints; None for what the document does not say."""

    title: Words | None = None
    subtitle: Words | None = None
    edition: Words | None = None
    minutes: tuple[int, int] | None = None
    goal: Words | None = None
    practice: Words | None = None
    question: Words | None = None
    levels: list[Level] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    plan: Plan = field(default_factory=Plan)
    terms: list[Term] = field(default_factory=list)


@dataclass
class Outline:
    """A whole instrument."""

    frame: Frame
    checkpoints: list[Checkpoint]
