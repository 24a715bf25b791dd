"""What happens to the people of one bureau, day by day, up to the date that is asked for.

Who is placed, and how hours grow, follows from a person's number, so that the figures are known beforehand; what
does not matter for the figures is drawn from a generator with a fixed seed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from buurtbaan.bureaus.models import Area, Bureau, Membership
from buurtbaan.vocabulary.models import Term
from candidates.consents import ASKED_AT_FIRST, current_text
from candidates.enums import Source, Stage
from candidates.models import (
    Candidate,
    Consent,
    Conversation,
    FirstConversation,
    Intake,
    Measurement,
    Organisation,
    StageChange,
)
from candidates.names import search_name
from employers.enums import PAID_FORMS
from employers.models import Position
from impact.demo import at_work, names
from matching.enums import MatchState
from matching.freeze import freeze
from matching.models import Introduction, Match, MatchEvent, Placement
from matching.rules import RULES_VERSION
from matching.services.sharing import shared_fields

RUNG_BY_FORM = {"regular_job": 6, "supported_job": 5, "participation_job": 5}


@dataclass(frozen=True)
class Plan:
    """How many people, over how many days, and who of them starts where.

    placed: numbers of those who found work. volunteers: numbers of those who started as volunteers.
    without_intake: how many of the last only had a first conversation.
    """

    people: int
    days: int
    placed: frozenset[int]
    volunteers: frozenset[int] = frozenset()
    proposed: frozenset[int] = frozenset()
    without_intake: int = 6


@dataclass
class Cast:
    """Everybody and everything a story needs."""

    bureau: Bureau
    areas: list[Area]
    organisations: list[Organisation]
    connectors: list[Membership]
    coaches: list[Membership]
    positions: list[Position]
    terms: dict[str, list[int]]
    today: date
    luck: random.Random


def terms_by_kind() -> dict[str, list[int]]:
    """Ids of the words of each list, in its order."""
    found: dict[str, list[int]] = {}
    words = Term.objects.filter(active=True).exclude(group="demand").order_by("kind", "position", "pk")
    for kind, pk in words.values_list("kind", "pk"):
        found.setdefault(kind, []).append(pk)
    return found


def tell(cast: Cast, plan: Plan) -> None:
    """Live through the plan, one person after another."""
    for number in range(plan.people):
        entered = cast.today - timedelta(days=plan.days - number * (plan.days - 20) // plan.people)
        person = _meet(cast, number, entered)
        if number < plan.people - plan.without_intake:
            _intake(cast, person, number, entered + timedelta(days=5))
        if number in plan.placed:
            _work(cast, person, number, entered + timedelta(days=14), volunteer=False)
        elif number in plan.volunteers:
            _work(cast, person, number, entered + timedelta(days=14), volunteer=True)
        elif number in plan.proposed:
            _propose(cast, person, number, cast.today - timedelta(days=number % 9 + 1))


def _source(number: int) -> Source:
    """A sixth walks in, half comes through an organisation, the rest by referral and gatherings."""
    return (
        Source.WALK_IN
        if number % 6 == 0
        else Source.ORGANISATION
        if number % 2
        else names.pick((Source.REFERRAL, Source.GATHERING), number // 2)
    )


def _meet(cast: Cast, number: int, entered: date) -> Candidate:
    infix, last = names.pick(names.LAST, number * 7)
    first = names.pick(names.FIRST, number)
    area, source = names.pick(cast.areas, number * 3), _source(number)
    by_others = source in (Source.ORGANISATION, Source.REFERRAL)
    person = Candidate.objects.create(
        bureau=cast.bureau,
        first_name=first,
        infix=infix,
        last_name=last,
        search_name=search_name(first, infix, last),
        birth_year=cast.today.year - 20 - number * 11 % 42,
        phone=f"06{10000000 + number * 7919:08d}",
        postcode=names.pick(area.postcodes, number),
        area=area,
        source=source,
        source_organisation=names.pick(cast.organisations, number) if by_others else None,
        resident_kind="student" if number % 12 == 5 else "resident",
        without_work_since=entered - timedelta(days=200 + number * 97 % 3000) if number % 5 else None,
        connector=names.pick(cast.connectors, number),
        coach=names.pick(cast.coaches, number),
        entered_on=entered,
        last_contact_on=entered,
    )
    FirstConversation.objects.create(
        bureau=cast.bureau,
        candidate=person,
        held_on=entered,
        place=names.pick(cast.organisations, number).name,
        hopes=names.pick(names.HOPES, number),
        by=person.connector,
    )
    for purpose in ASKED_AT_FIRST:
        text = current_text(purpose)
        Consent.objects.create(
            bureau=cast.bureau,
            candidate=person,
            purpose=purpose,
            text_version=text.code("nl"),
            text=text.nl,
            given_at=_moment(entered),
            recorded_by=person.connector,
        )
    _stage(cast, person, Stage.MET, entered)
    return person


def _moment(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _stage(cast: Cast, person: Candidate, stage: Stage, on: date) -> None:
    StageChange.objects.create(
        bureau=cast.bureau,
        candidate=person,
        to_stage=stage,
        on=on,
        by=person.coach,
        from_stage="" if stage == Stage.MET else person.stage,
    )
    person.stage, person.last_contact_on = stage, max(on, person.last_contact_on or on)
    person.save()


def _intake(cast: Cast, person: Candidate, number: int, on: date) -> None:
    luck, terms = cast.luck, cast.terms
    hours = Decimal(8 + number * 4 % 17)
    mornings = sum(1 << day * 3 for day in range(5))
    afternoons = sum(1 << day * 3 + 1 for day in range(5))
    by = {"by": str(person.coach.user) if person.coach else "", "role": "coach", "on": on.isoformat()}
    fields = (
        "hours_now",
        "hours_wished",
        "dayparts",
        "tasks_liked",
        "talents_claimed",
        "conditions_needed",
        "dutch_level",
    )
    Intake.objects.create(
        bureau=cast.bureau,
        candidate=person,
        started_on=on,
        completed_on=on,
        dreams=names.pick(names.DREAMS, number),
        wishes=names.pick(names.WISHES, number * 3),
        energy=names.pick(names.DREAMS, number + 3),
        talents_claimed=luck.sample(terms["talent"], 4),
        talents_shown=luck.sample(terms["talent"], 2) if number % 2 else None,
        tasks_liked=(liked := luck.sample(terms["task"], 6)),
        tasks_to_learn=[task for task in luck.sample(terms["task"], 3) if task not in liked],
        tasks_rather_not=[task for task in luck.sample(terms["task"], 2) if task not in liked],
        hours_now=hours,
        hours_wished=min(Decimal(36), hours + 12),
        dayparts=mornings | (afternoons if number % 3 else 0),
        conditions_needed=luck.sample(terms["condition"], number % 3),
        means=names.pick((["walk", "bike"], ["bike", "transit"], ["walk", "transit"]), number),
        travel_minutes=names.pick((15, 30, 45), number),
        wants_own_area=names.pick((True, False, None), number),
        dutch_level=names.pick((4, 3, 2, 1, 3), number),
        languages=names.pick((["ar"], ["tr"], ["en"], []), number),
        guidance_needed=names.pick((1, 2, 2, 3), number),
        forms_accepted=None
        if number % 4 == 0
        else ["work_experience", "learn_work", "participation_job", "supported_job", "regular_job"],
        provenance=dict.fromkeys(fields, by),
        updated_by=person.coach,
    )
    _measure(cast, person, on, 1 + number % 3, potential=min(6, 4 + number % 3))
    Conversation.objects.create(
        bureau=cast.bureau,
        candidate=person,
        held_on=on,
        kind="visit",
        minutes=60,
        by=person.coach,
        text="Rustig kennisgemaakt en samen de intake gedaan.",
    )
    _stage(cast, person, Stage.SEARCHING, on)


def _measure(cast: Cast, person: Candidate, on: date, rung: int, potential: int | None) -> None:
    Measurement.objects.create(
        bureau=cast.bureau, candidate=person, measured_on=on, rung=rung, potential=potential, by=person.coach
    )


def _propose(cast: Cast, person: Candidate, number: int, on: date, state: str = "") -> Match:
    state = state or names.pick(
        (
            MatchState.PROPOSED,
            MatchState.CANDIDATE_AGREED,
            MatchState.INTRODUCED,
            MatchState.MEETING_PLANNED,
            MatchState.DECLINED,
        ),
        number,
    )
    open_positions = [p for p in cast.positions if p.form != "volunteering"]
    return propose(cast, person, names.pick(open_positions, number), on, state)


def propose(cast: Cast, person: Candidate, position: Position, on: date, state: str) -> Match:
    """A proposal that came as far as a state, with every step on one day."""
    share = ["hours", "dayparts", "tasks"]
    declined = {"declined_by": "candidate", "decline_reason": "timing", "ended_at": _moment(on)}
    match = Match.objects.create(
        bureau=cast.bureau,
        candidate=person,
        position=position,
        employer=position.employer,
        state=state,
        rules_version=RULES_VERSION,
        frozen=freeze(person, position),
        proposed_by=person.coach,
        proposed_at=_moment(on),
        since=_moment(on),
        answer_by=on + timedelta(days=14),
        share=share,
        **(declined if state == MatchState.DECLINED else {}),
    )
    path = [
        MatchState.PROPOSED,
        MatchState.CANDIDATE_AGREED,
        MatchState.INTRODUCED,
        MatchState.MEETING_PLANNED,
        MatchState.MET,
        MatchState.PLACED,
    ]
    steps = (
        path[: path.index(MatchState(state)) + 1]
        if state in path
        else [MatchState.PROPOSED, MatchState(state)]
    )
    for earlier, later in zip(["", *steps], steps, strict=False):
        MatchEvent.objects.create(
            bureau=cast.bureau,
            match=match,
            candidate=person,
            from_state=earlier,
            to_state=later,
            at=_moment(on),
            by=person.coach,
            by_role="coach",
        )
    if MatchState.INTRODUCED in steps:
        planned = (
            _moment(cast.today + timedelta(days=2 + person.pk % 5), 14)
            if state == MatchState.MEETING_PLANNED
            else None
        )
        Introduction.objects.create(
            bureau=cast.bureau,
            match=match,
            candidate=person,
            employer=position.employer,
            position_title=position.title,
            shared_name=person.first_name,
            shared=shared_fields(person, share),
            introduced_at=_moment(on),
            employer_answer="" if state == MatchState.INTRODUCED else "yes",
            starts_at=planned,
            place=str(position.location),
            companion=str(person.coach.user) if person.coach else "",
        )
    Candidate.objects.filter(pk=person.pk).update(last_proposed_on=on)
    person.last_proposed_on = on
    if state not in (MatchState.PLACED, MatchState.DECLINED) and person.stage != Stage.WORKING:
        _stage(cast, person, Stage.INTRODUCING if MatchState.INTRODUCED in steps else Stage.SEARCHING, on)
    return match


def _work(cast: Cast, person: Candidate, number: int, starts: date, *, volunteer: bool) -> None:
    fitting = [p for p in cast.positions if (p.form == "volunteering") == volunteer]
    position = names.pick(fitting, number)
    match = propose(cast, person, position, starts - timedelta(days=6), MatchState.PLACED)
    paid = position.form in PAID_FORMS
    placement = Placement.objects.create(
        bureau=cast.bureau,
        candidate=person,
        employer=position.employer,
        position=position,
        match=match,
        shared_name=person.first_name,
        form=position.form,
        starts_on=starts,
        in_neighbourhood=number % 4 != 0,
        employer_of_record=position.employer.name if paid else "",
        contract_on=starts if paid else None,
        supervisor=position.guide_name,
    )
    at_work.hours(cast, placement, number)
    at_work.check_ins(cast, placement, number)
    _measure(cast, person, cast.today - timedelta(days=number % 14), RUNG_BY_FORM.get(position.form, 4), None)
    _stage(cast, person, Stage.WORKING, starts)
    if number % 9 == 4 and starts + timedelta(days=60) < cast.today and not volunteer:
        _stage(cast, person, Stage.SEARCHING, at_work.end(cast, placement, number))
