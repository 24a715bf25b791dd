"""Small counts stay out of reports, and nobody with a solver and all our reports finds one."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.averages import may_stand
from impact.disclosure import PRINTED, Part, Protection, Unprotectable, Web, protect
from impact.figures import Figures, headlines
from impact.web import Earlier, crossing, cuts_of, imagine, proofs, units_of, web_of, within
from tests.impact.attacker import ranges
from tests.impact.invented import Invented, figures_of, invent

THRESHOLD = 5


def row(*counts: int, total: int | None = None) -> Web:
    """A list of counts with their printed total."""
    web = Web()
    names = [web.add(f"c{index}", count) for index, count in enumerate(counts)]
    web.add("total", sum(counts) if total is None else total, Part.TOTAL)
    web.sums_to("total", names)
    return web


def square(counts: list[list[int]]) -> Web:
    """A table with row totals, column totals and a grand total."""
    web = Web()
    for r, line in enumerate(counts):
        cells = [web.add(f"{r}:{c}", count) for c, count in enumerate(line)]
        web.sums_to(web.add(f"row {r}", sum(line)), cells)
    for c, column in enumerate(zip(*counts, strict=True)):
        web.sums_to(web.add(f"column {c}", sum(column)), [f"{r}:{c}" for r in range(len(counts))])
    web.add("total", sum(map(sum, counts)), Part.TOTAL)
    web.sums_to("total", [f"row {r}" for r in range(len(counts))])
    web.sums_to("total", [f"column {c}" for c in range(len(counts[0]))])
    return web


def nothing_gained(
    protection: Protection,
    threshold: int = THRESHOLD,
    most: int = 1000,
    means: Mapping[str, Decimal] | None = None,
) -> None:
    """The attacker finds for every hidden count two values or more, and a range of the threshold or more.

    most: how many hidden counts to attack, where there are many; the proofs of all are checked by `verify`.
    means: averages that stand beside the counts.
    """
    protection.verify()
    kept = [name for name, number in protection.web.numbers.items() if number.part is Part.WITHHELD]
    targets = sorted([*protection.hidden, *kept])
    targets = random.Random(len(targets)).sample(targets, min(most, len(targets)))
    for name, (low, high) in ranges(protection.web, protection.hidden, targets, means).items():
        assert high - low >= threshold, f"{name} is between {low} and {high}"


def test_a_single_small_count_takes_another_with_it() -> None:
    protection = protect(row(3, 20, 15), threshold=THRESHOLD)
    assert protection.hidden == {"c0", "c2"}  # the smaller of the two others


def test_counts_that_are_large_enough_all_stay() -> None:
    assert protect(row(5, 20, 15), threshold=THRESHOLD).hidden == frozenset()


def test_nobody_is_shown_as_nobody() -> None:
    assert protect(row(0, 20, 15), threshold=THRESHOLD).hidden == frozenset()


def test_a_zero_may_have_to_hide_with_a_small_count() -> None:
    protection = protect(row(4, 0, 0), threshold=THRESHOLD)
    assert "c0" in protection.hidden
    nothing_gained(protection)


def test_a_headline_stays_exact_when_it_is_safe() -> None:
    protection = protect(row(3, 2, 1, 4), threshold=THRESHOLD)
    assert "total" not in protection.hidden
    nothing_gained(protection)


def test_a_headline_below_the_threshold_is_hidden() -> None:
    assert "total" in protect(row(2, 1), threshold=THRESHOLD).hidden


def test_a_higher_threshold_of_a_municipality_hides_more() -> None:
    assert protect(row(7, 30, 40), threshold=10).hidden == {"c0", "c1"}
    nothing_gained(protect(row(7, 30, 40), threshold=10), threshold=10)


def test_a_sensitive_count_is_hidden_whatever_its_size() -> None:
    web = row(30, 20, 10)
    web.add("c0", 30, sensitive=True)
    protection = protect(web, threshold=THRESHOLD)
    assert "c0" in protection.hidden
    nothing_gained(protection)


def test_an_order_that_everybody_knows_is_no_way_in() -> None:
    web = Web()
    web.add("entered", 9, Part.TOTAL)
    web.add("intake", 4)
    web.add("started", 4)
    web.at_least("entered", "intake")
    web.at_least("intake", "started")
    protection = protect(web, threshold=THRESHOLD)
    assert protection.hidden == {"intake", "started"}
    nothing_gained(protection)


def test_what_earlier_reports_already_give_away_cannot_be_released_again() -> None:
    web = Web()
    web.add("year", 12, Part.RELEASED)
    web.add("first half", 9, Part.RELEASED)
    web.add("second half", 3)
    web.sums_to("year", ["first half", "second half"])
    with pytest.raises(Unprotectable):
        protect(web, threshold=THRESHOLD)


def test_a_hidden_quarter_hides_the_year_that_would_give_it_away() -> None:
    web = Web()
    web.add("first quarter", 3, Part.WITHHELD)
    web.add("rest", 9, Part.RELEASED)
    web.add("year", 12)
    web.sums_to("year", ["first quarter", "rest"])
    assert protect(web, threshold=THRESHOLD).hidden == {"year"}


def test_a_proof_that_was_tampered_with_is_noticed() -> None:
    protection = protect(row(3, 20, 15), threshold=THRESHOLD)
    protection.hidden = protection.hidden - {"c2"}
    with pytest.raises(Unprotectable):
        protection.verify()


def test_an_equation_does_not_multiply() -> None:
    with pytest.raises(ValueError, match="multiply"):
        Web().balance({"a": 2, "b": -1})


@settings(max_examples=150, deadline=None)
@given(
    st.integers(2, 6).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 14), min_size=width, max_size=width), min_size=2, max_size=6
        )
    ),
    st.sampled_from([5, 10]),
)
def test_tables_with_totals_give_nothing_away(counts: list[list[int]], threshold: int) -> None:
    protection = protect(square(counts), threshold=threshold)
    nothing_gained(protection, threshold)
    for name, number in protection.web.numbers.items():
        assert name in protection.hidden or number.value == 0 or number.value >= threshold


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=4, max_size=4))
def test_the_same_figures_hide_the_same_counts(counts: list[list[int]]) -> None:
    assert protect(square(counts), threshold=5).hidden == protect(square(counts), threshold=5).hidden


def release(
    people: list[Invented], since: date, until: date, before: list[Earlier]
) -> tuple[Figures, Protection]:
    """A report over invented people, after the reports in `before`."""
    figures, earlier = figures_of(people, since, until), within(before, since, until)
    cuts = cuts_of(earlier, since, until)
    ends = [*(day - timedelta(days=1) for day in cuts[1:]), until]
    counts = [figures_of(people, start, end).counts for start, end in zip(cuts, ends, strict=False)]
    units = units_of(cuts, until, counts)
    web = web_of(figures, earlier, units)
    protection = protect(
        web,
        threshold=THRESHOLD,
        known=proofs(web, figures, earlier, units),
        imagine=imagine(figures, earlier, units),
    )
    return figures, protection


def as_earlier(figures: Figures, protection: Protection, number: int = 0) -> Earlier:
    printed = {name for name, number in protection.web.numbers.items() if number.part in PRINTED}
    return Earlier(
        f"{figures.since}_{figures.until}_{number}", figures.since, figures.until,
        frozenset(printed - protection.hidden), protection.hidden, dict(figures.counts), protection.tables,
    )  # fmt: skip


YEAR = date(2026, 1, 1)
PLANS: dict[str, list[tuple[int, int]]] = {
    "quarters in a half": [(0, 89), (90, 180), (0, 180)],
    "half in a year": [(0, 180), (0, 364)],
    "ever longer": [(0, 89), (0, 180), (0, 269)],
    "one after another": [(0, 180), (181, 364), (365, 500)],
    "a gap in a year": [(0, 89), (181, 269), (0, 364)],
    "the same again": [(0, 180), (0, 180), (0, 180)],
    "again in a year": [(0, 180), (0, 180), (0, 364)],
}


def means_of(figures: Figures, protection: Protection, earlier: list[Earlier]) -> dict[str, Decimal]:
    """The averages that a report prints beside its counts."""
    return {
        name: mean
        for name, (people, mean) in figures.means.items()
        if mean is not None
        and not {"worked", "stairs:0"} & protection.hidden
        and may_stand(name, people, mean, protection, earlier, THRESHOLD)
    }


def successive(plan: list[tuple[int, int]], seed: int, size: int) -> int:
    """Reports of one bureau one after another, each attacked with all before it known; how many could be made.

    Between two reports a few people are entered late, so that no two reports are made of the same data.
    """
    chance = random.Random(seed * 1000 + size)
    people = invent(chance, size, YEAR, 365)
    released: list[Earlier] = []
    for number, (first, last) in enumerate(plan):
        since, until = YEAR + timedelta(first), YEAR + timedelta(last)
        before = within(released, since, until)
        try:
            figures, protection = release(people, since, until, released)
        except Unprotectable:
            assert released, "a bureau's first report can always be made"
        else:
            nothing_gained(protection, most=20, means=means_of(figures, protection, before))
            nobody_points_out(figures, protection, before)
            released.append(as_earlier(figures, protection, number))
        people = [*people, *invent(chance, chance.choice([0, 0, 1, 2]), YEAR, 365)]
    return len(released)


def nobody_points_out(figures: Figures, protection: Protection, before: list[Earlier]) -> None:
    """Beside a report of the same days, no count in a breakdown that is printed in both moved by a few people."""
    totals = headlines(figures)
    for report in (one for one in before if one.covers(figures)):
        for name in report.printed - protection.hidden - protection.open - totals:
            by = abs(figures.people(name) - report.counts.get(name, 0))
            assert by == 0 or by >= THRESHOLD, f"{name} moved by {by}"


@pytest.mark.parametrize(("plan", "size"), list(zip(PLANS, itertools.cycle([8, 50]), strict=False)))
def test_successive_reports_of_a_bureau_give_nothing_away(plan: str, size: int) -> None:
    assert successive(PLANS[plan], 1, size)


ATTACKED = int(os.environ.get("BUURTBAAN_ATTACKED_BUREAUS", "2"))
"""How many random bureaus are attacked: few in every run, 500 before a release (docs/operations.md)."""


def test_random_bureaus_give_nothing_away_over_three_releases() -> None:
    made = 0
    for seed in range(ATTACKED):
        chance = random.Random(f"bureau {seed}")
        plan = PLANS[chance.choice([name for name, parts in PLANS.items() if len(parts) == 3])]
        made += successive(plan, 10_000 + seed, chance.choice([4, 8, 15, 25, 40, 60, 90]))
    assert made >= ATTACKED


def test_an_average_that_gives_a_hidden_class_away_is_left_out() -> None:
    """Six people, two classes hidden: an average of 39 hours says that nobody is in the lowest."""
    counts = {"0": 1, "8": 0, "16": 0, "24": 0, "32": 5}
    web = Web()
    for key, count in counts.items():
        web.add(f"hours:start:{key}", count)
    web.add("worked", 6, Part.TOTAL)
    web.sums_to("worked", [f"hours:start:{key}" for key in counts])
    protection = protect(web, threshold=THRESHOLD)
    assert "hours:start:0" in protection.hidden
    assert not may_stand("hours:start", 6, Decimal("32.5"), protection, [], THRESHOLD)
    attacked = ranges(web, protection.hidden, ["hours:start:0"], {"hours:start": Decimal("32.5")})
    low, high = attacked["hours:start:0"]
    assert high - low < THRESHOLD, "the average would have given it away"


def test_an_average_of_hardly_more_people_than_before_is_left_out() -> None:
    protection = protect(row(20, 30), threshold=THRESHOLD)
    before = Earlier("h", YEAR, YEAR, frozenset(), frozenset(), {"stairs:13": 11})
    assert not may_stand("stairs:13", 12, Decimal(9), protection, [before], THRESHOLD)
    assert may_stand("stairs:13", 11, Decimal(9), protection, [before], THRESHOLD)
    assert may_stand("stairs:13", 16, Decimal(9), protection, [before], THRESHOLD)


def test_an_average_that_moved_over_just_as_many_people_is_left_out() -> None:
    """Eleven people at 9.0 hours and then at 9.7: somebody has about eight hours more."""
    protection = protect(row(20, 30), threshold=THRESHOLD)
    before = Earlier(
        "h", YEAR, YEAR, frozenset(), frozenset(), {"stairs:13": 11}, told={"stairs:13:mean": Decimal("9.0")}
    )
    hidden_then = Earlier("h", YEAR, YEAR, frozenset(), frozenset(), {"stairs:13": 11})
    asked = lambda mean, *then: may_stand("stairs:13", 11, Decimal(mean), protection, then, THRESHOLD)  # noqa: E731
    assert not asked("9.7", before)
    assert not asked("9.7", hidden_then, before)
    assert asked("9", before)
    assert asked("9.7", hidden_then)


def test_a_first_report_can_be_made_for_bureaus_of_every_size() -> None:
    for seed in range(8):
        chance = random.Random(seed)
        people = invent(chance, chance.choice([0, 1, 3, 12, 50, 400]), YEAR, 365)
        _, protection = release(people, YEAR, YEAR + timedelta(days=chance.choice([0, 89, 364])), [])
        assert all(
            name in protection.hidden or number.part not in PRINTED or not 0 < number.value < THRESHOLD
            for name, number in protection.web.numbers.items()
        )
        nothing_gained(protection, most=20)


def test_a_report_that_cuts_through_a_released_one_is_recognised() -> None:
    half = Earlier("h", date(2026, 1, 1), date(2026, 6, 30), frozenset(), frozenset(), {})
    asked: Callable[..., list[Earlier]] = lambda since, until: crossing([half], since, until)  # noqa: E731
    assert asked(date(2026, 1, 1), date(2026, 3, 31)) == [half]
    assert asked(date(2026, 4, 1), date(2026, 9, 30)) == [half]
    assert asked(date(2026, 1, 1), date(2026, 6, 30)) == []
    assert asked(date(2026, 1, 1), date(2026, 12, 31)) == []
    assert asked(date(2026, 7, 1), date(2026, 12, 31)) == []
