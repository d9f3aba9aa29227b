"""Who advises an organisation: the list with what they may do and have done, allowing it, changing and ending it."""

from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...accounts.models import Mandate, Organisation
from ...accounts.operations import OfferGoneError, TooManyOffersError, TooManyOffersTodayError, end_mandate
from ...accounts.rules import OFFER_DAYS
from ...assessments.models import Assessment, Covered
from ...assessments.operations import change_advice, offer_advice
from ...audit.actors import Actor
from ...mail.letters import send_advice_offer
from ..advice_forms import AdviceForm
from ..deeds import last_deeds
from ..fresh_links import fresh_link, keep_link
from ..organisation_forms import Choices
from ..paths import organisation_of, personal_link, private
from ..visitor import visitor

DONE = ("erlaubt", "gemailt", "ungesendet", "geaendert", "beendet")


@private
@require_safe
def advice(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Who advises the organisation; owners can allow it."""
    found = organisation_of(visitor(request), organisation)
    form = AdviceForm(assessments=_choices(found), initial={"allowed": "read", "scope": "all"})
    return _page(request, found, form)


@private
@require_POST
def offer(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Makes a link for an adviser, and mails it where an address is given and mails can be sent."""
    person = visitor(request)
    found = organisation_of(person, organisation, "owner")
    form = AdviceForm(request.POST, assessments=_choices(found))
    if not form.is_valid():
        return _page(request, found, form, status=422)
    may_write, until = form.cleaned_data["allowed"] == "write", form.cleaned_data["until"]
    covered = _covered(found, form)
    try:
        mandate, key = offer_advice(found, covered, may_write=may_write, until=until, by=Actor(person.person))
    except TooManyOffersTodayError:
        words = gettext(
            "Im Moment sind keine weiteren Einladungen möglich. Bitte ziehen Sie offene zurück oder warten Sie."
        )
        form.add_error(None, words)
        return _page(request, found, form, status=429)
    except TooManyOffersError:
        form.add_error(None, gettext("So viele Links sind noch offen. Bitte ziehen Sie zuerst einen zurück."))
        return _page(request, found, form, status=429)
    keep_link(request, "advice", mandate.pk, key)
    return redirect(f"{reverse('advice', args=[found.pk])}?{_mailed(request, form, mandate, key)}=1")


def _mailed(request: HttpRequest, form: AdviceForm, mandate: Mandate, key: str) -> str:
    """Mails the link where that is wanted and possible; says how it went, in one of DONE."""
    address = form.cleaned_data["address"] if settings.EMAIL_HOST else ""
    if not address or mandate.offer_expires_at is None:
        return "erlaubt"
    link = personal_link(request, "open_advice", key)
    try:
        send_advice_offer(address, link=link, inviter=request.user.get_username(), expires_at=mandate.offer_expires_at)
    except (SMTPException, OSError):
        return "ungesendet"
    return "gemailt"


@private
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, organisation: UUID, mandate: UUID) -> HttpResponse:
    """What an adviser may do from now on."""
    person = visitor(request)
    found = organisation_of(person, organisation, "owner")
    own = get_object_or_404(Mandate.objects.in_force(), organisation=found, pk=mandate)
    form = AdviceForm(
        request.POST if request.method == "POST" else None, assessments=_choices(found), initial=_initial(own)
    )
    if request.method == "POST" and form.is_valid():
        may_write, until = form.cleaned_data["allowed"] == "write", form.cleaned_data["until"]
        try:
            change_advice(own, _covered(found, form), may_write=may_write, until=until, by=Actor(person.person))
        except OfferGoneError:
            raise Http404 from None
        return redirect(reverse("advice", args=[found.pk]) + "?geaendert=1")
    shown = {"organisation": found, "mandate": own, "form": form}
    return render(request, "advice_change.html", shown, status=422 if form.errors else 200)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, organisation: UUID, mandate: UUID) -> HttpResponse:
    """Asks once; then it is over. For owners of both sides: the organisation in the address is one of the two."""
    person = visitor(request)
    found = organisation_of(person, organisation, "owner")
    own = get_object_or_404(Mandate.objects.select_related("organisation", "adviser").of(found), pk=mandate)
    back = "advice" if own.organisation == found else "clients"
    if request.method == "POST":
        try:
            end_mandate(own, by=Actor(person.person))
        except OfferGoneError:
            raise Http404 from None
        return redirect(reverse(back, args=[found.pk]) + "?beendet=1")
    shown = {"parent": "of_organisation.html", "organisation": found, "back": reverse(back, args=[found.pk])}
    return render(request, "confirm.html", shown | _question(own, found))


