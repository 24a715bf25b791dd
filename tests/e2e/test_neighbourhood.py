"""A monthly meeting: planned, signed up for through a link, ticked on a phone, and followed up with a conversation."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import LAPTOP, PHONE, Someone

pytestmark = pytest.mark.e2e

Make = Callable[..., Someone]
NAME = "Samira Proefkamp"


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button of the page and wait for where it leads."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Follow a link of the page and wait for where it leads."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def test_a_gathering_from_plan_to_first_conversation(someone: Make) -> None:
    connector = someone("noor@zuidwest.example", PHONE)
    page = connector.page
    gathering = plan(connector)
    link = invite(connector, gathering)

    referrer = someone("", PHONE)
    sign_up(referrer, link)

    tick(connector, gathering)
    page.goto(gathering)
    expect(page.locator("#bellen")).to_contain_text(NAME)
    assert connector.axe() == []
    follow(page, re.compile("^Eerste gesprek"))
    first_conversation(page)

    page.goto(gathering)
    expect(page.locator("main")).to_contain_text(NAME)
    expect(page.locator("#bellen")).to_have_count(0)
    for person in (connector, referrer):
        assert person.complaints == []


def plan(connector: Someone) -> str:
    """A gathering that has just begun, so that it can be ticked and followed up today; gives its address."""
    page = connector.page
    page.goto("/buurt/")
    assert connector.axe() == []
    assert not connector.too_wide()
    follow(page, "Bijeenkomsten")
    follow(page, "Nieuwe bijeenkomst")
    begun = datetime.now().astimezone() - timedelta(minutes=1)
    page.fill("input[name=title]", "Koffie in de wijk")
    page.fill("input[name=starts_at]", begun.strftime("%Y-%m-%dT%H:%M"))
    page.fill("input[name=place]", "Buurthuis De Wissel")
    page.fill("input[name=minutes]", "180")
    press(page, "Bewaar bijeenkomst")
    expect(page.get_by_role("heading", level=1)).to_have_text("Koffie in de wijk")
    return page.url


def invite(connector: Someone, gathering: str) -> str:
    page = connector.page
    page.goto(gathering)
    follow(page, "Links voor organisaties")
    press(page, "Maak een link")
    assert connector.axe() == []
    return page.locator(".link-address").first.input_value()


def sign_up(referrer: Someone, link: str) -> None:
    page = referrer.page
    page.goto(link)
    assert referrer.axe() == []
    assert not referrer.too_wide()
    page.fill("input[name=person_name]", NAME)
    page.fill("input[name=person_phone]", "06 23 45 67 89")
    page.fill("input[name=contact_name]", "Balie")
    page.check("input[name=adult]")
    page.check("input[name=knows]")
    press(page, "Meld aan")
    expect(page.get_by_role("heading", level=1)).to_have_text("De aanmelding is binnen")
    assert NAME not in page.content()
    assert referrer.axe() == []


def tick(connector: Someone, gathering: str) -> None:
    """At the door: one tap, in place."""
    page = connector.page
    page.goto(f"{gathering}aanwezig/")
    assert connector.axe() == []
    assert not connector.too_wide()
    here = page.get_by_role("button", name=re.compile(rf"^Er\W+{NAME}"))
    here.click()
    expect(here).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(here).to_have_attribute("aria-pressed", "true")


def first_conversation(page: Page) -> None:
    expect(page.locator("input[name=first_name]")).to_have_value("Samira")
    expect(page.locator("input[name=last_name]")).to_have_value("Proefkamp")
    page.check("input[name=record]")
    press(page, "Bewaar gesprek")
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)


def test_ticking_works_without_javascript(someone: Make) -> None:
    connector = someone("noor@zuidwest.example", LAPTOP)
    plain = connector.context.browser.new_context(  # type: ignore[union-attr]
        base_url=connector.stack.address,
        java_script_enabled=False,
        locale="nl-NL",
        storage_state=connector.context.storage_state(),
    )
    page = plain.new_page()
    page.goto("/buurt/bijeenkomsten/?wanneer=geweest")
    with page.expect_navigation():
        page.locator(".date-line a").first.click()
    page.goto(f"{page.url}aanwezig/")
    button = page.get_by_role("button", name=re.compile(r"^Niet\W")).first
    with page.expect_navigation():
        button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    plain.close()
