"""When it is the bureau's own turn: the coach is reminded half-way to the limit, and then the matter goes up.

The candidate's own answer and the employer's have their reminders in `reminders` and `asking`; here is what waits
for a colleague: introduce, plan, write down how it was, decide what comes next. Nobody waits in silence.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Case, DateTimeField, F, Q, QuerySet, When
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau
from matching.enums import MatchState
from matching.models import Match
from matching.services import moves
from matching.services.asking import halfway, limit
from matching.services.messages import tell_candidate, tell_coach, tell_managers

TURN = Case(
    When(state__in=(MatchState.CANDIDATE_AGREED, MatchState.MET), then=F("since")),
    When(
        Q(state=MatchState.INTRODUCED, introduction__employer_answer="yes"),
        then=F("introduction__answered_at"),
    ),
    When(state=MatchState.MEETING_PLANNED, then=F("introduction__starts_at")),
    output_field=DateTimeField(),
)
"""Since when the bureau has the turn; nothing where it is somebody else's."""


def at_the_bureau(bureau: Bureau, *, since: datetime) -> QuerySet[Match]:
    """Matches that wait for a colleague from `since` or longer; not those who chose to wait for a place."""
    rows = Match.objects.filter(bureau=bureau, waits_for_place_at=None).annotate(turn=TURN)
    return rows.filter(turn__lte=since)


@transaction.atomic
def nudge(bureau: Bureau) -> int:
    """Half-way: one e-mail to the coach. Gives how many."""
    late = at_the_bureau(bureau, since=timezone.now() - halfway(bureau)).filter(nudged_at=None, told_at=None)
    nudged = 0
    for pk in list(late.order_by("pk").values_list("pk", flat=True)):
        match = moves.lock(Match(pk=pk))
        if match.nudged_at is None and match.is_open:
            match.nudged_at = timezone.now()
            match.save(update_fields=["nudged_at"])
            tell_coach(match, "your_turn")
            nudged += 1
    return nudged


@transaction.atomic
def go_up(bureau: Bureau) -> int:
    """The limit passed: the manager is told, and the candidate hears that it takes long. Gives how many."""
    late = at_the_bureau(bureau, since=timezone.now() - limit(bureau)).filter(told_at=None)
    told = 0
    for pk in list(late.order_by("pk").values_list("pk", flat=True)):
        match = moves.lock(Match(pk=pk))
        if match.told_at is None and match.is_open:
            match.told_at = timezone.now()
            match.save(update_fields=["told_at"])
            tell_coach(match, "overdue")
            tell_managers(match, "overdue")
            tell_candidate(match, "takes_long", by=None)
            told += 1
    return told
