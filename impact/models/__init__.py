"""Reports, money, and what erased people count for; by subject."""

from impact.models.cashbook import CashbookEntry
from impact.models.erased import ErasedFigure
from impact.models.evidence import EvidenceHour, EvidenceLine, EvidenceSheet, EvidenceState
from impact.models.keys import ApiKey
from impact.models.money import FundingFlow, ImpactAssignment
from impact.models.network import NetworkFigure, NetworkPlace
from impact.models.planning import ReportBatch, ReportOrder, ReportSchedule
from impact.models.reading import ManagerRowQuerySet
from impact.models.reports import Download, ImpactReport, Release, ReleaseQuerySet, Snapshot
from impact.models.seals import SealCertificate
from impact.models.stories import Story, StoryAnswer, StoryConsent, StoryPurpose, StoryUse
from impact.models.success import SuccessSheet
from impact.models.telling import NoticeState, NoticeWish, ReleaseNotice

__all__ = [
    "ApiKey",
    "CashbookEntry",
    "Download",
    "ErasedFigure",
    "EvidenceHour",
    "EvidenceLine",
    "EvidenceSheet",
    "EvidenceState",
    "FundingFlow",
    "ImpactAssignment",
    "ImpactReport",
    "ManagerRowQuerySet",
    "NetworkFigure",
    "NetworkPlace",
    "NoticeState",
    "NoticeWish",
    "Release",
    "ReleaseNotice",
    "ReleaseQuerySet",
    "ReportBatch",
    "ReportOrder",
    "ReportSchedule",
    "SealCertificate",
    "Snapshot",
    "Story",
    "StoryAnswer",
    "StoryConsent",
    "StoryPurpose",
    "StoryUse",
    "SuccessSheet",
]
