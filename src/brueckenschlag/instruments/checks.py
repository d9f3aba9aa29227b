"""Checks across a whole instrument that its form alone cannot tell.

Keys, references, terms, sources, languages, and whether the other side's instrument agrees.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from . import markup
from .faults import ContentError, Fault
from .loader import Draft
from .model import ALL_COLUMNS, Instrument
from .strict_yaml import Place, Source, Value

NEEDED_COLUMNS = {"checkpoint", "measure"}
LANGUAGE = re.compile(r"[a-z]{2}(-[A-Za-z0-9]+)*")
# Stands in a draft where a text is still missing.
PLACEHOLDER = "BITTE ERGÄNZEN"
# Fields whose text may explain a term in place.
MARKED = {"statement", "hint", "intro", "explanation", "text"}
# Brackets, control characters (also those above ASCII) and the marks that turn the direction of text.
_FORBIDDEN = re.compile(r"[<>\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def faults_in(folder: Path, others: Mapping[str, Path] | None = None) -> list[Fault]:
    """All faults of the instrument in that folder, sorted by file and line; it can be published when none is left.

    `others` are the folders of other instruments by slug, for the check of what this one mirrors. Among the faults are
    hints, which do not stop anything.
    """
    missing = list(_placeholders(folder))
    try:
        draft = Draft(folder)
    except ContentError as error:
        return sorted({*error.faults, *missing})
    found = [
        *missing,
        *_languages(draft),
        *_mirrors(draft, others or {}),
        *_names(draft),
        *_double_keys(draft),
        *_references(draft),
        *_texts(draft),
        *_terms(draft),
        *_coverage(draft),
        *_scale_and_plan(draft),
    ]
    return sorted(set(found))


def _placeholders(folder: Path) -> Iterator[Fault]:
    """Texts that a draft still lacks; looked for also where other faults keep the draft from being read."""
    for file in [folder / "instrument.yaml", *sorted((folder / "checkpoints").glob("*.yaml"))]:
        try:
            source = Source(file)
        except ContentError:
            continue
        for place, text in _walk(source.value):
            if PLACEHOLDER in text:
                yield source.fault(place, f"Hier fehlt noch ein Text; bitte „{PLACEHOLDER}“ ersetzen.")


def _names(draft: Draft) -> Iterator[Fault]:
    frame = draft.frame_source
    if draft.frame.slug != draft.folder.name:
        yield frame.fault(("slug",), f"„slug“ muss wie der Ordner heißen: {draft.folder.name}.")
    for source, checkpoint in zip(draft.checkpoint_sources, draft.instrument.checkpoints, strict=True):
        if checkpoint.key != source.file.stem:
            yield source.fault(("key",), f"„key“ muss wie die Datei heißen: {source.file.stem}.")
    for file in sorted((draft.folder / "checkpoints").glob("*.yaml")):
        if file.stem not in draft.frame.checkpoints:
            yield Fault(file, 1, "Dieser Checkpunkt steht nicht in der Liste „checkpoints“ von instrument.yaml.")


def _sources(draft: Draft) -> list[Source]:
    """The files of the original."""
    return [draft.frame_source, *draft.checkpoint_sources]


def _all_sources(draft: Draft) -> list[Source]:
    """The files of the original and of every language."""
    return _sources(draft) + [source for one in draft.translations.values() for source in one.sources.values()]


def _repeated(source: Source, keyed: Iterable[tuple[Place, str]], what: str = "Der Schlüssel") -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for place, key in keyed:
        if key in seen:
            yield source.fault(place, f"{what} „{key}“ ist schon in Zeile {seen[key]} vergeben.")
        seen.setdefault(key, source.line(place))


def _double_keys(draft: Draft) -> Iterator[Fault]:
    frame = draft.frame_source
    lists: dict[Place, list[str]] = {
        ("sections",): [section.key for section in draft.frame.sections],
        ("glossary",): [term.key for term in draft.frame.glossary],
        ("scale", "levels"): [level.key for level in draft.frame.scale.levels],
    }
    for place, keys in lists.items():
        yield from _repeated(frame, (((*place, at, "key"), key) for at, key in enumerate(keys)))
    keys = list(draft.frame.checkpoints)
    yield from _repeated(frame, ((("checkpoints", at), key) for at, key in enumerate(keys)))
    for source, checkpoint in zip(draft.checkpoint_sources, draft.instrument.checkpoints, strict=True):
        groups = [group.key for group in checkpoint.groups]
        yield from _repeated(source, ((("groups", at, "key"), key) for at, key in enumerate(groups)))
        entries = [(place, text) for place, text in _walk(source.value) if place[-1] == "key" and len(place) >= 5]
        yield from _repeated(source, entries)


def _walk(value: Value, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text of a file with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _walk(child, (*place, key))
    else:
        for position, child in enumerate(value):
            yield from _walk(child, (*place, position))


def _references(draft: Draft) -> Iterator[Fault]:
    known = set(draft.instrument.checkpoint_by_key) | set(draft.instrument.suggestion_by_key)
    for source in draft.checkpoint_sources:
        for place, text in _walk(source.value):
            if "see" in place and text not in known:
                yield source.fault(place, f"„see“ zeigt auf „{text}“, das es nicht gibt.")


def _languages(draft: Draft) -> Iterator[Fault]:
    for language, one in draft.translations.items():
        if not LANGUAGE.fullmatch(language):
            yield Fault(one.folder, 1, f"„{language}“ ist kein Kürzel einer Sprache wie en oder de-simple.")
        if language == draft.frame.language:
            yield Fault(one.folder, 1, "Das ist die Sprache der Vorlage selbst; sie braucht keinen Ordner.")
        for place in one.translation.unknown:
            yield one.fault(place, f"„{place[-1]}“ gibt es in der Vorlage nicht.")
        for place in one.translation.missing:
            yield one.fault(place, f"Es fehlt: {'.'.join(place)}. Dort steht der Text der Vorlage.").as_hint()


def _mirrors(draft: Draft, others: Mapping[str, Path]) -> Iterator[Fault]:
    """Counterparts must exist in the other side's instrument and name this side in turn."""
    slug = draft.frame.mirrors
    named = [
        (source, place, text)
        for source in draft.checkpoint_sources
        for place, text in _walk(source.value)
        if "mirrors" in place
    ]
    if slug is None:
        for source, place, _ in named:
            yield source.fault(place, "„mirrors“ braucht in instrument.yaml das Instrument der anderen Seite.")
        return
    other = _other(others.get(slug))
    if other is None:
        yield draft.frame_source.fault(("mirrors",), f"Das Instrument „{slug}“ gibt es nicht, oder es ist fehlerhaft.")
        return
    for source, place, text in named:
        entry = other.suggestion_by_key.get(text)
        if entry is None:
            yield source.fault(place, f"„mirrors“ zeigt auf „{text}“, das es in „{slug}“ nicht gibt.")
        elif other.frame.mirrors == draft.frame.slug and _own_key(source, place) not in entry.mirrors:
            yield source.fault(place, f"„{text}“ in „{slug}“ nennt diese Anregung nicht als Gegenstück.")


