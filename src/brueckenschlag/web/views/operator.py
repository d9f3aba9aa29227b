"""The site's administration: the site at a glance, mandates, mail, editions, and the log of what the operator did."""

from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...accounts.models import Mandate, MandateQuerySet, Membership, Person
from ...accounts.operations import OfferGoneError, end_mandate
from ...audit.models import LogEntry, LogQuerySet
from ...mail.letters import send_trial
from .. import codes, log, site_figures
from ..guards import actor_of, for_operators, person_of
from ..log_filter import LogForm, chosen, people_in
from ..log_words import KINDS, verbs_of
from .signing_in import ASKED

ROWS_ON_A_PAGE = 50
STATES = {"laufend": _("laufende"), "angeboten": _("angebotene"), "beendet": _("beendete")}
ORGANISATIONS = {
    "zo": _("Gemeinnützige Organisationen"),
    "kmu": _("Betriebe"),
    "advice": _("Beratungen und Kontaktstellen"),
}
# What the operator does to organisations and accounts of others; their own doings elsewhere are nobody's business.
DEEDS = (
    "organisation.erasure-asked",
    "organisation.erasure-undone",
    "member.role-changed",
    "mandate.ended",
    "person.changed",
    "person.erasure-asked",
    "person.erasure-undone",
)


@require_safe
@for_operators
def overview(request: HttpRequest) -> HttpResponse:
    """Counts, and what needs attention."""
    found = site_figures.figures()
    kinds = [(words, found.organisations.get(kind, 0)) for kind, words in ORGANISATIONS.items()]
    shown = {"figures": found, "kinds": kinds, "operator": settings.CONFIGURATION.operator}
    return render(request, "operator/overview.html", shown | {"public_url": settings.PUBLIC_URL})


@require_safe
@for_operators
def mandates(request: HttpRequest) -> HttpResponse:
    """Who advises whom."""
    wanted = request.GET.get("zeigen", "")
    wanted = wanted if wanted in STATES else "laufend"
    rows = _in_state(wanted).select_related("organisation", "adviser").order_by("-created_at", "pk")
    shown = {
        "page": Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("seite")),
        "states": STATES.items(),
        "wanted": wanted,
        "query": f"zeigen={wanted}",
        "was_ended": "beendet" in request.GET,
    }
    return render(request, "operator/mandates.html", shown)


def _in_state(state: str) -> MandateQuerySet:
    if state == "laufend":
        return Mandate.objects.in_force()
    if state == "angeboten":
        return Mandate.objects.offered()
    return Mandate.objects.filter(~Q(ended_at=None) | Q(until__lt=timezone.localdate()))


@require_http_methods(ASKED)
@for_operators
def end(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Asks once, and ends a mandate or takes an offer back; both sides see it in their log."""
    found = get_object_or_404(Mandate.objects.select_related("organisation", "adviser"), pk=mandate, ended_at=None)
    back = reverse("operator_mandates")
    if request.method == "POST":
        try:
            end_mandate(found, by=actor_of(request))
        except OfferGoneError:
            return redirect(back)
        return redirect(back + "?beendet=1")
    shown = {
        "parent": "operator/frame.html",
        "heading": gettext("Die Beratung beenden?"),
        "words": gettext("„%(adviser)s“ sieht danach nichts mehr von „%(client)s“.")
        % {"adviser": found.adviser.name if found.adviser else "–", "client": found.organisation.name},
        "hint": gettext("Das gilt sofort. Was eingetragen ist, bleibt."),
        "action": gettext("Beenden"),
        "back": back,
    }
    return render(request, "confirm.html", shown)


@require_safe
@for_operators
def mail(request: HttpRequest) -> HttpResponse:
    """Whether letters go out, which wait, and which did not go."""
    return _mail_page(request)


@require_POST
@for_operators
def trial(request: HttpRequest) -> HttpResponse:
    """Sends a letter to the operator who asks for it."""
    person = person_of(request)
    if not settings.EMAIL_HOST:
        return redirect("operator_mail")
    if not codes.may_send(request, person.email):
        return _mail_page(request, gettext("Das waren zu viele auf einmal. Bitte warten Sie ein paar Minuten."), 429)
    try:
        send_trial(person.email)
    except (SMTPException, OSError) as error:
        words = gettext("Der Server hat die E-Mail nicht genommen: %(reason)s") % {"reason": _reason(error)}
        return _mail_page(request, words, 503)
    return redirect(reverse("operator_mail") + "?unterwegs=1")


def _reason(error: Exception) -> str:
    """What the server or the network said, on one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


def _mail_page(request: HttpRequest, fault: str = "", status: int = 200) -> HttpResponse:
    failed = LogEntry.objects.filter(verb="mail.failed").order_by("-at", "-pk")[:ROWS_ON_A_PAGE]
    shown = {
        "host": settings.EMAIL_HOST,
        "port": settings.EMAIL_PORT,
        "sender": settings.DEFAULT_FROM_EMAIL,
        "person": person_of(request),
        "waiting": site_figures.waiting_letters(),
        "failed": [(one.at, *one.target.partition(" ")[::2]) for one in failed],
        "fault": fault,
        "was_sent": "unterwegs" in request.GET,
    }
    return render(request, "operator/mail.html", shown, status=status)


@require_safe
@for_operators
def contents(request: HttpRequest) -> HttpResponse:
    """The published editions."""
    return render(request, "operator/contents.html", {"editions": site_figures.published()})


@require_safe
@for_operators
def doings(request: HttpRequest) -> HttpResponse:
    """What the operator did, when letters failed, and when terms were applied."""
    entries = _doings()
    people = people_in(entries, shows_addresses=True, is_site=True)
    form = LogForm(request.GET, people=[(key, name) for key, (name, _) in people.items()])
    page = Paginator(chosen(entries, people, form), ROWS_ON_A_PAGE).get_page(request.GET.get("seite"))
    shown = {
        "parent": "operator/frame.html",
        "form": form,
        "people": [(key, name) for key, (name, _) in people.items()],
        "kinds": KINDS.items(),
        "page": page,
        "lines": log.lines(list(page), shows_addresses=True, is_site=True),
        "query": form.query,
    }
    return render(request, "log.html", shown, status=422 if form.errors else 200)


def _doings() -> LogQuerySet:
    wanted = Q(verb__in=verbs_of("betrieb"))
    for person in Person.objects.filter(is_staff=True).values_list("pk", flat=True):
        own = Membership.objects.filter(person=person).values("organisation")
        theirs = Q(person=person, verb__in=DEEDS) & ~Q(target=str(person))
        wanted |= theirs & (Q(organisation=None) | ~Q(organisation__in=own))
    return LogEntry.objects.filter(wanted).order_by("-at", "-pk")
