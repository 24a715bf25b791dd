"""What only a real browser can tell: axe finds nothing, nothing scrolls sideways, keys do what they say."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import sync_playwright

from buurtbaan.bureaus.enums import Role
from tests.bureaus.factories import MembershipFactory

pytestmark = pytest.mark.e2e
SITE = "http://localhost"
SMALLEST, PHONE, LAPTOP = (320, 640), (360, 740), (1280, 900)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIGNED_OUT = ["/accounts/login/", "/accounts/login/code/", "/accounts/password/reset/", "/weg/"]
TOUCHED = "a.btn, button, summary, .bottom-nav a, .chip, .segment, .daypart-cell, .tabs a, .pages a, select"
AXE = settings.BASE_DIR / "node_modules/axe-core/axe.min.js"


class Browser:
    """Chromium in a thread of its own, because Playwright's event loop and Django's database do not mix.

    It shows answers that the test client already got, with their own headers, and static files from disk.
    """

    def __init__(self):
        self.thread = ThreadPoolExecutor(1)
        self.thread.submit(self._start).result()

    def _start(self):
        self.playwright = sync_playwright().start()
        program = next(
            filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
        )
        self.chromium = self.playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )

    def stop(self):
        self.thread.submit(self.chromium.close).result()
        self.thread.submit(self.playwright.stop).result()
        self.thread.shutdown()

    def show(self, answers, path, size, act, **options):
        """What `act(page)` gives back."""
        return self.thread.submit(self._show, answers, path, size, act, options).result()

    def _show(self, answers, path, size, act, options):
        context = self.chromium.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        page = context.new_page()
        page.problems = []
        page.on("console", lambda m: page.problems.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.route("**/*", lambda route: serve(route, answers))
        try:
            page.goto(SITE + path)
            return act(page)
        finally:
            context.close()


def serve(route, answers):
    parts = urlsplit(route.request.url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if path in answers:
        status, body, headers = answers[path]
        route.fulfill(status=status, body=body, headers=headers)
    elif parts.path.startswith("/static/") and (found := finders.find(parts.path.removeprefix("/static/"))):
        route.fulfill(path=Path(found))
    else:
        route.fulfill(status=404, body="")


def fetch(client, *paths):
    answers = {path: client.get(path) for path in paths}
    return {path: (a.status_code, a.content, dict(a.items())) for path, a in answers.items()}


def survey(page):
    """axe's findings, the page's width, and what the console said."""
    session = page.context.new_cdp_session(page)
    run = f"axe.run(document, {{runOnly: {RULES}}})"
    found = f"{run}.then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))"
    ask = {"expression": f"{AXE.read_text()};{found}", "awaitPromise": True, "returnByValue": True}
    findings = session.send("Runtime.evaluate", ask)["result"]["value"]
    return findings, page.evaluate("document.documentElement.scrollWidth"), page.problems


@pytest.fixture(scope="module")
def browser():
    browser = Browser()
    yield browser
    browser.stop()


@pytest.fixture
def examples(db, sign_in):
    client = sign_in(MembershipFactory(role=Role.PLATFORM, bureau=None))
    return fetch(client, "/onderdelen/", "/onderdelen/?fout=1")


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
@pytest.mark.parametrize("path", ["/onderdelen/", "/onderdelen/?fout=1"])
def test_the_components_are_accessible_and_fit(browser, examples, path, size):
    findings, width, problems = browser.show(examples, path, size, survey)
    assert findings == []
    assert width <= size[0]
    assert problems == []


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
@pytest.mark.parametrize("path", SIGNED_OUT)
def test_the_pages_before_signing_in_are_accessible_and_fit(browser, client, db, path, size):
    findings, width, problems = browser.show(fetch(client, path), path, size, survey)
    assert findings == []
    assert width <= size[0]
    assert [problem for problem in problems if "404" not in problem] == []


def test_everything_fits_the_smallest_phone(browser, examples, client):
    answers = examples | fetch(client, *SIGNED_OUT)
    widths = {
        path: browser.show(answers, path, SMALLEST, lambda page: page.evaluate("document.body.scrollWidth"))
        for path in answers
    }
    assert set(widths.values()) == {320}, widths


def test_large_letters_fit_the_smallest_phone(browser, sign_in, manager):
    client = sign_in(manager)
    client.post("/letters/")
    assert browser.show(fetch(client, "/mensen/"), "/mensen/", SMALLEST, survey)[:2] == ([], 320)


def test_errors_get_the_focus_and_lead_to_their_input(browser, examples):
    def act(page):
        first = page.evaluate("document.activeElement.className")
        page.click("a[href='#fout_hours']")
        return first, page.evaluate("document.activeElement.id")

    assert browser.show(examples, "/onderdelen/?fout=1", PHONE, act) == ("error-summary", "fout_hours")


def test_the_slash_key_goes_to_the_search_box(browser, examples):
    def act(page):
        page.keyboard.press("/")
        return page.evaluate("document.activeElement.name")

    assert browser.show(examples, "/onderdelen/", PHONE, act) == "q"


def test_not_knowing_and_ticking_dayparts_exclude_each_other(browser, examples):
    def act(page):
        count = "document.querySelectorAll('#goed_dayparts [data-tick]:checked').length"
        seen = [page.evaluate(count)]
        page.click("[data-all='part 2']")
        seen.append(page.evaluate(count))
        page.check("#goed_dayparts_unknown")
        seen.append(page.evaluate(count))
        page.check("#goed_dayparts_4", force=True)
        return [*seen, page.is_checked("#goed_dayparts_unknown")]

    assert browser.show(examples, "/onderdelen/", PHONE, act) == [6, 13, 0, False]


def test_words_are_found_while_typing_and_chosen_ones_stay(browser, examples):
    def act(page):
        page.fill("[data-term-filter]", "REKE")
        return page.locator(".chip:visible").all_inner_texts()

    assert browser.show(examples, "/onderdelen/", LAPTOP, act) == ["geduld hebben", "koken", "rekenen"]


def test_targets_are_large_enough_for_a_thumb(browser, examples):
    def act(page):
        return page.evaluate(
            """seen => [...document.querySelectorAll(seen)]
            .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5)
            .map(e => e.outerHTML.slice(0, 120))""",
            TOUCHED,
        )

    assert browser.show(examples, "/onderdelen/", PHONE, act) == []


def test_without_scripts_the_way_round_and_the_form_still_work(browser, examples):
    def act(page):
        page.check("#goed_dayparts_0", force=True)
        page.click(".menu-button-round")
        return (
            page.is_visible(".bottom-nav a >> nth=0"),
            page.is_visible("[data-term-filter]"),
            page.is_checked("#goed_dayparts_0"),
            page.is_visible("text=Uitloggen"),
        )

    seen = browser.show(examples, "/onderdelen/", PHONE, act, java_script_enabled=False)
    assert seen == (True, False, True, True)
