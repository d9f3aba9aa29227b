"""Writes a draft as a folder of YAML files: all of it or nothing, and never over something that is there."""

import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from .lines import RefusedError

EXISTS = "Diesen Ordner gibt es schon. Bitte einen neuen Namen wählen; überschrieben wird nichts."
NOT_WRITTEN = "Der Ordner lässt sich nicht schreiben: {why}."
_LONG = 80


class _Dumper(yaml.SafeDumper):
    """YAML as people write it here: lists moved in, long texts folded, no references."""

    def ignore_aliases(self, data: Any) -> bool:
        """Writes everything out."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Moves lists in below their field."""
        super().increase_indent(flow, False)


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else ">" if len(text) > _LONG else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def as_yaml(value: Any) -> str:
    """The value as text of one of our files."""
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)


def must_be_free(folder: Path) -> None:
    """Raises RefusedError when there is something of that name."""
    if folder.exists() or folder.is_symlink():
        raise RefusedError(folder, EXISTS)


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Writes the files into a new folder: into another one beside it first, which then gets the name."""
    must_be_free(folder)
    beside = folder.parent / f".{folder.name}.{secrets.token_hex(4)}"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (beside / name).parent.mkdir(parents=True, exist_ok=True)
            (beside / name).write_text(text, encoding="utf-8", newline="\n")
        must_be_free(folder)
        beside.rename(folder)
    except OSError as error:
        raise RefusedError(folder, NOT_WRITTEN.format(why=error.strerror)) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
