"""What people get wrong about employers and their work: each says what is wrong and has a clear way out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from employers import services
from employers.enums import PositionStatus, WorkForm
from employers.models import Employer, EmployerLogo, Location, Position, Subscription
from matching.models import HoursStep
from tests.employers.factories import (
    CheckFactory,
    EmployerFactory,
    LocationFactory,
    PositionFactory,
    SubscriptionFactory,
)
from tests.employers.test_views import position_data, text, url
from tests.matching.factories import PersonFactory, WorkingFactory
from tests.world import World

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.fixture
def employer(bureau: Any) -> Employer:
    return EmployerFactory(bureau=bureau, name="Fietsen & Zo")


@pytest.fixture
def as_coach(coach: Membership, sign_in: Any) -> Client:
    return sign_in(coach)


@pytest.mark.parametrize("number", ["1234567", "123456789", "1234567a", "١٢٣٤٥٦٧٨"])
def test_a_kvk_number_with_letters(as_coach: Client, number: str) -> None:
    answer = as_coach.post(url("employer_new"), {"name": "Vilt", "kind": "social", "kvk": number})
    assert "KvK-nummer heeft acht cijfers, zonder letters" in text(answer)
    assert f'value="{number}"' in text(answer), "nothing typed is lost"
    assert not Employer.objects.exists()


class TestOverlappingHoursRanges:
    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"hours_min": "16", "hours_max": "8"}, "Draai ze om"),
            (
                {"hours_min": "4", "hours_max": "16", "growth_possible": "on", "hours_growth": "12"},
                "Dit valt binnen de uren van nu (tot 16)",
            ),
        ],
        ids=["the wrong way round", "growth within the range"],
    )
    def test_a_position_says_what_to_change(
        self, as_coach: Client, employer: Employer, changed: dict[str, str], said: str
    ) -> None:
        answer = as_coach.post(url("position_new") + f"?werkgever={employer.pk}", position_data(**changed))
        assert said in text(answer)
        assert not Position.objects.exists()

    def test_hours_of_somebody_at_work_never_overlap(self) -> None:
        working = WorkingFactory()
        first, last = working.starts_on, working.starts_on + timedelta(days=10)
        HoursStep.objects.filter(placement=working).delete()
        same = {
            "bureau": working.bureau, "placement": working, "candidate": working.candidate,
            "employer": working.employer, "hours": 8,
        }  # fmt: skip
        HoursStep.objects.create(**same, during=DateRange(first, last))
        with pytest.raises(IntegrityError, match="overlap"), transaction.atomic():
            HoursStep.objects.create(**same, during=DateRange(last - timedelta(days=1), None))


class TestATrialWithoutAnEnd:
    def test_the_form_asks_for_it(self, as_coach: Client, employer: Employer) -> None:
        answer = as_coach.post(
            url("position_new") + f"?werkgever={employer.pk}", position_data(form="trial", title="Op proef")
        )
        assert "heeft een einddatum" in text(answer)
        assert "Op proef" in text(answer)
        assert not Position.objects.exists()

    def test_it_does_not_open(self, employer: Employer, coach: Membership) -> None:
        trial = PositionFactory(employer=employer, form=WorkForm.TRIAL, status=PositionStatus.CHECKED)
        CheckFactory(position=trial, positive=True)
        with pytest.raises(NotAllowedNow, match="einddatum"):
            services.move_position(position=trial, to=PositionStatus.PUBLISHED, by=coach)


def test_a_position_without_a_check(as_coach: Client, employer: Employer) -> None:
    checked = PositionFactory(employer=employer, status=PositionStatus.CHECKED)
    answer = as_coach.post(url("position_move", checked.pk), {"to": "published"})
    assert answer.status_code == 409
    assert "Vul eerst de verdringingstoets in" in text(answer)
    checked.refresh_from_db()
    assert checked.status == PositionStatus.CHECKED


def test_a_deleted_location_in_use(as_coach: Client, employer: Employer) -> None:
    place = LocationFactory(employer=employer)
    used_by = PositionFactory(employer=employer, location=place)
    page = text(as_coach.get(url("location_remove", place.pk)))
    assert url("position_edit", used_by.pk) in page
    assert as_coach.post(url("location_remove", place.pk)).status_code == 200
    assert Location.objects.filter(pk=place.pk).exists()
    assert as_coach.post(url("location_remove", place.pk), {"to": "geen"}).status_code == 302
    assert not Location.objects.exists()
    used_by.refresh_from_db()
    assert used_by.location is None


def test_an_expired_subscription_with_people_on_it(
    as_coach: Client, employer: Employer, coach: Membership
) -> None:
    work = PositionFactory(employer=employer)
    person = PersonFactory(bureau=employer.bureau, coach=coach)
    working = WorkingFactory(bureau=employer.bureau, candidate=person, employer=employer, position=work)
    today = timezone.localdate()
    over = SubscriptionFactory(
        employer=employer, starts_on=today - timedelta(days=300), ends_on=today - timedelta(days=1)
    )
    over.funded.create(bureau=over.bureau, position=work)
    page = text(as_coach.get(url("subscription", over.pk)))
    ways_out = [
        url("subscription_extend", over.pk),
        url("subscription_other", over.pk),
        reverse("matching:placement_end", args=[working.pk]),
        reverse("matching:placement_contract", args=[working.pk]),
    ]
    assert [way for way in ways_out if way not in page] == []
    assert list(Subscription.objects.left_with_people(today)) == [over]


def test_a_logo_of_30_megabytes(as_coach: Client, employer: Employer) -> None:
    content = b"\x89PNG\r\n\x1a\n" + b"0" * (30 * MEGABYTE)
    file = SimpleUploadedFile("logo.png", content, content_type="image/png")
    answer = as_coach.post(url("logo_edit", employer.pk), {"logo": file})
    assert answer.status_code == 200
    assert "Dit bestand is 30 MB. Kies een kleiner plaatje" in text(answer)
    assert not EmployerLogo.objects.exists()


class TestTheSameEmployerTwice:
    @pytest.mark.parametrize("again", [{"name": "fietsen  & zo"}, {"name": "Anders", "kvk": "12345678"}])
    def test_a_new_one_leads_to_the_one_that_is_there(
        self, as_coach: Client, employer: Employer, again: dict[str, str]
    ) -> None:
        Employer.objects.update(kvk="12345678")
        answer = as_coach.post(url("employer_new"), {"kind": "social", **again})
        assert answer.status_code == 200
        assert f'href="{url("employer", employer.pk)}"' in text(answer)

    def test_two_that_stand_there_can_be_merged_where_it_shows(
        self, as_coach: Client, employer: Employer
    ) -> None:
        Employer.objects.update(kvk="12345678")
        double = EmployerFactory(bureau=employer.bureau, name="Fietsenzaak")
        data = {"name": "Fietsenzaak", "kind": "social", "kvk": "12345678"}
        answer = as_coach.post(url("employer_edit", double.pk), data)
        assert url("merge", employer.pk, double.pk) in text(answer)

    def test_who_may_not_merge_hears_who_may(self, world: World, sign_in: Any) -> None:
        one = EmployerFactory(bureau=world.bureau)
        answer = sign_in(world.members[Role.COACH]).get(url("merge", one.pk, world.employer.pk))
        assert answer.status_code == 403
        assert "Vraag de bureauleider" in text(answer)