def _other(folder: Path | None) -> Instrument | None:
    try:
        return Draft(folder).instrument if folder else None
    except ContentError:
        return None


def _own_key(source: Source, place: Place) -> str:
    """Full key of the suggestion that holds that place."""
    value: Value = source.value
    for step in place[: place.index("mirrors")]:
        value = value[step]  # type: ignore[index]  # the place was found in this very value
    return f"{source.file.stem}.{value['key']}"  # type: ignore[index, call-overload]  # the same


def _is_action(place: Place) -> bool:
    """Whether the text there is a suggestion's own, in the original or in another language."""
    return place[-1] == "text" and "suggestions" in place


def _texts(draft: Draft) -> Iterator[Fault]:
    for source in _all_sources(draft):
        for place, text in _walk(source.value):
            if _FORBIDDEN.search(text):
                yield source.fault(place, "Spitze Klammern und Steuerzeichen sind nicht erlaubt.")
            if _is_action(place) and text.rstrip().endswith("."):
                yield source.fault(place, "Eine Anregung endet ohne Punkt, damit sie im Plan stehen kann.")


def _is_marked(place: Place) -> bool:
    """Whether terms and foreign words can be marked there."""
    return place[-1] in MARKED or place in (("goal",), ("practice",), ("adaptation",))


