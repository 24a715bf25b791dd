"""Somebody and a piece of work that fit each other on every point."""

from __future__ import annotations

import pytest

from candidates.models import Candidate
from employers.models import Location
from tests.bureaus.factories import AreaFactory
from tests.matching.factories import CompanyFactory, PersonFactory, WorkFactory
from tests.matching.suggestions.making import MORNINGS, give


@pytest.fixture
def area(bureau):
    return AreaFactory(code="WK051820", municipality=bureau.municipality, latitude=52.05, longitude=4.29)


@pytest.fixture
def person(bureau, coach, area):
    """Somebody who fits `work` on every point."""
    candidate = PersonFactory(bureau=bureau, coach=coach, first_name="Noor", last_name="Proef", area=area)
    Candidate.objects.filter(pk=candidate.pk).update(last_proposed_on=None, postcode="2531AB")
    candidate.refresh_from_db()
    give(candidate)
    return candidate


@pytest.fixture
def work(bureau, area):
    employer = CompanyFactory(bureau=bureau)
    location = Location.objects.create(bureau=bureau, employer=employer, postcode="2531", area=area)
    return WorkFactory(
        bureau=bureau,
        employer=employer,
        location=location,
        title="Vilt maken",
        hours_min=8,
        hours_max=16,
        dayparts_asked=MORNINGS,
        dayparts_enough=2,
        conditions_offered=[],
        conditions_demanded=[],
    )
