"""Whatever people write stands in the papers as text: it is never run, and never stops the typesetter."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brueckenschlag.documents.printed.engine import shown
from brueckenschlag.documents.printed.papers import declaration_pdf, plan_pdf, report_pdf
from brueckenschlag.documents.report import LeftOver, Piece, Report, Text

from .reading import faults, flat, opened, pages, text

MARKUP = (
    '#panic("x")',
    '#import "/etc/passwd": *',
    '#read("/etc/passwd")',
    "$ x^2 $ *fett* _kursiv_ = Überschrift",
    "[Klammer] ] } { \\ \\\\ @mail <label> <b>&amp;</b> ]]>",
    "// kein Kommentar /* auch nicht */ `roh` ```lang``` ~ --- ... 'x' \"y\"",
    "+ Liste\n- Liste\n/ Begriff: Text\n= Titel",
    "%(page)s %s {} {{ x }}",
)
SCRIPTS = (
    "שלום עולם, Verein",
    "مرحبا بالعالم – الجمعية",
    "Ελληνικά, Кириллица, ქართული, Հայերեն",
    "日本語 中文 한국어",
    "हिन्दी தமிழ் ไทย",
    "👩‍👩‍👧‍👦 🏳️‍🌈 1️⃣ 🇩🇪",
    "𝔄𝕭𝓒 𐍈 \U0010fffd \ue000 \uf8ff",
    "Z̸̢͚̖a̵l̷g̶o̴ e\u0301 a\u0308",
    "\u202eumgedreht\u202c \u2066x\u2069 \ufeff\u200b\u200d\u00ad\u2028\u2029",
    "a\x00b\x01c\x07d\x1be\x7ff\x85g\ufffeh\uffff",
    "eins\r\nzwei\rdrei\vvier\ffünf\tsechs",
)


def everywhere(report: Report, said: str) -> Report:
    """The report with these words in every place that people write in."""
    return replace(
        report,
        name=said,
        operator=said,
        site=said,
        checkpoints=tuple(replace(one, note=said) for one in report.checkpoints),
        measures=tuple(replace(one, text=said, responsible=said) for one in report.measures[:3]),
        left_over=(LeftOver(Text((Piece(said[:80]),)), Text((Piece(said[:80], "de"),)), said),),
    )


def papers(report: Report) -> list[bytes]:
    return [report_pdf(report), plan_pdf(report), declaration_pdf(report)]


@pytest.mark.parametrize("said", MARKUP)
def test_signs_of_the_typesetter_are_text(filled, said):
    report = everywhere(filled, said)
    for made in papers(report):
        assert flat(said) in text(made)
        assert faults(made) == []


@pytest.mark.parametrize("said", SCRIPTS)
def test_every_script_and_every_plane_can_be_written(filled, said):
    for made in papers(everywhere(filled, said)):
        assert faults(made) == []


@pytest.mark.parametrize("sign", ["a", "W", "1", ".", "م", "🏳", "\u0301", "\n", "ab\u00ad"])
def test_ten_thousand_signs_without_a_blank_stay_on_the_paper(filled, sign):
    said = (sign * 10_000)[:10_000]
    report = replace(
        filled,
        name=said,
        checkpoints=(replace(filled.checkpoints[0], note=said), *filled.checkpoints[1:]),
        measures=(replace(filled.measures[0], text=said, responsible=said),),
    )
    for made in papers(report):
        assert faults(made) == []


def test_a_run_without_blanks_is_broken_and_none_of_it_is_lost(filled):
    said = "Wand" * 2_500
    measures = (replace(filled.measures[0], text=said, responsible=""),)
    made = plan_pdf(replace(filled, name="", measures=measures))
    lines = [line for one in opened(made).pages for line in one.extract_text().split("\n")]
    assert sum(line.replace("\u200b", "").count("Wand") for line in lines) > 2_000
    assert max(len(line.replace("\u200b", "")) for line in lines) < 200
    assert "".join(pages(made)).replace(" ", "").count("nd") >= 2_400


def test_an_address_stays_whole_where_there_is_room(filled):
    points = (replace(filled.checkpoints[0], note="vorstand@nachbarschaftshilfe.example"), *filled.checkpoints[1:])
    said = "".join(one.extract_text() for one in opened(report_pdf(replace(filled, checkpoints=points))).pages)
    assert "vorstand@nachbarschaftshilfe.example" in said


def test_words_from_right_to_left_can_be_found_again(filled):
    points = (replace(filled.checkpoints[0], note="שלום"), *filled.checkpoints[1:])
    found = text(report_pdf(replace(filled, checkpoints=points)))
    assert "שלום" in found or "םולש" in found


def test_a_box_stands_for_what_no_font_has():
    assert shown("Gruß 日 👍") == "Gruß □ □"
    assert shown("\ue000\U0010fffd") == "□□"


def test_signs_that_would_turn_the_text_are_left_out():
    assert shown("\u202eabc\u202c\u2066\u2069\ufeff") == "abc"
    assert shown("a\x00\x1bb") == "ab"


def test_lines_end_the_same_way_everywhere():
    assert shown("a\r\nb\rc\u2028d\x0be") == "a\nb\nc\nd\ne"
    assert shown("a\tb") == "a b"


AWKWARD = st.sampled_from("aÄß.@#$*[]\\<>\n\t _-/'\"\u0301\u0644\u05d0\u200d\u00ad1️⃣")


def test_any_text_at_all(filled):
    @settings(max_examples=25, deadline=None, derandomize=True)
    @given(said=st.one_of(st.text(max_size=400), st.text(AWKWARD, max_size=300)))
    def holds(said: str) -> None:
        report = everywhere(filled, said)
        assert faults(plan_pdf(report)) == []
        assert faults(report_pdf(report)) == []

    holds()
