"""One function for each letter."""

from datetime import date

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext


def send_personal_link(address: str, *, link: str, expires_on: date) -> None:
    """Sends the personal link, in the language of the page.

    Holds no words of a visitor, so that nobody can use it to write to strangers.

    Raises smtplib.SMTPException or OSError when the server does not take it.
    """
    body = render_to_string("letters/personal_link.txt", {"link": link, "expires_on": expires_on})
    EmailMessage(gettext("Ihr Link zum Weitermachen"), body, to=[address]).send()
