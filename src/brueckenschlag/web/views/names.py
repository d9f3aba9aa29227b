"""A responsible person's name in plans is replaced by "ehemals beteiligt", when they ask for it."""

import hashlib
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override
from django.views.decorators.http import require_http_methods

from ...accounts.models import Organisation
from ...accounts.rules import alphabetical
from ...assessments.models import Assessment
from ...audit.actors import Actor
from ...plans.models import Measure
from ...privacy.operations import replace_name
from ..paths import editable, organisation_of, private
from ..visitor import visitor

Names = dict[str, tuple[str, int]]


@private
@require_http_methods(["GET", "HEAD", "POST"])
def of_organisation(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """In all plans of an organisation, for its owners."""
    person = visitor(request)
    found = organisation_of(person, organisation, "owner")
    shown = {
        "parent": "of_organisation.html",
        "organisation": found,
        "name": found.name,
        "here": reverse("names_of_organisation", args=[found.pk]),
        "back": reverse("organisation_settings", args=[found.pk]),
    }
    measures = Measure.objects.filter(assessment__organisation=found)
    return _page(request, measures, found, Actor(person.person), shown)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def of_assessment(request: HttpRequest, id: UUID) -> HttpResponse:
    """In the plan of one assessment, for whoever may change it."""
    person = visitor(request)
    assessment = editable(person, id)
    shown = {
        "parent": "private.html",
        "assessment": assessment,
        "name": assessment.name,
        "here": reverse("names_of_assessment", args=[assessment.pk]),
        "back": reverse("links", args=[assessment.pk]),
    }
    measures = Measure.objects.filter(assessment=assessment)
    return _page(request, measures, assessment, assessment.actor(person), shown)


def _page(
    request: HttpRequest,
    measures: "QuerySet[Measure]",
    about: Organisation | Assessment,
    by: Actor,
    shown: dict[str, object],
) -> HttpResponse:
    """The list of names; one that is chosen with how often it stands there; then it is replaced."""
    names = _names(measures)
    name, count = names.get(request.GET.get("person", ""), ("", 0))
    if request.method == "POST":
        done = replace_name(measures, name, by=by, about=about) if name else 0
        return redirect(f"{shown['here']}?ersetzt={done}")
    if not name:
        done_before = request.GET.get("ersetzt", "")
        listed = sorted(names.items(), key=lambda one: alphabetical(one[1][0]))
        return render(request, "names.html", shown | {"names": listed, "done": done_before.isdigit() and done_before})
    words = ngettext(
        "„%(name)s“ steht in %(count)d Maßnahme als verantwortlich.",
        "„%(name)s“ steht in %(count)d Maßnahmen als verantwortlich.",
        count,
    ) % {"name": name, "count": count}
    asked = {
        "heading": gettext("Diesen Namen ersetzen?"),
        "words": words,
        "hint": gettext(
            "Dort steht danach „ehemals beteiligt“. Das lässt sich nicht rückgängig machen. In Notizen und in den "
            "Texten der Maßnahmen kann der Name trotzdem stehen: Bitte sehen Sie dort selbst nach."
        ),
        "action": gettext("Namen ersetzen"),
        "back": shown["here"],
    }
    return render(request, "confirm.html", shown | asked)


def _words_in_place_of_names() -> set[str]:
    """In every language: they stay in the one in which a name was replaced."""
    found = set()
    for language, _ in settings.LANGUAGES:
        with override(language):
            found.add(gettext("ehemals beteiligt").casefold())
    return found


def _names(measures: "QuerySet[Measure]") -> Names:
    """Names with how many measures, by a short sign of the name; addresses hold the sign and no name.

    Also in deleted measures, which can be brought back. Great and small letters make no other name.
    """
    done = _words_in_place_of_names()
    rows = measures.exclude(responsible="").order_by("responsible").values_list("responsible").annotate(Count("pk"))
    found: Names = {}
    for written, count in rows:
        name = written.strip()
        sign = hashlib.sha256(name.casefold().encode()).hexdigest()[:12]
        if name and name.casefold() not in done:
            first, before = found.get(sign, (name, 0))
            found[sign] = (first, before + count)
    return found
