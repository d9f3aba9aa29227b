"""Plain text is read the way people type it: every kind of bullet, broken words, free lines, stray signs."""

import pytest

from tests.imports.as_text import as_text
from tests.imports.conftest import sentences
from tests.imports.example import EXAMPLE, found

HEAD = "1 Bedarf kennen\nWir wissen, was fehlt.\n\nBeispiele:\n"


def entries(draft) -> list[str]:
    return [entry.text.text for point in draft.outline.checkpoints for entry in point.entries()]


def shape(draft) -> list[tuple[str, list[str]]]:
    """Suggestions with their parts, all groups together."""
    groups = [group for point in draft.outline.checkpoints for group in point.groups]
    return [(one.text.text, [part.text.text for part in one.parts]) for group in groups for one in group.suggestions]


@pytest.mark.parametrize(
    "bullets", [("-", "o"), ("•", "-"), ("*", "•"), ("–", "o"), ("\uf0b7", "o"), ("1)", "-"), ("(a)", "-"), ("□", "*")]
)
def test_every_kind_of_bullet_is_known(imported, bullets):
    assert found(imported(as_text(EXAMPLE, bullets=bullets))) == EXAMPLE.expected()


def test_the_same_bullet_moved_in_is_the_second_level(imported):
    assert found(imported(as_text(EXAMPLE, bullets=("-", "-")))) == EXAMPLE.expected()


@pytest.mark.parametrize("width", [40, 60, 100, 1000])
def test_the_width_of_the_lines_does_not_matter(imported, width):
    assert found(imported(as_text(EXAMPLE, width=width))) == EXAMPLE.expected()


def test_free_lines_between_suggestions_do_not_matter(imported):
    assert found(imported(as_text(EXAMPLE, between="\n\n"))) == EXAMPLE.expected()


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_do_not_matter(imported, end):
    assert found(imported("\ufeff" + as_text(EXAMPLE).replace("\n", end))) == EXAMPLE.expected()


@pytest.mark.parametrize(
    "form", ["{number} {title}", "{number}) {title}", "Checkpunkt {number}: {title}", "CHECKPUNKT {number}\n{title}"]
)
def test_every_way_to_number_a_checkpoint_is_known(imported, form):
    text = as_text(EXAMPLE)
    for number, point in enumerate(EXAMPLE.points, start=1):
        text = text.replace(f"{number}. {point.title}", form.format(number=number, title=point.title))
    assert found(imported(text)) == EXAMPLE.expected()


def test_a_table_of_contents_is_not_taken_for_the_checkpoints(imported):
    contents = "\n".join(
        f"{number}. {point.title} ........ {number + 2}" for number, point in enumerate(EXAMPLE.points, 1)
    )
    draft = imported(as_text(EXAMPLE).replace("Vorwort\n", f"Inhalt\n{contents}\n\nVorwort\n"))
    assert found(draft) == EXAMPLE.expected()
    assert sentences(draft)["Inhaltsverzeichnis, nicht übernommen."] == ["6", "7", "8"]


def test_contents_without_dots_are_not_taken_for_the_checkpoints(imported):
    contents = "\n".join(f"{number} {point.title}" for number, point in enumerate(EXAMPLE.points, 1))
    assert (
        found(imported(as_text(EXAMPLE).replace("Vorwort\n", f"Inhalt\n\n{contents}\n\nVorwort\n")))
        == EXAMPLE.expected()
    )


def test_a_dash_within_a_sentence_begins_nothing(imported):
    text = HEAD + "• Menschen fragen, was fehlt\n– zum Beispiel beim Fest\n• Zuhören\n"
    assert entries(imported(text)) == ["Menschen fragen, was fehlt – zum Beispiel beim Fest", "Zuhören"]


def test_a_bracket_that_ends_in_the_next_line_begins_nothing(imported):
    text = HEAD + "• Menschen fragen (ab\n55) Jahren\n• Zuhören\n"
    assert entries(imported(text)) == ["Menschen fragen (ab 55) Jahren", "Zuhören"]


def test_an_entry_with_two_bullets_loses_both(imported):
    assert entries(imported(HEAD + "• - Menschen fragen\n• – Zuhören\n")) == ["Menschen fragen", "Zuhören"]


def test_a_bullet_alone_in_its_line_belongs_to_the_next(imported):
    assert entries(imported(HEAD + "•\nMenschen fragen\n•\nZuhören\n")) == ["Menschen fragen", "Zuhören"]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Zusammen-\narbeit", "Zusammenarbeit"),
        ("Haupt-\nund Ehrenamt", "Haupt- und Ehrenamt"),
        ("OM-\nVereinbarung", "OM-Vereinbarung"),
        ("Zusam\u00ad\nmenarbeit", "Zusammenarbeit"),
        ("wir –\nund ihr", "wir – und ihr"),
    ],
)
def test_words_broken_at_the_end_of_a_line_become_whole(imported, broken, whole):
    assert entries(imported(f"{HEAD}• Etwas mit {broken} tun\n")) == [f"Etwas mit {whole} tun"]


def test_a_joined_word_is_reported_with_its_line(imported):
    draft = imported(f"{HEAD}• Zusammen-\narbeit\n")
    assert sentences(draft)["Trennstrich am Zeilenende, das Wort ist zusammengefügt."] == ["6"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Menschen fragen.", "Menschen fragen"),
        ("Menschen fragen;", "Menschen fragen"),
        ("Feste, Märkte usw.", "Feste, Märkte usw."),
    ],
)
def test_the_full_stop_of_a_suggestion_is_left_out_but_not_that_of_an_abbreviation(imported, typed, kept):
    point = imported(f"{HEAD}• {typed}\n").form.files["checkpoints/bedarf-kennen.yaml"]
    assert point["groups"][0]["suggestions"][0]["text"] == kept


