"""From a proposal with reasons to work that grows at the person's own pace."""

from matching.models.asks import EmployerLink, EmployerQuestion
from matching.models.conversions import Conversion
from matching.models.work import (
    CHECK_IN_WEEKS,
    CheckIn,
    HoursStep,
    ImportJob,
    Introduction,
    Match,
    MatchEvent,
    Message,
    Placement,
    check_in_dates,
)

__all__ = [
    "CHECK_IN_WEEKS",
    "CheckIn",
    "Conversion",
    "EmployerLink",
    "EmployerQuestion",
    "HoursStep",
    "ImportJob",
    "Introduction",
    "Match",
    "MatchEvent",
    "Message",
    "Placement",
    "check_in_dates",
]
