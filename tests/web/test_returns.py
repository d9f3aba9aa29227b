"""The way back: what a file changes is shown first, then taken over as chosen, all of it or nothing."""

import json
import re
import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from brueckenschlag.accounts.keys import grouped
from brueckenschlag.assessments.models import Assessment, Mark, Rating
from brueckenschlag.audit.actors import GUEST
from brueckenschlag.documents import building
from brueckenschlag.documents.applying import stored_state
from brueckenschlag.documents.exchange.writing import exchange
from brueckenschlag.plans.models import Measure
from brueckenschlag.plans.operations import add_measure, remove_measure
from brueckenschlag.plans.rules import MOST_MEASURES, Content
from tests.documents.returns.files import form, row_of, saved, workbook


@pytest.fixture
def filled(own, owner):
    """Two ratings, a note, a mark and three measures, one of them from a suggestion."""
    owner.post(own.path("checkpunkt/planen"), {"level": "bedarf", "note": "vom Vorstand", "version": 0})
    owner.post(own.path("checkpunkt/nutzen"), {"level": "dringend", "note": "", "version": 0})
    answer = owner.post(
        own.path("checkpunkt/kontakte"),
        {"running": "kontakte.material", "planned": "kontakte.netzwerke", "version": 0},
    )
    assert answer.status_code == 302
    for text in ("Anrufen", "Besuchen"):
        content = Content("planen", text, "high", "Vorstand", date(2027, 2, 1), date(2027, 3, 1))
        add_measure(own.assessment, content, id=uuid.uuid4(), by=GUEST)
    own.assessment.refresh_from_db()
    return own


@pytest.fixture
def state(filled):
    return stored_state(filled.assessment)


@pytest.fixture
def book(state, zo):
    return workbook(state, keys=zo.checkpoint_by_key, boxes=zo.suggestion_by_key)


def send(client: Client, own, data: bytes, name: str = "plan.xlsx"):
    return client.post(own.path("zurueck"), {"file": SimpleUploadedFile(name, data)})


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def carried(page: str) -> dict[str, str]:
    return {"carried": hidden(page, "carried"), "seen": hidden(page, "seen")}


def presets(page: str) -> dict[str, str]:
    """What the browser would send if nobody touched anything."""
    return dict(re.findall(r'name="([0-9a-f]{10})" value="(file|stored)" checked', page))


def take(client: Client, own, page: str, how: str = "chosen", **choices: str):
    return client.post(own.path("zurueck/pruefen"), carried(page) | presets(page) | choices | {"take": how})


def everything(own) -> list[object]:
    tables = [Rating, Mark, Measure]
    return [list(one.objects.filter(assessment=own.assessment).order_by("pk").values()) for one in tables]


def row(book, text: str):
    """The cells of that measure by their labels."""
    sheet = book["Maßnahmenplan"]
    labels = [cell.value for cell in sheet[1]]
    found = next(cells for cells in sheet.iter_rows(min_row=2) if text in [cell.value for cell in cells])
    return dict(zip(labels, found, strict=True))


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_an_untouched_workbook_says_that_there_is_nothing_new(filled, owner, book):
    answer = send(owner, filled, saved(book))
    assert answer.status_code == 200
    assert "In der Datei steht nichts Neues" in text_of(answer)
    assert 'name="take"' not in answer.content.decode()


def test_an_untouched_json_says_that_there_is_nothing_new(filled, owner):
    data = exchange(building.of_assessment(filled.assessment))
    assert "In der Datei steht nichts Neues" in text_of(send(owner, filled, data, "daten.json"))


def test_looking_changes_nothing(filled, owner, book):
    before = everything(filled)
    row(book, "Anrufen")["Verantwortlich"].value = "Kassenwartin"
    assert "Kassenwartin" in text_of(send(owner, filled, saved(book)))
    assert everything(filled) == before


