"""Handing over what an adviser has prepared: the link for whoever takes it into their own organisation."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ...accounts.rules import OFFER_DAYS, may_edit
from ...assessments.models import Handover
from ...assessments.operations import offer_handover
from ...audit.actors import Actor
from ..fresh_links import fresh_link, keep_link
from ..paths import editable, private
from ..visitor import visitor


@private
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, id: UUID) -> HttpResponse:
    """Says what handing over means, and makes the link. For members of the organisation that has prepared it."""
    person = visitor(request)
    assessment = editable(person, id)
    own = assessment.organisation
    if own is None or own.kind != "advice" or not may_edit(assessment.member_role or ""):
        raise Http404
    if request.method == "POST":
        keep_link(request, "handover", assessment.pk, offer_handover(assessment, by=Actor(person.person)))
        return redirect(reverse("hand_over_assessment", args=[assessment.pk]) + "#link")
    waiting = Handover.objects.open().filter(pk=assessment.pk).first()
    link = fresh_link(request, "handover", [assessment.pk] if waiting else [], "open_advice")
    shown = {"assessment": assessment, "waiting": waiting, "link": link, "days": OFFER_DAYS}
    return render(request, "hand_over.html", shown)
