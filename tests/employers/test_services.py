"""What changes employers and positions, and what does not let itself be changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Invitation, Membership, Rate
from buurtbaan.errors import NotAllowedNow
from employers import services, trial
from employers.enums import CheckDecision, PositionStatus, WorkForm
from employers.models import DisplacementCheck, Employer, Location, Position
from employers.services.positions import covers
from tests.bureaus.factories import AreaFactory, MembershipFactory
from tests.employers.factories import (
    CheckFactory,
    ContactFactory,
    EmployerFactory,
    LocationFactory,
    PositionFactory,
    replies,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def employer(bureau: Any) -> Employer:
    return EmployerFactory(bureau=bureau)


@pytest.fixture
def draft(employer: Employer) -> Position:
    return PositionFactory(employer=employer)


def limit_trials(months: int = 6, place: str = "NL") -> None:
    Rate.objects.create(
        kind="trial_placement", key="max_months", value=months, unit="months", place=place, source="proef"
    )


class TestEmployers:
    def test_belongs_to_the_bureau_of_who_added_it(self, coach: Membership) -> None:
        made = services.add_employer(values={"name": "Vilt", "kind": "social"}, by=coach)
        assert made.bureau_id == coach.bureau_id

    def test_twice_at_the_same_moment_ends_in_one_and_a_clear_message(self, coach: Membership) -> None:
        services.add_employer(values={"name": "Vilt", "kind": "social"}, by=coach)
        with pytest.raises(NotAllowedNow):
            services.add_employer(values={"name": "Vilt", "kind": "social"}, by=coach)
        assert Employer.objects.filter(name="Vilt").count() == 1

    def test_a_pause_ends_by_itself_or_by_hand(self, employer: Employer, coach: Membership) -> None:
        services.pause_employer(employer=employer, until=TODAY() + timedelta(days=3), by=coach)
        employer.refresh_from_db()
        assert employer.is_paused
        services.resume_employer(employer=employer, by=coach)
        employer.refresh_from_db()
        assert not employer.is_paused

    def test_a_pause_in_the_past_is_refused(self, employer: Employer, coach: Membership) -> None:
        with pytest.raises(NotAllowedNow):
            services.pause_employer(employer=employer, until=TODAY() - timedelta(days=1), by=coach)


class TestLocations:
    def test_the_postcode_brings_the_neighbourhood(self, employer: Employer, coach: Membership) -> None:
        area = AreaFactory(postcodes=["6828"])
        made = services.add_location(employer=employer, values={"postcode": "6828AB"}, by=coach)
        assert made.area == area

    def test_a_neighbourhood_is_nearer_than_its_district(self, employer: Employer, coach: Membership) -> None:
        AreaFactory(code="WK020201", postcodes=["6828"])
        near = AreaFactory(code="BU02020101", postcodes=["6828"])
        made = services.add_location(employer=employer, values={"postcode": "6828"}, by=coach)
        assert made.area == near

    def test_a_postcode_in_two_districts_is_left_to_a_person(
        self, employer: Employer, coach: Membership
    ) -> None:
        AreaFactory(postcodes=["6828"])
        AreaFactory(postcodes=["6828"])
        assert services.add_location(employer=employer, values={"postcode": "6828"}, by=coach).area is None

    def test_moving_takes_the_neighbourhood_along(self, employer: Employer, coach: Membership) -> None:
        old, new = AreaFactory(postcodes=["2531"]), AreaFactory(postcodes=["2541"])
        place = services.add_location(employer=employer, values={"postcode": "2531"}, by=coach)
        assert place.area == old
        moved = services.change_location(location=place, values={"postcode": "2541", "area": old}, by=coach)
        assert moved.area == new

    def test_a_chosen_neighbourhood_stays(self, employer: Employer, coach: Membership) -> None:
        AreaFactory(postcodes=["2531"])
        chosen = AreaFactory(postcodes=[])
        place = services.add_location(
            employer=employer, values={"postcode": "2531", "area": chosen}, by=coach
        )
        same = services.change_location(location=place, values={"postcode": "2531", "area": chosen}, by=coach)
        assert same.area == chosen

    def test_in_use_it_stays(self, employer: Employer, coach: Membership) -> None:
        place = LocationFactory(employer=employer)
        PositionFactory(employer=employer, location=place)
        with pytest.raises(NotAllowedNow):
            services.remove_location(location=place, by=coach)
        assert Location.objects.filter(pk=place.pk).exists()

    def test_unused_it_goes(self, employer: Employer, coach: Membership) -> None:
        place = LocationFactory(employer=employer)
        services.remove_location(location=place, by=coach)
        assert not Location.objects.filter(pk=place.pk).exists()


class TestContacts:
    def test_an_invitation_goes_to_the_contact_for_this_employer(
        self, employer: Employer, coach: Membership, django_capture_on_commit_callbacks: Any
    ) -> None:
        contact = ContactFactory(employer=employer, email="jo@werkgever.example")
        with django_capture_on_commit_callbacks(execute=True):
            invitation = services.invite_contact(contact=contact, by=coach)
        assert (invitation.role, invitation.employer, invitation.bureau) == (
            Role.EMPLOYER,
            employer,
            employer.bureau,
        )
        assert mail.outbox[0].to == ["jo@werkgever.example"]

    def test_without_an_address_nobody_can_be_invited(self, employer: Employer, coach: Membership) -> None:
        with pytest.raises(NotAllowedNow):
            services.invite_contact(contact=ContactFactory(employer=employer, email=""), by=coach)

    def test_who_has_an_account_is_not_asked_again(self, employer: Employer, coach: Membership) -> None:
        account = MembershipFactory(role=Role.EMPLOYER, bureau=employer.bureau, employer=employer)
        contact = ContactFactory(employer=employer, email=account.user.email.upper())
        with pytest.raises(NotAllowedNow):
            services.invite_contact(contact=contact, by=coach)

    def test_removing_ends_the_account_and_the_open_invitation(
        self, employer: Employer, coach: Membership
    ) -> None:
        account = MembershipFactory(
            role=Role.EMPLOYER, bureau=employer.bureau, employer=employer, starts=TODAY() - timedelta(days=9)
        )
        contact = ContactFactory(employer=employer, email=account.user.email)
        other = ContactFactory(employer=employer)
        services.invite_contact(contact=other, by=coach)
        services.remove_contact(contact=contact, by=coach)
        services.remove_contact(contact=other, by=coach)
        account.refresh_from_db()
        assert not account.is_current
        assert not Invitation.objects.get(email=other.email).is_open


class TestPositions:
    def test_starts_as_a_draft(self, employer: Employer, coach: Membership) -> None:
        made = services.add_position(
            employer=employer, values={"title": "Vouwen", "form": "volunteering"}, by=coach
        )
        assert made.status == PositionStatus.DRAFT
        assert made.bureau_id == employer.bureau_id

    def test_is_at_a_place_of_its_own_employer(self, employer: Employer, coach: Membership) -> None:
        elsewhere = LocationFactory(employer=EmployerFactory(bureau=employer.bureau))
        values = {"title": "Vouwen", "form": "volunteering", "location": elsewhere}
        with pytest.raises(NotAllowedNow):
            services.add_position(employer=employer, values=values, by=coach)

    def test_a_copy_is_a_draft_without_the_check(
        self, draft: Position, coach: Membership, manager: Membership
    ) -> None:
        draft.tasks, draft.hours_min = [1, 2], 8
        draft.status, draft.published_on = PositionStatus.PUBLISHED, TODAY()
        draft.save()
        CheckFactory(position=draft, positive=True)
        copy = services.copy_position(position=draft, by=coach)
        assert (copy.tasks, copy.hours_min, copy.status, copy.published_on) == (
            [1, 2],
            8,
            PositionStatus.DRAFT,
            None,
        )
        assert not copy.displacement_checks.exists()

    def test_a_checked_one_with_another_form_is_a_draft_again(
        self, draft: Position, coach: Membership
    ) -> None:
        Position.objects.filter(pk=draft.pk).update(status=PositionStatus.CHECKED)
        changed = services.change_position(position=draft, values={"form": WorkForm.VOLUNTEERING}, by=coach)
        assert changed.status == PositionStatus.DRAFT

    def test_an_open_one_keeps_its_form(self, draft: Position, coach: Membership) -> None:
        Position.objects.filter(pk=draft.pk).update(status=PositionStatus.PUBLISHED)
        with pytest.raises(NotAllowedNow):
            services.change_position(position=draft, values={"form": WorkForm.VOLUNTEERING}, by=coach)

    def test_a_closed_one_is_not_changed(self, draft: Position, coach: Membership) -> None:
        Position.objects.filter(pk=draft.pk).update(status=PositionStatus.CLOSED)
        with pytest.raises(NotAllowedNow):
            services.change_position(position=draft, values={"title": "Anders"}, by=coach)

    def test_a_change_does_not_undo_a_move_that_happened_meanwhile(
        self, draft: Position, coach: Membership
    ) -> None:
        stale = Position.objects.get(pk=draft.pk)
        Position.objects.filter(pk=draft.pk).update(status=PositionStatus.PUBLISHED)
        services.change_position(position=stale, values={"title": "Anders"}, by=coach)
        draft.refresh_from_db()
        assert (draft.title, draft.status) == ("Anders", PositionStatus.PUBLISHED)

    def test_never_fewer_places_than_people(self, world: Any) -> None:
        world.placement.position = world.position
        world.placement.save()
        values: dict[str, Any] = {"places": 0}
        with pytest.raises(NotAllowedNow):
            services.change_position(position=world.position, values=values, by=world.members[Role.COACH])


class TestMoves:
    def test_opens_only_behind_a_positive_check(self, draft: Position, coach: Membership) -> None:
        Position.objects.filter(pk=draft.pk).update(status=PositionStatus.CHECKED)
        with pytest.raises(NotAllowedNow, match="verdringingstoets"):
            services.move_position(position=draft, to=PositionStatus.PUBLISHED, by=coach)
        CheckFactory(position=draft, positive=True)
        opened = services.move_position(position=draft, to=PositionStatus.PUBLISHED, by=coach)
        assert (opened.status, opened.published_on) == (PositionStatus.PUBLISHED, TODAY())

    @pytest.mark.parametrize("form", [WorkForm.VOLUNTEERING, WorkForm.REGULAR_JOB])
    def test_no_form_does_without_the_check(self, draft: Position, coach: Membership, form: WorkForm) -> None:
        Position.objects.filter(pk=draft.pk).update(status=PositionStatus.CHECKED, form=form)
        with pytest.raises(NotAllowedNow):
            services.move_position(position=draft, to=PositionStatus.PUBLISHED, by=coach)

    def test_only_the_latest_check_counts(self, draft: Position, coach: Membership) -> None:
        CheckFactory(position=draft, positive=True, filled_at=timezone.now() - timedelta(days=9))
        CheckFactory(position=draft, refused=True)
        Position.objects.filter(pk=draft.pk).update(status=PositionStatus.CHECKED)
        with pytest.raises(NotAllowedNow, match="niet akkoord"):
            services.move_position(position=draft, to=PositionStatus.PUBLISHED, by=coach)

    def test_a_check_for_another_form_does_not_count(self, draft: Position, coach: Membership) -> None:
        CheckFactory(position=draft, positive=True)
        Position.objects.filter(pk=draft.pk).update(status=PositionStatus.CHECKED, form=WorkForm.LEARN_WORK)
        with pytest.raises(NotAllowedNow, match="werkvorm"):
            services.move_position(position=draft, to=PositionStatus.PUBLISHED, by=coach)

    @pytest.mark.parametrize("to", [PositionStatus.PAUSED, PositionStatus.CLOSED])
    def test_pausing_and_closing_need_a_reason(
        self, draft: Position, coach: Membership, to: PositionStatus
    ) -> None:
        Position.objects.filter(pk=draft.pk).update(status=PositionStatus.PUBLISHED)
        with pytest.raises(NotAllowedNow):
            services.move_position(position=draft, to=to, reason="  ", by=coach)
        moved = services.move_position(position=draft, to=to, reason="Verbouwing", by=coach)
        assert (moved.status, moved.closed_reason) == (to, "Verbouwing")

    def test_a_move_that_does_not_exist_is_refused(self, draft: Position, coach: Membership) -> None:
        with pytest.raises(NotAllowedNow):
            services.move_position(position=draft, to=PositionStatus.FILLED, by=coach)

    def test_opening_again_forgets_why_it_paused(self, draft: Position, coach: Membership) -> None:
        CheckFactory(position=draft, positive=True)
        Position.objects.filter(pk=draft.pk).update(status=PositionStatus.PAUSED, closed_reason="Verbouwing")
        assert (
            services.move_position(position=draft, to=PositionStatus.PUBLISHED, by=coach).closed_reason == ""
        )


class TestTrials:
    @pytest.fixture
    def checked_trial(self, employer: Employer) -> Position:
        position = PositionFactory(employer=employer, form=WorkForm.TRIAL, status=PositionStatus.CHECKED)
        CheckFactory(position=position, positive=True)
        return position

    def test_lasts_no_longer_than_the_rate_says(self, checked_trial: Position, coach: Membership) -> None:
        limit_trials(6)
        checked_trial.starts_from, checked_trial.ends_on = date(2027, 1, 1), date(2027, 7, 2)
        checked_trial.save()
        with pytest.raises(NotAllowedNow, match="6 maanden"):
            services.move_position(position=checked_trial, to=PositionStatus.PUBLISHED, by=coach)
        checked_trial.ends_on = date(2027, 7, 1)
        checked_trial.save()
        services.move_position(position=checked_trial, to=PositionStatus.PUBLISHED, by=coach)

    def test_the_municipality_overrides_the_country(self, employer: Employer) -> None:
        limit_trials(6)
        limit_trials(3, place=employer.bureau.municipality.code)
        assert trial.max_months(employer.bureau, TODAY()) == 3

    def test_where_nobody_knows_the_limit_an_end_is_enough(
        self, checked_trial: Position, coach: Membership
    ) -> None:
        checked_trial.ends_on = TODAY() + timedelta(days=400)
        checked_trial.save()
        opened = services.move_position(position=checked_trial, to=PositionStatus.PUBLISHED, by=coach)
        assert opened.status == PositionStatus.PUBLISHED

    @pytest.mark.parametrize(
        ("starts", "months", "last"),
        [
            (date(2026, 8, 31), 6, date(2027, 2, 28)),
            (date(2027, 8, 31), 6, date(2028, 2, 29)),
            (date(2026, 6, 15), 6, date(2026, 12, 15)),
            (date(2026, 12, 1), 1, date(2027, 1, 1)),
        ],
    )
    def test_months_are_counted_by_the_calendar(self, starts: date, months: int, last: date) -> None:
        assert trial.last_day(starts, months) == last


class TestChecks:
    def test_a_positive_decision_makes_a_draft_checked(
        self, draft: Position, coach: Membership, manager: Membership
    ) -> None:
        check = services.fill_check(position=draft, replies=replies(), by=coach)
        services.decide_check(
            check=check, decision=CheckDecision.NO_DISPLACEMENT, reason="Bleef liggen", by=manager
        )
        draft.refresh_from_db()
        check.refresh_from_db()
        assert draft.status == PositionStatus.CHECKED
        assert (check.decided_by, check.version) == (manager, "2026-1")
        assert covers(check, draft)

    def test_a_refusal_takes_an_open_position_back(
        self, draft: Position, coach: Membership, manager: Membership
    ) -> None:
        check = services.fill_check(position=draft, replies=replies(), by=coach)
        Position.objects.filter(pk=draft.pk).update(status=PositionStatus.PUBLISHED)
        services.decide_check(check=check, decision=CheckDecision.REFUSED, reason="Vacature", by=manager)
        draft.refresh_from_db()
        assert draft.status == PositionStatus.PAUSED

    def test_nobody_decides_on_their_own_answers(self, draft: Position, manager: Membership) -> None:
        check = services.fill_check(position=draft, replies=replies(), by=manager)
        with pytest.raises(NotAllowedNow):
            services.decide_check(
                check=check, decision=CheckDecision.NO_DISPLACEMENT, reason="Prima", by=manager
            )

    def test_nor_in_another_role_of_their_own(self, draft: Position, coach: Membership) -> None:
        also = MembershipFactory(user=coach.user, role=Role.MANAGER, bureau=draft.bureau)
        check = services.fill_check(position=draft, replies=replies(), by=coach)
        with pytest.raises(NotAllowedNow):
            services.decide_check(
                check=check, decision=CheckDecision.NO_DISPLACEMENT, reason="Prima", by=also
            )

    def test_a_coach_does_not_decide(self, draft: Position, coach: Membership, member: Any) -> None:
        check = services.fill_check(position=draft, replies=replies(), by=coach)
        with pytest.raises(NotAllowedNow):
            services.decide_check(
                check=check, decision=CheckDecision.NO_DISPLACEMENT, reason="Prima", by=member(Role.COACH)
            )

    def test_a_decision_has_a_reason_and_falls_once(
        self, draft: Position, coach: Membership, manager: Membership
    ) -> None:
        check = services.fill_check(position=draft, replies=replies(), by=coach)
        with pytest.raises(NotAllowedNow):
            services.decide_check(check=check, decision=CheckDecision.REFUSED, reason=" ", by=manager)
        services.decide_check(check=check, decision=CheckDecision.REFUSED, reason="Vacature", by=manager)
        with pytest.raises(NotAllowedNow):
            services.decide_check(
                check=check, decision=CheckDecision.NO_DISPLACEMENT, reason="Toch", by=manager
            )

    def test_one_waits_at_a_time_and_the_old_ones_stay(
        self, draft: Position, coach: Membership, manager: Membership
    ) -> None:
        first = services.fill_check(position=draft, replies=replies(), by=coach)
        with pytest.raises(NotAllowedNow):
            services.fill_check(position=draft, replies=replies(), by=coach)
        services.decide_check(check=first, decision=CheckDecision.REFUSED, reason="Vacature", by=manager)
        services.fill_check(position=draft, replies=replies(), by=coach)
        assert DisplacementCheck.objects.filter(position=draft).count() == 2

    def test_until_the_decision_the_same_person_may_correct(
        self, draft: Position, coach: Membership, manager: Membership, member: Any
    ) -> None:
        check = services.fill_check(position=draft, replies=replies(), by=coach)
        better = replies(market=("yes", "Een hovenier, maar niet dit."))
        with pytest.raises(NotAllowedNow):
            services.correct_check(check=check, replies=better, by=member(Role.COACH))
        services.correct_check(check=check, replies=better, by=coach)
        services.decide_check(check=check, decision=CheckDecision.REFUSED, reason="Eerst bellen", by=manager)
        with pytest.raises(NotAllowedNow):
            services.correct_check(check=check, replies=replies(), by=coach)
        check.refresh_from_db()
        assert check.answers["replies"]["market"]["reply"] == "yes"

    def test_an_answer_for_another_form_does_not_make_it_checked(
        self, draft: Position, coach: Membership, manager: Membership
    ) -> None:
        check = services.fill_check(position=draft, replies=replies(), by=coach)
        services.change_position(position=draft, values={"form": WorkForm.LEARN_WORK}, by=coach)
        services.decide_check(check=check, decision=CheckDecision.NO_DISPLACEMENT, reason="Goed", by=manager)
        draft.refresh_from_db()
        assert draft.status == PositionStatus.DRAFT

    def test_the_database_refuses_a_decision_by_who_filled_it_in(
        self, draft: Position, manager: Membership
    ) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            CheckFactory(position=draft, positive=True, filled_by=manager, decided_by=manager)
