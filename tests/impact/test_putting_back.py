"""What was taken off a list of money comes back from the message after it, within the day and once."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from candidates.models import FundDeadline
from impact.models import FundingFlow, ImpactAssignment
from tests.world import World

YEAR = timezone.localdate().year


def _undo(page: str) -> str:
    """The address in the message that puts back what was taken off."""
    return (
        page.split('action="' + reverse("impact:put_back", args=["x"])[:-2])[1]
        .split('"')[0]
        .replace("&amp;", "&")
    )


def test_an_assignment_taken_off_comes_back_with_its_number_and_its_money(world: World, sign_in: Any) -> None:
    client, row = sign_in(world.members[Role.MANAGER]), world.assignment
    flow = FundingFlow.objects.create(
        bureau=world.bureau, assignment=row, year=YEAR, direction="in", source="Gemeente", amount=20000
    )
    page = client.post(reverse("impact:assignment_remove", args=[row.pk]), follow=True).content.decode()
    assert not ImpactAssignment.objects.filter(pk=row.pk).exists()
    base = reverse("impact:put_back", args=["x"])[:-2]
    for _tap in range(2):
        client.post(base + _undo(page))
    again = ImpactAssignment.objects.get(pk=row.pk)
    assert (again.name, again.amount, again.target) == (row.name, row.amount, row.target)
    flow.refresh_from_db()
    assert flow.assignment_id == row.pk
    assert client.post(base + "opdracht/?rij=vals").status_code == 404
    wrong_kind = _undo(page).replace("opdracht", "termijn")
    assert client.post(base + wrong_kind).status_code == 404


def test_a_deadline_taken_off_comes_back_and_not_at_another_bureau(
    world: World, other_world: World, sign_in: Any
) -> None:
    client, row = sign_in(world.members[Role.MANAGER]), world.fund_deadline
    page = client.post(reverse("impact:deadline_remove", args=[row.pk]), follow=True).content.decode()
    undo = reverse("impact:put_back", args=["x"])[:-2] + _undo(page)
    assert sign_in(other_world.members[Role.MANAGER]).post(undo).status_code == 404
    client.post(undo)
    assert FundDeadline.objects.get(pk=row.pk).what == row.what
    assert "staat er al weer" in client.post(undo, follow=True).content.decode()
