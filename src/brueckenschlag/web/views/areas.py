"""Areas of an organisation: adding, renaming and moving, removing; and to which one an assessment belongs."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ...accounts.models import NAME_LENGTH, Area, Organisation
from ...accounts.operations import (
    AreaDoesNotFitError,
    AreaExistsError,
    TooManyAreasError,
    add_areas,
    change_area,
)
from ...accounts.rules import DEEPEST_AREA, MOST_AREAS, may_edit
from ...assessments.models import Assessment
from ...assessments.operations import dissolve_area, set_area
from ...audit.actors import Actor
from ..areas import Tree, choices, tree_of, with_parts
from ..organisation_forms import AreaForm, AreaOfAssessmentForm, AreasForm, OrganisationForm
from ..paths import editable, organisation_of, private
from ..tags import called
from ..visitor import visitor
from .organisations import settings_page

Refusal = AreaDoesNotFitError | AreaExistsError | TooManyAreasError
REFUSALS = (AreaDoesNotFitError, AreaExistsError, TooManyAreasError)


@private
@require_POST
def add(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """New areas, one in each line."""
    person = visitor(request)
    found = organisation_of(person, organisation, "owner")
    tree = tree_of(found)
    form = AreasForm(request.POST, places=choices(tree.values()))
    if form.is_valid():
        parent = _area(tree, form.cleaned_data["parent"])
        try:
            add_areas(found, form.cleaned_data["names"], parent=parent, by=Actor(person.person))
        except REFUSALS as refusal:
            _explain(form, "names", refusal)
        else:
            return redirect(_settings(found))
    named = OrganisationForm(initial={"name": found.name, "kind": found.kind})
    return settings_page(request, found, tree, form=named, areas_form=form)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def area(request: HttpRequest, organisation: UUID, area: UUID) -> HttpResponse:
    """Renames an area and moves it in the tree."""
    person = visitor(request)
    found = organisation_of(person, organisation, "owner")
    tree = tree_of(found)
    own = _place(tree, area)
    inside = set(with_parts(tree, area))
    places = choices(place for key, place in tree.items() if key not in inside)
    initial = {"name": own.name, "parent": str(own.parent_id or "")}
    form = AreaForm(request.POST if request.method == "POST" else None, places=places, initial=initial)
    if request.method == "POST" and form.is_valid():
        parent = _area(tree, form.cleaned_data["parent"])
        try:
            change_area(own, name=form.cleaned_data["name"], parent=parent, by=Actor(person.person))
        except Area.DoesNotExist:
            raise Http404 from None
        except REFUSALS as refusal:
            _explain(form, "name" if isinstance(refusal, AreaExistsError) else "parent", refusal)
        else:
            return redirect(_settings(found))
    shown = {"organisation": found, "area": own, "form": form, "choices": places, "longest": NAME_LENGTH}
    return render(request, "area.html", shown, status=422 if form.errors else 200)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, organisation: UUID, area: UUID) -> HttpResponse:
    """Asks once and says where everything goes; then the area is taken away."""
    person = visitor(request)
    found = organisation_of(person, organisation, "owner")
    own = get_object_or_404(Area.objects.select_related("parent"), organisation=found, pk=area)
    if request.method == "POST":
        try:
            dissolve_area(own, by=Actor(person.person))
        except Area.DoesNotExist:
            raise Http404 from None
        return redirect(_settings(found))
    shown = {
        "parent": "of_organisation.html",
        "organisation": found,
        "heading": gettext("Bereich „%(name)s“ entfernen?") % {"name": own.name},
        "words": _what_goes_where(found, own),
        "hint": gettext("Gelöscht wird nichts von dem, was eingetragen ist."),
        "action": gettext("Bereich entfernen"),
        "back": reverse("area", args=[found.pk, own.pk]),
    }
    return render(request, "confirm.html", shown)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def of_assessment(request: HttpRequest, id: UUID) -> HttpResponse:
    """To which area of its organisation an assessment belongs. For members: a link does not show the areas."""
    person = visitor(request)
    assessment = editable(person, id)
    if assessment.organisation is None or not may_edit(assessment.member_role or ""):
        raise Http404
    tree = tree_of(assessment.organisation)
    places = choices(tree.values())
    initial = {"area": str(assessment.area_id or "")}
    form = AreaOfAssessmentForm(request.POST if request.method == "POST" else None, places=places, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_area(assessment, _area(tree, form.cleaned_data["area"]), by=assessment.actor(person))
        except Area.DoesNotExist:
            raise Http404 from None
        return redirect("overview", assessment.id)
    shown = {"assessment": assessment, "form": form, "choices": places}
    return render(request, "area_of_assessment.html", shown, status=422 if form.errors else 200)


def _settings(organisation: Organisation) -> str:
    """Where the areas stand, and beside them that they are stored."""
    return reverse("organisation_settings", args=[organisation.pk]) + "?gespeichert=bereiche#gespeichert"


def _area(tree: Tree, value: str) -> Area | None:
    """The area that a form has named; the form has checked that it is one of the tree."""
    return tree[UUID(value)].area if value else None


def _place(tree: Tree, area: UUID) -> Area:
    if area not in tree:
        raise Http404
    return tree[area].area


def _explain(form: forms.Form, field: str, refusal: Refusal) -> None:
    """Says at the field why the tree cannot be so."""
    if isinstance(refusal, AreaExistsError):
        words = gettext("Einen Bereich „%(name)s“ gibt es an dieser Stelle schon.") % {"name": refusal.name}
    elif isinstance(refusal, TooManyAreasError):
        words = gettext("Eine Organisation kann höchstens %(most)d Bereiche haben.") % {"most": MOST_AREAS}
    else:
        facts = {"deepest": DEEPEST_AREA}
        words = gettext("Dort passt er nicht hin: Bereiche liegen höchstens %(deepest)d Stufen tief.") % facts
    form.add_error(field, words)


def _what_goes_where(organisation: Organisation, area: Area) -> str:
    count = Assessment.objects.filter(area=area).count()
    facts = {"count": count, "parts": area.parts.count(), "place": area.parent.name if area.parent else ""}
    facts["place"] = facts["place"] or called(organisation.name)
    words = ngettext(
        "%(count)d Praxishilfe gehört danach zu „%(place)s“.",
        "%(count)d Praxishilfen gehören danach zu „%(place)s“.",
        count,
    )
    moved = ngettext(
        "%(parts)d Bereich darunter rückt eine Stufe nach oben.",
        "%(parts)d Bereiche darunter rücken eine Stufe nach oben.",
        int(str(facts["parts"])),
    )
    said = ([words % facts] if count else []) + ([moved % facts] if facts["parts"] else [])
    return " ".join(said) or gettext("Der Bereich ist leer.")