def test_boxes_to_tick_are_reported_and_not_taken_for_suggestions(imported):
    boxes = "\n☐ Dringender Handlungsbedarf\n☐ Handlungsbedarf\n☐ Zurzeit kein Handlungsbedarf\n"
    draft = imported(HEAD + "• Menschen fragen\n" + boxes)
    assert entries(draft) == ["Menschen fragen"]
    assert sentences(draft)["Feld zum Ankreuzen, nicht übernommen: „☐ Handlungsbedarf“"] == ["8"]


def test_text_that_belongs_nowhere_is_reported(imported):
    draft = imported(HEAD + "• Menschen fragen.\n\nViel Erfolg beim Ausprobieren!\n")
    assert sentences(draft)["Nicht zugeordnet und nicht übernommen: „Viel Erfolg beim Ausprobieren!“"] == ["7"]


def test_running_heads_and_page_numbers_are_reported(imported):
    pages = as_text(EXAMPLE).split("\n\n2. ")[0], as_text(EXAMPLE).split("\n\n2. ")[1].split("\n\n3. ")
    parts = [pages[0], "2. " + pages[1][0], "3. " + pages[1][1]]
    text = "\f".join(f"Nachbarschaft heute\n\n{part}\n\n- {number} -\n" for number, part in enumerate(parts, start=1))
    draft = imported(text)
    assert found(draft) == EXAMPLE.expected()
    assert len(sentences(draft)["Kopf- oder Fußzeile, nicht übernommen: „Nachbarschaft heute“"]) == 3


def test_checkpoints_at_the_top_of_their_pages_are_no_running_heads(imported):
    text = "\f".join(
        f"Checkpunkt {number}\nThema {number}\n\nWir tun etwas.\n\nBeispiele:\n- Menschen fragen\n"
        for number in range(1, 5)
    )
    assert [point.title.text for point in imported(text).outline.checkpoints] == [f"Thema {at}" for at in range(1, 5)]


def test_the_same_words_at_the_end_of_three_pages_are_no_running_foot(imported):
    text = "\f".join(
        f"{number} Thema {number}\n\nWir tun etwas.\n\nBeispiele:\n- Menschen fragen, die\n  hier wohnen\n"
        for number in range(1, 4)
    )
    assert set(entries(imported(text))) == {"Menschen fragen, die hier wohnen"}


def test_a_heading_without_suggestions_is_reported(imported):
    draft = imported(HEAD + "• Menschen fragen\n\n2 Helfende finden\nWir sprechen Menschen an.\n")
    sentence = "Sieht aus wie Checkpunkt 2, hat aber keine Anregungen; anders gelesen: „Helfende finden“"
    assert sentences(draft)[sentence] == ["7"]


def test_a_checkpoint_with_nothing_below_it_is_reported(imported):
    draft = imported(HEAD + "• Menschen fragen\n\n2 Helfende finden\n\nMaßnahmenplan\n\n• Noch etwas\n")
    assert [point.title.text for point in draft.outline.checkpoints] == ["Bedarf kennen", "Helfende finden"]
    assert sentences(draft)["Ohne Anregungen: „Helfende finden“"] == ["7"]


def test_two_entries_that_run_together_are_suspected(imported):
    text = HEAD + "• Menschen im ganzen Viertel und darüber hinaus fragen, was fehlt\n• Zuhören\nFeste feiern\n"
    draft = imported(text)
    assert sentences(draft)["Die Zeile davor endet früh; vielleicht beginnt hier etwas Neues."] == ["7"]


def test_a_statement_of_several_paragraphs_is_joined_and_reported(imported):
    text = "1 Bedarf kennen\nWir wissen, was fehlt.\n\nUnd wir reden darüber.\n\nBeispiele:\n• Menschen fragen\n"
    draft = imported(text)
    assert draft.outline.checkpoints[0].statement.text == "Wir wissen, was fehlt. Und wir reden darüber."
    assert sentences(draft)["Die Aussage besteht aus mehreren Absätzen; sie sind zusammengefügt."] == ["4"]


def test_a_missing_statement_is_reported_and_named_in_the_draft(imported):
    draft = imported("1 Bedarf kennen\nBeispiele:\n• Menschen fragen\n")
    assert sentences(draft)["Ohne Aussage: „Bedarf kennen“"] == ["1"]
    assert draft.form.files["checkpoints/bedarf-kennen.yaml"]["statement"] == "BITTE ERGÄNZEN"


def test_texts_that_are_too_long_stay_whole_and_are_reported(imported):
    long = "Menschen " + "und noch mehr Menschen " * 10 + "fragen"
    draft = imported(f"{HEAD}• {long}\n• Zuhören\n")
    assert entries(draft)[0] == long
    assert sentences(draft)["Anregung länger als 90 Zeichen; ganz übernommen, bitte kürzen."] == ["5"]


def test_a_number_that_is_no_footnote_stays(imported):
    point = imported(HEAD + "• CO2 sparen und 30 Bäume pflanzen\n").form.files["checkpoints/bedarf-kennen.yaml"]
    assert point["groups"][0]["suggestions"][0]["text"] == "CO2 sparen und 30 Bäume pflanzen"
