"""A report is a row first; the worker is only told that there is something to do."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.errors import NotAllowedNow
from impact import earlier
from impact.enums import ReportState
from impact.models import ImpactReport

EARLIEST = date(2000, 1, 1)
AGAIN = (ReportState.FAILED, ReportState.CANCELLED)
FORGOTTEN = timedelta(minutes=2)
"""A waiting report that no worker took by then is announced again."""


def check_period(since: date, until: date) -> None:
    """Raises NotAllowedNow for a period that runs backwards, lies in the future or is older than the field."""
    today = timezone.localdate()
    if until < since:
        raise NotAllowedNow(_("De laatste dag ligt voor de eerste. Draai ze om."))
    if since > today:
        raise NotAllowedNow(_("Deze periode moet nog beginnen. Kies een eerste dag tot en met vandaag."))
    if until > today:
        raise NotAllowedNow(_("Een rapport gaat tot en met vandaag of eerder. Kies een eerdere laatste dag."))
    if since < EARLIEST:
        raise NotAllowedNow(_("Kies een eerste dag na 1 januari 2000."))


@transaction.atomic
def request_report(
    *,
    bureau: Bureau,
    since: date,
    until: date,
    language: str = "nl",
    by: Membership | None,
    worker: bool = True,
) -> ImpactReport:
    """Ask for the report of a period, both days included; a second click gets the one that is being made.

    After a release the same period gives a next version; figures from before the last day was over are taken anew.
    worker: False when the caller makes it itself.
    Raises NotAllowedNow for an impossible period.
    """
    check_period(since, until)
    what = {"bureau": bureau, "since": since, "until": until, "language": language}
    newest = ImpactReport.objects.select_for_update(of=("self",)).filter(**what).order_by("-version").first()
    if newest and (newest.state in AGAIN or _overtaken(newest)):
        return retry(report=newest, by=by, worker=worker)
    if newest and newest.state != ReportState.RELEASED:
        return newest
    version = newest.version + 1 if newest else 1
    try:
        with transaction.atomic():
            report = ImpactReport.objects.create(**what, version=version, requested_by=by)
    except IntegrityError:  # somebody else asked at the same moment
        return ImpactReport.objects.get(**what, version=version)
    if worker:
        announce(report)
    return report


def announce(report: ImpactReport) -> None:
    """Wake a worker once the row is there; without Redis the schedule does it later."""
    from impact.tasks import make_report, wake

    report_id, bureau_id = report.pk, report.bureau_id
    transaction.on_commit(lambda: wake(make_report, report_id, bureau_id))


@transaction.atomic
def retry(*, report: ImpactReport, by: Membership | None, worker: bool = True) -> ImpactReport:
    """Try again a report that failed, was stopped, or was overtaken by the release of another or by its last day."""
    report = ImpactReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if report.state not in AGAIN and not _overtaken(report):
        return report
    report.state, report.phase, report.progress, report.error = ReportState.WAITING, "", 0, ""
    report.attempts, report.lease_until, report.requested_at = 0, None, timezone.now()
    report.requested_by = by or report.requested_by
    report.save()
    if worker:
        announce(report)
    return report


def too_early(report: ImpactReport) -> bool:
    """Whether its figures were taken before its last day was over, while by now it is."""
    if report.snapshot is None:
        return False
    return timezone.localdate(report.snapshot.computed_at) <= report.until < timezone.localdate()


def _overtaken(report: ImpactReport) -> bool:
    """Whether a finished report that nobody released yet must be made anew."""
    return report.state == ReportState.READY and (too_early(report) or earlier.outdated(report))


@transaction.atomic
def cancel(*, report: ImpactReport, by: Membership) -> None:
    """Stop; a worker that is on it notices at its next step. Raises NotAllowedNow when it is done already."""
    stopped = ImpactReport.objects.filter(
        pk=report.pk, state__in=(ReportState.WAITING, ReportState.RUNNING)
    ).update(state=ReportState.CANCELLED, lease_until=None, phase="", progress=0)
    if not stopped:
        raise NotAllowedNow(_("Dit rapport is al klaar. Stoppen hoeft niet meer."))


def hanging() -> list[ImpactReport]:
    """Reports within the scope whose worker disappeared, or that no worker was told about."""
    now = timezone.now()
    lost = Q(state=ReportState.RUNNING, lease_until__lt=now)
    forgotten = Q(state=ReportState.WAITING, requested_at__lt=now - FORGOTTEN)
    return list(ImpactReport.objects.filter(lost | forgotten).defer("published").order_by("pk"))
