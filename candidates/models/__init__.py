"""People who take part, what they hope for, what they can and need, and who may know it.

There is deliberately no column for a citizen number, a diagnosis, an offence, a CV or a diploma.
"""

from candidates.models.budget import BudgetLine
from candidates.models.course import Consent, ConsentQuerySet, Measurement, StageChange
from candidates.models.funds import Fund, FundDeadline, HourClaim
from candidates.models.gatherings import Gathering, GatheringGuest, GatheringLink
from candidates.models.helping import HelpRequest
from candidates.models.intake import ALL_DAYPARTS, Intake, SafetyRemark
from candidates.models.people import (
    ADULT_AGE,
    BureauQuerySet,
    Candidate,
    CandidateQuerySet,
    CandidateRowQuerySet,
    FileOpening,
    Organisation,
)
from candidates.models.plan import Goal, Step
from candidates.models.referrals import InwardReferral, OutwardReferral
from candidates.models.rights import Erasure, RetentionStep
from candidates.models.talks import Conversation, FirstConversation
from candidates.models.trainings import SessionAttendance, Training, TrainingPlace, TrainingSession
from candidates.models.voice import Correction, CorrectionQuerySet
from candidates.models.wellbeing import Wellbeing

__all__ = [
    "ADULT_AGE",
    "ALL_DAYPARTS",
    "BudgetLine",
    "BureauQuerySet",
    "Candidate",
    "CandidateQuerySet",
    "CandidateRowQuerySet",
    "Consent",
    "ConsentQuerySet",
    "Conversation",
    "Correction",
    "CorrectionQuerySet",
    "Erasure",
    "FileOpening",
    "FirstConversation",
    "Fund",
    "FundDeadline",
    "Gathering",
    "GatheringGuest",
    "GatheringLink",
    "Goal",
    "HelpRequest",
    "HourClaim",
    "Intake",
    "InwardReferral",
    "Measurement",
    "Organisation",
    "OutwardReferral",
    "RetentionStep",
    "SafetyRemark",
    "SessionAttendance",
    "StageChange",
    "Step",
    "Training",
    "TrainingPlace",
    "TrainingSession",
    "Wellbeing",
]
