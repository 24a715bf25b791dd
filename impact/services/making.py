"""From a waiting row to a finished report, in five phases that can be broken off anywhere and taken up again."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from impact import changes, earlier, snapshots
from impact.canonical import sha256
from impact.checking import check_document
from impact.disclosure import Unprotectable
from impact.documents import render_report
from impact.enums import ReportPhase, ReportState
from impact.indicators import VERSION
from impact.models import ImpactReport, Snapshot
from impact.publishing import publish

log = logging.getLogger("buurtbaan.reports")
LEASE = timedelta(minutes=5)
TRIES = 3


class NotMine(Exception):
    """Somebody else makes this report, or it was stopped: put everything down."""


class Turn:
    """One worker's turn at one report: whoever holds the newest turn may write, nobody else."""

    def __init__(self, report: ImpactReport) -> None:
        self.report, self.number = report, report.attempts

    def scope(self) -> Any:
        return scoped(Scope(role="system", bureaus=(self.report.bureau_id,), reason="impact report"))

    def write(self, **fields: Any) -> None:
        """Change the row while the turn holds; raises NotMine when it does not any more."""
        with self.scope():
            mine = ImpactReport.objects.filter(
                pk=self.report.pk, attempts=self.number, state=ReportState.RUNNING
            )
            if not mine.update(**{"lease_until": timezone.now() + LEASE, **fields}):
                raise NotMine

    def phase(self, phase: ReportPhase, progress: int) -> None:
        self.write(phase=phase, progress=progress)


def make_report(*, report_id: int, bureau_id: int) -> bool:
    """Make a report if it waits or its worker disappeared. True when this call finished it.

    Safe to call twice and at the same time: one call takes the turn, the others do nothing. After an error the
    report waits for another try, three in all, and then says what went wrong.
    """
    bureau = Bureau.objects.select_related("municipality").get(pk=bureau_id)
    report = _take(report_id, bureau)
    if report is None:
        return False
    turn = Turn(report)
    try:
        with translation.override(report.language):
            _make(turn, bureau)
    except NotMine:
        return False
    except (NotAllowedNow, Unprotectable) as reason:
        _give_up(turn, _reason(reason))
        return False
    except Exception:
        log.exception("report %s, try %s", report_id, turn.number)
        _try_later(turn)
        return False
    return True


def _reason(reason: Exception) -> str:
    if isinstance(reason, Unprotectable):
        return _(
            "Samen met een eerder rapport zou hieruit een klein aantal te herleiden zijn. Kies een langere periode."
        )
    return str(reason)


def _take(report_id: int, bureau: Bureau) -> ImpactReport | None:
    now = timezone.now()
    free = Q(state=ReportState.WAITING) | Q(state=ReportState.RUNNING, lease_until__lt=now)
    with scoped(Scope.for_bureau(bureau, reason="impact report")):
        taken = ImpactReport.objects.filter(free, pk=report_id).update(
            state=ReportState.RUNNING, attempts=F("attempts") + 1, lease_until=now + LEASE, error=""
        )
        return ImpactReport.objects.get(pk=report_id) if taken else None


def _make(turn: Turn, bureau: Bureau) -> None:
    report = turn.report
    turn.phase(ReportPhase.GATHERING, 5)
    began = timezone.now()
    with snapshots.one_moment(bureau, reason="impact report"):
        before = earlier.released(bureau)
        figures, units = earlier.measure(bureau, since=report.since, until=report.until, reports=before)
        since_last = changes.since_last(bureau, figures)
    turn.phase(ReportPhase.FIGURES, 35)
    inside = earlier.inside(before, report.since, report.until)
    published, guard = publish(
        figures, version=report.version, earlier=inside, units=units, since_last=since_last
    )
    snapshot = _freeze(turn, bureau, earlier.frozen(figures, guard, inside), began)
    turn.phase(ReportPhase.DRAWING, 50)
    pdf = render_report(published, language=report.language)
    turn.phase(ReportPhase.CHECKING, 85)
    check_document(pdf, published)
    turn.phase(ReportPhase.SEALING, 95)
    _finish(turn, bureau, snapshot, published, pdf)


def _freeze(turn: Turn, bureau: Bureau, frozen: dict[str, Any], began: datetime) -> Snapshot:
    with turn.scope():
        return Snapshot.objects.create(
            bureau=bureau,
            since=turn.report.since,
            until=turn.report.until,
            figures=frozen,
            sha256=sha256(frozen),
            definitions_version=VERSION,
            rules_versions=earlier.versions(frozen),
            computed_at=began,
        )


def _finish(turn: Turn, bureau: Bureau, snapshot: Snapshot, published: dict[str, Any], pdf: bytes) -> None:
    report = turn.report
    name = f"{bureau.slug}-{report.since}-{report.until}-v{report.version}-{report.language}.pdf"
    saved = report.pdf.storage.save(f"reports/{name}", ContentFile(pdf))
    try:
        turn.write(
            state=ReportState.READY,
            phase="",
            progress=100,
            snapshot=snapshot,
            published=published,
            pdf=saved,
            pdf_sha256=sha256(pdf),
            ready_at=timezone.now(),
            lease_until=None,
        )
    except NotMine:
        report.pdf.storage.delete(saved)
        raise


def _give_up(turn: Turn, reason: str) -> None:
    try:
        turn.write(state=ReportState.FAILED, phase="", progress=0, error=reason[:500], lease_until=None)
    except NotMine:
        log.info("report %s was taken over or stopped", turn.report.pk)


def _try_later(turn: Turn) -> None:
    """Leave the row running with its lease run out, so that the schedule takes it up again; or give up."""
    if turn.number >= TRIES:
        _give_up(turn, _("Het lukte drie keer niet. De beheerder kan in het logboek zien waarom."))
        return
    try:
        turn.write(state=ReportState.WAITING, phase="", progress=0, lease_until=None)
    except NotMine:
        log.info("report %s was taken over or stopped", turn.report.pk)
