"""How one comes back: the personal links, opening them, sending one, closing, deleting everything."""

from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...accounts import keys
from ...assessments.models import Assessment
from ...assessments.operations import TooManyMailsError, count_mail, renew_keys
from ...mail.letters import send_personal_link
from ...plans.models import Measure
from ...privacy.operations import erase_assessment_and_log
from .. import page_texts, visitor
from ..forms import MailForm
from ..paths import instrument_of, leads_on, own, personal_link, private, visible


@private
@require_safe
def open_link(request: HttpRequest, key: str) -> HttpResponse:
    """Connects this device with the assessment and leads on to an address without the key."""
    assessment = _behind(key)
    if assessment is None:
        raise Http404("link")
    return _opened(request, assessment, key)


def _behind(key: str) -> Assessment | None:
    """The assessment that the key in this text opens, or None."""
    clean = keys.key_in(key)
    return Assessment.objects.visible_to(keys.Visitor.with_keys([clean])).first() if clean else None


def _opened(request: HttpRequest, assessment: Assessment, key: str) -> HttpResponse:
    clean = keys.key_in(key) or ""
    # A device that may write keeps its better key when the link for reading is opened on it; its term begins anew.
    held = visitor.key_for(request, assessment)
    may_write = bool(held) and keys.hash_key(held) == assessment.owner_hash
    visitor.remember(request, assessment, held if may_write else clean)
    return leads_on("overview", assessment.id)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """What this device knows, and a field for a link."""
    error = ""
    if request.method == "POST":
        link = request.POST.get("link", "")[:500]
        assessment = _behind(link)
        if assessment:
            return _opened(request, assessment, link)
        error = (
            gettext(
                "Diesen Link kennen wir nicht. Bitte den ganzen Link einfügen, so wie Sie ihn aufgeschrieben haben."
            )
            if link.strip()
            else gettext("Bitte den persönlichen Link einfügen.")
        )
    person = visitor.visitor(request)
    by_id = {one.id: one for one in Assessment.objects.visible_to(person)}
    known = [by_id[id] for id in visitor.known_ids(request) if id in by_id]
    shown = {
        "known": [_card(assessment, person) for assessment in known],
        "error": error,
        "link": request.POST.get("link", "")[:500],
        "has_account": person.person is not None,
        "was_closed": "geschlossen" in request.GET,
        "session": page_texts.variables()["session"],
    }
    return render(request, "resume.html", shown, status=422 if error else 200)


@private
@require_safe
def links(request: HttpRequest, id: UUID) -> HttpResponse:
    """The two links, to be copied, written down or sent."""
    assessment = _own(request, id)
    return _links_page(request, assessment, MailForm())


