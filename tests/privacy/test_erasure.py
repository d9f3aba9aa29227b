"""Asked for, undone, and after 14 days really done: no string of the person is left anywhere."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from brueckenschlag.accounts.models import Mandate, Membership, Organisation, Person
from brueckenschlag.accounts.operations import (
    LastOwnerError,
    change_address,
    change_person,
    close_account,
    found_organisation,
    invite,
    invite_clients,
    remove_member,
)
from brueckenschlag.accounts.rules import UNDO_ERASURE_DAYS
from brueckenschlag.assessments.models import Assessment, Rating
from brueckenschlag.assessments.operations import begin_assessment, rename_assessment, take_over
from brueckenschlag.audit.actors import GUEST, Actor
from brueckenschlag.audit.models import LogEntry
from brueckenschlag.audit.operations import forget, record
from brueckenschlag.plans.models import Measure
from brueckenschlag.plans.operations import add_measure
from brueckenschlag.plans.rules import Content
from brueckenschlag.privacy.operations import (
    LeftAloneError,
    apply_terms,
    ask_erasure_of_organisation,
    ask_erasure_of_person,
    erase_assessment_and_log,
    erase_organisation,
    undo_erasure_of_organisation,
    undo_erasure_of_person,
)
from tests.at_once import after


@pytest.fixture
def edition(django_db_setup: None):
    from brueckenschlag.assessments import editions

    return editions.current("zo")


def _overwrite(is_on: bool) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA secure_delete={int(is_on)}")


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In place of pytest's own: here everything is really stored, for the files are searched too."""
    with django_db_blocker.unblock():
        # Debian's SQLite overwrites by itself what is deleted; others do not, and the program must not rely on it.
        _overwrite(False)
        yield
        _overwrite(True)
        for organisation in Organisation.objects.all():
            forget(organisation=organisation.pk)
        forget(before=timezone.now() + timedelta(days=1))
        Organisation.objects.all().delete()
        Person.objects.all().delete()
        Assessment.objects.all().delete()
        Session.objects.all().delete()


@pytest.fixture(autouse=True)
def _stored(db) -> None:
    """Every test of this file."""


def due(*things) -> None:
    """Lets the term of undoing be over."""
    for thing in things:
        type(thing).objects.filter(pk=thing.pk).update(erase_on=timezone.localdate())


def everywhere(*words: str) -> list[str]:
    """Where these words stand: every column of every table, and every file of the data folder but backups."""
    wanted = [word.casefold() for word in words]
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                held = [bytes(cell) if isinstance(cell, memoryview | bytes) else str(cell) for cell in row]
                texts = [cell.decode("utf-8", "replace") if isinstance(cell, bytes) else cell for cell in held]
                found += [
                    f"{table}.{name}"
                    for name, text in zip(columns, texts, strict=True)
                    if any(word in text.casefold() for word in wanted)
                ]
    for file in settings.DATA_DIR.rglob("*"):
        if file.is_file() and "backups" not in file.parts:
            content = file.read_bytes().lower()
            found += [file.name for word in wanted if word.encode() in content]
    return found


def strings_of(person: Person) -> tuple[str, ...]:
    return person.name, person.email, "zweit@quast.example", str(person.pk), person.pk.hex


