"""The other editable texts: pages and letters, one file for each language, the operator's before ours."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Template

from .faults import Fault

FOLDER = Path(__file__).resolve().parent.parent / "content"
LARGEST_FILE = 100_000
# What each text can name as `${…}`. The first line of a letter is its subject.
TERMS = {"retention", "organisations_term", "log_term", "invitations_term", "backups_term", "undo", "erasure_undo"}
EVERYWHERE = {*TERMS, "session", "signed_in", "site", "operator", "privacy_email", "feedback_email"}
NAMES = ("hilfe", "datenschutz", "barrierefreiheit", "einfuehrung", "einfuehrung-organisation", "impressum")
PAGES = dict.fromkeys(NAMES, EVERYWHERE)
LETTERS = {
    "link": {"link", "day"},
    "kept_link": {"link"},
    "document": {"file"},
    "invitation": {"link", "inviter", "day"},
    "advice_offer": {"link", "inviter", "day"},
    "client_invitation": {"link", "inviter", "day"},
    "code": {"code", "minutes", "site"},
    "address_old": {"code", "minutes", "site"},
    "address_new": {"code", "minutes", "site"},
    "address_changed": {"site"},
    "account_changed": {"what", "site"},
    "trial": {"site"},
}
KINDS = {"pages": (PAGES, ".md"), "letters": (LETTERS, ".txt")}
# Ours to write; an operator may add a page that we do not have.
OPTIONAL = {"impressum"}
_FORBIDDEN = re.compile(r"[<>\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def places(kind: str, name: str, language: str, *, original: str, own: Path) -> Iterator[tuple[str, Path]]:
    """Where a text may be written, and in which language: the first file that is there counts.

    Where the operator has replaced only the original, it is shown in the other languages too: never ours.
    """
    file = name + KINDS[kind][1]
    if language != original:
        yield language, own / kind / language / file
    yield original, own / kind / file
    yield language, FOLDER / kind / language / file
    yield original, FOLDER / kind / original / file


def is_usable(file: Path) -> bool:
    """Whether the file is there and holds text; one in another encoding would only break the page."""
    try:
        return bool(file.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return False


def letter(file: Path, values: dict[str, str]) -> tuple[str, str]:
    """Subject and body of a letter with these values in it."""
    subject, _, body = file.read_text(encoding="utf-8").partition("\n")
    return Template(subject.strip()).safe_substitute(values), Template(body.lstrip()).safe_substitute(values)


def faults_in(languages: list[str], own: Path) -> list[Fault]:
    """Everything wrong with our texts and the operator's. `languages` are the interface's, the original first."""
    found: list[Fault] = []
    read: set[Path] = set()
    for kind, (names, ending) in KINDS.items():
        for name, known in names.items():
            ours = [FOLDER / kind / language / f"{name}{ending}" for language in languages]
            theirs = [own / kind / f"{name}{ending}"]
            theirs += [own / kind / language / f"{name}{ending}" for language in languages[1:]]
            if name not in OPTIONAL:
                found += [Fault(file, 1, "Dieser Text fehlt.") for file in ours if not file.exists()]
            for file in ours + theirs:
                found += _faults(file, known) if file.exists() else []
            read.update(theirs)
    return sorted([*found, *_unread(own, read, languages[1])])


def _unread(own: Path, read: set[Path], language: str) -> Iterator[Fault]:
    """Hints at files of the operator's that nobody reads, such as `pages/de/hilfe.md` or `pages/Hilfe.md`."""
    for kind, (names, ending) in KINDS.items():
        file = next(iter(names)) + ending
        for one in (own / kind).rglob("*"):
            if one.is_file() and one not in read:
                words = f"Diese Datei wird nicht gelesen. Möglich ist zum Beispiel {kind}/{file} für das Original"
                yield Fault(one, 1, f"{words}, {kind}/{language}/{file} für eine andere Sprache.").as_hint()


def _faults(file: Path, known: set[str]) -> Iterator[Fault]:
    try:
        if file.stat().st_size > LARGEST_FILE:
            yield Fault(file, 1, "Die Datei ist zu groß (höchstens 100 kB).")
            return
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        yield Fault(file, 1, "Die Datei ist nicht als UTF-8 gespeichert.")
        return
    for number, line in enumerate(lines, start=1):
        if _FORBIDDEN.search(line):
            yield Fault(file, number, "Spitze Klammern und Steuerzeichen sind nicht erlaubt.")
        for name in re.findall(r"\$\{?(\w*)\}?", line):
            if name not in known:
                yield Fault(file, number, f"„${{{name}}}“ gibt es hier nicht. Möglich: {', '.join(sorted(known))}.")
    if not any(line.strip() for line in lines):
        yield Fault(file, 1, "Die Datei ist leer.")
