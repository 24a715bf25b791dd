"""Hours of colleagues on funds, each hour once; and the days on which funds want to hear from us."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Fund, FundDeadline, HourClaim

LONGEST = timedelta(hours=12)


@transaction.atomic
def claim_hours(
    *, fund: Fund, worker: Membership, day: date, starts: time, ends: time, what: str, by: Membership
) -> HourClaim:
    """Claim a stretch of one day of a colleague on a fund.

    Raises NotAllowedNow for time that is claimed already, on this fund or another, for a day to come or on which
    the fund does not run, and for ends before starts.
    """
    if day > timezone.localdate():
        raise NotAllowedNow(_("Deze dag moet nog komen. Kies vandaag of een eerdere dag."))
    if not fund.runs_on(day):
        raise NotAllowedNow(_("Dit fonds liep niet op die dag. Kies een andere dag of een ander fonds."))
    since, until = (timezone.make_aware(datetime.combine(day, at)) for at in (starts, ends))
    if not timedelta(0) < until - since <= LONGEST:
        raise NotAllowedNow(
            _("Het einde ligt na het begin, en hoogstens twaalf uur later. Kijk de tijden na.")
        )
    claim = HourClaim(
        bureau_id=fund.bureau_id, fund=fund, worker_id=worker.user_id, day=day,
        during=DateTimeTZRange(since, until), what=what, by=by,
    )  # fmt: skip
    try:
        with transaction.atomic():
            _one_at_a_time(claim)
            claim.save()
    except IntegrityError as refused:
        if "hour_claimed_once" not in str(refused):
            raise
        raise NotAllowedNow(_taken(claim)) from None
    return claim


def _one_at_a_time(claim: HourClaim) -> None:
    """Claims of one colleague wait for each other: two that meet in the index would end as a deadlock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"hours of {claim.worker_id}"])


def _taken(claim: HourClaim) -> str:
    """Which claim stands in the way, where the reader may know."""
    rows = HourClaim.objects.holding().select_related("fund")
    other = rows.filter(worker=claim.worker_id, during__overlap=claim.during).first()
    if other is None:
        return _("Deze tijd staat al op een fonds. Een uur telt maar één keer.")
    since, until = (timezone.localtime(at) for at in (other.during.lower, other.during.upper))
    return _("Van %(since)s tot %(until)s staat al op “%(fund)s”. Een uur telt maar één keer.") % {
        "since": f"{since:%H:%M}", "until": f"{until:%H:%M}", "fund": other.fund.name,
    }  # fmt: skip


@transaction.atomic
def take_back_claim(*, claim: HourClaim, reason: str, by: Membership) -> HourClaim:
    """These hours do not count on the fund after all; the line stays, and the time is free again."""
    row = HourClaim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if row.void_at is not None:
        raise NotAllowedNow(_("Deze uren zijn al teruggenomen."))
    row.void_at, row.void_by, row.void_reason = timezone.now(), by, reason
    row.save(update_fields=["void_at", "void_by", "void_reason"])
    return row


@transaction.atomic
def set_deadline_done(*, deadline: FundDeadline, done: bool, by: Membership) -> FundDeadline:
    """It was handed in; or it was not, after all."""
    row = FundDeadline.objects.select_for_update(of=("self",)).get(pk=deadline.pk)
    row.done_on, row.done_by = (timezone.localdate(), by) if done else (None, None)
    row.save(update_fields=["done_on", "done_by"])
    return row
