"""What the typesetter is given: the Report as a file that never reaches the disk, and signs that our fonts have."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from brueckenschlag.documents.printed import engine
from brueckenschlag.documents.printed.papers import plan_pdf, report_pdf

from .reading import pages


def test_what_people_wrote_is_never_on_the_disk(filled):
    with engine.laid_out("report", engine.as_data(replace(filled, name="Nordlicht"))) as (main, root):
        data = Path(root, "data.json")
        assert "Nordlicht" in data.read_text(encoding="utf-8")
        assert str(data.readlink()).startswith("/proc/self/fd/")
        others = [one for one in Path(root).rglob("*") if one.is_file() and one != data]
        assert Path(main) in others
        assert not [one for one in others if "Nordlicht" in one.read_text(encoding="utf-8")]
    assert not Path(root).exists()


def test_no_layout_takes_the_report_as_an_input():
    """An input is part of all that Typst keeps, and nothing would serve for the next report (docs/decisions/0022)."""
    for layout in (engine.FOLDER / "layouts").glob("*.typ"):
        assert "sys.inputs" not in layout.read_text(encoding="utf-8"), layout.name


def test_what_stands_on_every_page_holds_nothing_of_one_report_alone():
    """Head and foot are part of the style of every line on the page (docs/decisions/0022)."""
    layouts = [file.read_text("utf-8") for file in (engine.FOLDER / "layouts").glob("*.typ")]
    said = re.findall(r"#let (page-head|page-foot|foot) = context (\{.*?\n\})", "\n".join(layouts), re.DOTALL)
    assert sorted(name for name, _ in said) == ["foot", "page-foot", "page-head"]
    for name, body in said:
        assert not re.search(r"\b(data|words|day|long-day)\b[.(]", body), name


def test_a_document_is_made_where_the_folder_one_is_in_has_gone(filled, tmp_path, monkeypatch):
    """As when a server goes on running while its folder is replaced by a newer one."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert pages(plan_pdf(filled))


@pytest.mark.parametrize("paper", [report_pdf, plan_pdf])
def test_each_report_says_its_own_name_above_every_page(filled, paper):
    for name in ("Nordlicht", "Südwind", "Nordlicht"):
        for page in pages(paper(replace(filled, name=name))):
            assert [one for one in ("Nordlicht", "Südwind") if one in page] == [name]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Grüße, Łódź – „ja“", "Grüße, Łódź – „ja“"),
        ("a\r\nb\rc\u2028d\u2029e\x85f", "a\nb\nc\nd\ne\nf"),
        ("a\tb", "a b"),
        ("e" + "\u0301" * 9, "e" + "\u0301" * 4),
        ("e\u0301", "e\u0301"),
        ("\x07a\u2066b\ue000\U000f0000", "ab□□"),
    ],
)
def test_a_text_keeps_every_sign_that_can_be_shown(written, shown):
    assert engine.shown(written) == shown
