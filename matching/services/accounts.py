"""How a meeting was, in the words of each of the three; and when it did not come about, on to the next moment.

Nobody is blamed: a meeting that did not come about leaves a reason that no list, rule or figure reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.errors import NotAllowedNow
from matching.enums import MatchState, MissedReason, Onward, QuestionKind, Teller
from matching.models import EmployerQuestion, Introduction, Match, MeetingAccount
from matching.services import moves
from matching.services.endings import close_options
from matching.services.meetings import before_meeting, close_questions, lock_introduction, may_undo
from matching.services.messages import tell_candidate, tell_employer
from matching.services.times import side_of

ASK_FOR = timedelta(days=3)
"""A meeting longer ago is not asked about any more."""


@transaction.atomic
def record_meeting(
    *,
    match: Match,
    outcome_candidate: str = "",
    outcome_employer: str = "",
    outcome_coach: str = "",
    by: Membership,
) -> Introduction:
    """They met. What the coach heard is kept with whose words they are; own words of the others stay as they are."""
    match = moves.lock(match)
    moves.require_move(match, MatchState.MET)
    introduction = lock_introduction(match)
    _was(introduction)
    heard = {
        Teller.CANDIDATE: outcome_candidate,
        Teller.EMPLOYER: outcome_employer,
        Teller.COACH: outcome_coach,
    }
    for teller, words in heard.items():
        if words.strip() or teller == Teller.COACH:
            _write(introduction, teller, by=by, words=words.strip()[:1000])
    moves.move(match, MatchState.MET, by=by)
    return introduction


def _was(introduction: Introduction) -> None:
    if introduction.starts_at is None:
        raise NotAllowedNow(_("Er staat geen kennismaking gepland."))
    if timezone.localdate(introduction.starts_at) > timezone.localdate():
        raise NotAllowedNow(
            _(
                "De kennismaking staat nog op de agenda. Was zij al? Verzet de afspraak dan eerst naar vandaag."
            )
        )


def _write(introduction: Introduction, teller: Teller, *, by: Membership, **said: Any) -> None:
    """Keep one account; a colleague never writes over what somebody typed themselves."""
    key: dict[str, Any] = {
        "introduction": introduction,
        "meeting_at": introduction.starts_at,
        "teller": teller,
    }
    there = MeetingAccount.objects.select_for_update(of=("self",)).filter(**key).first()
    if there and there.own and side_of(by) != teller:
        return
    MeetingAccount.objects.update_or_create(
        **key,
        defaults={
            "bureau_id": introduction.bureau_id, "candidate_id": introduction.candidate_id,
            "employer_id": introduction.employer_id, "told_at": timezone.now(),
            "told_by": moves.on_record(by), "told_name": str(by.user)[:120], **said,
        },
    )  # fmt: skip


@transaction.atomic
def tell_meeting(
    *, introduction: Introduction, words: str, next_step: str = "", by: Membership
) -> Introduction:
    """Candidate or employer tell how it was; it can be changed until the proposal goes on."""
    with moves.for_the_bureau(by, introduction.bureau_id):
        match = moves.lock(introduction.match)
        introduction = lock_introduction(match)
        if not can_tell(match, introduction):
            raise NotAllowedNow(_("Dit kan nu niet. Vertel het aan de coach."))
        step = next_step if next_step in Onward.values else ""
        _write(introduction, side_of(by), by=by, words=words.strip()[:1000], next_step=step)
        if side_of(by) == Teller.EMPLOYER:
            close_questions(introduction, by=by, kinds=(QuestionKind.MET,))
    return introduction


def can_tell(match: Match, introduction: Introduction | None) -> bool:
    """Once the moment has come, until the proposal goes on."""
    return (
        introduction is not None
        and match.state in (MatchState.MEETING_PLANNED, MatchState.MET)
        and introduction.starts_at is not None
        and introduction.starts_at <= timezone.now()
    )


@transaction.atomic
def miss_meeting(*, match: Match, reason: str, words: str = "", by: Membership) -> Introduction:
    """It did not come about: the reason is kept, both sides hear kindly that there will be another moment."""
    match = moves.lock(match)
    introduction = lock_introduction(match)
    if match.state != MatchState.MEETING_PLANNED:
        moves.require_move(match, MatchState.MET)
    _was(introduction)
    _write(
        introduction, Teller.COACH, by=by, happened=False, reason=MissedReason(reason), words=words.strip()[:1000]
    )  # fmt: skip
    introduction.starts_at = None
    introduction.save(update_fields=["starts_at", "updated_at"])
    note = _("De kennismaking kwam er niet van. We plannen opnieuw.")
    moves.move(match, before_meeting(match), by=by, note=note)
    tell_candidate(match, "meeting_missed", by=by)
    tell_employer(match, "meeting_missed")
    return introduction


def may_take_back(match: Match, accounts: Iterable[MeetingAccount]) -> bool:
    """Whether what the coach noted last can be taken back: within a day, while no work and no new meeting followed."""
    noted = _noted_last(accounts)
    return (
        match.state in (MatchState.MET, MatchState.INTRODUCED)
        and noted is not None
        and (not noted.happened or noted.meeting_at == noted.introduction.starts_at)
        and may_undo(noted.told_at)
    )


def _noted_last(accounts: Iterable[MeetingAccount]) -> MeetingAccount | None:
    noted = [account for account in accounts if account.teller == Teller.COACH]
    return max(noted, key=lambda account: account.told_at, default=None)


@transaction.atomic
def take_back_outcome(*, match: Match, by: Membership) -> Introduction:
    """What was noted of the meeting was a mistake: back to the appointment; what the others typed stays."""
    match = moves.lock(match)
    introduction = lock_introduction(match)
    accounts = list(introduction.accounts.select_related("told_by"))
    noted = _noted_last(accounts)
    if noted is None or not may_take_back(match, accounts):
        raise NotAllowedNow(
            _("Dit kan niet meer terug: het is langer dan een dag geleden, of er is al iets gevolgd.")
        )
    _forget(accounts, noted)
    close_options(introduction)
    introduction.starts_at = noted.meeting_at
    introduction.save(update_fields=["starts_at", "updated_at"])
    note = _("Wat er over de kennismaking stond, is teruggedraaid.")
    met = match.events.filter(from_state=MatchState.MEETING_PLANNED, to_state=MatchState.MET)
    undoes = met.order_by("pk").last() if match.state == MatchState.MET else None
    moves.move(match, MatchState.MEETING_PLANNED, by=by, note=note, undoes=undoes)
    return introduction


def forget_noted(match: Match) -> None:
    """What a colleague noted last of a meeting goes; what candidate and employer typed themselves stays."""
    accounts = list(MeetingAccount.objects.filter(introduction__match=match).select_related("told_by"))
    if noted := _noted_last(accounts):
        _forget(accounts, noted)


def _forget(accounts: Iterable[MeetingAccount], noted: MeetingAccount) -> None:
    for account in accounts:
        if account.meeting_at == noted.meeting_at and (account.teller == Teller.COACH or not account.own):
            account.delete()


@transaction.atomic
def ask_about_meetings(bureau: Bureau) -> int:
    """After the meeting both sides are asked once how it was; whoever told already is left alone."""
    rows = _to_ask().filter(bureau=bureau).order_by("pk")
    return sum(_ask(Match(pk=pk)) for pk in rows.values_list("match", flat=True))


def _to_ask() -> QuerySet[Introduction]:
    """Meetings that were a moment ago and about which nobody was asked; looked at again once the match is held."""
    now = timezone.now()
    asked = EmployerQuestion.objects.filter(
        introduction=OuterRef("pk"), kind=QuestionKind.MET, asked_at__gt=OuterRef("starts_at")
    )
    return Introduction.objects.filter(
        ~Exists(asked), open=True, match__state__in=(MatchState.MEETING_PLANNED, MatchState.MET),
        starts_at__gt=now - ASK_FOR, starts_at__lte=now - timedelta(hours=2),
    )  # fmt: skip


def _ask(match: Match) -> bool:
    match = moves.lock(match)
    introduction = lock_introduction(match)
    if not _to_ask().filter(pk=introduction.pk).exists():
        return False
    told = set(MeetingAccount.objects.of_now(introduction).values_list("teller", flat=True))
    EmployerQuestion.objects.filter(introduction=introduction, kind=QuestionKind.MET).unanswered().update(
        settled_at=timezone.now()
    )
    question = EmployerQuestion.objects.create(
        bureau_id=match.bureau_id, candidate_id=match.candidate_id, employer_id=match.employer_id,
        kind=QuestionKind.MET, introduction=introduction,
        answered_at=timezone.now() if Teller.EMPLOYER in told else None,
    )  # fmt: skip
    if Teller.EMPLOYER not in told:
        tell_employer(match, "met", question=question)
    if Teller.CANDIDATE not in told:
        tell_candidate(match, "met", by=None)
    return True