@private
@require_POST
def mail_link(request: HttpRequest, id: UUID) -> HttpResponse:
    """Sends the personal link to an address that is not stored."""
    assessment = _own(request, id)
    if not settings.EMAIL_HOST or not _owners_key(request, assessment):
        raise Http404
    form = MailForm(request.POST)
    if not form.is_valid():
        return _links_page(request, assessment, form, status=422)
    try:
        count_mail(assessment)
        send_personal_link(
            form.cleaned_data["address"],
            link=personal_link(request, "open_owner", visitor.key_for(request, assessment)),
            expires_on=assessment.expires_on,
        )
    except TooManyMailsError:
        form.add_error(
            "address",
            gettext("Heute sind für diese Praxishilfe keine weiteren E-Mails möglich. Bitte den Link aufschreiben."),
        )
        return _links_page(request, assessment, form, status=429)
    except (SMTPException, OSError):
        form.add_error(
            "address",
            gettext(
                "Die E-Mail ließ sich nicht verschicken. Bitte später noch einmal versuchen oder den Link kopieren."
            ),
        )
        return _links_page(request, assessment, form, status=503)
    return redirect(reverse("links", args=[assessment.id]) + "?gesendet=1")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def renew_links(request: HttpRequest, id: UUID) -> HttpResponse:
    """Asks once; then new links, and the old ones no longer open anything."""
    assessment = _own(request, id)
    if request.method == "POST":
        visitor.remember(request, assessment, renew_keys(assessment, by=visitor.acting(request, assessment)))
        return redirect(reverse("links", args=[assessment.id]) + "?erneuert=1")
    shown = {
        "assessment": assessment,
        "heading": gettext("Links erneuern?"),
        "words": gettext("Die alten Links öffnen danach nichts mehr, auch nicht auf anderen Geräten."),
        "hint": gettext("Wer mit Ihnen daran arbeitet oder darin liest, braucht dann einen neuen Link von Ihnen."),
        "action": gettext("Links erneuern"),
        "back": reverse("links", args=[assessment.id]),
    }
    return render(request, "confirm.html", shown)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, id: UUID) -> HttpResponse:
    """Asks once and shows the link; then this device forgets the assessment, and the data stay."""
    person = visitor.visitor(request)
    assessment = visible(person, id)
    if request.method == "POST":
        visitor.forget(request, assessment)
        return redirect(reverse("resume") + "?geschlossen=1")
    is_reader = not assessment.is_editable_by(person)
    key = visitor.key_for(request, assessment)
    name = "open_owner" if key == _owners_key(request, assessment) else "open_reader"
    if key:
        words = gettext("Die Angaben bleiben gespeichert. Zurück kommen Sie danach nur mit diesem Link:")
        hint = gettext("Haben Sie ihn aufgeschrieben oder kopiert? Wir haben keine Kopie davon.")
    else:
        words, hint = gettext("Die Angaben bleiben gespeichert. Sie finden sie weiter in Ihrem Konto."), ""
    shown = {
        "assessment": assessment,
        "is_reader": is_reader,
        "heading": gettext("Auf diesem Gerät schließen?"),
        "words": words,
        "hint": hint,
        "link": _in_two(personal_link(request, name, key)) if key else (),
        "action": gettext("Auf diesem Gerät schließen"),
        "back": reverse("overview", args=[assessment.id]),
    }
    return render(request, "confirm.html", shown)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, id: UUID) -> HttpResponse:
    """Asks once, says what goes, and deletes everything at once."""
    assessment = _own(request, id)
    if request.method == "POST":
        by = visitor.acting(request, assessment)
        visitor.forget(request, assessment)
        erase_assessment_and_log(assessment, by=by)
        return redirect("erased")
    shown = {
        "assessment": assessment,
        "ratings": assessment.ratings.exclude(level="").count(),
        "measures": Measure.objects.filter(assessment=assessment).in_plan().count(),
    }
    return render(request, "erase.html", shown)


def _own(request: HttpRequest, id: UUID) -> Assessment:
    """Who only advises gives out no links, which would outlive the mandate, and deletes nothing."""
    return own(visitor.visitor(request), id)


def _owners_key(request: HttpRequest, assessment: Assessment) -> str:
    """The owner's key on this device; empty for members of an organisation who came by their account."""
    key = visitor.key_for(request, assessment)
    return key if key and keys.hash_key(key) == assessment.owner_hash else ""


def _in_two(link: str) -> tuple[str, str]:
    """The link before and from its key, so that a narrow page breaks the line there."""
    front, slash, key = link.rpartition("/")
    return front + slash, key


def _card(assessment: Assessment, person: keys.Visitor) -> dict[str, object]:
    return {
        "assessment": assessment,
        "title": instrument_of(assessment).frame.title,
        "is_reader": not assessment.is_editable_by(person),
    }


def _links_page(request: HttpRequest, assessment: Assessment, form: MailForm, status: int = 200) -> HttpResponse:
    key = _owners_key(request, assessment)
    shown = {
        "assessment": assessment,
        "has_key": bool(key),
        "link": _in_two(personal_link(request, "open_owner", key)) if key else (),
        "reading_link": _in_two(personal_link(request, "open_reader", keys.reader_key(key))) if key else (),
        "expires_on": assessment.expires_on,
        "form": form,
        "was_sent": "gesendet" in request.GET,
        "was_renewed": "erneuert" in request.GET,
    }
    return render(request, "links.html", shown, status=status)
