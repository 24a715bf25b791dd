"""Whether everybody gets the same chance: counted right, small numbers kept back, and signals only beyond chance."""

from __future__ import annotations

import io
from datetime import timedelta
from math import comb

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from buurtbaan.scope import Scope, scoped
from candidates.models import Candidate, Intake
from employers.models import Employer, Position
from impact.fairness.chance import by_chance
from impact.fairness.counts import MIN_GROUP, TRAITS, Group, Measured
from impact.fairness.guard import name, shown
from impact.fairness.page import fairness
from matching.models import Introduction, Match, MatchEvent, Placement

TODAY = timezone.localdate()
SINCE = TODAY - timedelta(days=364)


@pytest.fixture
def work(bureau):
    employer = Employer.objects.create(bureau=bureau, name="Werkplaats", kind="social")
    return Position.objects.create(
        bureau=bureau,
        employer=employer,
        title="Vilt maken",
        form="work_experience",
        status="published",
        places=500,
    )


def some(bureau, count, **facts):
    """People who are known, by the hundreds if need be."""
    days = facts.pop("days", 100)
    return Candidate.objects.bulk_create(
        Candidate(bureau=bureau, first_name="Mo", entered_on=TODAY - timedelta(days=days), **facts)
        for _ in range(count)
    )


def proposed(people, work, state="proposed"):
    return Match.objects.bulk_create(
        Match(
            bureau=work.bureau,
            candidate=one,
            position=work,
            employer=work.employer,
            rules_version="1",
            frozen={},
            state=state,
        )
        for one in people
    )


def introduced(people, work):
    Introduction.objects.bulk_create(
        Introduction(
            bureau=work.bureau, match=match, candidate=match.candidate, employer=work.employer,
            position_title=work.title, shared_name="Mo",
        )
        for match in proposed(people, work, "introduced")
    )  # fmt: skip


def placed(people, work):
    Placement.objects.bulk_create(
        Placement(
            bureau=work.bureau,
            candidate=one,
            position=work,
            employer=work.employer,
            form=work.form,
            starts_on=TODAY,
        )
        for one in people
    )


def found(bureau):
    with scoped(Scope.for_bureau(bureau)):
        return fairness(bureau, since=SINCE, until=TODAY)


def table(result, trait):
    return next(one for one in result.tables if one.trait == TRAITS[trait])


def counts(line):
    return [cell.count for cell in line.cells]


def test_each_person_counts_once_and_for_every_step_before(bureau, work):
    young = some(bureau, 30, birth_year=TODAY.year - 20)
    older = some(bureau, 40, birth_year=TODAY.year - 60)
    proposed(young[:20], work)
    proposed(young[:5], work, "withdrawn")
    introduced(older[:20], work)
    placed(older[:10], work)
    ages = {str(line.label): counts(line) for line in table(found(bureau), "age").lines}
    assert ages == {"18 tot en met 26 jaar": [30, 20, 0, 0], "55 jaar en ouder": [40, 20, 20, 10]}


def test_who_was_not_there_in_the_period_does_not_count(bureau, work):
    some(bureau, 20)
    some(bureau, 20, days=900, stage="closed", closed_on=SINCE - timedelta(days=1))
    some(bureau, 20, leaving_on=TODAY)
    late = proposed(some(bureau, 10), work)
    Match.objects.filter(pk__in=[one.pk for one in late]).update(
        proposed_at=timezone.now() - timedelta(days=500)
    )
    assert counts(found(bureau).total) == [30, 0, 0, 0]


def test_a_proposal_that_was_taken_back_was_none(bureau, work):
    matches = proposed(some(bureau, 40), work)
    undone = matches[0]
    made = MatchEvent.objects.create(
        bureau=bureau, match=undone, candidate=undone.candidate, to_state="proposed"
    )
    MatchEvent.objects.create(
        bureau=bureau,
        match=undone,
        candidate=undone.candidate,
        from_state="proposed",
        to_state="withdrawn",
        undoes=made,
    )
    assert counts(found(bureau).total) == [40, 39, 0, 0]
    assert undone not in Match.objects.standing()


def test_small_groups_stand_together_and_never_alone(bureau):
    some(bureau, 30, source="walk_in")
    some(bureau, 6, source="online")
    some(bureau, 5, source="gathering")
    lines = table(found(bureau), "source").lines
    assert [(str(line.label), line.cells[0].count) for line in lines] == [
        ("Inloop", 30),
        ("Andere groepen samen", 11),
    ]


def test_one_small_group_takes_the_next_with_it(bureau):
    some(bureau, 30, source="walk_in")
    some(bureau, 12, source="referral")
    some(bureau, 4, source="online")
    lines = table(found(bureau), "source").lines
    assert [(str(line.label), line.cells[0].count) for line in lines] == [
        ("Inloop", 30),
        ("Andere groepen samen", 16),
    ]


