"""Tables of people, organisations, areas, memberships, invitations and mandates, and the reads that go with them."""

import uuid
from datetime import date
from typing import Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .keys import Visitor
from .rules import ROLES

NAME_LENGTH = 120


class PersonManager(BaseUserManager["Person"]):
    """Finds people by their address; makes none (see operations)."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with that address, however it is written."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody with an account: an address in small letters, and if they like a name.

    `erase_on` is set while an erasure can still be undone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    language = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    erase_on = models.DateField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = PersonManager()

    def __str__(self) -> str:
        return str(self.id)

    @property
    def words(self) -> str:
        """How the person is called on the pages of their organisations."""
        return self.name or self.email


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Reads like adjectives."""

    def of(self, visitor: Visitor) -> Self:
        """Those of which the visitor is a member."""
        return self.with_role(visitor, *ROLES)

    def owned_by(self, visitor: Visitor) -> Self:
        """Those of which the visitor is an owner."""
        return self.with_role(visitor, "owner")

    def editable_by(self, visitor: Visitor) -> Self:
        """Those in which the visitor may enter things."""
        return self.with_role(visitor, "owner", "editor")

    def with_role(self, visitor: Visitor, *roles: str) -> Self:
        """Those in which the visitor has one of these roles."""
        if visitor.person is None:
            return self.none()
        mine = self.filter(memberships__person=visitor.person, memberships__role__in=roles)
        return mine.annotate(member_role=F("memberships__role"))


class Organisation(models.Model):
    """A non-profit organisation, a business, or one that advises (also a regional contact point)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    kind = models.CharField(max_length=10, choices=[("zo", "zo"), ("kmu", "kmu"), ("advice", "advice")], default="zo")
    created_at = models.DateTimeField(default=timezone.now)
    erase_on = models.DateField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    # The visitor's role, filled in by `with_role` and by what builds on it.
    member_role: str | None = None

    def __str__(self) -> str:
        return str(self.id)


class Area(models.Model):
    """A part of an organisation; at most four levels deep (see rules)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="areas")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, related_name="parts", null=True, blank=True)
    name = models.CharField(max_length=NAME_LENGTH)

    def __str__(self) -> str:
        return str(self.id)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reads like adjectives."""

    def owners_who_stay(self) -> Self:
        """Those of owners whose account is open and is not to be erased."""
        return self.filter(role="owner", person__erase_on=None, person__is_active=True)


class Membership(models.Model):
    """Who belongs to an organisation, in which role."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=[("owner", "owner"), ("editor", "editor"), ("reader", "reader")])
    joined_at = models.DateTimeField(default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "person", name="one_membership_per_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads like adjectives."""

    def open(self) -> Self:
        """Those that can still be accepted."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """A link with which one person, once, becomes a member. `email` is where it was mailed to; "" for a bare link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=[("owner", "owner"), ("editor", "editor"), ("reader", "reader")])
    email = models.EmailField(max_length=254, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, on_delete=models.SET_NULL, related_name="+", null=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Reads like adjectives."""

    def in_force(self, today: date | None = None) -> Self:
        """Those that have been accepted and have not ended."""
        until = Q(until=None) | Q(until__gte=today or timezone.localdate())
        return self.filter(until, ended_at=None).exclude(adviser=None)

    def of(self, organisation: Organisation) -> Self:
        """Those that it has given or holds and that have not been ended; also offers."""
        return self.filter(Q(organisation=organisation) | Q(adviser=organisation), ended_at=None)

    def offered(self) -> Self:
        """Those that can still be accepted."""
        return self.filter(adviser=None, ended_at=None, offer_expires_at__gt=timezone.now())

    def held_by(self, visitor: Visitor, *, for_writing: bool = False) -> Self:
        """Those in force under which the visitor may read, or write, as a member of the adviser's organisation."""
        roles = ("owner", "editor") if for_writing else ROLES
        mine = Membership.objects.filter(person=visitor.person, role__in=roles)
        held = self.in_force().filter(adviser__in=mine.values("organisation"))
        return held.filter(may_write=True) if for_writing else held


class Mandate(models.Model):
    """What a client's organisation lets an adviser's organisation see or do, and until when.

    It covers all assessments of the client, or those listed in `covered`. It is offered by a link (`token_hash`) and
    is in force once an adviser has accepted it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mandates")
    adviser = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="clients", null=True, blank=True)
    may_write = models.BooleanField(default=False)
    covers_all = models.BooleanField(default=True)
    until = models.DateField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    offer_expires_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(Person, on_delete=models.SET_NULL, related_name="+", null=True)
    created_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)


class ClientInvitationQuerySet(models.QuerySet["ClientInvitation"]):
    """Reads like adjectives."""

    def open(self) -> Self:
        """Those that can still be accepted."""
        return self.filter(used_at=None, expires_at__gt=timezone.now())


class ClientInvitation(models.Model):
    """A link with which an adviser asks somebody to become their client: one for each address of an adviser's.

    Its key follows from its id and the installation's secret, so that a list of links can be had again while they are
    open. `mailed_at` is set once the letter has been taken by the server.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    adviser = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="client_invitations")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, on_delete=models.SET_NULL, related_name="+", null=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = ClientInvitationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("adviser", "email", name="one_client_invitation_per_address")]

    def __str__(self) -> str:
        return str(self.id)
