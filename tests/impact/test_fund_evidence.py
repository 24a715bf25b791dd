"""Hours claimed on a fund beside the evidence for them: what is not signed for is said, never stopped."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from candidates.models import Candidate, Consent, Conversation, Fund
from impact.models import EvidenceSheet
from impact.money.evidenced import covered, lines, on_its_fund, sums
from impact.money.hours import hours_per_fund
from impact.services import evidence as services
from tests.impact.test_evidence import TODAY, SignIn, _talk, sheet, signed
from tests.world import World

__all__ = ["sheet"]
SINCE = TODAY - timedelta(days=30)


def hours(world: World, fund: Fund | None = None) -> Any:
    found = sums(covered(world.bureau.pk, SINCE, TODAY, fund=(fund or world.fund).pk))
    told = (found.hours.claimed, found.hours.signed, found.hours.waiting)
    return *map(float, told), found.people


def why(world: World) -> list[str]:
    days = (SINCE, TODAY)
    every = covered(world.bureau.pk, *days, fund=world.fund.pk)
    return [one.why for one in lines(every, world.fund.pk, *days, world.members[Role.MANAGER])]


@pytest.fixture(autouse=True)
def elsewhere(world: World) -> None:
    """Nothing of the world's own stands on the fund."""
    Conversation.objects.filter(fund__isnull=False).update(fund=None)


def test_an_hour_goes_from_claimed_to_put_down_to_signed(sheet: EvidenceSheet, world: World) -> None:
    assert hours(world) == (2.0, 0.0, 0.0, 1)
    assert why(world) == ["Staat nog niet op een bewijs."]
    services.prepare(sheet=sheet, by=world.members[Role.MANAGER])
    assert hours(world) == (2.0, 0.0, 2.0, 1)
    assert why(world) == ["Wacht op een tweede persoon die tekent."]
    services.sign(sheet=sheet, by=world.members[Role.COACH])
    assert hours(world) == (2.0, 2.0, 0.0, 0)
    assert why(world) == [""]
    services.withdraw(sheet=sheet, reason="Fout", by=world.members[Role.MANAGER])
    assert hours(world) == (2.0, 0.0, 0.0, 1)


def test_the_claimed_hours_are_those_of_the_fund(sheet: EvidenceSheet, world: World) -> None:
    _talk(world.candidate, world.fund, 50)
    assert hours(world)[0] == float(hours_per_fund(world.bureau.pk, SINCE, TODAY)[world.fund.pk].talks) == 2.8


def test_what_was_written_down_longer_after_signing_is_covered_as_far_as_it_was_signed(
    sheet: EvidenceSheet, world: World
) -> None:
    signed(sheet, world)
    Conversation.objects.filter(fund=world.fund).update(minutes=180)
    assert hours(world) == (3.0, 2.0, 0.0, 1)
    assert why(world) == ["Een deel staat nog niet op een bewijs."]


def test_evidence_of_one_fund_covers_no_hours_of_another(sheet: EvidenceSheet, world: World) -> None:
    signed(sheet, world)
    other = Fund.objects.create(bureau=world.bureau, name="Een ander fonds")
    Conversation.objects.filter(fund=world.fund).update(fund=other)
    assert hours(world, other) == (2.0, 0.0, 0.0, 1)


def test_who_gave_no_yes_is_named_with_the_reason(world: World) -> None:
    _talk(Candidate.objects.create(bureau=world.bureau, first_name="Zonder"), world.fund, 60)
    assert why(world) == ["Geen ja om dit aan een fonds te laten zien."]


def test_the_pages_warn_and_do_not_stop(
    sheet: EvidenceSheet, world: World, sign_in: SignIn, count_queries: Callable[[Callable[[], Any]], int]
) -> None:
    client: Client = sign_in(world.members[Role.MANAGER])
    year = (TODAY - timedelta(days=5)).year
    fund, page = (
        reverse(name, args=[world.fund.pk]) + f"?jaar={year}"
        for name in ("impact:fund", "impact:fund_evidence")
    )
    warning = "Meer uren opgeschreven dan getekend"
    assert warning in client.get(fund).text
    assert warning in client.get(page).text
    few = count_queries(lambda: client.get(page))
    signed(sheet, world)
    assert warning not in client.get(fund).text + client.get(page).text
    assert "Alle uren met mensen zijn getekend" in client.get(fund).text
    for number in range(60):
        _talk(Candidate.objects.create(bureau=world.bureau, first_name=f"Iemand {number}"), world.fund, 30)
    assert count_queries(lambda: client.get(page)) == few <= 12
    assert count_queries(lambda: client.get(fund)) <= 14
    assert len(client.get(page).content) < 60_000
    assert sign_in(world.members[Role.COACH]).get(page).status_code == 403


def test_a_minute_that_nobody_signed_for_is_told(sheet: EvidenceSheet, world: World) -> None:
    signed(sheet, world)
    Conversation.objects.filter(fund=world.fund).update(minutes=122)
    assert hours(world) == (2.0, 2.0, 0.0, 1)
    assert sums(covered(world.bureau.pk, SINCE, TODAY)).hours.without == Decimal("0.1")


def test_who_asked_to_be_removed_is_no_longer_named(
    sheet: EvidenceSheet, world: World, sign_in: SignIn
) -> None:
    Candidate.objects.filter(pk=world.candidate.pk).update(leaving_on=TODAY + timedelta(days=9))
    assert why(world) == ["Kan niet meer: deze persoon gaat eruit."]
    year = (TODAY - timedelta(days=5)).year
    page = reverse("impact:fund_evidence", args=[world.fund.pk]) + f"?jaar={year}"
    shown = sign_in(world.members[Role.MANAGER]).get(page).text
    assert "Iemand die eruit gaat" in shown
    assert world.candidate.full_name not in shown
    assert reverse("candidates:file", args=[world.candidate.pk]) not in shown


def test_the_workbook_lays_the_hours_of_its_own_fund_beside_the_evidence(
    sheet: EvidenceSheet, world: World, sign_in: SignIn
) -> None:
    signed(sheet, world)
    other = Fund.objects.create(bureau=world.bureau, name="Zz fonds")
    _talk(world.candidate, other, 30)
    answer = sign_in(world.members[Role.MANAGER]).post(
        reverse("impact:evidence_book", args=[sheet.pk]), {"reason": "Verantwoording"}
    )
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = [[cell.value for cell in row] for row in list(book["Uren op dit fonds"].rows)[1:]]
    assert rows == [[world.candidate.full_name, 2, 2, 0]], "other funds are no business of this one"


def test_after_a_no_the_fund_learns_nothing_more(sheet: EvidenceSheet, world: World) -> None:
    signed(sheet, world)
    people = list(sheet.lines.all())
    assert list(on_its_fund(sheet, people))
    Consent.objects.filter(candidate=world.candidate).update(withdrawn_at=timezone.now())
    assert not list(on_its_fund(sheet, people))
