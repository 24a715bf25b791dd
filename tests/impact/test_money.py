"""Money: each euro and each hour once, sums that others can redo, and what is missing is said."""

from __future__ import annotations

import threading
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau, Membership, Rate
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates.models import BudgetLine, Conversation, Fund, FundDeadline, HourClaim
from employers.enums import EmployerKind
from employers.models import Commission, Employer, ProjectLine, Subscription
from impact import snapshots
from impact.models import CashbookEntry, FundingFlow, ImpactAssignment
from impact.money.hours import hours_per_fund
from impact.money.progress import progress
from impact.money.sums import benefit_years, people_at_a_time, saved_range
from impact.money.years import year_of
from impact.publishing import publish
from impact.services import claims
from matching.models import CoachHours
from tests.candidates.factories import CandidateFactory
from tests.world import World

TODAY = timezone.localdate()
YEAR = TODAY.year


@pytest.fixture
def fund(bureau: Bureau) -> Fund:
    return Fund.objects.create(bureau=bureau, name="ESF+")


@pytest.fixture
def second(bureau: Bureau) -> Fund:
    return Fund.objects.create(bureau=bureau, name="Gemeente")


def claim(fund: Fund, worker: Membership, since: str, until: str, day: date = TODAY) -> HourClaim:
    return claims.claim_hours(
        fund=fund, worker=worker, day=day, what="Voorbereiden", by=worker,
        starts=time.fromisoformat(since), ends=time.fromisoformat(until),
    )  # fmt: skip


def test_an_hour_is_claimed_once_on_whichever_fund(fund: Fund, second: Fund, coach: Membership) -> None:
    claim(fund, coach, "09:00", "11:00")
    claim(second, coach, "11:00", "12:00")
    with pytest.raises(NotAllowedNow, match="Van 09:00 tot 11:00"):
        claim(second, coach, "10:59", "11:00")
    gone = HourClaim.objects.get(fund=fund)
    claims.take_back_claim(claim=gone, reason="verkeerde dag", by=coach)
    claim(second, coach, "09:00", "10:00")
    assert HourClaim.objects.holding().count() == 2


def test_the_same_person_in_two_roles_has_each_hour_once(
    fund: Fund, coach: Membership, connector: Membership
) -> None:
    claim(fund, coach, "09:00", "10:00")
    claim(fund, connector, "09:00", "10:00")  # another person
    Membership.objects.filter(pk=connector.pk).update(user=coach.user)
    connector.refresh_from_db()
    with pytest.raises(NotAllowedNow):
        claim(fund, connector, "09:30", "10:30")


@pytest.mark.django_db(transaction=True)
def test_claims_at_the_same_moment_on_two_funds_end_in_one(world: World) -> None:
    coach = next(m for role, m in world.members.items() if role == "coach")
    funds = [Fund.objects.create(bureau=world.bureau, name=name) for name in ("Een", "Twee", "Drie", "Vier")]
    gate, outcomes = threading.Barrier(len(funds)), []

    def work(one: Fund) -> None:
        try:
            with scoped(Scope.for_membership(coach)):
                gate.wait()
                claim(one, coach, "13:00", "15:00")
            outcomes.append("claimed")
        except NotAllowedNow:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[one]) for one in funds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["claimed", "refused", "refused", "refused"]
    assert HourClaim.objects.filter(bureau=world.bureau, day=TODAY).count() == 1


@pytest.mark.parametrize(
    ("since", "until", "day"),
    [("11:00", "10:00", TODAY), ("06:00", "19:00", TODAY), ("09:00", "10:00", TODAY + timedelta(days=1))],
)
def test_impossible_hours_are_refused(
    fund: Fund, coach: Membership, since: str, until: str, day: date
) -> None:
    with pytest.raises(NotAllowedNow):
        claim(fund, coach, since, until, day)


