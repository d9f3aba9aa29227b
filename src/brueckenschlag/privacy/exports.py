"""Everything about a person or an organisation, to take along: plain records for JSON, and files of assessments.

A record is what JSON can hold, but for days, times and ids, which `as_json` writes as text.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from ..accounts.models import ClientInvitation, Invitation, Mandate, Membership, Organisation, Person
from ..assessments.models import Covered, Handover
from ..audit.models import LogEntry, LogQuerySet
from ..documents.building import of_assessment
from ..documents.report import Report
from .reads import addresses_of, measures_naming

VERSION = 1
Record = dict[str, Any]
_ASKED = ("adviser", "adviser__name", "name", "email", "created_at", "expires_at", "used_at")
_LOG = ("at", "verb", "person", "mandate", "organisation", "assessment", "target")


def about_person(person: Person) -> Record:
    """The account, what hangs on it, what the person did, and where they are named as responsible."""
    return {
        "format": "brueckenschlag-account",
        "version": VERSION,
        "made_at": timezone.now(),
        "account": {
            "id": person.pk,
            "email": person.email,
            "name": person.name,
            "language": person.language,
            "joined_at": person.joined_at,
            "last_login": person.last_login,
            "has_password": person.has_usable_password(),
            "is_staff": person.is_staff,
            "erase_on": person.erase_on,
        },
        "addresses": _rows(EmailAddress.objects.filter(user=person), "email", "verified", "primary"),
        "second_steps": [_second_step(one) for one in Authenticator.objects.filter(user=person).order_by("pk")],
        "directory": _rows(
            SocialAccount.objects.filter(user=person), "provider", "uid", "date_joined", "last_login", "extra_data"
        ),
        "sessions": _rows(UserSession.objects.filter(user=person), "created_at", "last_seen_at", "user_agent", "ip"),
        "memberships": _rows(
            Membership.objects.filter(person=person), "organisation", "organisation__name", "role", "joined_at"
        ),
        "invitations": _rows(
            Invitation.objects.filter(Q(invited_by=person) | Q(email__in=addresses_of(person))),
            *("organisation", "organisation__name", "role", "email", "created_at", "expires_at", "used_at"),
            "revoked_at",
        ),
        "mandates": _rows(
            Mandate.objects.filter(created_by=person), "organisation", "organisation__name", "created_at", "ended_at"
        ),
        "asked_clients": _rows(
            ClientInvitation.objects.filter(Q(invited_by=person) | Q(email__in=addresses_of(person))), *_ASKED
        ),
        "handovers": _rows(Handover.objects.filter(offered_by=person), "assessment", "expires_at"),
        "measures": [
            {"assessment": one.assessment_id, "text": one.text, "responsible": one.responsible}
            for one in measures_naming(person)
        ],
        "log": _log(LogEntry.objects.filter(Q(person=person.pk) | Q(target=str(person.pk))).order_by("-at", "-pk")),
    }


def _second_step(one: Authenticator) -> Record:
    """Without the secrets themselves: with them a copy of the file would open the account."""
    name = one.data.get("name", "")
    return {"type": one.type, "name": name, "created_at": one.created_at, "last_used_at": one.last_used_at}


def about_organisation(organisation: Organisation) -> Record:
    """The organisation, its areas, members, invitations, mandates, a list of its assessments, and its log."""
    mandates = ("organisation", "organisation__name", "adviser", "adviser__name", "may_write", "covers_all", "until")
    times, covered = ("created_at", "accepted_at", "ended_at"), _covered(organisation)
    return {
        "format": "brueckenschlag-organisation",
        "version": VERSION,
        "made_at": timezone.now(),
        "organisation": {
            "id": organisation.pk,
            "name": organisation.name,
            "kind": organisation.kind,
            "created_at": organisation.created_at,
            "erase_on": organisation.erase_on,
        },
        "areas": _rows(organisation.areas, "id", "parent", "name"),
        "members": _rows(organisation.memberships, "person", "person__name", "person__email", "role", "joined_at"),
        "invitations": _rows(
            organisation.invitations, "role", "email", "created_at", "expires_at", "used_at", "revoked_at"
        ),
        "mandates": [
            row | {"assessments": covered.get(row["id"], [])}
            for row in _rows(
                Mandate.objects.filter(Q(organisation=organisation) | Q(adviser=organisation)), "id", *mandates, *times
            )
        ],
        "asked_clients": _rows(organisation.client_invitations, *_ASKED),
        "assessments": [
            {"id": one.pk, "name": one.name, "area": one.area_id, "changed_on": one.changed_on, "file": _file(one)}
            for one in organisation.assessments.order_by("pk")
        ],
        "log": _log(LogEntry.objects.of_organisation(organisation.pk)),
    }


def _covered(organisation: Organisation) -> dict[Any, list[Record]]:
    """The assessments that each mandate lists which the organisation has given, by the mandate's id."""
    found: dict[Any, list[Record]] = {}
    for one in Covered.objects.filter(mandate__organisation=organisation).select_related("assessment").order_by("pk"):
        found.setdefault(one.mandate_id, []).append({"id": one.assessment_id, "name": one.assessment.name})
    return found


def assessments_of(organisation: Organisation) -> dict[str, Report]:
    """What has been entered in each assessment, under the name of its file."""
    assessments = organisation.assessments.select_related("edition").order_by("pk")
    return {_file(one): of_assessment(one) for one in assessments}


def _file(assessment: Any) -> str:
    return f"praxishilfen/{slugify(assessment.name)[:40] or 'praxishilfe'}-{assessment.pk.hex[:8]}.json"


def _rows(rows: "QuerySet[Any] | Any", *names: str) -> list[Record]:
    """Rows with these columns; a name such as organisation__name becomes organisation_name."""
    return [
        {name.replace("__", "_"): value for name, value in row.items()} for row in rows.order_by("pk").values(*names)
    ]


def _log(entries: LogQuerySet) -> list[Record]:
    return list(entries.values(*_LOG))


def as_json(record: Record) -> bytes:
    """The record as a file, readable by people too."""
    return json.dumps(record, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode()


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files by their names as one .zip."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()