def test_groups_that_are_all_too_small_are_not_told_apart(bureau):
    some(bureau, 9, source="walk_in")
    some(bureau, 9, source="online")
    assert table(found(bureau), "source").lines == []


def test_a_small_count_is_kept_back_with_what_would_give_it_away(bureau, work):
    first = some(bureau, 40, source="walk_in")
    second = some(bureau, 40, source="online")
    proposed(first[:20] + second[:2], work)
    lines = table(found(bureau), "source").lines
    assert [line.cells[1].count for line in lines] == [None, None] or found(bureau).total.cells[
        1
    ].count is None
    assert all(line.cells[1].share is None for line in lines if line.cells[1].count is None)


def test_a_large_difference_is_a_signal_and_says_which_way(bureau, work):
    first = some(bureau, 100, source="walk_in")
    second = some(bureau, 100, source="online")
    proposed(first[:60] + second[:15], work)
    result = found(bureau)
    told = [(str(one.group), one.share, one.others, one.fewer) for one in result.signals]
    assert told == [("Online", 15, 60, True)], "two groups are one comparison"
    assert [line.signals for line in table(result, "source").lines] == [False, True]


def test_of_three_groups_the_one_that_differs_is_named(bureau, work):
    for source, count in (("walk_in", 30), ("online", 30), ("gathering", 95)):
        proposed(some(bureau, 100, source=source)[:count], work)
    told = {str(one.group): one.fewer for one in found(bureau).signals}
    assert told["Bijeenkomst"] is False
    assert set(told) <= {"Bijeenkomst", "Inloop", "Online"}


def test_a_difference_that_chance_explains_is_no_signal(bureau, work):
    first = some(bureau, 100, source="walk_in")
    second = some(bureau, 100, source="online")
    proposed(first[:55] + second[:45], work)
    result = found(bureau)
    assert result.compared > 0
    assert result.signals == []


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_chance_is_counted_exactly(size, other_size, hits, other_hits):
    hits, other_hits = min(hits, size), min(other_hits, other_size)
    all_hits = hits + other_hits
    ways = {
        here: comb(size, here) * comb(other_size, all_hits - here)
        for here in range(max(0, all_hits - other_size), min(size, all_hits) + 1)
    }
    more = sum(count for here, count in ways.items() if here >= hits)
    fewer = sum(count for here, count in ways.items() if here <= hits)
    expected = min(1.0, 2 * min(more, fewer) / sum(ways.values()))
    assert by_chance(hits, size, other_hits, other_size) == pytest.approx(expected)


def test_chance_holds_for_many_people():
    assert by_chance(3_000, 5_000, 2_000, 5_000) < 1e-80
    assert by_chance(2_500, 5_000, 2_500, 5_000) == 1.0


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(*(st.integers(0, 25) for _ in range(4))), min_size=2, max_size=5))
def test_what_is_shown_never_tells_a_small_count(groups):
    told = []
    for number, parts in enumerate(groups):
        known = sum(parts) + MIN_GROUP
        told.append(Group(str(number), "", (known, sum(parts[:3]), sum(parts[:2]), parts[0])))
    total = tuple(sum(column) for column in zip(*(one.counts for one in told), strict=True))
    visible = shown(Measured(total, {"age": told}), threshold=5)
    for group in told:
        for step, count in zip(("known", "proposed", "introduced", "placed"), group.counts, strict=True):
            assert not (0 < count < 5 and name("age", group.code, step) in visible)
    for step in ("known", "proposed", "introduced", "placed"):
        names = [name("age", group.code, step) for group in told] + [name("all", "all", step)]
        assert sum(one not in visible for one in names) != 1


def test_only_the_manager_looks_and_the_page_is_in_plain_words(bureau, work, manager, sign_in, count_queries):
    proposed(some(bureau, 100, source="walk_in")[:60] + some(bureau, 100, source="online")[:15], work)
    client = sign_in(manager)
    page = client.get(reverse("impact:fairness_page")).content.decode()
    assert "Eerlijk verdeeld?" in page
    assert "Laatste twaalf maanden" in page
    page = client.get(reverse("impact:fairness_page") + "?periode=dit-jaar").content.decode()
    assert len(page) < 60 * 1024
    assert count_queries(lambda: client.get(reverse("impact:fairness_page"))) <= 14


def test_the_workbook_holds_the_same_numbers_and_no_others(bureau, work, manager, sign_in):
    first, second = some(bureau, 40, source="walk_in"), some(bureau, 40, source="online")
    Intake.objects.create(bureau=bureau, candidate=first[0], dutch_level=1)
    proposed(first[:20] + second[:2], work)
    response = sign_in(manager).get(reverse("impact:fairness_book") + "?periode=dit-jaar")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    rows = list(book["Cijfers"].iter_rows(values_only=True))
    assert rows[0] == ("Kenmerk", "Groep", "Bekend", "Voorgesteld", "Naar een werkgever", "Begonnen")
    assert 2 not in [value for row in rows for value in row]
    assert "te klein" in [value for row in rows for value in row]
