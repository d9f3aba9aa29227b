"""The links that open an assessment: made anew, made worthless, mailed."""

from django.db import transaction
from django.utils import timezone

from ...accounts import keys
from ...accounts.models import Organisation
from ...audit.actors import Actor
from ...audit.operations import record
from .. import rules
from ..models import Assessment
from .holding import hold, touch


class TooManyMailsError(Exception):
    """The assessment has had its letters for today."""


def renew_keys(assessment: Assessment, *, by: Actor) -> str:
    """Makes both old links invalid and gives out a new owner's key."""
    key = keys.new_owner_key()
    with transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(**hashes_for(key))
        touch(assessment, "links.renewed", by=by)
    return key


def revoke_links(assessment: Assessment, organisation: Organisation, by: Actor) -> None:
    """Puts hashes of keys that nobody has in the place of the old ones."""
    Assessment.objects.filter(pk=assessment.pk).update(**hashes_for(keys.new_owner_key()))
    record("links.revoked", by=by, organisation=organisation.pk, assessment=assessment.pk)


def count_mail(assessment: Assessment) -> None:
    """Counts a letter before it is sent. Raises TooManyMailsError when today's are used up."""
    today = timezone.localdate()
    with transaction.atomic():
        hold(assessment.pk)
        sent = Assessment.objects.filter(pk=assessment.pk, mailed_on=today).values_list("mails_sent", flat=True).first()
        if (sent or 0) >= rules.MAILS_PER_DAY:
            raise TooManyMailsError
        Assessment.objects.filter(pk=assessment.pk).update(mailed_on=today, mails_sent=(sent or 0) + 1)


def hashes_for(owner_key: str) -> dict[str, str]:
    """What an assessment stores of its owner's key and of the reader's key that follows from it, by column."""
    return {
        "owner_hash": keys.hash_key(owner_key),
        "reader_hash": keys.hash_key(keys.reader_key(owner_key)),
    }
