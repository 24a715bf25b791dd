"""The same report for many bureaus at once: each exactly once, and only the failed ones again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau, Membership, Municipality
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from impact.enums import ReportState
from impact.models import ImpactReport, ReportBatch, ReportOrder
from impact.services.planning import ask
from impact.services.requesting import AGAIN, check_period, retry

DONE = (ReportState.READY, ReportState.RELEASED)


@dataclass(frozen=True)
class Line:
    """How far the report of one bureau is; `why` when it failed."""

    bureau: str
    municipality: str
    state: str
    label: str
    why: str = ""
    percent: int = 0


@dataclass
class Progress:
    """How far a batch is, in reports."""

    lines: list[Line] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def done(self) -> int:
        return sum(line.state in DONE for line in self.lines)

    @property
    def failed(self) -> list[Line]:
        return [line for line in self.lines if line.state in AGAIN]

    @property
    def busy(self) -> int:
        return self.total - self.done - len(self.failed)

    @property
    def percent(self) -> int:
        """Of all the work: a report that is half done counts for half."""
        return sum(line.percent for line in self.lines) // self.total if self.lines else 100


@transaction.atomic
def start_batch(
    *, since: date, until: date, language: str, municipality: Municipality | None, by: Membership
) -> ReportBatch:
    """Write down one line per bureau; a worker asks for the reports. Without a municipality: all bureaus.

    Raises NotAllowedNow for an impossible period, or when there is no bureau.
    """
    check_period(since, until)
    bureaus = Bureau.objects.order_by("name", "pk")
    if municipality:
        bureaus = bureaus.filter(municipality=municipality)
    if not bureaus:
        raise NotAllowedNow(_("Deze gemeente heeft nog geen bureau. Maak eerst een bureau."))
    batch = ReportBatch.objects.create(
        municipality=municipality, since=since, until=until, language=language, asked_by=by
    )
    ReportOrder.objects.bulk_create(
        ReportOrder(
            batch=batch,
            bureau=bureau,
            municipality_id=bureau.municipality_id,
            since=since,
            until=until,
            language=language,
        )
        for bureau in bureaus
    )
    _wake(batch)
    return batch


def _wake(batch: ReportBatch) -> None:
    from impact.tasks import carry_out_batch, wake

    transaction.on_commit(lambda: wake(carry_out_batch, batch.pk))


def carry_out(*, batch_id: int) -> int:
    """Ask for every report of a batch that was not asked for yet; gives how many. Safe to run twice."""
    with scoped(Scope(role="platform", reason="batch")):
        waiting = ReportOrder.objects.filter(batch=batch_id, report=None, problem="")
        rows = list(waiting.select_related("bureau").order_by("pk"))
    return sum(ask(order_id=order.pk, bureau=order.bureau) for order in rows)


def progress(batch: ReportBatch) -> Progress:
    """How far each report is. Only that is read of a report, not what stands in it."""
    orders = list(batch.orders.select_related("bureau__municipality").order_by("bureau__name", "pk"))
    with scoped(_over(orders)):
        wanted = ImpactReport.objects.filter(pk__in=[order.report_id for order in orders])
        reports = {report.pk: report for report in wanted.only("state", "error", "progress")}
    return Progress([_line(order, reports.get(order.report_id or 0)) for order in orders])


def _line(order: ReportOrder, report: ImpactReport | None) -> Line:
    place = {"bureau": order.bureau.name, "municipality": order.bureau.municipality.name}
    if order.problem:
        state = ReportState.FAILED
        return Line(**place, state=state, label=str(state.label), why=order.problem, percent=100)
    state = ReportState(report.state if report else ReportState.WAITING)
    over = state in (*DONE, *AGAIN)
    why = report.error if report and state == ReportState.FAILED else ""
    percent = 100 if over else report.progress if report else 0
    return Line(**place, state=state, label=str(state.label), why=why, percent=percent)


@transaction.atomic
def retry_failed(*, batch: ReportBatch, by: Membership) -> int:
    """Try the failed ones again and leave the others alone; gives how many."""
    orders = list(batch.orders.select_related("bureau").order_by("pk"))
    with scoped(_over(orders)):
        failed = ImpactReport.objects.filter(pk__in=[o.report_id for o in orders], state__in=AGAIN)
        again = [retry(report=report, by=None).pk for report in failed.order_by("pk")]
    problems = batch.orders.exclude(problem="").update(problem="")
    if problems:
        _wake(batch)
    return len(again) + problems


def _over(orders: list[ReportOrder]) -> Scope:
    return Scope.for_bureaus(sorted({order.bureau_id for order in orders}), reason="batch")
