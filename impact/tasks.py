"""What the worker is woken for."""

from __future__ import annotations

import logging
from typing import Any

from celery import Task, shared_task
from kombu.exceptions import OperationalError

from buurtbaan.bureaus.models import Bureau
from buurtbaan.scope import Scope, scoped
from impact import services

log = logging.getLogger("buurtbaan.reports")


def wake(task: Task, *args: Any) -> None:
    """Send a task; with the queue away the row stays as it is and the schedule sends it later."""
    try:
        task.apply_async(args=args, retry=False)
    except (OperationalError, OSError) as reason:
        log.warning("the queue is away, %s waits: %s", task.name, reason)


@shared_task
def make_report(report_id: int, bureau_id: int) -> bool:
    """Make one report; does nothing when another worker has it or it is done."""
    return services.make_report(report_id=report_id, bureau_id=bureau_id)


@shared_task
def take_up_hanging_reports() -> int:
    """Announce again what was lost with its worker or with the queue; gives how many."""
    lost: list[tuple[int, int]] = []
    for bureau in Bureau.objects.order_by("pk"):
        with scoped(Scope.for_bureau(bureau, reason="schedule")):
            lost += [(report.pk, bureau.pk) for report in services.hanging()]
    for report_id, bureau_id in lost:
        wake(make_report, report_id, bureau_id)
    return len(lost)
