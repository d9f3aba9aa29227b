"""The files of translations: nothing is missing, doubtful or left over, and what Django reads is what people edit."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po


def _tool() -> ModuleType:
    path = Path(__file__).parents[1] / "tools" / "messages.py"
    spec = importlib.util.spec_from_file_location("messages_tool", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()
FOLDERS = list(TOOL.LANGUAGES)
GAP = re.compile(r"%\(\w+\)[sd]|</?\w+[^>]*>")


def forms(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


@pytest.mark.parametrize("folder", FOLDERS)
def test_make_messages_would_change_nothing(folder):
    assert TOOL.po(folder).read_bytes() == TOOL.as_po(TOOL.updated(folder)), "run: make messages"


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_django_reads_is_compiled_from_what_people_edit(folder):
    assert TOOL.po(folder).with_suffix(".mo").read_bytes() == TOOL.as_mo(TOOL.current(folder)), "run: make messages"


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_string_is_translated_and_none_is_doubtful_or_left_over(folder):
    with TOOL.po(folder).open("rb") as file:
        catalog = read_po(file, locale=TOOL.LANGUAGES[folder])
    assert [message.id for message in catalog if message.id and not all(forms(message.string))] == []
    assert [message.id for message in catalog if message.id and message.fuzzy] == []
    assert not catalog.obsolete


@pytest.mark.parametrize("folder", FOLDERS)
def test_gaps_and_tags_are_the_same_in_the_translation(folder):
    for message in TOOL.current(folder):
        if message.id:
            for original, translated in zip(forms(message.id), forms(message.string), strict=True):
                assert sorted(GAP.findall(original)) == sorted(GAP.findall(translated)), original


def test_the_collector_finds_what_it_looks_for():
    ids = {one.id for one in TOOL.collected()}
    assert "Zum Maßnahmenplan" in ids  # a tag
    assert "Wir sind ein Betrieb" in ids  # lazy
    assert ("%(count)d Tag", "%(count)d Tage") in ids  # plural
    assert "Diesen Tag gibt es im Kalender nicht. Bitte Tag und Monat prüfen." in ids  # a refused date
    assert len(ids) > 300
