"""Subscriptions, commissions and own projects: what is agreed, warned about, delivered and added up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from employers import earnings
from employers.enums import EmployerKind
from employers.models import (
    Commission,
    CommissionPosition,
    Employer,
    ProjectLine,
    Subscription,
    SubscriptionMonth,
    SubscriptionWarning,
)
from employers.services import subscriptions as services
from employers.services import warnings
from employers.tasks import look_after_subscriptions
from tests.employers.factories import EmployerFactory, PositionFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def client_of(bureau: Any, coach: Membership) -> Employer:
    return EmployerFactory(bureau=bureau, name="Zorg om de Hoek", kind=EmployerKind.CARE, owner=coach)


@pytest.fixture
def as_coach(coach: Membership, sign_in: Any) -> Client:
    return sign_in(coach)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def url(name: str, *args: Any) -> str:
    return reverse(f"employers:{name}", args=args)


def text(response: Any) -> str:
    return response.content.decode()


def ending(employer: Employer, days: int) -> Subscription:
    """A subscription of this client that has so many days left."""
    today = timezone.localdate()
    return SubscriptionFactory(
        employer=employer, starts_on=today - timedelta(days=300), ends_on=today + timedelta(days=days)
    )


def given(subscription: Subscription) -> list[int]:
    return list(subscription.warnings.order_by("-days").values_list("days", flat=True))


class TestWarnings:
    def test_a_year_warns_three_times_and_never_twice(self, client_of: Employer, today: date) -> None:
        subscription = SubscriptionFactory(
            employer=client_of, starts_on=today - timedelta(days=200), ends_on=today + timedelta(days=100)
        )
        for day in range(0, 101, 5):
            with mock.patch("django.utils.timezone.localdate", return_value=today + timedelta(days=day)):
                warnings.give_warnings(client_of.bureau)
                warnings.give_warnings(client_of.bureau)
        assert given(subscription) == [90, 60, 30]

    @pytest.mark.parametrize(
        ("left", "expected"), [(91, []), (90, [90]), (61, [90]), (60, [60]), (30, [30]), (0, [30]), (-1, [])]
    )
    def test_after_a_pause_only_the_nearest_is_given(
        self, client_of: Employer, left: int, expected: list[int]
    ) -> None:
        subscription = ending(client_of, left)
        warnings.give_warnings(client_of.bureau)
        warnings.give_warnings(client_of.bureau)
        assert given(subscription) == expected

    def test_the_database_refuses_the_same_warning_twice(self, client_of: Employer) -> None:
        subscription = ending(client_of, 30)
        row = {"bureau": client_of.bureau, "subscription": subscription, "days": 30}
        SubscriptionWarning.objects.create(**row)
        with pytest.raises(IntegrityError), transaction.atomic():
            SubscriptionWarning.objects.create(**row)

    def test_extending_or_stopping_ends_the_warnings(self, client_of: Employer, coach: Membership) -> None:
        extended, stopped = ending(client_of, 70), ending(client_of, 70)
        warnings.give_warnings(client_of.bureau)
        services.extend_subscription(
            subscription=extended, by=coach,
            values={
                "starts_on": extended.ends_on + timedelta(days=1), "hours_month": D(40), "price_month": D(900),
                "ends_on": extended.ends_on + timedelta(days=365),
            },
        )  # fmt: skip
        services.stop_subscription(subscription=stopped, last_day=stopped.ends_on, reason="klaar", by=coach)
        with mock.patch(
            "django.utils.timezone.localdate", return_value=timezone.localdate() + timedelta(days=50)
        ):
            assert warnings.give_warnings(client_of.bureau) == 0
        assert given(extended) == given(stopped) == [90]
        assert not SubscriptionWarning.objects.filter(settled_at=None).exists()

    def test_the_owner_is_mailed_once(
        self, client_of: Employer, coach: Membership, django_capture_on_commit_callbacks: Any
    ) -> None:
        ending(client_of, 45)
        for _twice in range(2):
            look_after_subscriptions()
        assert [message.to for message in mail.outbox] == [[coach.user.email]]
        assert "Zorg om de Hoek" in mail.outbox[0].subject
        assert "45 dagen" in mail.outbox[0].body

    def test_an_e_mail_that_could_not_leave_goes_the_next_time(self, client_of: Employer) -> None:
        ending(client_of, 45)
        with mock.patch("django.core.mail.EmailMessage.send", side_effect=OSError("weg")):
            look_after_subscriptions()
        assert not mail.outbox
        look_after_subscriptions()
        assert len(mail.outbox) == 1

    def test_without_an_owner_nobody_is_mailed_and_the_warning_stands(self, client_of: Employer) -> None:
        Employer.objects.update(owner=None)
        subscription = ending(client_of, 20)
        look_after_subscriptions()
        assert given(subscription) == [30]
        assert not mail.outbox

    def test_after_a_warning_the_last_day_is_fixed(self, client_of: Employer, as_coach: Client) -> None:
        subscription = ending(client_of, 45)
        warnings.give_warnings(client_of.bureau)
        data = form_data(subscription) | {"ends_on": "2099-01-01"}
        data["ends_on"] = (subscription.ends_on + timedelta(days=9)).isoformat()
        assert "al gewaarschuwd" in text(as_coach.post(url("subscription_edit", subscription.pk), data))


def form_data(subscription: Subscription) -> dict[str, Any]:
    return {
        "service": subscription.service,
        "hours_month": "40",
        "price_month": "900",
        "starts_on": subscription.starts_on.isoformat(),
        "ends_on": subscription.ends_on.isoformat(),
    }


class TestAgreeing:
    DATA = {
        "service": "Gastvrouw", "hours_month": "80", "price_month": "€ 1.250,50",
        "starts_on": "2026-01-01", "ends_on": "2026-12-31",
    }  # fmt: skip

    def test_it_is_made_once_with_its_positions(self, client_of: Employer, as_coach: Client) -> None:
        work = PositionFactory(employer=client_of)
        data = self.DATA | {"positions": [work.pk], "once": "0b6f6a9e-52a2-4f6e-9a54-6a8e4a3f4f10"}
        answers = [as_coach.post(url("subscription_new", client_of.pk), data) for _twice in range(2)]
        made = Subscription.objects.get()
        assert {answer["Location"] for answer in answers} == {url("subscription", made.pk)}
        assert (made.price_month, list(made.positions.all())) == (D("1250.50"), [work])

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"ends_on": "2025-12-31"}, "ligt voor de eerste"),
            ({"ends_on": "2086-12-31"}, "langer dan tien jaar"),
            ({"starts_on": "1901-01-01"}, "te lang geleden"),
            ({"hours_month": "-5"}, "zonder minteken"),
            ({"hours_month": "99999"}, "te veel uren"),
            ({"price_month": "-1"}, "zonder minteken"),
            ({"price_month": "1e9"}, "te hoog"),
            ({"price_month": "veel"}, "Schrijf een getal"),
        ],
    )
    def test_what_cannot_be_is_explained(
        self, client_of: Employer, as_coach: Client, wrong: dict[str, str], said: str
    ) -> None:
        assert said in text(as_coach.post(url("subscription_new", client_of.pk), self.DATA | wrong))
        assert not Subscription.objects.exists()

    def test_a_position_of_another_is_refused(
        self, client_of: Employer, coach: Membership, as_coach: Client, other_bureau: Any
    ) -> None:
        neighbour, stranger = (
            PositionFactory(employer__bureau=client_of.bureau),
            PositionFactory(employer__bureau=other_bureau),
        )
        for work in (neighbour, stranger):
            PositionFactory(employer=client_of)
            answer = as_coach.post(
                url("subscription_new", client_of.pk), self.DATA | {"positions": [work.pk]}
            )
            assert answer.status_code == 200
            with pytest.raises(NotAllowedNow, match="geen werkplek van"):
                services.add_subscription(
                    employer=client_of, positions=[work], by=coach,
                    values={
                        "service": "x", "hours_month": D(1), "price_month": D(1),
                        "starts_on": date(2026, 1, 1), "ends_on": date(2026, 2, 1),
                    },
                )  # fmt: skip
        assert not Subscription.objects.exists()

    def test_a_position_is_paid_for_once_at_a_time(self, client_of: Employer, as_coach: Client) -> None:
        work = PositionFactory(employer=client_of)
        page = url("subscription_new", client_of.pk)
        as_coach.post(page, self.DATA | {"positions": [work.pk]})
        again = as_coach.post(page, self.DATA | {"positions": [work.pk], "starts_on": "2026-12-31"})
        assert "staat in deze tijd al op" in text(again)
        later = self.DATA | {"positions": [work.pk], "starts_on": "2027-01-01", "ends_on": "2027-06-30"}
        assert as_coach.post(page, later).status_code == 302

    def test_two_who_extend_at_once_make_one_period(self, client_of: Employer, as_coach: Client) -> None:
        old = ending(client_of, 20)
        old.funded.create(bureau=old.bureau, position=PositionFactory(employer=client_of))
        data = {
            "starts_on": (old.ends_on + timedelta(days=1)).isoformat(), "hours_month": "40", "price_month": "900",
            "ends_on": (old.ends_on + timedelta(days=300)).isoformat(),
        }  # fmt: skip
        assert as_coach.post(url("subscription_extend", old.pk), data).status_code == 302
        assert "al verlengd" in text(as_coach.post(url("subscription_extend", old.pk), data))
        new = Subscription.objects.get(follows=old)
        assert (new.origin, list(new.positions.all())) == (old, list(old.positions.all()))

    def test_stopping_can_be_undone(self, client_of: Employer, as_coach: Client, today: date) -> None:
        row = ending(client_of, 200)
        data = {"last_day": (row.ends_on + timedelta(days=1)).isoformat()}
        assert "Kies een dag tussen" in text(as_coach.post(url("subscription_stop", row.pk), data))
        as_coach.post(url("subscription_stop", row.pk), {"last_day": today.isoformat()})
        row.refresh_from_db()
        assert row.last_day == today
        as_coach.post(url("subscription_resume", row.pk))
        row.refresh_from_db()
        assert row.stopped_on is None


class TestDelivering:
    def test_a_month_is_noted_once_and_corrected_by_itself(
        self, client_of: Employer, as_coach: Client
    ) -> None:
        row = ending(client_of, 100)
        month = timezone.localdate().replace(day=1)
        page, data = url("delivered_new", row.pk), {"month": month.isoformat(), "hours": "38,5"}
        assert as_coach.post(page, data).status_code == 302
        assert "staan al 38,5 uren" in text(as_coach.post(page, data | {"hours": "12"}))
        noted = SubscriptionMonth.objects.get()
        as_coach.post(url("delivered_edit", noted.pk), {"hours": "41"})
        noted.refresh_from_db()
        assert noted.hours == 41

    @pytest.mark.parametrize(
        ("hours", "said"), [("-1", "zonder minteken"), ("100000", "te veel uren"), ("x", "als getal")]
    )
    def test_hours_that_cannot_be(self, client_of: Employer, as_coach: Client, hours: str, said: str) -> None:
        row = ending(client_of, 100)
        month = timezone.localdate().replace(day=1).isoformat()
        assert said in text(as_coach.post(url("delivered_new", row.pk), {"month": month, "hours": hours}))

    def test_a_month_outside_or_ahead_is_refused(
        self, client_of: Employer, coach: Membership, today: date
    ) -> None:
        row = ending(client_of, 100)
        for month in (row.starts_on - timedelta(days=40), today + timedelta(days=40)):
            with pytest.raises(NotAllowedNow):
                services.note_hours(subscription=row, month=month, hours=D(1), by=coach)

    def test_two_who_note_one_month_at_once(
        self, client_of: Employer, coach: Membership, today: date
    ) -> None:
        row = ending(client_of, 100)
        services.note_hours(subscription=row, month=today, hours=D(10), by=coach)
        with pytest.raises(NotAllowedNow, match="staan al uren"):
            services.note_hours(subscription=row, month=today, hours=D(20), by=coach)

    def test_a_month_in_part_counts_by_its_days(self) -> None:
        row = Subscription(
            hours_month=D(90), price_month=D(300), starts_on=date(2026, 6, 16), ends_on=date(2026, 8, 31)
        )
        assert list(earnings.months_of(row)) == [date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)]
        assert [earnings.sold_in(row, month) for month in earnings.months_of(row)] == [D(45), D(90), D(90)]
        assert earnings.price_in(row, date(2026, 6, 1)) == D(150)
        assert earnings.price_in(row, date(2026, 9, 1)) == 0


class TestCommissions:
    DATA = {
        "client": "Vereniging van eigenaren", "what": "Groen", "amount": "1.200", "origin": "brought_back",
        "starts_on": "2026-03-01", "done_before_by": "een bedrijf van buiten",
    }  # fmt: skip

    def test_a_client_with_an_employers_name_is_that_employer(
        self, client_of: Employer, as_coach: Client
    ) -> None:
        as_coach.post(url("commission_new"), self.DATA | {"client": "zorg om de  hoek"})
        as_coach.post(url("commission_new"), self.DATA)
        tied, loose = Commission.objects.order_by("pk")
        assert (tied.employer, tied.client_name) == (client_of, "")
        assert (loose.employer, loose.client) == (None, "Vereniging van eigenaren")

    def test_an_employer_of_another_bureau_is_only_a_name(self, as_coach: Client, other_bureau: Any) -> None:
        EmployerFactory(bureau=other_bureau, name="Elders")
        as_coach.post(url("commission_new"), self.DATA | {"client": "Elders"})
        assert Commission.objects.get().employer is None

    @pytest.mark.parametrize(
        "wrong", [{"amount": "-1"}, {"amount": "99999999"}, {"ends_on": "2026-02-01"}, {"origin": "x"}]
    )
    def test_what_cannot_be_is_refused(self, as_coach: Client, wrong: dict[str, str]) -> None:
        assert as_coach.post(url("commission_new"), self.DATA | wrong).status_code == 200
        assert not Commission.objects.exists()

    def test_a_position_is_tied_once_and_only_of_the_own_bureau(
        self, client_of: Employer, as_coach: Client, other_bureau: Any
    ) -> None:
        made = Commission.objects.create(
            bureau=client_of.bureau,
            employer=client_of,
            what="x",
            amount=1,
            starts_on="2026-01-01",
            origin="new_work",
        )
        own, other = PositionFactory(employer=client_of), PositionFactory(employer__bureau=other_bureau)
        page = url("commission_give", made.pk)
        codes = [as_coach.post(page, {"position": pk}).status_code for pk in (own.pk, own.pk, other.pk, "x")]
        assert codes == [302, 302, 404, 404]
        assert CommissionPosition.objects.count() == 1

    def test_the_year_is_split_by_where_the_work_comes_from(
        self, client_of: Employer, as_coach: Client
    ) -> None:
        for amount, origin, day in [(100, "new_work", "2026-01-01"), (300, "brought_back", "2026-12-31"),
                                    (999, "new_work", "2025-12-31")]:  # fmt: skip
            Commission.objects.create(
                bureau=client_of.bureau,
                client_name="x",
                what="x",
                amount=amount,
                starts_on=day,
                origin=origin,
            )
        split = as_coach.get(url("commission_list") + "?year=2026").context["split"]
        assert (split.count, split.amount) == (2, 400)
        assert split.amounts == {"brought_back": 300, "new_work": 100}


class TestProjects:
    @pytest.fixture
    def shop(self, bureau: Any) -> Employer:
        return EmployerFactory(bureau=bureau, name="Fietsen", kind=EmployerKind.OWN_PROJECT)

    def line(self, shop: Employer, kind: str, amount: int, on: str = "2026-05-01") -> None:
        ProjectLine.objects.create(
            bureau=shop.bureau, employer=shop, kind=kind, amount=amount, on=on, what="iets"
        )

    def test_the_year_says_what_is_still_to_earn(self, shop: Employer, as_coach: Client) -> None:
        self.line(shop, "rent", 5000)
        self.line(shop, "sales", 1000)
        self.line(shop, "sales", 99999, on="2025-05-01")
        Commission.objects.create(
            bureau=shop.bureau, client_name="x", what="Rek maken", amount=800, starts_on="2026-02-01",
            origin="new_work", project=shop,
        )  # fmt: skip
        page = text(as_coach.get(url("project", shop.pk) + "?year=2026"))
        assert "Nog €\u00a03.200 te gaan in 2026" in page
        assert "Rek maken" in page

    def test_a_euro_is_counted_once(self, shop: Employer, client_of: Employer) -> None:
        self.line(shop, "sales", 1000)
        here = {"bureau": shop.bureau, "client_name": "x", "what": "x", "origin": "new_work"}
        Commission.objects.create(**here, amount=800, starts_on="2026-02-01", project=shop)
        Commission.objects.create(**here, amount=50, starts_on="2026-02-01")
        SubscriptionFactory(
            employer=client_of, starts_on=date(2026, 11, 1), ends_on=date(2027, 3, 31), price_month=100
        )
        year = earnings.year_of(shop.bureau_id, 2026)
        assert (year.subscriptions, year.commissions, year.projects.income) == (200, 50, 1800)

    @pytest.mark.parametrize(
        "wrong", [{"amount": "0"}, {"amount": "-3"}, {"on": "1026-01-01"}, {"kind": "x"}]
    )
    def test_what_cannot_be_is_refused(self, shop: Employer, as_coach: Client, wrong: dict[str, str]) -> None:
        data = {"on": "2026-05-01", "kind": "sales", "what": "Fiets", "amount": "80"}
        assert as_coach.post(url("project_line_new", shop.pk), data | wrong).status_code == 200
        assert not ProjectLine.objects.exists()
        assert as_coach.post(url("project_line_new", shop.pk), data).status_code == 302

    def test_only_an_own_project_has_lines(self, client_of: Employer, as_coach: Client) -> None:
        assert as_coach.get(url("project", client_of.pk)).status_code == 404


class TestLists:
    @pytest.mark.parametrize(
        "query", ["?page=x", "?state=zzz", "?sort=;drop", "?q=%00", "?year=abc", "?origin=x"]
    )
    def test_odd_filters_give_a_page(self, client_of: Employer, as_coach: Client, query: str) -> None:
        for name in ("subscription_list", "commission_list", "project_list"):
            assert as_coach.get(url(name) + query).status_code == 200

    def test_as_many_queries_for_fifty_as_for_five(
        self, client_of: Employer, as_coach: Client, count_queries: Any
    ) -> None:
        shop = EmployerFactory(bureau=client_of.bureau, kind=EmployerKind.OWN_PROJECT)
        counts: dict[str, list[int]] = {}
        for more in (5, 45):
            for number in range(more):
                row = ending(client_of, 100 + number)
                row.funded.create(bureau=row.bureau, position=PositionFactory(employer=client_of))
                row.months.create(bureau=row.bureau, month=timezone.localdate().replace(day=1), hours=3)
                Commission.objects.create(
                    bureau=row.bureau, employer=client_of, project=shop, what="x", amount=1,
                    starts_on=timezone.localdate(), origin="new_work",
                )  # fmt: skip
                ProjectLine.objects.create(
                    bureau=row.bureau, employer=shop, on=timezone.localdate(), kind="rent", what="x", amount=1
                )
            pages = {
                "list": url("subscription_list"), "commissions": url("commission_list"),
                "projects": url("project_list"), "project": url("project", shop.pk),
                "tab": url("employer_earnings", client_of.pk), "one": url("subscription", row.pk),
            }  # fmt: skip
            for name, page in pages.items():
                as_coach.get(page)
                counts.setdefault(name, []).append(count_queries(lambda page=page: as_coach.get(page)))
        assert all(first == second for first, second in counts.values()), counts
        assert all(first - 5 <= 12 for first, _second in counts.values()), counts

    def test_a_connector_and_a_client_see_no_prices(self, world: Any, sign_in: Any) -> None:
        for role in (Role.CONNECTOR, Role.EMPLOYER):
            assert not Subscription.objects.visible_to(world.members[role]).exists()
        page = sign_in(world.members[Role.CONNECTOR]).get(url("employer_list"))
        assert url("subscription_list") not in text(page)