def test_what_only_the_file_has_changed_is_taken_by_default(filled, owner, book):
    row(book, "Anrufen")["Verantwortlich"].value = "Kassenwartin"
    row(book, "Anrufen")["Kontrolle"].value = "1. März 2028"
    row(book, "Besuchen")["Stand"].value = "erledigt"
    book["Maßnahmenplan"].append(
        ["3", "Eine neue Maßnahme", "niedrig", "Frau Yılmaz", date(2027, 5, 1), None, None, None]
    )
    page = send(owner, filled, saved(book)).content.decode()
    assert "Neu (1)" in page
    assert "Geändert (3)" in page
    answer = take(owner, filled, page)
    assert answer["Location"].endswith("/zurueck?uebernommen=4")
    called = Measure.objects.get(text="Anrufen")
    assert (called.responsible, called.review) == ("Kassenwartin", date(2028, 3, 1))
    assert Measure.objects.get(text="Besuchen").status == "done"
    new = Measure.objects.get(text="Eine neue Maßnahme")
    assert (new.checkpoint, new.priority, new.status) == ("planen", "low", "open")
    assert "Gespeichert: 4 Angaben aus der Datei übernommen." in text_of(owner.get(answer["Location"]))


def test_the_same_file_twice_changes_nothing_the_second_time(filled, owner, book):
    row(book, "Anrufen")["Maßnahme"].value = "Noch einmal anrufen"
    for _ in range(2):
        book["Maßnahmenplan"].append(
            ["Zusammenarbeit planen", "Zweimal dasselbe", "hoch", None, None, None, None, None]
        )
    take(owner, filled, send(owner, filled, saved(book)).content.decode())
    before = everything(filled)
    assert Measure.objects.filter(text="Zweimal dasselbe").count() == 2
    assert "In der Datei steht nichts Neues" in text_of(send(owner, filled, saved(book)))
    assert everything(filled) == before


def test_ratings_notes_and_boxes_come_back(filled, owner, book):
    for cells in book["Bewertung"].iter_rows(min_row=2):
        if cells[4].value == "planen":
            cells[2].value, cells[3].value = "Zurzeit kein Handlungsbedarf", None
        if cells[4].value == "kontakte":
            cells[2].value, cells[3].value = "!!", "Neu aufgeschrieben"
    for cells in book["Anregungen"].iter_rows(min_row=2):
        if cells[3].value == "kontakte.material":
            cells[1].value = None
        if cells[3].value == "planen.themen":
            cells[1].value = cells[2].value = "X"
        if cells[3].value == "kontakte.netzwerke":
            cells[2].value = "nein"
    take(owner, filled, send(owner, filled, saved(book)).content.decode())
    ratings = {one.checkpoint: (one.level, one.note) for one in Rating.objects.filter(assessment=filled.assessment)}
    assert ratings["planen"] == ("gut", "")
    assert ratings["kontakte"] == ("dringend", "Neu aufgeschrieben")
    assert list(Mark.objects.values_list("suggestion", flat=True)) == ["planen.themen"]
    assert Measure.objects.in_plan().filter(suggestion="planen.themen").exists()
    assert not Measure.objects.in_plan().filter(suggestion="kontakte.netzwerke").exists()


def test_what_both_have_changed_waits_for_the_person(filled, owner, book):
    row(book, "Anrufen")["Verantwortlich"].value = "Aus der Datei"
    Measure.objects.filter(text="Anrufen").update(responsible="Von hier")
    page = send(owner, filled, saved(book)).content.decode()
    assert "Bitte entscheiden (1)" in page
    assert "Maßnahme 1: Anrufen (Zeile 2 der Datei)" in page
    assert "Aus der Datei" in page
    assert "Von hier" in page
    take(owner, filled, page)
    assert Measure.objects.get(text="Anrufen").responsible == "Von hier"
    key = next(iter(presets(page)))
    take(owner, filled, page, **{key: "file"})
    assert Measure.objects.get(text="Anrufen").responsible == "Aus der Datei"


def test_what_only_others_have_changed_stays(filled, owner, book):
    Measure.objects.filter(text="Anrufen").update(responsible="Von hier")
    page = send(owner, filled, saved(book)).content.decode()
    assert "Hier inzwischen geändert (1)" in page
    take(owner, filled, page)
    assert Measure.objects.get(text="Anrufen").responsible == "Von hier"
    take(owner, filled, page, "all")
    assert Measure.objects.get(text="Anrufen").responsible == "Vorstand"


