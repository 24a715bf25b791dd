"""From a waiting row to a finished report, in five phases that can be broken off anywhere and taken up again."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau
from buurtbaan.errors import NotAllowedNow
from impact import changes, earlier, snapshots
from impact.canonical import sha256
from impact.checking import check_document
from impact.disclosure import Unprotectable
from impact.documents import render_report
from impact.enums import ReportPhase, ReportState
from impact.indicators import VERSION
from impact.models import Snapshot
from impact.publishing import publish
from impact.services import stories
from impact.services.sealing import seal_report
from impact.services.turns import NotMine, Turn, give_up, kept, take, try_later

log = logging.getLogger("buurtbaan.reports")


def make_report(*, report_id: int, bureau_id: int) -> bool:
    """Make a report if it waits or its worker disappeared. True when this call finished it.

    Safe to call twice and at the same time: one call takes the turn, the others do nothing. After an error the
    report waits for another try, three in all, and then says what went wrong.
    """
    bureau = Bureau.objects.select_related("municipality").get(pk=bureau_id)
    report = take(report_id, bureau)
    if report is None:
        return False
    turn = Turn(report)
    try:
        with translation.override(report.language), kept(turn):
            _make(turn, bureau)
    except NotMine:
        return False
    except (NotAllowedNow, Unprotectable) as reason:
        give_up(turn, _reason(reason))
        return False
    except Exception as fault:
        log.exception("report %s, try %s", report_id, turn.tries)
        try_later(turn, fault)
        return False
    return True


def _reason(reason: Exception) -> str:
    if isinstance(reason, Unprotectable):
        return _(
            "Samen met een eerder rapport zou hieruit een klein aantal te herleiden zijn. Kies een langere periode."
        )
    return str(reason)


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
    with turn.scope():
        published["stories"] = stories.for_report(
            bureau, since=report.since, until=report.until, language=report.language
        )
    snapshot = _freeze(turn, bureau, earlier.frozen(figures, guard, inside), began)
    turn.phase(ReportPhase.DRAWING, 50)
    pdf = render_report(published, language=report.language)
    turn.phase(ReportPhase.CHECKING, 85)
    check_document(pdf, published)
    turn.phase(ReportPhase.SEALING, 95)
    _finish(turn, bureau, snapshot, published, seal_report(pdf))


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
    saved = report.pdf.storage.save(f"reports/{report.pk}/{turn.number}/{name}", ContentFile(pdf))
    _read_back(turn, saved, pdf)
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
            error="",
        )
    except NotMine:
        report.pdf.storage.delete(saved)
        raise
    _sweep(turn, name)


def _read_back(turn: Turn, saved: str, pdf: bytes) -> None:
    """What the storage gives back must be what was written; half a file on a full disk is no report."""
    storage = turn.report.pdf.storage
    with storage.open(saved) as file:
        if file.read() == pdf:
            return
    storage.delete(saved)
    raise OSError(f"{saved} was not written whole")


def _sweep(turn: Turn, name: str) -> None:
    """Throw away what earlier turns wrote and never handed in, because their worker was killed just then."""
    storage = turn.report.pdf.storage
    for number in range(1, turn.number):
        left = f"reports/{turn.report.pk}/{number}/{name}"
        if storage.exists(left):
            storage.delete(left)
