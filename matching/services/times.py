"""Finding a moment together: one proposes up to five, the others say which suit, the last one settles.

The coach may settle at any time. What suits nobody, or runs out, is asked again; the coach is told, so that nobody
waits in silence. Whoever proposes a moment says yes to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.errors import NotAllowedNow
from matching.enums import MatchState, QuestionKind, Teller, YesNo
from matching.models import EmployerQuestion, Introduction, Match, MeetingOption, Message
from matching.models.meetings import MOST_OPTIONS
from matching.services import moves
from matching.services.asking import halfway, limit
from matching.services.endings import close_options
from matching.services.meetings import YES, Plan, close_questions, lock_introduction, plan_meeting
from matching.services.messages import tell_candidate, tell_coach, tell_employer

CAN_PLAN = (MatchState.INTRODUCED, MatchState.MET)


@dataclass(frozen=True)
class Time:
    """One moment to propose."""

    starts_at: datetime
    place: str
    minutes: int = 45


def side_of(by: Membership) -> Teller:
    """For which of the three somebody speaks."""
    if by.role == Role.CANDIDATE:
        return Teller.CANDIDATE
    return Teller.EMPLOYER if by.role == Role.EMPLOYER else Teller.COACH


@transaction.atomic
def propose_times(
    *,
    match: Match,
    times: Sequence[Time],
    companion: str | None = None,
    companion_member: Membership | None = None,
    by: Membership,
) -> list[MeetingOption]:
    """Ask the others which of these suit; earlier proposals are replaced. None as companion leaves that as it is."""
    with moves.for_the_bureau(by, match.bureau_id):
        match = moves.lock(match)
        introduction = _waiting(match)
        moments = sorted({time.starts_at: time for time in times}.items())
        if not 1 <= len(moments) <= MOST_OPTIONS:
            raise NotAllowedNow(_("Stel één tot vijf verschillende momenten voor."))
        if moments[0][0] <= timezone.now():
            raise NotAllowedNow(_("Een van deze momenten is al voorbij. Kies een dag en tijd die nog komen."))
        if companion is not None:
            introduction.companion, introduction.companion_member = companion[:120], companion_member
            introduction.save(update_fields=["companion", "companion_member", "updated_at"])
        close_options(introduction)
        side = side_of(by)
        made = [
            _option(introduction, number, time, side, by)
            for number, (_at, time) in enumerate(moments, start=1)
        ]
        _ask_others(match, introduction, side, by=by)
    return made


def _waiting(match: Match) -> Introduction:
    if match.state not in CAN_PLAN:
        raise NotAllowedNow(
            _("Momenten voorstellen kan nu niet: de stand is “%(state)s”.")
            % {"state": match.get_state_display()}
        )
    return lock_introduction(match)


def _option(
    introduction: Introduction, number: int, time: Time, side: Teller, by: Membership
) -> MeetingOption:
    return MeetingOption.objects.create(
        bureau_id=introduction.bureau_id, candidate_id=introduction.candidate_id,
        employer_id=introduction.employer_id, introduction=introduction, number=number,
        starts_at=time.starts_at, place=time.place[:200], minutes=time.minutes,
        proposed_by=moves.on_record(by), **{f"{side}_says": YesNo.YES},
    )  # fmt: skip


def _ask_others(match: Match, introduction: Introduction, side: Teller, *, by: Membership) -> None:
    tell_candidate(match, "times", by=by)
    if side == Teller.EMPLOYER:
        _employer_spoke(match, introduction, by=by)
        tell_coach(match, "times")
        return
    EmployerQuestion.objects.filter(introduction=introduction, kind=QuestionKind.TIMES).unanswered().update(
        settled_at=timezone.now(), settled_by=moves.on_record(by)
    )
    question = EmployerQuestion.objects.create(
        bureau_id=match.bureau_id, candidate_id=match.candidate_id, employer_id=match.employer_id,
        kind=QuestionKind.TIMES, introduction=introduction,
    )  # fmt: skip
    tell_employer(match, "times", question=question)


def _employer_spoke(match: Match, introduction: Introduction, *, by: Membership) -> None:
    """Who names a moment, or says which one suits, would like to meet."""
    if not introduction.employer_answer:
        introduction.employer_answer, introduction.answered_at = YES, timezone.now()
        introduction.save(update_fields=["employer_answer", "answered_at", "updated_at"])
    close_questions(introduction, by=by)


def open_options(introduction: Introduction) -> list[MeetingOption]:
    """What can still be chosen, earliest first."""
    return list(MeetingOption.objects.open().filter(introduction=introduction))


def to_choose(options: Iterable[MeetingOption], side: Teller) -> list[MeetingOption]:
    """Moments that the other two said yes to: one more yes settles them. Empty while somebody has to answer."""
    others = [other for other in Teller.values if other != side]
    rows = list(options)
    if any(not row.says(other) for row in rows for other in others):
        return []
    return [row for row in rows if all(row.says(other) == YesNo.YES for other in others)]


@transaction.atomic
def answer_times(
    *,
    introduction: Introduction,
    fits: Iterable[int],
    chosen: int | None = None,
    words: str = "",
    by: Membership,
) -> Introduction:
    """Which moments suit somebody; `chosen` settles one that suits the others. Options are known by their id.

    Raises NotAllowedNow when somebody settled one or all have passed.
    """
    with moves.for_the_bureau(by, introduction.bureau_id):
        match = moves.lock(introduction.match)
        introduction = _waiting(match)
        options, side = open_options(introduction), side_of(by)
        if not options:
            raise NotAllowedNow(_("Deze momenten zijn voorbij. De coach stelt andere voor."))
        suits = {*fits, *([chosen] if chosen else [])}
        for option in options:
            setattr(option, f"{side}_says", YesNo.YES if option.pk in suits else YesNo.NO)
            option.save(update_fields=[f"{side}_says"])
        if side == Teller.EMPLOYER:
            _employer_spoke(match, introduction, by=by)
        _remember(match, words, by=by)
        settled = next((option for option in options if option.pk == chosen and option.suits_all), None)
        if settled:
            return _settle(match, introduction, settled, by=by)
        _what_now(match, introduction, options, by=by)
    return introduction


def _remember(match: Match, words: str, *, by: Membership) -> None:
    if words.strip():
        said = _("Over de momenten: “%(words)s”") % {"words": words.strip()}
        moves.remark(match, by=by, note=said if by.pk else f"{by.user}: {said}")


def _what_now(
    match: Match, introduction: Introduction, options: list[MeetingOption], *, by: Membership
) -> None:
    """With nothing left to choose, new moments are asked for; with everybody's answer in, the coach settles."""
    if all(option.is_refused for option in options):
        close_options(introduction)
        close_questions(introduction, by=by, kinds=(QuestionKind.TIMES,))
        if not by.is_staff_role:
            tell_coach(match, "times_none")
    elif any(option.suits_both for option in options) and not by.is_staff_role:
        tell_coach(match, "times_fit")