def test_the_button_for_the_undisputed_leaves_the_rest(filled, owner, book):
    row(book, "Anrufen")["Verantwortlich"].value = "Aus der Datei"
    row(book, "Besuchen")["Verantwortlich"].value = "Aus der Datei"
    Measure.objects.filter(text="Anrufen").update(responsible="Von hier")
    page = send(owner, filled, saved(book)).content.decode()
    take(owner, filled, page, "undisputed", **dict.fromkeys(presets(page), "file"))
    assert Measure.objects.get(text="Anrufen").responsible == "Von hier"
    assert Measure.objects.get(text="Besuchen").responsible == "Aus der Datei"


def test_a_row_taken_out_is_offered_and_can_be_brought_back(filled, owner, book):
    sheet = book["Maßnahmenplan"]
    sheet.delete_rows(row(book, "Anrufen")["Maßnahme"].row)
    page = send(owner, filled, saved(book)).content.decode()
    assert "Aus der Datei gelöscht (1)" in page
    take(owner, filled, page)
    assert Measure.objects.in_plan().filter(text="Anrufen").exists()
    answer = take(owner, filled, page, "all")
    assert "1 Maßnahme ist gelöscht." in text_of(owner.get(answer["Location"]))
    assert "Anrufen" in [one.text for one in Measure.objects.deleted()]


def test_moved_columns_and_rows_change_nothing(filled, owner, book, state):
    old, sheet = book["Maßnahmenplan"], book.create_sheet("Anders geordnet")
    order = [6, 1, 7, 0, 4, 3, 5, 2]
    sheet.append(["Unser Plan"])
    sheet.append([])
    rows = [[cell.value for cell in cells] for cells in old.iter_rows()]
    for values in [rows[0], *reversed(rows[1:])]:
        sheet.append([*(values[at] for at in order), "eigene Spalte"])
    del book["Maßnahmenplan"]
    assert "In der Datei steht nichts Neues" in text_of(send(owner, filled, saved(book)))


def test_without_its_hidden_sheet_every_difference_is_a_question(filled, owner, book):
    row(book, "Anrufen")["Verantwortlich"].value = "Aus der Datei"
    row(book, "Anrufen")["Maßnahme"].value = "Ganz anders"
    del book["_Stand"]
    page = send(owner, filled, saved(book)).content.decode()
    assert "Bitte entscheiden (2)" in page
    assert "Die Datei sagt nicht, was beim Herunterladen eingetragen war." in page


def test_what_is_not_understood_is_shown_with_its_place_and_nothing_is_lost(filled, owner, book):
    cells = row(book, "Anrufen")
    cells["Beginn"].value = "irgendwann im Mai"
    cells["Priorität"].value = "sehr wichtig"
    cells["Verantwortlich"].value = "=1+1"
    cells["Maßnahme"].value = "x" * 301
    book["Maßnahmenplan"].append(["Gibt es nicht", "Ohne Platz", None, None, None, None, None, None])
    answer = send(owner, filled, saved(book))
    said = text_of(answer)
    assert answer.status_code == 200
    for words in (
        "Zeile 2 der Datei – Beginn: Das ist kein Datum.",
        "irgendwann im Mai",
        "Zeile 2 der Datei – Priorität: Das haben wir nicht verstanden. sehr wichtig",
        "Hier steht eine Formel.",
        "Das ist zu lang: 301 Zeichen, erlaubt sind 300.",
        "x" * 301,
        "Ohne Platz",
    ):
        assert words in said, words
    assert "Neu (" not in said


def test_a_review_before_its_start_is_an_error_at_the_choice_and_nothing_is_stored(filled, owner, book):
    row(book, "Anrufen")["Beginn"].value = date(2029, 1, 1)
    row(book, "Anrufen")["Kontrolle"].value = date(2029, 2, 1)
    row(book, "Besuchen")["Stand"].value = "erledigt"
    page = send(owner, filled, saved(book)).content.decode()
    keys = re.findall(r'id="i-([0-9a-f]{10})"', page)
    review = next(key for key in keys if "1. Februar 2029" in page[page.index(f"i-{key}") :].split("</fieldset>")[0])
    before = everything(filled)
    answer = take(owner, filled, page, **{review: "stored"})
    assert answer.status_code == 422
    assert "Die Kontrolle liegt vor dem Beginn." in text_of(answer)
    assert presets(answer.content.decode())[review] == "stored"
    assert everything(filled) == before


