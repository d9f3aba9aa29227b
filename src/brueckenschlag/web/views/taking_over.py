"""Keeping a guest's assessments in an account: those that this device knows, and others by their link."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ...accounts import keys
from ...accounts.models import Organisation
from ...accounts.operations import found_organisation
from ...assessments.models import Assessment
from ...assessments.operations import take_over
from .. import visitor
from ..guards import actor_of, signed_in
from ..paths import instrument_of
from .signing_in import ASKED

NEW = "new"


class TakeOverForm(forms.Form):
    """Which assessments go where, and what becomes of their links."""

    chosen = forms.MultipleChoiceField(
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Bitte mindestens eine der Praxishilfen wählen.")
        )
    )
    organisation = forms.ChoiceField(
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Bitte eine der Organisationen wählen."))
    )
    links = forms.ChoiceField(
        choices=[
            ("keep", _("Die Links bleiben gültig")),
            ("revoke", _("Die Links ungültig machen")),
        ],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Bitte sagen, was mit den Links geschieht.")),
    )


@require_http_methods(ASKED)
@signed_in
def keep(request: HttpRequest) -> HttpResponse:
    """Lists what can be kept; POST adds one by its link, or takes over."""
    person = visitor.visitor(request)
    error = ""
    if request.method == "POST" and "link" in request.POST:
        error = _remember(request, request.POST["link"][:500])
        if not error:
            return redirect("take_over")
    found = _guests_own(request, person)
    organisations = list(Organisation.objects.editable_by(person).order_by("name", "created_at"))
    is_sent = request.method == "POST" and "link" not in request.POST
    form = _form(request, found, organisations, is_sent=is_sent)
    if is_sent and form.is_valid():
        return _taken(request, form, found, organisations)
    cards = [
        (one, instrument_of(one).frame.title, not is_sent or str(one.pk) in form["chosen"].value()) for one in found
    ]
    shown = {
        "cards": cards,
        "form": form,
        "has_choice": bool(organisations),
        "error": error,
        "link": request.POST.get("link", "")[:500],
    }
    return render(request, "account/take_over.html", shown, status=422 if error or form.errors else 200)


def _remember(request: HttpRequest, text: str) -> str:
    """Connects this device with the assessment behind a personal link; what is wrong with the link, or nothing."""
    clean = keys.key_in(text)
    holder = keys.Visitor.with_keys([clean] if clean else [])
    found = Assessment.objects.visible_to(holder).first()
    if clean is None or found is None:
        return gettext("Diesen Link kennen wir nicht. Bitte den ganzen Link einfügen.")
    if found.owner_hash not in holder.hashes:
        return gettext("Dieser Link ist nur zum Lesen. Zum Behalten brauchen Sie den persönlichen Link.")
    if found.organisation_id:
        return gettext("Diese Praxishilfe gehört schon zu einer Organisation.")
    visitor.remember(request, found, clean)
    return ""


def _guests_own(request: HttpRequest, person: keys.Visitor) -> list[Assessment]:
    """Assessments whose owner's key this device holds and that belong to no organisation, the latest first."""
    own = Assessment.objects.editable_by(person).filter(organisation=None, owner_hash__in=person.hashes)
    guests = own.select_related("edition")
    by_id = {one.pk: one for one in guests}
    return [by_id[id] for id in visitor.known_ids(request) if id in by_id]


def _form(
    request: HttpRequest, found: list[Assessment], organisations: list[Organisation], *, is_sent: bool
) -> TakeOverForm:
    data = request.POST.copy()
    if not organisations:
        data["organisation"] = NEW
    initial = {"links": "keep", "organisation": str(organisations[0].pk) if organisations else NEW}
    form = TakeOverForm(data if is_sent else None, initial=initial)
    form.fields["chosen"].choices = [(str(one.pk), "") for one in found]  # type: ignore[attr-defined]  # unknown to stubs
    form.fields["organisation"].choices = [  # type: ignore[attr-defined]  # as above
        *((str(one.pk), one.name or gettext("Organisation ohne Namen")) for one in organisations),
        (NEW, gettext("Eine neue Organisation")),
    ]
    return form


def _taken(
    request: HttpRequest, form: TakeOverForm, found: list[Assessment], organisations: list[Organisation]
) -> HttpResponse:
    chosen = [one for one in found if str(one.pk) in form.cleaned_data["chosen"]]
    actor, wanted = actor_of(request), form.cleaned_data["organisation"]
    by_id = {str(one.pk): one for one in organisations}
    organisation = by_id.get(wanted) or _founded(chosen, request)
    keep_links = form.cleaned_data["links"] == "keep"
    taken = take_over(chosen, organisation, by=actor, keep_links=keep_links)
    if not keep_links:
        for one in taken:
            visitor.forget(request, one)
    return redirect(f"{reverse('account')}?uebernommen={len(taken)}")


def _founded(chosen: list[Assessment], request: HttpRequest) -> Organisation:
    """An organisation called as the assessment is that this device has known longest, of those with a name."""
    oldest_first = chosen[::-1]
    name = next((one.name for one in oldest_first if one.name), "")
    kind = "kmu" if oldest_first[0].edition.slug == "kmu" else "zo"
    return found_organisation(name, kind, by=actor_of(request))
