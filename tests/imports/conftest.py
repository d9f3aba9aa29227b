"""What the tests of the import share: a place for documents, and one call from document to draft."""

from collections.abc import Callable
from pathlib import Path

import pytest

from brueckenschlag.imports.drafts import Imported, import_document
from brueckenschlag.imports.lines import RefusedError

Import = Callable[..., Imported]
Refuse = Callable[..., str]


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    """Writes the content to a file of that name and imports it."""

    def run(content: bytes | str, name: str = "quelle.txt") -> Imported:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return import_document(file, tmp_path / "entwurf")

    return run


@pytest.fixture
def refused(tmp_path: Path) -> Refuse:
    """Imports the same way, makes sure that nothing has been written, and returns place and sentence."""

    def run(content: bytes | str | None, name: str = "quelle.txt") -> str:
        file = tmp_path / name
        if content is not None:
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        with pytest.raises(RefusedError) as error:
            import_document(file, tmp_path / "entwurf")
        assert [path for path in tmp_path.iterdir() if path != file] == []
        assert str(error.value).startswith(f"{file}:")
        return str(error.value).removeprefix(f"{file}:").strip()

    return run


def sentences(imported: Imported) -> dict[str, list[str]]:
    """What the import was not sure of, with the places."""
    return imported.document.doubts.places
