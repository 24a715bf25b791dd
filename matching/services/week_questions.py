"""The questions of weeks 1, 4, 13, 26 and 52, mailed to the candidate once each by the schedule.

Who gave no address or no yes to contact is not asked this way: that conversation stands on the coach's list of the day
as it always does. Whoever does not answer within the bureau's days is named there, to be called.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau
from candidates.enums import Stage
from matching.models import CheckIn
from matching.services.check_ins import lock_check_in
from matching.services.messages import ask_candidate

LATEST = timedelta(days=14)
"""A conversation that was due longer ago is not asked about by e-mail any more."""


@transaction.atomic
def ask_candidates(bureau: Bureau) -> int:
    """Mail the questions of each week that has come; gives how many left. Twice is once."""
    today = timezone.localdate()
    newer = CheckIn.objects.filter(
        placement=OuterRef("placement"), due_on__gt=OuterRef("due_on"), due_on__lte=today
    )
    due = (
        CheckIn.objects.filter(bureau=bureau, asked_at=None, done_on=None, skipped_on=None, told_on=None)
        .filter(due_on__lte=today, due_on__gt=today - LATEST, placement__starts_on__lte=F("due_on"))
        .filter(Q(placement__ended_on=None) | Q(placement__ended_on__gte=today))
        .exclude(candidate__stage=Stage.CLOSED)
        .exclude(candidate__email="")
        .exclude(Exists(newer))
    )
    return sum(_ask(CheckIn(pk=pk)) for pk in due.order_by("pk").values_list("pk", flat=True))


def _ask(check_in: CheckIn) -> bool:
    check_in = lock_check_in(check_in)
    if check_in.asked_at or check_in.told_on or not check_in.is_open:
        return False
    if ask_candidate(check_in, "check_in") is None:
        return False
    check_in.asked_at = timezone.now()
    check_in.save(update_fields=["asked_at"])
    return True
