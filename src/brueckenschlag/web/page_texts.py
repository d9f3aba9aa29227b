"""Pages whose text can be edited: Markdown, ours or the operator's own."""

import re
from pathlib import Path
from string import Template

from django.conf import settings
from django.utils import translation
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from markdown_it import MarkdownIt

from ..accounts.rules import UNDO_ERASURE_DAYS
from ..instruments import texts
from ..plans.rules import UNDO_DAYS
from .languages import once_per_language


@once_per_language
def page(name: str) -> SafeString:
    """An editable page as HTML: the operator's own text where there is one, else ours.

    Where the operator has replaced only the German page, it is shown in the other languages too: never ours.
    """
    language = get_language() or settings.LANGUAGE_CODE
    found = texts.places("pages", name, language, original=settings.LANGUAGE_CODE, own=settings.DATA_DIR)
    for written_in, file in found:
        if texts.is_usable(file):
            with translation.override(written_in):
                html = _page_in(file)
            return html if written_in == language else format_html('<div lang="{}">{}</div>', written_in, html)
    return SafeString("")


def _page_in(file: Path) -> SafeString:
    html = MarkdownIt("commonmark", {"html": False}).render(file.read_text(encoding="utf-8"))
    html = re.sub(r"\$%7B([a-z_]+)%7D", r"${\1}", html)  # a variable in a link
    # Put in after Markdown has been read, so that a name such as "Haus *4*" stays as it is written.
    return SafeString(
        Template(html).safe_substitute({name: escape(value) for name, value in variables().items()})
    )  # HTML is switched off


def variables() -> dict[str, str]:
    """What the editable pages can name."""
    operator, terms = settings.CONFIGURATION.operator, settings.CONFIGURATION.retention
    address = gettext("die Adresse im Impressum")
    return {
        "retention": _months(terms.guests_months),
        "organisations_term": _term(terms.organisations_months),
        "log_term": _months(terms.log_months),
        "invitations_term": _days(terms.invitations_days),
        "backups_term": _days(terms.backups_days),
        "undo": _days(UNDO_DAYS),
        "erasure_undo": _days(UNDO_ERASURE_DAYS),
        "session": _days(settings.DEVICE_COOKIE_AGE // 86400),
        "signed_in": _days(settings.SESSION_COOKIE_AGE // 86400),
        "site": settings.PUBLIC_URL or gettext("diese Seite"),
        "operator": operator.name or gettext("die Stelle, die diese Seite betreibt"),
        "privacy_email": operator.privacy_email or operator.email or address,
        "feedback_email": operator.feedback_email or operator.email or address,
    }


def _months(count: int) -> str:
    return ngettext("%(count)d Monat", "%(count)d Monate", count) % {"count": count}


def _days(count: int) -> str:
    return ngettext("%(count)d Tag", "%(count)d Tage", count) % {"count": count}


def _term(months: int) -> str:
    """How long what organisations have filled in is kept, as the end of a sentence."""
    if not months:
        return gettext("gespeichert, bis die Organisation sie löscht")
    return gettext("%(term)s nach der letzten Änderung gespeichert") % {"term": _months(months)}
