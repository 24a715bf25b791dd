"""Looking after what waits: remind half-way, end what got no answer, hide what is no longer agreed."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau
from matching.enums import OPEN_STATES, MatchState
from matching.models import Introduction, Match, Message, Placement
from matching.services import moves
from matching.services.endings import end, expire
from matching.services.messages import tell_candidate
from matching.services.placements import after_last_day


@transaction.atomic
def remind_halfway(bureau: Bureau) -> int:
    """Ask once more, half-way to the last day of answering; gives how many were asked."""
    today = timezone.localdate()
    half = today + timedelta(days=bureau.answer_days // 2)
    waiting = Match.objects.filter(
        bureau=bureau, state=MatchState.PROPOSED, reminded_at=None, answer_by__gte=today, answer_by__lte=half
    )
    asked = 0
    for match in waiting.order_by("pk").values_list("pk", flat=True):
        asked += _remind(Match(pk=match))
    return asked


def _remind(match: Match) -> bool:
    match = moves.lock(match)
    if match.state != MatchState.PROPOSED or match.reminded_at is not None:
        return False
    match.reminded_at = timezone.now()
    match.save(update_fields=["reminded_at"])
    tell_candidate(match, "reminder", by=match.proposed_by)
    return True


@transaction.atomic
def expire_unanswered(bureau: Bureau) -> int:
    """End the proposals whose last day of answering has passed; gives how many."""
    late = Match.objects.filter(bureau=bureau, state=MatchState.PROPOSED, answer_by__lt=timezone.localdate())
    return sum(expire(match=Match(pk=pk)) for pk in late.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def honour_withdrawals(bureau: Bureau) -> int:
    """Take back a proposal whose consent the candidate withdrew, and every one of somebody who is leaving.

    The name was hidden at that moment already.
    """
    withdrawn = Q(
        state__in=(*moves.IN_TALKS, MatchState.CANDIDATE_AGREED), consent__withdrawn_at__isnull=False
    )
    leaving = Q(state__in=OPEN_STATES, candidate__leaving_on__isnull=False)
    going = Match.objects.filter(bureau=bureau).filter(withdrawn | leaving)
    ended = 0
    for pk in going.order_by("pk").values_list("pk", flat=True):
        match = moves.lock(Match(pk=pk))
        if moves.may_move(match, MatchState.WITHDRAWN):
            end(match, MatchState.WITHDRAWN, by=None)
            ended += 1
    return ended


@transaction.atomic
def close_ended(bureau: Bureau) -> None:
    """After somebody's last day the employer no longer sees what was shared for it."""
    ended = Placement.objects.filter(bureau=bureau, ended_on__lt=timezone.localdate())
    still = Introduction.objects.filter(bureau=bureau, open=True).values("match")
    for placement in ended.filter(match__in=still).select_related("candidate").order_by("pk"):
        after_last_day(placement, by=None)


def waiting_messages(bureau: Bureau) -> list[int]:
    """Messages that should have left by now; after a try that failed each waits a while longer."""
    now = timezone.now()
    waiting = Message.objects.filter(
        bureau=bureau, state="waiting", created_at__lt=now - timedelta(minutes=2)
    )
    waiting = waiting.filter(Q(next_try_at=None) | Q(next_try_at__lte=now))
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:500])
