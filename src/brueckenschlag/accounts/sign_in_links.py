"""Links with which an operator lets somebody in: signed, for a short time, and worth nothing after any sign-in."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Person

SALT = "brueckenschlag.sign-in-link"
LONGEST = timedelta(days=3)


def new_token(person: Person, term: timedelta) -> str:
    """What stands in the link. Nothing is stored; it names the state of the account, which every sign-in changes."""
    ends = int((timezone.now() + min(term, LONGEST)).timestamp())
    return signing.dumps([person.pk.hex, ends, state(Person.objects.get(pk=person.pk))], salt=SALT)


def person_behind(token: str) -> Person | None:
    """Whom the link lets in; None when it is forged, too old, or has been used."""
    try:
        id, ends, then = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    person = Person.objects.filter(pk=UUID(hex=id)).first()
    is_open = person is not None and timezone.now().timestamp() < ends and then == state(person)
    return person if is_open else None


def state(person: Person) -> str:
    """A sign of the account's last sign-in and password, which tells nothing of either."""
    last = person.last_login.isoformat() if isinstance(person.last_login, datetime) else ""
    return salted_hmac(SALT, f"{person.pk.hex}:{last}:{person.password}", algorithm="sha256").hexdigest()[:32]
