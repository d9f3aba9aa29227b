"""The fillable form: its fields by the names of decision 0015, where the layout has put them, and accessible."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pikepdf
import pytest
from django.db.transaction import atomic, set_rollback
from django.utils.translation import override
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from brueckenschlag.assessments import editions
from brueckenschlag.assessments.operations import begin_assessment, publish_edition
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.documents import building
from brueckenschlag.documents.exchange.model import of_report, unpacked
from brueckenschlag.documents.printed.form import form_pdf
from brueckenschlag.documents.report import Measure, Report, Text
from brueckenschlag.instruments.loader import Draft

from .bad_text import BAD_TEXTS
from .conftest import NAME, fill
from .form_fields import inconsistent, values
from .standards import faults

EXAMPLE = Path(__file__).parents[2] / "docs/example/treffen"
ROW = ("id", "checkpoint", "text", "priority", "responsible", "start", "review", "status")


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Report:
    """Everything rated, and 30 measures; built once, for no test here changes anything stored."""
    with django_db_blocker.unblock(), atomic():
        edition = editions.current("zo")
        assert edition
        assessment = fill(begin_assessment(edition, NAME, by=GUEST)[0], editions.original(edition.hash), 30)
        report = building.of_assessment(assessment)
        set_rollback(True)
    return report


@pytest.fixture(scope="module")
def made(filled: Report) -> bytes:
    """Its form."""
    return form_pdf(filled)


@pytest.fixture
def opened(made: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(made)) as pdf:
        yield pdf


def form_of(report: Report) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(form_pdf(report)))


def field_of(pdf: pikepdf.Pdf, name: str) -> Any:
    """The one field of this name."""
    (found,) = [one for one in pdf.Root.AcroForm.Fields if name == one.T]
    return found


def widgets(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Any]]:
    """Every widget with its page."""
    for page in pdf.pages:
        for one in page.obj.get("/Annots", []):
            yield one, page.obj


def seen(widget: Any) -> bool:
    left, bottom, right, top = (float(one) for one in widget.Rect)
    return right > left and top > bottom


def name_of(widget: Any) -> str:
    return str(widget.T if "/T" in widget else widget.Parent.T)


def names_of(report: Report, rows: int) -> set[str]:
    """The contract."""
    found = {"name", "base"}
    for point in report.checkpoints:
        found |= {f"rating/{point.key}", f"note/{point.key}"}
        for entry in (one for group in point.groups for one in group.entries):
            found |= {f"{box}/{entry.key.replace('.', '/')}" for box in ("running", "planned")}
    keys = {"id", "status"} | {"text" if one.key == "measure" else one.key for one in report.columns}
    return found | {f"plan/{row}/{key}" for row in range(1, rows + 1) for key in keys}


def test_it_has_every_field_of_the_contract_once(filled, opened):
    found = [str(one.T) for one in opened.Root.AcroForm.Fields]
    assert len(found) == len(set(found))
    assert set(found) == names_of(filled, 34)


@pytest.mark.parametrize("measures", [0, 8, 9, 12])
def test_there_are_twelve_rows_and_always_four_free_ones(filled, measures):
    found = values(form_pdf(replace(filled, measures=filled.measures[:measures])))
    assert len([name for name in found if name.endswith("/id")]) == max(12, measures + 4)


def test_it_holds_what_has_been_entered(filled, made):
    found = values(made)
    assert found["name"] == filled.name
    for point in filled.checkpoints:
        assert found[f"rating/{point.key}"] == (point.level.key if point.level else "Off")
        assert found[f"note/{point.key}"] == point.note
        for entry in (one for group in point.groups for one in group.entries):
            name = entry.key.replace(".", "/")
            assert found[f"running/{name}"] == ("Yes" if entry.is_running else "Off")
            assert found[f"planned/{name}"] == ("Yes" if entry.is_planned else "Off")
    for number, row in enumerate(filled.measures, start=1):
        dates = {"start": filled.day(row.start), "review": filled.day(row.review)}
        expected = {key: getattr(row, key) for key in ROW} | dates
        assert {key: found[f"plan/{number}/{key}"] for key in ROW} == expected
    assert {found[f"plan/31/{key}"] for key in ROW} == {""}


def test_an_independent_program_reads_the_same(filled, made):
    fields = PdfReader(BytesIO(made)).get_fields() or {}
    read = {name: str(field.get("/V", "")) for name, field in fields.items()}
    assert {name: one.removeprefix("/") for name, one in read.items()} == values(made)
    texts = PdfReader(BytesIO(made)).get_form_text_fields()
    assert texts["plan/1/text"] == filled.measures[0].text


def test_blank_it_holds_nothing_but_the_state_it_left_with(blank):
    made = form_pdf(blank)
    found = values(made)
    assert {one for name, one in found.items() if name != "base"} == {"", "Off"}
    assert unpacked(found["base"]) == of_report(blank)
    assert unpacked(found["base"]).assessment is None


def test_it_carries_its_state_unseen_and_locked(filled, made, opened):
    assert unpacked(values(made)["base"]) == of_report(filled)
    carried = [one for one, _ in widgets(opened) if not seen(one)]
    assert {name_of(one) for one in carried} == {"base", *(f"plan/{row}/id" for row in range(1, 35))}
    assert all(int(one.Ff) & 1 for one in carried)
    assert all(float(one.Rect[2]) < 0 for one in carried)  # beside the page


def test_every_field_that_is_seen_is_tagged_as_one_and_has_a_name_to_hear(opened):
    parents = pikepdf.NumberTree(opened.Root.StructTreeRoot.ParentTree)
    for widget, page in widgets(opened):
        assert str(widget.TU)
        assert int(widget.F) == 4  # printed, not hidden
        assert page.Tabs == "/S"
        if seen(widget):
            tag = parents[int(widget.StructParent)]
            assert tag.S == "/Form"
            assert [kid.Obj.objgen for kid in tag.K] == [widget.objgen]
            assert "/N" in widget.AP


def test_no_link_to_a_field_is_left(opened):
    assert not any("/A" in widget or widget.Subtype != "/Widget" for widget, _ in widgets(opened))


def test_the_tab_key_goes_the_way_one_reads(filled, opened):
    order = []

    def walk(tag: Any) -> None:
        if isinstance(tag, pikepdf.Array):
            for kid in tag:
                walk(kid)
        elif isinstance(tag, pikepdf.Dictionary):
            if "/Obj" in tag:
                order.append(name_of(tag.Obj))
            walk(tag.get("/K"))

    walk(opened.Root.StructTreeRoot.K)
    point = filled.checkpoints[0]
    first = [one.key.partition(".")[2] for one in point.groups[0].entries][:2]
    boxes = [f"{box}/{point.key}/{key}" for key in first for box in ("running", "planned")]
    assert order[:8] == ["name", *[f"rating/{point.key}"] * 3, *boxes]
    plan = [name for name in order if name.startswith("plan/")]
    assert plan[:7] == [f"plan/1/{key}" for key in ROW[1:]]
    assert [name.split("/")[1] for name in plan] == [str(row) for row in range(1, 35) for _ in range(7)]


@pytest.mark.parametrize(
    ("language", "name", "heard"),
    [
        ("de", "rating/planen", "Checkpunkt 3: Bewertung"),
        ("de", "plan/4/priority", "Maßnahmenplan, Zeile 4: Priorität"),
        ("de", "plan/4/start", "Maßnahmenplan, Zeile 4: Beginn, Tag in Zahlen, zum Beispiel 28.2.2027"),
        ("en", "plan/4/start", "28/02/2027"),
    ],
)
def test_names_to_hear_say_where_one_is(edition, language, name, heard):
    with override(language):
        report = building.of_instrument(edition.hash)
    with form_of(report) as pdf:
        tooltip = str(field_of(pdf, name).TU)
    assert tooltip == heard if language == "de" else heard in tooltip


def test_each_button_of_a_rating_says_its_level(opened):
    field = field_of(opened, "rating/planen")
    buttons = {next(key for key in kid.AP.N if key != "/Off"): str(kid.TU) for kid in field.Kids}
    assert buttons["/bedarf"] == "Checkpunkt 3: Bewertung – Handlungsbedarf"
    assert list(buttons) == ["/dringend", "/bedarf", "/gut"]


def test_choices_show_words_and_give_keys(opened):
    options = [(str(key), str(words)) for key, words in field_of(opened, "plan/1/priority").Opt]
    assert options == [("", "–"), ("high", "hoch"), ("medium", "mittel"), ("low", "niedrig")]


def test_a_checkpoint_of_an_earlier_edition_can_stay(blank):
    row = Measure(
        str(UUID(int=1)),
        1,
        "frueher",
        0,
        Text(),
        "",
        "Tun",
        "high",
        "hoch",
        "",
        None,
        date(2027, 2, 28),
        "open",
        "offen",
    )
    with form_of(replace(blank, measures=(row,))) as pdf:
        field = field_of(pdf, "plan/1/checkpoint")
        assert (str(field.V), str(field.Opt[-1][0])) == ("frueher", "frueher")


def test_fields_take_as_much_as_the_pages_do(opened):
    most = {str(one.T): int(one.MaxLen) for one in opened.Root.AcroForm.Fields if "/MaxLen" in one}
    assert (most["name"], most["note/nutzen"], most["plan/1/text"], most["plan/1/responsible"]) == (120, 4000, 300, 120)


def test_the_field_for_a_note_is_as_high_as_the_note_and_a_page_at_most(filled):
    notes = ("", "Kurz.", "Im Vorstand besprochen. " * 80, "\n" * 400 + "Ende")
    points = zip(filled.checkpoints, notes, strict=False)
    with form_of(replace(filled, checkpoints=tuple(replace(one, note=note) for one, note in points))) as pdf:
        boxes = [field_of(pdf, f"note/{one.key}").Rect for one in filled.checkpoints[: len(notes)]]
        empty, short, long, endless = (float(box[3]) - float(box[1]) for box in boxes)
        assert empty == pytest.approx(short, abs=0.1)
        assert 1.5 * short < long < endless < 29.7 / 2.54 * 72


def test_boxes_look_as_they_are(made, blank):
    assert list(inconsistent(made)) == []
    assert list(inconsistent(form_pdf(blank))) == []


def test_nothing_in_it_runs(opened):
    text = " ".join(repr(one) for one in opened.objects)
    assert not any(
        f"/{word}" in text for word in ("JS", "JavaScript", "AA", "OpenAction", "XFA", "Launch", "SubmitForm")
    )
    assert "/NeedAppearances" not in opened.Root.AcroForm


def test_the_font_to_type_with_is_inside_and_has_the_letters_of_our_neighbours(opened):
    font = next(iter(opened.Root.AcroForm.DR.Font.values()))
    assert font.FontDescriptor.FontFile2.read_bytes()
    assert len(font.Widths) == 224
    names = {str(one) for one in font.Encoding.Differences}
    assert {"/lslash", "/dotlessi", "/scedilla", "/ccaron", "/ohungarumlaut"} <= names
    assert not any(name.startswith("/.notdef") for name in names)


@pytest.mark.parametrize("slug", ["zo", "kmu", "treffen"])
@pytest.mark.parametrize("language", ["de", "de-simple", "en"])
def test_it_is_accessible_and_made_to_be_kept_in_every_language(edition, slug, language):
    found = publish_edition(Draft(EXAMPLE))[0] if slug == "treffen" else editions.current(slug)
    with override(language):
        report = building.of_instrument(found.hash)
    made = form_pdf(report)
    for standard in ("ua1", "2a"):
        assert faults(made, standard) == []
    assert set(values(made)) == names_of(report, 12)


def test_filled_it_stays_so(made):
    assert faults(made, "ua1") + faults(made, "2a") == []


def test_the_validator_would_notice(opened):
    del next(one for one, _ in widgets(opened) if seen(one)).TU
    saved = BytesIO()
    opened.save(saved)
    assert faults(saved.getvalue(), "ua1")


@pytest.mark.parametrize("words", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_any_text_comes_back_as_it_was_and_can_be_shown(filled, words):
    note, text, name = words[:4000], words[:300], words[:120]  # as much as can be stored
    points = (replace(filled.checkpoints[0], note=note), *filled.checkpoints[1:])
    rows = tuple(replace(one, text=text, responsible=name) for one in filled.measures[:2])
    made = form_pdf(replace(filled, name=name, checkpoints=points, measures=rows))
    with pikepdf.open(BytesIO(made)) as pdf:
        assert str(field_of(pdf, "note/nutzen").V) == note
        assert str(field_of(pdf, "plan/2/text").V) == text
    for standard in ("ua1", "2a"):
        assert faults(made, standard) == []


def test_the_same_report_makes_the_same_form(filled, made):
    assert form_pdf(filled) == made
