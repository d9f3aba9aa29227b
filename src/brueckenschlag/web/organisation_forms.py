"""What people type about organisations, their areas and members, checked."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..accounts.models import NAME_LENGTH
from ..accounts.rules import MOST_AREAS
from .forms import OneLine, PlainText

# Signs without a look of their own that names may hold: Persian and some scripts of India need them.
_JOINERS = "\u200c\u200d"
Choices = list[tuple[str, str]]
KINDS = (
    ("zo", _("Gemeinnützige Organisation")),
    ("kmu", _("Betrieb")),
    ("advice", _("Beratung oder Kontaktstelle")),
)
ROLE_WORDS = {"owner": _("Leitung"), "editor": _("Mitarbeit"), "reader": _("Nur lesen")}
ROLE_HINTS = (
    ("owner", ROLE_WORDS["owner"], _("darf alles, auch Bereiche und Mitglieder ändern")),
    ("editor", ROLE_WORDS["editor"], _("darf Praxishilfen ausfüllen und planen")),
    ("reader", ROLE_WORDS["reader"], _("darf alles ansehen")),
)
AREAS_TEXT_LENGTH = MOST_AREAS * (NAME_LENGTH + 1)


def _too_many(count: int) -> forms.ValidationError:
    words = _("Das sind %(count)d Bereiche. Eine Organisation kann höchstens %(most)d haben.")
    return forms.ValidationError(words, params={"count": count, "most": MOST_AREAS}, code="many")


def has_hidden_signs(text: str) -> bool:
    """Whether a name holds signs that nobody sees but that change how it looks or is read, as in a forged name."""
    return any(unicodedata.category(sign) in ("Cf", "Co", "Cs", "Zl", "Zp") for sign in text.translate(_NONE))


_NONE = dict.fromkeys(map(ord, _JOINERS))


class Name(OneLine):
    """A name of an organisation, area or person: one line, without signs that nobody sees."""

    def to_python(self, value: Any) -> str:
        """The name; raises ValidationError for hidden signs."""
        text = super().to_python(value)
        if has_hidden_signs(text):
            raise forms.ValidationError(
                _(
                    "Der Name enthielt unsichtbare Zeichen. Wir haben sie entfernt: Bitte prüfen und noch einmal "
                    "speichern."
                ),
                code="hidden",
            )
        return text

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the field shows after an error: the name without them."""
        text = str(super().bound_data(data, initial))
        return "".join(sign for sign in text if sign in _JOINERS or not has_hidden_signs(sign))


class OrganisationForm(forms.Form):
    """Name and kind of an organisation."""

    name = Name(max_length=NAME_LENGTH, message=_("Bitte den Namen der Organisation eintragen."))
    kind = forms.ChoiceField(
        choices=KINDS,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Bitte eine der Möglichkeiten wählen.")),
    )


class PlaceField(forms.ChoiceField):
    """An area of the organisation, "" for none; any other value is an error, also an area of another organisation."""

    def __init__(self) -> None:
        words = _("Diesen Bereich gibt es hier nicht (mehr). Bitte einen anderen wählen.")
        super().__init__(required=False, error_messages={"invalid_choice": words})


class AreasForm(forms.Form):
    """New areas, one in each line, and what they lie below."""

    names = PlainText(max_length=AREAS_TEXT_LENGTH, message=_("Bitte mindestens einen Bereich eintragen."))
    parent = PlaceField()

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].choices = [("", ""), *places]  # type: ignore[attr-defined]  # see forms.CheckpointForm

    def clean_names(self) -> list[str]:
        """The names; raises ValidationError for too many, and for one that is too long or holds hidden signs."""
        names = [line.strip() for line in self.cleaned_data["names"].split("\n") if line.strip()]
        if len(names) > MOST_AREAS:
            raise _too_many(len(names))
        checked = Name(max_length=NAME_LENGTH)
        for name in names:
            try:
                checked.clean(name)
            except forms.ValidationError as error:
                words = _("„%(name)s“: %(error)s")
                facts = {"name": name[:40], "error": error.messages[0]}
                raise forms.ValidationError(words, params=facts, code="name") from None
        return names


class AreaForm(forms.Form):
    """Name of an area and what it lies below."""

    name = Name(max_length=NAME_LENGTH, message=_("Bitte den Namen des Bereichs eintragen."))
    parent = PlaceField()

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].choices = [("", ""), *places]  # type: ignore[attr-defined]  # as above


class AreaOfAssessmentForm(forms.Form):
    """To which area an assessment belongs; "" for the organisation as a whole."""

    area = PlaceField()

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].choices = [("", ""), *places]  # type: ignore[attr-defined]  # as above


class RoleForm(forms.Form):
    """A member's role."""

    role = forms.ChoiceField(
        choices=list(ROLE_WORDS.items()),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Bitte eine der Rollen wählen.")),
    )


class InvitationForm(RoleForm):
    """In which role somebody is invited, and where to mail the link; without an address there is only the link."""

    address = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={
            "invalid": _("Das ist keine E-Mail-Adresse. Sie sieht etwa so aus: name@example.org."),
            "max_length": _("Diese E-Mail-Adresse ist zu lang."),
        },
    )
