"""Collects the words that a file may use for what we store as keys, in every language."""

from collections.abc import Iterable, Iterator
from functools import cache

from django.conf import settings
from django.utils import translation

from ..assessments import editions
from ..assessments.models import Edition
from ..instruments import markup
from ..instruments.model import Instrument
from ..plans.words import PRIORITIES, STATUSES
from .building import SIGNS
from .returns.vocabulary import Vocabulary, by_words, plain
from .words import fixed_words

LANGUAGES = [code for code, _ in settings.LANGUAGES]


def labels() -> dict[str, dict[str, str]]:
    """What may stand over the columns of each sheet, in every language and of every published instrument."""
    known = [text for edition in editions.all_current() for text in editions.texts(edition.hash).values()]
    columns = [(str(one.label), one.key) for text in known for one in text.frame.plan.columns]
    words = [fixed_words() for language in _each_language()]
    return {
        "plan": _exact([*columns, *((one["status"], "status") for one in words)]),
        "ratings": _exact(
            pair
            for one in words
            for pair in ((one["checkpoint"], "title"), (one["rating"], "level"), (one["note"], "note"))
        ),
        "suggestions": _exact(
            pair for one in words for pair in ((one["running"], "running"), (one["into plan"], "planned"))
        ),
    }


def vocabulary(edition: str, file_edition: str) -> Vocabulary:
    """The words of a file written in `file_edition`, for use in `edition`; both named by their hash.

    An edition that this installation does not have counts as the one in use.
    """
    is_known = Edition.objects.filter(pk=file_edition).exists()
    return _vocabulary(edition, file_edition if is_known else edition)


@cache
def _vocabulary(edition: str, file_edition: str) -> Vocabulary:
    of_file = list(editions.texts(file_edition).values())
    usable = editions.original(edition)
    texts = [*of_file, *editions.texts(edition).values()]
    fixed = [fixed_words() for _ in _each_language()]
    unrated = [(one["not rated"], "") for one in fixed]
    return Vocabulary(
        checkpoints=by_words(pair for text in texts for pair in _checkpoints(text)),
        levels=by_words(pair for text in texts for pair in _levels(text))
        | {plain(words): key for words, key in unrated}
        | {SIGNS[one.tone]: one.key for one in of_file[0].levels},
        priorities=by_words((str(word), key) for _ in _each_language() for key, word in PRIORITIES.items()),
        statuses=by_words((str(word), key) for _ in _each_language() for key, word in STATUSES.items()),
        suggestions=_unmistakable(pair for text in texts for pair in _suggestions(text)),
        numbers=tuple(one.key for one in of_file[0].checkpoints),
        usable_checkpoints=frozenset(usable.checkpoint_by_key),
        usable_levels=frozenset(usable.level_by_key),
        usable_suggestions=frozenset(usable.suggestion_by_key),
    )


def _each_language() -> Iterator[str]:
    for code in LANGUAGES:
        with translation.override(code):
            yield code


def _exact(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {plain(words): key for words, key in pairs}


def _checkpoints(text: Instrument) -> Iterator[tuple[str, str]]:
    for one in text.checkpoints:
        yield str(one.title), one.key
        yield str(one.short), one.key


def _levels(text: Instrument) -> Iterator[tuple[str, str]]:
    for one in text.levels:
        yield str(one.label), one.key
        yield str(one.short), one.key


def _suggestions(text: Instrument) -> Iterator[tuple[str, str]]:
    for key, entry in text.suggestion_by_key.items():
        yield markup.unmarked(entry.text), key


def _unmistakable(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Without words that stand for two suggestions."""
    meanings: dict[str, set[str]] = {}
    for words, key in pairs:
        meanings.setdefault(plain(words), set()).add(key)
        meanings.setdefault(key, set()).add(key)
    return {words: keys.pop() for words, keys in meanings.items() if len(keys) == 1}