@pytest.fixture
def lived(verein, anna, ben, edition):
    """All that can hang on an account: Ben's."""
    by = Actor(ben.pk)
    EmailAddress.objects.create(user=ben, email="zweit@quast.example", verified=True)
    Authenticator.objects.create(user=ben, type=Authenticator.Type.WEBAUTHN, data={"name": "Handy von Ben Quast"})
    SocialAccount.objects.create(user=ben, provider="verzeichnis", uid=ben.email, extra_data={"email": ben.email})
    client = Client()
    client.force_login(ben)
    key = client.session.session_key
    UserSession.objects.create(user=ben, session_key=key, ip="192.0.2.7", user_agent="Firefox")
    waiting = import_module(settings.SESSION_ENGINE).SessionStore()
    waiting["code_for"] = ben.email
    waiting.save()
    invite(verein, "reader", email=ben.email, by=Actor(anna.pk))
    invite(verein, "reader", email="andere@probestadt.example", by=by)
    office = found_organisation("Beratung am Ort", "advice", by=Actor(anna.pk))
    Mandate.objects.create(organisation=verein, adviser=office, created_by=ben, accepted_at=timezone.now())
    invite_clients(office, [(ben.name, ben.email)], by=Actor(anna.pk))
    assessment, _ = begin_assessment(edition, "Jugend", organisation=verein, by=by)
    for name in (ben.name, ben.name.upper(), ben.email, "Anna"):
        content = Content("planen", "Gespräch", "high", responsible=name)
        add_measure(assessment, content, id=uuid.uuid4(), by=GUEST)
    record("rating.changed", by=by, organisation=verein.pk, assessment=assessment.pk, target="planen")
    record("member.role-changed", by=Actor(anna.pk), organisation=verein.pk, target=str(ben.pk))
    record("person.changed", by=by, target=str(ben.pk))
    return assessment


def test_nothing_of_the_person_is_left_in_any_table_or_file(lived, ben, verein, anna):
    assert len(everywhere(*strings_of(ben))) > 15
    ask_erasure_of_person(ben, by=Actor(ben.pk))
    due(ben)
    call_command("nightly")
    assert everywhere(*strings_of(ben)) == []
    # Not even inside what is packed: sessions are.
    held = [str(session.get_decoded()) for session in Session.objects.all()]
    assert not any(word in text for word in strings_of(ben) for text in held)


def test_what_belongs_to_the_others_stays(lived, ben, verein, anna):
    before = LogEntry.objects.filter(organisation=verein.pk).count()
    due(ben)
    call_command("nightly")
    assert sorted(lived.measures.values_list("responsible", flat=True)) == ["Anna", *["ehemals beteiligt"] * 3]
    assert LogEntry.objects.filter(organisation=verein.pk).count() == before
    strangers = {*LogEntry.objects.filter(verb="rating.changed").values_list("person", flat=True)}
    assert strangers == {*LogEntry.objects.filter(verb="assessment.begun").values_list("person", flat=True)}
    assert strangers.isdisjoint({None, anna.pk, ben.pk})
    assert Mandate.objects.get().created_by is None
    assert list(verein.invitations.values_list("email", flat=True)) == ["andere@probestadt.example"]
    assert [one.person for one in verein.memberships.all()] == [anna]


def test_a_name_in_the_plan_of_another_organisation_is_not_taken_for_the_persons(lived, ben, edition):
    other = Organisation.objects.create(name="Nachbarn")
    assessment, _ = begin_assessment(edition, organisation=other, by=GUEST)
    for name in (ben.name, ben.email):
        add_measure(assessment, Content("planen", "Gespräch", "high", responsible=name), id=uuid.uuid4(), by=GUEST)
    due(ben)
    call_command("nightly")
    assert sorted(assessment.measures.values_list("responsible", flat=True)) == [ben.name, "ehemals beteiligt"]


def test_an_address_with_letters_that_have_no_capitals_is_found_too(lived, ben, verein, anna):
    change_address(ben, "ben@quaststraße.example", by=Actor(ben.pk))
    invite(verein, "reader", email=ben.email, by=Actor(anna.pk))
    due(ben)
    call_command("nightly")
    assert everywhere(ben.email) == []


def test_whoever_calls_themselves_by_an_address_takes_nothing_from_others_with_them(lived, anna, ben, verein, edition):
    """A name is what somebody likes; only an address is proved to be theirs."""
    stranger = Person.objects.create(email="fremd@example.org")
    change_person(stranger, name=ben.email, language="de")
    due(stranger)
    call_command("nightly")
    assert lived.measures.filter(responsible=ben.email).exists()
    assert verein.invitations.filter(email=ben.email).exists()
    assert Session.objects.count() == 2


