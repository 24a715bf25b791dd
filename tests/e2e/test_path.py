"""One person from 8 to 27 hours across two employers: a step back looks like any other, and the path goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, Someone
from tests.e2e.stack import TODAY, Stack

pytestmark = pytest.mark.e2e

Make = Callable[..., Someone]
AT_WORK = """
from datetime import date, timedelta
from decimal import Decimal
from django.db.backends.postgresql.psycopg_any import DateRange
from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.scope import Scope, scoped
from candidates.models import Candidate
from employers.models import Employer
from matching.models import HoursStep, Placement
bureau = Bureau.objects.get(slug="zuidwest")
with scoped(Scope.for_bureau(bureau)):
    coach = Membership.objects.get(user__email="marit@zuidwest.example", role="coach", bureau=bureau)
    people = Candidate.objects.filter(coach=coach, placements=None, stage="searching", measurements__isnull=False)
    person = people.order_by("pk")[0]
    employer = Employer.objects.filter(bureau=bureau).order_by("pk")[0]
    starts = date.today() - timedelta(weeks=20)
    placement = Placement.objects.create(
        bureau=bureau, candidate=person, employer=employer, form="work_experience", starts_on=starts)
    HoursStep.objects.create(bureau=bureau, placement=placement, candidate=person, employer=employer,
        hours=Decimal(8), during=DateRange(starts, None))
    print("AT", placement.pk, person.pk)
"""


def test_a_path_grows_steps_back_moves_and_grows_on(someone: Make, stack: Stack) -> None:
    said = stack.manage("shell", "-v", "0", "-c", AT_WORK).split("AT ")[1].split()
    placement, person = int(said[0]), int(said[1])
    coach = someone("marit@zuidwest.example")
    page = coach.page
    score = ladder(page, person)
    for hours, weeks_ago, words in (
        (12, 15, "Het gaat goed"),
        (16, 10, "Nog een ochtend"),
        (12, 6, "Even rustiger"),
    ):
        step(page, placement, hours, weeks_ago, words)
    expect(page.locator("#uren")).to_contain_text("Even rustiger")
    assert coach.axe() == []

    page.goto(f"/plaatsingen/{placement}/andere-werkgever/?q=e")
    with page.expect_navigation():
        page.locator(".pick-list a[href^='?werkgever']").first.click()
    page.fill("input[name=starts_on]", (TODAY - timedelta(weeks=2)).isoformat())
    page.fill("input[name=hours]", "20")
    with page.expect_navigation():
        page.get_by_role("button", name="Ga daar verder").click()
    second = int(page.url.rstrip("/").rsplit("/", 1)[1])
    step(page, second, 27, 0, "Ik hoor erbij")

    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    path = page.locator("#uren")
    expect(path).to_contain_text("20 weken bij 2 werkgevers")
    numbers = path.locator(".chart-drawing text[font-size='18']").all_text_contents()
    assert numbers == ["8", "12", "16", "12", "20", "27"]
    fills = path.locator(".chart-drawing rect").evaluate_all(
        "all => all.map(one => getComputedStyle(one).fill)"
    )
    lines = path.locator(".chart-drawing path[stroke-width='3']").evaluate_all(
        "all => all.map(one => getComputedStyle(one).stroke)"
    )
    assert len(fills) == 6, "one tread for each step"
    assert len(set(fills)) == len(set(lines)) == 1, "a step back has the colour of every other step"
    assert not coach.too_wide()
    assert coach.axe() == []
    assert ladder(page, person) == score, "no score moved"
    expect(page.locator("main .work-item")).to_contain_text("Eén pad sinds")
    assert coach.complaints == []


def ladder(page: Page, person: int) -> str:
    """What the file says about the ladder and how somebody is doing."""
    page.goto(f"/kandidaten/{person}/")
    aside = page.locator("section[aria-labelledby=kop-ladder], section[aria-labelledby=kop-gaat]")
    return "\n".join(aside.all_inner_texts())


def step(page: Page, placement: int, hours: int, weeks_ago: int, words: str) -> None:
    """Other hours, noted on the form."""
    page.goto(f"/plaatsingen/{placement}/uren/")
    page.fill("input[name=hours]", str(hours))
    page.fill("input[name=starts]", (TODAY - timedelta(weeks=weeks_ago)).isoformat())
    page.fill("[name=reason]", words)
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar uren").click()
