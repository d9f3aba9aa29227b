"""Reads a PDF back with programs that are not ours: pypdf for text and bookmarks, pikepdf for the tags."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pypdf

from . import standards


@dataclass(frozen=True)
class Tag:
    """An element of the structure tree: its kind, a heading's words, the alternative text, and the scope of a cell."""

    kind: str
    title: str
    alternative: str
    scope: str


def opened(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made), strict=True)


def pages(made: bytes) -> list[str]:
    """The text of each page, in one line, without the places where a long run of signs may break."""
    return [flat(one.extract_text()) for one in opened(made).pages]


def text(made: bytes) -> str:
    return " ".join(pages(made))


def flat(said: str) -> str:
    return " ".join(said.replace("\u200b", "").split())


def tags(made: bytes) -> list[Tag]:
    """All elements of the structure tree, in the order in which they are read aloud."""
    with pikepdf.open(io.BytesIO(made)) as document:
        return list(_walk(document.Root.StructTreeRoot.K))


def _walk(node: pikepdf.Object) -> Iterator[Tag]:
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _walk(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        title, alternative = str(node.get("/T", "")), str(node.get("/Alt", ""))
        yield Tag(str(node.S).removeprefix("/"), title, alternative, _scope(node.get("/A", ())))
        yield from _walk(node.get("/K", pikepdf.Array()))


def _scope(attributes: pikepdf.Object) -> str:
    found = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return "".join(str(one.Scope) for one in found if isinstance(one, pikepdf.Dictionary) and "/Scope" in one)


def bookmarks(made: bytes) -> list[str]:
    """Titles of the bookmarks, those below others indented by one blank each."""

    def walk(entries: list[object], depth: int) -> Iterator[str]:
        for one in entries:
            if isinstance(one, list):
                yield from walk(one, depth + 1)
            else:
                yield " " * depth + str(one.title)  # type: ignore[attr-defined]  # pypdf gives a union

    return list(walk(opened(made).outline, 0))


def faults(made: bytes) -> list[str]:
    """What an independent validator says against PDF/UA-1 and PDF/A-2a."""
    return [f"{standard}: {message}" for standard in ("ua1", "2a") for message in standards.faults(made, standard)]
