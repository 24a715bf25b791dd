"""The main job from end to end: six people, one browser each, a real worker, and a PDF that is read back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import LAPTOP, PHONE, Someone
from tests.e2e.stack import DEMO_DATE, TODAY, Stack

pytestmark = pytest.mark.e2e

Make = Callable[..., Someone]
WORK = "Vilt snijden en naaien"
NAME, LAST_NAME, PHONE_NUMBER = "Soraya", "van der Proefstraat", "06 12 34 56 78"


def submit(page: Page, name: str) -> None:
    """Press a button and wait for the page it leads to; without the wait the next step reads the old page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Follow a link in the page itself and wait for where it leads."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def test_from_a_first_conversation_to_a_report_in_the_officers_hands(
    someone: Make, stack: Stack, tmp_path: Path
) -> None:
    connector = someone("noor@zuidwest.example", PHONE)
    file = first_conversation(connector)

    coach = someone("marit@zuidwest.example", LAPTOP)
    intake(coach, file)
    match = propose(coach, file)

    candidate = someone("", PHONE)
    candidate_says_yes(candidate, own_link(coach, file))

    introduce(coach, match)
    employer = someone("contact@tweedevilt.example", PHONE)
    employer_says_yes(employer)

    meet_and_start(coach, match, stack)
    grow(coach)

    manager = someone("jolanda@zuidwest.example", LAPTOP)
    report(manager)

    officer = someone("pieter@denhaag.example", LAPTOP)
    text = download(officer, tmp_path)
    assert re.search(r"In deze periode stapten 50 mensen in", text)
    assert re.search(r"Er begonnen 27 mensen met werk", text)

    for person in (connector, coach, candidate, employer, manager, officer):
        assert person.complaints == []


def first_conversation(connector: Someone) -> str:
    page = connector.page
    page.goto("/")
    page.goto("/kandidaten/gesprek/")
    assert connector.axe() == []
    page.fill("input[name=first_name]", NAME)
    page.fill("input[name=last_name]", LAST_NAME)
    page.fill("input[name=phone]", PHONE_NUMBER)
    page.fill("textarea[name=hopes]", "Iets met stof en naald, een paar ochtenden.")
    page.check("input[name=source][value=walk_in]", force=True)
    page.fill("input[name=birth]", "1984")
    page.check("input[name=record]")
    submit(page, "Bewaar gesprek")
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
    file = re.search(r"/kandidaten/(\d+)/", page.url)
    assert file
    page.goto(f"/kandidaten/{file[1]}/overdragen/")
    choose(page, "select[name=coach]", "Marit Hoogland")
    submit(page, "Draag over")
    return file[1]


def choose(page: Page, selector: str, text: str) -> None:
    """Pick the option that begins with a text."""
    value = page.locator(f"{selector} option", has_text=text).first.get_attribute("value")
    page.select_option(selector, value=value)


def intake(coach: Someone, file: str) -> None:
    page = coach.page
    page.goto(f"/kandidaten/{file}/intake/dromen/")
    page.fill("textarea[name=dreams]", "Een eigen naaiatelier in de wijk.")
    save(page)
    page.goto(f"/kandidaten/{file}/intake/uren/")
    assert coach.axe() == []
    page.fill("input[name=hours_now]", "8")
    page.fill("input[name=hours_wished]", "24")
    for day in range(4):
        page.locator(f"input[name=dayparts][value='{day * 3}']").check(force=True)
    save(page)
    page.goto(f"/kandidaten/{file}/")
    expect(page.locator("main")).to_contain_text("Een eigen naaiatelier")