def test_hours_stay_within_the_days_of_the_fund(fund: Fund, coach: Membership) -> None:
    Fund.objects.filter(pk=fund.pk).update(until=TODAY - timedelta(days=1))
    fund.refresh_from_db()
    with pytest.raises(NotAllowedNow, match="liep niet"):
        claim(fund, coach, "09:00", "10:00")


def test_conversations_and_job_coaching_are_taken_off_other_time(world: World) -> None:
    coach = world.members["coach"]  # type: ignore[index]
    fund = Fund.objects.create(bureau=world.bureau, name="ESF+")
    here: dict[str, Any] = {"bureau": world.bureau, "candidate": world.candidate, "by": coach}
    Conversation.objects.create(**here, fund=fund, minutes=60, held_on=TODAY)
    claim(fund, coach, "09:00", "12:00")
    found = hours_per_fund(world.bureau.pk, TODAY, TODAY)[fund.pk]
    assert (found.talks, found.stretches, found.all) == (1, 2, 3)
    CoachHours.objects.create(
        **here,
        plan=world.coach_plan,
        goal=world.coach_goal,
        worked_on=TODAY,
        minutes=90,
        done="Kassa",
        by_name="C",
    )
    found = hours_per_fund(world.bureau.pk, TODAY, TODAY)[fund.pk]
    # the conversation is paid by the job-coach grant already, and so is an hour and a half of the morning
    assert (found.talks, found.stretches) == (0, Decimal("1.5"))


def test_benefits_saved_by_a_residents_cooperative() -> None:
    years = benefit_years(Decimal(100_000), Decimal(14_000))
    assert years == Decimal("7.1")
    assert people_at_a_time(years, 18) == Decimal("4.7")


def test_the_range_takes_off_what_would_have_happened_anyway() -> None:
    rates = {
        "benefit_cost.per_person_year_low": Decimal(14_000), "benefit_cost.per_person_year_high": Decimal(18_440),
        "counterfactual.share_low": Decimal("0.2"), "counterfactual.share_high": Decimal("0.5"),
    }  # fmt: skip
    assert saved_range(Decimal("365.25"), Decimal("730.5"), rates) == (7_000, 29_500)


def test_a_year_joins_in_what_the_bureau_earns_and_says_what_is_missing(bureau: Bureau) -> None:
    project = Employer.objects.create(bureau=bureau, name="Fietsen", kind=EmployerKind.OWN_PROJECT)
    care = Employer.objects.create(bureau=bureau, name="Zorg", kind=EmployerKind.CARE)
    day = date(YEAR, 2, 1)
    FundingFlow.objects.create(bureau=bureau, year=YEAR, direction="in", source="Gemeente", amount=1000)
    FundingFlow.objects.create(bureau=bureau, year=YEAR, direction="out", source="Huur", amount=1500)
    ProjectLine.objects.create(bureau=bureau, employer=project, on=day, kind="sales", what="x", amount=300)
    ProjectLine.objects.create(bureau=bureau, employer=project, on=day, kind="rent", what="x", amount=100)
    order: dict[str, Any] = {"bureau": bureau, "origin": "new_work", "starts_on": day, "what": "Klus"}
    Commission.objects.create(**order, client_name="Buur", amount=50)
    Commission.objects.create(**order, client_name="Buur", amount=70, project=project)
    Subscription.objects.create(
        bureau=bureau, employer=care, service="Hulp", hours_month=10, price_month=200,
        starts_on=date(YEAR, 1, 1), ends_on=date(YEAR, 1, 31),
    )  # fmt: skip
    found = year_of(bureau.pk, YEAR)
    assert (found.total_in, found.total_out, found.gap) == (1000 + 370 + 50 + 200, 1600, 20)
    assert "€\xa020 meer binnen" in found.missing
    assert "staat nog niets" in year_of(bureau.pk, YEAR - 3).missing
    with scoped(Scope.for_bureau(bureau)):
        figures = snapshots.measure(bureau, since=date(YEAR, 1, 1), until=TODAY)
    report = publish(figures)[0]
    assert (
        report["figures"][f"flow:{YEAR}:in"]["value"] == "1620.00"
        or report["figures"][f"flow:{YEAR}:in"]["value"] == 1620
    )
    labels = {
        label for table in report["tables"] if table["id"] == f"flow-{YEAR}" for _key, label in table["rows"]
    }
    assert {"In: Zorgabonnementen", "In: Opdrachten", "In: Eigen projecten", "Uit: Eigen projecten"} <= labels


