"""Everything that changes an assessment.

Whatever reads before it writes, or writes more than one row, holds the assessment first: docs/decisions/0016.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from ..accounts import keys
from ..accounts import operations as accounts
from ..accounts.models import Area, Mandate, Organisation
from ..accounts.rules import OFFER_DAYS
from ..audit.actors import GUEST, Actor
from ..audit.operations import record, record_once
from ..instruments import compare, frozen
from ..instruments.loader import Draft
from . import editions, rules
from .models import Assessment, Covered, Edition, Handover, Mark, Rating

# Saved at every keystroke or tap: in the log once in a while.
REPEATED = frozenset(("rating.changed", "marks.changed"))


class StaleRatingError(Exception):
    """Two people have changed the same field; carries what is stored now, and the rest put together."""

    def __init__(self, stored: Rating, merged: rules.Merged) -> None:
        self.stored = stored
        self.merged = merged
        super().__init__("stale rating")


class TooManyMailsError(Exception):
    """The assessment has had its letters for today."""


class VersionTakenError(Exception):
    """That version of the instrument has been published with other content."""


class OtherMeaningError(Exception):
    """Keys of earlier editions seem to be used for something else; carries them with both texts."""

    def __init__(self, changes: list[compare.Change]) -> None:
        self.changes = changes
        super().__init__("other meaning")


class NoOtherEditionError(Exception):
    """There is no edition to move to."""


class HandoverGoneError(Exception):
    """The assessment has been handed over already, or the offer has been renewed or is over."""


def hold(id: uuid.UUID) -> None:
    """Lets nobody else change that assessment until the transaction ends; waits while somebody else holds it.

    Raises Assessment.DoesNotExist when it has been erased meanwhile. On SQLite a transaction holds everything from its
    beginning. Written by hand because it is part of every save.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Holding an assessment ends with its transaction: open one first.")
    own = Assessment._meta.pk.get_db_prep_value(id, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            _HOLD + (" FOR NO KEY UPDATE" if connection.features.has_select_for_no_key_update else ""), [own]
        )
        if cursor.fetchone() is None:
            raise Assessment.DoesNotExist


_HOLD = f"SELECT 1 FROM {Assessment._meta.db_table} WHERE id = %s"  # noqa: S608  # only the name of our own table


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


def begin_assessment(
    edition: Edition,
    name: str = "",
    *,
    organisation: Organisation | None = None,
    area: Area | None = None,
    by: Actor = GUEST,
) -> tuple[Assessment, str]:
    """A new assessment and the owner's key, which is given out this once.

    Within an organisation it is called like the area or organisation unless it has a name of its own. A mandate under
    which it is begun covers it. Raises ValueError for an area of another organisation, Area.DoesNotExist for one that
    has been removed meanwhile.
    """
    key = keys.new_owner_key()
    if organisation is None:
        return Assessment.objects.create(edition=edition, name=name, **_hashes(key)), key
    _check_area(organisation.pk, area)
    name = name or (area.name if area else organisation.name)
    with transaction.atomic():
        area = accounts.locked_area(area) if area else None
        begun = Assessment.objects.create(
            edition=edition, name=name, organisation=organisation, area=area, **_hashes(key)
        )
        if by.mandate is not None:
            Covered.objects.create(mandate_id=by.mandate, assessment=begun)
        record("assessment.begun", by=by, organisation=organisation.pk, assessment=begun.pk)
    return begun, key


def set_area(assessment: Assessment, area: Area | None, *, by: Actor) -> None:
    """Says to which area of its organisation the assessment belongs; None is the organisation as a whole.

    Raises ValueError for an area of another organisation, and for an assessment that belongs to none;
    Area.DoesNotExist for an area that has been removed meanwhile.
    """
    if assessment.organisation_id is None:
        raise ValueError("no organisation")
    _check_area(assessment.organisation_id, area)
    with transaction.atomic():
        assessment.area = accounts.locked_area(area) if area else None
        assessment.save(update_fields=["area"])
        record(
            "assessment.area-set",
            by=by,
            organisation=assessment.organisation_id,
            assessment=assessment.pk,
            target=str(area.pk) if area else "",
        )


