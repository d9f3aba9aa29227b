"""One function for each letter. Its words are content: content/letters, or the operator's own."""

from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

from ..instruments import texts


def send_personal_link(address: str, *, link: str, expires_on: date | None) -> None:
    """Sends the personal link, in the language of the page.

    Holds no words of a visitor, so that nobody can use it to write to strangers.

    Raises smtplib.SMTPException or OSError when the server does not take it.
    """
    if expires_on:
        subject, body = _words("link", {"link": link, "day": date_format(expires_on, "DATE_FORMAT")})
    else:
        subject, body = _words("kept_link", {"link": link})
    EmailMessage(subject, body, to=[address]).send()


def send_invitation(address: str, *, link: str, inviter: str, expires_at: datetime) -> None:
    """Sends the link with which somebody becomes a member, in the language of the page.

    Names the inviter's address, which has been confirmed, and not the organisation: its name is a visitor's words.

    Raises smtplib.SMTPException or OSError when the server does not take it.
    """
    day = date_format(localtime(expires_at), "DATE_FORMAT")
    subject, body = _words("invitation", {"link": link, "inviter": inviter, "day": day})
    EmailMessage(subject, body, to=[address]).send()


def _words(name: str, values: dict[str, str]) -> tuple[str, str]:
    """Subject and body in the language of the page, or in German where the operator has written only that."""
    german = settings.LANGUAGE_CODE
    found = texts.places("letters", name, get_language() or german, original=german, own=settings.DATA_DIR)
    return texts.letter(next(file for _, file in found if file.exists()), values)
