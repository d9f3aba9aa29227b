"""What owners can do with all data of an organisation: take it along, have it erased, undo that."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ...accounts.models import Mandate
from ...accounts.rules import UNDO_ERASURE_DAYS
from ...audit.actors import Actor
from ...documents.exchange.writing import exchange
from ...plans.models import Measure
from ...privacy import exports, operations
from .. import readable
from ..paths import organisation_of, private
from ..visitor import visitor


@private
@require_http_methods(["GET", "HEAD", "POST"])
def take_along(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Says what is in the file; then the file."""
    person = visitor(request)
    found = organisation_of(person, organisation, "owner")
    if request.method == "POST":
        record, reports = operations.export_organisation(found, by=Actor(person.person))
        page = readable.page(record, found.name, reports.values())
        files = {name: exchange(report) for name, report in reports.items()}
        return archive(
            {"organisation.json": exports.as_json(record), "organisation.html": page, **files}, "organisation"
        )
    return render(request, "take_along_organisation.html", {"organisation": found})


@private
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Says what goes; then it can be undone for some days."""
    person = visitor(request)
    found = organisation_of(person, organisation, "owner")
    if request.method == "POST":
        operations.ask_erasure_of_organisation(found, by=Actor(person.person))
        return redirect("erase_organisation", found.pk)
    shown = {
        "organisation": found,
        "days": UNDO_ERASURE_DAYS,
        "members": found.memberships.count(),
        "areas": found.areas.count(),
        "assessments": found.assessments.count(),
        "measures": Measure.objects.filter(assessment__organisation=found).in_plan().count(),
        "mandates": Mandate.objects.in_force().filter(organisation=found).count(),
    }
    return render(request, "erase_organisation.html", shown)


@private
@require_POST
def keep(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Undoes asking for erasure."""
    person = visitor(request)
    found = organisation_of(person, organisation, "owner")
    operations.undo_erasure_of_organisation(found, by=Actor(person.person))
    return redirect("erase_organisation", found.pk)


def archive(files: Mapping[str, bytes], name: str) -> HttpResponse:
    """The files as one .zip to be stored."""
    response = HttpResponse(exports.packed(files), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate()}.zip"'
    return response