def dissolve_area(area: Area, *, by: Actor) -> None:
    """Removes an area of an organisation; its assessments belong to the area above then, or to the whole.

    Raises Area.DoesNotExist when it has been removed meanwhile.
    """
    with transaction.atomic():
        area = accounts.locked_area(area)
        Assessment.objects.filter(area=area).update(area=area.parent_id)
        accounts.remove_area(area, by=by)


def _check_area(organisation: UUID, area: Area | None) -> None:
    if area is not None and area.organisation_id != organisation:
        raise ValueError("area of another organisation")


def offer_advice(
    organisation: Organisation,
    assessments: Collection[Assessment] | None,
    *,
    may_write: bool,
    until: date | None = None,
    by: Actor,
) -> tuple[Mandate, str]:
    """An offer to advise the organisation on these assessments, None for all of them, and its key.

    Raises ValueError for an assessment of another organisation, accounts.operations.TooManyOffersError.
    """
    with transaction.atomic():
        mandate, key = accounts.offer_mandate(
            organisation, may_write=may_write, covers_all=assessments is None, until=until, by=by
        )
        _cover(mandate, assessments or ())
    return mandate, key


def change_advice(
    mandate: Mandate, assessments: Collection[Assessment] | None, *, may_write: bool, until: date | None, by: Actor
) -> None:
    """Sets what a mandate covers and allows, and until when. Raises as offer_advice, and OfferGoneError."""
    with transaction.atomic():
        accounts.change_mandate(mandate, may_write=may_write, covers_all=assessments is None, until=until, by=by)
        Covered.objects.filter(mandate=mandate).delete()
        _cover(mandate, assessments or ())


def _cover(mandate: Mandate, assessments: Collection[Assessment]) -> None:
    if any(one.organisation_id != mandate.organisation_id for one in assessments):
        raise ValueError("assessment of another organisation")
    Covered.objects.bulk_create([Covered(mandate=mandate, assessment=one) for one in assessments])


def offer_handover(assessment: Assessment, *, by: Actor) -> str:
    """The key with which somebody takes the assessment into their own organisation; an earlier one is worth nothing.

    Raises ValueError for an assessment that does not belong to an organisation that advises.
    """
    if assessment.organisation is None or assessment.organisation.kind != "advice":
        raise ValueError("not prepared by an adviser")
    key = keys.new_owner_key()
    facts = {
        "token_hash": keys.hash_key(key),
        "offered_by_id": by.person,
        "expires_at": timezone.now() + timedelta(days=OFFER_DAYS),
    }
    Handover.objects.update_or_create(assessment=assessment, defaults=facts)
    return key


def take_handover(
    handover: Handover,
    organisation: Organisation | None,
    *,
    name: str = "",
    keeps: Literal["", "read", "write"] = "",
    by: Actor,
) -> Assessment:
    """Takes the assessment into the organisation, None founds one of that name; all links to it end.

    `keeps` says what the adviser who has prepared it may go on doing with it. Raises HandoverGoneError,
    accounts.operations.OwnOrganisationError, ValueError for nobody.
    """
    with transaction.atomic():
        assessment = Assessment.objects.select_for_update().filter(pk=handover.pk).first()
        offered = Handover.objects.open().filter(pk=handover.pk, token_hash=handover.token_hash)
        if assessment is None or assessment.organisation is None or not offered.delete()[0]:
            raise HandoverGoneError
        adviser = assessment.organisation
        organisation = organisation or accounts.found_organisation(name, _kind_for(assessment), by=by)
        if organisation == adviser:
            raise accounts.OwnOrganisationError
        _give_to(assessment, organisation, by)
        for one in (adviser, organisation):
            record("assessment.handed-over", by=by, organisation=one.pk, assessment=assessment.pk)
        if keeps:
            mandate = accounts.give_mandate(organisation, adviser, may_write=keeps == "write", covers_all=False, by=by)
            _cover(mandate, [assessment])
    return assessment


