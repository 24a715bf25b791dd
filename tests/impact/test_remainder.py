"""Whoever is erased still counts, without being there."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from buurtbaan.bureaus.models import Bureau
from candidates.enums import ErasureRule
from candidates.models import Candidate
from candidates.services.erasing import erase
from impact.figures import Figures, sums
from impact.models import ErasedFigure
from tests.impact.test_figures import SINCE, measured, story

__all__ = ["story"]
# A report over a time before the erasure reads these as they were at the erasure, no longer as on its own last day.
AS_OF_THE_LAST_DAY = ("budget:", "about:", "hours:last", "change", "ladder", "back")


def erase_some(bureau: Bureau, step: int = 4) -> int:
    people = list(Candidate.objects.filter(bureau=bureau).order_by("pk"))[::step]
    for person in people:
        erase(candidate=person, rule=ErasureRule.RETENTION)
    return len(people)


def steady(figures: Figures) -> dict[str, int]:
    return {k: v for k, v in figures.counts.items() if v and not k.startswith(AS_OF_THE_LAST_DAY)}


def test_a_report_over_the_same_months_gives_the_same_counts(story: Bureau) -> None:
    before = measured(story)
    assert erase_some(story) == 18
    after = measured(story)
    assert steady(after) == steady(before)
    assert after.means["hours:start"] == before.means["hours:start"]
    assert abs(after.benefit_days[1] - before.benefit_days[1]) == 0


def test_the_sums_of_a_report_still_hold(story: Bureau) -> None:
    erase_some(story, 3)
    figures = measured(story)
    for line in sums(figures):
        parts = sum(figures.people(name) for name in line.parts)
        assert sum(figures.people(name) for name in line.totals) == parts, line.totals


@pytest.mark.parametrize("until", [date(2026, 3, 31), date(2026, 10, 31)])
def test_quarters_and_longer_times_keep_their_events(story: Bureau, until: date) -> None:
    before = measured(story, SINCE, until)
    erase_some(story)
    after = measured(story, SINCE, until)
    events = {name for name in before.counts if name.startswith(("funnel", "source", "age", "form", "kept"))}
    assert {n: after.people(n) for n in events} == {n: before.people(n) for n in events}


def test_what_stays_describes_nobody(story: Bureau) -> None:
    erase_some(story)
    rows = list(ErasedFigure.objects.filter(bureau=story))
    assert rows
    assert all(row.since.day == row.until.day == 1 for row in rows)
    columns = {field.name for field in ErasedFigure._meta.fields}
    assert columns == {"id", "bureau", "cell", "event", "since", "until", "people", "amount"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_change WHERE \"table\" = 'impact_erasedfigure'")
        assert cursor.fetchone() == (0,)