def test_until_the_day_nothing_is_erased_and_all_can_be_undone(lived, ben):
    by = Actor(ben.pk)
    assert ask_erasure_of_person(ben, by=by) == timezone.localdate() + timedelta(days=UNDO_ERASURE_DAYS)
    call_command("nightly")
    undo_erasure_of_person(ben, by=by)
    call_command("nightly")
    ben.refresh_from_db()
    assert ben.erase_on is None
    verbs = list(
        LogEntry.objects.filter(person=ben.pk, verb__startswith="person.erasure").values_list("verb", flat=True)
    )
    assert verbs == ["person.erasure-asked", "person.erasure-undone"]


def test_whoever_undoes_it_in_the_moment_in_which_it_is_done_keeps_everything(verein, anna, ben, edition):
    guest, _ = begin_assessment(edition, "Gast", by=GUEST)
    due(ben, verein)
    Assessment.objects.filter(pk=guest.pk).update(changed_on=timezone.localdate() - timedelta(days=2000))
    for one in (ben, verein, guest):
        one.refresh_from_db()

    def keep() -> None:
        undo_erasure_of_person(ben, by=Actor(ben.pk))
        undo_erasure_of_organisation(verein, by=Actor(anna.pk))
        rename_assessment(guest, "Doch noch gebraucht", by=GUEST)

    after(keep, apply_terms)
    assert Person.objects.filter(pk=ben.pk).exists()
    assert Organisation.objects.filter(pk=verein.pk).exists()
    assert Assessment.objects.filter(pk=guest.pk).exists()


def test_the_only_owner_has_to_say_what_becomes_of_the_organisation(verein, anna, ben):
    with pytest.raises(LeftAloneError) as refused:
        ask_erasure_of_person(anna, by=Actor(anna.pk))
    assert refused.value.organisations == [verein]
    anna.refresh_from_db()
    assert anna.erase_on is None
    ask_erasure_of_person(anna, with_organisations=[verein.pk], by=Actor(anna.pk))
    verein.refresh_from_db()
    assert verein.erase_on == anna.erase_on
    undo_erasure_of_person(anna, by=Actor(anna.pk))
    verein.refresh_from_db()
    assert verein.erase_on is None


def test_an_organisation_that_is_named_but_has_another_owner_stays(verein, anna, ben):
    Membership.objects.filter(person=ben).update(role="owner")
    ask_erasure_of_person(anna, with_organisations=[verein.pk], by=Actor(anna.pk))
    verein.refresh_from_db()
    assert verein.erase_on is None


def test_of_two_owners_who_both_want_to_go_the_second_is_the_last(verein, anna, ben):
    Membership.objects.filter(person=ben).update(role="owner")
    ask_erasure_of_person(anna, by=Actor(anna.pk))
    with pytest.raises(LeftAloneError):
        ask_erasure_of_person(ben, by=Actor(ben.pk))


def test_of_two_owners_who_ask_in_the_same_moment_the_second_is_the_last(verein, anna, ben):
    Membership.objects.filter(person=ben).update(role="owner")
    with pytest.raises(LeftAloneError):
        after(
            lambda: ask_erasure_of_person(anna, by=Actor(anna.pk)),
            lambda: ask_erasure_of_person(ben, by=Actor(ben.pk)),
        )


def test_an_owner_does_not_leave_in_the_moment_in_which_the_other_asks_to_be_erased(verein, anna, ben):
    Membership.objects.filter(person=ben).update(role="owner")
    own = Membership.objects.get(person=ben)
    with pytest.raises(LastOwnerError):
        after(
            lambda: ask_erasure_of_person(anna, by=Actor(anna.pk)),
            lambda: remove_member(own, by=Actor(ben.pk)),
        )


def test_an_organisation_with_an_owner_whose_account_is_closed_is_not_erased_with_the_other(verein, anna, ben):
    Membership.objects.filter(person=ben).update(role="owner")
    ask_erasure_of_person(anna, by=Actor(anna.pk))
    close_account(ben, by=GUEST)
    due(anna)
    call_command("nightly")
    assert verein.memberships.get().person == ben