def _give_to(assessment: Assessment, organisation: Organisation, by: Actor) -> None:
    """Lets it belong to another organisation; whoever held a link or advised on it does so no more."""
    Covered.objects.filter(assessment=assessment).delete()
    assessment.organisation, assessment.area = organisation, None
    assessment.save(update_fields=["organisation", "area"])
    renew_keys(assessment, by=by)


def forget_old_offers() -> int:
    """Removes links for handing over, offers and invitations of advisers whose term is over; returns how many."""
    with transaction.atomic():
        count, _ = Handover.objects.filter(expires_at__lte=timezone.now()).delete()
        return count + accounts.forget_old_offers()


def _kind_for(assessment: Assessment) -> str:
    """What kind of organisation fills in this instrument."""
    return "kmu" if assessment.edition.slug == "kmu" else "zo"


def move_to_newest_edition(assessment: Assessment, *, by: Actor = GUEST) -> None:
    """Lets the assessment go on with the newest edition. Nothing that was entered is changed: it is found by its key.

    Raises NoOtherEditionError.
    """
    with transaction.atomic():
        _read_again(assessment)
        newest = editions.current(assessment.edition.slug)
        if newest is None or newest == assessment.edition:
            raise NoOtherEditionError
        _move(assessment, newest, by)


def move_to_earlier_edition(assessment: Assessment, *, by: Actor = GUEST) -> None:
    """Goes back to the edition before; what was entered in the other one stays and can be shown in its words.

    Raises NoOtherEditionError.
    """
    with transaction.atomic():
        _read_again(assessment)
        if assessment.earlier_edition is None or editions.newer_than(assessment.edition_id, assessment.edition.slug):
            raise NoOtherEditionError
        _move(assessment, assessment.earlier_edition, by)


def _read_again(assessment: Assessment) -> None:
    """Holds it and forgets what the page has read before, which somebody else may have changed."""
    hold(assessment.pk)
    assessment.refresh_from_db()


def _move(assessment: Assessment, edition: Edition, by: Actor) -> None:
    assessment.edition, assessment.earlier_edition = edition, assessment.edition
    assessment.save(update_fields=["edition", "earlier_edition"])
    touch(assessment, "assessment.moved", by=by)


def rename_assessment(assessment: Assessment, name: str, *, by: Actor = GUEST) -> None:
    """Sets the name of the organisation or area; may be empty."""
    with transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(name=name)
        touch(assessment, "assessment.renamed", by=by)


def rate_checkpoint(  # noqa: PLR0913  # each is a fact of one rating
    assessment: Assessment,
    checkpoint: str,
    level: str,
    note: str,
    *,
    was: rules.Seen | None = None,
    version: int = 0,
    ratings: Mapping[str, Rating] | None = None,
    by: Actor = GUEST,
) -> Rating:
    """Sets level and note; `was` is what the person saw before. What they have left alone stays as it is stored.

    Whoever has just chosen between two versions gives the `version` (0: none yet) instead of `was`.
    `ratings` are the assessment's ratings by checkpoint, when the caller holds it and has read them since.
    Raises StaleRatingError when somebody else's change would be overwritten.
    """
    with transaction.atomic(savepoint=False):
        if ratings is None:
            hold(assessment.pk)
            ratings = {rating.checkpoint: rating for rating in Rating.objects.filter(assessment=assessment)}
        stored = ratings.get(checkpoint)
        if stored is None:
            return _first_rating(assessment, checkpoint, level, note, by)
        wanted = _wanted((level, note), stored, was, version)
        if not wanted.conflicts and (stored.level, stored.note) != (wanted.level, wanted.note):
            stored.level, stored.note, stored.version = wanted.level, wanted.note, stored.version + 1
            stored.save(force_update=True, update_fields=["level", "note", "version"])
            touch(assessment, "rating.changed", by=by, target=checkpoint)
    if wanted.conflicts:
        raise StaleRatingError(stored, wanted)
    return stored


def _first_rating(assessment: Assessment, checkpoint: str, level: str, note: str, by: Actor) -> Rating:
    """Stores nothing for an empty page."""
    if not level and not note:
        return Rating(assessment=assessment, checkpoint=checkpoint, version=0)
    rating = Rating.objects.create(assessment=assessment, checkpoint=checkpoint, level=level, note=note)
    touch(assessment, "rating.changed", by=by, target=checkpoint)
    return rating


