"""From a proposal with reasons to work that grows at the person's own pace."""

from matching.models.agenda import AgendaFeed
from matching.models.along import CHECK_IN_WEEKS, CheckIn, HoursStep, check_in_dates
from matching.models.asks import EmployerLink, EmployerQuestion
from matching.models.changes import NextPlan, PlacementChange
from matching.models.conversions import Conversion
from matching.models.day import DayMark, Digest, DigestWish
from matching.models.imports import ImportJob
from matching.models.job_coaching import CoachGoal, CoachHours, CoachPeriod, CoachPlan
from matching.models.matches import Introduction, Match, MatchEvent
from matching.models.meetings import MeetingAccount, MeetingOption
from matching.models.messages import Message
from matching.models.placements import Placement
from matching.models.wage_values import WageValue

__all__ = [
    "CHECK_IN_WEEKS",
    "AgendaFeed",
    "CheckIn",
    "CoachGoal",
    "CoachHours",
    "CoachPeriod",
    "CoachPlan",
    "Conversion",
    "DayMark",
    "Digest",
    "DigestWish",
    "EmployerLink",
    "EmployerQuestion",
    "HoursStep",
    "ImportJob",
    "Introduction",
    "Match",
    "MatchEvent",
    "MeetingAccount",
    "MeetingOption",
    "Message",
    "NextPlan",
    "Placement",
    "PlacementChange",
    "WageValue",
    "check_in_dates",
]
