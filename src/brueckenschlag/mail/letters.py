"""One function for each letter. Its words are content: content/letters, or the operator's own."""

from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.formats import date_format
from django.utils.translation import get_language

from ..instruments import texts


def send_personal_link(address: str, *, link: str, expires_on: date) -> None:
    """Sends the personal link, in the language of the page.

    Holds no words of a visitor, so that nobody can use it to write to strangers.

    Raises smtplib.SMTPException or OSError when the server does not take it.
    """
    subject, body = _words("link", {"link": link, "day": date_format(expires_on, "DATE_FORMAT")})
    EmailMessage(subject, body, to=[address]).send()


def send_document(address: str, *, name: str, content: bytes, media_type: str) -> None:
    """Sends a document to the person who asked for it. What it holds is in the attachment alone, not in the letter.

    Raises smtplib.SMTPException or OSError when the server does not take it.
    """
    subject, body = _words("document", {"file": name})
    letter = EmailMessage(subject, body, to=[address])
    letter.attach(name, content, media_type.partition(";")[0])
    letter.send()


def _words(name: str, values: dict[str, str]) -> tuple[str, str]:
    """Subject and body in the language of the page, or in German where the operator has written only that."""
    german = settings.LANGUAGE_CODE
    found = texts.places("letters", name, get_language() or german, original=german, own=settings.DATA_DIR)
    return texts.letter(next(file for _, file in found if file.exists()), values)
