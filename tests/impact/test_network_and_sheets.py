"""The comparison between bureaus, and success sheets: released figures and nothing else."""

from __future__ import annotations

import io
import random
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from impact.beside import MIN_OTHERS, SHARED, comparison, shares
from impact.models import NetworkFigure, NetworkPlace, Release, StoryPurpose, SuccessSheet
from impact.publishing import publish
from impact.services import network
from impact.services import stories as story_services
from impact.services import success as sheet_services
from impact.success import sheet_pdf
from tests.impact.invented import figures_of, invent
from tests.impact.test_stories import agreed, released
from tests.world import World

SignIn = Callable[[Membership], Client]
SINCE, UNTIL = date(2026, 1, 1), date(2026, 6, 30)


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    """A report of sixty invented people, after disclosure control."""
    return publish(figures_of(invent(random.Random(4), 60, SINCE, 180), SINCE, UNTIL))[0]


def others(count: int, *, name: str = "") -> None:
    for number in range(count):
        key = uuid.uuid4()
        for shared in SHARED:
            NetworkFigure.objects.create(
                key=key, name=name, indicator=shared.id, percent=40 + 10 * number, since=SINCE, until=UNTIL
            )


def joined(world: World, figures: dict[str, Any], *, named: bool = False) -> NetworkPlace:
    if not Release.objects.filter(bureau=world.bureau, version=9).exists():
        released(world, figures)
    with scoped(Scope.for_membership(world.members[Role.MANAGER])):
        return network.join(bureau=world.bureau, named=named, by=world.members[Role.MANAGER])


def test_only_shares_of_printed_counts_of_enough_people_are_shared(figures: dict[str, Any]) -> None:
    found = dict(shares(figures))
    entered, started = (figures["figures"][f"funnel:{name}"]["value"] for name in ("entered", "started"))
    assert found["started"] == round(100 * started / entered)
    hidden = {**figures["figures"], "funnel:started": {"status": "hidden", "value": None, "unit": "people"}}
    assert not {"started", "paid", "inside"} & dict(shares({"figures": hidden})).keys()
    small = {name: {"status": "shown", "value": 9, "unit": "people"} for name in figures["figures"]}
    assert dict(shares({"figures": small})) == {}


def test_joining_shares_and_leaving_takes_all_of_it_back(world: World, figures: dict[str, Any]) -> None:
    place = joined(world, figures)
    rows = NetworkFigure.objects.filter(key=place.key)
    assert rows.count() == len(dict(shares(figures)))
    assert set(rows.values_list("name", flat=True)) == {""}
    joined(world, figures, named=True)
    assert set(rows.values_list("name", flat=True)) == {world.bureau.name}
    with scoped(Scope.for_membership(world.members[Role.MANAGER])):
        network.leave(bureau=world.bureau, by=world.members[Role.MANAGER])
    assert not rows.exists()


def test_a_withdrawn_report_leaves_the_comparison(world: World, figures: dict[str, Any]) -> None:
    place = joined(world, figures)
    Release.objects.filter(bureau=world.bureau).update(withdrawn_at=timezone.now())
    with scoped(Scope.for_membership(world.members[Role.MANAGER])):
        network.share(world.bureau)
    assert not NetworkFigure.objects.filter(key=place.key).exists()


def test_nothing_of_others_is_shown_until_they_are_enough(world: World, figures: dict[str, Any]) -> None:
    place = joined(world, figures)
    NetworkFigure.objects.exclude(key=place.key).delete()
    others(MIN_OTHERS - 1, name="Ander bureau")
    found = comparison(place.key)
    assert not found.enough
    assert all(one.low is one.middle is one.high is None and not one.named for one in found.results)
    others(1)
    started = next(one for one in comparison(place.key).results if one.shared.id == "started")
    assert (started.low, started.middle, started.high) == (40, 40, 50)
    assert started.named == (("Ander bureau", 40), ("Ander bureau", 50))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MANAGER])
def test_only_managers_that_take_part_read_the_comparison(
    world: World, figures: dict[str, Any], role: Role
) -> None:
    with scoped(Scope.for_membership(world.members[Role.MANAGER])):
        assert not NetworkFigure.objects.exists()
    joined(world, figures)
    with scoped(Scope.for_membership(world.members[role])):
        assert not NetworkFigure.objects.exists()


def test_nobody_writes_figures_of_another(world: World, figures: dict[str, Any]) -> None:
    joined(world, figures)
    others(1)
    row = {"key": uuid.uuid4(), "indicator": "started", "percent": 5, "since": SINCE, "until": UNTIL}
    with scoped(Scope.for_membership(world.members[Role.MANAGER])):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            NetworkFigure.objects.create(**row)
        place = NetworkPlace.objects.get(left_at=None)
        assert NetworkFigure.objects.exclude(key=place.key).update(percent=1) == 0


