"""The pages of employers and positions: what they do, and what they say when something is not right."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership, Rate
from buurtbaan.vocabulary.models import Term
from employers.enums import PositionStatus, WorkForm
from employers.models import Contact, Employer, Location, Position
from employers.musts import Must
from matching.rules import Criterion
from matching.rules.inputs import ALWAYS_MUST
from tests.bureaus.factories import AreaFactory
from tests.employers.factories import (
    CheckFactory,
    ContactFactory,
    EmployerFactory,
    LocationFactory,
    PositionFactory,
    replies,
)
from tests.matching.factories import WorkingFactory

pytestmark = pytest.mark.django_db

SOON = date.today() + timedelta(days=60)

REQUEST = 5  # session, account, scope, roles, scope; tests put a scope of their own around it


@pytest.fixture
def employer(bureau: Any) -> Employer:
    return EmployerFactory(bureau=bureau, name="Fietsen & Zo")


@pytest.fixture
def as_coach(coach: Membership, sign_in: Any) -> Client:
    return sign_in(coach)


@pytest.fixture
def as_manager(manager: Membership, sign_in: Any) -> Client:
    return sign_in(manager)


def url(name: str, *args: Any) -> str:
    return reverse(f"employers:{name}", args=args)


def text(response: Any) -> str:
    return response.content.decode()


def position_data(**changed: Any) -> dict[str, Any]:
    return {
        "title": "Vouwen",
        "form": "work_experience",
        "places": "1",
        "dayparts_asked_unknown": "1",
        "tasks_unknown": "1",
        "talents_unknown": "1",
        "conditions_offered_unknown": "1",
        "conditions_demanded_unknown": "1",
        "guidance_languages_unknown": "1",
        "musts": ["hours"],
    } | changed


class TestEmployerPages:
    def test_a_new_employer_is_saved_once_however_often_it_is_sent(self, as_coach: Client) -> None:
        data = {"name": "Vilt", "kind": "social", "once": "0b6f6a9e-52a2-4f6e-9a54-6a8e4a3f4f10"}
        first = as_coach.post(url("employer_new"), data)
        second = as_coach.post(url("employer_new"), data)
        made = Employer.objects.get(name="Vilt")
        assert first["Location"] == second["Location"] == url("employer", made.pk)

    def test_a_number_with_spaces_is_fine(self, as_coach: Client) -> None:
        as_coach.post(url("employer_new"), {"name": "Vilt", "kind": "social", "kvk": "12 34 56 78"})
        assert Employer.objects.get(name="Vilt").kvk == "12345678"

    def test_the_same_name_in_another_bureau_is_no_double(self, as_coach: Client, other_bureau: Any) -> None:
        EmployerFactory(bureau=other_bureau, name="Vilt")
        assert as_coach.post(url("employer_new"), {"name": "Vilt", "kind": "social"}).status_code == 302

    def test_editing_keeps_a_number_of_its_own(self, as_coach: Client, employer: Employer) -> None:
        Employer.objects.update(kvk="12345678")
        data = {"name": "Fietsen & Zo", "kind": "regular", "kvk": "12345678"}
        assert as_coach.post(url("employer_edit", employer.pk), data).status_code == 302
        employer.refresh_from_db()
        assert employer.kind == "regular"

    def test_a_place_to_rest_and_to_pray_is_offered_and_shown(
        self, as_coach: Client, employer: Employer
    ) -> None:
        rooms = Term.objects.filter(kind="condition", code__in=("rest_space", "prayer_space"), active=True)
        ids = list(rooms.values_list("pk", flat=True))
        data = {"name": employer.name, "kind": "social", "environment": ids}
        as_coach.post(url("employer_edit", employer.pk), data)
        employer.refresh_from_db()
        assert sorted(employer.environment or []) == sorted(ids)
        page = text(as_coach.get(url("employer", employer.pk)))
        assert "rustruimte" in page
        assert "bidruimte" in page
        assert len(ids) == 2

    def test_the_list_finds_by_name_contact_and_silence(self, as_coach: Client, employer: Employer) -> None:
        ContactFactory(employer=employer, name="Jolanda")
        recent = EmployerFactory(bureau=employer.bureau, name="Granola", last_contact_on=timezone.localdate())
        for query, found in [("?q=jolan", employer), ("?q=gran", recent), ("?contact=quiet", employer)]:
            page = as_coach.get(url("employer_list") + query).context["page"]
            assert list(page) == [found]

    def test_ninety_days_are_quiet_and_eighty_nine_are_not(
        self, as_coach: Client, employer: Employer
    ) -> None:
        today = timezone.localdate()
        for days, quiet in [(89, 0), (90, 1)]:
            Employer.objects.update(last_contact_on=today - timedelta(days=days))
            assert len(as_coach.get(url("employer_list") + "?contact=quiet").context["page"]) == quiet

    @pytest.mark.parametrize("query", ["?page=x", "?page=999", "?kind=zzz", "?sort=;drop", "?q=%00"])
    def test_odd_filters_give_a_page(self, as_coach: Client, employer: Employer, query: str) -> None:
        page = as_coach.get(url("employer_list") + query)
        assert page.status_code == 200
        assert ("filter-fault" in page.content.decode()) == (query in ("?kind=zzz", "?q=%00"))
        assert as_coach.get(url("position_list") + query + "&employer=x").status_code == 200

    def test_the_page_shows_who_works_here_to_whom_may_know(self, world: Any, sign_in: Any) -> None:
        page = url("employer", world.employer.pk)
        name = world.candidate.first_name
        assert name in text(sign_in(world.members[Role.COACH]).get(page))
        from tests.bureaus.factories import MembershipFactory

        stranger = MembershipFactory(role=Role.CONNECTOR, bureau=world.bureau)
        assert name not in text(sign_in(stranger).get(page))

    def test_a_connector_reads_but_finds_nothing_to_change(self, world: Any, sign_in: Any) -> None:
        client = sign_in(world.members[Role.CONNECTOR])
        for page in (url("employer", world.employer.pk), url("position", world.position.pk)):
            shown = text(client.get(page))
            assert "/bewerk/" not in shown
            assert "/stand/" not in shown

    def test_a_pause_can_be_undone_from_the_message(self, as_coach: Client, employer: Employer) -> None:
        until = timezone.localdate() + timedelta(days=10)
        response = as_coach.post(
            url("employer_pause", employer.pk), {"until": until.isoformat()}, follow=True
        )
        assert url("employer_resume", employer.pk) in text(response)
        assert date_format(until, "j F Y") in text(response)


class TestPlacesAndPeople:
    def test_a_location_takes_a_postcode_as_people_write_it(
        self, as_coach: Client, employer: Employer
    ) -> None:
        as_coach.post(url("location_new", employer.pk), {"postcode": "2531 ab", "coordinates": "52.05, 4.28"})
        place = Location.objects.get(employer=employer)
        assert (place.postcode, place.latitude, place.longitude) == ("2531AB", 52.05, 4.28)

    @pytest.mark.parametrize(
        "data",
        [
            {"name": ""},
            {"postcode": "0531AB"},
            {"postcode": "2531A"},
            {"name": "x", "coordinates": "4.28, 52.05"},
        ],
    )
    def test_an_address_that_is_none_is_explained(
        self, as_coach: Client, employer: Employer, data: dict[str, str]
    ) -> None:
        response = as_coach.post(url("location_new", employer.pk), data)
        assert response.status_code == 200
        assert "error-summary" in text(response)
        assert not Location.objects.exists()

    def test_an_unused_location_goes(self, as_coach: Client, employer: Employer) -> None:
        place = LocationFactory(employer=employer)
        assert as_coach.post(url("location_remove", place.pk)).status_code == 302
        assert not Location.objects.exists()

    def test_an_address_belongs_to_one_contact(self, as_coach: Client, employer: Employer) -> None:
        ContactFactory(employer=employer, name="Jo", email="jo@werkgever.example")
        data = {"name": "Els", "email": "JO@werkgever.example"}
        assert "Jo heeft dit e-mailadres al" in text(as_coach.post(url("contact_new", employer.pk), data))

    def test_an_invited_contact_is_shown_as_invited(self, as_coach: Client, employer: Employer) -> None:
        contact = ContactFactory(employer=employer)
        response = as_coach.post(url("contact_invite", contact.pk), follow=True)
        assert "uitgenodigd" in text(response)

    def test_a_contact_goes(self, as_coach: Client, employer: Employer) -> None:
        contact = ContactFactory(employer=employer)
        as_coach.post(url("contact_remove", contact.pk))
        assert not Contact.objects.exists()


class TestPositionForm:
    def test_unknown_stays_unknown_and_none_stays_none(self, as_coach: Client, employer: Employer) -> None:
        data = position_data()
        del data["tasks_unknown"]
        as_coach.post(url("position_new") + f"?werkgever={employer.pk}", data)
        made = Position.objects.get()
        assert (made.tasks, made.talents, made.dayparts_asked) == ([], None, None)
        assert (made.dutch_level, made.guidance_offered, made.guidance_languages) == (None, None, None)

    def test_all_of_it_is_kept_and_shown(self, as_coach: Client, employer: Employer) -> None:
        task = Term.objects.of("task").first()
        place = LocationFactory(employer=employer)
        data = position_data(
            hours_min="8,5", hours_max="16", dayparts_asked=["0", "3"], dayparts_enough="1", tasks=[str(task.pk)],
            location=str(place.pk), dutch_level="2", guidance_offered="3", guidance_languages=["ar"],
            guidance_capacity="2", growth_possible="on", musts=["hours", "language"],
        )  # fmt: skip
        response = as_coach.post(url("position_new") + f"?werkgever={employer.pk}", data, follow=True)
        made = Position.objects.get()
        assert (made.hours_min, made.dayparts_asked, made.tasks) == (8.5, 0b1001, [task.pk])
        assert (made.guidance_languages, made.musts) == (["ar"], ["hours", "language"])
        for word in (task.label_nl, "Arabisch", "8,5 tot 16 uur", "Een eenvoudig gesprek"):
            assert word in text(response)

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"hours_min": "8,25"}, "halve uren"),
            ({"hours_min": "acht"}, "Schrijf de uren als getal"),
            ({"dayparts_asked": ["0"], "dayparts_enough": "3"}, "meer dan je hierboven hebt aangetikt"),
            ({"starts_from": "2030-05-02", "ends_on": "2030-05-01"}, "voor de eerste dag"),
            ({"ends_on": "2020-01-01"}, "al voorbij"),
            ({"title": ""}, "Wat is het werk?"),
        ],
    )
    def test_what_is_not_right_is_explained_and_nothing_typed_is_lost(
        self, as_coach: Client, employer: Employer, changed: dict[str, Any], said: str
    ) -> None:
        data = position_data(description="Met zorg gevouwen", **changed)
        response = as_coach.post(url("position_new") + f"?werkgever={employer.pk}", data)
        assert response.status_code == 200
        assert said in text(response)
        assert "Met zorg gevouwen" in text(response)
        assert not Position.objects.exists()

    def test_a_trial_longer_than_the_rate_is_refused(self, as_coach: Client, employer: Employer) -> None:
        Rate.objects.create(kind="trial_placement", key="max_months", value=6, unit="months", source="proef")
        ends = (timezone.localdate() + timedelta(days=300)).isoformat()
        data = position_data(form="trial", ends_on=ends)
        assert "hoogstens 6 maanden" in text(
            as_coach.post(url("position_new") + f"?werkgever={employer.pk}", data)
        )

    def test_an_unknown_limit_is_said(self, as_coach: Client, employer: Employer) -> None:
        assert "weten we nog niet" in text(as_coach.get(url("position_new") + f"?werkgever={employer.pk}"))

    def test_places_of_another_employer_are_not_offered(self, as_coach: Client, employer: Employer) -> None:
        elsewhere = LocationFactory(employer=EmployerFactory(bureau=employer.bureau))
        data = position_data(location=str(elsewhere.pk))
        response = as_coach.post(url("position_new") + f"?werkgever={employer.pk}", data)
        assert response.status_code == 200
        assert not Position.objects.exists()

    @pytest.mark.parametrize("pk", ["999999", "x", "²", "99999999999999999999999"])
    def test_an_employer_that_is_none_gives_the_choice_or_404(
        self, as_coach: Client, employer: Employer, pk: str
    ) -> None:
        assert as_coach.get(url("position_new"), {"werkgever": pk}).status_code in (200, 404)

    def test_an_employer_of_another_bureau_is_not_there(self, as_coach: Client, other_bureau: Any) -> None:
        stranger = EmployerFactory(bureau=other_bureau)
        assert as_coach.get(url("position_new"), {"werkgever": stranger.pk}).status_code == 404

    def test_an_open_position_keeps_its_form_whatever_is_sent(
        self, as_coach: Client, employer: Employer
    ) -> None:
        opened = PositionFactory(employer=employer, status=PositionStatus.PUBLISHED)
        as_coach.post(url("position_edit", opened.pk), position_data(form="volunteering", title="Nieuw"))
        opened.refresh_from_db()
        assert (opened.form, opened.title) == (WorkForm.WORK_EXPERIENCE, "Nieuw")

    def test_a_closed_position_says_how_to_change_it(self, as_coach: Client, employer: Employer) -> None:
        closed = PositionFactory(employer=employer, status=PositionStatus.CLOSED)
        response = as_coach.post(url("position_edit", closed.pk), position_data())
        assert "Maak er eerst weer een concept van" in text(response)

    def test_the_musts_are_those_of_the_rules(self) -> None:
        assert {str(code) for code in Must.values} == {str(one) for one in Criterion} - {
            str(m) for m in ALWAYS_MUST
        }


class TestFromDraftToOpen:
    def check_data(self, **changed: tuple[str, str]) -> dict[str, str]:
        given = replies(**changed)
        return {key: one["reply"] for key, one in given.items()} | {
            f"{k}_why": v["why"] for k, v in given.items()
        }

    def test_one_fills_in_another_decides_and_it_opens(
        self, as_coach: Client, as_manager: Client, employer: Employer
    ) -> None:
        draft = PositionFactory(employer=employer)
        page = url("position", draft.pk)
        assert url("check_fill", draft.pk) in text(as_coach.get(page))
        as_coach.post(url("check_fill", draft.pk), self.check_data())
        check = draft.displacement_checks.get()
        assert url("check_decide", check.pk) in text(as_manager.get(page))
        as_manager.post(
            url("check_decide", check.pk), {"decision": "no_displacement", "reason": "Bleef liggen"}
        )
        assert "Bleef liggen" in text(as_coach.get(page))
        as_coach.post(url("position_move", draft.pk), {"to": "published"})
        draft.refresh_from_db()
        assert draft.status == PositionStatus.PUBLISHED

    def test_an_answer_that_gives_pause_needs_words(self, as_coach: Client, employer: Employer) -> None:
        draft = PositionFactory(employer=employer)
        response = as_coach.post(url("check_fill", draft.pk), self.check_data(vacancy=("yes", "")))
        assert "Leg dit antwoord" in text(response)
        assert not draft.displacement_checks.exists()

    def test_whoever_filled_it_in_is_told_who_decides(self, as_manager: Client, employer: Employer) -> None:
        draft = PositionFactory(employer=employer)
        as_manager.post(url("check_fill", draft.pk), self.check_data())
        response = as_manager.get(url("check_decide", draft.displacement_checks.get().pk))
        assert response.status_code == 403
        assert "Vraag een andere bureauleider" in text(response)

    def test_a_colleague_does_not_fill_in_over_a_waiting_check(
        self, as_coach: Client, as_manager: Client, employer: Employer
    ) -> None:
        draft = PositionFactory(employer=employer)
        as_coach.post(url("check_fill", draft.pk), self.check_data())
        assert as_manager.get(url("check_fill", draft.pk)).status_code == 409

    def test_closing_asks_why_and_counts_who_is_touched(self, world: Any, sign_in: Any) -> None:
        client = sign_in(world.members[Role.COACH])
        page = url("position_move", world.position.pk)
        assert "Er loopt nog 1 voorstel" in text(client.get(page, {"naar": "closed"}))
        assert client.post(page, {"to": "closed", "reason": ""}).status_code == 200
        assert client.post(page, {"to": "closed", "reason": "Verhuisd"}).status_code == 302
        assert "Verhuisd" in text(client.get(url("position", world.position.pk)))

    def test_the_history_of_checks_is_shown(self, as_coach: Client, employer: Employer) -> None:
        position = PositionFactory(employer=employer)
        old = CheckFactory(position=position, refused=True, filled_at=timezone.now() - timedelta(days=60))
        CheckFactory(position=position, positive=True)
        assert url("check", old.pk) in text(as_coach.get(url("position", position.pk)))

    def test_a_check_of_an_unknown_version_stays_readable(self, as_coach: Client, employer: Employer) -> None:
        answers = {"replies": {"oude_vraag": {"reply": "ja", "why": "zomaar"}}}
        check = CheckFactory(position=PositionFactory(employer=employer), version="1999", answers=answers)
        assert "zomaar" in text(as_coach.get(url("check", check.pk)))

    def test_a_copy_leads_to_its_own_form_once(self, as_coach: Client, employer: Employer) -> None:
        position = PositionFactory(employer=employer)
        data = {"once": "8e9a1b1c-0000-4000-8000-000000000001"}
        first = as_coach.post(url("position_copy", position.pk), data)
        assert as_coach.post(url("position_copy", position.pk), data)["Location"] == first["Location"]
        assert Position.objects.count() == 2


class TestPositionList:
    def test_filters_on_state_form_employer_and_waiting_checks(
        self, as_coach: Client, employer: Employer
    ) -> None:
        opened = PositionFactory(employer=employer, status=PositionStatus.PUBLISHED)
        closed = PositionFactory(employer=employer, status=PositionStatus.CLOSED, form=WorkForm.TRIAL)
        elsewhere = PositionFactory(employer=EmployerFactory(bureau=employer.bureau))
        CheckFactory(position=elsewhere)
        expected = {
            "": {opened, elsewhere},
            "?status=published": {opened},
            "?status=check": {elsewhere},
            "?status=all": {opened, closed, elsewhere},
            "?status=all&form=trial": {closed},
            f"?employer={employer.pk}": {opened},
            f"?q={elsewhere.employer.name}": {elsewhere},
        }
        for query, found in expected.items():
            assert set(as_coach.get(url("position_list") + query).context["page"]) == found, query

    def test_filters_on_the_neighbourhood_room_for_guidance_and_start(
        self, as_coach: Client, employer: Employer, bureau: Any
    ) -> None:
        district = AreaFactory(code="WK199901", municipality=bureau.municipality)
        street = AreaFactory(code="BU19990103", municipality=bureau.municipality)
        far = AreaFactory(code="WK199902", municipality=bureau.municipality)
        bureau.areas.add(district)
        near, nearer, away = (
            PositionFactory(employer=employer, location=LocationFactory(employer=employer, area=area))
            for area in (district, street, far)
        )
        Position.objects.filter(pk=near.pk).update(guidance_capacity=1)
        Position.objects.filter(pk=nearer.pk).update(guidance_capacity=1)
        WorkingFactory(bureau=bureau, employer=employer, position=nearer)
        later = timezone.localdate() + timedelta(days=400)
        Position.objects.filter(pk=away.pk).update(starts_from=later)
        list_of = url("position_list")
        found = {
            query: set(as_coach.get(list_of + query).context["page"])
            for query in ("?near=1", "?guidance=1", f"?starts={SOON}", "?near=1&guidance=1")
        }
        assert found == {
            "?near=1": {near, nearer},
            "?guidance=1": {near},
            f"?starts={SOON}": {near, nearer},
            "?near=1&guidance=1": {near},
        }

    @pytest.mark.parametrize("query", ["?near=1", "?guidance=1", f"?starts={SOON}"])
    def test_a_filtered_list_costs_the_same_for_five_and_fifty(
        self, query: str, as_coach: Client, employer: Employer, bureau: Any, count_queries: Any
    ) -> None:
        area = AreaFactory(municipality=bureau.municipality)
        bureau.areas.add(area)
        place = LocationFactory(employer=employer, area=area)

        def ask(rows: int) -> int:
            PositionFactory.create_batch(rows, employer=employer, location=place, guidance_capacity=2)
            page = as_coach.get(url("position_list") + query).context["page"]
            assert page.paginator.count == Position.objects.count()
            return int(count_queries(lambda: as_coach.get(url("position_list") + query)))

        assert ask(5) == ask(45)

    def test_nothing_found_says_what_to_do(self, as_coach: Client, employer: Employer) -> None:
        assert "Wis filters" in text(as_coach.get(url("position_list") + "?q=zzz"))

    @pytest.mark.parametrize("name", ["position_list", "employer_list"])
    def test_five_hundred_cost_no_more_queries_than_five_and_stay_small(
        self, name: str, as_coach: Client, bureau: Any, count_queries: Any
    ) -> None:
        def fill(number: int) -> None:
            companies = EmployerFactory.create_batch(number, bureau=bureau)
            for company in companies:
                LocationFactory(employer=company)
            PositionFactory._meta.model.objects.bulk_create(
                PositionFactory.build(employer=company, bureau=bureau, location=company.locations.first())
                for company in companies
            )

        fill(30)
        few = count_queries(lambda: as_coach.get(url(name)))
        fill(150)
        many = count_queries(lambda: as_coach.get(url(name)))
        frame = count_queries(lambda: as_coach.get(reverse("accessibility")))
        assert few == many
        assert many - frame + REQUEST <= 12
        assert len(as_coach.get(url(name)).content) <= 60_000


class TestOwnPages:
    def test_the_company_its_positions_and_the_check(self, world: Any, sign_in: Any) -> None:
        client = sign_in(world.members[Role.EMPLOYER])
        assert world.employer.name in text(client.get(url("my_company")))
        assert world.position.title in text(client.get(url("my_positions")))
        page = text(client.get(url("my_position", world.position.pk)))
        assert "extra werk" in page
        assert world.candidate.first_name not in page

    def test_a_contact_tells_about_the_company_but_does_not_rename_it(self, world: Any, sign_in: Any) -> None:
        client = sign_in(world.members[Role.EMPLOYER])
        client.post(url("my_company_edit"), {"story": "Wij repareren", "name": "Anders", "kvk": "12345678"})
        company = Employer.objects.get(pk=world.employer.pk)
        assert (company.story, company.name, company.kvk) == ("Wij repareren", world.employer.name, "")

    def test_a_contact_keeps_locations_and_pause(self, world: Any, sign_in: Any) -> None:
        client = sign_in(world.members[Role.EMPLOYER])
        response = client.post(url("location_new", world.employer.pk), {"name": "Magazijn"})
        assert response["Location"] == url("my_company")
        until = (timezone.localdate() + timedelta(days=3)).isoformat()
        assert client.post(url("employer_pause", world.employer.pk), {"until": until})["Location"] == url(
            "my_company"
        )
        assert "Stop de pauze" in text(client.get(url("my_company")))
