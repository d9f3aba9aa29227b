"""The register: names every room's tables for Django."""

from .accounts.models import Area, ClientInvitation, Invitation, Mandate, Membership, Organisation, Person
from .assessments.models import Assessment, Covered, Edition, Handover, Mark, Rating
from .audit.models import LogEntry
from .plans.models import Measure

__all__ = [
    "Area",
    "Assessment",
    "ClientInvitation",
    "Covered",
    "Edition",
    "Handover",
    "Invitation",
    "LogEntry",
    "Mandate",
    "Mark",
    "Measure",
    "Membership",
    "Organisation",
    "Person",
    "Rating",
]
