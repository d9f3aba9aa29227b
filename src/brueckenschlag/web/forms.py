"""What people type, checked; every message is in their words."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ..assessments.models import NAME_LENGTH, NOTE_LENGTH
from ..assessments.rules import Seen
from ..instruments.model import ALL_COLUMNS, Checkpoint, Instrument
from ..plans.dates import NotADayError, parse_day
from ..plans.models import RESPONSIBLE_LENGTH, TEXT_LENGTH
from ..plans.operations import Answer
from ..plans.rules import MOST_MEASURES, Content, review_is_early
from ..plans.words import PRIORITIES, STATUSES
from .conflicts import as_typed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _full() -> str:
    words = gettext(
        "Der Plan ist voll: Mehr als %(most)d Maßnahmen passen nicht hinein. Bitte zuerst Maßnahmen löschen."
    )
    return words % {"most": MOST_MEASURES}


FULL = lazy(_full, str)()
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


class PlainText(forms.CharField):
    """A text without control characters, its line ends made one kind."""

    def __init__(self, *, max_length: int, message: "StrOrPromise" = "", **options: Any) -> None:
        too_long = _("Das ist zu lang: %(show_value)d Zeichen, erlaubt sind %(limit_value)d.")
        messages = {"required": message or _("Bitte ausfüllen."), "max_length": too_long}
        super().__init__(max_length=max_length, error_messages=messages, **options)

    def to_python(self, value: Any) -> str:
        """The text; raises ValidationError when it held signs that nobody can see."""
        text = super().to_python(_tidy(value)) or ""
        if _CONTROL.search(text):
            raise forms.ValidationError(
                _(
                    "Der Text enthielt unsichtbare Steuerzeichen. Wir haben sie entfernt: Bitte prüfen und noch "
                    "einmal speichern."
                ),
                code="control",
            )
        return text

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the field shows after an error: what was typed, without the control characters."""
        return _CONTROL.sub("", _tidy(data) or "")


def _tidy(value: Any) -> Any:
    if value is None:
        return value
    # Word uses \v for a new line within a paragraph; pasted texts often carry it.
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    return unicodedata.normalize("NFC", text)


class OneLine(PlainText):
    """A plain text in which a line end is a space."""

    def to_python(self, value: Any) -> str:
        """The text on one line."""
        return super().to_python(re.sub(r"[\r\n\v\f\t]+", " ", value) if isinstance(value, str) else value)


class Day(forms.CharField):
    """A day as people type it."""

    def clean(self, value: Any) -> date | None:
        """The day or None; raises ValidationError for what is not a day."""
        try:
            return parse_day(str(value or "")[:100], timezone.localdate(), get_language() or "")
        except NotADayError as error:
            raise forms.ValidationError(gettext(error.sentence) % error.facts, code="day") from None

    def prepare_value(self, value: Any) -> Any:
        """How a stored day stands in the field."""
        return as_typed(value) if isinstance(value, date) else value


class NameForm(forms.Form):
    """The name of the organisation or area."""

    name = OneLine(max_length=NAME_LENGTH, required=False)


class MailForm(forms.Form):
    """Where to send the personal link."""

    address = forms.EmailField(
        max_length=254,
        error_messages={
            "required": _("Bitte die E-Mail-Adresse eintragen."),
            "invalid": _("Das ist keine E-Mail-Adresse. Sie sieht etwa so aus: name@example.org."),
            "max_length": _("Diese E-Mail-Adresse ist zu lang."),
        },
    )


class DocumentMailForm(MailForm):
    """Which document to send, and where."""

    document = forms.ChoiceField(error_messages={"invalid_choice": _("Dieses Dokument gibt es nicht.")})

    def __init__(self, *args: Any, documents: list[tuple[str, str]], **options: Any) -> None:
        """`documents` are the keys and words of those that can be sent."""
        super().__init__(*args, **options)
        self.fields["document"].choices = documents  # type: ignore[attr-defined]  # a ChoiceField has them


class SuggestionKeys(forms.Field):
    """Full keys of suggestions of one checkpoint."""

    widget = forms.MultipleHiddenInput
    known: frozenset[str] = frozenset()

    def clean(self, value: Any) -> list[str]:
        """The keys; raises ValidationError for one that the checkpoint does not have."""
        keys = list(value or [])
        if not self.known.issuperset(keys):
            raise forms.ValidationError(_("Diese Anregung gibt es hier nicht."), code="unknown")
        return keys


