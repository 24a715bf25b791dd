"""The rules in SQL answer and order exactly as the rules in Python."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from matching.rules import DEFAULT_MUSTS, Answer, Criterion, explain, sort_key, sql
from matching.rules import sql_rows as rows
from tests.matching import strategies as some

CODES = (*some.CONDITIONS, *some.DEMANDS, "no_heavy_lifting", *some.TASKS, *some.TALENTS)
NUMBERS = {code: number for number, code in enumerate(CODES, start=1)}
LAST = st.none() | st.dates(date(2025, 1, 1), date(2025, 1, 9))

KEY = {"id": "bigint", "last": "date"}

pytestmark = pytest.mark.django_db


def ids(codes):
    return None if codes is None else [NUMBERS[code] for code in codes]


def codes(numbers):
    return None if numbers is None else frozenset(CODES[number - 1] for number in numbers)


def judged(query: str, params: dict) -> list[tuple[int, list[Answer]]]:
    """(id, answers) in the order of the query."""
    with connection.cursor() as cursor:
        cursor.execute(f"{query} SELECT id, code FROM judged ORDER BY {sql.ORDER}", params)
        return [(pk, [answer for _criterion, answer in sql.answers(code)]) for pk, code in cursor.fetchall()]


def table(columns: dict[str, str], told: list[dict]) -> tuple[str, dict]:
    """A SELECT of many rows, and its parameters."""
    selects = [rows.constants(columns, values, f"r{number}_") for number, values in enumerate(told)]
    params = {name: value for _select, values in selects for name, value in values.items()}
    return " UNION ALL ".join(select for select, _values in selects), params


def expected(explained: list[tuple]) -> list[tuple[int, list[Answer]]]:
    numbered = sorted(
        (sort_key(explanation, last), number) for number, (explanation, last) in enumerate(explained)
    )
    return [(number, [result.answer for result in explained[number][0].results]) for _key, number in numbered]


@some.checked
@given(st.lists(st.tuples(some.candidates, LAST), min_size=1, max_size=8), some.positions)
def test_many_people_are_answered_and_ordered_as_the_rules_do(people, position):
    told = [
        {"id": number, "last": last, **rows.candidate_values(candidate, some.CLASHES, ids)}
        for number, (candidate, last) in enumerate(people)
    ]
    candidates, params = table({**KEY, **rows.CANDIDATE_COLUMNS}, told)
    one, values = rows.constants(rows.POSITION_COLUMNS, rows.position_values(position, ids), "p_")
    query = sql.judged(candidates, one, sql.MANY_CANDIDATES, key="c.id", last="c.last")
    explained = [(explain(candidate, position), last) for candidate, last in people]
    assert judged(query, params | values) == expected(explained)


@some.checked
@given(some.candidates, st.lists(st.tuples(some.positions, LAST, st.booleans()), min_size=1, max_size=8))
def test_much_work_is_answered_and_ordered_as_the_rules_do(candidate, work):
    told = [
        {"id": number, "last": last, "unsafe": unsafe, **rows.position_values(position, ids)}
        for number, (position, last, unsafe) in enumerate(work)
    ]
    positions, params = table({**KEY, **rows.POSITION_COLUMNS, "unsafe": "bool"}, told)
    theirs = rows.candidate_values(candidate, some.CLASHES, ids)
    one, values = rows.constants(rows.CANDIDATE_COLUMNS, theirs, "c_")
    query = sql.judged(one, positions, sql.MANY_POSITIONS, key="p.id", last="p.last")
    explained = [
        (explain(replace(candidate, has_safety_clash=unsafe), position), last)
        for position, last, unsafe in work
    ]
    assert judged(query, params | values) == expected(explained)


@some.checked
@given(some.positions)
def test_a_position_comes_back_from_its_row(position):
    values = rows.position_values(position, ids)
    back = rows.position_from([values[name] for name in rows.POSITION_COLUMNS], codes, some.CLASHES)
    postcode = position.postcode[:4] if position.postcode else None
    musts = position.musts | {Criterion.SAFETY}
    demanded = position.conditions_demanded or frozenset()
    wanted = replace(position, postcode=postcode, musts=musts, evidence=(), conditions_demanded=demanded)
    assert back == wanted


@some.checked
@given(st.frozensets(st.sampled_from([one for one in Criterion if one is not Criterion.SAFETY])))
def test_musts_read_from_a_column_are_those_of_the_rules(musts):
    with connection.cursor() as cursor:
        mask = sql.must_mask_of("musts", DEFAULT_MUSTS)
        cursor.execute(f"SELECT {mask} FROM (SELECT %s::varchar[] AS musts) p", [sorted(musts)])
        assert cursor.fetchone()[0] == sql.must_mask(musts or DEFAULT_MUSTS)
