"""Which entries of a log somebody wants to see: by person, kind and days."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..accounts.rules import alphabetical
from ..audit.models import LogQuerySet
from .forms import Day
from .log import known_advisers, known_people
from .log_words import KINDS, verbs_of

WITHOUT_ACCOUNT, FORMERLY = "ohne-konto", "ehemals"


class LogForm(forms.Form):
    """What the address asks for."""

    person = forms.ChoiceField(
        required=False, label=_("Wer"), error_messages={"invalid_choice": _("Diese Person kommt nicht vor.")}
    )
    art = forms.ChoiceField(
        required=False,
        label=_("Was"),
        choices=[("", ""), *KINDS.items()],
        error_messages={"invalid_choice": _("Das gibt es nicht.")},
    )
    von = Day(required=False, label=_("Vom"))
    bis = Day(required=False, label=_("Bis zum"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = [("", ""), *people]  # type: ignore[attr-defined]  # see forms.CheckpointForm

    def clean(self) -> None:
        """Says at the last day that it cannot lie before the first."""
        asked = super().clean() or {}
        if asked.get("von") and asked.get("bis") and asked["bis"] < asked["von"]:
            words = gettext("Dieser Tag liegt vor dem, der bei „Vom“ steht. Bitte einen der beiden ändern.")
            self.add_error("bis", words)

    @property
    def query(self) -> str:
        """The same as the end of an address, without the page."""
        return urlencode({name: self[name].value() for name in self.fields if self[name].value()})


People = dict[str, tuple[str, Q]]


def people_in(log: LogQuerySet, *, shows_addresses: bool, is_site: bool = False) -> People:
    """Everybody in a log: a sign for addresses, their name, and how their entries are found. At most three queries."""
    pairs = set(log.order_by().values_list("person", "mandate").distinct())
    ids = {person for person, mandate in pairs if person and not mandate}
    names = known_people(ids, shows_addresses=shows_addresses, is_site=is_site)
    own = Q(mandate=None)
    found: People = {str(id): (name, own & Q(person=id)) for id, name in names.items()}
    if ids - names.keys():
        found[FORMERLY] = (gettext("ehemals beteiligt"), own & Q(person__in=ids - names.keys()))
    if (None, None) in pairs:
        found[WITHOUT_ACCOUNT] = (gettext("ohne Konto"), own & Q(person=None))
    found |= _advisers({mandate for _, mandate in pairs if mandate})
    return dict(sorted(found.items(), key=lambda one: alphabetical(one[1][0])))


def _advisers(mandates: set[UUID]) -> People:
    by_name: dict[str, list[UUID]] = defaultdict(list)
    for mandate, name in known_advisers(mandates).items():
        by_name[gettext("Beratung %(name)s") % {"name": name}].append(mandate)
    gone = mandates - {one for several in by_name.values() for one in several}
    if gone:
        by_name[gettext("Beratung, ehemals beteiligt")] = list(gone)
    return {f"b-{min(some)}": (name, Q(mandate__in=some)) for name, some in by_name.items()}


def chosen(log: LogQuerySet, people: People, form: LogForm) -> LogQuerySet:
    """The entries that a form without errors asks for; none otherwise, since any would look like the answer."""
    if not form.is_valid():
        return log.none()
    asked = form.cleaned_data
    if asked["person"]:
        log = log.filter(people[asked["person"]][1])
    if asked["art"]:
        log = log.filter(verb__in=verbs_of(asked["art"]))
    if asked["von"]:
        log = log.filter(at__gte=_midnight(asked["von"]))
    if asked["bis"]:
        log = log.filter(at__lt=_midnight(asked["bis"] + timedelta(days=1)))
    return log


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
