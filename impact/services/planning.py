"""Planning reports, and asking for those that are due: each exactly once, whoever asks and however late.

A line per report comes first (`ReportOrder`), which the database keeps unique; the report is asked for under its lock.
So two schedules may run at once, and after days of standstill every missed period is asked for, once.
"""

from __future__ import annotations

import logging
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau, Membership, Municipality
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from impact.enums import ReportState
from impact.models import ImpactReport, Release, ReportOrder, ReportSchedule
from impact.planning.rhythms import first_day
from impact.services.requesting import request_report, too_early

log = logging.getLogger("buurtbaan.reports")


@transaction.atomic
def plan(
    *,
    rhythm: str,
    moment: str,
    language: str,
    by: Membership,
    bureau: Bureau | None = None,
    municipality: Municipality | None = None,
) -> ReportSchedule:
    """Ask for a report again and again, from the period that runs now on; for a bureau or a whole municipality.

    Raises NotAllowedNow when the same is planned already.
    """
    place = bureau.municipality if bureau else municipality
    if place is None:
        raise ValueError("A plan is for a bureau or for a municipality.")
    try:
        with transaction.atomic():
            return ReportSchedule.objects.create(
                municipality=place,
                bureau=bureau,
                rhythm=rhythm,
                moment=moment,
                language=language,
                starts=first_day(rhythm, timezone.localdate()),
                made_by=by,
            )
    except IntegrityError as reason:
        raise NotAllowedNow(_("Dit rapport is al gepland. Stop eerst de planning die er staat.")) from reason


@transaction.atomic
def stop(*, schedule: ReportSchedule, by: Membership) -> None:
    """Ask for no further reports; those that were asked for stay. A day long this can be taken back."""
    ReportSchedule.objects.filter(pk=schedule.pk, stopped_on=None).update(stopped_on=timezone.now())


@transaction.atomic
def resume(*, schedule: ReportSchedule, by: Membership) -> None:
    """Take a stop back. Raises NotAllowedNow after a day, or when the same was planned anew since."""
    schedule = ReportSchedule.objects.select_for_update(of=("self",)).get(pk=schedule.pk)
    if schedule.stopped_on is None:
        return
    if not schedule.may_resume:
        raise NotAllowedNow(_("Dit is langer dan een dag geleden gestopt. Maak een nieuwe planning."))
    schedule.stopped_on = None
    try:
        with transaction.atomic():
            schedule.save(update_fields=["stopped_on"])
    except IntegrityError as reason:
        raise NotAllowedNow(_("Dit rapport is intussen opnieuw gepland. Dat geldt nu.")) from reason


def inside(bureau: Bureau) -> Scope:
    """What asking for a bureau's reports may see: the bureau, and what is planned for its whole municipality."""
    return Scope(role="system", bureaus=(bureau.pk,), reason="planned report")


def write_due(bureau: Bureau, *, today: date | None = None) -> int:
    """A line for every report that should have been asked for by now; gives how many are new. Needs a scope."""
    today = today or timezone.localdate()
    due = [
        ReportOrder(
            schedule=schedule,
            bureau=bureau,
            municipality_id=bureau.municipality_id,
            since=one.since,
            until=one.until,
            language=schedule.language,
        )
        for schedule in ReportSchedule.objects.covering(bureau).running().order_by("pk")
        for one in schedule.due(today)
    ]
    known = set(ReportOrder.objects.filter(bureau=bureau, batch=None).values_list("schedule", "since"))
    new = [order for order in due if (order.schedule_id, order.since) not in known]
    ReportOrder.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def to_be_asked(bureau: Bureau) -> list[int]:
    """Lines of a bureau for which no report was asked yet. Needs a scope."""
    open_ones = ReportOrder.objects.filter(bureau=bureau, report=None, problem="")
    return list(open_ones.order_by("since", "pk").values_list("pk", flat=True))


def ask(*, order_id: int, bureau: Bureau) -> bool:
    """Ask for the report of one line; True when this call did. A report that is there already is not asked anew."""
    with scoped(inside(bureau)):
        rows = ReportOrder.objects.select_for_update(of=("self",), skip_locked=True)
        order = rows.filter(pk=order_id, report=None, problem="").first()
        if order is None:
            return False
        try:
            with transaction.atomic():
                order.report = _report(order, bureau)
        except NotAllowedNow as reason:
            order.problem = str(reason)[:300]
        order.save(update_fields=["report", "problem"])
        return order.report is not None


def _report(order: ReportOrder, bureau: Bureau) -> ImpactReport:
    """The released report of these days when its figures hold all of them, and else one that is asked for."""
    what = {"since": order.since, "until": order.until, "language": order.language}
    found = ImpactReport.objects.filter(bureau=bureau, **what).order_by("-version").first()
    withdrawn = Release.objects.filter(report=found, withdrawn_at__isnull=False)
    released = found is not None and found.state == ReportState.RELEASED and not too_early(found)
    if found and released and not withdrawn.exists():
        return found
    return request_report(
        bureau=bureau, since=order.since, until=order.until, language=order.language, by=None
    )


def ask_all(bureau: Bureau, *, today: date | None = None) -> int:
    """Ask for everything of a bureau that is due; gives how many reports were asked for."""
    with scoped(inside(bureau)):
        write_due(bureau, today=today)
        waiting = to_be_asked(bureau)
    asked = 0
    for order_id in waiting:
        try:
            asked += ask(order_id=order_id, bureau=bureau)
        except Exception:  # one that cannot be asked for must not hold up the others
            log.exception("order %s", order_id)
    return asked


def recently_stopped() -> Q:
    """Plans that stand on the page: what runs, and what was stopped so short ago that it can be taken back."""
    return Q(stopped_on=None) | Q(stopped_on__gt=timezone.now() - timedelta(days=1))
