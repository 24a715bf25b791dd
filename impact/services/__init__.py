"""Asking for a report, making it, releasing it, and handing it out."""

from impact.services.making import make_report
from impact.services.releasing import hand_out, release, withdraw_release
from impact.services.requesting import cancel, hanging, request_report, retry
from impact.services.turns import NotMine

__all__ = [
    "NotMine",
    "cancel",
    "hand_out",
    "hanging",
    "make_report",
    "release",
    "request_report",
    "retry",
    "withdraw_release",
]
