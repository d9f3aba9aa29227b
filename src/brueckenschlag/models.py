"""The register: names every room's tables for Django."""

from .assessments.models import Assessment, Mark, Rating
from .plans.models import Measure

__all__ = ["Assessment", "Mark", "Measure", "Rating"]
