"""Reports, money, and what erased people count for; by subject."""

from impact.models.erased import ErasedFigure
from impact.models.money import FundingFlow, ImpactAssignment
from impact.models.reading import ManagerRowQuerySet
from impact.models.reports import Download, ImpactReport, Release, ReleaseQuerySet, Snapshot

__all__ = [
    "Download",
    "ErasedFigure",
    "FundingFlow",
    "ImpactAssignment",
    "ImpactReport",
    "ManagerRowQuerySet",
    "Release",
    "ReleaseQuerySet",
    "Snapshot",
]
