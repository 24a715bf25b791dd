"""A real browser before a real product."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from impact.demo.build import PASSWORD
from tests.e2e.stack import Stack, chromium, running

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
PATIENCE = 60_000
"""Milliseconds to wait for what must come; a machine that others use, too, may be slow for a while."""
expect.set_options(timeout=PATIENCE)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (Path(settings.BASE_DIR) / "node_modules/axe-core/axe.min.js").read_text()

RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
WHOLE_PAGE = {
    "type": "rule",
    "values": [
        "bypass", "document-title", "heading-order", "html-has-lang", "html-lang-valid", "landmark-main-is-top-level",
        "landmark-no-duplicate-main", "landmark-one-main", "landmark-unique", "meta-viewport", "page-has-heading-one",
        "region", "skip-link",
    ],
}  # fmt: skip


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running(tmp_path_factory.mktemp("stack")) as stack:
        yield stack


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop open in this thread
    path = chromium()
    assert path, "Install Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Someone:
    """A person at a screen; whatever the browser complains about ends up in `complaints`."""

    def __init__(self, browser: Browser, stack: Stack, viewport: dict[str, int]) -> None:
        self.stack = stack
        self.context: BrowserContext = browser.new_context(
            base_url=stack.address, viewport=viewport, locale="nl-NL", accept_downloads=True
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on(
            "request",
            lambda r: (
                None if r.url.startswith((stack.address, "data:", "blob:")) else self.complaints.append(r.url)
            ),
        )

    def _listen(self, message: ConsoleMessage) -> None:
        """No fault: an htmx request that a click cuts short, and a save that the form itself overtook (410)."""
        if message.type != "error" or message.text.startswith(("htmx:sendAbort", "htmx:afterRequest")):
            return
        complaint = f"{message.text} {message.location.get('url', '')}".strip()
        if not ("410" in complaint and complaint.endswith("/concepten/bewaar/")):
            self.complaints.append(complaint)

    def sign_in(self, email: str) -> Someone:
        self.page.goto("/accounts/login/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_url(re.compile(r"^(?!.*/accounts/login)"))
        return self

    def axe(self, *, frame_known: bool = False) -> list[str]:
        """What axe-core finds on the page as it is now, rule by rule.

        frame_known: all around `main` was looked at before; there only the rules about the page as a whole are asked.
        """
        if not self.page.evaluate("() => typeof window.axe !== 'undefined'"):
            self.page.evaluate(AXE)
        found = self._violations("main", RULES) if frame_known else []
        found += self._violations(None, WHOLE_PAGE if frame_known else RULES)
        return [
            f"{v['id']}: {v['help']} ({'; '.join(n['html'][:120] for n in v['nodes'][:3])})" for v in found
        ]

    def _violations(self, within: str | None, rules: dict[str, Any]) -> list[dict[str, Any]]:
        options = {"resultTypes": ["violations"], "preload": False, "runOnly": rules}
        result: dict[str, Any] = self.page.evaluate(
            "([within, options]) => axe.run(within || document, options)", [within, options]
        )
        return list(result["violations"])

    def too_wide(self) -> bool:
        """Whether the page scrolls sideways."""
        return bool(
            self.page.evaluate(
                "() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
            )
        )

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def someone(browser: Browser, stack: Stack) -> Iterator[Callable[..., Someone]]:
    """someone("noor@zuidwest.example", PHONE): a person who is signed in, or a stranger without an address."""
    made: list[Someone] = []

    def make(email: str = "", viewport: dict[str, int] = LAPTOP) -> Someone:
        person = Someone(browser, stack, viewport)
        made.append(person)
        return person.sign_in(email) if email else person

    yield make
    for person in made:
        person.close()
