"""Whose turn it is to make a report: taking it, keeping it while the work goes on, and putting it down again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau
from buurtbaan.scope import Scope, scoped
from impact.enums import ReportPhase, ReportState
from impact.models import ImpactReport

log = logging.getLogger("buurtbaan.reports")
TRIES = 3
"""So often a report may fail before somebody has to look at it."""
MOST_TURNS = 5
"""So often its worker may disappear: a report that always brings its worker down must not do so for ever."""


class NotMine(Exception):
    """Somebody else makes this report, or it was stopped: put everything down."""


class Turn:
    """One worker's turn at one report: whoever holds the newest turn may write, nobody else."""

    def __init__(self, report: ImpactReport) -> None:
        self.report, self.number, self.tries = report, report.turn, report.attempts

    def scope(self) -> Any:
        return scoped(Scope(role="system", bureaus=(self.report.bureau_id,), reason="impact report"))

    def write(self, **fields: Any) -> None:
        """Change the row while the turn holds; raises NotMine when it does not any more."""
        with self.scope():
            mine = ImpactReport.objects.filter(pk=self.report.pk, turn=self.number, state=ReportState.RUNNING)
            if not mine.update(**{"lease_until": _lease(), **fields}):
                raise NotMine

    def phase(self, phase: ReportPhase, progress: int) -> None:
        self.write(phase=phase, progress=progress)


def _lease() -> Any:
    return timezone.now() + timedelta(seconds=settings.REPORT_LEASE_SECONDS)


def take(report_id: int, bureau: Bureau) -> ImpactReport | None:
    """The report, if it waits or its worker disappeared; None when there is nothing to do."""
    lost = Q(state=ReportState.RUNNING, lease_until__lt=timezone.now())
    with scoped(Scope.for_bureau(bureau, reason="impact report")):
        rows = ImpactReport.objects.filter(pk=report_id)
        rows.filter(lost, attempts__gte=MOST_TURNS).update(
            state=ReportState.FAILED,
            phase="",
            progress=0,
            lease_until=None,
            error=_("Het maken brak steeds af. Vraag de beheerder of de machine genoeg geheugen heeft."),
        )
        taken = rows.filter(Q(state=ReportState.WAITING) | lost).update(
            state=ReportState.RUNNING, attempts=F("attempts") + 1, turn=F("turn") + 1, lease_until=_lease()
        )
        return rows.get() if taken else None


@contextmanager
def kept(turn: Turn) -> Iterator[None]:
    """Renew the lease from beside the work, so that a slow report is never taken for a lost one."""
    done = threading.Event()
    beat = threading.Thread(target=_beat, args=(turn, done), daemon=True)
    beat.start()
    try:
        yield
    finally:
        done.set()
        beat.join()


def _beat(turn: Turn, done: threading.Event) -> None:
    try:
        while not done.wait(settings.REPORT_LEASE_SECONDS / 3):
            try:
                turn.write()
            except DatabaseError:
                log.warning("report %s: the lease could not be renewed", turn.report.pk, exc_info=True)
    except NotMine:
        return
    finally:
        connection.close()


def give_up(turn: Turn, reason: str) -> None:
    """Failed for good, with the reason on the row; somebody may ask again."""
    _put_down(turn, state=ReportState.FAILED, error=reason[:500])


def try_later(turn: Turn, fault: Exception) -> None:
    """Let the row wait with the reason on it, so that the schedule takes it up again; or give up."""
    reason = why(fault)
    if turn.tries >= TRIES:
        give_up(turn, _("Het lukte drie keer niet. %(reason)s") % {"reason": reason})
    else:
        _put_down(turn, state=ReportState.WAITING, error=reason)


def _put_down(turn: Turn, **fields: Any) -> None:
    try:
        turn.write(phase="", progress=0, lease_until=None, **fields)
    except NotMine:
        log.info("report %s was taken over or stopped", turn.report.pk)


def why(fault: Exception) -> str:
    """What went wrong, for who asked for the report."""
    if isinstance(fault, SoftTimeLimitExceeded):
        return _("Het maken duurde te lang. Kies een kortere periode, of vraag het de beheerder.")
    if isinstance(fault, MemoryError):
        return _("Er was te weinig geheugen voor dit rapport. Vraag het de beheerder.")
    if isinstance(fault, DatabaseError):
        return _("De database was even niet te bereiken.")
    if isinstance(fault, OSError):
        return _("Het bestand kon niet worden bewaard. Vraag de beheerder of er nog ruimte is.")
    return _("Er ging iets mis bij het maken. De beheerder ziet in het logboek wat.")
