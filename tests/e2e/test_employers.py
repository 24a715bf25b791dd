"""From what a care team leaves lying to somebody at the door, and what the company did for the neighbourhood in a year.

With a team leader at a laptop: the tasks, work made of them, checked by a second person, and open. Then a shopkeeper
who answers from the e-mail on a phone: no account, no password, one tap. And the overview of the year.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import LAPTOP, PATIENCE, PHONE, Someone
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e

Make = Callable[..., Someone]
TASKS = [
    ("Praatje maken met bewoners", "niemand", "3", "Blijft liggen"),
    ("Planten verzorgen", "gastvrouw", "1-1,5", "Blijft liggen"),
    ("Medicijnen klaarzetten", "verpleegkundige", "6", "Gaat goed"),
]
ANSWERS = {
    "paid_before": "no",
    "dismissals": "no",
    "vacancy": "no",
    "market": "no",
    "price": "na",
} | dict.fromkeys(("learning", "supervision", "staff", "local"), "yes")


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button of the page and wait for where it leads."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Follow a link of the page and wait for where it leads."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def test_from_a_teams_tasks_to_an_answer_from_the_mail_and_the_overview_of_the_year(
    stack: Stack, someone: Make
) -> None:
    coach = someone("marit@zuidwest.example")
    page = coach.page
    page.goto("/werkgevers/")
    with page.expect_navigation():
        page.locator("main table tbody th a").first.click()
    name, home = page.locator("h1").inner_text(), page.url
    follow(page, "Takenkaarten")
    follow(page, "Nieuwe takenkaart")
    page.get_by_label("Welk team?").fill("Huiskamer")
    press(page, "Ga verder met de taken")
    for task in TASKS:
        add(page, *task)
    assert coach.axe() == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert not coach.too_wide()
    rows = page.locator(".task-row")
    rows.nth(2).get_by_role("button").click()
    expect(rows).to_have_count(2, timeout=PATIENCE)
    page.get_by_role("button", name="Zet terug").click()
    expect(rows).to_have_count(3, timeout=PATIENCE)
    for number in (0, 1):
        rows.nth(number).get_by_role("checkbox").check()
    expect(page.locator("#samen")).to_contain_text("4 tot 4,5 uur", timeout=PATIENCE)
    page.get_by_label("Wat is het werk?").fill("Gastheer in de huiskamer")
    page.get_by_label("Werkvorm").select_option("work_experience")
    press(page, "Maak de werkplek")
    position = page.url
    expect(page.locator("main")).to_contain_text("4 tot 4,5 uur", timeout=PATIENCE)

    follow(page, "Vul de toets in")
    for question, answer in ANSWERS.items():
        page.locator(f"input[name={question}][value={answer}]").check(force=True)
    press(page, "Vraag om een besluit")
    decide(someone, position)
    page.goto(position)
    press(page, "Zet open")
    expect(page.locator("#verloop")).to_contain_text("Toets: geen verdringing")
    expect(page.locator("main .lead")).to_contain_text("Open")
    assert coach.axe() == []
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
    answered_from_the_mail(stack, someone, coach)
    helped(page, name, home)
    assert coach.axe() == []
    assert coach.complaints == []


def answered_from_the_mail(stack: Stack, someone: Make, coach: Someone) -> None:
    """Somebody who said yes is introduced; the employer says yes with the link, and the link is then used up."""
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


def helped(page: Page, name: str, home: str) -> None:
    """How the same company helps otherwise, and where that stands in the overview of the year."""
    page.goto(f"{home}bijdragen/nieuw/")
    page.locator("input[name=way][value=knowledge]").check(force=True)
    page.get_by_label("Wat deden of gaven zij?").fill("Een middag uitleg over tillen")
    press(page, "Bewaar bijdrage")
    page.goto("/werkgevers/vijf-manieren/")
    row = page.locator(".ways-table tbody tr", has_text=name)
    expect(row.locator("td.is-on").first).to_contain_text("keer")


def add(page: Page, task: str, who: str, hours: str, standing: str) -> None:
    """One task on the card, without leaving the page; the next can be typed at once."""
    rows = page.locator(".task-row")
    before = rows.count()
    page.get_by_label("Taak", exact=True).fill(task)
    page.get_by_label("Wie doet het nu?").fill(who)
    page.get_by_label("Uren per week").fill(hours)
    page.get_by_role("radio", name=standing).check(force=True)
    page.get_by_role("button", name="Zet op de kaart").click()
    expect(rows).to_have_count(before + 1, timeout=PATIENCE)
    expect(page.get_by_label("Taak", exact=True)).to_be_focused()


def decide(someone: Make, position: str) -> None:
    """The manager reads the answers and says yes."""
    manager = someone("jolanda@zuidwest.example")
    page = manager.page
    page.goto(position)
    follow(page, "Neem een besluit")
    page.locator("input[name=decision][value=no_displacement]").check(force=True)
    page.get_by_label("Waarom?").fill("Dit werk bleef liggen.")
    press(page, "Leg besluit vast")
    assert manager.complaints == []


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
