"""Invitations: the link, the page that says who invites where to, and accepting."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ...accounts import keys, operations
from ...accounts.models import Invitation
from ...audit.actors import Actor
from .. import device
from ..organisation_forms import ROLE_HINTS
from ..paths import leads_on, private
from ..visitor import visitor


@private
@require_safe
def open_invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Keeps the invitation on this device and leads on to an address without the key. Uses nothing up."""
    clean = keys.key_in(key)
    if clean is None or _behind(clean) is None:
        raise Http404("link")
    device.keep(request, invitation=clean)
    return leads_on("invitation")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Who invites where to, in which role; POST accepts."""
    person = visitor(request)
    own = _behind(str(device.kept(request).get("invitation", "")))
    if own is None:
        return render(request, "invitation_gone.html", {"status": 404}, status=404)
    if request.method != "POST" or person.person is None or request.POST.get("invitation") != str(own.pk):
        return _page(request, own, 422 if request.method == "POST" else 200)
    welcome = "?willkommen=1"
    try:
        operations.accept_invitation(own, by=Actor(person.person))
    except operations.InvitationGoneError:
        return render(request, "invitation_gone.html", {"status": 404}, status=404)
    except operations.AlreadyMemberError:
        welcome = ""
    device.keep(request, invitation=None)
    return redirect(reverse("organisation", args=[own.organisation_id]) + welcome)


def _behind(key: str) -> Invitation | None:
    """The open invitation of that key."""
    rows = Invitation.objects.open().select_related("organisation", "invited_by")
    return rows.filter(token_hash=keys.hash_key(key)).first() if key else None


def _page(request: HttpRequest, own: Invitation, status: int) -> HttpResponse:
    role = next((label, hint) for key, label, hint in ROLE_HINTS if key == own.role)
    me = request.user if request.user.is_authenticated else None
    is_other = me is not None and own.email not in ("", me.get_username())
    shown = {"invitation": own, "organisation": own.organisation, "role": role, "me": me, "is_other_address": is_other}
    return render(request, "invitation.html", shown, status=status)
