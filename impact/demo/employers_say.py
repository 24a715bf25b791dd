"""What employers in the demo say about the people at work: mostly well, one who wants a call, one who doubts hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from impact.demo.story import Cast
from matching.enums import MatchState, QuestionKind
from matching.models import CHECK_IN_WEEKS, EmployerQuestion, Introduction, Match, Placement
from matching.services.sharing import give_consent

SAID = (
    ("good", "", "no", "Komt altijd op tijd en lacht veel."),
    ("mixed", "", "yes", "Het is druk, en dan gaat het mis. Hoe pak ik dat aan?"),
    ("good", "", "no", ""),
    ("good", "no", "no", "Sinds deze maand zijn het twee ochtenden, geen drie."),
    ("hard", "", "no", "De eerste weken kostten veel uitleg. Nu gaat het beter."),
)
"""How it goes, whether the hours are right, whether somebody should call, and a word."""


def say(cast: Cast) -> None:
    """A yes on paper where somebody said yes, the questions that open introductions are, answers of the past weeks."""
    for match in Match.objects.filter(
        bureau=cast.bureau, state=MatchState.CANDIDATE_AGREED, consent=None
    ).order_by("pk"):
        assert match.candidate.coach is not None  # noqa: S101 - whoever is proposed has one
        give_consent(match, share=match.share, by=match.candidate.coach)
    waiting = Introduction.objects.filter(
        bureau=cast.bureau, open=True, employer_answer="", starts_at=None
    ).order_by("pk")
    EmployerQuestion.objects.bulk_create(
        EmployerQuestion(
            bureau=cast.bureau, candidate_id=one.candidate_id, employer_id=one.employer_id,
            kind=QuestionKind.INTRODUCTION, introduction=one, asked_at=one.introduced_at,
        )
        for one in waiting
    )  # fmt: skip
    running = Placement.objects.filter(bureau=cast.bureau, ended_on=None).select_related("employer")
    for number, placement in enumerate(running.order_by("pk")[: len(SAID) * 2]):
        _tell(cast, placement, number)


def _tell(cast: Cast, placement: Placement, number: int) -> None:
    """The latest week after the start; every other one stays without an answer yet."""
    weeks = [week for week in CHECK_IN_WEEKS if placement.starts_on + timedelta(weeks=week) < cast.today]
    if not weeks or number % 2:
        return
    going, hours_right, help_wanted, words = SAID[number // 2]
    on = max(placement.starts_on + timedelta(weeks=weeks[-1]), cast.today - timedelta(days=6))
    at = timezone.make_aware(datetime.combine(on, time(16)))
    EmployerQuestion.objects.create(
        bureau=cast.bureau, candidate_id=placement.candidate_id, employer=placement.employer,
        kind=QuestionKind.CHECK_IN, placement=placement, week=weeks[-1], asked_at=at - timedelta(days=2),
        going=going, hours_right=hours_right or "yes", help_wanted=help_wanted, words=words, answered_at=at,
        answered_by=f"Contact {placement.employer.name}"[:120],
    )  # fmt: skip
