"""Asks every page a number of times, an empty page before each, and sets their times side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from buurtbaan.bureaus.models import Membership
from impact.bench.clock import Act, Clock, Times
from impact.bench.data import Stage

ROUNDS = 15


@dataclass(frozen=True)
class Reading:
    """One line: median milliseconds and the middle half, how often `against`, and whether the goal was reached."""

    name: str
    milliseconds: float
    low: float
    high: float
    wall: float
    times: float
    against: str
    goal: str
    reached: bool
    queries: int | None = None
    bytes: int | None = None

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Page:
    """A page and its goals: times the floor, queries, kilobytes."""

    name: str
    url: Callable[[Stage], str]
    as_manager: bool = False
    times: float = 3.0
    queries: int = 12
    kilobytes: int = 60


def _plain(name: str, query: str = "") -> Callable[[Stage], str]:
    return lambda stage: reverse(name) + query


FLOOR = Page("floor", _plain("floor"), times=1.25)
PAGES = (
    FLOOR,
    Page("day list", _plain("matching:today")),
    Page("caseload, own people", _plain("candidates:caseload")),
    Page("caseload, whole bureau", _plain("candidates:caseload"), as_manager=True),
    Page("candidate search", _plain("candidates:caseload", "?q=voornaam77"), as_manager=True),
    Page("board", _plain("candidates:board")),
    Page(
        "candidate file", lambda s: reverse("candidates:file", args=[s.candidate_id]), times=4.0, queries=15
    ),
    Page("employer list", _plain("employers:employer_list")),
    Page("map of employers", _plain("employers:employer_map")),
    Page("position list", _plain("employers:position_list")),
    Page("position → candidates", lambda s: reverse("matching:position_suggestions", args=[s.position_id])),
    Page("candidate → positions", lambda s: reverse("matching:candidate_suggestions", args=[s.candidate_id])),
    Page("matches", _plain("matching:match_list")),
    Page("placements", _plain("matching:placement_list")),
    Page("reports", _plain("impact:report_list"), as_manager=True),
)


def pages(stage: Stage, clock: Clock, rounds: int = ROUNDS) -> list[Reading]:
    """Every page beside the floor; the floor's own line tells how steady the machine is."""
    with override_settings(ROOT_URLCONF="impact.bench.urls"):
        coach, manager = signed_in(stage.coach), signed_in(stage.manager)
        floor = visit(coach, reverse("floor"))
        found = []
        for page in PAGES:
            client, url = manager if page.as_manager else coach, page.url(stage)
            under, took = clock.turns([floor, visit(client, url)], rounds)
            found.append(_reading(page, client, url, took, under))
    return found


def signed_in(membership: Membership) -> Client:
    """A browser of somebody who works in this role."""
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]}, raise_request_exception=True)
    client.force_login(membership.user)
    session = client.session
    session["membership"] = membership.pk
    session.save()
    return client


def visit(client: Client, url: str) -> Act:
    """Opening a page that must be there."""

    def open_it() -> None:
        response = client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}")

    return open_it


def _reading(page: Page, client: Client, url: str, took: Times, floor: Times) -> Reading:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    size, queries, times = len(response.content), len(captured), took.median / floor.median
    reached = times <= page.times and queries <= page.queries and size <= page.kilobytes * 1024
    goal = f"≤ {page.times:g} × floor, ≤ {page.queries} queries, ≤ {page.kilobytes} KB"
    return reading(page.name, took, times, "floor", goal, reached, queries=queries, size=size)


def reading(
    name: str,
    took: Times,
    times: float,
    against: str,
    goal: str,
    reached: bool,
    *,
    queries: int | None = None,
    size: int | None = None,
) -> Reading:
    """A line of the table, rounded."""
    return Reading(
        name=name,
        milliseconds=round(took.median, 2),
        low=round(took.low, 2),
        high=round(took.high, 2),
        wall=round(took.wall, 2),
        times=round(times, 2),
        against=against,
        goal=goal,
        reached=reached,
        queries=queries,
        bytes=size,
    )