def _wanted(mine: tuple[str, str], stored: Rating, was: rules.Seen | None, version: int) -> rules.Merged:
    """What is to be stored: put together field by field, or as chosen while nothing has changed since."""
    if was:
        return rules.merged(mine, (stored.level, stored.note), was)
    level, note = mine
    is_fresh = stored.version == version
    different = {"level": level != stored.level, "note": note != stored.note}
    conflicts = frozenset() if is_fresh else frozenset(field for field, differs in different.items() if differs)
    return rules.Merged(level, note, conflicts)


def mark_running(assessment: Assessment, *, add: Collection[str], remove: Collection[str], by: Actor = GUEST) -> None:
    """Sets and takes away "Läuft schon" for suggestions, given by their full keys."""
    if not add and not remove:
        return
    with transaction.atomic():
        hold(assessment.pk)
        if add:
            marks = [Mark(assessment=assessment, suggestion=suggestion) for suggestion in sorted(add)]
            Mark.objects.bulk_create(marks, ignore_conflicts=True)
        if remove:
            Mark.objects.filter(assessment=assessment, suggestion__in=remove).delete()
        touch(assessment, "marks.changed", by=by, target=sorted({*add, *remove})[0].partition(".")[0])


def renew_keys(assessment: Assessment, *, by: Actor = GUEST) -> str:
    """Makes both old links invalid and gives out a new owner's key."""
    key = keys.new_owner_key()
    with transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(**_hashes(key))
        touch(assessment, "links.renewed", by=by)
    return key


def take_over(
    assessments: Iterable[Assessment], organisation: Organisation, *, by: Actor, keep_links: bool
) -> list[Assessment]:
    """Lets guests' assessments belong to an organisation; nothing that was entered changes.

    The caller has made sure that the person holds their owner's keys. Without `keep_links` no link opens them any
    more. Returns those that were taken: not the ones that somebody else's organisation has taken before.
    """
    taken = []
    with transaction.atomic():
        for one in assessments:
            guests = Assessment.objects.filter(pk=one.pk, organisation=None)
            if not guests.update(organisation=organisation, changed_on=timezone.localdate()):
                continue
            record("assessment.taken-over", by=by, organisation=organisation.pk, assessment=one.pk)
            if not keep_links:
                _revoke_links(one, organisation, by)
            taken.append(one)
    return taken


def _revoke_links(assessment: Assessment, organisation: Organisation, by: Actor) -> None:
    """Puts hashes of keys that nobody has in the place of the old ones."""
    Assessment.objects.filter(pk=assessment.pk).update(**_hashes(keys.new_owner_key()))
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


def erase_assessment(assessment: Assessment) -> None:
    """Deletes the assessment with everything that belongs to it, at once and for good."""
    with transaction.atomic(), suppress(Assessment.DoesNotExist):  # erased already: as it should be
        hold(assessment.pk)
        assessment.delete()


def remove_expired() -> int:
    """Deletes the assessments past their retention term; returns how many."""
    with transaction.atomic():
        # In one order, so that two who do this at once wait for each other once and not crosswise.
        count = len(Assessment.objects.expired().select_for_update().order_by("pk").values_list("pk"))
        Assessment.objects.expired().delete()
    return count


def touch(assessment: Assessment, verb: str, *, by: Actor, target: str = "") -> None:
    """Notes the day of the last change, when it is a new one, and in the log of an organisation who did what.

    What guests do is nobody's business: their assessments have no log.
    """
    today = timezone.localdate()
    if assessment.changed_on != today:
        assessment.changed_on = today
        assessment.save(update_fields=["changed_on"])
    if assessment.organisation_id is not None:
        note = record_once if verb in REPEATED else record
        note(verb, by=by, organisation=assessment.organisation_id, assessment=assessment.pk, target=target)


def _hashes(owner_key: str) -> dict[str, str]:
    return {
        "owner_hash": keys.hash_key(owner_key),
        "reader_hash": keys.hash_key(keys.reader_key(owner_key)),
    }
