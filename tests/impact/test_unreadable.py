"""Words that turn out to name somebody go, from the line and from the trail; the amounts and hours stay."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone

from buurtbaan.audit.models import Change
from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.scope import Scope, scoped
from candidates.models import Fund, HourClaim
from impact.models import CashbookEntry
from impact.services import cashbook, claims
from impact.services.unreadable import UNREADABLE

NAME = "Achternaam"


@pytest.fixture
def entry(bureau: Bureau, coach: Membership) -> CashbookEntry:
    """A line that was corrected twice, the first time in vain."""
    values = {"on": timezone.localdate(), "activity": f"Koffie met {NAME}", "stakeholder": "residents", "cost": 12,
              "cost_known": "receipt", "value": None, "value_known": "", "note": f"{NAME} kwam"}  # fmt: skip
    with scoped(Scope.for_membership(coach)):
        first = cashbook.note(values=values, by=coach)
        gone = cashbook.correct(entry=first, values=values, by=coach)
        cashbook.take_back(entry=gone, by=coach)
        return cashbook.correct(entry=first, values={**values, "note": ""}, by=coach)


def _in_trail(bureau: Bureau) -> bool:
    found = Change.objects.filter(bureau_id=bureau.pk).values_list("before", "after")
    return any(NAME in str(line) for line in found)


def test_a_manager_makes_a_line_and_what_it_replaced_unreadable(
    bureau: Bureau, entry: CashbookEntry, manager: Membership, sign_in: Any
) -> None:
    assert _in_trail(bureau)
    client, url = sign_in(manager), reverse("impact:unreadable", args=["kasboek", entry.pk])
    page = client.get(reverse("impact:cashbook_entry", args=[entry.pk])).content.decode()
    assert url in page
    assert NAME in client.get(url).content.decode()
    assert CashbookEntry.objects.get(pk=entry.pk).activity != UNREADABLE
    client.post(url)
    found = list(CashbookEntry.objects.order_by("pk").values_list("activity", "note", "cost"))
    assert found == [(UNREADABLE, UNREADABLE, 12), (UNREADABLE, UNREADABLE, 12), (UNREADABLE, "", 12)]
    assert not _in_trail(bureau)
    last = Change.objects.filter(table="impact_cashbookentry", action="UPDATE").order_by("pk").last()
    assert last
    assert last.actor_id == manager.pk
    page = client.get(reverse("impact:cashbook_entry", args=[entry.pk])).content.decode()
    assert url not in page
    assert NAME not in page


def test_an_old_line_can_go_while_the_one_that_counts_stays(
    entry: CashbookEntry, manager: Membership, sign_in: Any
) -> None:
    sign_in(manager).post(reverse("impact:unreadable", args=["kasboek", entry.replaces_id]))
    assert CashbookEntry.objects.exclude(activity=UNREADABLE).get() == entry


def test_words_beside_hours_go_and_the_hours_stay(bureau: Bureau, manager: Membership, sign_in: Any) -> None:
    fund = Fund.objects.create(bureau=bureau, name="ESF+")
    claim = claims.claim_hours(
        fund=fund, worker=manager, day=timezone.localdate(), starts=time(0), ends=time(1), what=f"Huis van {NAME}",
        by=manager,
    )  # fmt: skip
    claims.take_back_claim(claim=claim, reason=f"was {NAME}", by=manager)
    sign_in(manager).post(reverse("impact:unreadable", args=["uren", claim.pk]))
    found = HourClaim.objects.get()
    assert (found.what, found.void_reason, found.minutes) == (UNREADABLE, UNREADABLE, 60)
    assert not _in_trail(bureau)


def test_the_trail_keeps_what_can_still_be_read_and_is_the_managers_alone(
    entry: CashbookEntry, manager: Membership, coach: Membership
) -> None:
    def blank(by: Membership) -> None:
        with transaction.atomic(), scoped(Scope.for_membership(by)), connection.cursor() as cursor:
            cursor.execute("SELECT blank_trail('impact_cashbookentry', %s)", [[entry.pk]])

    with pytest.raises(DatabaseError, match="still be read"):
        blank(manager)
    CashbookEntry.objects.filter(pk=entry.pk).update(activity=UNREADABLE)
    with pytest.raises(DatabaseError, match="only a manager"):
        blank(coach)
    blank(manager)


def test_the_forms_ask_for_no_names(coach: Membership, sign_in: Any) -> None:
    client = sign_in(coach)
    Fund.objects.create(bureau_id=coach.bureau_id, name="ESF+")
    for name in ("cashbook_new", "claim_new"):
        assert "geen namen van mensen" in client.get(reverse(f"impact:{name}")).content.decode()