def test_the_comparison_on_the_page_and_as_a_workbook(
    world: World, figures: dict[str, Any], sign_in: SignIn, count_queries: Callable[[Callable[[], Any]], int]
) -> None:
    client, url = sign_in(world.members[Role.MANAGER]), reverse("impact:network")
    assert "Wil je meedoen" in client.get(url).text
    released(world, figures)
    client.post(reverse("impact:network_join"))
    assert "Nog te weinig bureaus" in client.get(url).text
    others(MIN_OTHERS)
    page = client.get(url)
    assert "Met wie we werken" in page.text
    assert len(page.content) < 60_000
    assert count_queries(lambda: client.get(url)) <= 12
    assert client.get(reverse("impact:network_book")).status_code == 200
    client.post(reverse("impact:network_leave"))
    assert "Wil je meedoen" in client.get(url).text


@pytest.fixture
def sheet(world: World, figures: dict[str, Any]) -> SuccessSheet:
    """A sheet with the longest story that fits, and a yes for it."""
    release = released(world, figures)
    long = "Sem maakt fietsen en dat gaat elke week beter. " * 60
    type(world.story).objects.filter(pk=world.story.pk).update(
        text=long[: sheet_services.LONGEST_STORY].strip()
    )
    world.story.refresh_from_db()
    agreed(world, StoryPurpose.SHEET)
    made = {
        "release": release,
        "story": world.story,
        "language": "nl",
        "headline": "Zestig mensen verder",
    }
    words = {
        "call": "Bied een werkplek aan. " * 10,
        "contact": "Bureau Proef, 070 000 00 00, info@proef.example",
    }
    return sheet_services.make(bureau=world.bureau, values=made | words, by=world.members[Role.MANAGER])


def _text(sheet: SuccessSheet) -> tuple[int, str]:
    found = PdfReader(io.BytesIO(sheet_pdf(SuccessSheet.objects.get(pk=sheet.pk))))
    return len(found.pages), " ".join(found.pages[0].extract_text().split())


def test_a_sheet_is_one_page_with_the_longest_story(sheet: SuccessSheet, world: World) -> None:
    sheet_services.issue(sheet=sheet, by=world.members[Role.MANAGER])
    pages, text = _text(sheet)
    assert pages == 1
    assert "Sem maakt fietsen" in text
    assert "Zestig mensen verder" in text


def test_a_story_that_is_taken_back_leaves_the_sheet_at_once(
    sheet: SuccessSheet, world: World, sign_in: SignIn
) -> None:
    sheet_services.issue(sheet=sheet, by=world.members[Role.MANAGER])
    asked = world.story.consents.get(answer="yes")
    story_services.withdraw(asked=asked, by=world.members[Role.CANDIDATE])
    assert "Sem" not in _text(sheet)[1]
    page = sign_in(world.members[Role.MANAGER]).get(reverse("impact:success", args=[sheet.pk]))
    assert "Het verhaal staat er niet meer op" in page.text
    again = sheet_services.make(
        bureau=world.bureau, by=world.members[Role.MANAGER],
        values={"release": sheet.release, "story": world.story, "headline": "x", "call": "x", "contact": "x"},
    )  # fmt: skip
    with pytest.raises(NotAllowedNow, match="geen ja"):
        sheet_services.issue(sheet=again, by=world.members[Role.MANAGER])


def test_the_pages_of_a_sheet_in_english(sheet: SuccessSheet, world: World, sign_in: SignIn) -> None:
    client = sign_in(world.members[Role.MANAGER])
    words = {
        "release": sheet.release.pk,
        "language": "en",
        "headline": "Sixty people",
        "call": "Join",
        "contact": "us",
    }
    answer = client.post(reverse("impact:success_new"), words | {"story": world.story.pk})
    assert "niet in het Engels" in answer.text
    made = client.post(reverse("impact:success_new"), words)
    assert "Sixty people" in client.get(made["Location"]).text
    pk = SuccessSheet.objects.get(headline="Sixty people").pk
    assert client.get(reverse("impact:success_pdf", args=[pk])).status_code == 404
    client.post(reverse("impact:success_issue", args=[pk]))
    pdf = client.get(reverse("impact:success_pdf", args=[pk]))
    assert pdf["Content-Type"] == "application/pdf"
    assert timedelta(0) <= timezone.now() - SuccessSheet.objects.get(pk=pk).issued_at
    assert "Succesbladen" in client.get(reverse("impact:success_list")).text
