"""The two sums: exact where the field gives figures, and honest where a figure is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as calmly
from hypothesis import strategies as st

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership, Rate
from buurtbaan.rules.figures import choose
from buurtbaan.rules.wage_subsidy import Subsidy, cents, spans, subsidy

D = Decimal
SHARE = st.decimals(0, 1, places=4)
WAGE = st.decimals(1, 100, places=2)
PAGE = "/regels/loonkostensubsidie/"
EXEMPT = "/regels/bijverdienen/"
CALM = calmly(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def figure(kind: str, key: str) -> Decimal:
    found = choose(kind, key, on=date(2026, 3, 1), places=["NL"])
    rate = found.rate or found.last
    assert rate
    return rate.value


def of_field(value_share: str) -> Subsidy:
    """The sum with the figures that come along."""
    return subsidy(
        hourly=figure("minimum_wage", "age_21_up"),
        holiday_share=figure("wage_subsidy", "holiday_share"),
        cap_share=figure("wage_subsidy", "cap_share"),
        value_share=D(value_share),
        cost_share=figure("wage_subsidy", "employer_cost_share"),
    )


@pytest.mark.django_db
def test_the_figures_of_the_field_come_out_to_the_cent() -> None:
    call_command("load_rates", verbosity=0)
    half = of_field("0.5")
    assert half.hour_with_costs is not None
    assert (cents(half.hour), cents(half.hour_with_costs)) == (D("7.94"), D("9.81"))
    capped = of_field("0.2")
    assert (cents(capped.hour), capped.capped) == (D("11.12"), True)


def made(wage: Decimal, share: Decimal, cap: Decimal, cost: Decimal) -> Subsidy:
    return subsidy(hourly=wage, holiday_share=D("0.08"), cap_share=cap, value_share=share, cost_share=cost)


@CALM
@given(wage=WAGE, low=SHARE, high=SHARE, cap=SHARE, cost=SHARE)
def test_more_wage_value_never_gives_more_subsidy(
    wage: Decimal, low: Decimal, high: Decimal, cap: Decimal, cost: Decimal
) -> None:
    less, more = sorted((low, high))
    assert made(wage, more, cap, cost).hour <= made(wage, less, cap, cost).hour


@CALM
@given(wage=WAGE, share=st.decimals(0, 2, places=4), cap=SHARE, cost=SHARE)
def test_it_is_never_negative_nor_above_the_cap_and_costs_only_add(
    wage: Decimal, share: Decimal, cap: Decimal, cost: Decimal
) -> None:
    found = made(wage, share, cap, cost)
    assert 0 <= found.hour <= found.cap
    assert found.hour_with_costs is not None
    assert found.hour_with_costs >= found.hour


@CALM
@given(hour=st.decimals(0, 50, places=4), hours=st.decimals(D("0.5"), 40, places=1))
def test_no_span_is_off_by_more_than_its_own_half_cent(hour: Decimal, hours: Decimal) -> None:
    found = spans(hour, hours)
    half = D("0.005")
    assert abs(found.week - hour * hours) <= half
    assert abs(found.month - hour * hours * 52 / 12) <= half
    assert abs(found.year - hour * hours * 52) <= half


def text_of(client: Client, url: str, **asked: Any) -> str:
    response = client.get(url, asked)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def test_the_page_says_that_the_costs_of_this_year_are_not_known(
    coach: Membership, sign_in: Callable[[Membership], Client]
) -> None:
    call_command("load_rates", verbosity=0)
    client = sign_in(coach)
    asked = {"hours": "24", "value": "50", "age": "age_21_up"}
    text = text_of(client, PAGE, day="2026-03-01", **asked)
    assert "€ 7,94" in text
    assert "het percentage van 2026 kennen we niet" in text
    assert "Het laatst bekende was 23,5 %, tot en met 31 december 2025" in text
    assert "€ 9,81" in text
    assert "15,8868 × 50 % = 7,9434" in text
    known = text_of(client, PAGE, day="2025-03-01", **asked)
    assert "kennen we niet" not in known
    assert "met de vergoeding voor werkgeverslasten van 23,5 %" in known


def test_an_old_minimum_wage_is_called_uncertain(
    coach: Membership, sign_in: Callable[[Membership], Client]
) -> None:
    call_command("load_rates", verbosity=0)
    asked = {"hours": "24", "value": "50", "age": "age_21_up"}
    assert "We rekenen met het minimumloon van 1 januari 2026" in text_of(
        sign_in(coach), PAGE, day="2026-11-22", **asked
    )


def test_without_a_minimum_wage_nothing_is_reckoned(
    coach: Membership, sign_in: Callable[[Membership], Client]
) -> None:
    call_command("load_rates", verbosity=0)
    text = text_of(sign_in(coach), PAGE, day="2019-03-01", hours="24", value="50", age="age_20")
    assert "Dit kunnen we niet uitrekenen" in text
    assert "Minimumloon: 20 jaar" in text


@pytest.mark.parametrize("value", ["-1", "101", "veel", ""])
def test_a_strange_wage_value_is_asked_again(
    value: str, coach: Membership, sign_in: Callable[[Membership], Client]
) -> None:
    text = text_of(sign_in(coach), PAGE, day="2026-03-01", hours="24", value=value, age="age_21_up")
    assert "Zo rekenen we" not in text
    assert "has-error" in text


def test_what_is_kept_of_pay_is_only_said_where_all_of_it_is_known(
    coach: Membership, sign_in: Callable[[Membership], Client]
) -> None:
    client = sign_in(coach)
    code = coach.bureau.municipality.code  # type: ignore[union-attr]
    asked = {"day": "2026-03-01", "place": code, "pay": "400"}
    text = text_of(client, EXEMPT, **asked)
    assert "Dit weten we niet zeker" in text
    assert "We rekenen niets uit" in text
    here = {"kind": "income_exemption", "place": code, "source": "verordening"}
    Rate.objects.create(**here, key="share", value=D("0.25"), unit="share")
    Rate.objects.create(**here, key="month_max", value=D(80), unit="EUR/month")
    text = text_of(client, EXEMPT, **asked)
    assert "€ 80" in text
    assert "Hoelang het mag, weten we niet" in text
    assert "Reken er pas op als de gemeente het heeft opgeschreven" in text


def test_another_municipality_cannot_be_asked_for(
    coach: Membership, sign_in: Callable[[Membership], Client]
) -> None:
    text = text_of(sign_in(coach), EXEMPT, day="2026-03-01", place="GM9999", pay="1")
    assert "has-error" in text


def test_everybody_may_reckon(world: Any, sign_in: Callable[[Membership], Client]) -> None:
    for role in Role:
        assert sign_in(world.members[role]).get(PAGE).status_code == 200
