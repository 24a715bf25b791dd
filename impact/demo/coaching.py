"""A job coach at work in the demo, a wage value that an expert set, and a closed file whose term nearly ends."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from candidates.enums import Source, Stage
from candidates.models import Candidate, Conversation, FirstConversation, StageChange
from candidates.names import search_name
from candidates.services import retention
from candidates.services.course import years_later
from employers.enums import PAID_FORMS
from impact.demo.story import Cast
from matching.coaching import content_of, sealed
from matching.enums import Grantor
from matching.models import CoachGoal, CoachHours, CoachPeriod, CoachPlan, Placement, WageValue

Line = tuple[int, int, int, int, str, str]
GOALS = (("Zelfstandig met de bus naar het werk", 24), ("Vragen durven stellen aan collega's", 12))
LINES = (
    # days ago, goal, minutes, on the road, what was done, in the person's words
    (60, 0, 120, 30, "De busroute samen gereden, heen en terug.", "Ik dacht dat ik het nooit zou vinden."),
    (53, 0, 120, 30, "Overstap geoefend. Kaart op de telefoon gezet.", ""),
    (46, 0, 90, 30, "Zelf gereden, ik reed erachteraan.", "Ik deed het gewoon."),
    (46, 1, 60, 0, "Besproken hoe je hulp vraagt als het druk is.", ""),
    (32, 1, 120, 20, "Meegewerkt in de ploeg. Twee keer zelf iets gevraagd.", ""),
    (18, 1, 180, 20, "Gesprek met de begeleider erbij, daarna meegewerkt.", "Ze lachten niet. Dat hielp."),
    (11, 1, 120, 20, "Ochtend meegelopen.", ""),
    (4, 1, 120, 20, "Ochtend meegelopen, vooral op afstand.", "Je hoeft niet steeds te kijken hoor."),
)
DRAWN = "M40 120L70 60L95 130L120 70L150 120L180 100L210 125L250 80L280 120L330 100L380 118L430 96"


def coach(cast: Cast) -> None:
    """One plan and one wage value per bureau, at paid work that runs."""
    running = Placement.objects.filter(bureau=cast.bureau, ended_on=None).order_by("pk")
    began = running.filter(starts_on__lte=cast.today - timedelta(days=70)).exclude(shared_name="")
    found = began.filter(form__in=PAID_FORMS).first() or began.first()
    if found is None:
        return
    plan = plan_at(cast, found, GOALS, LINES)
    _sign(cast, plan)
    on = max(found.starts_on, cast.today - timedelta(days=320))
    WageValue.objects.create(
        bureau=cast.bureau, candidate_id=found.candidate_id, placement=found, percentage=Decimal(55),
        measured_on=on, assessed_by="Arbeidsdeskundig bureau Proefwaarde", method="Onderzoek op de werkplek",
        reference="LW-0412", valid_from=on, valid_until=cast.today + timedelta(days=45), by=plan.coach,
    )  # fmt: skip


def plan_at(
    cast: Cast, found: Placement, words_of: tuple[tuple[str, int], ...], lines: tuple[Line, ...]
) -> CoachPlan:
    """A plan at one placement, with its goals and the hours that went into them."""
    about = {"bureau": cast.bureau, "candidate_id": found.candidate_id}
    by = found.candidate.coach or cast.coaches[0]
    plan = CoachPlan.objects.create(
        **about, employer_id=found.employer_id, placement=found, coach=by, by=by, granted_by=Grantor.MUNICIPALITY,
        grantor=f"Gemeente {cast.bureau.municipality.name}", protocol="Verordening re-integratie",
        reference="JC-2381", provider=cast.bureau.name, starts_on=cast.today - timedelta(days=65),
        ends_on=cast.today + timedelta(days=38),
    )  # fmt: skip
    goals = [
        CoachGoal.objects.create(**about, plan=plan, words=words, minutes=hours * 60, position=number)
        for number, (words, hours) in enumerate(words_of)
    ]
    CoachHours.objects.bulk_create(
        CoachHours(
            **about, plan=plan, goal=goals[goal], worked_on=cast.today - timedelta(days=ago), minutes=minutes,
            travel_minutes=road, done=done, candidate_words=words, by=by, by_name=str(by.user),
            noted_at=_at(cast, ago),
        )
        for ago, goal, minutes, road, done, words in lines
    )  # fmt: skip
    return plan


def _sign(cast: Cast, plan: CoachPlan) -> None:
    """The first weeks are signed by all three; the weeks after are still open."""
    put_down(
        cast, plan, 40, candidate_signed_at=_at(cast, 37), candidate_name=plan.candidate.first_name,
        candidate_signature=DRAWN, employer_signed_at=_at(cast, 35),
        employer_name=f"Contact {plan.employer.name}"[:120],
    )  # fmt: skip


def put_down(cast: Cast, plan: CoachPlan, days_ago: int, **signed: Any) -> None:
    """A period from the first day of the plan until some days ago, with the coach's name under it."""
    since, until = plan.starts_on, cast.today - timedelta(days=days_ago)
    content = content_of(plan, since, until)
    CoachPeriod.objects.create(
        bureau=cast.bureau, candidate_id=plan.candidate_id, employer_id=plan.employer_id,
        placement_id=plan.placement_id, plan=plan, during=DateRange(since, until + timedelta(days=1)),
        content=content, sha256=sealed(content), made_by=plan.coach, made_at=_at(cast, days_ago - 2),
        coach_name=str(plan.coach.user) if plan.coach else "", **signed,
    )  # fmt: skip


def _at(cast: Cast, days_ago: int) -> datetime:
    return timezone.make_aware(datetime.combine(cast.today - timedelta(days=days_ago), time(15, 30)))


def close(cast: Cast) -> None:
    """Somebody of years ago who moved away: the file is closed, and its term ends in three weeks."""
    ends = cast.today + timedelta(days=21)
    closed = years_later(ends, -cast.bureau.retention_years)
    met, coach = closed - timedelta(days=120), cast.coaches[0]
    person = Candidate.objects.create(
        bureau=cast.bureau, first_name="Wim", last_name="Vertrok", search_name=search_name("Wim", "", "Vertrok"),
        birth_year=1969, source=Source.WALK_IN, entered_on=met, last_contact_on=closed, coach=coach,
        stage=Stage.CLOSED, closed_on=closed, closed_reason="Verhuisd naar een andere stad, vond daar werk",
        retain_until=ends,
    )  # fmt: skip
    about = {"bureau": cast.bureau, "candidate": person, "by": coach}
    FirstConversation.objects.create(
        **about, held_on=met, place="Buurthuis", hopes="Iets met mijn handen doen"
    )
    Conversation.objects.create(**about, held_on=closed, text="Belde om te vertellen dat hij gaat verhuizen.")
    for on, before, stage in ((met, "", Stage.MET), (closed, Stage.MET, Stage.CLOSED)):
        StageChange.objects.create(
            **about, from_stage=before, to_stage=stage, on=on,
            note=person.closed_reason if stage == Stage.CLOSED else "",
        )  # fmt: skip
    retention.give_notice(cast.bureau, today=cast.today - timedelta(days=6))
