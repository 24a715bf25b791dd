"""Without network: a first conversation is written on the phone, kept locked, and sent exactly once."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import PHONE, Someone
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e

Make = Callable[..., Someone]
NOOR, MARIT = "noor@zuidwest.example", "marit@zuidwest.example"
HOPES = "Iets met planten en aarde."
READY = "() => navigator.serviceWorker.controller !== null"
KEPT = """async () => {
  const open = indexedDB.open("buurtbaan-unsent");
  const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const rows = (name) => new Promise((done) => {
    const asked = db.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => done(asked.result);
  });
  const plain = (value) => value instanceof Uint8Array ? String.fromCharCode(...value) : value;
  const all = {me: await rows("me"), items: await rows("items")};
  db.close();
  return JSON.stringify(all, (_name, value) => plain(value));
}"""
UNTIL = (
    f"async (count) => {{ const kept = {KEPT};"
    "for (let turn = 0; turn < 200; turn++) {"
    "  if (JSON.parse(await kept()).items.length === count) return true;"
    "  await new Promise((done) => setTimeout(done, 50));"
    "} return false; }"
)
CACHED = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      found[new URL(request.url).pathname] = await answer.text();
    }
  }
  return found;
}"""


@pytest.fixture
def noor(someone: Make) -> Someone:
    return with_worker(someone(NOOR, PHONE))


def with_worker(person: Someone) -> Someone:
    """Wait until the service worker looks after the page and the device knows who works on it."""
    page = person.page
    page.goto("/kandidaten/")
    page.evaluate(
        "async () => { while (!(await Unsent.me())) await new Promise((done) => setTimeout(done, 50)); }"
    )
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.reload()
    page.wait_for_function(READY)
    return person


def held(page: Page) -> dict[str, Any]:
    return json.loads(page.evaluate(KEPT))


def files_of(stack: Stack, first: str) -> int:
    """How many files carry this first name."""
    code = (
        "from candidates.models import Candidate; from buurtbaan.bureaus.models import Bureau;"
        "from buurtbaan.scope import Scope, scoped;"
        "s = scoped(Scope.for_bureaus(list(Bureau.objects.values_list('pk', flat=True)))); s.__enter__();"
        f"print('n =', Candidate.objects.filter(first_name={first!r}).count()); s.__exit__(None, None, None)"
    )
    found = re.search(r"n = (\d+)", stack.manage("shell", "-c", code))
    assert found
    return int(found[1])


def anybody() -> str:
    """A name that looks and sounds like no other, so that nobody is taken for a double."""
    return "".join(random.choices("bdfgklmnprst", k=9)).capitalize()


def until(page: Page, count: int) -> None:
    """Wait until so many conversations lie on the device."""
    assert page.evaluate(UNTIL, count), f"not {count} but {len(held(page)['items'])}"


def write(page: Page, first: str, last: str = "", birth: str = "") -> None:
    page.fill("input[name=first_name]", first)
    page.fill("input[name=last_name]", last or anybody())
    page.fill("textarea[name=hopes]", HOPES)
    page.check("input[name=source][value=walk_in]", force=True)
    page.fill("input[name=birth]", birth or str(random.randint(1950, 2000)))
    page.check("input[name=record]")


def keep(page: Page) -> None:
    page.get_by_role("button", name="Bewaar op dit apparaat").click()
    expect(page.get_by_text("Het gesprek is versleuteld bewaard")).to_be_visible()


