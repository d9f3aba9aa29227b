"""One function for each letter. Its words are content: content/letters, or the operator's own."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

from ..audit.actors import GUEST
from ..audit.operations import record
from ..instruments import texts


def send_personal_link(address: str, *, link: str, expires_on: date | None) -> None:
    """Sends the personal link, in the language of the page.

    Holds no words of a visitor, so that nobody can use it to write to strangers.

    Raises smtplib.SMTPException or OSError when the server does not take it.
    """
    if expires_on:
        _send(address, "link", link=link, day=date_format(expires_on, "DATE_FORMAT"))
    else:
        _send(address, "kept_link", link=link)


def send_document(address: str, *, name: str, content: bytes, media_type: str) -> None:
    """Sends a document to the person who asked for it. What it holds is in the attachment alone, not in the letter.

    Raises smtplib.SMTPException or OSError when the server does not take it.
    """
    subject, body = _words("document", {"file": name})
    letter = EmailMessage(subject, body, to=[address])
    letter.attach(name, content, media_type.partition(";")[0])
    _post("document", letter)


def send_code(address: str, *, code: str, minutes: int) -> None:
    """Sends a code to sign in or to confirm something with; the same to everybody, known or not. Raises as above."""
    _send(address, "code", code=code, minutes=str(minutes), site=settings.PUBLIC_URL)


def send_codes_for_new_address(old: str, new: str, *, codes: tuple[str, str], minutes: int) -> None:
    """Sends a code to each of both addresses of an account. Raises as above."""
    _send(old, "address_old", code=codes[0], minutes=str(minutes), site=settings.PUBLIC_URL)
    _send(new, "address_new", code=codes[1], minutes=str(minutes), site=settings.PUBLIC_URL)


def send_address_changed(old: str) -> None:
    """Tells the old address that it is no longer the account's. Raises as above."""
    _send(old, "address_changed", site=settings.PUBLIC_URL)


def send_account_changed(address: str, *, what: str) -> None:
    """Tells somebody what the operator has changed about their account: `what` is a sentence. Raises as above."""
    _send(address, "account_changed", what=what, site=settings.PUBLIC_URL)


def send_trial(address: str) -> None:
    """A letter by which the operator sees that letters go out. Raises as above."""
    _send(address, "trial", site=settings.PUBLIC_URL)


def _send(address: str, name: str, **values: str) -> None:
    subject, body = _words(name, values)
    _post(name, EmailMessage(subject, body, to=[address]))


def _post(name: str, letter: EmailMessage) -> None:
    """Hands the letter to the server. What the server refuses stands in the log: which letter and why, not to whom."""
    try:
        letter.send()
    except (SMTPException, OSError) as error:
        reason = getattr(error, "smtp_code", None) or type(error).__name__
        record("mail.failed", by=GUEST, target=f"{name} {reason}"[:90])
        raise


def send_invitation(address: str, *, link: str, inviter: str, expires_at: datetime) -> None:
    """Sends the link with which somebody becomes a member, in the language of the page.

    Names the inviter's address, which has been confirmed, and not the organisation: its name is a visitor's words.

    Raises smtplib.SMTPException or OSError when the server does not take it.
    """
    day = date_format(localtime(expires_at), "DATE_FORMAT")
    _send(address, "invitation", link=link, inviter=inviter, day=day)


def send_advice_offer(address: str, *, link: str, inviter: str, expires_at: datetime) -> None:
    """Sends the link with which an adviser may advise an organisation, in the language of the page.

    Names the inviter's confirmed address and no words of a visitor, like send_invitation; raises as it does.
    """
    day = date_format(localtime(expires_at), "DATE_FORMAT")
    _send(address, "advice_offer", link=link, inviter=inviter, day=day)


def send_client_invitations(
    letters: Iterable[tuple[str, str, datetime]], *, inviter: str, sent: Callable[[str], None]
) -> None:
    """Sends each (address, link, end of its term) the link with which they become a client of the inviter's.

    All by one connection. Tells `sent` each address that the server has taken. Raises as send_invitation, at the first
    letter that does not go; the others stay unsent.
    """
    with get_connection() as connection:
        for address, link, expires_at in letters:
            day = date_format(localtime(expires_at), "DATE_FORMAT")
            subject, body = _words("client_invitation", {"link": link, "inviter": inviter, "day": day})
            _post("client_invitation", EmailMessage(subject, body, to=[address], connection=connection))
            sent(address)


def _words(name: str, values: dict[str, str]) -> tuple[str, str]:
    """Subject and body in the language of the page, or in German where the operator has written only that."""
    german = settings.LANGUAGE_CODE
    found = texts.places("letters", name, get_language() or german, original=german, own=settings.DATA_DIR)
    return texts.letter(next(file for _, file in found if texts.is_usable(file)), values)
