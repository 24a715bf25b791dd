"""A wage value is written down as others set it; the subsidy follows from dated figures, and says what it misses."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

import matching.gather
import matching.rules
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Rate
from buurtbaan.errors import NotAllowedNow
from buurtbaan.rules.figures import Book
from buurtbaan.scope import Scope, scoped
from matching.day import day_list
from matching.models import WageValue
from matching.services import wage_values as services
from matching.wage_months import Valued, Worked, months
from tests.bureaus.factories import MembershipFactory
from tests.matching.factories import PersonFactory, StepFactory, WorkingFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PLACES = ["GM0001", "Proefstad", "NL"]
JANUARY = date(2026, 1, 1)


@pytest.fixture
def book(db):
    call_command("load_rates", verbosity=0)
    return Book(Rate.objects.all(), PLACES)


@pytest.fixture
def placement(coach):
    person = PersonFactory(bureau=coach.bureau, coach=coach, birth_year=1985)
    made = WorkingFactory(
        bureau=coach.bureau, candidate=person, form="supported_job", employer_of_record="Werkplaats",
        contract_on=TODAY, starts_on=TODAY - timedelta(days=40),
    )  # fmt: skip
    StepFactory(placement=made, hours=24)
    return made


def value(placement, coach, **more):
    said = {"percentage": Decimal(50), "measured_on": TODAY, "assessed_by": "Deskundige", "valid_from": TODAY}
    return services.record_value(placement=placement, by=coach, **{**said, **more})


def test_the_book_chooses_as_the_database_does(book):
    days = [date(2025, 1, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 2, 1), date(2014, 1, 1)]
    pairs = set(Rate.objects.values_list("kind", "key"))
    for day in days:
        for kind, key in pairs:
            assert book.on(kind, key, day) == Rate.objects.choose(kind, key, on=day, places=PLACES)


def test_a_whole_month_is_a_twelfth_of_fifty_two_weeks(book):
    worked = [Worked(JANUARY, date(2026, 2, 1), Decimal(24))]
    (month,) = months(worked, [Valued(JANUARY, None, Decimal(50))], book, age="age_21_up")
    hour = Decimal("14.71") * Decimal("1.08") / 2
    assert month.amount == (hour * 24 * 52 / 12).quantize(Decimal("0.01"))
    assert month.with_costs is None


def test_a_step_in_hours_and_a_new_wage_value_count_from_their_day(book):
    first, half, last = JANUARY, date(2026, 1, 16), date(2026, 2, 1)
    worked = [Worked(first, half, Decimal(8)), Worked(half, last, Decimal(16))]
    values = [Valued(date(2026, 1, 21), None, Decimal(40)), Valued(first, date(2026, 1, 20), Decimal(50))]
    (month,) = months(worked, values, book, age="age_21_up")
    wage = Decimal("14.71") * Decimal("1.08")
    part = (wage * 8 * 15 + wage * 16 * 5) * Decimal("0.5") + wage * 16 * 11 * Decimal("0.6")
    assert month.amount == (part * 52 / 12 / 31).quantize(Decimal("0.01"))


def test_the_minimum_wage_of_the_day_counts_and_costs_where_they_are_known(book):
    worked = [Worked(date(2025, 6, 1), date(2025, 8, 1), Decimal(10))]
    june, july = months(worked, [Valued(date(2025, 1, 1), None, Decimal(50))], book, age="age_21_up")
    assert june.amount == (Decimal("14.06") * Decimal("1.08") / 2 * 10 * 52 / 12).quantize(Decimal("0.01"))
    assert july.amount == (Decimal("14.40") * Decimal("1.08") / 2 * 10 * 52 / 12).quantize(Decimal("0.01"))
    assert july.with_costs > july.amount


def test_what_is_not_known_is_said_and_never_guessed(book):
    worked = [
        Worked(date(2024, 1, 1), date(2024, 2, 1), Decimal(10)),
        Worked(JANUARY, date(2026, 2, 1), Decimal(10)),
    ]
    old, new = months(
        worked, [Valued(date(2024, 1, 1), date(2025, 1, 1), Decimal(50))], book, age="age_21_up"
    )
    assert old.amount is None
    assert old.names == ["Minimumloon: 21 jaar en ouder"]
    assert (new.amount, new.without_value) == (None, 31)


def test_a_wage_value_of_tomorrow_is_refused_and_a_mistake_stays_to_be_read(placement, coach):
    with pytest.raises(NotAllowedNow):
        value(placement, coach, measured_on=TODAY + timedelta(days=1))
    wrong = value(placement, coach)
    services.void_value(value=wrong, reason="Verkeerde persoon", by=coach)
    assert not WageValue.objects.holding().exists()
    with pytest.raises(NotAllowedNow, match="één dag"):
        services.take_back_value(value=wrong, by=coach)


def test_the_page_shows_the_value_the_formula_and_the_months(placement, coach, sign_in, book):
    client, url = sign_in(coach), reverse("matching:wage_value", args=[placement.pk])
    assert "Nog geen loonwaarde genoteerd" in client.get(url).content.decode()
    said = {
        "percentage": "50", "measured_on": TODAY, "assessed_by": "Deskundige Proef", "valid_from": placement.starts_on,
        "valid_until": TODAY + timedelta(days=20), "method": "werkplekonderzoek", "reference": "LW-1",
    }  # fmt: skip
    assert client.post(reverse("matching:wage_value_new", args=[placement.pk]), said).status_code == 302
    page = client.get(url).content.decode()
    for text in ("Deskundige Proef", "LW-1", "Zo rekenen we", "Per maand", "Deze loonwaarde loopt bijna af"):
        assert text in page


def test_unpaid_work_has_no_subsidy(coach, sign_in):
    placement = WorkingFactory(bureau=coach.bureau)
    value(placement, coach)
    page = sign_in(coach).get(reverse("matching:wage_value", args=[placement.pk])).content.decode()
    assert "Loonkostensubsidie hoort bij betaald werk" in page
    assert "Zo rekenen we" not in page


def test_no_employer_no_connector_and_no_other_bureau_reads_it(placement, coach, member):
    value(placement, coach)
    boss = MembershipFactory(role=Role.EMPLOYER, bureau=coach.bureau, employer=placement.employer)
    me = MembershipFactory(role=Role.CANDIDATE, bureau=coach.bureau, candidate=placement.candidate)
    seen = {
        who.role: WageValue.objects.visible_to(who).count()
        for who in (boss, member(Role.CONNECTOR), coach, me)
    }
    assert seen == {Role.EMPLOYER: 0, Role.CONNECTOR: 0, Role.COACH: 1, Role.CANDIDATE: 1}
    with scoped(Scope.for_membership(boss)):
        assert not WageValue.objects.exists()


def test_matching_cannot_express_a_wage_value():
    files = [Path(matching.gather.__file__), *Path(matching.rules.__file__).parent.glob("*.py")]
    assert not [path.name for path in files if re.search("wage|loonwaarde", path.read_text().lower())]


@pytest.mark.parametrize(("days", "said"), [(57, False), (56, True), (0, True), (-1, False)])
def test_eight_weeks_before_the_end_it_is_on_the_coachs_day(placement, coach, days, said):
    value(placement, coach, valid_from=TODAY - timedelta(days=30), valid_until=TODAY + timedelta(days=days))
    with scoped(Scope.for_membership(coach)):
        titles = {str(group.title) for group in day_list(coach, own=True)}
    assert ("Loonwaarde loopt af" in titles) == said