def test_three_assignments_of_twenty_thousand_break_even(
    bureau: Bureau, manager: Membership, sign_in: Any
) -> None:
    Rate.objects.create(
        kind="impact_assignment", key="break_even_count", value=3, unit="assignments/year", source="symposium"
    )
    year = {"since": date(YEAR, 1, 1), "until": date(YEAR, 12, 31)}
    row = {"bureau": bureau, "client": "Gemeente", "result": "at_work", "amount": 20_000, "target": 12}
    for number in range(3):
        ImpactAssignment.objects.create(**row, **year, name=f"Opdracht {number}")
    client, url = sign_in(manager), reverse("impact:assignments")
    page = client.get(url)
    assert page.context["even"].needed == 60_000
    assert page.context["even"].to_go == 0
    own = client.get(url, {"aantal": "4", "bedrag": "20.000,00"}).context["own"]
    assert (own.needed, own.to_go) == (80_000, 20_000)
    ImpactAssignment.objects.filter(name="Opdracht 2").delete()
    assert client.get(url).context["even"].to_go == 20_000


def test_the_line_to_the_target_counts_as_the_report_does(bureau: Bureau, coach: Membership) -> None:
    since = TODAY - timedelta(days=100)
    one = ImpactAssignment.objects.create(
        bureau=bureau, name="Meedoen", client="G", result="entered", amount=1, target=40, since=since,
        until=TODAY + timedelta(days=99),
    )  # fmt: skip
    for days in (1, 1, 5, 50, 99, 100, 101):
        CandidateFactory(bureau=bureau, coach=coach, entered_on=TODAY - timedelta(days=days))
    found = progress(bureau, [one], TODAY)[0]
    with scoped(Scope.for_bureau(bureau)):
        figures = snapshots.measure(bureau, since=since, until=TODAY)
    assert found.result == figures.people(f"assignment:{one.pk}") == 6
    assert found.points[-1] == (TODAY - timedelta(days=1), 6)
    assert found.forecast == 12
    assert (found.behind, found.state) == (True, "behind")


def test_too_much_income_from_uwv_is_said_and_an_unknown_bound_too(
    bureau: Bureau, manager: Membership, sign_in: Any
) -> None:
    flow = {"bureau": bureau, "year": YEAR, "direction": "in"}
    FundingFlow.objects.create(**flow, source="UWV", kind="uwv", amount=600)
    FundingFlow.objects.create(**flow, source="Winkel", kind="sales", amount=400)
    client, url = sign_in(manager), reverse("impact:money")
    page = client.get(url).content.decode()
    assert "UWV betaalt 60" in page
    assert "weten we niet" in page
    bound = Rate.objects.create(
        kind="uwv_income", key="share_most", value="0.5", unit="share", source="bestuur"
    )
    assert "Veel geld van UWV" in client.get(url).content.decode()
    Rate.objects.filter(pk=bound.pk).update(value="0.7")
    assert "Veel geld van UWV" not in client.get(url).content.decode()


GOOD = {"year": YEAR, "direction": "in", "kind": "municipality", "source": "Gemeente", "amount": "1.250,50"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": "-5"}, "amount"), ({"amount": "veel"}, "amount"), ({"year": YEAR + 2}, "year"),
        ({"year": "26"}, "year"), ({"kind": "wages"}, "kind"), ({"source": ""}, "source"),
        ({"source": "fonds stad"}, "source"),
    ],
)  # fmt: skip
def test_a_flow_that_cannot_be_is_refused_beside_the_field(
    wrong: dict[str, Any], field: str, bureau: Bureau, manager: Membership, sign_in: Any
) -> None:
    FundingFlow.objects.create(bureau=bureau, year=YEAR, direction="in", source="Fonds Stad", amount=1)
    page = sign_in(manager).post(reverse("impact:flow_new"), {**GOOD, **wrong})
    assert field in page.context["form"].errors
    assert FundingFlow.objects.count() == 1


