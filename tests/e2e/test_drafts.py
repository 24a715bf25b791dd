"""Nothing typed is lost: dead networks, ended sessions, other devices, two people in one record; in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import LAPTOP, PHONE, Someone
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e

Make = Callable[..., Someone]
COACH, COLLEAGUE = "marit@zuidwest.example", "jolanda@zuidwest.example"
BADGE = "[data-draft-badge]"
SAVED = re.compile(r"bewaard \d")
DREAMS = "textarea[name=dreams]"


def rows(stack: Stack, query: str) -> list[tuple[object, ...]]:
    """What the database holds, past both walls."""
    with psycopg.connect(stack.env["DATABASE_URL"]) as connection:
        return connection.execute(query).fetchall()  # type: ignore[arg-type]


def people(stack: Stack) -> list[int]:
    """Files that the coach holds."""
    found = rows(
        stack,
        "SELECT c.id FROM candidates_candidate c JOIN bureaus_membership m ON m.id = c.coach_id "
        f"JOIN bureaus_user u ON u.id = m.user_id WHERE u.email = '{COACH}' AND c.stage <> 'closed' ORDER BY c.id",
    )
    return [int(str(row[0])) for row in found]


def step(page: Page, person: int, slug: str = "dromen") -> None:
    """Open a step of the intake."""
    page.goto(f"/kandidaten/{person}/intake/{slug}/")


def type_and_wait(page: Page, selector: str, text: str) -> None:
    """Type as a person does, and wait until the badge says that it is kept."""
    page.fill(selector, text)
    expect(page.locator(BADGE)).to_contain_text(SAVED)


def send(page: Page, name: str) -> None:
    """Press the button and wait for where it leads."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def test_a_dead_network_at_each_step_of_a_save_loses_no_word_and_doubles_none(
    someone: Make, stack: Stack
) -> None:
    coach = someone(COACH, PHONE)
    page = coach.page
    page.goto(f"/kandidaten/{people(stack)[0]}/gesprek/")
    badge = page.locator(BADGE)

    coach.context.set_offline(True)  # while typing
    page.fill("textarea[name=text]", "Zonder netwerk getypt.")
    expect(badge).to_contain_text("niet bewaard: geen netwerk")
    assert coach.axe() == []
    assert not coach.too_wide()
    coach.context.set_offline(False)
    expect(badge).to_contain_text(SAVED)

    lose_answer = losing(page, "**/concepten/bewaar/")  # the save arrives, its answer does not
    page.locator("textarea[name=text]").press_sequentially(" En meer.")
    expect(badge).to_contain_text("niet bewaard: geen netwerk")
    page.unroute("**/concepten/bewaar/", lose_answer)
    expect(badge).to_contain_text(SAVED)

    coach.context.set_offline(True)  # at the moment of sending
    page.get_by_role("button", name="Bewaar gesprek").click()
    expect(badge).to_contain_text("niet verstuurd: geen netwerk")
    expect(page.locator("textarea[name=text]")).to_have_value("Zonder netwerk getypt. En meer.")
    coach.context.set_offline(False)

    here = page.url
    lose_post = losing(page, here)  # the post arrives, its answer does not
    page.get_by_role("button", name="Bewaar gesprek").click()
    expect(badge).to_contain_text("niet verstuurd: geen netwerk")
    page.unroute(here, lose_post)
    send(page, "Bewaar gesprek")

    expect(page.locator("main")).to_contain_text("Zonder netwerk getypt. En meer.")
    told = "SELECT count(*) FROM candidates_conversation WHERE text = 'Zonder netwerk getypt. En meer.'"
    assert rows(stack, told) == [(1,)]
    assert rows(stack, "SELECT count(*) FROM drafts_draft WHERE data::text LIKE '%Zonder netwerk%'") == [(0,)]


