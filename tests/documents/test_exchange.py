"""The exchange format: what goes out comes back the same, and what is damaged is refused."""

import base64
import json
import uuid
import zlib
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from brueckenschlag.documents.exchange.model import (
    MOST_BYTES,
    Exchange,
    ExchangedMeasure,
    ExchangedRating,
    NotReadableError,
    of_report,
    packed,
    unpacked,
)
from brueckenschlag.documents.exchange.writing import exchange, schema

from .texts import BAD, saying

SCHEMA = Path(__file__).parents[2] / "docs" / "exchange.schema.json"
DOCUMENT = SCHEMA.with_name("exchange.md")

keys = st.from_regex(r"[a-z][a-z0-9-]{0,39}", fullmatch=True)
full_keys = st.builds("{}.{}".format, keys, keys)
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=120)
measures = st.builds(
    ExchangedMeasure,
    id=st.uuids(),
    checkpoint=keys,
    suggestion=st.just("") | full_keys,
    text=texts,
    priority=st.sampled_from(["high", "medium", "low"]),
    responsible=texts,
    start=st.none() | st.dates(),
    review=st.none() | st.dates(),
    status=st.sampled_from(["open", "started", "done", "dropped"]),
)
exchanges = st.builds(
    Exchange,
    made_on=st.dates(),
    instrument=keys,
    edition=st.text("0123456789.", max_size=40),
    edition_hash=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    assessment=st.none() | st.uuids(),
    name=texts,
    ratings=st.lists(st.builds(ExchangedRating, checkpoint=keys, level=st.just("") | keys, note=texts), max_size=4).map(
        tuple
    ),
    running=st.lists(full_keys, max_size=4).map(tuple),
    measures=st.lists(measures, max_size=4).map(tuple),
    deleted=st.lists(measures, max_size=2).map(tuple),
    base=st.none(),
)


@given(exchanges)
def test_what_is_packed_comes_out_the_same(entered):
    word = packed(entered)
    assert word.isascii()
    assert unpacked(word) == entered


@given(st.text() | st.binary().map(lambda junk: base64.urlsafe_b64encode(zlib.compress(junk)).decode()))
def test_any_other_word_is_refused(word):
    with pytest.raises(NotReadableError):
        unpacked(word)


@given(exchanges, st.data())
def test_a_word_cut_off_or_changed_is_refused_or_the_same(entered, data):
    word = packed(entered)
    at = data.draw(st.integers(0, len(word) - 1))
    with pytest.raises(NotReadableError):
        unpacked(word[:at])
    changed = word[:at] + ("A" if word[at] != "A" else "B") + word[at + 1 :]
    with suppress(NotReadableError):
        assert unpacked(changed) == entered


def test_a_bomb_is_refused():
    bomb = zlib.compress(b'{"name":"' + b"x" * (MOST_BYTES + 1) + b'"}', 9)
    assert len(bomb) < 10_000
    with pytest.raises(NotReadableError):
        unpacked(base64.urlsafe_b64encode(bomb).decode())


def test_the_file_holds_everything_entered(filled):
    found = Exchange.model_validate_json(exchange(filled))
    assert found.model_copy(update={"base": None}) == of_report(filled)
    assert unpacked(found.base) == of_report(filled)
    assert [str(one.id) for one in found.measures] == [one.id for one in filled.measures]
    assert [one.note for one in found.ratings] == [one.note for one in filled.ratings]
    assert found.running == filled.running
    assert str(found.assessment) == filled.assessment


def test_people_can_read_it(filled):
    text = exchange(filled).decode()
    assert filled.name in text
    assert '"start": "2027-04-20"' in text
    assert len(text.splitlines()) > 300


def test_an_empty_one_and_a_blank_one_are_files_too(empty, blank):
    assert Exchange.model_validate_json(exchange(empty)).measures == ()
    assert Exchange.model_validate_json(exchange(blank)).assessment is None


def test_deleted_rows_travel_too(filled):
    gone = replace(filled, measures=filled.measures[1:], deleted=filled.measures[:1])
    found = Exchange.model_validate_json(exchange(gone))
    assert [str(one.id) for one in found.deleted] == [filled.measures[0].id]


@pytest.mark.parametrize("text", BAD, ids=lambda text: ascii(text[:20]))
def test_whatever_people_have_typed_goes_out_as_it_is(filled, text):
    found = json.loads(exchange(saying(filled, text)))
    assert found["name"] == text
    assert {one["text"] for one in found["measures"]} == {text}


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other"},
        {"version": 2},
        {"edition_hash": "x"},
        {"instrument": "../zo"},
        {"name": "x" * 121},
        {"strange": 1},
        {"made_on": "28.2.2027"},
        {"ratings": [{"checkpoint": "nutzen", "note": "x" * 4001}]},
        {"measures": [{"id": "1", "checkpoint": "nutzen", "text": "x", "priority": "high"}]},
        {"measures": [{"id": str(uuid.uuid4()), "checkpoint": "nutzen", "text": "x", "priority": "hoch"}]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_does_not_fit_is_refused(filled, change):
    content = json.loads(exchange(filled)) | change
    with pytest.raises(ValueError, match="validation error"):
        Exchange.model_validate_json(json.dumps(content))


def test_the_published_schema_is_up_to_date():
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema(), (
        "python -m brueckenschlag exchange_schema docs/exchange.schema.json"
    )


def test_the_command_writes_the_schema(tmp_path, capsys):
    call_command("exchange_schema")
    assert json.loads(capsys.readouterr().out) == schema()
    call_command("exchange_schema", str(tmp_path / "schema.json"))
    assert (tmp_path / "schema.json").read_bytes() == SCHEMA.read_bytes()


def test_the_handbook_names_every_field():
    text = DOCUMENT.read_text(encoding="utf-8")
    described = schema()
    fields = [name for part in (described, *described["$defs"].values()) for name in part["properties"]]
    assert [name for name in fields if f"`{name}`" not in text] == []


def test_the_example_of_the_handbook_fits():
    text = DOCUMENT.read_text(encoding="utf-8")
    example = Exchange.model_validate_json(text.partition("```json")[2].partition("```")[0])
    assert example.measures[0].start == date(2027, 1, 11)