def test_what_is_written_without_network_is_locked_and_goes_out_exactly_once(
    noor: Someone, stack: Stack
) -> None:
    page, first, last = noor.page, anybody(), anybody()
    noor.context.set_offline(True)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nieuw gesprek")
    expect(page.get_by_text("Je hebt nu geen verbinding")).to_be_visible()
    assert noor.axe() == []
    assert not noor.too_wide()
    write(page, first, last, "1984")
    keep(page)
    expect(page.locator("[data-unsent-part] [data-unsent-count]")).to_have_text("1")
    raw = page.evaluate(KEPT)
    assert len(json.loads(raw)["items"]) == 1
    assert not any(word in raw for word in (first, last, "planten", "1984", "noor", "Noor"))

    noor.context.set_offline(False)
    page.goto("/niet-verstuurd/")
    expect(page.locator("[data-unsent-empty]")).to_be_visible()
    assert held(page)["items"] == []
    assert files_of(stack, first) == 1
    page.reload()
    assert files_of(stack, first) == 1
    assert not [line for line in noor.complaints if "ERR_INTERNET_DISCONNECTED" not in line]


class Thumb:
    """One hand on a phone; every tap and every field that is filled in counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.times = page, 0

    def tap(self, target: Locator, *, leads: bool = False) -> None:
        self.times += 1
        if leads:
            with self.page.expect_navigation():
                target.click()
        else:
            target.click()

    def fill(self, name: str, text: str) -> None:
        self.times += 1
        self.page.locator(f"[name={name}]").fill(text)


def test_a_first_conversation_takes_at_most_twelve_interactions(noor: Someone) -> None:
    page, name = noor.page, anybody()
    page.goto("/")
    thumb = Thumb(page)
    bar = page.get_by_role("navigation", name="Menu onderaan")
    thumb.tap(bar.get_by_role("link", name="Nieuw gesprek"), leads=True)
    thumb.fill("first_name", name)
    thumb.fill("last_name", anybody())
    thumb.fill("phone", "06 22 33 44 55")
    thumb.fill("hopes", HOPES)
    thumb.tap(page.locator("input[name=source][value=gathering]"))
    thumb.fill("birth", "1979")
    thumb.tap(page.locator("label[for=id_record]"))
    thumb.tap(page.locator("label[for=id_contact]"))
    thumb.tap(page.get_by_role("button", name="Bewaar gesprek"), leads=True)
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    assert thumb.times <= 12
    assert noor.complaints == []


def test_a_save_that_loses_its_network_keeps_every_word_and_happens_once(noor: Someone, stack: Stack) -> None:
    page, name = noor.page, anybody()
    page.goto("/kandidaten/gesprek/")
    write(page, name)
    noor.context.set_offline(True)
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar gesprek").click()
    expect(page.get_by_text("Het gesprek is versleuteld bewaard")).to_be_visible()
    noor.context.set_offline(False)
    page.get_by_role("button", name="Verstuur nu").click()
    expect(page.locator("[data-unsent-part]")).to_be_hidden()
    assert held(page)["items"] == []
    assert files_of(stack, name) == 1


def test_a_mistake_two_clicks_and_the_back_button_make_one_file_and_no_talk_of_a_lost_network(
    noor: Someone, stack: Stack
) -> None:
    page, name = noor.page, anybody()
    page.goto("/kandidaten/gesprek/")
    write(page, name)
    page.fill("input[name=phone]", "12")
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar gesprek").click()
    expect(page.locator("main")).to_contain_text("Dit is geen telefoonnummer")
    page.fill("input[name=phone]", "06 12 98 76 53")
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar gesprek").dblclick()
    page.wait_for_url(re.compile(r"/kandidaten/\d+/$"))
    page.go_back()
    page.wait_for_load_state()
    expect(page).to_have_url(re.compile("/kandidaten/gesprek/"))
    expect(page.get_by_role("button", name="Bewaar gesprek")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("Je hebt nu geen verbinding")
    assert held(page)["items"] == []
    assert files_of(stack, name) == 1


def test_what_needs_another_look_is_repaired_in_the_form_and_then_let_go(noor: Someone, stack: Stack) -> None:
    page, name = noor.page, anybody()
    noor.context.set_offline(True)
    page.goto("/kandidaten/1/")
    page.fill("input[name=phone]", "12")
    write(page, name)
    keep(page)
    noor.context.set_offline(False)
    page.goto("/niet-verstuurd/")
    item = page.locator(".unsent-item")
    expect(item).to_contain_text(name)
    expect(item).to_contain_text("Dit is geen telefoonnummer")
    assert noor.axe() == []
    with page.expect_navigation():
        item.get_by_role("link", name="Kijk na en verstuur").click()
    expect(page.locator("textarea[name=hopes]")).to_have_value(HOPES)
    page.fill("input[name=phone]", "06 12 98 76 54")
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar gesprek").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    expect(page.locator(".unsent-badge")).to_be_hidden()
    until(page, 0)
    assert files_of(stack, name) == 1


def test_a_half_written_conversation_is_not_sent_and_not_lost(noor: Someone, stack: Stack) -> None:
    page, name = noor.page, anybody()
    noor.context.set_offline(True)
    page.goto("/")
    page.fill("input[name=first_name]", name)
    until(page, 1)
    noor.context.set_offline(False)
    page.goto("/niet-verstuurd/")
    expect(page.locator(".unsent-item")).to_contain_text(name)
    expect(page.locator(".unsent-item")).to_contain_text("Nog niet af")
    assert files_of(stack, name) == 0


def test_signing_out_warns_and_the_device_is_emptied_when_that_is_chosen(noor: Someone, stack: Stack) -> None:
    page, name = noor.page, anybody()
    noor.context.set_offline(True)
    page.goto("/")
    page.fill("input[name=first_name]", name)
    until(page, 1)
    noor.context.set_offline(False)
    page.goto("/kandidaten/")
    expect(page.locator(".unsent-badge")).to_be_visible()
    page.locator(".menu-button-round").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Uitloggen").click()
    expect(page.locator("[data-leave]")).to_contain_text("nog gesprekken die niet zijn verstuurd: 1")
    assert noor.axe() == []
    assert not noor.too_wide()
    with page.expect_navigation():
        page.get_by_role("button", name="Gooi weg en log uit").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    assert held(page) == {"me": [], "items": []}
    noor.context.set_offline(True)
    page.goto("/")
    expect(page.get_by_text("nadat je je op dit apparaat hebt aangemeld")).to_be_visible()
    expect(page.locator("[data-offline-form]")).to_be_hidden()


def test_an_ended_session_keeps_everything_and_a_colleague_sees_and_sends_nothing(
    noor: Someone, stack: Stack
) -> None:
    page, name = noor.page, anybody()
    noor.context.set_offline(True)
    page.goto("/")
    write(page, name)
    keep(page)
    noor.context.clear_cookies()
    noor.context.set_offline(False)
    page.get_by_role("button", name="Verstuur nu").click()
    expect(page.get_by_role("link", name="Meld je aan")).to_be_visible()
    assert len(held(page)["items"]) == 1

    noor.sign_in(MARIT)
    with_worker(noor)
    page.goto("/niet-verstuurd/")
    expect(page.locator("[data-unsent-empty]")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(name)
    assert len(held(page)["items"]) == 1
    assert files_of(stack, name) == 0

    noor.context.clear_cookies()
    noor.sign_in(NOOR)
    page.goto("/niet-verstuurd/")
    until(page, 0)
    assert files_of(stack, name) == 1


def test_no_page_about_people_is_ever_kept_on_the_device(noor: Someone) -> None:
    page = noor.page
    page.goto("/kandidaten/")
    link = page.locator("main a.row-link").first
    words = link.inner_text().split()
    page.goto(link.get_attribute("href") or "")
    page.goto("/vandaag/")
    kept = page.evaluate(CACHED)
    pages = {path for path in kept if not path.startswith("/static/")}
    assert pages == {"/offline/nl/", "/offline/en/"}
    for path in pages:
        assert not [word for word in (*words, "Noor", "zuidwest", "csrf") if word in kept[path]]
    noor.context.set_offline(True)
    page.goto("/kandidaten/")
    expect(page.get_by_text("Je hebt nu geen verbinding")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(words[0])
