"""The papers: read back with other programs, and checked against PDF/UA-1 and PDF/A-2a."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override

from brueckenschlag.assessments.operations import publish_edition, rate_checkpoint
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.documents import building
from brueckenschlag.documents.printed.papers import NotReadyError, declaration_pdf, plan_pdf, report_pdf
from brueckenschlag.documents.report import Checkpoint, LeftOver, Piece, Report, Text
from brueckenschlag.instruments.loader import Draft

from .conftest import NAME, in_language
from .reading import bookmarks, faults, flat, opened, pages, tags, text

LANGUAGES = ("de", "de-simple", "en")
A4 = (595, 842)
TREFFEN = Path(__file__).parents[2] / "docs/example/treffen"


def size(page) -> tuple[int, int]:
    return round(page.mediabox.width), round(page.mediabox.height)


@pytest.fixture
def treffen(db):
    return publish_edition(Draft(TREFFEN))[0]


@pytest.fixture
def half(fresh):
    """Two checkpoints rated, one with a note of two lines, and no measure."""
    assessment = fresh(name="")
    rate_checkpoint(assessment, "nutzen", "gut", "", by=GUEST)
    rate_checkpoint(assessment, "planen", "dringend", "Erste Zeile\nzweite Zeile", by=GUEST)
    return assessment


# ---- The report


def test_the_report_says_whose_it_is_and_in_which_language(filled):
    made = report_pdf(filled)
    known = opened(made).metadata
    assert known.title == f"Bericht: {filled.title} – {NAME}"
    assert known.author == NAME
    root = opened(made).trailer["/Root"]
    assert root["/Lang"] == "de-DE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/MarkInfo"]["/Marked"]


def test_the_english_report_is_marked_as_english(fresh):
    report = in_language(fresh(3), "en")
    made = report_pdf(report)
    assert opened(made).trailer["/Root"]["/Lang"] == "en-GB"
    assert "Page 2 of" in text(made)
    assert "self-assessment" in text(made)


def test_the_bookmarks_lead_to_every_checkpoint(filled):
    points = [f" {one.number}. {one.title}" for one in filled.checkpoints]
    assert bookmarks(report_pdf(filled)) == [
        "Zu diesem Dokument",
        " Das Ziel",
        " So lesen Sie den Bericht",
        " Inhalt",
        "Überblick",
        "Checkpunkte",
        *points,
        "Maßnahmenplan",
        "Begriffe",
        "Über dieses Dokument",
    ]


def test_headings_are_read_aloud_in_the_order_of_the_pages(filled):
    made = report_pdf(filled)
    headings = [(one.kind, one.title) for one in tags(made) if one.kind in ("H1", "H2", "H3")]
    expected = [("H2", one.strip()) if one.startswith(" ") else ("H1", one) for one in bookmarks(made)]
    assert headings == expected


def test_every_page_but_the_cover_says_where_one_is(filled):
    found = pages(report_pdf(filled))
    assert "Seite" not in found[0]
    for number, said in enumerate(found[1:], start=2):
        assert f"Seite {number} von {len(found)}" in said
        assert said.startswith(NAME)


def test_the_cover_names_organisation_instrument_day_and_edition(filled):
    cover = pages(report_pdf(replace(filled, made_on=date(2027, 2, 28))))[0]
    for words in (NAME, str(filled.title), str(filled.subtitle), "28. Februar 2027", f"Fassung {filled.edition}"):
        assert flat(words) in cover


def test_the_report_says_that_nobody_has_checked_it(filled):
    assert "Niemand von außen hat die Angaben geprüft." in text(report_pdf(filled))


def test_the_scale_stands_there_with_its_meanings(filled):
    found = pages(report_pdf(filled))[1]
    for level in filled.levels:
        assert f"{level.label} " in found
        assert flat(str(level.meaning)) in found


def test_each_checkpoint_has_its_statement_rating_note_and_what_runs(filled):
    found = text(report_pdf(filled))
    for point in filled.checkpoints:
        start = found.index(flat(f"{point.number}. {point.title} {point.statement}"))
        after = found[start:]
        assert f"Bewertung {point.level.label}" in after
        assert flat(point.note) in after
        for group in point.groups:
            for entry in group.entries:
                assert (flat(str(entry.text)) in after) or not entry.is_running


def test_lines_of_a_note_stay_lines(half):
    said = "".join(one.extract_text() for one in opened(report_pdf(building.of_assessment(half))).pages)
    assert "Erste Zeile\nzweite Zeile" in said


def test_the_plan_of_the_report_lies_across_and_the_rest_stands(filled):
    made = opened(report_pdf(filled))
    sizes = [size(one) for one in made.pages]
    across = [at for at, one in enumerate(sizes) if one == A4[::-1]]
    assert len(across) >= 2
    assert across == list(range(across[0], across[-1] + 1))
    assert "Maßnahmenplan" in made.pages[across[0]].extract_text()
    assert {one for at, one in enumerate(sizes) if at not in across} == {A4}


def test_the_picture_says_all_ratings_in_words(filled):
    pictures = [one for one in tags(report_pdf(filled)) if one.kind == "Figure"]
    words = "; ".join(f"{one.number}. {one.title}: {one.level.label}" for one in filled.checkpoints)
    assert [one.alternative for one in pictures] == [words] * 2


def test_what_has_no_place_in_this_edition_is_shown(filled):
    title = Text((Piece("Frühere Frage"),))
    report = replace(filled, left_over=(LeftOver(title, Text((Piece("bedarf"),)), "Alte Notiz"),))
    found = text(report_pdf(report))
    assert "Aus der früheren Fassung" in found
    assert "Frühere Frage: bedarf Alte Notiz" in found
    assert "Aus der früheren Fassung" not in text(report_pdf(filled))


def test_the_last_page_says_who_offers_this(filled):
    report = replace(filled, operator="Landkreis Oberes Lindental", site="https://bruecke.example.org")
    end = pages(report_pdf(report))[-1]
    assert "Landkreis Oberes Lindental" in end
    assert "https://bruecke.example.org" in end
    assert "CC BY-SA 4.0" in end


def test_foreign_words_are_marked_in_their_language(treffen, fresh):
    made = report_pdf(in_language(fresh(3, of=treffen, name="Chor"), "en"))
    assert b"(de)" in _unpacked(made) or b"/Lang (de" in _unpacked(made)


def _unpacked(made: bytes) -> bytes:
    import io

    import pikepdf

    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as document:
        document.save(plain, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return plain.getvalue()


# ---- The plan


def test_every_measure_stands_in_the_plan_in_its_order(filled):
    found = text(plan_pdf(filled))
    at = 0
    for measure in filled.measures:
        at = found.index(flat(measure.text), at)
        cells = (measure.responsible, filled.day(measure.start), filled.day(measure.review), measure.status_words)
        assert flat(" ".join(cells)) in found[at : at + 250]


def test_the_plan_lies_across_with_its_name_and_numbers(filled):
    made = plan_pdf(filled)
    assert {size(one) for one in opened(made).pages} == {A4[::-1]}
    assert opened(made).metadata.title == f"Maßnahmenplan – {NAME}"
    found = pages(made)
    assert all(f"Seite {number} von {len(found)}" in said for number, said in enumerate(found, start=1))


def test_the_columns_are_header_cells_and_stand_on_every_page(filled):
    made = plan_pdf(filled)
    heads = [one for one in tags(made) if one.kind == "TH"]
    assert len(heads) == len(filled.columns) + 1
    assert {one.scope for one in heads} == {"/Column"}
    line = flat(" ".join([*(str(one.label) for one in filled.columns), "Stand"]))
    assert len(pages(made)) > 1
    assert all(line in said for said in pages(made))


def test_an_empty_plan_has_rows_to_write_in(empty):
    made = plan_pdf(empty)
    assert len(pages(made)) == 1
    assert "Name der Organisation oder des Bereichs" in pages(made)[0]
    assert [one.kind for one in tags(made)].count("TR") == 12


def test_three_hundred_measures_fit(fresh):
    report = building.of_assessment(fresh(300))
    found = text(plan_pdf(report))
    assert all(flat(one.text) in found for one in report.measures)
    assert len(opened(report_pdf(report)).pages) > 20


def test_a_report_with_30_measures_is_small(filled):
    assert len(report_pdf(filled)) < 150_000


def test_the_same_report_gives_the_same_file(filled):
    assert report_pdf(filled) == report_pdf(filled)


# ---- The self-declaration


def test_the_declaration_is_one_page_that_says_what_was_done(filled):
    report = replace(filled, made_on=date(2027, 2, 28))
    found = pages(declaration_pdf(report))
    assert len(found) == 1
    for words in (
        "Selbsterklärung",
        NAME,
        f"„{filled.title}“ (Fassung {filled.edition})",
        "Bewertete Checkpunkte 7 von 7",
        "Geplante Maßnahmen 30 jede mit Priorität, verantwortlicher Person, Beginn und Kontrolle",
        "Erklärt am 28. Februar 2027",
        "Gültig bis",
        "Danach empfiehlt sich eine neue Selbsteinschätzung.",
        "Niemand von außen hat sie geprüft. Sie ist kein Zertifikat und kein Gütesiegel.",
        "Ort und Datum",
        "Unterschrift",
    ):
        assert flat(words) in found[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["zo", "kmu"])
def test_the_declaration_bears_nobody_elses_mark(fresh, language, slug):
    from brueckenschlag.assessments import editions

    found = pages(declaration_pdf(in_language(fresh(30, of=editions.current(slug)), language)))[0]
    words = found.replace("(", " ").replace(")", " ").replace("-", " ").split()
    assert not {"OM", "BBE", "CE", "INQA", "Offensive"} & set(words)


def test_without_a_name_the_declaration_has_a_line_for_it(filled):
    found = pages(declaration_pdf(replace(filled, name="")))
    assert len(found) == 1
    assert "Organisation, Betrieb oder Bereich" in found[0]


def test_a_long_name_stays_on_the_one_page(filled):
    name = "Arbeitsgemeinschaft der Nachbarschaftshilfen im Landkreis Oberes Lindental, Bereich Öffentlichkeit " * 2
    assert len(pages(declaration_pdf(replace(filled, name=name.strip())))) == 1


def test_the_declaration_is_refused_while_a_checkpoint_is_not_rated(half):
    with pytest.raises(NotReadyError):
        declaration_pdf(building.of_assessment(half))


def test_the_declaration_is_refused_while_measures_are_missing(fresh):
    with pytest.raises(NotReadyError):
        declaration_pdf(building.of_assessment(fresh(9)))
    assert declaration_pdf(building.of_assessment(fresh(10)))


def test_an_instrument_that_nobody_has_filled_in_declares_nothing(blank):
    with pytest.raises(NotReadyError):
        declaration_pdf(blank)


# ---- Validity, in every language, for every state and for another instrument


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("measures", [-1, 0, 30])
def test_report_and_plan_hold_both_standards(fresh, language, measures):
    report = in_language(fresh(measures), language)
    assert faults(report_pdf(report)) == []
    assert faults(plan_pdf(report)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_half_filled_papers_hold_both_standards(half, language):
    report = in_language(half, language)
    assert faults(report_pdf(report)) == []
    assert faults(plan_pdf(report)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_declaration_holds_both_standards(fresh, language):
    report = in_language(fresh(12), language)
    assert faults(declaration_pdf(report)) == []
    assert faults(declaration_pdf(replace(report, name=""))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_papers_of_a_blank_instrument_hold_both_standards(edition, language):
    with override(language):
        report = building.of_instrument(edition.hash)
    assert faults(report_pdf(report)) == []
    assert faults(plan_pdf(report)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_instrument_of_three_checkpoints_and_four_levels(treffen, fresh, language):
    report = in_language(fresh(3, of=treffen, name="Chor"), language)
    made, plan = report_pdf(report), plan_pdf(report)
    assert faults(made) == faults(plan) == []
    assert [one.kind for one in tags(plan)].count("TH") == len(report.columns) + 1 == 5
    assert all(flat(str(one.label)) in pages(made)[1] for one in report.levels)


@pytest.mark.parametrize("count", [1, 2, 12, 24])
def test_an_arch_may_have_any_number_of_stones(filled, count):
    points = tuple(_renumbered(filled, at) for at in range(count))
    assert faults(report_pdf(replace(filled, checkpoints=points))) == []


def _renumbered(report: Report, at: int) -> Checkpoint:
    return replace(report.checkpoints[at % len(report.checkpoints)], key=f"punkt-{at}", number=at + 1)
