"""The candidate's own pages on an old phone: no JavaScript, 360 pixels, a code instead of a password."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import LAPTOP, PATIENCE, PHONE, Someone
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e

COACH = "marit@zuidwest.example"
WRONG = "Mijn dochter heet anders"


@pytest.fixture
def old_phone(browser: Browser, stack: Stack) -> Iterator[Page]:
    """A small screen that runs no scripts."""
    context: BrowserContext = browser.new_context(
        base_url=stack.address,
        viewport=PHONE,
        locale="nl-NL",
        java_script_enabled=False,
        accept_downloads=True,
    )  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Follow a link in the page itself and wait for where it leads."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def fits(page: Page) -> None:
    """Nothing scrolls sideways: asked from outside, for the page runs no scripts."""
    box = page.locator("main").bounding_box()
    assert box is not None
    assert box["width"] <= PHONE["width"]


def a_code(coach: Someone) -> tuple[str, str]:
    """A file of the coach's and a code for its owner."""
    page = coach.page
    page.goto("/kandidaten/")
    with page.expect_navigation():
        page.locator("a.row-link").first.click()
    file = page.url.rstrip("/").rpartition("/")[2]
    page.goto(f"/kandidaten/{file}/link/")
    press(page, "Maak een link")
    assert coach.axe() == []
    return file, page.locator(".spoken-code").inner_text()


def test_in_with_a_code_read_take_back_correct_and_take_the_card_along(
    someone: Callable[..., Someone], old_phone: Page
) -> None:
    coach = someone(COACH, LAPTOP)
    file, code = a_code(coach)

    page = old_phone
    page.goto("/code/")
    page.fill("input[name=code]", "0000 000 000")
    press(page, "Ga naar mijn pagina")
    expect(page.locator("main")).to_contain_text("Deze code werkt niet")
    page.fill("input[name=code]", code)
    press(page, "Ga naar mijn pagina")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hallo")
    fits(page)

    follow(page, re.compile("Waar ik ja op zei"))
    card = page.locator("li.panel", has_text="Contact met mij opnemen")
    with page.expect_navigation():
        card.get_by_role("button", name=re.compile("Ik wil dit niet meer")).click()
    expect(page.locator("li.panel", has_text="Contact met mij opnemen")).to_contain_text(
        "We mailen je nu niet"
    )
    fits(page)

    page.goto("/kandidaten/mijn/wie-keek/")
    expect(page.locator("main")).to_contain_text("Marit")
    fits(page)

    page.goto("/kandidaten/mijn/klopt-niet/")
    page.fill("textarea[name=text]", WRONG)
    press(page, "Verstuur")
    expect(page.locator("main")).to_contain_text("wacht op antwoord")

    answer(coach, file)
    page.goto("/kandidaten/mijn/klopt-niet/")
    expect(page.locator("main")).to_contain_text("Nu staat haar goede naam erin")

    take_the_card(page)
    assert coach.complaints == []


def answer(coach: Someone, file: str) -> None:
    page = coach.page
    page.goto("/vandaag/?soort=correction")
    expect(page.locator("main")).to_contain_text(WRONG)
    page.goto(f"/kandidaten/{file}/")
    follow(page, "Geef antwoord")
    page.check("input[name=outcome][value=changed]", force=True)
    page.fill("textarea[name=answer]", "Nu staat haar goede naam erin.")
    press(page, "Geef antwoord")
    expect(page.locator("main")).not_to_contain_text(WRONG + "”")


def take_the_card(page: Page) -> None:
    page.goto("/kandidaten/mijn/talentkaart/")
    fits(page)
    name = page.locator(".card-preview-name").inner_text()
    page.check("input[name=parts][value=dream]")
    press(page, "Bewaar mijn keuze")
    with page.expect_download() as download:
        page.get_by_role("link", name="Haal mijn kaart op").click()
    reader = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    text = " ".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1
    assert name in text
    assert "Mijn droom" in text
    assert "Dan kan ik werken" in text


def test_the_coach_lets_a_name_be_drawn_and_a_stranger_signs_up(
    someone: Callable[..., Someone], old_phone: Page
) -> None:
    page = old_phone
    page.goto("/meedoen/zuidwest/")
    page.fill("input[name=first_name]", "Zohra")
    page.fill("input[name=phone]", "06 12 98 76 56")
    page.fill("textarea[name=hopes]", "Onder de mensen zijn")
    for name in ("record", "contact", "adult"):
        page.check(f"input[name={name}]")
    press(page, "Ik doe mee")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dank je wel")

    coach = someone(COACH, PHONE)
    screen = coach.page
    screen.goto("/kandidaten/aanmeldingen/")
    assert coach.axe() == []
    assert not coach.too_wide()
    press(screen, re.compile("Neem aan.*Zohra"))
    file = re.search(r"/kandidaten/(\d+)/", screen.url)
    assert file
    expect(screen.locator("main")).to_contain_text("Onder de mensen zijn")

    screen.goto(f"/kandidaten/{file[1]}/intake/dromen/")
    screen.fill("textarea[name=dreams]", "Een koffiehuis")
    press(screen, "Bewaar en ga verder")
    screen.goto(f"/kandidaten/{file[1]}/intake/samenvatting/")
    assert coach.axe() == []
    draw(screen)
    press(screen, "Dit klopt, keur goed")
    screen.goto(f"/kandidaten/{file[1]}/intake/samenvatting/")
    expect(screen.locator(".signature-drawn")).to_be_visible()
    assert coach.complaints == []


def draw(page: Page) -> None:
    """A name with a finger: down, up and down again."""
    pad = page.locator("canvas.signature-pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    for number in range(12):
        down = 60 if number % 2 else 20
        page.mouse.move(box["x"] + 30 + number * 15, box["y"] + down, steps=3)
    page.mouse.up()


def test_the_doors_are_open_to_everybody(someone: Callable[..., Someone]) -> None:
    stranger = someone("", PHONE)
    found = []
    for path in (
        "/code/",
        "/meedoen/",
        "/meedoen/zuidwest/",
        "/meedoen/zuidwest/english/",
        "/meedoen/zuidwest/dank-je/",
    ):
        stranger.page.goto(path)
        found += [f"{path}: {finding}" for finding in stranger.axe()]
        if stranger.too_wide():
            found.append(f"{path}: scrolls sideways")
    assert found == []
    assert stranger.complaints == []
