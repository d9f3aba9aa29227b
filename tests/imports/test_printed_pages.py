"""PDF knows only where words stand: sizes, places and pages become headings, entries and footnotes again."""

from pypdf import PdfReader

from tests.imports.as_pdf import Pages, Text, pdf
from tests.imports.conftest import sentences
from tests.imports.test_formats_agree import PRINTED


def shape(draft) -> list[tuple[str, list[str]]]:
    groups = [group for point in draft.outline.checkpoints for group in point.groups]
    return [(one.text.text, [part.text.text for part in one.parts]) for group in groups for one in group.suggestions]


def begun(text: str = "Wir wissen, was fehlt.") -> Pages:
    pages = Pages("Nachbarschaft")
    pages.lines("1 Bedarf kennen", size=14)
    pages.lines(text)
    pages.lines("Beispiele:")
    return pages


def test_an_entry_that_goes_on_on_the_next_page_stays_whole(imported):
    pages = begun()
    pages.lines("Menschen fragen, was sie für eine gute", sign="•")
    pages.finish()
    pages.lines("Nachbarschaft brauchen", indent=14)
    pages.lines("Zuhören", sign="•")
    draft = imported(pdf(pages.finish()), "a.pdf")
    assert shape(draft) == [("Menschen fragen, was sie für eine gute Nachbarschaft brauchen", []), ("Zuhören", [])]
    assert sentences(draft)["Seitenwechsel mitten im Satz, die Teile sind zusammengefügt."] == ["2:3"]


def test_a_new_group_on_the_next_page_is_a_new_group(imported):
    pages = begun()
    pages.lines("Menschen fragen", sign="•")
    pages.finish()
    pages.lines("Was uns nützt:")
    pages.lines("Zuhören", sign="•")
    groups = imported(pdf(pages.finish()), "a.pdf").outline.checkpoints[0].groups
    assert [group.title.text for group in groups] == ["Beispiele", "Was uns nützt"]


def test_a_small_raised_number_is_the_mark_of_a_footnote(imported):
    page = [
        Text(70, 80, "1 Bedarf kennen", 14),
        *(Text(70, 110, "Wir reden im Verein"), Text(176, 106, "1", 6), Text(180, 110, " miteinander.")),
        *(Text(70, 140, "Beispiele:"), Text(70, 160, "• Zuhören")),
        Text(70, 780, "1 Verein: Gruppe mit einer Satzung", 8),
    ]
    draft = imported(pdf([page]), "a.pdf")
    assert draft.outline.checkpoints[0].statement.text.startswith("Wir reden im Verein")
    [point, frame] = [draft.form.files[name] for name in ("checkpoints/bedarf-kennen.yaml", "instrument.yaml")]
    assert point["statement"] == "Wir reden im [[verein|Verein]] miteinander."
    assert frame["glossary"] == [{"key": "verein", "term": "Verein", "text": "Gruppe mit einer Satzung"}]


def test_a_title_of_two_lines_is_one_title(imported):
    pages = Pages("Kopf")
    pages.lines("1 Bedarf im ganzen Viertel kennen und mit allen darüber reden, die helfen", size=18)
    pages.lines("Wir wissen, was fehlt. " * 6)
    pages.lines("Beispiele:")
    pages.lines("Zuhören", sign="•")
    [point] = imported(pdf(pages.finish()), "a.pdf").outline.checkpoints
    assert point.title.text == "Bedarf im ganzen Viertel kennen und mit allen darüber reden, die helfen"


def test_a_page_with_a_picture_only_is_reported(imported):
    pages = begun()
    pages.lines("Menschen fragen", sign="•")
    draft = imported(pdf([*pages.finish(), [Text(70, 80, "Bild 3")]]), "a.pdf")
    assert sentences(draft)["Seite fast ohne Text, vielleicht ein Bild."] == ["Seite 2"]


def test_text_of_no_size_far_off_the_page_is_read_all_the_same(imported):
    texts = ["1 Bedarf kennen", "Wir wissen, was fehlt.", "Beispiele:", "• Zuhören"]
    page = [Text(9 * 10**30, 80 + 20 * at, text, 0) for at, text in enumerate(texts)]
    assert shape(imported(pdf([page]), "a.pdf")) == [("Zuhören", [])]


def test_the_printed_fixture_is_the_work_of_a_real_program():
    reader = PdfReader(PRINTED)
    assert "Skia" in str(reader.metadata and reader.metadata.producer)
    assert PRINTED.stat().st_size < 50_000