def save(page: Page) -> None:
    """Send the first form of the page and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator("main form [type=submit]").first.click()


def propose(coach: Someone, file: str) -> str:
    page = coach.page
    page.goto(f"/zoek/werk/{file}/?toon=alles")
    assert coach.axe() == []
    follow(page, WORK)
    expect(page.get_by_role("heading", level=1)).to_contain_text(WORK)
    submit(page, "Stel voor")
    page.wait_for_url(re.compile(r"/voorstellen/\d+/"))
    match = re.search(r"/voorstellen/(\d+)/", page.url)
    assert match
    return match[1]


def own_link(coach: Someone, file: str) -> str:
    page = coach.page
    page.goto(f"/kandidaten/{file}/link/")
    submit(page, "Maak")
    link = re.search(r"http://[\d.:]+/i/[\w-]+/", page.content())
    assert link
    return link[0]


def candidate_says_yes(candidate: Someone, link: str) -> None:
    page = candidate.page
    page.goto(link)
    submit(page, "Ga naar mijn pagina")
    page.goto("/mijn-voorstellen/")
    assert candidate.axe() == []
    follow(page, WORK)
    assert not candidate.too_wide()
    submit(page, "Ja, ik wil kennismaken")
    expect(page.locator("main")).to_contain_text(WORK)


def introduce(coach: Someone, match: str) -> None:
    page = coach.page
    page.goto(f"/voorstellen/{match}/naar-werkgever/")
    submit(page, "Stel voor")
    page.wait_for_url(f"**/voorstellen/{match}/")


def employer_says_yes(employer: Someone) -> None:
    page = employer.page
    page.goto("/mijn-kennismakingen/")
    expect(page.locator("main")).to_contain_text(NAME)
    assert LAST_NAME not in page.content(), "the last name was not shared"
    assert employer.axe() == []
    follow(page, re.compile(NAME))
    submit(page, "Ja, graag")


def meet_and_start(coach: Someone, match: str, stack: Stack) -> None:
    page = coach.page
    page.goto(f"/voorstellen/{match}/kennismaking/")
    page.fill("input[name=day]", TODAY.isoformat())
    page.fill("input[name=time]", "23:59")
    page.fill("input[name=place]", "Atelier, Moerwijklaan 1")
    save(page)
    submit(page, "Plan en verstuur")
    wait_for(lambda: any("text/calendar" in mail or "BEGIN:VCALENDAR" in mail for mail in stack.mails()))
    page.goto(f"/voorstellen/{match}/hoe-was-het/")
    page.fill("textarea[name=outcome_candidate]", "Fijne plek.")
    save(page)
    page.goto(f"/voorstellen/{match}/begin/")
    page.fill("input[name=starts_on]", TODAY.isoformat())
    page.fill("input[name=hours]", "8")
    save(page)
    page.wait_for_url(re.compile(r"/plaatsingen/\d+/"))


def wait_for(true: Callable[[], bool], seconds: int = 30) -> None:
    import time

    for _attempt in range(seconds * 4):
        if true():
            return
        time.sleep(0.25)
    raise AssertionError("it did not happen in time")


def grow(coach: Someone) -> None:
    page = coach.page
    placement = page.url
    page.goto(f"{placement}uren/")
    page.fill("input[name=hours]", "12")
    page.fill("input[name=starts]", (TODAY + timedelta(days=14)).isoformat())
    page.fill("[name=reason]", "Het gaat goed, ik wil een dag erbij.")
    save(page)
    page.goto(placement)
    expect(page.locator("main")).to_contain_text("12")
    assert coach.axe() == []


def report(manager: Someone) -> None:
    page = manager.page
    page.goto("/rapporten/nieuw/")
    page.fill("input[name=since]", (DEMO_DATE - timedelta(days=212)).isoformat())
    page.fill("input[name=until]", DEMO_DATE.isoformat())
    submit(page, "Maak rapport")
    release = page.get_by_role("button", name="Geef vrij")
    expect(release).to_be_visible(timeout=120_000)
    assert manager.axe() == []
    release.click()
    expect(page.locator("main")).to_contain_text("Vrijgegeven")


def download(officer: Someone, folder: Path) -> str:
    page = officer.page
    page.goto("/")
    assert page.url.endswith("/rapporten/vrijgegeven/")
    assert officer.axe() == []
    follow(page, "Lees")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download PDF").click()
    path = folder / "rapport.pdf"
    waiting.value.save_as(path)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages)
    return re.sub(r"\s+", " ", text)
