"""The log of an organisation and of one assessment: who did what when, as a page and as a table to take away."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from ...assessments.models import Assessment
from ...audit.models import LogEntry, LogQuerySet
from ...documents.office.table import csv_file
from .. import log
from ..log_filter import LogForm, People, chosen, people_in
from ..log_words import KINDS
from ..paths import organisation_of, private, visible
from ..visitor import visitor

ROWS_ON_A_PAGE = 50


@private
@require_safe
def of_organisation(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """What was done in an organisation, for its members."""
    found = organisation_of(visitor(request), organisation)
    shown = {"parent": "of_organisation.html", "organisation": found, "name": found.name, "of_organisation": True}
    table = reverse("organisation_log_table", args=[found.pk])
    entries = LogEntry.objects.of_organisation(found.pk)
    return _page(request, entries, True, shown | {"table": table}, own=found.pk)


@private
@require_safe
def table_of_organisation(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """The same as a table."""
    found = organisation_of(visitor(request), organisation)
    return _table(request, LogEntry.objects.of_organisation(found.pk), shows_addresses=True, own=found.pk)


@private
@require_safe
def of_assessment(request: HttpRequest, id: UUID) -> HttpResponse:
    """What was done in an assessment, for whoever may see it."""
    person = visitor(request)
    assessment = visible(person, id)
    shown = {
        "parent": "private.html",
        "assessment": assessment,
        "name": assessment.name,
        "is_reader": not assessment.is_editable_by(person),
        "table": reverse("assessment_log_table", args=[assessment.pk]),
    }
    return _page(request, LogEntry.objects.of_assessment(assessment.pk), _shows_addresses(assessment), shown)


@private
@require_safe
def table_of_assessment(request: HttpRequest, id: UUID) -> HttpResponse:
    """The same as a table."""
    assessment = visible(visitor(request), id)
    entries = LogEntry.objects.of_assessment(assessment.pk)
    return _table(request, entries, shows_addresses=_shows_addresses(assessment))


def _shows_addresses(assessment: Assessment) -> bool:
    """Guests with a link and advisers see names, and addresses of mail nobody but the members."""
    return bool(assessment.member_role)


def _page(
    request: HttpRequest,
    entries: LogQuerySet,
    shows_addresses: bool,
    shown: dict[str, object],
    own: UUID | None = None,
) -> HttpResponse:
    people = people_in(entries, shows_addresses=shows_addresses)
    form = _form(request, people)
    page = Paginator(chosen(entries, people, form), ROWS_ON_A_PAGE).get_page(request.GET.get("seite"))
    shown |= {
        "form": form,
        "people": [(key, name) for key, (name, _) in people.items()],
        "kinds": KINDS.items(),
        "page": page,
        "lines": log.lines(list(page), shows_addresses=shows_addresses, own=own),
        "query": form.query,
    }
    return render(request, "log.html", shown, status=422 if form.errors else 200)


def _table(
    request: HttpRequest, entries: LogQuerySet, *, shows_addresses: bool, own: UUID | None = None
) -> HttpResponse:
    people = people_in(entries, shows_addresses=shows_addresses)
    found = chosen(entries, people, _form(request, people))
    heads = [gettext("Wann"), gettext("Wer"), gettext("Was"), gettext("Worüber"), gettext("Praxishilfe")]
    rows = (
        [_moment(one), one.who, one.what, one.about, one.assessment]
        for one in log.all_lines(found.iterator(), shows_addresses=shows_addresses, own=own)
    )
    response = HttpResponse(csv_file(heads, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="protokoll-{timezone.localdate()}.csv"'
    return response


def _form(request: HttpRequest, people: People) -> LogForm:
    return LogForm(request.GET, people=[(key, name) for key, (name, _) in people.items()])


def _moment(line: log.Line) -> str:
    return date_format(timezone.localtime(line.at), "Y-m-d H:i:s")
