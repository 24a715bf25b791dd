"""People whose work a subscription pays for: contracts counted once, and nobody forgotten when it is over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.models import Membership
from employers.models import Employer, Position, Subscription
from employers.services import subscriptions, warnings
from matching.day import day_list
from matching.enums import Destination, EndReason
from matching.models import Conversion, Placement
from matching.services import end_placement
from tests.employers.factories import EmployerFactory, PositionFactory, SubscriptionFactory
from tests.matching.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def work(bureau: Any, coach: Membership) -> Position:
    return PositionFactory(employer=EmployerFactory(bureau=bureau, kind="care", owner=coach))


@pytest.fixture
def subscription(work: Position, today: date) -> Subscription:
    made = SubscriptionFactory(
        employer=work.employer, starts_on=today - timedelta(days=300), ends_on=today + timedelta(days=20)
    )
    made.funded.create(bureau=made.bureau, position=work)
    return made


@pytest.fixture
def placement(work: Position, coach: Membership, today: date) -> Placement:
    return Placement.objects.create(
        bureau=work.bureau, candidate=PersonFactory(bureau=work.bureau, coach=coach), employer=work.employer,
        position=work, form="work_experience", starts_on=today - timedelta(days=100),
    )  # fmt: skip


@pytest.fixture
def as_coach(coach: Membership, sign_in: Any) -> Client:
    return sign_in(coach)


def again(placement: Placement, starts: date) -> Placement:
    """The same person at the same work, later."""
    return Placement.objects.create(
        bureau=placement.bureau, candidate=placement.candidate, employer=placement.employer,
        position=placement.position, form="work_experience", starts_on=starts,
    )  # fmt: skip


def contract(placement: Placement) -> str:
    return reverse("matching:placement_contract", args=[placement.pk])


def kinds(membership: Membership, *, own: bool = True) -> dict[str, str]:
    """The subscriptions' lines of a day: kind → act."""
    groups = day_list(membership, own=own)
    return {
        str(group.title): str(group.matters[0].act) for group in groups if "Abonnement" in str(group.title)
    }


class TestContracts:
    def test_a_contract_ends_the_work_and_counts_once(
        self, subscription: Subscription, placement: Placement, as_coach: Client, today: date
    ) -> None:
        data = {"contract_on": today.isoformat()}
        assert as_coach.post(contract(placement), data).status_code == 302
        placement.refresh_from_db()
        assert (placement.end_reason, placement.destination) == ("contract", "regular_job")
        assert placement.ended_on == today - timedelta(days=1)
        assert "al geteld" in as_coach.post(contract(placement), data).content.decode()
        page = as_coach.get(reverse("employers:subscription", args=[subscription.pk])).content.decode()
        assert "1 persoon, één keer geteld." in page

    def test_rounding_off_with_a_contract_counts_the_same(
        self, subscription: Subscription, placement: Placement, coach: Membership, today: date
    ) -> None:
        end_placement(
            placement=placement, reason=EndReason.CONTRACT, destination=Destination.REGULAR_JOB,
            last_day=today, by=coach,
        )  # fmt: skip
        assert Conversion.objects.get().contract_on == today + timedelta(days=1)

    def test_the_same_person_on_the_next_period_is_not_counted_again(
        self,
        subscription: Subscription,
        placement: Placement,
        as_coach: Client,
        coach: Membership,
        today: date,
    ) -> None:
        subscriptions.stop_subscription(
            subscription=subscription, last_day=today - timedelta(days=31), reason="", by=coach
        )
        subscriptions.extend_subscription(
            subscription=subscription, by=coach,
            values={
                "starts_on": today - timedelta(days=30), "ends_on": today + timedelta(days=300),
                "hours_month": 40, "price_month": 900,
            },
        )  # fmt: skip
        as_coach.post(contract(placement), {"contract_on": (today - timedelta(days=40)).isoformat()})
        second = again(placement, today - timedelta(days=10))
        assert (
            "al geteld"
            in as_coach.post(contract(second), {"contract_on": today.isoformat()}).content.decode()
        )
        end_placement(
            placement=second,
            reason=EndReason.CONTRACT,
            destination=Destination.REGULAR_JOB,
            last_day=today,
            by=coach,
        )
        assert Conversion.objects.get().subscription == subscription

    def test_the_database_refuses_to_count_a_person_twice(
        self, subscription: Subscription, placement: Placement, today: date
    ) -> None:
        row = {
            "bureau": placement.bureau, "candidate": placement.candidate, "placement": placement,
            "subscription": subscription, "contract_on": today,
        }  # fmt: skip
        Conversion.objects.create(**row)
        with pytest.raises(IntegrityError), transaction.atomic():
            Conversion.objects.create(**row)

    def test_work_without_a_subscription_counts_for_none(
        self, placement: Placement, as_coach: Client, coach: Membership, today: date
    ) -> None:
        answer = as_coach.post(contract(placement), {"contract_on": today.isoformat()})
        assert "niet door een abonnement betaald" in answer.content.decode()
        end_placement(
            placement=placement, reason=EndReason.OTHER_WORK, destination=Destination.REGULAR_JOB,
            last_day=today, by=coach,
        )  # fmt: skip
        assert not Conversion.objects.exists()

    @pytest.mark.parametrize(("days", "said"), [(-100, "latere dag"), (400, "meer dan een jaar")])
    def test_a_day_that_cannot_be(
        self,
        subscription: Subscription,
        placement: Placement,
        as_coach: Client,
        today: date,
        days: int,
        said: str,
    ) -> None:
        day = (today + timedelta(days=days)).isoformat()
        assert said in as_coach.post(contract(placement), {"contract_on": day}).content.decode()
        assert not Conversion.objects.exists()


