"""Figures on the screen: what is known, since when and where; what is missing; and who may add."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from buurtbaan.audit.models import Change
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership, Rate
from tests.world import World

SignIn = Callable[[Membership], Client]
URL = "/regels/tarieven/"


def asked(**fields: Any) -> dict[str, Any]:
    return {"figure": "trial_placement:max_months", "amount": "4", "source": "raadsbesluit", **fields}


def test_what_is_missing_is_said_on_top(coach: Membership, sign_in: SignIn) -> None:
    call_command("load_rates", verbosity=0)
    text = sign_in(coach).get(URL).content.decode().replace("\xa0", " ")
    year = date.today().year
    assert f"Loonkostensubsidie (Werkgeverslasten): tarief {year} onbekend: vraag na." in text
    exemption = "Vrijlating van inkomen (Deel dat niet meetelt, Hoogstens per maand, Hoeveel maanden)"
    assert f"{exemption}: tarief {year} onbekend: vraag na." in text
    assert "nieuwste cijfer is van 1 januari 2026" in text


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ({"q": "wia"}, "WIA", "€ 14,71"),
        ({"q": "minimumloon"}, "€ 14,71 per uur", "€ 14,06"),
        ({"q": "minimumloon", "show": "alles"}, "€ 14,06 per uur", "WIA"),
        ({"place": "region Utrecht"}, "€ 35.000 per voltijdsjaar", "€ 14,71"),
        ({"q": "zwembad"}, "Geen tarief gevonden", "€ 14,71"),
    ],
)
def test_the_list_is_searched_by_the_words_on_the_screen(
    query: dict[str, str], there: str, not_there: str, coach: Membership, sign_in: SignIn
) -> None:
    call_command("load_rates", verbosity=0)
    text = sign_in(coach).get(URL, query).content.decode().replace("\xa0", " ")
    listed = text[text.index('id="lijst"') :]
    assert there in listed
    assert not_there not in listed


def test_a_manager_adds_for_the_own_municipality_and_its_region(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.members[Role.MANAGER])
    code = world.bureau.municipality.code
    assert client.post(f"{URL}nieuw/", asked(where=code, valid_from="2026-01-01")).status_code == 302
    made = Rate.objects.get(source="raadsbesluit")
    assert (made.place, made.bureau, made.value, made.unit) == (code, world.bureau, 4, "months")
    region = asked(figure="sroi_block:wia", amount="30.000", where="region", region=" Haaglanden ")
    assert client.post(f"{URL}nieuw/", region).status_code == 302
    assert Rate.objects.get(place="region Haaglanden").value == Decimal(30000)
    assert Change.objects.filter(table="bureaus_rate", role="manager").exists()


@pytest.mark.parametrize("where", ["NL", "GM9999"])
def test_a_manager_cannot_speak_for_another_place(where: str, world: World, sign_in: SignIn) -> None:
    response = sign_in(world.members[Role.MANAGER]).post(f"{URL}nieuw/", asked(where=where))
    assert response.status_code == 200
    assert not Rate.objects.filter(source="raadsbesluit").exists()


def test_a_manager_does_not_see_or_change_what_another_bureau_added(
    world: World, other_world: World, sign_in: SignIn
) -> None:
    client = sign_in(world.members[Role.MANAGER])
    assert client.get(f"{URL}{other_world.rate.pk}/").status_code == 404
    national = Rate.objects.create(kind="minimum_wage", key="age_20", value=12, unit="EUR/hour", source="wet")
    assert client.post(f"{URL}{national.pk}/", asked(where="NL")).status_code == 403


def test_a_figure_of_another_bureau_never_counts_here(world: World, other_world: World) -> None:
    theirs = Rate.objects.create(
        kind="sroi_block", key="wia", value=1, unit="EUR/FTE-year", place="region Oost", source="x",
        bureau=other_world.bureau,
    )  # fmt: skip
    ours = Rate.objects.usable_by(world.bureau)
    day = date(2026, 3, 1)
    assert ours.choose("sroi_block", "wia", on=day, places=["region Oost"]) is None
    mine = Rate.objects.usable_by(other_world.bureau)
    assert mine.choose("sroi_block", "wia", on=day, places=["region Oost"]) == theirs


def test_a_dated_figure_goes_before_an_undated_one(db: None) -> None:
    same = {"kind": "sroi_block", "key": "wia", "unit": "EUR/FTE-year", "place": "region Oost", "source": "x"}
    Rate.objects.create(**same, value=1)
    dated = Rate.objects.create(**same, value=2, valid_from=date(2026, 1, 1))
    assert Rate.objects.choose("sroi_block", "wia", on=date(2026, 3, 1), places=["region Oost"]) == dated


def test_a_percentage_is_kept_as_a_share_and_comes_back_as_typed(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.members[Role.PLATFORM])
    data = {"figure": "wage_subsidy:employer_cost_share", "amount": "23,5", "where": "NL", "source": "x"}
    assert client.post(f"{URL}nieuw/", {**data, "valid_from": "2026-01-01"}).status_code == 302
    made = Rate.objects.get(key="employer_cost_share")
    assert made.value == Decimal("0.235")
    assert 'value="23,5"' in client.get(f"{URL}{made.pk}/").content.decode()
    assert "hoogstens 100" in client.post(f"{URL}nieuw/", {**data, "amount": "235"}).content.decode()


def test_the_same_figure_twice_says_so(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.members[Role.PLATFORM])
    data = asked(where="NL", valid_from="2026-01-01")
    assert client.post(f"{URL}nieuw/", data).status_code == 302
    assert "staat er al" in client.post(f"{URL}nieuw/", data).content.decode()


@pytest.mark.parametrize("many", [5, 50])
def test_the_list_takes_the_same_queries_for_five_and_fifty_figures(
    many: int, coach: Membership, sign_in: SignIn, count_queries: Any
) -> None:
    for number in range(many):
        Rate.objects.create(
            kind="sroi_block", key=f"soort-{number}", value=number, unit="EUR/FTE-year", source="x",
            place="region Oost", bureau=coach.bureau,
        )  # fmt: skip
    client = sign_in(coach)
    client.get(URL)
    seen: list[Any] = []
    used = count_queries(lambda: seen.append(client.get(URL)))
    assert used <= 10
    assert len(seen[0].content) < 60_000
