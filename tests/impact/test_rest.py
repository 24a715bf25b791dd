"""Amounts of a year beside those of its quarters: what a quarter hid, the year does not tell."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models import Conversation, Fund
from impact import earlier, snapshots
from impact.publishing import publish
from impact.web import Earlier
from tests.candidates.factories import CandidateFactory

STARTS = [date(2025, month, 1) for month in (1, 4, 7, 10)]
YEAR = (STARTS[0], date(2025, 12, 31))
PERIODS = [*zip(STARTS, (day - timedelta(days=1) for day in [*STARTS[1:], date(2026, 1, 1)]), strict=True)]


def spoken(fund: Fund, by: Membership, quarters: list[int]) -> None:
    """An hour on the fund with so many people in each quarter."""
    people = CandidateFactory.create_batch(max(quarters), bureau=fund.bureau)
    for day, count in zip(STARTS, quarters, strict=True):
        for person in people[:count]:
            Conversation.objects.create(
                bureau=fund.bureau, candidate=person, by=by, minutes=60, fund=fund, held_on=day
            )


def report(bureau: Bureau, days: tuple[date, date], before: list[Earlier]) -> tuple[dict[str, Any], Earlier]:
    """What a report over these days publishes, and as what a later one would find it."""
    with snapshots.one_moment(bureau, reason="test"):
        figures, units = earlier.measure(bureau, since=days[0], until=days[1], reports=before)
    published, guard = publish(figures, earlier=before, units=units)
    kept = earlier.frozen(figures, guard, before)
    own = Earlier(
        str(days[0]),
        *days,
        frozenset(kept["printed"]),
        frozenset(kept["hidden"]),
        kept["counts"],
        kept["proof"],
    )
    return published["figures"], own


@pytest.mark.parametrize(
    ("quarters", "released", "status"),
    [
        ([6, 6, 6, 6], 4, "shown"),
        ([6, 6, 6, 2], 4, "hidden"),
        ([6, 6, 6, 2], 3, "hidden"),
        ([6, 6, 6, 2], 0, "shown"),
    ],
)  # fmt: skip
def test_a_year_beside_its_quarters_tells_no_hidden_quarter(
    quarters: list[int], released: int, status: str, bureau: Bureau, coach: Membership
) -> None:
    fund = Fund.objects.create(bureau=bureau, name="ESF+")
    spoken(fund, coach, quarters)
    name, before = f"funds:{fund.pk}", []
    for days, people in list(zip(PERIODS, quarters, strict=True))[:released]:
        figures, own = report(bureau, days, [])
        assert figures[name]["status"] == ("shown" if people >= 5 else "hidden")
        before.append(own)
    year, _own = report(bureau, YEAR, before)
    assert year[name]["status"] == status