def losing(page: Page, url: str) -> Callable[[Route], None]:
    """Let a post reach the server and lose the answer on the way back."""

    def handle(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    page.route(url, handle)
    return handle


def test_a_draft_goes_on_at_another_device_and_can_be_thrown_away(someone: Make, stack: Stack) -> None:
    phone, laptop = someone(COACH, PHONE), someone(COACH, LAPTOP)
    person = people(stack)[1]
    step(phone.page, person)
    type_and_wait(phone.page, DREAMS, "Op de telefoon begonnen")
    step(laptop.page, person)
    expect(laptop.page.locator(DREAMS)).to_have_value("Op de telefoon begonnen")
    expect(laptop.page.locator(".draft-notice")).to_contain_text("op een ander apparaat")
    assert laptop.axe() == []
    laptop.page.goto("/vandaag/")
    expect(laptop.page.locator("main")).to_contain_text("Nog niet af")
    assert laptop.axe() == []
    step(laptop.page, person)
    send(laptop.page, "Gooi weg")
    expect(laptop.page.locator(DREAMS)).not_to_have_value("Op de telefoon begonnen")
    send(laptop.page, "Maak ongedaan")
    expect(laptop.page.locator(DREAMS)).to_have_value("Op de telefoon begonnen")
    send(laptop.page, "Bewaar en stop")
    assert laptop.complaints == []


def test_leaving_a_page_keeps_what_was_typed_a_moment_before(someone: Make, stack: Stack) -> None:
    page = someone(COACH).page
    person = people(stack)[2]
    step(page, person)
    page.fill(DREAMS, "Net voor het weggaan")
    page.goto("/kandidaten/")
    for _visit in range(20):  # the save of a page that closes may arrive after the next page
        step(page, person)
        if page.locator(".draft-notice").count():
            break
    expect(page.locator(DREAMS)).to_have_value("Net voor het weggaan")


def test_two_people_in_one_field_choose_what_is_right(someone: Make, stack: Stack) -> None:
    mine, theirs = someone(COACH, PHONE), someone(COLLEAGUE)
    person = people(stack)[3]
    for one in (mine, theirs):
        step(one.page, person)
    theirs.page.fill(DREAMS, "Wat de collega hoorde")
    send(theirs.page, "Bewaar en stop")
    mine.page.fill(DREAMS, "Wat ik hoorde")
    send(mine.page, "Bewaar en stop")
    expect(mine.page.get_by_role("heading", level=1)).to_have_text("Kies wat klopt")
    assert mine.axe() == []
    assert not mine.too_wide()
    page = mine.page
    page.get_by_role("radio", name="Wat jij nu invulde").focus()
    page.keyboard.press("Space")
    send(page, "Bewaar deze keuze")
    dreams = rows(stack, f"SELECT dreams FROM candidates_intake WHERE candidate_id = {person}")
    assert dreams == [("Wat ik hoorde",)]


def test_a_session_that_ends_in_mid_intake_loses_nothing(someone: Make, stack: Stack) -> None:
    coach = someone(COACH)
    page = coach.page
    person = people(stack)[4]
    step(page, person)
    type_and_wait(page, DREAMS, "Eerst een kas bouwen")
    coach.context.clear_cookies(name="buurtbaan")
    page.locator(DREAMS).press_sequentially(" met de buren.")
    expect(page.locator(BADGE)).to_contain_text("je bent uitgelogd")
    send(page, "Bewaar en stop")
    page.wait_for_url(re.compile("/accounts/login/"))
    expect(page.locator("main")).to_contain_text("wat je typte staat er nog")
    coach_again(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat je typte staat er nog")
    expect(page.locator("main")).to_contain_text("Eerst een kas bouwen met de buren.")
    assert coach.axe() == []
    send(page, "Verstuur alsnog")
    kept = rows(stack, f"SELECT dreams FROM candidates_intake WHERE candidate_id = {person}")
    assert kept == [("Eerst een kas bouwen met de buren.",)]
    assert rows(stack, f"SELECT count(*) FROM drafts_draft WHERE candidate_id = {person}") == [(0,)]


def coach_again(page: Page) -> None:
    """Sign in on the page that asked for it."""
    from impact.demo.build import PASSWORD

    page.fill("input[name=login]", COACH)
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.press("input[name=password]", "Enter")


def test_signing_in_anew_in_another_tab_does_not_hinder_the_first(someone: Make, stack: Stack) -> None:
    coach = someone(COACH)
    page = coach.page
    person = people(stack)[5]
    step(page, person)
    coach.context.clear_cookies()
    other = coach.context.new_page()
    other.goto("/accounts/login/")
    coach_again(other)
    page.fill(DREAMS, "Over twee tabbladen")
    expect(page.locator(BADGE)).to_contain_text(SAVED)
    send(page, "Bewaar en stop")
    kept = rows(stack, f"SELECT dreams FROM candidates_intake WHERE candidate_id = {person}")
    assert kept == [("Over twee tabbladen",)]


def test_without_javascript_a_form_is_a_form(browser: object, stack: Stack, someone: Make) -> None:
    coach = someone(COACH)
    context = coach.context.browser.new_context(  # type: ignore[union-attr]
        base_url=stack.address,
        java_script_enabled=False,
        locale="nl-NL",
        storage_state=coach.context.storage_state(),
    )
    page = context.new_page()
    person = people(stack)[6]
    step(page, person)
    page.fill(DREAMS, "Zonder script")
    send(page, "Bewaar en stop")
    kept = rows(stack, f"SELECT dreams FROM candidates_intake WHERE candidate_id = {person}")
    assert kept == [("Zonder script",)]
    context.close()
