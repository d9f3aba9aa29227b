"""`make messages`: collects the strings of the interface, updates locale/*/LC_MESSAGES/django.po and compiles them.

Does not need the system's gettext: Python code is read as a syntax tree, templates by Django's own
parser, and Babel reads and writes the files.
"""

import ast
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template import Engine
from django.template.base import Node, Template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

SRC = Path(__file__).resolve().parents[1] / "src" / "brueckenschlag"
# Where Babel must know how a language counts, and how Django calls its folder.
LANGUAGES = {"en": "en", "de_Simple": "de"}
ONE = {"gettext", "gettext_lazy", "_", "NotADayError", "Sentence"}
MANY = {"ngettext", "ngettext_lazy"}


@dataclass(frozen=True)
class Found:
    """A string to translate: its one or two forms and the file that it stands in."""

    id: str | tuple[str, str]
    file: str


def code(file: Path) -> Iterator[Found]:
    """Strings that are given to a function of translation."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        name = getattr(node, "func", None)
        if not isinstance(node, ast.Call) or not isinstance(name, ast.Name):
            continue
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name.id in ONE and texts:
            yield Found(texts[0], _name(file))
        if name.id in MANY and len(texts) == 2:
            yield Found((texts[0], texts[1]), _name(file))


def template(file: Path) -> Iterator[Found]:
    """Strings of the tags `translate` and `blocktranslate`."""
    builtins = ["django.templatetags.i18n", "django.templatetags.static", "brueckenschlag.web.tags"]
    engine = Engine(dirs=[], builtins=builtins, libraries={"static": "django.templatetags.static"})
    for node in _nodes(Template(file.read_text(encoding="utf-8"), engine=engine)):
        if isinstance(node, TranslateNode):
            text = node.filter_expression.var.literal
            if isinstance(text, str):
                yield Found(text, _name(file))
        elif isinstance(node, BlockTranslateNode):
            one, _ = node.render_token_list(node.singular)
            if node.plural:
                yield Found((_block(node, one), _block(node, node.render_token_list(node.plural)[0])), _name(file))
            else:
                yield Found(_block(node, one), _name(file))


def _block(node: BlockTranslateNode, text: str) -> str:
    from django.utils.translation import trim_whitespace

    return trim_whitespace(text) if node.trimmed else text


def _nodes(template: Template) -> Iterator[Node]:
    return iter(template.nodelist.get_nodes_by_type(Node))


def _name(file: Path) -> str:
    return file.relative_to(SRC).as_posix()


def collected() -> list[Found]:
    """Every string of the interface, in a lasting order."""
    files = sorted(file for file in SRC.rglob("*.py") if "migrations" not in file.parts)
    templates = sorted(file for file in SRC.glob("*/templates/**/*") if file.is_file())
    return [one for file in files for one in code(file)] + [one for file in templates for one in template(file)]


def current(folder: str) -> Catalog:
    """The file of a language as it is."""
    with po(folder).open("rb") as file:
        return read_po(file, locale=LANGUAGES[folder])


def updated(folder: str) -> Catalog:
    """The file of a language with exactly the strings of today; new ones are empty."""
    before = current(folder) if po(folder).exists() else Catalog(locale=LANGUAGES[folder])
    after = Catalog(
        locale=LANGUAGES[folder],
        project="Brückenschlag",
        charset="utf-8",
        fuzzy=False,
        header_comment=f"# Brückenschlag: the interface in {folder}. The keys are the German texts.\n"
        "# After a change in the code or here: make messages",
    )
    places: dict[str | tuple[str, str], list[str]] = {}
    for one in collected():
        places.setdefault(one.id, []).append(one.file)
    for id, files in places.items():
        old = before.get(id[0] if isinstance(id, tuple) else id)
        string = old.string if old else ("", "") if isinstance(id, tuple) else ""
        after.add(id, string, locations=[(file, 0) for file in dict.fromkeys(files)])
    return after


def po(folder: str) -> Path:
    """The file that people edit."""
    return SRC / "locale" / folder / "LC_MESSAGES" / "django.po"


def as_po(catalog: Catalog) -> bytes:
    """The catalog as text, without the hours at which it was made."""
    out = io.BytesIO()
    write_po(out, catalog, width=110, omit_header=False, include_lineno=False, ignore_obsolete=True)
    kept = (line for line in out.getvalue().split(b"\n") if not line.startswith(HOURS))
    return b"\n".join(kept)


HOURS = (b'"POT-Creation', b'"PO-Revision', b'"Last-Tran', b'"Language-Team', b'"Report-Msgid', b'"Generated-By')


def as_mo(catalog: Catalog) -> bytes:
    """The catalog as Django reads it."""
    out = io.BytesIO()
    # A fixed day: Babel would put in the minute, and the same words would make another file.
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    write_mo(out, catalog)
    return out.getvalue()


def main() -> None:
    django.setup()  # our own template tags know the tables
    for folder in LANGUAGES:
        catalog = updated(folder)
        po(folder).parent.mkdir(parents=True, exist_ok=True)
        po(folder).write_bytes(as_po(catalog))
        po(folder).with_suffix(".mo").write_bytes(as_mo(current(folder)))
        missing = [message.id for message in catalog if message.id and not all(_forms(message.string))]
        for id in missing:
            print(f"{folder}: not translated: {id}", file=sys.stderr)
        print(f"{folder}: {len(catalog)} strings, {len(missing)} not translated")


def _forms(string: str | tuple[str, ...] | list[str]) -> list[str]:
    return [string] if isinstance(string, str) else list(string)


if __name__ == "__main__":
    main()
