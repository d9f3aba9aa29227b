"""Figures of law are content: dated, with a source, and reported when their day of review has passed."""

from datetime import date, timedelta

import pytest

from brueckenschlag.instruments import figures


def test_ours_are_in_order_until_their_day_of_review():
    first = min(one.review_by for one in figures.read(figures.FILE))
    assert figures.faults_in(figures.FILE, first) == []


def test_after_its_day_of_review_a_figure_is_reported_and_stops_nothing():
    last = max(one.review_by for one in figures.read(figures.FILE))
    found = figures.faults_in(figures.FILE, last + timedelta(days=1))
    assert len(found) == len(figures.read(figures.FILE))
    assert all(one.is_hint for one in found)
    assert "war bis 28.2.2027 zu prüfen" in found[0].sentence


def test_every_figure_speaks_every_language():
    for one in figures.read(figures.FILE):
        assert set(one.languages) == {"de-simple", "en"}
        assert one.in_language("en").meaning != one.meaning
        assert one.in_language("sv") == one


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('review_by: "2027-02-28"', "review_by: bald", "„bald“ ist kein Tag."),
        ("source: https://", "source: http://", "passt nicht für"),
        ("law:", "gesetz:", "Das Feld „figures.0.gesetz“ gibt es hier nicht."),
        ("value: up to 3,300", "value: up to 3,000", "„up to 3,000 euros a year“ nennt eine andere Zahl als"),
        ("key: wirtschaftlicher-betrieb", "key: haftung-ehrenamt", "ist schon vergeben"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, before, after, sentence):
    file = tmp_path / "figures.yaml"
    file.write_text(figures.FILE.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    assert any(sentence in one.sentence for one in figures.faults_in(file, date(2026, 11, 22)))