@pytest.mark.parametrize("text", ["1.250,50", "1250.50", "1250,5", "€ 1 250,50"])
def test_amounts_with_a_comma_or_a_point_read_as_they_look(
    text: str, manager: Membership, sign_in: Any
) -> None:
    sign_in(manager).post(reverse("impact:flow_new"), {**GOOD, "amount": text})
    assert FundingFlow.objects.get().amount == Decimal("1250.50")


def test_a_fund_has_one_flow_a_year_on_a_side(fund: Fund, manager: Membership, sign_in: Any) -> None:
    client, url = sign_in(manager), reverse("impact:flow_new")
    assert f'name="year" value="{timezone.localdate().year}"' in client.get(url).content.decode(), (
        "this year unless told"
    )
    client.post(url, {**GOOD, "fund": fund.pk})
    again = client.post(url, {**GOOD, "source": "Anders", "fund": fund.pk})
    assert "fund" in again.context["form"].errors
    client.post(url, {**GOOD, "fund": fund.pk, "year": YEAR - 1})
    assert FundingFlow.objects.count() == 2


def test_a_flow_that_was_taken_off_comes_back_once(manager: Membership, sign_in: Any) -> None:
    client = sign_in(manager)
    client.post(reverse("impact:flow_new"), GOOD)
    row = FundingFlow.objects.get()
    page = client.post(reverse("impact:flow_remove", args=[row.pk]), follow=True).content.decode()
    undo = page.split('action="' + reverse("impact:flow_restore"))[1].split('"')[0].replace("&amp;", "&")
    for _again in range(2):
        client.post(reverse("impact:flow_restore") + undo)
    assert list(FundingFlow.objects.values_list("source", "amount")) == [("Gemeente", Decimal("1250.50"))]
    assert client.post(reverse("impact:flow_restore") + "?rij=vals").status_code == 404


def test_a_deadline_reaches_the_day_and_the_week_in_time(
    fund: Fund, manager: Membership, sign_in: Any
) -> None:
    client, url = sign_in(manager), reverse("impact:fund", args=[fund.pk])
    past = {"what": "Verantwoording", "due_on": (TODAY - timedelta(days=1)).isoformat()}
    assert "due_on" in client.post(url, past).context["form"].errors
    client.post(url, {**past, "due_on": (TODAY + timedelta(days=40)).isoformat()})
    today, week = reverse("matching:today"), reverse("impact:week")
    assert "Verantwoording, uiterlijk" not in client.get(today).content.decode()
    assert "ESF+: Verantwoording" in client.get(week).content.decode()
    FundDeadline.objects.update(due_on=TODAY + timedelta(days=28))
    assert "Verantwoording, uiterlijk" in client.get(today).content.decode()
    done = reverse("impact:deadline_done", args=[FundDeadline.objects.get().pk])
    client.post(done)
    assert "Verantwoording, uiterlijk" not in client.get(today).content.decode()
    assert "Verantwoording" not in client.get(week).content.decode()
    client.post(f"{done}?klaar=nee")
    assert FundDeadline.objects.get().done_on is None


def _budget(bureau: Bureau, people: int) -> None:
    for _number in range(people):
        person = CandidateFactory(bureau=bureau)
        BudgetLine.objects.create(bureau=bureau, candidate=person, kind="earned", amount=260, text="Werk")
        BudgetLine.objects.create(bureau=bureau, candidate=person, kind="course", amount=-100, text="Les")


