"""The real source document comes out whole: counts, order, statements, footnotes; remarks and debris stay out."""

import re
from pathlib import Path
from time import perf_counter

import pytest

from brueckenschlag.imports.drafts import Imported, import_document
from tests.imports.conftest import sentences

# Not ours to publish, so it lies beside the checkout, if at all; what comes out of it is committed nowhere.
MISSION = Path(__file__).resolve().parents[3] / "shared" / "mission"
FOUND = sorted(MISSION.glob("000_*.txt"))
pytestmark = pytest.mark.skipif(not FOUND, reason=f"the source document is not beside this checkout ({MISSION})")

GROUPS = [[10], [6, 5], [12], [5], [11], [13], [13]]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return import_document(FOUND[0], tmp_path_factory.mktemp("import") / "quelle")


@pytest.fixture(scope="module")
def original() -> list[str]:
    return FOUND[0].read_text(encoding="utf-8").split("\n")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_there_are_seven_checkpoints_with_81_suggestions_in_their_groups(source):
    points = source.outline.checkpoints
    assert [[len(group.suggestions) for group in point.groups] for point in points] == GROUPS
    assert sum(len(point.entries()) for point in points) == 81


def test_the_six_parts_belong_to_the_sixth_suggestion_of_the_third_checkpoint(source):
    parts = {
        (at, position): len(one.parts)
        for at, point in enumerate(source.outline.checkpoints, start=1)
        for position, one in enumerate(point.groups[0].suggestions, start=1)
        if one.parts
    }
    assert parts == {(3, 6): 6}


def test_the_counts_are_those_of_the_map(source):
    text = (MISSION / "coverage.md").read_text(encoding="utf-8").partition("## The mirror")[0]
    ids = dict.fromkeys(re.findall(r"`(\d\.[AB0-9]\d?[a-f]?)`", text))
    mapped = [sum(id.startswith(f"{number}.") for id in ids) for number in range(1, 8)]
    assert [len(point.entries()) for point in source.outline.checkpoints] == mapped


def test_every_suggestion_stands_where_the_report_says_and_in_the_order_of_the_document(source, original):
    entries = [entry for point in source.outline.checkpoints for entry in point.entries()]
    places = [int(entry.text.place) for entry in entries]
    assert places == sorted(places)
    for entry in entries:
        line = original[int(entry.text.place) - 1].strip()
        assert words(line.removeprefix("o "))[:3] == words(entry.text.text)[:3]


def test_every_checkpoint_has_its_statement(source):
    for point in source.outline.checkpoints:
        assert point.statement
        assert re.match(r"(Wir|Damit wir) ", point.statement.text)
        assert re.search(r"[.]\)?$|können$", point.statement.text)


def test_nothing_is_invented_and_almost_nothing_lost(source, original):
    """All words of the draft are words of the document; what is left out is reported."""
    given: list[str] = []

    def collect(value: object, field: str = "") -> None:
        if isinstance(value, dict):
            for key, child in value.items():
                collect(child, key)
        elif isinstance(value, list):
            for child in value:
                collect(child, field)
        elif field in {"title", "subtitle", "statement", "intro", "text", "term", "label"}:
            given.extend(words(re.sub(r"\[\[[a-z-]+\|(.*?)\]\]", r"\1", str(value))))

    for value in source.form.files.values():
        collect(value)
    known = set(words(re.sub(r"(?<=[a-z)])[123](?=\W)", "", "\n".join(original)).replace("-\n\n", "-")))
    assert set(given) - known - {"BITTE", "ERGÄNZEN"} == set()
    assert len(given) > 0.97 * len(words("\n".join(original)))


def test_three_footnotes_become_terms_that_their_words_name(source):
    frame = source.form.files["instrument.yaml"]
    assert [term["key"] for term in frame["glossary"]] == ["zo", "kmu", "intermediaere-organisationen"]
    texts = "".join(section["text"] for section in frame["sections"])
    assert "([[zo|ZO]])" in texts
    assert "([[kmu|KMU]])" in texts
    assert "[[intermediaere-organisationen|Organisationen]]" in texts
    assert frame["glossary"][0]["text"].endswith("(z. B. Wohlfahrtsorganisationen).")
    assert frame["glossary"][2]["text"].endswith("Bürgerstiftungen usw.")


def test_the_frame_is_taken_where_the_document_gives_it(source):
    frame = source.outline.frame
    assert frame.minutes == (20, 40)
    assert [level.tone for level in frame.levels] == ["red", "yellow", "green"]
    assert frame.title
    assert frame.goal
    assert frame.practice
    assert len(frame.sections) == 7
    assert frame.plan.title


def test_remarks_and_debris_are_reported_with_their_lines_and_not_imported(source):
    doubts = sentences(source)
    remarks = [places for sentence, places in doubts.items() if "Kommentar [IA" in sentence]
    assert remarks == [["51", "52"], ["237", "238"]]
    debris = sorted(places[0] for sentence, places in doubts.items() if sentence.startswith("Rest vom Seitenaufbau"))
    assert debris == ["1", "248", "445"]
    written = "".join(file.read_text(encoding="utf-8") for file in source.folder.rglob("*.yaml"))
    assert "Kommentar" not in written
    assert "U2" not in written


def test_what_was_guessed_is_reported(source):
    doubts = sentences(source)
    assert doubts["Als Überschrift einer Gruppe gelesen, nicht als Anregung: „Möglichkeiten, die wir den KMU bieten.“"]
    assert "340" in doubts["Eine Klammer geht nicht auf; fehlt hier etwas?"]
    assert doubts["Auslassung im Text; fehlt hier etwas?"] == ["164"]
    assert not [sentence for sentence in doubts if "Nicht zugeordnet" in sentence]


def test_importing_it_takes_at_most_two_seconds(tmp_path):
    assert min(seconds(tmp_path / f"mal-{time}") for time in range(3)) <= 2


def seconds(folder: Path) -> float:
    begin = perf_counter()
    import_document(FOUND[0], folder)
    return perf_counter() - begin