class CheckpointForm(forms.Form):
    """One checkpoint page.

    `before` holds the switches as the page showed them, `was_level` and `was_note` the rating, so that only changes are
    applied; `version` stands there instead when the person has chosen between two versions.
    """

    level = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": _("Diese Bewertung gibt es hier nicht.")}
    )
    note = PlainText(max_length=NOTE_LENGTH, required=False)
    was_level = forms.CharField(required=False, max_length=40)
    was_note = forms.CharField(required=False, max_length=64)
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31)
    running = SuggestionKeys(required=False)
    planned = SuggestionKeys(required=False)
    before = forms.CharField(required=False)

    def __init__(self, *args: Any, instrument: Instrument, checkpoint: Checkpoint, **options: Any) -> None:
        super().__init__(*args, **options)
        known = frozenset(key for key, _ in checkpoint.suggestions())
        # The stubs know only `Field`, not which kind of field a name has been given.
        self.fields["running"].known = self.fields["planned"].known = known  # type: ignore[attr-defined]
        self.fields["level"].choices = [(level.key, level.label) for level in instrument.levels]  # type: ignore[attr-defined]

    @property
    def switches(self) -> set[str]:
        """The switches that are on in what was sent, as `field:key`."""
        return {f"{name}:{key}" for name in ("running", "planned") for key in self.cleaned_data.get(name, [])}

    def clean(self) -> dict[str, Any]:
        """A page that does not say what it showed could overwrite what nobody has seen."""
        if self.cleaned_data.get("version") is None and not self.cleaned_data.get("was_note"):
            raise forms.ValidationError(gettext("Die Seite war unvollständig. Bitte neu laden."))
        return self.cleaned_data

    def _was(self) -> Seen | None:
        data = self.cleaned_data
        return Seen(data["was_level"], data["was_note"]) if data["was_note"] else None

    def answer(self) -> Answer:
        """What the page sends, ready for the operation."""
        data, before = self.cleaned_data, set(self.cleaned_data["before"].split())
        on, off = self.switches - before, before - self.switches

        def of(field: str, switches: set[str]) -> frozenset[str]:
            return frozenset(one.partition(":")[2] for one in switches if one.startswith(f"{field}:"))

        return Answer(
            level=data["level"],
            note=data["note"],
            was=self._was(),
            version=data["version"] or 0,
            running_on=of("running", on),
            running_off=of("running", off),
            planned_on=of("planned", on),
            planned_off=of("planned", off),
        )


def checkpoint_words(instrument: Instrument, earlier: Mapping[str, str]) -> dict[str, str]:
    """The checkpoints to choose from, by key: those of the instrument, then those of an earlier edition."""
    known = {one.key: f"{instrument.numbers[one.key]}. {one.title}" for one in instrument.checkpoints}
    return known | {key: gettext("%(title)s (aus der früheren Fassung)") % {"title": t} for key, t in earlier.items()}


class MeasureForm(forms.Form):
    """One row of the plan. It has many fields, so that its errors name theirs."""

    names_fields = True

    checkpoint = forms.ChoiceField(
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Bitte einen der Checkpunkte wählen."))
    )
    text = OneLine(max_length=TEXT_LENGTH, message=_("Bitte beschreiben, was zu tun ist."))
    priority = forms.ChoiceField(
        choices=list(PRIORITIES.items()),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Bitte hoch, mittel oder niedrig wählen.")),
    )
    responsible = OneLine(max_length=RESPONSIBLE_LENGTH, required=False)
    start = Day(required=False)
    review = Day(required=False)
    status = forms.ChoiceField(
        choices=list(STATUSES.items()),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Bitte offen, begonnen, erledigt oder verworfen wählen.")
        ),
    )

    def __init__(self, *args: Any, instrument: Instrument, earlier: Mapping[str, str], **options: Any) -> None:
        """`earlier` are the titles of checkpoints that only an earlier edition knows and this row may keep."""
        super().__init__(*args, **options)
        self.earlier = earlier
        self.fields["checkpoint"].choices = checkpoint_words(instrument, earlier).items()  # type: ignore[attr-defined]  # as above
        for key in ALL_COLUMNS:
            field = "text" if key == "measure" else key
            if key in instrument.column_by_key:
                self.fields[field].label = instrument.column_by_key[key].label
            else:
                del self.fields[field]
        self.fields["status"].label = gettext("Stand")

    def clean(self) -> dict[str, Any]:
        """A review before the start is an error at the review."""
        data = self.cleaned_data
        if review_is_early(data.get("start"), data.get("review")):
            self.add_error("review", _("Die Kontrolle liegt vor dem Beginn. Bitte Beginn oder Kontrolle ändern."))
        return data

    def content(self) -> Content:
        """The row as typed; what the plan has no column for stays empty, and its priority in the middle."""
        return Content(**{"priority": "medium", **self.cleaned_data})
