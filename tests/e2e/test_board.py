"""A coach moves a card on the board by mouse and by keyboard, and comes to the page of that step."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import LAPTOP, Someone

pytestmark = pytest.mark.e2e
COACH = "marit@zuidwest.example"


def test_a_card_moves_by_mouse_and_by_keyboard(someone: Callable[..., Someone]) -> None:
    page = someone(COACH, LAPTOP).page
    page.goto("/voorstellen/?van=alle")
    card = page.locator("[data-column=proposed] [data-card]").first
    with page.expect_navigation():
        card.drag_to(page.locator("[data-column=candidate_agreed] h2"))
    expect(page).to_have_url(re.compile(r"/antwoord/$"))

    page.goto("/voorstellen/?van=alle")
    with page.expect_navigation():
        card.drag_to(page.locator("[data-column=met] h2"))
    expect(page.locator("main")).to_contain_text("kan nu niet")
    with page.expect_navigation():
        page.locator(".back-link").click()
    assert "van=alle" in page.url, "the filters are still there"

    card.locator("h3 a").focus()
    page.keyboard.press(" ")
    expect(page.locator("#bord-zegt")).to_contain_text("Opgepakt")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#bord-zegt")).to_contain_text("Zegt ja")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/antwoord/$"))
