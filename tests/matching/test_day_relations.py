"""Employers on the list of the day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.scope import Scope, scoped
from employers.models import Employer
from matching.day import Matter, day_list
from tests.bureaus.factories import MembershipFactory
from tests.employers.factories import AgreementFactory, EmployerFactory, ReminderFactory


def matters(membership: Membership, *, own: bool = True) -> dict[str, list[Matter]]:
    with scoped(Scope.for_membership(membership)):
        return {str(group.title): group.matters for group in day_list(membership, own=own)}


@pytest.fixture
def employer(bureau: Any, coach: Membership) -> Employer:
    return EmployerFactory(bureau=bureau, name="Granola", owner=coach, last_contact_on=timezone.localdate())


REMINDERS = "Herinneringen bij werkgevers"
ENDS = "Overeenkomst loopt af"
QUIET = "Werkgever al 90 dagen niet gesproken"


def test_a_reminder_comes_on_its_day_to_whom_it_is_for(
    employer: Employer, coach: Membership, connector: Membership
) -> None:
    today = timezone.localdate()
    one = ReminderFactory(employer=employer, for_whom=connector, due_on=today, text="Bel over de kas")
    ReminderFactory(employer=employer, for_whom=connector, due_on=today + timedelta(days=1))
    ReminderFactory(employer=employer, for_whom=connector, due_on=today, done_at=timezone.now())
    (matter,) = matters(connector)[REMINDERS]
    assert (matter.name, matter.text) == ("Granola", "Bel over de kas")
    assert matter.done == reverse("employers:reminder_done", args=[one.pk])
    assert REMINDERS not in matters(coach)
    (seen,) = matters(coach, own=False)[REMINDERS]
    assert str(connector.user) in seen.note


def test_what_hangs_on_somebody_who_left_is_the_owners(employer: Employer, coach: Membership) -> None:
    today = timezone.localdate()
    left = MembershipFactory(
        role=Role.COACH,
        bureau=employer.bureau,
        starts=today - timedelta(days=9),
        ends=today - timedelta(days=1),
    )
    ReminderFactory(employer=employer, for_whom=left)
    assert len(matters(coach)[REMINDERS]) == 1


def test_a_person_with_two_roles_sees_it_in_both(employer: Employer, coach: Membership) -> None:
    ReminderFactory(employer=employer, for_whom=coach)
    both = MembershipFactory(role=Role.MANAGER, bureau=employer.bureau, user=coach.user)
    assert len(matters(both)[REMINDERS]) == 1


@pytest.mark.parametrize(("days", "state", "shown"), [(42, "open", 1), (43, "open", 0), (-1, "open", 1)])
def test_an_agreement_shows_six_weeks_before_its_end(
    employer: Employer, coach: Membership, days: int, state: str, shown: int
) -> None:
    today = timezone.localdate()
    first, last = today - timedelta(days=90), today + timedelta(days=days)
    AgreementFactory(employer=employer, colleague=coach, starts_on=first, ends_on=last)
    AgreementFactory(
        employer=employer, colleague=coach, starts_on=first, ends_on=today, state="ended", ended_on=today
    )
    assert len(matters(coach).get(ENDS, [])) == shown


@pytest.mark.parametrize(("days", "shown"), [(89, 0), (90, 1)])
def test_ninety_days_of_silence_are_the_owners_to_break(
    employer: Employer, coach: Membership, connector: Membership, days: int, shown: int
) -> None:
    Employer.objects.update(last_contact_on=timezone.localdate() - timedelta(days=days))
    assert len(matters(coach).get(QUIET, [])) == shown
    assert QUIET not in matters(connector)


def test_a_new_employer_is_not_silent_yet(employer: Employer, coach: Membership) -> None:
    Employer.objects.update(last_contact_on=None)
    assert QUIET not in matters(coach)


def test_it_stays_one_question(employer: Employer, coach: Membership) -> None:
    matters(coach)
    for _n in range(20):
        ReminderFactory(employer=employer, for_whom=coach)
    with scoped(Scope.for_membership(coach)), CaptureQueriesContext(connection) as asked:
        (group,) = [one for one in day_list(coach, own=True) if str(one.title) == REMINDERS]
    assert group.total == 20
    assert len([one for one in asked if "employers_reminder" in one["sql"] or "EXECUTE" in one["sql"]]) == 1
