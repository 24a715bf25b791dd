"""What the worker is woken for."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

from celery import Task, shared_task
from kombu.exceptions import OperationalError

from buurtbaan.bureaus.models import Bureau
from buurtbaan.scope import Scope, scoped
from impact import services
from impact.enums import ReportState
from impact.services import batches, notices, planning, ready, together
from impact.together.summing import Period

log = logging.getLogger("buurtbaan.reports")
AT_ONCE = 50


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
def make_sum(municipality_id: int, since: str, until: str, language: str, least: int = 1) -> bool:
    """Draw the paper of all bureaus together; does nothing when it lies there already."""
    period = Period(date.fromisoformat(since), date.fromisoformat(until))
    return together.make_sum(municipality_id=municipality_id, period=period, language=language, least=least)


@shared_task
def take_up_hanging_reports() -> int:
    """Announce again what was lost with its worker or with the queue, the former first; gives how many.

    Not more at once than workers take in a minute or so: what waits in a long queue should not fill it with echoes.
    """
    lost: list[tuple[bool, int, int]] = []
    for bureau in Bureau.objects.order_by("pk"):
        with scoped(Scope.for_bureau(bureau, reason="schedule")):
            found = services.hanging()
        lost += [(report.state == ReportState.WAITING, report.pk, bureau.pk) for report in found]
    again = sorted(lost)[:AT_ONCE]
    for _waits, report_id, bureau_id in again:
        wake(make_report, report_id, bureau_id)
    return len(again)


@shared_task
def ask_for_planned_reports() -> int:
    """Ask for what is due, and for what a batch could not ask for because its worker disappeared; gives how many."""
    return sum(planning.ask_all(bureau) for bureau in Bureau.objects.order_by("pk"))


@shared_task
def carry_out_batch(batch_id: int) -> int:
    """Ask for the reports of one batch, those that were not asked for yet."""
    return batches.carry_out(batch_id=batch_id)


@shared_task
def tell_managers() -> int:
    """Mail managers that a planned report is ready to be read, each once; gives how many letters left."""
    return ready.tell_all()


@shared_task
def tell_officers() -> int:
    """Mail officers about reports that were released, each once; gives how many letters left."""
    return notices.tell_all()
