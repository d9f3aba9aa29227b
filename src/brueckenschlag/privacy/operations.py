"""Erasing people and organisations, replacing names in plans, and keeping the terms of all data.

Erasing has two steps: somebody asks for it and can undo it for UNDO_ERASURE_DAYS days; then `apply_terms` does it.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, override

from ..accounts.models import ClientInvitation, Invitation, Membership, Organisation, Person
from ..accounts.operations import forget_old_attempts, lock_person
from ..accounts.rules import UNDO_ERASURE_DAYS
from ..assessments.models import Assessment
from ..assessments.operations import erase_assessment, forget_old_offers
from ..assessments.rules import months_later
from ..audit.actors import GUEST, Actor
from ..audit.operations import forget, forget_id, record
from ..documents.report import Report
from ..plans.models import Measure
from ..plans.operations import erase_deleted
from . import exports
from .reads import addresses_of, alone_responsible, called_so, measures_naming

AnyDue = TypeVar("AnyDue", bound=Model)


class LeftAloneError(Exception):
    """Organisations would be left without an owner; carries them."""

    def __init__(self, organisations: list[Organisation]) -> None:
        self.organisations = organisations
        super().__init__("left alone")


def ask_erasure_of_person(person: Person, *, with_organisations: Collection[UUID] = (), by: Actor) -> date:
    """Notes that the account is to be erased, and on which day. Organisations that are named go with it.

    Raises LeftAloneError while an organisation that is not named would have no owner.
    """
    with transaction.atomic():
        lock_person(person.pk)
        alone = alone_responsible(person.pk)
        left = [one for one in alone if one.pk not in with_organisations]
        if left:
            raise LeftAloneError(left)
        for organisation in alone:
            ask_erasure_of_organisation(organisation, by=by)
        person.erase_on = _day_of_erasure()
        person.save(update_fields=["erase_on"])
        record("person.erasure-asked", by=by, target=str(person.pk))
    return person.erase_on


def undo_erasure_of_person(person: Person, *, by: Actor) -> None:
    """Keeps the account after all, and the organisations that were to go with it on the same day."""
    if person.erase_on is None:
        return
    with transaction.atomic():
        lock_person(person.pk)
        mine = Organisation.objects.filter(memberships__person=person, memberships__role="owner")
        for organisation in mine.filter(erase_on=person.erase_on):
            undo_erasure_of_organisation(organisation, by=by)
        person.erase_on = None
        person.save(update_fields=["erase_on"])
        record("person.erasure-undone", by=by, target=str(person.pk))


def ask_erasure_of_organisation(organisation: Organisation, *, by: Actor) -> date:
    """Notes that the organisation is to be erased, and on which day; asking again changes nothing."""
    if organisation.erase_on is None:
        with transaction.atomic():
            organisation.erase_on = _day_of_erasure()
            organisation.save(update_fields=["erase_on"])
            record("organisation.erasure-asked", by=by, organisation=organisation.pk)
    return organisation.erase_on


def undo_erasure_of_organisation(organisation: Organisation, *, by: Actor) -> None:
    """Keeps the organisation after all."""
    if organisation.erase_on is None:
        return
    with transaction.atomic():
        organisation.erase_on = None
        organisation.save(update_fields=["erase_on"])
        record("organisation.erasure-undone", by=by, organisation=organisation.pk)


def _day_of_erasure() -> date:
    return timezone.localdate() + timedelta(days=UNDO_ERASURE_DAYS)


def erase_organisation(organisation: Organisation) -> None:
    """Erases an organisation for good, with its areas, assessments, plans, mandates, invitations and log."""
    with transaction.atomic():
        for assessment in organisation.assessments.values_list("pk", flat=True):
            forget(assessment=assessment)
        forget(organisation=organisation.pk)
        forget_id(organisation.pk)
        organisation.delete()


def erase_person(person: Person) -> None:
    """Erases an account for good, with all that hangs on it; what others need stays without name, address and id.

    Where nobody else is an owner, the longest member of the highest role becomes one; an organisation without other
    members goes too.
    """
    with transaction.atomic():
        lock_person(person.pk)
        for organisation in alone_responsible(person.pk):
            _pass_on(organisation, person)
        addresses = addresses_of(person)
        with override(person.language or settings.LANGUAGE_CODE):
            _replace(measures_naming(person))
        Invitation.objects.filter(email__in=addresses).delete()
        ClientInvitation.objects.filter(email__in=addresses).delete()
        _end_sessions(person, addresses)
        forget_id(person.pk)
        person.delete()


def _pass_on(organisation: Organisation, person: Person) -> None:
    others = Membership.objects.filter(organisation=organisation, person__erase_on=None).exclude(person=person)
    rest = others.order_by("-person__is_active", "joined_at")
    heir = rest.filter(role="editor").first() or rest.first()
    if heir is None:
        erase_organisation(organisation)
        return
    Membership.objects.filter(pk=heir.pk).update(role="owner")
    record("member.role-changed", by=GUEST, organisation=organisation.pk, target=str(heir.person_id))


def _end_sessions(person: Person, addresses: set[str]) -> None:
    """Ends the person's sessions, and those that hold their address because somebody has asked for a code with it."""
    own = set(UserSession.objects.filter(user=person).values_list("session_key", flat=True))
    for session in Session.objects.iterator():
        held = str(session.get_decoded()).casefold()
        if str(person.pk) in held or any(address.casefold() in held for address in addresses):
            own.add(session.session_key)
    Session.objects.filter(session_key__in=own).delete()


