"""What people type about their account, checked; every message is in their words."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from ..accounts.models import NAME_LENGTH, Person
from .forms import MailForm, OneLine
from .organisation_forms import Name

CODE_WRONG = _("Dieser Code stimmt nicht. Bitte vergleichen Sie ihn mit der E-Mail.")
TOO_MANY = _("Das waren zu viele Versuche. Bitte warten Sie ein paar Minuten.")
NOT_SENT = _("Die E-Mail ließ sich nicht verschicken. Bitte versuchen Sie es später noch einmal.")


class AddressForm(MailForm):
    """Whom to send a code."""

    def clean_address(self) -> str:
        """The address in small letters, as accounts have it."""
        address: str = self.cleaned_data["address"]
        return address.lower()


class CodeForm(forms.Form):
    """A code from a letter or an app."""

    code = forms.CharField(
        max_length=40,
        error_messages={"required": _("Bitte den Code eintragen."), "max_length": _("Dieser Code ist zu lang.")},
    )


class PasswordForm(AddressForm):
    """Address and password."""

    password = forms.CharField(
        strip=False,
        max_length=1000,
        error_messages={
            "required": _("Bitte das Passwort eintragen."),
            "max_length": _("Dieses Passwort ist zu lang."),
        },
    )


class NewPasswordForm(forms.Form):
    """A new password. Once is enough: it can be shown, and there are other ways in."""

    password = forms.CharField(
        strip=False,
        max_length=1000,
        error_messages={
            "required": _("Bitte das Passwort eintragen."),
            "max_length": _("Dieses Passwort ist zu lang."),
        },
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self._person = person

    def clean_password(self) -> str:
        """Refuses short passwords and those that everybody tries first."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self._person)
        return password


class PersonForm(forms.Form):
    """How the person is called, and the language of their letters."""

    name = Name(max_length=NAME_LENGTH, required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES)


class TwoCodesForm(forms.Form):
    """The codes from the old and the new address."""

    names_fields = True
    old = forms.CharField(
        label=_("Code aus der bisherigen Adresse"),
        max_length=40,
        error_messages={"required": _("Bitte den Code eintragen.")},
    )
    new = forms.CharField(
        label=_("Code aus der neuen Adresse"),
        max_length=40,
        error_messages={"required": _("Bitte den Code eintragen.")},
    )


class PasskeyForm(forms.Form):
    """What the browser has made or signed, and how the person calls it."""

    name = OneLine(max_length=NAME_LENGTH, required=False)
    credential = forms.JSONField(
        error_messages=dict.fromkeys(("required", "invalid"), _("Das hat nicht geklappt. Bitte noch einmal."))
    )