class TestDay:
    def test_a_warning_is_on_the_day_of_owner_and_manager_until_somebody_acts(
        self, subscription: Subscription, coach: Membership, manager: Membership, member: Any, today: date
    ) -> None:
        from buurtbaan.bureaus.enums import Role

        assert kinds(coach) == {}
        warnings.give_warnings(subscription.bureau)
        line = {"Abonnement loopt af": "Verleng of stop"}
        assert kinds(coach) == kinds(manager, own=False) == line
        assert kinds(member(Role.COACH)) == kinds(member(Role.CONNECTOR)) == {}
        subscriptions.stop_subscription(
            subscription=subscription, last_day=subscription.ends_on, reason="", by=coach
        )
        assert kinds(coach) == kinds(manager, own=False) == {}

    def test_people_left_behind_are_on_the_day_and_have_ways_out(
        self,
        subscription: Subscription,
        placement: Placement,
        coach: Membership,
        as_coach: Client,
        today: date,
    ) -> None:
        yesterday = today - timedelta(days=1)
        Subscription.objects.update(ends_on=yesterday)
        assert kinds(coach) == {"Abonnement voorbij, er werken nog mensen": "Regel het"}
        page = as_coach.get(reverse("employers:subscription", args=[subscription.pk])).content.decode()
        for name, pk in [
            ("employers:subscription_extend", subscription.pk), ("employers:subscription_other", subscription.pk),
            ("matching:placement_end", placement.pk), ("matching:placement_contract", placement.pk),
        ]:  # fmt: skip
            assert reverse(name, args=[pk]) in page
        listed = as_coach.get(reverse("employers:subscription_list") + "?state=people")
        assert list(listed.context["page"]) == [subscription]

    @pytest.mark.parametrize("way", ["extend", "other", "end", "another"])
    def test_each_way_out_takes_it_off_the_day(
        self,
        subscription: Subscription,
        placement: Placement,
        coach: Membership,
        as_coach: Client,
        today: date,
        way: str,
    ) -> None:
        yesterday = today - timedelta(days=1)
        Subscription.objects.update(ends_on=yesterday)
        period = {
            "starts_on": today,
            "ends_on": today + timedelta(days=90),
            "hours_month": 9,
            "price_month": 9,
        }
        match way:
            case "extend":
                as_coach.post(reverse("employers:subscription_extend", args=[subscription.pk]), period)
            case "other":
                page = reverse("employers:subscription_other", args=[subscription.pk])
                as_coach.post(page, {"funding": "De gemeente"})
            case "end":
                end_placement(
                    placement=placement,
                    reason="no_money",
                    destination="searching",
                    last_day=yesterday,
                    by=coach,
                )
            case "another":
                subscriptions.add_subscription(
                    employer=Employer.objects.get(pk=subscription.employer_id),
                    values={"service": "Ander", **period}, positions=[placement.position], by=coach,
                )  # fmt: skip
        assert kinds(coach) == {}
        listed = as_coach.get(reverse("employers:subscription_list") + "?state=people")
        assert list(listed.context["page"]) == []