def _question(mandate: Mandate, organisation: Organisation) -> dict[str, str]:
    if mandate.adviser is None:
        heading, words = gettext("Den Link zurückziehen?"), gettext("Er öffnet danach nichts mehr.")
        return {"heading": heading, "words": words, "action": gettext("Zurückziehen")}
    if mandate.adviser == organisation:
        words = gettext("Sie sehen danach nichts mehr von „%(name)s“.") % {"name": mandate.organisation.name}
    else:
        words = gettext("„%(name)s“ sieht danach nichts mehr von Ihnen.") % {"name": mandate.adviser.name}
    hint = gettext("Das gilt sofort. Was eingetragen ist, bleibt.")
    return {"heading": gettext("Die Beratung beenden?"), "words": words, "hint": hint, "action": gettext("Beenden")}


def _page(request: HttpRequest, organisation: Organisation, form: AdviceForm, status: int = 200) -> HttpResponse:
    is_owner = organisation.member_role == "owner"
    mandates = Mandate.objects.filter(organisation=organisation)
    in_force = list(mandates.in_force().select_related("adviser").order_by("accepted_at"))
    offered = list(mandates.offered().order_by("-created_at")) if is_owner else []
    own = {one.pk: one for one in Assessment.objects.filter(organisation=organisation)}
    names = _names_covered([*in_force, *offered])
    deeds = last_deeds(in_force, own)
    link = fresh_link(request, "advice", [one.pk for one in offered], "open_advice")
    done = next((name for name in DONE if name in request.GET), "")
    shown = {
        "organisation": organisation,
        "is_owner": is_owner,
        "mandates": [(one, names.get(one.pk, []), deeds[one.pk]) for one in in_force],
        "offers": [(one, names.get(one.pk, [])) for one in offered],
        "link": link,
        "days": OFFER_DAYS,
        "form": form,
        "done": done if link or done != "erlaubt" else "",
    }
    return render(request, "advice.html", shown, status=status)


def _choices(organisation: Organisation) -> Choices:
    """The organisation's assessments: value and words, the last changed first."""
    rows = Assessment.objects.filter(organisation=organisation).order_by("-changed_on", "pk")
    return [(str(one.pk), _words(one)) for one in rows]


def _words(assessment: Assessment) -> str:
    """Its name and the day of its last change, which tells it from others of that name."""
    day = date_format(assessment.changed_on, "SHORT_DATE_FORMAT")
    return f"{assessment.name or gettext('ohne Namen')}, {day}"


def _covered(organisation: Organisation, form: AdviceForm) -> list[Assessment] | None:
    """The assessments that the form names, None for all."""
    if form.covered is None:
        return None
    return list(Assessment.objects.filter(organisation=organisation, pk__in=form.covered))


def _initial(mandate: Mandate) -> dict[str, object]:
    return {
        "allowed": "write" if mandate.may_write else "read",
        "scope": "all" if mandate.covers_all else "some",
        "assessments": [str(id) for id in mandate.covered.values_list("assessment", flat=True)],
        "until": mandate.until,
    }


def _names_covered(mandates: list[Mandate]) -> dict[UUID, list[str]]:
    """The assessments that each of these mandates lists."""
    names: dict[UUID, list[str]] = {}
    rows = Covered.objects.filter(mandate__in=mandates, mandate__covers_all=False).select_related("assessment")
    for one in rows:
        names.setdefault(one.mandate_id, []).append(_words(one.assessment))
    return names
