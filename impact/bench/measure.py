"""Asks every page a number of times and sets its time against that of an empty page."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from buurtbaan.bureaus.models import Membership
from impact.bench.data import Stage

ROUNDS = 15


@dataclass(frozen=True)
class Reading:
    """One page: median server time in milliseconds, how often the floor, queries, bytes of HTML, and the goal."""

    name: str
    milliseconds: float
    times_floor: float
    queries: int
    bytes: int
    goal: str
    reached: bool

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
    post: dict[str, str] | None = None


def _plain(name: str, query: str = "") -> Callable[[Stage], str]:
    return lambda stage: reverse(name) + query


PAGES = (
    Page("day list", _plain("matching:today")),
    Page("caseload, own people", _plain("candidates:caseload")),
    Page("caseload, whole bureau", _plain("candidates:caseload"), as_manager=True),
    Page("candidate search", _plain("candidates:caseload", "?q=ara"), as_manager=True),
    Page(
        "possible doubles", _plain("candidates:doubles"), post={"first_name": "Mariam", "last_name": "Donker"}
    ),
    Page("board", _plain("candidates:board")),
    Page(
        "candidate file", lambda s: reverse("candidates:file", args=[s.candidate_id]), times=4.0, queries=15
    ),
    Page("employer list", _plain("employers:employer_list")),
    Page("position list", _plain("employers:position_list")),
    Page("position → candidates", lambda s: reverse("matching:position_suggestions", args=[s.position_id])),
    Page("candidate → positions", lambda s: reverse("matching:candidate_suggestions", args=[s.candidate_id])),
    Page("matches", _plain("matching:match_list")),
    Page("placements", _plain("matching:placement_list")),
    Page("reports", _plain("impact:report_list"), as_manager=True),
)


def measure(stage: Stage, rounds: int = ROUNDS) -> list[Reading]:
    """The floor first, then every page; medians of `rounds` after two to warm up."""
    with override_settings(ROOT_URLCONF="impact.bench.urls"):
        coach, manager = _client(stage.coach), _client(stage.manager)
        floor = _median(coach, reverse("floor"), rounds)
        found = [
            _reading(
                "floor", coach, reverse("floor"), floor, floor, Page("floor", _plain("floor"), times=1.01)
            )
        ]
        for page in PAGES:
            client, url = manager if page.as_manager else coach, page.url(stage)
            found.append(
                _reading(page.name, client, url, _median(client, url, rounds, page.post), floor, page)
            )
    return found


def _client(membership: Membership) -> Client:
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]}, raise_request_exception=True)
    client.force_login(membership.user)
    session = client.session
    session["membership"] = membership.pk
    session.save()
    return client


def _median(client: Client, url: str, rounds: int, post: dict[str, str] | None = None) -> float:
    times = []
    for number in range(rounds + 2):
        start = time.perf_counter()
        response = client.get(url) if post is None else client.post(url, post)
        times.append((time.perf_counter() - start) * 1000)
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}")
        if number < 2:
            times.clear()
    return statistics.median(times)


def _reading(name: str, client: Client, url: str, took: float, floor: float, page: Page) -> Reading:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url) if page.post is None else client.post(url, page.post)
    size, queries = len(response.content), len(captured)
    reached = took <= page.times * floor and queries <= page.queries and size <= page.kilobytes * 1024
    goal = f"≤ {page.times:g} × floor, ≤ {page.queries} queries, ≤ {page.kilobytes} KB"
    return Reading(name, round(took, 2), round(took / floor, 2), queries, size, goal, reached)
