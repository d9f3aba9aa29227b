"""Content is read before the first request: no page parses YAML or Markdown while somebody waits."""

import pytest
import yaml
from markdown_it import MarkdownIt

from brueckenschlag.web import rendering

PAGES = ("/", "/praxishilfe/zo/", "/praxishilfe/kmu/hintergrund", "/praxishilfe/zo/bogen", "/hilfe", "/datenschutz")
PAGES += ("/barrierefreiheit", "/impressum", "/zahlen")


@pytest.fixture
def parsing_fails(edition, monkeypatch):
    rendering.prepare()

    def parsed(*_, **__):
        raise AssertionError("content was parsed")

    for name in ("parse", "load", "safe_load", "compose"):
        monkeypatch.setattr(yaml, name, parsed)
    monkeypatch.setattr(MarkdownIt, "render", parsed)
    monkeypatch.setattr(MarkdownIt, "parse", parsed)


@pytest.mark.parametrize("language", ["", "/en", "/de-simple"])
def test_no_page_parses_content(parsing_fails, nobody, owner, own, language):
    for path in PAGES:
        assert nobody.get(language + path).status_code == 200, path
    for path in ("checkpunkt/planen", "ueberblick", "plan", "mitnehmen", "mitnehmen/plan.csv", "mitnehmen/plan.pdf"):
        assert owner.get(language + own.path(path)).status_code == 200, path