def test_a_full_plan_takes_nothing(filled, owner, book):
    for number in range(MOST_MEASURES):
        book["Maßnahmenplan"].append(["planen", f"Nummer {number}", None, None, None, None, None, None])
    page = send(owner, filled, saved(book)).content.decode()
    before = everything(filled)
    answer = take(owner, filled, page)
    assert answer.status_code == 422
    assert "Der Plan ist voll" in text_of(answer)
    assert everything(filled) == before


def test_a_change_since_the_preview_shows_the_preview_anew_with_the_choices(filled, owner, book):
    row(book, "Anrufen")["Verantwortlich"].value = "Aus der Datei"
    row(book, "Besuchen")["Verantwortlich"].value = "Aus der Datei"
    page = send(owner, filled, saved(book)).content.decode()
    Measure.objects.filter(text="Anrufen").update(responsible="Inzwischen")
    before = everything(filled)
    answer = take(owner, filled, page)
    assert answer.status_code == 409
    assert "Inzwischen hat jemand hier etwas geändert." in text_of(answer)
    assert "Bitte entscheiden (1)" in text_of(answer)
    assert everything(filled) == before
    assert take(owner, filled, answer.content.decode()).status_code == 302


def test_a_choice_that_arrives_twice_does_not_say_that_nothing_is_stored(filled, owner, book):
    row(book, "Anrufen")["Verantwortlich"].value = "Aus der Datei"
    page = send(owner, filled, saved(book)).content.decode()
    assert take(owner, filled, page).status_code == 302
    answer = take(owner, filled, page)
    assert answer.status_code == 200
    assert "Alles ist hier schon so eingetragen." in text_of(answer)
    assert "Noch nicht gespeichert" not in text_of(answer)


def test_a_file_of_another_assessment_is_refused_and_can_be_taken_as_additions(filled, owner, stranger, state):
    other = Assessment.objects.exclude(pk=filled.assessment.pk).get()
    path = f"/praxishilfe/{other.pk}/zurueck"
    data = exchange(building.of_assessment(filled.assessment))
    answer = stranger.post(path, {"file": SimpleUploadedFile("daten.json", data)})
    assert answer.status_code == 422
    assert "Diese Datei gehört zu anderen Eintragungen" in text_of(answer)
    assert not Measure.objects.filter(assessment=other).exists()
    for _ in range(2):
        answer = stranger.post(f"{path}/pruefen", {"carried": hidden(answer.content.decode(), "carried")})
        page = answer.content.decode()
        if 'name="take"' in page:
            sent = carried(page) | presets(page) | {"take": "chosen"}
            assert stranger.post(f"{path}/pruefen", sent).status_code == 302
            answer = stranger.post(path, {"file": SimpleUploadedFile("daten.json", data)})
    assert "Bitte entscheiden (1)" in page  # the name; all the rest is there
    assert "Neu (" not in page
    assert Measure.objects.filter(assessment=other).count() == 3
    assert Measure.objects.filter(assessment=filled.assessment).count() == 3
    assert Assessment.objects.get(pk=other.pk).name == "Ganz andere Organisation"


def test_a_device_that_knows_where_the_file_belongs_leads_there(filled, owner, stranger):
    data = exchange(building.of_assessment(filled.assessment))
    other = Assessment.objects.exclude(pk=filled.assessment.pk).get()
    sent = {"file": SimpleUploadedFile("daten.json", data)}
    words = "Dort können Sie die Datei zurückbringen."
    assert words not in stranger.post(f"/praxishilfe/{other.pk}/zurueck", sent).content.decode()
    assert stranger.get(f"/weiter/{grouped(filled.key)}").status_code == 302
    sent = {"file": SimpleUploadedFile("daten.json", data)}
    page = stranger.post(f"/praxishilfe/{other.pk}/zurueck", sent).content.decode()
    assert words in page
    assert f'href="{filled.path("zurueck")}"' in page


