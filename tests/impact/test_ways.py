"""From the manager's own pages to what the municipality reads."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from impact.models import Release
from tests.world import World


def test_a_released_report_leads_to_what_the_municipality_reads(
    world: World, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(world.members[Role.MANAGER])
    page, there = reverse("impact:report", args=[world.release.report_id]), world.release.pk
    link = f'href="{reverse("impact:released", args=[there])}"'
    assert link in client.get(page).content.decode()
    assert (
        f'href="{reverse("impact:released_list")}"'
        in client.get(reverse("impact:report_list")).content.decode()
    )
    Release.objects.filter(pk=there).update(withdrawn_at=timezone.now())
    assert link not in client.get(page).content.decode()
