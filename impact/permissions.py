"""Who may act on reports."""

from __future__ import annotations

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from impact.enums import ReportState
from impact.models import ImpactReport


def can_release(report: ImpactReport, membership: Membership) -> bool:
    """The bureau's manager, once the report is ready."""
    return membership.role == Role.MANAGER and report.state == ReportState.READY


def can_cancel(report: ImpactReport, membership: Membership) -> bool:
    """The bureau's manager, while it is not done."""
    return membership.role == Role.MANAGER and report.state in (ReportState.WAITING, ReportState.RUNNING)


def can_retry(report: ImpactReport, membership: Membership) -> bool:
    """The bureau's manager, after it failed or was stopped."""
    return membership.role == Role.MANAGER and report.state in (ReportState.FAILED, ReportState.CANCELLED)