def test_a_form_comes_back_with_boxes_and_rows(filled, owner, state):
    one = state.measures[0]
    fields = {
        "name": "Neuer Name",
        "rating/planen": "gut",
        "note/planen": "erste Zeile\rzweite Zeile",
        "running/planen/themen": True,
        "planned/planen/kriterien": True,
        "plan/1/id": str(one.id),
        "plan/1/checkpoint": one.checkpoint,
        "plan/1/text": "Anders gesagt",
        "plan/1/start": "28.2.2027",
        "plan/2/text": "Neu im Formular",
        "plan/2/checkpoint": "1. Strategischer Nutzen",
        "plan/3/status": "offen",
    }
    page = send(owner, filled, form(state, fields), "formular.pdf").content.decode()
    take(owner, filled, page)
    assert Assessment.objects.get(pk=filled.assessment.pk).name == "Neuer Name"
    rating = Rating.objects.get(checkpoint="planen")
    assert (rating.level, rating.note) == ("gut", "erste Zeile\nzweite Zeile")
    changed = Measure.objects.get(pk=one.id)
    assert (changed.text, changed.start) == ("Anders gesagt", date(2027, 2, 28))
    assert Measure.objects.get(text="Neu im Formular").checkpoint == "nutzen"
    assert Measure.objects.filter(suggestion="planen.kriterien").exists()
    assert Measure.objects.in_plan().count() == 5
    assert "In der Datei steht nichts Neues" in text_of(send(owner, filled, form(state, fields)))


def test_an_emptied_row_of_a_form_is_a_row_taken_out(filled, owner, state):
    one = state.measures[0]
    fields = {
        "plan/1/id": str(one.id),
        "plan/1/text": "",
        "plan/1/responsible": "",
        "plan/1/start": "",
        "plan/1/review": "",
    }
    page = send(owner, filled, form(state, fields)).content.decode()
    assert "Aus der Datei gelöscht (1)" in page


def test_a_measure_deleted_here_is_offered_again(filled, owner, book):
    remove_measure(Measure.objects.select_related("assessment").get(text="Anrufen"), by=GUEST)
    page = send(owner, filled, saved(book)).content.decode()
    assert "Hier inzwischen geändert (1)" in page
    assert "Hier gelöscht" in page
    take(owner, filled, page, "all")
    assert Measure.objects.in_plan().filter(text="Anrufen").count() == 1


def test_without_a_file_the_page_asks_for_one(filled, owner):
    answer = owner.post(filled.path("zurueck"), {})
    assert answer.status_code == 422
    assert '<p class="error" id="error_file">Bitte eine Datei auswählen.</p>' in answer.content.decode()


@pytest.mark.parametrize("megabytes", [11, 20, 45])
def test_a_file_that_is_too_large_is_named_at_the_field(filled, owner, megabytes):
    answer = send(owner, filled, b"x" * (megabytes * 1_000_000))
    assert answer.status_code == 422
    assert "Die Datei ist zu groß" in text_of(answer)


@pytest.mark.parametrize("word", ["", "x", "eJx:abc"])
def test_a_carried_word_that_is_not_ours_is_refused(filled, owner, word):
    answer = owner.post(filled.path("zurueck/pruefen"), {"carried": word, "take": "all"})
    assert answer.status_code == 422
    assert "Bitte die Datei noch einmal hochladen." in text_of(answer)


def test_a_word_carried_for_another_assessment_is_refused(filled, owner, stranger, book):
    page = send(owner, filled, saved(book)).content.decode()
    row(book, "Anrufen")["Verantwortlich"].value = "Aus der Datei"
    page = send(owner, filled, saved(book)).content.decode()
    other = Assessment.objects.exclude(pk=filled.assessment.pk).get()
    answer = stranger.post(f"/praxishilfe/{other.pk}/zurueck/pruefen", carried(page) | {"take": "all"})
    assert answer.status_code == 422