def erase_assessment_and_log(assessment: Assessment, *, by: Actor) -> None:
    """Erases one assessment at once and for good, a guest's with its log.

    An organisation's log keeps what was done in it, else an adviser could erase their traces with the assessment; and
    that it was erased. Raises Assessment.DoesNotExist for one that belongs to another organisation by now.
    """
    id, organisation = assessment.pk, assessment.organisation_id
    with transaction.atomic():
        held = Assessment.objects.select_for_update(no_key=True).filter(pk=id).first()
        if held and held.organisation_id != organisation:
            raise Assessment.DoesNotExist
        erase_assessment(assessment)
        if organisation is None:
            forget(assessment=id)
        else:
            record("assessment.erased", by=by, organisation=organisation, assessment=id)


def replace_name(measures: "QuerySet[Measure]", name: str, *, by: Actor, about: Organisation | Assessment) -> int:
    """Puts "ehemals beteiligt" in the place of a responsible person's name; returns in how many measures.

    Also in deleted measures that can still be brought back. The log tells that it was done, not the name.
    """
    called = name.strip().casefold()
    with transaction.atomic():
        found = [one for one in measures.exclude(responsible="").select_for_update() if called_so(one) == called]
        if found:
            _replace(found)
            own = isinstance(about, Organisation)
            organisation = about.pk if isinstance(about, Organisation) else about.organisation_id
            record("person.replaced", by=by, organisation=organisation, assessment=None if own else about.pk)
    return len(found)


def _replace(measures: Iterable[Measure]) -> None:
    """No change in the sense of the term of retention; but whoever has a row open is told that it is another now."""
    rows = Measure.objects.filter(pk__in=[one.pk for one in measures])
    rows.update(responsible=gettext("ehemals beteiligt"), version=F("version") + 1)


def export_person(person: Person, *, by: Actor) -> exports.Record:
    """Everything about an account, for its person to take along; the log tells that it was taken."""
    with transaction.atomic():
        record("person.exported", by=by, target=str(person.pk))
        return exports.about_person(person)


def export_organisation(organisation: Organisation, *, by: Actor) -> tuple[exports.Record, dict[str, Report]]:
    """Everything about an organisation, and what has been entered in each assessment, by the name of its file."""
    with transaction.atomic():
        record("organisation.exported", by=by, organisation=organisation.pk)
        return exports.about_organisation(organisation), exports.assessments_of(organisation)


@dataclass(frozen=True)
class Removed:
    """How much has been erased because its time had come."""

    people: int
    organisations: int
    assessments: int
    measures: int
    entries: int
    invitations: int
    sessions: int

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


def apply_terms() -> Removed:
    """Erases everything whose time has come."""
    today, terms = timezone.localdate(), settings.CONFIGURATION.retention
    organisations = _erase_due(Organisation.objects.filter(erase_on__lte=today), erase_organisation)
    people = _erase_due(Person.objects.filter(erase_on__lte=today), erase_person)
    forget_old_attempts()
    forget_old_offers()
    oldest = timezone.make_aware(datetime.combine(months_later(today, -terms.log_months), time.min))
    removed = Removed(
        people=people,
        organisations=organisations,
        assessments=_erase_due(Assessment.objects.expired(), lambda one: erase_assessment_and_log(one, by=GUEST)),
        measures=erase_deleted(),
        entries=forget(before=oldest),
        invitations=_erase_invitations(terms.invitations_days),
        sessions=_erase_sessions(),
    )
    record("terms.applied", by=GUEST)
    if removed:
        _overwrite_what_is_free()
    return removed


def _erase_due(due: "QuerySet[AnyDue]", erase: Callable[[AnyDue], None]) -> int:
    """Erases each that is due, but not what somebody has kept or changed in this very moment; returns how many."""
    count = 0
    for id in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            found = due.select_for_update(no_key=True).filter(pk=id).first()
            if found is not None:
                erase(found)
                count += 1
    return count


def _erase_invitations(days: int) -> int:
    """Invitations hold addresses: they go some time after nobody can accept them any more."""
    before = timezone.now() - timedelta(days=days)
    closed = Q(used_at__lt=before) | Q(revoked_at__lt=before) | Q(expires_at__lt=before)
    return Invitation.objects.filter(closed).delete()[0]


def _erase_sessions() -> int:
    count, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return count


def _overwrite_what_is_free() -> None:
    """What SQLite deletes stays readable in its file until the file is written anew."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
