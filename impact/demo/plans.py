"""Plans, how people say it goes, and the fund that pays for the hours. Nothing in here counts in a report."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F

from candidates.enums import GoalState, StepOwner
from candidates.models import Candidate, Conversation, Fund, Goal, Step, Wellbeing
from candidates.wellbeing import VERSION, questions
from impact.demo.story import Cast

EVERY = 3
"""One in three people has a plan on paper; the others show what an empty page says."""
PLANS: tuple[tuple[str, str, tuple[tuple[str, str, int, int], ...]], ...] = (
    (
        "Weer een vast ritme in mijn week",
        "Dan slaap ik beter en zien mijn kinderen dat ik ergens heen ga.",
        (
            ("Twee ochtenden naar het buurthuis", StepOwner.CANDIDATE, -70, -72),
            ("Samen een weekplan maken", StepOwner.COACH, -40, -41),
            ("Een fiets regelen", StepOwner.CONNECTOR, 12, 0),
        ),
    ),
    (
        "Van mijn handen mijn werk maken",
        "",
        (
            ("Een dag meelopen in het atelier", StepOwner.CANDIDATE, -30, -28),
            ("Drie dingen maken die ik durf te laten zien", StepOwner.CANDIDATE, 20, 0),
        ),
    ),
    (
        "Nederlands praten met de buren",
        "Nu zeg ik vaak niets.",
        (
            ("Naar het taalcafé op dinsdag", StepOwner.CANDIDATE, -3, 0),
            ("Vragen of mijn zus meegaat", StepOwner.OTHER, 9, 0),
        ),
    ),
)
WORDS = ("Het is wennen, maar ik ga weer ergens heen.", "Ik slaap beter. Geld blijft spannend.")
START = (2, 2, 3, 2, 2, 2)
LATER = (4, 3, 3, 4, 3, 2)


def plan(cast: Cast) -> None:
    """Give people of a bureau goals and steps, the first of them two moments of telling how it goes, and a fund."""
    people = Candidate.objects.filter(bureau=cast.bureau, intake__isnull=False).exclude(stage="closed")
    for number, one in enumerate(people.order_by("pk")[::EVERY]):
        _plan_of(one, number, cast)
        if number % 2 == 0:
            _told(one, cast)
    _fund(cast)


def _plan_of(one: Candidate, number: int, cast: Cast) -> None:
    title, why, steps = PLANS[number % len(PLANS)]
    coach, today = one.coach or cast.coaches[0], cast.today
    mine = {"bureau": cast.bureau, "candidate": one}
    goal = Goal.objects.create(
        **mine, title=title, why=why, target_on=today + timedelta(days=60), position=1, by=coach
    )
    Step.objects.bulk_create(
        Step(
            **mine,
            goal=goal,
            what=what,
            owner=owner,
            owner_name="Zus" if owner == StepOwner.OTHER else "",
            due_on=today + timedelta(days=due),
            done_on=today + timedelta(days=done) if done else None,
            done_by=coach if done else None,
            position=at,
            by=coach,
        )
        for at, (what, owner, due, done) in enumerate(steps, start=1)
    )
    if number % 4 == 0:
        Goal.objects.create(
            **mine,
            title="Naar buiten durven",
            state=GoalState.REACHED,
            ended_on=today - timedelta(days=80),
            position=2,
            by=coach,
        )


def _told(one: Candidate, cast: Cast) -> None:
    codes = [question.code for question in questions()]
    for days, answers, words in ((150, START, WORDS[0]), (20, LATER, WORDS[1])):
        Wellbeing.objects.create(
            bureau=cast.bureau,
            candidate=one,
            filled_on=cast.today - timedelta(days=days),
            version=VERSION,
            answers=dict(zip(codes, answers, strict=True)),
            words=words,
            by=one.coach,
        )


def _fund(cast: Cast) -> None:
    fund = Fund.objects.create(
        bureau=cast.bureau, name="Fonds Wijkkracht", since=cast.today - timedelta(days=400)
    )
    talks = Conversation.objects.filter(bureau=cast.bureau, minutes__isnull=False)
    talks.annotate(odd=F("pk") % 2).filter(odd=1).update(fund=fund)
