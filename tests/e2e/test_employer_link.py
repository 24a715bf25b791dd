"""A shopkeeper answers from the e-mail on a phone: no account, no password, one tap."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import LAPTOP, PHONE, Someone
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e

COACH = "marit@zuidwest.example"


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()


def introduce(coach: Someone) -> str:
    """Bring the first who said yes to the employer; gives the proposal's address."""
    page = coach.page
    page.goto("/voorstellen/?weergave=lijst&stand=candidate_agreed&van=alle")
    address = page.locator("main a[href^='/voorstellen/']").evaluate_all(
        "links => links.map(a => a.getAttribute('href')).find(a => /^.voorstellen.\\d+.$/.test(a))"
    )
    assert address
    page.goto(f"{address}naar-werkgever/")
    with page.expect_navigation():
        page.locator("main form[method=post] button[type=submit]").first.click()
    return str(address)


def link_in_mail(stack: Stack, known: int) -> str:
    """The way in that the newest e-mail carries; the worker needs a moment to send it."""
    for _attempt in range(60):
        for text in stack.mails()[known:]:
            if found := re.search(r"/vraag/[\w-]+/", text.replace("=\n", "")):
                return found[0]
        time.sleep(0.25)
    raise AssertionError("no e-mail with a link came")


def test_the_employer_answers_from_the_mail_without_an_account(
    stack: Stack, someone: Callable[..., Someone]
) -> None:
    coach = someone(COACH, LAPTOP)
    known = len(stack.mails())
    proposal = introduce(coach)
    path = link_in_mail(stack, known)

    shop = someone("", PHONE)
    page = shop.page
    page.goto(path)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("wil graag kennismaken")
    name = heading.inner_text().split()[0]
    assert shop.axe() == []
    assert not shop.too_wide()
    press(page, "Ja, graag")
    expect(heading).to_have_text("Je antwoord is binnen")
    expect(page.locator("main")).to_contain_text("De coach neemt contact op")
    assert shop.axe() == []
    page.go_back()
    page.goto(path)
    expect(page.locator("main")).not_to_contain_text(name)
    assert shop.complaints == []

    coach.page.goto(proposal)
    expect(coach.page.locator("main")).to_contain_text("Wil graag kennismaken")
    assert coach.complaints == []
