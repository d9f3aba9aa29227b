"""Opens a zip that came from outside, after a look at its list of contents: sizes, ratios, passwords, macros."""

import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, ZipFile

Reason = Literal["damaged", "bomb", "locked", "macros"]
_MACROS = re.compile(r"vbaProject|vbaData|macrosheets|macroEnabled|activeX", re.I)


@dataclass(frozen=True)
class Limits:
    """What an archive may hold, sizes in bytes. `ratio` is how far one of its files may be packed."""

    members: int
    unpacked: int
    part: int
    ratio: int


class UnfitError(Exception):
    """The archive, or the file `name` in it, is not opened; the reader that asked has the words for each reason."""

    def __init__(self, reason: Reason, name: str = "") -> None:
        self.reason, self.name = reason, name
        super().__init__(reason)


def opened(data: bytes, limits: Limits) -> ZipFile:
    """The archive. Raises UnfitError for what must not be unpacked; nothing is unpacked here."""
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, NotImplementedError, ValueError, OSError):
        raise UnfitError("damaged") from None
    members = archive.infolist()
    if len(members) > limits.members or sum(one.file_size for one in members) > limits.unpacked:
        raise UnfitError("bomb")
    if len({one.filename for one in members}) != len(members):
        raise UnfitError("damaged")
    for member in members:
        if member.file_size > max(1_000_000, limits.ratio * member.compress_size):
            raise UnfitError("bomb", member.filename)
        if member.flag_bits & 1:
            raise UnfitError("locked", member.filename)
        if names_macros(member.filename):
            raise UnfitError("macros", member.filename)
    return archive


def part(archive: ZipFile, name: str, limits: Limits) -> bytes:
    """One file of the archive, unpacked. Raises UnfitError."""
    member = archive.getinfo(name)
    if member.file_size > limits.part:
        raise UnfitError("bomb", name)
    try:
        return archive.read(member)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error):
        raise UnfitError("damaged", name) from None


def names_macros(text: str) -> bool:
    """Whether the name of a file, or of a kind of file, is one that holds programs."""
    return bool(_MACROS.search(text))
