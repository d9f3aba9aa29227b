"""Who belongs to an organisation: the list, invitations, roles, leaving and handing over."""

from collections.abc import Callable
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...accounts import operations
from ...accounts.models import Invitation, Membership, Organisation
from ...accounts.rules import INVITATION_DAYS, alphabetical
from ...audit.actors import Actor
from ...mail.letters import send_invitation
from .. import device
from ..organisation_forms import ROLE_HINTS, ROLE_WORDS, InvitationForm, RoleForm
from ..paths import organisation_of, personal_link, private
from ..tags import called
from ..visitor import visitor


@private
@require_safe
def members(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """The members; for owners also the open invitations and what they can do."""
    found = organisation_of(visitor(request), organisation)
    return _page(request, found, InvitationForm(initial={"role": "editor"}))


@private
@require_POST
def invite(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Makes a link for one person, and mails it where an address is given and mails can be sent."""
    person = visitor(request)
    found = organisation_of(person, organisation, "owner")
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    address = form.cleaned_data["address"] if settings.EMAIL_HOST else ""
    try:
        invitation, key = operations.invite(found, form.cleaned_data["role"], email=address, by=Actor(person.person))
    except operations.TooManyInvitationsError:
        words = gettext(
            "Im Moment sind keine weiteren Einladungen möglich. Bitte ziehen Sie offene zurück oder warten Sie."
        )
        form.add_error(None, words)
        return _page(request, found, form, status=429)
    device.keep(request, invited=[invitation.pk.hex, key])
    done = "eingeladen"
    if address:
        try:
            link = personal_link(request, "open_invitation", key)
            send_invitation(address, link=link, inviter=request.user.get_username(), expires_at=invitation.expires_at)
        except (SMTPException, OSError):
            done = "ungesendet"
    return redirect(f"{reverse('members', args=[found.pk])}?{done}=1")


@private
@require_POST
def revoke(request: HttpRequest, organisation: UUID, invitation: UUID) -> HttpResponse:
    """Withdraws an open invitation; one that is not open any more has nothing to withdraw."""
    person = visitor(request)
    found = organisation_of(person, organisation, "owner")
    own = get_object_or_404(Invitation, organisation=found, pk=invitation)
    try:
        operations.revoke_invitation(own, by=Actor(person.person))
    except operations.InvitationGoneError:
        return _back(found)
    return _back(found, "zurueckgezogen")


@private
@require_POST
def change_role(request: HttpRequest, organisation: UUID, person: UUID) -> HttpResponse:
    """Gives a member another role."""
    found = organisation_of(visitor(request), organisation, "owner")
    own, form = _membership(found, person), RoleForm(request.POST)
    if not form.is_valid():
        return _refused(request, found, str(form.errors["role"][0]))
    by = Actor(visitor(request).person)
    return _do(request, found, lambda: operations.change_role(own, form.cleaned_data["role"], by=by), "gespeichert")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, organisation: UUID, person: UUID) -> HttpResponse:
    """Asks once; then somebody is no member any more."""
    found = organisation_of(visitor(request), organisation, "owner")
    own = _membership(found, person)
    if request.method == "POST":
        by = Actor(visitor(request).person)
        return _do(request, found, lambda: operations.remove_member(own, by=by), "entfernt")
    words = gettext("%(name)s sieht danach nichts mehr von dieser Organisation.") % {"name": own.person.words}
    return _ask(
        request,
        found,
        heading=gettext("Aus der Organisation entfernen?"),
        words=words,
        hint=gettext(
            "Was die Person eingetragen hat, bleibt. Kennt sie einen persönlichen Link zu einer Praxishilfe, öffnet er "
            "diese weiter, bis Sie dort neue Links erzeugen."
        ),
        action=gettext("Entfernen"),
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, organisation: UUID, person: UUID) -> HttpResponse:
    """Asks once; then this member leads the organisation instead of the one who asks."""
    found = organisation_of(visitor(request), organisation, "owner")
    own = _membership(found, person)
    if request.method == "POST":
        by = Actor(visitor(request).person)
        return _do(request, found, lambda: operations.hand_over(own, by=by), "gespeichert")
    return _ask(
        request,
        found,
        heading=gettext("Die Leitung übergeben?"),
        words=gettext("%(name)s bekommt Ihre Rolle „Leitung“.") % {"name": own.person.words},
        hint=gettext("Sie selbst behalten „Mitarbeit“ und können Mitglieder und Bereiche nicht mehr ändern."),
        action=gettext("Leitung übergeben"),
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Asks once; then the visitor is no member any more."""
    person = visitor(request)
    found = organisation_of(person, organisation)
    own = get_object_or_404(Membership, organisation=found, person=person.person)
    if request.method == "POST":
        try:
            operations.remove_member(own, by=Actor(person.person))
        except operations.LastOwnerError:
            return _refused(request, found, _last_owner())
        except Membership.DoesNotExist:
            raise Http404 from None
        return redirect("home")
    return _ask(
        request,
        found,
        heading=gettext("Die Organisation verlassen?"),
        words=gettext("Sie sehen danach nichts mehr von „%(name)s“.") % {"name": called(found.name)},
        hint=gettext("Was Sie eingetragen haben, bleibt. Zurück kommen Sie nur mit einer neuen Einladung."),
        action=gettext("Verlassen"),
    )


def _page(request: HttpRequest, organisation: Organisation, form: InvitationForm, status: int = 200) -> HttpResponse:
    is_owner = organisation.member_role == "owner"
    everybody = Membership.objects.filter(organisation=organisation).select_related("person")
    ranked = sorted(everybody, key=lambda one: (list(ROLE_WORDS).index(one.role), alphabetical(one.person.words)))
    waiting = Invitation.objects.filter(organisation=organisation).open().select_related("invited_by")
    invitations = list(waiting.order_by("-created_at")) if is_owner else []
    shown = {
        "organisation": organisation,
        "is_owner": is_owner,
        "members": [(one, ROLE_WORDS[one.role], one.person_id == request.user.pk) for one in ranked],
        "owners": sum(one.role == "owner" for one in ranked),
        "roles": ROLE_HINTS,
        "role_words": list(ROLE_WORDS.items()),
        "invitations": [(one, ROLE_WORDS[one.role]) for one in invitations],
        "link": _fresh_link(request, invitations),
        "days": INVITATION_DAYS,
        "form": form,
        "done": next((name for name in DONE if name in request.GET), ""),
    }
    return render(request, "members.html", shown, status=status)


DONE = ("eingeladen", "ungesendet", "zurueckgezogen", "gespeichert", "entfernt")


def _fresh_link(request: HttpRequest, invitations: list[Invitation]) -> tuple[str, str] | None:
    """The link of the invitation made last on this device, in two parts, while it is open: only here it is known."""
    invited = device.kept(request).get("invited", ["", ""])
    if invited[0] not in {one.pk.hex for one in invitations}:
        return None
    front, slash, key = personal_link(request, "open_invitation", invited[1]).rpartition("/")
    return front + slash, key


def _membership(organisation: Organisation, person: UUID) -> Membership:
    rows = Membership.objects.select_related("person")
    return get_object_or_404(rows, organisation=organisation, person=person)


def _do(request: HttpRequest, organisation: Organisation, act: Callable[[], None], done: str) -> HttpResponse:
    """Runs an operation on a member and says what has come of it."""
    try:
        act()
    except operations.LastOwnerError:
        return _refused(request, organisation, _last_owner())
    except Membership.DoesNotExist:
        raise Http404 from None
    return _back(organisation, done)


def _back(organisation: Organisation, done: str = "") -> HttpResponse:
    return redirect(reverse("members", args=[organisation.pk]) + (f"?{done}=1" if done else ""))


def _ask(request: HttpRequest, organisation: Organisation, **words: str) -> HttpResponse:
    shown = {"parent": "of_organisation.html", "organisation": organisation, **words}
    return render(request, "confirm.html", shown | {"back": reverse("members", args=[organisation.pk])})


def _refused(request: HttpRequest, organisation: Organisation, sentence: str) -> HttpResponse:
    shown = {"organisation": organisation, "sentence": sentence}
    return render(request, "organisation_refused.html", shown, status=422)


def _last_owner() -> str:
    return gettext("Danach hätte niemand mehr die Rolle „Leitung“. Bitte geben Sie zuerst jemand anderem diese Rolle.")