def published(bureau: Bureau) -> dict[str, Any]:
    with scoped(Scope.for_bureau(bureau)):
        figures = snapshots.measure(bureau, since=TODAY - timedelta(days=30), until=TODAY)
    return publish(figures)[0]


def test_training_budgets_of_too_few_people_stay_within_the_bureau(bureau: Bureau) -> None:
    _budget(bureau, 4)
    few = published(bureau)["figures"]
    names = ("budget:people", "budget:earned", "budget:spent", "budget:left")
    assert [few[name]["status"] for name in names] == ["hidden"] * 4
    _budget(bureau, 2)
    many = published(bureau)["figures"]
    assert [many[name]["value"] for name in names] == [6, 1600, 600, 1000]


def test_hours_with_too_few_people_hide_their_fund_and_the_total(
    bureau: Bureau, fund: Fund, second: Fund, coach: Membership
) -> None:
    people = [CandidateFactory(bureau=bureau) for _ in range(6)]
    for number, person in enumerate(people):
        row = {"bureau": bureau, "candidate": person, "by": coach, "minutes": 60}
        Conversation.objects.create(**row, fund=fund)
        if number < 2:
            Conversation.objects.create(**row, fund=second)
    found = published(bureau)["figures"]
    assert Decimal(str(found[f"funds:{fund.pk}"]["value"])) == 6
    assert found[f"funds:{second.pk}"]["status"] == found["funds:total"]["status"] == "hidden"


def test_the_cash_book_stands_in_the_report_and_never_in_the_savings(bureau: Bureau) -> None:
    row = {"bureau": bureau, "activity": "Koffie", "cost_known": "receipt", "value_known": "asked"}
    CashbookEntry.objects.create(**row, stakeholder="residents", cost="12.40", value=100)
    CashbookEntry.objects.create(**row, stakeholder="residents", cost="12.40", value=None)
    CashbookEntry.objects.create(**row, stakeholder="employers", cost=None, value=1000)
    found = published(bureau)["figures"]
    got = {name: found[f"cashbook:{name}"]["value"] for name in
           ("residents:count", "residents:cost", "employers:cost", "total:cost", "total:value")}  # fmt: skip
    assert {name: value and int(value) for name, value in got.items()} == {
        "residents:count": 2, "residents:cost": 25, "employers:cost": None, "total:cost": 25, "total:value": 1100,
    }  # fmt: skip
    assert found["saved:low"]["value"] is None


def test_without_rates_the_page_says_which(bureau: Bureau, manager: Membership, sign_in: Any) -> None:
    client, url = sign_in(manager), reverse("impact:savings_page")
    page = client.get(url).content.decode()
    assert "Zonder deze gegevens is er geen bedrag" in page
    assert "Wat een uitkering per jaar kost, weten we voor deze dag niet" in page
    Rate.objects.create(
        kind="benefit_cost", key="per_person_year_low", value=14_000, unit="EUR/year", source="Berenschot"
    )
    page = client.get(url, {"bedrag": "100.000", "maanden": "18"}).content.decode()
    assert "7,1 uitkeringsjaren" in page
    wrong = client.get(url, {"van": "2026-05-01", "tot": "2026-04-01"}).content.decode()
    assert "Draai ze om" in wrong


def test_dates_far_off_do_not_break_the_year(manager: Membership, sign_in: Any) -> None:
    client, url = sign_in(manager), reverse("impact:money")
    for year in ("1800", "9999", "x", "", "20261"):
        assert client.get(url, {"jaar": year}).context["money"].year == YEAR


def test_a_moment_in_the_other_time_zone_stays_its_day(fund: Fund, coach: Membership) -> None:
    made = claim(fund, coach, "00:30", "01:00")
    assert timezone.localtime(made.during.lower) == timezone.make_aware(datetime.combine(TODAY, time(0, 30)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT day FROM candidates_hourclaim WHERE id = %s", [made.pk])
        assert cursor.fetchone() == (TODAY,)
