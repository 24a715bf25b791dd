"""The relation with an employer: talks, reminders, agreements, help, and who holds it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.audit.models import Change, Reading
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from employers import services
from employers.models import Agreement, Contribution, Employer, Reminder, Talk
from employers.relation import overview
from employers.relation_enums import AgreementState
from tests.bureaus.factories import MembershipFactory
from tests.employers.factories import (
    AgreementFactory,
    ContactFactory,
    ContributionFactory,
    EmployerFactory,
    ReminderFactory,
    TalkFactory,
)
from tests.world import World

REQUEST = 5  # session, account, scope, roles, scope; tests put a scope of their own around it
ONCE = "5f0c2c9e-9f7a-4b0e-8a45-3f2c9c0f6a11"


def today() -> date:
    return timezone.localdate()


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def url(name: str, *args: Any) -> str:
    return reverse(f"employers:{name}", args=args)


def text(response: Any) -> str:
    return response.content.decode()


@pytest.fixture
def employer(bureau: Any, coach: Membership) -> Employer:
    return EmployerFactory(bureau=bureau, name="Fietsen & Zo", owner=coach)


@pytest.fixture
def as_coach(coach: Membership, sign_in: Any) -> Client:
    return sign_in(coach)


@pytest.fixture
def as_manager(manager: Membership, sign_in: Any) -> Client:
    return sign_in(manager)


def talk(**changed: Any) -> dict[str, Any]:
    return {"kind": "called", "on": today().isoformat(), "note": "Zoekt hulp in de werkplaats", **changed}


class TestTalks:
    def test_a_talk_with_its_reminder_is_one_form(
        self, as_coach: Client, employer: Employer, coach: Membership
    ) -> None:
        contact = ContactFactory(employer=employer, name="Sadia")
        later = (today() + timedelta(days=7)).isoformat()
        data = talk(contact=contact.pk, agreed="Ik stuur de folder", remind_on=later, remind_whom=coach.pk)
        response = as_coach.post(url("talk_new", employer.pk), data, follow=True)
        said = text(response)
        assert "Gebeld, met Sadia" in said
        assert "Ik stuur de folder" in said
        employer.refresh_from_db()
        assert employer.last_contact_on == today()
        reminder = Reminder.objects.get()
        assert (reminder.text, reminder.for_whom) == ("Ik stuur de folder", coach)

    def test_one_contact_is_chosen_beforehand(self, as_coach: Client, employer: Employer) -> None:
        contact = ContactFactory(employer=employer)
        assert as_coach.get(url("talk_new", employer.pk)).context["form"].initial["contact"] == contact.pk

    def test_a_double_post_is_one_talk(self, as_coach: Client, employer: Employer) -> None:
        for _turn in range(2):
            assert as_coach.post(url("talk_new", employer.pk), talk(once=ONCE)).status_code == 302
        assert Talk.objects.count() == 1

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"on": "2099-01-01"}, "Deze dag moet nog komen"),
            ({"on": "1926-01-01"}, "Kijk het jaar nog even na"),
            ({"note": "a" * 1_000_000}, "4000"),
            ({"kind": "telepathy"}, "Selecteer een geldige keuze"),
            ({"remind_text": "Bellen"}, "Kies de dag waarop"),
            ({"remind_on": "2099-01-01", "remind_text": "Bellen"}, "wel heel ver weg"),
        ],
    )
    def test_what_cannot_be_is_said_beside_the_field(
        self, as_coach: Client, employer: Employer, changed: dict[str, str], said: str
    ) -> None:
        response = as_coach.post(url("talk_new", employer.pk), talk(**changed))
        assert response.status_code == 200
        assert said in text(response)
        assert not Talk.objects.exists()

    def test_a_contact_of_another_employer_is_refused(
        self, as_coach: Client, employer: Employer, coach: Membership
    ) -> None:
        elsewhere = ContactFactory(employer__bureau=employer.bureau)
        as_coach.post(url("talk_new", employer.pk), talk(contact=elsewhere.pk))
        assert not Talk.objects.exists()
        with pytest.raises(NotAllowedNow):
            services.add_talk(employer=employer, values={"kind": "called", "contact": elsewhere}, by=coach)

    def test_a_colleague_of_another_bureau_gets_no_reminder(
        self, as_coach: Client, employer: Employer, other_bureau: Any
    ) -> None:
        stranger = MembershipFactory(role=Role.COACH, bureau=other_bureau)
        later = (today() + timedelta(days=1)).isoformat()
        data = {"text": "Bel", "due_on": later, "for_whom": stranger.pk}
        assert as_coach.post(url("reminder_new", employer.pk), data).status_code == 200
        assert not Reminder.objects.exists()

    def test_the_day_we_last_spoke_follows_the_log(self, employer: Employer, coach: Membership) -> None:
        def last() -> date | None:
            employer.refresh_from_db()
            return employer.last_contact_on

        services.add_talk(employer=employer, values={"kind": "visit", "on": ago(20)}, by=coach)
        newest = services.add_talk(employer=employer, values={"kind": "called", "on": ago(3)}, by=coach)
        services.add_talk(employer=employer, values={"kind": "called", "on": ago(40)}, by=coach)
        assert last() == ago(3)
        services.change_talk(talk=newest, values={"on": ago(30)}, by=coach)
        assert last() == ago(20)
        services.change_talk(talk=newest, values={"on": ago(1)}, by=coach)
        services.remove_talk(talk=newest, by=coach)
        assert last() == ago(20)
        services.restore_talk(talk=newest, by=coach)
        assert last() == ago(1)

    def test_taking_a_line_away_can_be_undone(self, as_coach: Client, employer: Employer, coach: Any) -> None:
        line = TalkFactory(employer=employer, by=coach, note="Verkeerde winkel")
        response = as_coach.post(url("talk_remove", line.pk), follow=True)
        assert "Verkeerde winkel" not in text(response)
        assert url("talk_restore", line.pk) in text(response)
        assert "Verkeerde winkel" in text(as_coach.post(url("talk_restore", line.pk), follow=True))

    def test_a_colleagues_line_is_not_mine_to_change(
        self, as_coach: Client, as_manager: Client, employer: Employer
    ) -> None:
        line = TalkFactory(employer=employer, by=MembershipFactory(role=Role.COACH, bureau=employer.bureau))
        assert as_coach.get(url("talk_edit", line.pk)).status_code == 403
        assert as_manager.get(url("talk_edit", line.pk)).status_code == 200
        assert url("talk_edit", line.pk) not in text(as_coach.get(url("relation", employer.pk)))

    def test_what_was_taken_away_is_gone_after_a_day(self, employer: Employer) -> None:
        long_ago = timezone.now() - timedelta(hours=25)
        TalkFactory(employer=employer, removed_at=long_ago)
        ContributionFactory(employer=employer, removed_at=long_ago)
        kept = TalkFactory(employer=employer, removed_at=timezone.now())
        services.forget_removed()
        assert list(Talk.objects.all()) == [kept]
        assert not Contribution.objects.exists()


class TestReminders:
    def test_done_and_undone(self, as_coach: Client, employer: Employer, coach: Membership) -> None:
        one = ReminderFactory(employer=employer, for_whom=coach)
        response = as_coach.post(url("reminder_done", one.pk), {"next": "/vandaag/?van=eigen"})
        assert response["Location"] == "/vandaag/?van=eigen"
        one.refresh_from_db()
        assert one.done_by == coach
        as_coach.post(url("reminder_reopen", one.pk))
        one.refresh_from_db()
        assert one.done_at is None

    @pytest.mark.parametrize("place", ["https://elders.example/", "//elders.example/", "javascript:x"])
    def test_it_never_leads_to_another_site(
        self, as_coach: Client, employer: Employer, coach: Any, place: str
    ) -> None:
        one = ReminderFactory(employer=employer, for_whom=coach)
        response = as_coach.post(url("reminder_done", one.pk), {"next": place})
        assert response["Location"] == url("relation", employer.pk)

    def test_a_connector_finishes_the_own_one_only(
        self, employer: Employer, connector: Membership, coach: Membership, sign_in: Any
    ) -> None:
        client = sign_in(connector)
        mine = ReminderFactory(employer=employer, for_whom=connector)
        theirs = ReminderFactory(employer=employer, for_whom=coach)
        assert client.post(url("reminder_done", mine.pk)).status_code == 302
        assert client.post(url("reminder_done", theirs.pk)).status_code == 403

    def test_who_left_cannot_be_reminded(self, employer: Employer, coach: Membership) -> None:
        left = MembershipFactory(role=Role.COACH, bureau=employer.bureau, starts=ago(50), ends=ago(1))
        with pytest.raises(NotAllowedNow):
            services.add_reminder(employer=employer, text="Bel", due_on=today(), for_whom=left, by=coach)


class TestAgreements:
    def test_written_signed_ended_and_back(
        self, as_coach: Client, employer: Employer, coach: Membership
    ) -> None:
        data = {"title": "Twee leerplekken", "text": "Wij begeleiden.", "starts_on": today().isoformat()}
        as_coach.post(url("agreement_new", employer.pk), {**data, "colleague": coach.pk})
        made = Agreement.objects.get()
        day = {"on": today().isoformat()}
        as_coach.post(url("agreement_sign", made.pk), day)
        made.refresh_from_db()
        assert (made.state, made.signed_on) == (AgreementState.SIGNED, today())
        assert as_coach.get(url("agreement_edit", made.pk)).status_code == 409
        as_coach.post(url("agreement_end", made.pk), day)
        as_coach.post(url("agreement_back", made.pk))
        made.refresh_from_db()
        assert (made.state, made.ended_on, made.signed_on) == (AgreementState.SIGNED, None, today())
        as_coach.post(url("agreement_back", made.pk))
        made.refresh_from_db()
        assert made.state == AgreementState.OPEN

    def test_an_end_before_the_start_is_refused(
        self, as_coach: Client, employer: Employer, coach: Membership
    ) -> None:
        data = {
            "title": "Plek",
            "text": "…",
            "starts_on": today().isoformat(),
            "ends_on": ago(1).isoformat(),
            "colleague": coach.pk,
        }
        assert "Dit is voor de eerste dag" in text(as_coach.post(url("agreement_new", employer.pk), data))
        with pytest.raises(IntegrityError), transaction.atomic():
            AgreementFactory(employer=employer, ends_on=ago(1))

    def test_the_paper_is_a_pdf_with_both_names(
        self, as_coach: Client, employer: Employer, coach: Membership
    ) -> None:
        one = AgreementFactory(employer=employer, contact=ContactFactory(employer=employer), colleague=coach)
        response = as_coach.get(url("agreement_pdf", one.pk))
        assert response.content.startswith(b"%PDF")
        assert response["Cache-Control"] == "no-store"

    def test_the_sheet_counts_people_and_names_none(self, world: World, sign_in: Any) -> None:
        from pypdf import PdfReader

        client = sign_in(world.members[Role.COACH])
        pdf = PdfReader(BytesIO(client.get(url("employer_sheet", world.employer.pk)).content))
        said = " ".join(page.extract_text() for page in pdf.pages)
        assert "1 persoon via ons bureau" in said
        assert world.candidate.first_name not in said
        assert "Twee leerplekken" in said


class TestHelp:
    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"amount": "250"}, "Kies waar het getal vandaan komt"),
            ({"amount": "-5", "unit": "euro", "source": "told"}, "boven nul"),
            ({"amount": "veel", "unit": "euro", "source": "told"}, "Schrijf een getal"),
            ({"amount": "3", "unit": "hours", "source": "told"}, "Geld reken je in euro"),
            ({"on": "2099-01-01"}, "Deze dag moet nog komen"),
        ],
    )
    def test_a_number_has_a_unit_and_a_source(
        self, as_coach: Client, employer: Employer, changed: dict[str, str], said: str
    ) -> None:
        data = {"way": "money", "what": "Gift", "on": today().isoformat(), **changed}
        assert said in text(as_coach.post(url("contribution_new", employer.pk), data))
        assert not Contribution.objects.exists()

    def test_without_a_number_it_is_worth_noting_too(self, as_coach: Client, employer: Employer) -> None:
        data = {"way": "network", "what": "Stelde ons voor", "on": today().isoformat(), "unit": "euro"}
        as_coach.post(url("contribution_new", employer.pk), data)
        one = Contribution.objects.get()
        assert (one.amount, one.unit) == (None, "")
        assert "waarde niet bekend" in text(as_coach.get(url("relation", employer.pk)))

    def test_an_amount_is_read_as_people_write_it(self, as_coach: Client, employer: Employer) -> None:
        data = {"way": "money", "what": "Gift", "on": today().isoformat(), "amount": "€ 1.250,50"}
        as_coach.post(url("contribution_new", employer.pk), {**data, "source": "invoice"})
        assert Contribution.objects.get().amount == Decimal("1250.50")

    def test_a_year_in_one_matrix(self, employer: Employer, coach: Membership) -> None:
        other = EmployerFactory(bureau=employer.bureau, name="Bakkerij")
        EmployerFactory(bureau=employer.bureau, name="Deed niets")
        money = {"way": "money", "unit": "euro", "source": "told"}
        ContributionFactory(employer=employer, on=date(2025, 1, 1), amount=100, **money)
        ContributionFactory(employer=employer, on=date(2025, 12, 31), amount="50.50", **money)
        ContributionFactory(employer=employer, on=date(2025, 6, 1), way="market")
        ContributionFactory(
            employer=other, on=date(2025, 6, 1), way="knowledge", amount=3, unit="hours", source="told"
        )
        ContributionFactory(employer=other, on=date(2024, 12, 31), amount=999, **money)
        ContributionFactory(employer=other, on=date(2025, 2, 2), removed_at=timezone.now())
        found = overview(coach, 2025)
        assert [row.name for row in found.rows] == ["Bakkerij", "Fietsen & Zo"]
        totals = {one.way: one for one in found.totals}
        assert (totals["money"].times, totals["money"].euro, totals["money"].companies) == (
            2,
            Decimal("150.50"),
            1,
        )
        assert totals["knowledge"].hours == 3
        assert found.everything.times == 4
        assert found.everything.euro == Decimal("150.50")
        assert [row.name for row in overview(coach, 2025, "-total").rows] == ["Fietsen & Zo", "Bakkerij"]
        assert overview(coach, 2025, "-knowledge").rows[0].name == "Bakkerij"

    def test_another_bureau_does_not_count(self, coach: Membership, other_bureau: Any) -> None:
        ContributionFactory(employer__bureau=other_bureau, on=today())
        assert overview(coach, today().year).rows == []

    def test_an_empty_year_says_what_to_do(self, as_manager: Client) -> None:
        assert "nog niets genoteerd" in text(as_manager.get(url("ways")))

    @pytest.mark.parametrize("query", ["?jaar=x", "?jaar=99999", "?jaar=0001", "?sort=;drop", "?page=9"])
    def test_odd_choices_give_a_page(self, as_manager: Client, employer: Employer, query: str) -> None:
        ContributionFactory(employer=employer)
        assert as_manager.get(url("ways") + query).status_code == 200

    def test_the_workbook_needs_the_right_and_a_reason_and_leaves_a_line(
        self, employer: Employer, manager: Membership, as_manager: Client
    ) -> None:
        ContributionFactory(employer=employer, what="=HYPERLINK(1)")
        assert as_manager.get(url("ways_export")).status_code == 403
        Membership.objects.filter(pk=manager.pk).update(may_export=True)
        assert as_manager.post(url("ways_export"), {}).status_code == 200
        response = as_manager.post(url("ways_export"), {"reason": "Jaarverslag"})
        book = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert "'=HYPERLINK(1)" in [cell.value for cell in cells]
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert "Jaarverslag" in Reading.objects.get(what="ways_export").reason


class TestWhoHolds:
    def test_the_list_shows_my_relations_and_nobodys(self, as_coach: Client, employer: Employer) -> None:
        colleague = MembershipFactory(role=Role.COACH, bureau=employer.bureau)
        loose = EmployerFactory(bureau=employer.bureau)
        theirs = EmployerFactory(bureau=employer.bureau, owner=colleague)
        for query, found in [("mine", employer), ("none", loose), (str(colleague.pk), theirs)]:
            page = as_coach.get(url("employer_list") + f"?owner={query}").context["page"]
            assert list(page) == [found]
        assert as_coach.get(url("employer_list") + "?owner=999999").status_code == 200

    def test_all_goes_to_a_colleague_and_back(
        self, as_manager: Client, employer: Employer, coach: Membership
    ) -> None:
        to = MembershipFactory(role=Role.COACH, bureau=employer.bureau)
        reminder = ReminderFactory(employer=employer, for_whom=coach)
        done = ReminderFactory(employer=employer, for_whom=coach, done_at=timezone.now())
        agreement = AgreementFactory(employer=employer, colleague=coach)
        data = {"van": coach.pk, "to": to.pk, "ids": [employer.pk], "once": ONCE}
        response = as_manager.post(url("relations_hand_over"), data, follow=True)
        assert "1 relatie is nu van" in text(response)
        for one in (employer, reminder, done, agreement):
            one.refresh_from_db()
        assert (employer.owner, reminder.for_whom, agreement.colleague) == (to, to, to)
        assert done.for_whom == coach
        as_manager.post(url("relations_take_back"))
        for one in (employer, reminder, agreement):
            one.refresh_from_db()
        assert (employer.owner, reminder.for_whom, agreement.colleague) == (coach, coach, coach)

    def test_a_coach_gives_away_only_the_own_ones(
        self, employer: Employer, coach: Membership, sign_in: Any
    ) -> None:
        other = MembershipFactory(role=Role.COACH, bureau=employer.bureau)
        data = {"van": coach.pk, "to": other.pk, "ids": [employer.pk]}
        sign_in(other).post(url("relations_hand_over"), data)
        employer.refresh_from_db()
        assert employer.owner == coach

    def test_nobody_ticked_moves_nobody(
        self, as_manager: Client, employer: Employer, coach: Membership, manager: Membership
    ) -> None:
        response = as_manager.post(url("relations_hand_over"), {"van": coach.pk, "to": manager.pk})
        assert "Vink eerst werkgevers aan" in text(response)


class TestWalls:
    def test_the_employer_reads_nothing_of_it(self, world: World) -> None:
        with scoped(Scope.for_membership(world.members[Role.EMPLOYER])):
            for model in (Talk, Reminder, Agreement, Contribution):
                assert not model.objects.exists()

    def test_a_row_never_points_into_another_bureau(self, world: World, other_world: World) -> None:
        Talk.objects.filter(pk=world.talk.pk).update(contact=other_world.contact)
        with pytest.raises(IntegrityError), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_each_change_leaves_a_line(self, world: World) -> None:
        before = Change.objects.count()
        with scoped(Scope.for_membership(world.members[Role.COACH])):
            services.finish_reminder(reminder=world.reminder, by=world.members[Role.COACH])
        assert Change.objects.count() == before + 1


class TestBudgets:
    def fill(self, employer: Employer, coach: Membership, count: int) -> None:
        contact = ContactFactory(employer=employer)
        for _n in range(count):
            TalkFactory(employer=employer, by=coach, contact=contact)
            ReminderFactory(employer=employer, for_whom=coach)
            AgreementFactory(employer=employer, colleague=coach, contact=contact)
            ContributionFactory(employer=employer, by=coach)
            ContributionFactory(employer__bureau=employer.bureau, employer__owner=coach)

    @pytest.mark.parametrize("name", ["relation", "ways", "relations_hand_over", "contribution_list"])
    def test_five_and_fifty_cost_the_same(
        self, name: str, as_manager: Client, employer: Employer, coach: Membership, count_queries: Any
    ) -> None:
        args = [employer.pk] if name in ("relation", "contribution_list") else []
        page = url(name, *args) + (f"?van={coach.pk}" if name == "relations_hand_over" else "")
        self.fill(employer, coach, 5)
        few = count_queries(lambda: as_manager.get(page))
        self.fill(employer, coach, 45)
        many = count_queries(lambda: as_manager.get(page))
        frame = count_queries(lambda: as_manager.get(reverse("accessibility")))
        assert few == many
        assert many - frame + REQUEST <= 12
