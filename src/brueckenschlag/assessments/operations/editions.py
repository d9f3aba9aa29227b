"""Publishing editions, and letting an assessment go on with another one."""

from collections.abc import Collection

from django.db import IntegrityError, transaction

from ...audit.actors import Actor
from ...instruments import compare, frozen
from ...instruments.loader import Draft
from .. import editions
from ..models import Assessment, Edition
from .holding import read_again, touch


class VersionTakenError(Exception):
    """That version of the instrument has been published with other content."""


class OtherMeaningError(Exception):
    """Keys of earlier editions seem to be used for something else; carries them with both texts."""

    def __init__(self, changes: list[compare.Change]) -> None:
        self.changes = changes
        super().__init__("other meaning")


class NoOtherEditionError(Exception):
    """There is no edition to move to."""


def publish_edition(draft: Draft, *, same: Collection[str] = ()) -> tuple[Edition, bool]:
    """Freezes the draft, and says whether that edition is new.

    `same` are keys of which a person says that they still mean the same. Raises VersionTakenError, OtherMeaningError.
    """
    content = frozen.freeze(draft)
    try:
        return _publish(draft, content, same)
    except IntegrityError:
        # Somebody has published between our reading and our writing, which PostgreSQL allows. Now theirs can be seen.
        return _publish(draft, content, same)


def _publish(draft: Draft, content: str, same: Collection[str]) -> tuple[Edition, bool]:
    instrument = draft.instrument
    with transaction.atomic():
        before = list(Edition.objects.filter(slug=instrument.slug).order_by("number"))
        for one in before:
            if one.version == instrument.edition:
                if one.hash != frozen.fingerprint(content):
                    raise VersionTakenError
                return one, False
        others = compare.other_meanings((editions.original(one.hash) for one in before), instrument)
        doubtful = [change for change in others if change.key not in same]
        if doubtful:
            raise OtherMeaningError(doubtful)
        edition = Edition.objects.create(
            hash=frozen.fingerprint(content),
            slug=instrument.slug,
            version=instrument.edition,
            number=len(before) + 1,
            content=content,
        )
    return edition, True


def show_draft(draft: Draft) -> Edition:
    """Puts a draft in the place of its instrument's editions; for the preview's own database only.

    What was filled in before goes on with the new text.
    """
    content = frozen.freeze(draft)
    slug = draft.frame.slug
    with transaction.atomic():
        before = Edition.objects.filter(slug=slug)
        same = before.filter(hash=frozen.fingerprint(content)).first()
        last = max(before.values_list("number", flat=True), default=0)
        edition = same or Edition.objects.create(
            hash=frozen.fingerprint(content), slug=slug, version=f"Entwurf {last + 1}", number=last + 1, content=content
        )
        Edition.objects.filter(pk=edition.pk).update(number=last + 2)
        Assessment.objects.filter(edition__slug=slug).update(edition=edition, earlier_edition=None)
        before.exclude(pk=edition.pk).delete()
    return edition


def move_to_newest_edition(assessment: Assessment, *, by: Actor) -> None:
    """Lets the assessment go on with the newest edition. Nothing that was entered is changed: it is found by its key.

    Raises NoOtherEditionError.
    """
    with transaction.atomic():
        read_again(assessment)
        newest = editions.current(assessment.edition.slug)
        if newest is None or newest == assessment.edition:
            raise NoOtherEditionError
        _move(assessment, newest, by)


def move_to_earlier_edition(assessment: Assessment, *, by: Actor) -> None:
    """Goes back to the edition before; what was entered in the other one stays and can be shown in its words.

    Raises NoOtherEditionError.
    """
    with transaction.atomic():
        read_again(assessment)
        if assessment.earlier_edition is None or editions.newer_than(assessment.edition_id, assessment.edition.slug):
            raise NoOtherEditionError
        _move(assessment, assessment.earlier_edition, by)


def _move(assessment: Assessment, edition: Edition, by: Actor) -> None:
    assessment.edition, assessment.earlier_edition = edition, assessment.edition
    assessment.save(update_fields=["edition", "earlier_edition"])
    touch(assessment, "assessment.moved", by=by)
