"""What hypothesis makes up: a base, what somebody did to the file, and what others did here meanwhile."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from hypothesis import strategies as st

from brueckenschlag.documents.exchange.model import Exchange, ExchangedMeasure, ExchangedRating
from brueckenschlag.documents.returns.compare import Item, compare
from brueckenschlag.documents.returns.returned import ROW_FIELDS, TICKED, Returned, Row, as_row_values

POINTS = ("nutzen", "planen", "kontakte")
LEVELS = ("", "dringend", "bedarf", "gut")
SUGGESTIONS = ("planen.themen", "planen.kriterien", "nutzen.helfende")
OWNER = UUID(int=7)
WORDS = st.sampled_from(("Anrufen", "Besuchen", "Einladen"))
DAYS = st.sampled_from((None, date(2027, 2, 28), date(2028, 3, 1)))
FEW = st.sampled_from(("", "Vorstand", "Frau Yılmaz"))


@st.composite
def measures(draw, first=0, most=4):
    number = draw(st.integers(0, most))
    return tuple(
        ExchangedMeasure(
            id=UUID(int=first + at + 1),
            checkpoint=draw(st.sampled_from(POINTS)),
            text=draw(WORDS),
            priority=draw(st.sampled_from(("high", "medium", "low"))),
            responsible=draw(FEW),
            start=None,
            review=draw(DAYS),
            status=draw(st.sampled_from(("open", "done"))),
        )
        for at in range(number)
    )


@st.composite
def states(draw):
    """A stored state."""
    ratings = tuple(
        ExchangedRating(checkpoint=one, level=draw(st.sampled_from(LEVELS)), note=draw(FEW))
        for one in POINTS
        if draw(st.booleans())
    )
    return Exchange(
        made_on=date(2026, 11, 26),
        instrument="zo",
        edition="1",
        edition_hash="0" * 64,
        assessment=OWNER,
        name=draw(FEW),
        ratings=ratings,
        running=tuple(draw(st.sets(st.sampled_from(SUGGESTIONS)))),
        measures=draw(measures()),
    )


def as_file(state: Exchange, base: Exchange | None, *, is_whole: bool = True) -> Returned:
    """A file that says exactly this state."""
    ratings = {one.checkpoint: one for one in state.ratings}
    return Returned(
        kind="workbook",
        base=base,
        name=state.name,
        levels={one: ratings[one].level if one in ratings else "" for one in POINTS},
        notes={one: ratings[one].note if one in ratings else "" for one in POINTS},
        running={one: TICKED if one in state.running else "" for one in SUGGESTIONS},
        rows=tuple(Row(at, str(one.id), as_row_values(one)) for at, one in enumerate(state.measures, start=2)),
        is_whole=is_whole,
    )


@st.composite
def edited(draw, state: Exchange):
    """The state after somebody has worked on it: other entries, measures changed, added, taken out, reordered."""
    other = draw(states())
    kept = [one for one in state.measures if draw(st.booleans())]
    kept = [
        one.model_copy(update={"text": draw(WORDS), "responsible": draw(FEW), "review": draw(DAYS)})
        if draw(st.booleans())
        else one
        for one in kept
    ]
    added = draw(measures(first=draw(st.sampled_from((100, 200))), most=2))
    return other.model_copy(update={"measures": tuple(draw(st.permutations([*kept, *added])))})


@dataclass(frozen=True)
class Story:
    """Base, file and what is stored now."""

    file: Returned
    stored: Exchange


@st.composite
def stories(draw):
    """Somebody has worked in the file, others here; the base may be lost, new rows have no id."""
    base = draw(states())
    file = as_file(draw(edited(base)), draw(st.sampled_from((base, base, None))), is_whole=draw(st.booleans()))
    known = {str(one.id) for one in base.measures}
    rows = tuple(replace(row, id=row.id if row.id in known else "") for row in file.rows)
    here = draw(edited(base))
    gone = tuple(one for one in base.measures if one.id not in {other.id for other in here.measures})
    return Story(replace(file, rows=rows), here.model_copy(update={"deleted": gone if draw(st.booleans()) else ()}))


def applied(stored: Exchange, items: list[Item]) -> Exchange:
    """What is stored after these items have been taken; the plainest way to say what the operations must do."""
    ratings = {one.checkpoint: {"level": one.level, "note": one.note} for one in stored.ratings}
    running = set(stored.running)
    rows = {str(one.id): as_row_values(one) for one in stored.measures}
    gone = {str(one.id): one for one in stored.deleted}
    name = stored.name
    for item in items:
        if item.subject == "name":
            name = item.file
        elif item.subject in ("level", "note"):
            ratings.setdefault(item.of, {"level": "", "note": ""})[item.subject] = item.file
        elif item.subject == "running":
            running = running | {item.of} if item.file else running - {item.of}
        elif item.subject == "field":
            rows[item.of][item.field] = item.file
        elif item.kind == "removed":
            gone[item.of] = next(one for one in stored.measures if str(one.id) == item.of)
            del rows[item.of]
        else:
            rows[item.of] = {field: item.file_values.get(field, "") for field in ROW_FIELDS}
            gone.pop(item.of, None)
    found = tuple(
        ExchangedMeasure.model_validate(
            {"id": id, **{key: value or None if key in ("start", "review") else value for key, value in row.items()}}
        )
        for id, row in rows.items()
    )
    return stored.model_copy(
        update={
            "name": name,
            "ratings": tuple(ExchangedRating(checkpoint=key, **one) for key, one in ratings.items()),
            "running": tuple(sorted(running)),
            "measures": found,
            "deleted": tuple(gone.values()),
        }
    )


def taken_by_default(file: Returned, stored: Exchange) -> Exchange:
    """What is stored after the preview's presets were accepted."""
    return applied(stored, [item for item in compare(file, stored).items if item.is_undisputed])
