"""Workbooks of the app about money and reports leave with the right, a reason, a cap and a line in the log."""

from __future__ import annotations

from datetime import time
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from impact.models import Download
from impact.services import claims
from tests.world import World

KINDS = ("fund_hours", "cashbook_book", "download_log_book")
WHAT = {"fund_hours": "fund_hours", "cashbook_book": "cashbook", "download_log_book": "download_log"}


def _url(kind: str, world: World) -> str:
    return reverse(f"impact:{kind}", args=[world.fund_deadline.fund_id] if kind == "fund_hours" else [])


@pytest.fixture
def ours(world: World) -> World:
    """A world whose three lists have a line this year."""
    manager = world.members[Role.MANAGER]
    Membership.objects.filter(pk=manager.pk).update(may_export=True)
    claims.claim_hours(
        fund=world.fund_deadline.fund, worker=manager, day=timezone.localdate(), starts=time(0), ends=time(0, 30),
        what="Voorbereid", by=manager,
    )  # fmt: skip
    taken = world.release
    Download.objects.create(
        release=taken, bureau=taken.bureau, municipality=taken.municipality, kind="pdf", by_name="Mens"
    )
    return world


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_leaves_with_a_reason_and_a_line_in_the_log(kind: str, ours: World, sign_in: Any) -> None:
    client, url = sign_in(ours.members[Role.MANAGER]), _url(kind, ours)
    assert "Waarvoor heb je deze lijst nodig" in client.get(url).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 200
    assert not Reading.objects.filter(what=WHAT[kind]).exists()
    answer = client.post(url, {"reason": "Vraag van 100% fonds"})
    assert openpyxl.load_workbook(BytesIO(answer.getvalue())).worksheets[0].max_row > 1
    line = Reading.objects.get(what=WHAT[kind])
    assert line.reason.endswith("Vraag van 100% fonds")
    assert (line.actor_id, line.candidate_id, line.bureau_id) == (
        ours.members[Role.MANAGER].pk,
        None,
        ours.members[Role.MANAGER].bureau_id,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_needs_the_right_and_stays_below_the_cap(
    kind: str, ours: World, sign_in: Any, monkeypatch: Any
) -> None:
    client, url = sign_in(ours.members[Role.MANAGER]), _url(kind, ours)
    module = {"fund_hours": "fund_hours", "cashbook_book": "cashbook", "download_log_book": "downloads"}[kind]
    monkeypatch.setattr(f"impact.views.{module}.{'MOST' if module == 'downloads' else 'MOST_ROWS'}", 0)
    assert "De lijst is te lang" in client.post(url, {"reason": "x"}).content.decode()
    Membership.objects.filter(pk=ours.members[Role.MANAGER].pk).update(may_export=False)
    assert client.post(url, {"reason": "x"}).status_code == 403
