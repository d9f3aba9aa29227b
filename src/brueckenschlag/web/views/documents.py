"""What one takes along: the page with all documents, each of them, sending one to oneself; and paper to fill in."""

from contextlib import nullcontext
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from ...assessments.models import Assessment
from ...assessments.operations import TooManyMailsError, count_mail
from ...documents import building, queue
from ...documents.catalogue import BLANK_BY_KEY, DECLARATION, EVERYTHING, OWN_BY_KEY, Document, offered
from ...documents.report import Report
from ...mail.letters import send_document
from ..downloads import download, download_blank, patient
from ..forms import DocumentMailForm
from ..paths import current, editable, private, visible
from ..visitor import visitor

# What the page says of each document: its heading, and what it is good for.
WORDS = {
    "plan.pdf": (_("Maßnahmenplan als PDF"), _("Im Querformat zum Ausdrucken, Aushängen und Herumgeben.")),
    "bericht.pdf": (
        _("Bericht als PDF"),
        _("Alles in einem Dokument: Überblick, Bewertungen, Notizen und der Plan. Gut für Vorstand und Akten."),
    ),
    "bericht.docx": (_("Bericht für Word"), _("Derselbe Bericht zum Weiterschreiben, auch in LibreOffice.")),
    "plan.xlsx": (
        _("Plan für Excel"),
        _("Der Plan und die Bewertungen als Tabelle mit Auswahllisten. Sie können die Datei ändern und zurückbringen."),
    ),
    "plan.csv": (_("Plan als einfache Tabelle (CSV)"), _("Für andere Programme, die Tabellen lesen.")),
    "termine.ics": (
        _("Termine für den Kalender"),
        _("Beginn und Kontrolle jeder Maßnahme, mit Erinnerung. Noch einmal eingelesen, werden sie nur aktualisiert."),
    ),
    "formular.pdf": (
        _("Formular als PDF"),
        _("Zum Ausfüllen am Computer ohne Internet oder auf Papier. Ausgefüllt können Sie es zurückbringen."),
    ),
    "daten.json": (
        _("Alle Daten (JSON)"),
        _("Ihre vollständigen Angaben zum Aufbewahren oder für einen Umzug auf eine andere Seite dieser Art."),
    ),
    "selbsterklaerung.pdf": (
        _("Selbsterklärung als PDF"),
        _(
            "Ein Blatt zum Unterschreiben: Sie haben sich selbst bewertet und planen Maßnahmen. "
            "Geprüft hat das niemand."
        ),
    ),
    "alles.zip": (_("Alles zusammen (ZIP)"), _("Alle Dokumente dieser Seite in einer Datei.")),
}
SECTIONS = (
    (_("Zum Ausdrucken und Herumgeben"), ("plan.pdf", "bericht.pdf", "selbsterklaerung.pdf")),
    (_("Zum Weiterarbeiten"), ("bericht.docx", "plan.xlsx", "termine.ics", "formular.pdf")),
    (_("Für andere Programme und zum Aufbewahren"), ("plan.csv", "daten.json", "alles.zip")),
)


@private
@require_safe
def documents(request: HttpRequest, id: UUID) -> HttpResponse:
    """All documents of an assessment."""
    assessment = visible(visitor(request), id)
    report = building.of_assessment(assessment)
    return _page(request, assessment, report, DocumentMailForm(documents=_choices(report)))


@private
@patient
@require_safe
def document(request: HttpRequest, id: UUID, file: str) -> HttpResponse:
    """One document, made anew from what is stored now."""
    assessment = visible(visitor(request), id)
    found = OWN_BY_KEY.get(file)
    if found is None:
        raise Http404
    with nullcontext() if found.is_light else queue.turn():
        report = building.of_assessment(assessment)
        if found == DECLARATION and found not in offered(report):
            return redirect(reverse("documents", args=[assessment.id]) + "#selbsterklaerung")
        return download(found, report)


@private
@require_POST
def mail_document(request: HttpRequest, id: UUID) -> HttpResponse:
    """Sends one document to an address that is not stored."""
    assessment = editable(visitor(request), id)
    if not settings.EMAIL_HOST:
        raise Http404
    report = building.of_assessment(assessment)
    form = DocumentMailForm(request.POST, documents=_choices(report))
    if not form.is_valid():
        return _page(request, assessment, report, form, status=422)
    words, status = _send(assessment, OWN_BY_KEY[form.cleaned_data["document"]], report, form.cleaned_data["address"])
    if words:
        form.add_error("address", words)
        return _page(request, assessment, report, form, status=status)
    return redirect(reverse("documents", args=[assessment.id]) + "?gesendet=1")


@patient
@require_safe
def paper(request: HttpRequest, slug: str, file: str) -> HttpResponse:
    """An empty document of the newest edition of an instrument."""
    edition, _instrument = current(slug)
    if file not in BLANK_BY_KEY:
        raise Http404
    return download_blank(BLANK_BY_KEY[file], edition.hash)


def _send(assessment: Assessment, document: Document, report: Report, address: str) -> tuple[str, int]:
    """Makes and sends it; what went wrong, in words, and the status of the page that says so."""
    try:
        with queue.turn():
            count_mail(assessment)
            content = queue.made(document, report)
        send_document(address, name=document.file_name(report), content=content, media_type=document.media_type)
    except TooManyMailsError:
        return gettext("Heute sind für diese Praxishilfe keine weiteren E-Mails möglich."), 429
    except (SMTPException, OSError, queue.BusyError):
        return gettext("Die E-Mail ließ sich nicht verschicken. Bitte versuchen Sie es später noch einmal."), 503
    return "", 200


def _page(
    request: HttpRequest, assessment: Assessment, report: Report, form: DocumentMailForm, status: int = 200
) -> HttpResponse:
    can_be_made = {EVERYTHING.key, *(one.key for one in offered(report))}
    shown = {
        "assessment": assessment,
        "is_reader": not assessment.is_editable_by(visitor(request)),
        "sections": [(heading, [(key, *WORDS[key], key in can_be_made) for key in keys]) for heading, keys in SECTIONS],
        "declaration": report.declaration,
        "title": report.title,
        "form": form,
        "was_sent": "gesendet" in request.GET,
    }
    return render(request, "documents.html", shown, status=status)


def _choices(report: Report) -> list[tuple[str, str]]:
    return [(one.key, str(WORDS[one.key][0])) for one in (*offered(report), EVERYTHING)]
