"""Every page that a role can reach by its links: it works, axe finds nothing, and it fits a phone and a laptop."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.e2e.conftest import LAPTOP, PHONE, Someone
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e

WHO = {
    "connector": "noor@zuidwest.example",
    "coach": "marit@zuidwest.example",
    "manager": "jolanda@zuidwest.example",
    "employer": "contact@tweedevilt.example",
    "candidate": "",
    "municipality": "pieter@denhaag.example",
    "platform": "beheer@buurtbaan.example",
}
MOST = 70
NOT_OURS = ("/beheer/", "/accounts/logout", "/taal/", "/static/")
FILES = re.compile(r"\.(pdf|xlsx|csv|json|ics|webmanifest|png)$|concept|/bewijs/$")


SHAPE = """() => {
  const shape = (at, leave) => {
    if (at === leave || !at.checkVisibility()) return '';
    const marks = [...at.attributes].filter(one => /^(class|role|type|aria-|tabindex|lang|scope)/.test(one.name))
      .map(one => /^(class|role|type)$/.test(one.name) ? one.value : one.name);
    const says = [...at.childNodes].some(one => one.nodeType === 3 && one.data.trim()) ? '*' : '';
    const within = [...new Set([...at.children].map(one => shape(one, leave)))].join('');
    return `<${at.localName} ${marks.join(' ')}${says}${within}>`;
  };
  const main = document.querySelector('main');
  return [main ? shape(main) : '', shape(document.body, main)];
}"""
LOOKED_AT: set[tuple[int, str]] = set()
"""Shapes (elements, classes, marks; not words) that axe has seen at a width: the same shape gives the same finding."""


def kind_of(path: str) -> str:
    """Pages that differ only in which person or thing they show are one kind."""
    return re.sub(r"\d+|(?<=/kaarten/)[\w-]+", "*", path.partition("?")[0].partition("#")[0])


def enter(someone: Callable[..., Someone], stack: Stack, role: str) -> Someone:
    """Come in as a role; the candidate by the single-use link."""
    if WHO[role]:
        return someone(WHO[role], LAPTOP)
    person = someone("", LAPTOP)
    link = re.search(r"/i/[\w-]+/", stack.manage("demo_accounts"))
    assert link
    person.page.goto(link[0])
    with person.page.expect_navigation():
        person.page.locator("main button").first.click()
    return person


def links(person: Someone) -> list[str]:
    """Where one can go from here, within the product."""
    found = person.page.eval_on_selector_all(
        "a[href]", "all => all.map(a => new URL(a.getAttribute('href'), location).href)"
    )
    here = person.stack.address
    return [
        url.removeprefix(here).partition("#")[0]
        for url in found
        if url.startswith(here) and not url.removeprefix(here).startswith(NOT_OURS) and not FILES.search(url)
    ]


def looked_at(person: Someone, width: int) -> tuple[bool, bool]:
    """Whether axe saw what the page holds, and the frame around it, in this shape and at this width before."""
    main, frame = ((width, shape) for shape in person.page.evaluate(SHAPE))
    known = main in LOOKED_AT, frame in LOOKED_AT
    LOOKED_AT.update((main, frame))
    return known


def faults(person: Someone, path: str) -> list[str]:
    """What is wrong with a page at both sizes."""
    found = []
    answer = person.page.goto(path)
    if answer is None or answer.status >= 400:
        return [f"{path}: {answer and answer.status}"]
    for size in (LAPTOP, PHONE):
        person.page.set_viewport_size(size)  # type: ignore[arg-type]
        main_known, frame_known = looked_at(person, size["width"])
        if not (main_known and frame_known):
            findings = person.axe(frame_known=frame_known)
            found += [f"{path} at {size['width']}: {finding}" for finding in findings]
        if person.too_wide():
            found.append(f"{path} at {size['width']}: scrolls sideways")
    return found


@pytest.mark.parametrize("role", list(WHO))
def test_every_page_of_a_role_works_for_everybody(
    role: str, someone: Callable[..., Someone], stack: Stack
) -> None:
    person = enter(someone, stack, role)
    waiting, seen, found = ["/"], set(), []
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        if kind_of(path) in seen:
            continue
        seen.add(kind_of(path))
        found += faults(person, path)
        waiting += links(person)
    assert found == [], "\n".join(found)
    assert person.complaints == []
    assert len(seen) >= 4