def test_an_organisation_left_alone_after_all_goes_to_the_longest_editor_or_goes_too(verein, anna, ben):
    reader = Person.objects.create(email="liest@probestadt.example")
    Membership.objects.create(organisation=verein, person=reader, role="reader", joined_at=verein.created_at)
    alone = found_organisation("Allein", "zo", by=Actor(anna.pk))
    due(anna)
    call_command("nightly")
    assert verein.memberships.get(role="owner").person == ben
    assert not Organisation.objects.filter(pk=alone.pk).exists()


def test_an_organisation_goes_with_everything_in_it_and_nothing_else(lived, verein, anna, edition):
    other, _ = begin_assessment(edition, "Bleibt", by=GUEST)
    record("rating.changed", by=GUEST, assessment=lived.pk)  # as a guest, before it came to the organisation
    record("rating.changed", by=GUEST, assessment=other.pk)
    Rating.objects.create(assessment=lived, checkpoint="planen", level="gut", note="Xanthippe")
    by = Actor(anna.pk)
    ask_erasure_of_organisation(verein, by=by)
    call_command("nightly")
    assert Organisation.objects.filter(pk=verein.pk).exists()
    due(verein)
    call_command("nightly")
    words = (verein.name, "Xanthippe", str(verein.pk), verein.pk.hex, str(lived.pk), lived.pk.hex)
    assert everywhere(*words) == []
    assert list(Assessment.objects.all()) == [other]
    assert LogEntry.objects.filter(assessment=other.pk).exists()
    assert not Measure.objects.exists()
    assert Person.objects.filter(pk=anna.pk).exists()


def test_whoever_changes_an_organisation_in_the_moment_of_its_end_is_told_that_it_is_gone(verein, chief):
    place = f"/organisation/{verein.pk}"
    answers = after(
        lambda: erase_organisation(verein),
        lambda: [
            chief.post(f"{place}/einladen", {"role": "reader"}).status_code,
            chief.post(f"{place}/bereiche", {"names": "Hort"}).status_code,
        ],
    )
    assert answers == [404, 404]


def test_erasing_an_organisation_can_be_undone_and_is_asked_for_once(verein, anna):
    by = Actor(anna.pk)
    day = ask_erasure_of_organisation(verein, by=by)
    assert ask_erasure_of_organisation(verein, by=by) == day
    undo_erasure_of_organisation(verein, by=by)
    undo_erasure_of_organisation(verein, by=by)
    verbs = LogEntry.objects.filter(organisation=verein.pk, verb__contains="erasure").values_list("verb", flat=True)
    assert list(verbs) == ["organisation.erasure-asked", "organisation.erasure-undone"]


def test_a_guests_assessment_goes_with_its_log_and_an_organisations_leaves_its_traces(lived, verein, edition):
    guest, _ = begin_assessment(edition, "Gast", by=GUEST)
    for assessment, organisation in ((guest, None), (lived, verein.pk)):
        record("rating.changed", by=GUEST, assessment=assessment.pk, organisation=organisation)
    ids = guest.pk, lived.pk
    erase_assessment_and_log(guest, by=GUEST)
    erase_assessment_and_log(lived, by=GUEST)
    assert not Assessment.objects.filter(pk__in=ids).exists()
    assert not LogEntry.objects.filter(assessment=ids[0]).exists()
    assert LogEntry.objects.filter(assessment=ids[1]).exists()


def test_a_page_opened_before_it_went_to_an_organisation_does_not_erase_it_there(verein, anna, edition):
    """A guest or an adviser still has the page open; what the organisation has is its own to erase."""
    stale, _ = begin_assessment(edition, "Gast", by=GUEST)
    take_over([stale], verein, by=Actor(anna.pk), keep_links=False)
    with pytest.raises(Assessment.DoesNotExist):
        erase_assessment_and_log(stale, by=GUEST)
    assert verein.assessments.get() == stale
    assert LogEntry.objects.filter(assessment=stale.pk, verb="assessment.taken-over").exists()