@transaction.atomic
def settle_time(*, option: MeetingOption, by: Membership) -> Introduction:
    """The coach takes one of the moments, also before everybody answered (they called, for example)."""
    match = moves.lock(option.introduction.match)
    introduction = _waiting(match)
    now = MeetingOption.objects.open().filter(pk=option.pk, introduction=introduction).first()
    if now is None:
        raise NotAllowedNow(_("Dit moment kan niet meer. Kies een ander, of stel nieuwe momenten voor."))
    return _settle(match, introduction, now, by=by)


def _settle(
    match: Match, introduction: Introduction, option: MeetingOption, *, by: Membership
) -> Introduction:
    plan = Plan(
        starts_at=option.starts_at, place=option.place, minutes=option.minutes,
        companion=introduction.companion, companion_member=introduction.companion_member,
    )  # fmt: skip
    return plan_meeting(match=match, plan=plan, by=by)


@transaction.atomic
def expire_times(bureau: Bureau) -> int:
    """Drop moments that passed or stood too long; gives for how many people nothing is left to choose."""
    now = timezone.now()
    over = MeetingOption.objects.filter(bureau=bureau, closed_at=None).filter(
        Q(starts_at__lte=now) | Q(proposed_at__lte=now - limit(bureau))
    )
    about = set(over.values_list("introduction__match", flat=True))
    return sum(_expire(Match(pk=pk), bureau) for pk in sorted(about))


def _expire(match: Match, bureau: Bureau) -> bool:
    match, now = moves.lock(match), timezone.now()
    introduction = lock_introduction(match)
    rows = MeetingOption.objects.filter(introduction=introduction, closed_at=None)
    over = rows.filter(Q(starts_at__lte=now) | Q(proposed_at__lte=now - limit(bureau)))
    if not over.update(closed_at=now):
        return False
    if match.state not in CAN_PLAN or rows.filter(closed_at=None).exists():
        return False
    EmployerQuestion.objects.filter(introduction=introduction, kind=QuestionKind.TIMES).unanswered().update(
        settled_at=now
    )
    tell_coach(match, "times_none")
    return True


@transaction.atomic
def remind_candidates_of_times(bureau: Bureau) -> int:
    """Ask a candidate who has not said anything once more, half-way; employers are reminded with their questions."""
    waiting = MeetingOption.objects.open().filter(
        bureau=bureau, candidate_says="", proposed_at__lte=timezone.now() - halfway(bureau)
    )
    newest = {option.introduction_id: option for option in waiting.select_related("introduction")}
    return sum(_remind(option) for option in newest.values())


def _remind(option: MeetingOption) -> bool:
    match = moves.lock(Match(pk=option.introduction.match_id))
    again = Message.objects.filter(
        match=match, kind="candidate.times_reminder", created_at__gte=option.proposed_at
    )
    if match.state not in CAN_PLAN or again.exists():
        return False
    return tell_candidate(match, "times_reminder", by=None) is not None
