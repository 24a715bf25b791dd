"""What one tap on the list of the day does, and that the list stays a page at a thousand open matters."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.audit.models import Change
from buurtbaan.bureaus.models import Membership
from buurtbaan.holidays import begins_the_week, easter, is_working_day, next_working_day
from buurtbaan.scope import Scope, scoped
from candidates.models import Candidate, Conversation, Goal, HelpRequest, Step
from employers.models import Reminder
from matching.day import Group, day_list
from matching.models import CheckIn, DayMark, EmployerQuestion, Match, Placement
from matching.services import day
from tests.matching.factories import CompanyFactory, PersonFactory, WorkFactory

TODAY = timezone.localdate


def url(name: str, *args: object) -> str:
    return reverse(f"matching:{name}", args=args)


def groups(membership: Membership, **more: Any) -> dict[str, Group]:
    with scoped(Scope.for_membership(membership)):
        return {group.kind: group for group in day_list(membership, **{"own": True, **more})}


@pytest.fixture
def at_coach(sign_in: Any, coach: Membership) -> Client:
    client: Client = sign_in(coach)
    return client


@pytest.fixture
def promised(bureau: Any, coach: Membership) -> Candidate:
    """Somebody to call back today."""
    long_ago = TODAY() - timedelta(days=3)
    person: Candidate = PersonFactory(
        bureau=bureau, coach=coach, first_name="Amina", call_back_on=TODAY(), last_contact_on=long_ago
    )
    return person


def test_later_takes_it_off_the_own_list_until_its_day(
    promised: Candidate, coach: Membership, manager: Membership, at_coach: Client
) -> None:
    page = at_coach.post(url("day_act"), {"later": f"call_back:{promised.pk}"}, follow=True).content.decode()
    assert "weer op je lijst" in page
    assert "Kies een andere dag" in page
    mark = DayMark.objects.get()
    assert (mark.until, mark.candidate) == (next_working_day(TODAY()), promised)
    assert "call_back" not in groups(coach)
    assert "call_back" in groups(manager, own=False)
    assert "Amina" in at_coach.get(url("day_aside")).content.decode()
    DayMark.objects.update(until=TODAY())
    assert "call_back" in groups(coach), "on its day it is back"


def test_another_day_and_back(promised: Candidate, coach: Membership, at_coach: Client) -> None:
    at_coach.post(url("day_act"), {"later": f"call_back:{promised.pk}"})
    mark = DayMark.objects.get()
    for days in (0, 61):
        answer = at_coach.post(url("day_later", mark.pk), {"until": f"{TODAY() + timedelta(days=days)}"})
        assert "Kies een dag vanaf morgen" in answer.content.decode()
    at_coach.post(url("day_later", mark.pk), {"until": f"{TODAY() + timedelta(days=60)}"})
    mark.refresh_from_db()
    assert mark.until == TODAY() + timedelta(days=60)
    at_coach.post(url("day_undo", mark.pk))
    assert "call_back" in groups(coach)
    assert Change.objects.filter(table="matching_daymark", action="DELETE").exists()


def test_twice_later_is_once(promised: Candidate, at_coach: Client) -> None:
    for _n in range(2):
        at_coach.post(url("day_act"), {"later": f"call_back:{promised.pk}"})
    assert DayMark.objects.count() == 1


def test_a_call_is_noted_once_and_can_be_taken_back(
    promised: Candidate, coach: Membership, at_coach: Client
) -> None:
    was = promised.last_contact_on
    for _n in range(2):
        assert at_coach.post(url("day_act"), {"gedaan": f"call_back:{promised.pk}"}).status_code == 302
    promised.refresh_from_db()
    assert (promised.call_back_on, promised.last_contact_on) == (None, TODAY())
    assert Conversation.objects.filter(candidate=promised).count() == 1
    assert "Terugbellen" in at_coach.get(url("day_aside")).content.decode()
    at_coach.post(url("day_undo", DayMark.objects.get().pk))
    promised.refresh_from_db()
    assert (promised.call_back_on, promised.last_contact_on) == (TODAY(), was)
    assert not Conversation.objects.filter(candidate=promised).exists()


@pytest.mark.parametrize("why", ["written", "spoken", "late"])
def test_what_followed_is_not_taken_back(promised: Candidate, at_coach: Client, why: str) -> None:
    at_coach.post(url("day_act"), {"gedaan": f"call_back:{promised.pk}"})
    note, mark = Conversation.objects.get(candidate=promised), DayMark.objects.get()
    if why == "written":
        note.text = "Gebeld. Wil graag meer uren."
        note.save()
    elif why == "spoken":
        Conversation.objects.create(
            bureau=promised.bureau, candidate=promised, text="Kwam langs", held_on=TODAY()
        )
    else:
        DayMark.objects.update(at=timezone.now() - timedelta(hours=25))
    assert at_coach.post(url("day_undo", mark.pk)).status_code == 409
    assert Conversation.objects.filter(pk=note.pk).exists()


def test_a_button_names_only_what_stands_on_the_list(
    promised: Candidate, at_coach: Client, connector: Membership, sign_in: Any
) -> None:
    stranger = PersonFactory(call_back_on=TODAY())
    for key in (f"call_back:{stranger.pk}", "call_back:0", "nonsense:1", "call_back", "x' OR 1=1:1", ""):
        at_coach.post(url("day_act"), {"gedaan": key})
        at_coach.post(url("day_act"), {"later": key})
    sign_in(connector).post(url("day_act"), {"gedaan": f"call_back:{promised.pk}"})
    assert not DayMark.objects.exists()
    assert not Conversation.objects.exists()


def test_whose_day_it_is_stays_as_chosen(promised: Candidate, bureau: Any, at_coach: Client) -> None:
    PersonFactory(bureau=bureau, first_name="Elders", call_back_on=TODAY())
    assert "Elders" not in at_coach.get(url("today")).content.decode()
    assert "Elders" in at_coach.get(url("today") + "?van=alle").content.decode()
    assert "Elders" in at_coach.get(url("today")).content.decode()
    assert "Elders" not in at_coach.get(url("today") + "?van=eigen").content.decode()


def test_one_kind_at_length_and_the_others_as_a_number(bureau: Any, coach: Membership) -> None:
    Candidate.objects.bulk_create(
        PersonFactory.build(bureau=bureau, coach=coach, call_back_on=TODAY()) for _n in range(60)
    )
    PersonFactory(bureau=bureau, coach=coach, last_contact_on=TODAY() - timedelta(days=40))
    found = groups(coach, only="call_back")
    assert (len(found["call_back"].matters), found["call_back"].total) == (40, 60)
    assert (found["silent"].matters, found["silent"].total) == ([], 1)
    assert len(groups(coach, only="onzin")["call_back"].matters) == 8


def a_thousand(bureau: Any, coach: Membership) -> None:
    """Open matters of eleven kinds, some hundred of each."""
    long_ago, employer = TODAY() - timedelta(days=100), CompanyFactory(bureau=bureau, owner=coach)
    here = {"bureau": bureau, "coach": coach}
    people = Candidate.objects.bulk_create(
        PersonFactory.build(**here, last_proposed_on=TODAY(), last_contact_on=TODAY(), **more)
        for more in (
            *({"call_back_on": TODAY()} for _n in range(100)),
            *({"stage": "working"} for _n in range(100)),
        )
    )
    Candidate.objects.bulk_create(
        PersonFactory.build(**{**here, "last_proposed_on": day_proposed, "last_contact_on": long_ago})
        for day_proposed in [long_ago] * 100 + [TODAY()] * 100
    )
    ones = [{"bureau": bureau, "candidate": person} for person in people[100:]]
    work = {"employer": employer, "form": "work_experience", "starts_on": long_ago}
    placed = Placement.objects.bulk_create(
        Placement(**one, **work, ends_on=TODAY() + timedelta(days=9)) for one in ones
    )
    at_work = [{**one, "employer": employer, "placement": p} for one, p in zip(ones, placed, strict=True)]
    CheckIn.objects.bulk_create(CheckIn(**one, week=13, due_on=TODAY()) for one in at_work)
    CheckIn.objects.bulk_create(
        CheckIn(**one, week=1, due_on=long_ago, mood="good", told_on=long_ago) for one in at_work
    )
    CheckIn.objects.bulk_create(
        CheckIn(**one, week=4, due_on=long_ago, mood="hard", told_on=TODAY(), done_on=TODAY())
        for one in at_work
    )
    EmployerQuestion.objects.bulk_create(
        EmployerQuestion(
            **one, kind="check_in", week=4, hours_right="no", words="Twee uur minder, zover ik zie."
        )
        for one in at_work
    )
    position = WorkFactory(bureau=bureau, employer=employer)
    Match.objects.bulk_create(
        Match(
            bureau=bureau, candidate=person, position=position, employer=employer, rules_version="1", frozen={},
            answer_by=TODAY(),
        )
        for person in people[:100]
    )  # fmt: skip
    goal = Goal.objects.create(bureau=bureau, candidate=people[0], title="Meedoen")
    Step.objects.bulk_create(
        Step(bureau=bureau, candidate=people[0], goal=goal, what="Langs het buurthuis", due_on=long_ago)
        for _n in range(100)
    )
    Reminder.objects.bulk_create(
        Reminder(bureau=bureau, employer=employer, for_whom=coach, text="Bel over de kas", due_on=TODAY())
        for _n in range(100)
    )
    HelpRequest.objects.bulk_create(
        HelpRequest(bureau=bureau, kind="odd_job", text="Lamp ophangen", requester_name="Buur")
        for _n in range(100)
    )


def test_a_thousand_open_matters_stay_one_page(
    bureau: Any, coach: Membership, at_coach: Client, count_queries: Any
) -> None:
    a_thousand(bureau, coach)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself a minute after so many rows came
    found = groups(coach)
    assert sum(group.total for group in found.values()) >= 1000
    assert len(found) >= 10
    for query in ("", "?van=alle", "?soort=call_back", "?soort=signal"):
        page = url("today") + query
        assert count_queries(lambda page=page: at_coach.get(page)) <= 12
        assert len(at_coach.get(page).content) < 60_000, query


def test_marks_are_forgotten_a_week_after_their_day(promised: Candidate, coach: Membership) -> None:
    with scoped(Scope.for_membership(coach)):
        day.put_aside(key=f"call_back:{promised.pk}", by=coach)
    DayMark.objects.update(until=TODAY() - timedelta(days=7))
    assert day.forget_marks() == 0
    assert day.forget_marks(TODAY() + timedelta(days=1)) == 1


# days off


@pytest.mark.parametrize(
    ("off", "why"),
    [
        (date(2026, 4, 6), "Easter Monday"), (date(2026, 5, 14), "Ascension"), (date(2026, 5, 25), "Whit Monday"),
        (date(2026, 4, 27), "King's Day"), (date(2025, 4, 26), "King's Day, on Saturday"),
        (date(2025, 5, 5), "lustrum"),
        (date(2026, 12, 25), "Christmas"), (date(2027, 1, 1), "New Year"), (date(2026, 11, 22), "Sunday"),
    ],
)  # fmt: skip
def test_days_off(off: date, why: str) -> None:
    assert not is_working_day(off), why


def test_days_on() -> None:
    assert easter(2026) == date(2026, 4, 5)
    assert is_working_day(date(2026, 4, 3)), "Good Friday"
    assert is_working_day(date(2026, 5, 5)), "not a lustrum"
    assert next_working_day(date(2026, 4, 3)) == date(2026, 4, 7)
    assert begins_the_week(date(2026, 4, 7))
    assert not begins_the_week(date(2026, 4, 8))
    assert begins_the_week(date(2026, 11, 23))
