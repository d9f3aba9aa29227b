"""What people type about advice: what it may do, who takes something over, and a list of clients."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..accounts.client_list import LONGEST_LIST
from ..accounts.models import NAME_LENGTH
from .forms import Day, PlainText
from .organisation_forms import Choices, Name

ALLOWED = (("read", _("Nur lesen")), ("write", _("Lesen und schreiben")))
SCOPES = (("all", _("Alle Praxishilfen")), ("some", _("Nur diese")))
_CHOOSE = dict.fromkeys(("required", "invalid_choice"), _("Bitte eine der Möglichkeiten wählen."))


class AdviceForm(forms.Form):
    """What an adviser may do, with which assessments, and until when; and where to mail the link to."""

    allowed = forms.ChoiceField(choices=ALLOWED, error_messages=_CHOOSE)
    scope = forms.ChoiceField(choices=SCOPES, error_messages=_CHOOSE)
    assessments = forms.MultipleChoiceField(
        required=False,
        error_messages={"invalid_choice": _("Diese Praxishilfe gibt es hier nicht (mehr).")},
    )
    until = Day(required=False)
    address = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={
            "invalid": _("Das ist keine E-Mail-Adresse. Sie sieht etwa so aus: name@example.org."),
            "max_length": _("Diese E-Mail-Adresse ist zu lang."),
        },
    )

    def __init__(self, *args: Any, assessments: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["assessments"].choices = assessments  # type: ignore[attr-defined]  # see forms.CheckpointForm

    def clean_until(self) -> Any:
        """A day that is not over yet."""
        day = self.cleaned_data["until"]
        if day is not None and day < timezone.localdate():
            raise ValidationError(gettext("Dieser Tag ist schon vorbei."), code="past")
        return day

    def clean(self) -> None:
        """Who allows only some names at least one."""
        some = self.cleaned_data.get("scope") == "some"
        if some and "assessments" not in self.errors and not self.cleaned_data.get("assessments"):
            self.add_error("assessments", gettext("Bitte mindestens eine Praxishilfe wählen."))

    @property
    def covered(self) -> list[str] | None:
        """The ids of the assessments that are covered; None for all."""
        return self.cleaned_data["assessments"] if self.cleaned_data["scope"] == "some" else None


class TakeForm(forms.Form):
    """Into which organisation something is taken, "" for a new one of that name, and what the adviser may do then."""

    organisation = forms.ChoiceField(required=False, error_messages=_CHOOSE)
    name = Name(max_length=NAME_LENGTH, required=False)
    allowed = forms.ChoiceField(error_messages=_CHOOSE)

    def __init__(self, *args: Any, organisations: Choices, allowed: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        # Where the adviser may be left nothing, or is not asked about, no choice means nothing.
        self.fields["allowed"].required = bool(allowed) and "" not in dict(allowed)
        self.fields["organisation"].choices = [*organisations, ("", "")]  # type: ignore[attr-defined]  # as above
        self.fields["allowed"].choices = allowed  # type: ignore[attr-defined]  # as above


class ClientListForm(forms.Form):
    """A list of clients, pasted or as a file; the file counts where both are there."""

    text = PlainText(required=False, max_length=LONGEST_LIST)
    file = forms.FileField(required=False, allow_empty_file=True)

    def clean_file(self) -> str:
        """What is in the file, "" without one; raises ValidationError for what is no text, or too long."""
        sent = self.cleaned_data["file"]
        if sent is None:
            return ""
        if sent.size > LONGEST_LIST:
            raise ValidationError(gettext("Diese Datei ist zu groß für eine Liste."), code="large")
        raw = sent.read()
        # A spreadsheet writes one of these; only UTF-16 says so at its beginning.
        for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
            try:
                return str(PlainText(max_length=LONGEST_LIST, required=False).clean(raw.decode(encoding)))
            except (UnicodeDecodeError, ValidationError):
                continue
        raise ValidationError(gettext("Diese Datei ist keine Liste im Format CSV."), code="no-text")

    def clean(self) -> None:
        """There is something in one of them."""
        if not self.errors and not self.listed.strip():
            self.add_error("text", gettext("Bitte eine Liste einfügen oder eine Datei wählen."))

    @property
    def listed(self) -> str:
        """The list as text."""
        return str(self.cleaned_data.get("file") or self.cleaned_data.get("text") or "")
