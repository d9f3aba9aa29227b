"""Organisations: founding one, its overview, its settings."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ...accounts.models import NAME_LENGTH, Organisation
from ...accounts.operations import StillAdvisesError, change_organisation, found_organisation
from ...accounts.rules import MOST_AREAS, may_edit
from ...audit.actors import Actor
from ..areas import Tree, choices, tree_of
from ..organisation_forms import KINDS, AreasForm, OrganisationForm
from ..paths import current_instruments, organisation_of, private
from ..side_by_side import grouped, sections
from ..visitor import visitor

CARDS_ON_A_PAGE = 60


@private
@require_safe
def organisation(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """The areas side by side: how far they are, how they rate themselves, and where they differ."""
    found = organisation_of(visitor(request), organisation)
    tree = tree_of(found)
    page = request.GET.get("seite", "")
    all_sections = sections(found, tree)
    parts = []
    for section in all_sections:
        shown = Paginator(section.cards, CARDS_ON_A_PAGE).get_page(page)
        parts.append({"section": section, "groups": grouped(shown), "page": shown})
    shown_page = {
        "organisation": found,
        "may_edit": may_edit(found.member_role or ""),
        "parts": parts,
        "areas": len(tree),
        "instruments": current_instruments(),
        "begun": any(section.begun for section in all_sections),
        "welcome": "willkommen" in request.GET,
    }
    return render(request, "organisation.html", shown_page)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    """Founds an organisation; for whoever has signed in."""
    person = visitor(request).person
    if person is None:
        raise Http404
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial={"kind": "zo"})
    if request.method == "POST" and form.is_valid():
        founded = found_organisation(**form.cleaned_data, by=Actor(person))
        return redirect("organisation", founded.pk)
    shown = {"form": form, "kinds": KINDS, "longest": NAME_LENGTH}
    return render(request, "organisation_new.html", shown, status=422 if form.errors else 200)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_settings(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Name and kind, and the tree of areas."""
    person = visitor(request)
    found = organisation_of(person, organisation, "owner")
    initial = {"name": found.name, "kind": found.kind}
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid() and _is_changed(found, form, Actor(person.person)):
        return redirect(reverse("organisation_settings", args=[found.pk]) + "?gespeichert=1")
    tree = tree_of(found)
    return settings_page(request, found, tree, form=form, areas_form=AreasForm(places=choices(tree.values())))


def _is_changed(organisation: Organisation, form: OrganisationForm, by: Actor) -> bool:
    """Whether name and kind could be set; what hinders it is added to the form."""
    try:
        change_organisation(organisation, **form.cleaned_data, by=by)
    except StillAdvisesError as error:
        words = ngettext(
            "Sie beraten noch %(count)s Organisation. Bitte beenden Sie das zuerst, auf der Seite „Wen wir beraten“.",
            "Sie beraten noch %(count)s Organisationen. Bitte beenden Sie das zuerst, auf der Seite „Wen wir beraten“.",
            error.count,
        )
        form.add_error("kind", words % {"count": error.count})
        return False
    return True


def settings_page(
    request: HttpRequest,
    organisation: Organisation,
    tree: Tree,
    *,
    form: OrganisationForm,
    areas_form: AreasForm,
) -> HttpResponse:
    """The page with both of its forms; 422 when one of them has errors."""
    is_wrong = form.errors or areas_form.errors
    shown = {
        "organisation": organisation,
        "form": form,
        "areas_form": areas_form,
        "kinds": KINDS,
        "places": list(tree.values()),
        "choices": choices(tree.values()),
        "longest": NAME_LENGTH,
        "most_areas": MOST_AREAS,
        "saved": request.GET.get("gespeichert", ""),
    }
    return render(request, "organisation_settings.html", shown, status=422 if is_wrong else 200)
