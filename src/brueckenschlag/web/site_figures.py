"""What those who run the site see of it at a glance: counts, never contents. As many queries for much as for little."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q
from django.utils import timezone

from ..accounts.models import ClientInvitation, Invitation, Mandate, Organisation, Person
from ..assessments import editions
from ..assessments.models import Assessment, Edition
from ..audit.models import LogEntry
from ..instruments.model import Instrument
from ..plans.models import Measure

# Every night the terms are applied; after so long without it something is wrong.
NIGHTLY_IS_LATE = timedelta(days=2)
RECENTLY = timedelta(days=7)


@dataclass(frozen=True)
class Figures:
    """Counts of the whole site. `terms_applied` is when the nightly command last ran, None for never."""

    people: int
    staff: int
    people_leaving: int
    organisations: dict[str, int]
    organisations_leaving: int
    assessments: list[tuple[Instrument, int, int]]
    measures: int
    mandates: int
    invitations: int
    failed_letters: int
    terms_applied: datetime | None
    database: str

    @property
    def nightly_is_late(self) -> bool:
        """Whether the nightly command has not run for too long."""
        return self.terms_applied is None or self.terms_applied < timezone.now() - NIGHTLY_IS_LATE

    @property
    def has_mail(self) -> bool:
        """Whether a mail server is set."""
        return bool(settings.EMAIL_HOST)

    @property
    def needs_attention(self) -> bool:
        """Whether there is something to do for whoever runs the site."""
        incomplete = not settings.CONFIGURATION.operator.is_complete
        return self.nightly_is_late or bool(self.failed_letters) or incomplete or not settings.PUBLIC_URL


def figures() -> Figures:
    """The site as it is now: nine queries."""
    people = Person.objects.aggregate(
        all=Count("pk"), staff=Count("pk", filter=Q(is_staff=True)), leaving=Count("pk", filter=~Q(erase_on=None))
    )
    kinds = Organisation.objects.values_list("kind").annotate(n=Count("pk"))
    terms = LogEntry.objects.filter(verb="terms.applied").order_by("-at").values_list("at", flat=True)
    since = timezone.now() - RECENTLY
    return Figures(
        people=people["all"],
        staff=people["staff"],
        people_leaving=people["leaving"],
        organisations=dict(kinds),
        organisations_leaving=Organisation.objects.exclude(erase_on=None).count(),
        assessments=_assessments(),
        measures=Measure.objects.in_plan().count(),
        mandates=Mandate.objects.in_force().count(),
        invitations=Invitation.objects.open().count() + ClientInvitation.objects.open().count(),
        failed_letters=LogEntry.objects.filter(verb="mail.failed", at__gt=since).count(),
        terms_applied=terms.first(),
        database={"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(connection.vendor, connection.vendor),
    )


def _assessments() -> list[tuple[Instrument, int, int]]:
    """Each instrument, how many of it belong to organisations, and how many to guests."""
    by_slug = Assessment.objects.values("edition__slug")
    rows = by_slug.annotate(all=Count("pk"), guests=Count("pk", filter=Q(organisation=None))).order_by("edition__slug")
    found = {row["edition__slug"]: (row["all"] - row["guests"], row["guests"]) for row in rows}
    return [(editions.original(one.hash), *found.get(one.slug, (0, 0))) for one in editions.all_current()]


@dataclass(frozen=True)
class Published:
    """An edition, how many assessments are on it, and whether it is the newest of its instrument."""

    edition: Edition
    instrument: Instrument
    languages: list[str]
    assessments: int
    is_newest: bool


def published() -> list[Published]:
    """Every edition, instrument by instrument, the newest first."""
    rows = Edition.objects.defer("content").order_by("slug", "-number")
    filled = dict(Assessment.objects.order_by().values_list("edition").annotate(n=Count("pk")))
    newest = {one.hash for one in editions.all_current()}
    return [
        Published(
            one,
            editions.original(one.hash),
            list(editions.texts(one.hash)),
            filled.get(one.hash, 0),
            one.hash in newest,
        )
        for one in rows
    ]


def waiting_letters() -> list[tuple[str, int, datetime]]:
    """Advisers' invitations whose letter has not gone yet: whose, how many, and since when."""
    waiting = ClientInvitation.objects.open().filter(mailed_at=None).values("adviser", "adviser__name")
    rows = waiting.annotate(n=Count("pk"), oldest=Min("created_at")).order_by("adviser__name", "adviser")
    return [(row["adviser__name"], row["n"], row["oldest"]) for row in rows]
