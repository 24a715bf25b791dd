"""The manager's week: every number leads to the list behind it, in few queries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models import Candidate
from impact.models import FundingFlow, ImpactAssignment
from tests.candidates.factories import CandidateFactory
from tests.world import World

TODAY = timezone.localdate()
FRAME = 5
"""What a test puts around a request."""


def test_it_is_the_managers_first_page(manager: Membership, sign_in: Any) -> None:
    client = sign_in(manager)
    assert client.get(reverse("home")).url == reverse("impact:week")
    assert client.get(reverse("impact:week")).status_code == 200


def test_each_number_of_the_funnel_is_the_length_of_its_list(
    bureau: Bureau, manager: Membership, coach: Membership, sign_in: Any
) -> None:
    for days, source in (
        (0, "walk_in"),
        (0, "referral"),
        (TODAY.weekday(), "walk_in"),
        (TODAY.weekday() + 1, "walk_in"),
    ):
        CandidateFactory(bureau=bureau, coach=coach, source=source, entered_on=TODAY - timedelta(days=days))
    client = sign_in(manager)
    page = client.get(reverse("impact:week"))
    entered = page.context["funnel"][0]
    assert entered["week"] == 3
    quarter = page.context["quarter"]
    assert entered["quarter"] == Candidate.objects.filter(entered_on__gte=quarter).count()
    assert len(client.get(entered["week_url"]).context["people"]) == 3
    for _label, count, url in page.context["sources"]["links"]:
        assert len(client.get(url).context["people"]) == count
    assert page.context["coaches"][0]["count"] == 4


def test_a_goal_leads_to_the_people_who_reached_it(world: World, sign_in: Any) -> None:
    manager = world.members["manager"]  # type: ignore[index]
    client = sign_in(manager)
    url = reverse("impact:week_people")
    assert client.get(url, {"opdracht": world.assignment.pk}).status_code == 200
    assert client.get(url, {"opdracht": "999999"}).status_code == 404
    for odd in ({"stap": "x", "van": "gisteren"}, {"van": "9999-01-01"}, {"bron": "<b>"}):
        assert client.get(url, odd).status_code == 200


def test_few_queries_and_few_bytes_however_many_people(
    bureau: Bureau, manager: Membership, coach: Membership, sign_in: Any, count_queries: Any
) -> None:
    year = {"since": date(TODAY.year, 1, 1), "until": date(TODAY.year, 12, 31)}
    goal = {"bureau": bureau, "client": "Gemeente", "result": "entered", "amount": 20_000, "target": 30}
    client, url, seen = sign_in(manager), reverse("impact:week"), []
    ImpactAssignment.objects.create(**goal, **year, name="Opdracht")
    for people in (5, 45):
        ImpactAssignment.objects.create(**goal, **year, name=f"Opdracht {people}")
        FundingFlow.objects.create(
            bureau=bureau, year=TODAY.year, direction="in", source=f"G{people}", amount=5
        )
        for number in range(people):
            CandidateFactory(bureau=bureau, coach=coach, entered_on=TODAY - timedelta(days=number % 60))
        client.get(url)
        seen.append(count_queries(lambda: client.get(url)))
    assert seen[0] == seen[1] <= 12 + FRAME
    assert len(client.get(url).content) < 60_000