def test_a_full_plan_with_every_field_changed_fits_into_the_page(own, owner, zo):
    for number in range(MOST_MEASURES):
        content = Content("planen", f"Maßnahme Nummer {number}", "high", f"Person {number}", date(2027, 1, 1))
        add_measure(own.assessment, content, id=uuid.uuid4(), by=GUEST)
    book = workbook(stored_state(own.assessment))
    for cells in book["Maßnahmenplan"].iter_rows(min_row=2):
        cells[0].value, cells[1].value, cells[2].value = "nutzen", f"{cells[1].value}, anders", "niedrig"
        cells[3].value, cells[4].value, cells[5].value = "Jemand", date(2028, 1, 1), date(2028, 2, 2)
        cells[6].value = "begonnen"
    page = send(owner, own, saved(book)).content.decode()
    assert f"Geändert ({MOST_MEASURES * 6})" in page
    assert take(owner, own, page).status_code == 302
    assert Measure.objects.filter(checkpoint="nutzen", status="started", responsible="Jemand").count() == MOST_MEASURES


def test_nothing_of_the_file_gets_into_the_log(filled, owner, book, caplog, capfd):
    row(book, "Anrufen")["Verantwortlich"].value = "Geheime Person"
    broken = saved(book)
    for data in (
        broken,
        broken[: len(broken) // 2],
        form(stored_state(filled.assessment), {"name": "Geheime Person"})[:-400],
    ):
        send(owner, filled, data)
    assert "Geheime" not in caplog.text
    assert capfd.readouterr().err == ""  # also of the process that reads


def test_a_new_one_begins_with_a_file(filled, nobody, state):
    data = exchange(building.of_assessment(filled.assessment))
    answer = nobody.post("/praxishilfe/datei", {"file": SimpleUploadedFile("daten.json", data)})
    assert "stehen 2 Bewertungen, 1 Notiz und 3 Maßnahmen." in text_of(answer)
    assert Assessment.objects.count() == 1
    answer = nobody.post("/praxishilfe/datei", {"carried": hidden(answer.content.decode(), "carried")})
    assert answer.status_code == 302
    new = Assessment.objects.exclude(pk=filled.assessment.pk).get()
    assert answer["Location"] == f"/praxishilfe/{new.pk}/ueberblick"
    assert nobody.get(answer["Location"]).status_code == 200
    copied = stored_state(new)
    assert (copied.name, copied.running) == (state.name, state.running)
    assert set(copied.ratings) == set(state.ratings)
    plain = [[one.model_dump(exclude={"id"}) for one in whole.measures] for whole in (copied, state)]
    assert plain[0] == plain[1]


def test_what_can_still_be_brought_back_can_be_in_the_new_one_too(filled, nobody):
    before = Measure.objects.select_related("assessment").get(text="Anrufen")
    remove_measure(before, by=GUEST)
    data = exchange(building.of_assessment(filled.assessment))
    page = nobody.post("/praxishilfe/datei", {"file": SimpleUploadedFile("daten.json", data)})
    assert "und 2 Maßnahmen." in text_of(page)
    nobody.post("/praxishilfe/datei", {"carried": hidden(page.content.decode(), "carried")})
    new = Assessment.objects.exclude(pk=filled.assessment.pk).get()
    assert "Anrufen" not in [one.text for one in new.measures.in_plan()]
    (after,) = new.measures.deleted()
    assert (after.content, after.suggestion) == (before.content, before.suggestion)
    assert nobody.post(f"/praxishilfe/{new.pk}/plan/{after.pk}/zurueckholen").status_code == 302
    assert new.measures.in_plan().count() == 3


def test_what_was_deleted_elsewhere_is_not_added_to_a_plan_that_is_there(filled, owner, state):
    gone = state.measures[0].model_copy(update={"id": uuid.uuid4(), "text": "Anderswo gelöscht"})
    file = state.model_copy(update={"deleted": (gone,)}).model_dump_json().encode()
    assert "Anderswo gelöscht" not in send(owner, filled, file).content.decode()
    assert Measure.objects.filter(assessment=filled.assessment).count() == 3


def test_a_new_one_begins_with_a_form_that_was_blank(nobody, zo, edition):
    from brueckenschlag.documents.exchange.model import of_report

    blank = of_report(building.of_instrument(edition.hash))
    fields = {"name": "Aus dem Formular", "rating/planen": "gut", "rating/nutzen": "", "planned/planen/themen": True}
    answer = nobody.post("/praxishilfe/datei", {"file": SimpleUploadedFile("bogen.pdf", form(blank, fields))})
    assert "1 Bewertung, 0 Notizen und 1 Maßnahme" in text_of(answer)
    nobody.post("/praxishilfe/datei", {"carried": hidden(answer.content.decode(), "carried")})
    new = Assessment.objects.get()
    assert new.name == "Aus dem Formular"
    assert Measure.objects.get().suggestion == "planen.themen"


def test_a_file_that_names_no_instrument_begins_nothing(nobody, db):
    answer = nobody.post(
        "/praxishilfe/datei", {"file": SimpleUploadedFile("f.pdf", form(None, {"rating/planen": "gut"}))}
    )
    assert answer.status_code == 422
    assert "sagt nicht, zu welcher Praxishilfe sie gehört" in text_of(answer)


def test_a_new_one_says_what_todays_edition_has_no_place_for(nobody, filled, state):
    data = json.loads(state.model_dump_json())
    data["edition_hash"] = "f" * 64
    data["ratings"].append({"checkpoint": "frueher", "level": "gut", "note": "Alte Notiz"})
    data["measures"].append(
        {**data["measures"][0], "id": str(uuid.uuid4()), "checkpoint": "frueher", "text": "Alter Plan"}
    )
    sent = {"file": SimpleUploadedFile("daten.json", json.dumps(data).encode())}
    answer = nobody.post("/praxishilfe/datei", sent)
    said = text_of(answer)
    for words in (
        "Die Datei ist aus einer anderen Fassung.",
        "Alte Notiz",
        "Alter Plan",
        "2 Bewertungen",
        "3 Maßnahmen",
    ):
        assert words in said
    nobody.post("/praxishilfe/datei", {"carried": hidden(answer.content.decode(), "carried")})
    new = Assessment.objects.exclude(pk=filled.assessment.pk).get()
    assert Measure.objects.filter(assessment=new).count() == 3


@pytest.mark.parametrize(
    ("slug", "words"),
    [("kmu", "gehört zu einer anderen Praxishilfe: „"), ("anderswo", "gibt es hier nicht („anderswo“)")],
)
def test_a_file_of_another_instrument_is_refused(filled, owner, state, slug, words):
    other = state.model_copy(update={"instrument": slug})
    answer = send(owner, filled, other.model_dump_json().encode(), "daten.json")
    assert answer.status_code == 422
    assert words in text_of(answer)


def test_what_this_edition_does_not_have_is_shown_and_the_rest_taken(filled, owner, state):
    data = json.loads(state.model_dump_json())
    data["edition_hash"] = "f" * 64
    data["ratings"].append({"checkpoint": "frueher", "level": "gut", "note": "Aus einer anderen Fassung"})
    data["running"].append("planen.frueher")
    data["name"] = "Anders"
    data["base"] = None
    answer = send(owner, filled, json.dumps(data).encode(), "daten.json")
    assert "Nicht verstanden (" not in text_of(answer)  # the file is its own base: nobody has written that since
    from brueckenschlag.documents.exchange.model import packed

    data["base"] = packed(state.model_copy(update={"edition_hash": "f" * 64}))
    said = text_of(send(owner, filled, json.dumps(data).encode(), "daten.json"))
    assert "Nicht verstanden (3)" in said
    assert "Das gibt es in dieser Fassung der Praxishilfe nicht." in said
    assert "Aus einer anderen Fassung" in said
    assert "Die Datei ist aus einer anderen Fassung der Praxishilfe." in said
    assert "Geändert (1)" in said


def test_the_pages_speak_every_language(filled, owner, book):
    book["Maßnahmenplan"].append([*row_of(stored_state(filled.assessment).measures[0])[:-1], None])
    for language in ("en", "de-simple"):
        path = f"/{language}{filled.path('zurueck')}"
        assert owner.get(path).status_code == 200
        answer = owner.post(path, {"file": SimpleUploadedFile("plan.xlsx", saved(book))})
        assert answer.status_code == 200
        assert f'action="/{language}/praxishilfe/' in answer.content.decode()