def _terms(draft: Draft) -> Iterator[Fault]:
    known = set(draft.instrument.term_by_key)
    used: set[str] = set()
    for source in _all_sources(draft):
        for place, text in _walk(source.value):
            keys = markup.term_keys(text)
            may_name = _is_marked(place) and not _is_action(place)
            may_foreign = _is_marked(place) or place[-1] == "meaning"
            if (
                (keys and not may_name)
                or (markup.has_foreign_mark(text) and not may_foreign)
                or markup.has_broken_mark(text)
            ):
                yield source.fault(place, "Klammern [[…]] oder ((…)) sind hier falsch oder nicht erlaubt.")
            for key in keys:
                used.add(key)
                if key not in known:
                    yield source.fault(place, f"Der Begriff „{key}“ steht nicht im Glossar.")
    for position, term in enumerate(draft.frame.glossary):
        if term.key not in used and term.source is None:
            yield draft.frame_source.fault(
                ("glossary", position), f"Der Begriff „{term.key}“ wird nirgends erklärt oder gebraucht."
            )


def _coverage(draft: Draft) -> Iterator[Fault]:
    """Compares the `source` fields with `sources.yaml`, the list of points that must be covered."""
    file = draft.folder / "sources.yaml"
    if not file.exists():
        return
    try:
        listing = Source(file)
    except ContentError as error:
        yield from error.faults
        return
    listed = list(_walk(listing.value))
    yield from _repeated(listing, listed, "Die Quelle")
    wanted = {text: place for place, text in listed}
    met: dict[str, str] = {}
    for source, place, text in _given_sources(draft):
        if text not in wanted:
            yield source.fault(place, f"Die Quelle „{text}“ steht nicht in sources.yaml.")
        elif text in met:
            yield source.fault(place, f"Die Quelle „{text}“ ist schon bei {met[text]} angegeben.")
        met.setdefault(text, f"{source.file.name}:{source.line(place)}")
    for text in wanted.keys() - met.keys():
        yield listing.fault(wanted[text], f"Zur Quelle „{text}“ gibt es keinen Eintrag.")


def _given_sources(draft: Draft) -> Iterator[tuple[Source, Place, str]]:
    for source in _sources(draft):
        for place, text in _walk(source.value):
            if place[-1] == "source":
                yield source, place, text


def _scale_and_plan(draft: Draft) -> Iterator[Fault]:
    frame = draft.frame_source
    if len(draft.frame.scale.levels) < 2:
        yield frame.fault(("scale", "levels"), "Eine Skala braucht mindestens zwei Stufen.")
    columns = [column.key for column in draft.frame.plan.columns]
    if columns != [key for key in ALL_COLUMNS if key in columns] or not set(columns) >= NEEDED_COLUMNS:
        yield frame.fault(
            ("plan", "columns"),
            f"Spalten des Plans sind diese, in dieser Reihenfolge: {', '.join(ALL_COLUMNS)}. "
            "„checkpoint“ und „measure“ braucht jeder Plan, die anderen können fehlen.",
        )
    if draft.frame.minutes.least > draft.frame.minutes.most:
        yield frame.fault(("minutes",), "„least“ darf nicht größer als „most“ sein.")
