"""The social cash book: quick to write, put right without losing a line."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau, Membership
from impact.models import CashbookEntry

TODAY = timezone.localdate()
QUICK = {
    "activity": "Koffieochtend",
    "stakeholder": "residents",
    "cost": "12,50",
    "value": "80",
    "known": "estimate",
}


@pytest.fixture
def entry(bureau: Bureau, coach: Membership) -> CashbookEntry:
    return CashbookEntry.objects.create(
        bureau=bureau,
        activity="Fietsen maken",
        stakeholder="participants",
        cost=10,
        cost_known="receipt",
        by=coach,
    )


def test_five_answers_are_enough_and_the_last_activity_stands_there_again(
    connector: Membership, sign_in: Any
) -> None:
    client, url = sign_in(connector), reverse("impact:cashbook_new")
    assert len(client.get(url).context["form"].fields) == 5
    client.post(url, QUICK)
    made = CashbookEntry.objects.get()
    assert (made.cost, made.value, made.cost_known, made.value_known) == (
        Decimal("12.50"),
        80,
        "estimate",
        "estimate",
    )
    assert (made.on, made.by) == (TODAY, connector)
    page = client.get(url)
    assert page.context["form"].initial["activity"] == "Koffieochtend"
    assert page.context["form"].initial["stakeholder"] == "residents"


def test_a_second_tap_writes_nothing_twice(connector: Membership, sign_in: Any) -> None:
    client, url = sign_in(connector), reverse("impact:cashbook_new")
    for _tap in range(2):
        client.post(url, {**QUICK, "once": "6a6f5c5e-3f56-4a0e-9d0d-1f0f6f0e4c11"})
    assert CashbookEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"cost": "-1"}, "cost"), ({"cost": "", "value": ""}, "cost"), ({"value": "9999999"}, "value"),
        ({"stakeholder": ""}, "stakeholder"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_the_field(
    wrong: dict[str, str], field: str, connector: Membership, sign_in: Any
) -> None:
    page = sign_in(connector).post(reverse("impact:cashbook_new"), {**QUICK, **wrong})
    assert field in page.context["form"].errors
    assert not CashbookEntry.objects.exists()


def test_an_amount_nobody_knows_stays_unknown(connector: Membership, sign_in: Any) -> None:
    client = sign_in(connector)
    client.post(reverse("impact:cashbook_new"), {**QUICK, "value": ""})
    made = CashbookEntry.objects.get()
    assert (made.value, made.value_known) == (None, "")
    assert "onbekend" in client.get(reverse("impact:cashbook")).content.decode()


def test_a_correction_keeps_the_old_line_to_be_read(
    entry: CashbookEntry, coach: Membership, sign_in: Any
) -> None:
    client, url = sign_in(coach), reverse("impact:cashbook_correct", args=[entry.pk])
    post = {"on": TODAY.isoformat(), "activity": "Fietsen maken", "stakeholder": "participants", "cost": "15",
            "cost_known": "receipt", "value": "200"}  # fmt: skip
    assert "value_known" in client.post(url, post).context["form"].errors
    for wrong in (TODAY + timedelta(days=1), TODAY - timedelta(days=4 * 366)):
        assert (
            client.post(url, {**post, "value_known": "asked", "on": wrong.isoformat()}).context["form"].errors
        )
    client.post(url, {**post, "value_known": "asked"})
    new = CashbookEntry.objects.holding().get()
    assert (new.cost, new.replaces_id) == (15, entry.pk)
    assert (
        "Wat er eerst stond" in client.get(reverse("impact:cashbook_entry", args=[new.pk])).content.decode()
    )
    assert (
        "Deze regel is verbeterd"
        in client.get(reverse("impact:cashbook_entry", args=[entry.pk])).content.decode()
    )
    assert client.get(url).status_code == 409
    client.post(reverse("impact:cashbook_undo", args=[new.pk]))
    assert CashbookEntry.objects.holding().get() == entry


def test_a_line_can_be_corrected_again_after_undo_and_has_one_line_in_its_place(
    entry: CashbookEntry, coach: Membership, sign_in: Any
) -> None:
    client, url = sign_in(coach), reverse("impact:cashbook_correct", args=[entry.pk])
    post = {
        "on": TODAY.isoformat(),
        "activity": "Fietsen maken",
        "stakeholder": "participants",
        "cost_known": "receipt",
    }
    for cost in ("15", "16"):
        assert client.post(url, {**post, "cost": cost}).status_code == 302
        new = CashbookEntry.objects.holding().get()
        assert (new.cost, new.replaces_id) == (int(cost), entry.pk)
        assert client.post(url, {**post, "cost": "17"}).status_code == 409
        if cost == "15":
            client.post(reverse("impact:cashbook_undo", args=[new.pk]))
    beside = {
        "bureau": entry.bureau,
        "activity": "Dubbel",
        "stakeholder": "residents",
        "cost": 1,
        "cost_known": "receipt",
    }
    with pytest.raises(IntegrityError, match="cashbook_replaced_once"), transaction.atomic():
        CashbookEntry.objects.create(**beside, replaces=entry)
    page = client.get(reverse("impact:cashbook_entry", args=[entry.pk])).content.decode()
    assert reverse("impact:cashbook_entry", args=[new.pk]) in page


def test_undo_lasts_a_day_and_a_line_never_changes(
    entry: CashbookEntry, coach: Membership, sign_in: Any
) -> None:
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        CashbookEntry.objects.filter(pk=entry.pk).update(cost=99)
    old = CashbookEntry.objects.create(
        bureau=entry.bureau, activity="Soep", stakeholder="residents", cost=1, cost_known="receipt", by=coach,
        noted_at=timezone.now() - timedelta(hours=25),
    )  # fmt: skip
    client = sign_in(coach)
    assert client.post(reverse("impact:cashbook_undo", args=[old.pk])).status_code == 409
    client.post(reverse("impact:cashbook_strike", args=[old.pk]))
    client.post(reverse("impact:cashbook_undo", args=[entry.pk]))
    assert not CashbookEntry.objects.holding().exists()
    assert CashbookEntry.objects.count() == 2


def test_only_the_writer_and_the_manager_put_a_line_right(
    entry: CashbookEntry, connector: Membership, manager: Membership, sign_in: Any
) -> None:
    url = reverse("impact:cashbook_correct", args=[entry.pk])
    assert sign_in(connector).get(url).status_code == 403
    assert sign_in(manager).get(url).status_code == 200
    assert sign_in(connector).get(reverse("impact:cashbook_entry", args=[entry.pk])).status_code == 200


def test_sums_per_kind_of_people_stand_above_the_list_and_in_the_workbook(
    bureau: Bureau, manager: Membership, sign_in: Any
) -> None:
    row = {"bureau": bureau, "cost_known": "receipt", "value_known": "asked"}
    for who, cost, value in (("residents", 10, 40), ("residents", 5, None), ("employers", None, 300)):
        CashbookEntry.objects.create(**row, activity="=Soep", stakeholder=who, cost=cost, value=value)
    client, url = sign_in(manager), reverse("impact:cashbook")
    sums = {
        line["code"]: (line["count"], line["cost"], line["value"]) for line in client.get(url).context["sums"]
    }
    assert sums == {"residents": (2, 15, 40), "employers": (1, None, 300), "": (3, 15, 340)}
    assert client.get(reverse("impact:cashbook_book")).status_code == 403
    Membership.objects.filter(pk=manager.pk).update(may_export=True)
    answer = client.post(reverse("impact:cashbook_book") + "?wie=residents", {"reason": "Jaarverslag"})
    book = openpyxl.load_workbook(BytesIO(answer.getvalue()))
    lines = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [line[1] for line in lines] == ["'=Soep", "'=Soep"]
    assert [row[1:] for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)] == [(2, 15, 40)]


def test_the_list_asks_as_much_with_fifty_lines_as_with_five(
    bureau: Bureau, manager: Membership, sign_in: Any, count_queries: Any
) -> None:
    client, url = sign_in(manager), reverse("impact:cashbook")
    seen = []
    for lines in (5, 45):
        CashbookEntry.objects.bulk_create(
            CashbookEntry(
                bureau=bureau, activity=f"Soep {n}", stakeholder="residents", cost=n, cost_known="receipt", by=manager
            )
            for n in range(lines)
        )  # fmt: skip
        client.get(url)
        seen.append(count_queries(lambda: client.get(url)))
    assert seen[0] == seen[1] <= 12
    assert len(client.get(url).content) < 60_000
