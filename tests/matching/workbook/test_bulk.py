"""Many rows at once: as Django would write them, and never cut short."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DataError, connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from buurtbaan.bureaus.models import Bureau
from candidates.models import Candidate, Intake, Measurement
from employers.models import Employer
from matching.models import HoursStep, Placement
from matching.workbook.importing import bulk


def person(bureau: Bureau, name: str, **fields: object) -> Candidate:
    return Candidate(bureau=bureau, first_name=name, search_name=name.lower(), **fields)


def test_rows_get_their_own_keys_and_values_in_one_statement(bureau: Bureau) -> None:
    people = [
        person(bureau, "Jan", birth_date=date(1985, 11, 3), phone="+31612345678"),
        person(bureau, 'Els "x", {y} \\ ☂', birth_year=1990),
        person(bureau, "NULL"),
    ]
    with CaptureQueriesContext(connection) as captured:
        bulk.insert(people)
    assert len(captured) == 1
    for one in people:
        found = Candidate.objects.get(pk=one.pk)
        assert (found.first_name, found.birth_date, found.birth_year, found.phone) == (
            one.first_name,
            one.birth_date,
            one.birth_year,
            one.phone,
        )
        assert found.created_at is not None
        assert not one._state.adding


def test_numbers_lists_json_and_ranges_survive(bureau: Bureau) -> None:
    people = [person(bureau, "Jan"), person(bureau, "Els")]
    bulk.insert(people)
    bulk.insert(
        Intake(bureau=bureau, candidate=one, hours_now=hours)
        for one, hours in zip(people, (Decimal("8.5"), None), strict=True)
    )
    assert [i.hours_now for i in Intake.objects.order_by("candidate_id")] == [Decimal("8.5"), None]
    assert Intake.objects.filter(talents_claimed=None, notes={}).count() == 2
    bulk.insert(
        Measurement(bureau=bureau, candidate=one, rung=2, answers=answers)
        for one, answers in zip(people, ({"a": "b"}, {}), strict=True)
    )
    assert [m.answers for m in Measurement.objects.order_by("candidate_id")] == [{"a": "b"}, {}]
    employer = Employer.objects.create(bureau=bureau, name="De Brug", kind="social")
    about = {"bureau": bureau, "candidate": people[0], "employer": employer}
    placement = Placement.objects.create(**about, form="volunteering", starts_on=date(2026, 1, 1))
    ranges = [DateRange(date(2026, 1, 1), date(2026, 2, 1)), DateRange(date(2026, 2, 1), None)]
    bulk.insert(HoursStep(**about, placement=placement, hours=8, during=during) for during in ranges)
    assert [step.during for step in HoursStep.objects.order_by("during")] == ranges


def test_what_is_too_long_is_refused_and_not_cut_off(bureau: Bureau) -> None:
    with pytest.raises(DataError):
        bulk.insert([person(bureau, "Jan"), person(bureau, "J" * 81)])


def test_an_update_writes_only_what_is_named(bureau: Bureau) -> None:
    people = [person(bureau, "Jan"), person(bureau, "Els")]
    bulk.insert(people)
    people[0].phone, people[1].phone, people[0].last_name = "+31611111111", "+31622222222", "Niet"
    bulk.update(people, ["phone"])
    found = Candidate.objects.order_by("pk").values_list("phone", "last_name")
    assert list(found) == [("+31611111111", ""), ("+31622222222", "")]


def test_nothing_to_write_asks_nothing() -> None:
    bulk.insert([])
    bulk.update([], ["phone"])
