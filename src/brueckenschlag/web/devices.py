"""The devices on which somebody is signed in: how they are called, and signing them out."""

from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.internal.flows.sessions import end_sessions as end
from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.utils.translation import gettext

from ..accounts.models import Person

# The first word that a browser names of itself decides: most name others too.
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
LONGEST_NUMBER = 18  # of a session; a far longer one is no number for Python
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_words(user_agent: str) -> str:
    """ "Firefox, Android", as far as it can be told."""
    known = [next((name for sign, name in table if sign in user_agent), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in known if name) or gettext("Unbekanntes Gerät")


def end_sessions(request: HttpRequest, person: Person, which: str) -> bool:
    """Signs out the session of that number, or all but this one for "others"; says whether it was this one."""
    if which == "others":
        end_other_sessions(request, person)
        return False
    is_number = which.isascii() and which.isdigit() and len(which) <= LONGEST_NUMBER
    chosen = UserSession.objects.filter(user=person, pk=int(which)) if is_number else None
    if not chosen:
        return False
    end(request, list(chosen))
    return not request.user.is_authenticated
