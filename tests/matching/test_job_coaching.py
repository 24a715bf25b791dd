"""Hours of a job coach: granted against used, lines that do not change, and a period that three people sign."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from matching.coaching import content_of, duration, grants, sealed
from matching.day import day_list
from matching.documents import draft_sheet
from matching.models import CoachGoal, CoachHours, CoachPeriod, EmployerQuestion, Message, Placement
from matching.services import coach_periods
from matching.services import delivery as messages
from matching.services import job_coaching as services
from matching.services.job_coaching import GoalGiven
from tests.bureaus.factories import MembershipFactory
from tests.matching.factories import ContactFactory, PersonFactory, StepFactory, WorkingFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DRAWN = "M10 10L20 20L30 10L40 20L50 10L60 20L70 10L80 20"


@pytest.fixture
def placement(coach):
    person = PersonFactory(bureau=coach.bureau, coach=coach)
    return WorkingFactory(bureau=coach.bureau, candidate=person)


@pytest.fixture
def plan(placement, coach):
    return services.make_plan(
        placement=placement, goals=[GoalGiven("Zelfstandig reizen", 600), GoalGiven("Vragen durven", 300)],
        by=coach, granted_by="municipality", grantor="Gemeente Proefstad", provider="Bureau Proef", coach=coach,
        starts_on=TODAY - timedelta(days=28), ends_on=TODAY + timedelta(days=150),
    )  # fmt: skip


def log(plan, coach, *, minutes=60, ago=3, goal=0, **more):
    said = {"done": "Samen met de bus", **more}
    return services.log_hours(
        plan=plan, goal=plan.goals.all()[goal], worked_on=TODAY - timedelta(days=ago), minutes=minutes, by=coach,
        **said,
    )  # fmt: skip


def put_down(plan, coach, *, since=20, until=1):
    return coach_periods.put_down(
        plan=plan, since=TODAY - timedelta(days=since), until=TODAY - timedelta(days=until), by=coach
    )


def day_of(membership):
    with scoped(Scope.for_membership(membership)):
        return {
            str(group.title): [one.text for one in group.matters] for group in day_list(membership, own=True)
        }


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 min"), (45, "45 min"), (90, "1 uur 30 min"), (720, "12 uur"), (-30, "−30 min")],
)
def test_time_reads_as_people_say_it(minutes, said):
    assert duration(minutes).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("minutes", "state", "over"), [(479, "fine", 0), (480, "near", 0), (600, "full", 0), (630, "over", 30)]
)
def test_a_goal_warns_from_eighty_percent_and_says_what_is_over(plan, coach, minutes, state, over):
    log(plan, coach, minutes=minutes)
    first, second = grants(plan)
    assert (first.state, first.over, second.state) == (state, over, "fine")


def test_travel_counts_only_where_the_grant_says_so(plan, coach):
    log(plan, coach, minutes=30, travel_minutes=40)
    assert grants(plan)[0].used == 30
    plan.travel_counts = True
    plan.save()
    assert grants(plan)[0].used == 70


def test_a_line_is_refused_outside_the_plan_and_in_the_future(plan, coach):
    for ago in (-1, 40):
        with pytest.raises(NotAllowedNow):
            log(plan, coach, ago=ago)


def test_a_correction_leaves_the_old_line_with_its_reason(plan, coach):
    line = log(plan, coach, minutes=60)
    better = services.correct_hours(line=line, reason="Het was korter", minutes=30, by=coach)
    line.refresh_from_db()
    assert (better.minutes, better.replaces, line.void_reason) == (30, line, "Het was korter")
    assert grants(plan)[0].used == 30
    with pytest.raises(NotAllowedNow, match="al verbeterd"):
        services.correct_hours(line=line, reason="Nog eens", by=coach)


def test_a_line_can_be_taken_back_for_a_day_and_only_when_nothing_followed(plan, coach):
    line = log(plan, coach)
    services.take_back_hours(line=line, by=coach)
    old = log(plan, coach)
    CoachHours.objects.filter(pk=old.pk).update(noted_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(NotAllowedNow, match="één dag"):
        services.take_back_hours(line=old, by=coach)


def test_a_goal_with_hours_stays_and_the_plan_keeps_its_hours_inside(plan, coach):
    log(plan, coach, ago=20)
    first, second = plan.goals.all()
    with pytest.raises(NotAllowedNow, match="staan al uren"):
        services.change_plan(plan=plan, goals=[GoalGiven("Vragen durven", 300, second.pk)], by=coach)
    kept = [GoalGiven("Alleen reizen", 900, first.pk)]
    with pytest.raises(NotAllowedNow, match="buiten deze dagen"):
        services.change_plan(plan=plan, goals=kept, starts_on=TODAY, by=coach)
    services.change_plan(plan=plan, goals=kept, by=coach)
    assert list(CoachGoal.objects.values_list("words", "minutes")) == [("Alleen reizen", 900)]


def test_a_period_that_is_put_down_closes_its_days_also_for_the_database(plan, coach):
    line = log(plan, coach)
    period = put_down(plan, coach)
    assert period.sha256 == sealed(period.content) == sealed(CoachPeriod.objects.get(pk=period.pk).content)
    for act in (
        lambda: log(plan, coach),
        lambda: services.correct_hours(line=line, reason="Toch anders", minutes=10, by=coach),
        lambda: services.take_back_hours(line=line, by=coach),
        lambda: put_down(plan, coach, since=5),
    ):
        with pytest.raises(NotAllowedNow):
            act()
    for table, change in (("coachhours", "minutes = 5"), ("coachperiod", "content = '{}'")):
        with scoped(Scope.for_membership(coach)), pytest.raises(DatabaseError), transaction.atomic():
            CoachHours.objects.raw(f"UPDATE matching_{table} SET {change} RETURNING id")[0]


def test_opening_again_needs_a_reason_and_makes_a_new_version(plan, coach):
    line = log(plan, coach)
    first = put_down(plan, coach)
    with pytest.raises(NotAllowedNow, match="waarom"):
        coach_periods.reopen(period=first, reason=" ", by=coach)
    coach_periods.reopen(period=first, reason="Een dag vergeten", by=coach)
    services.correct_hours(line=line, reason="Het was langer", minutes=90, by=coach)
    second = put_down(plan, coach)
    assert (second.version, second.replaces, second.sha256 == first.sha256) == (2, first, False)
    with pytest.raises(NotAllowedNow, match="heropend"):
        coach_periods.candidate_signs(period=first, name="Mo", by=coach)


def test_putting_down_can_be_taken_back_until_somebody_signs(plan, coach):
    log(plan, coach)
    coach_periods.take_back_period(period=put_down(plan, coach), by=coach)
    period = put_down(plan, coach)
    coach_periods.candidate_signs(period=period, name="Mo", by=coach)
    with pytest.raises(NotAllowedNow, match="tot iemand tekent"):
        coach_periods.take_back_period(period=period, by=coach)


def test_what_is_signed_holds_nothing_that_was_said_in_private(plan, coach):
    log(plan, coach, candidate_words="Ik was bang in de bus")
    assert "bang" not in str(content_of(plan, plan.starts_on, TODAY))


def test_candidate_and_employer_sign_on_their_own_pages(plan, coach, placement, sign_in):
    log(plan, coach, candidate_words="Ik was bang in de bus")
    period = put_down(plan, coach)
    me = sign_in(MembershipFactory(role=Role.CANDIDATE, bureau=plan.bureau, candidate=placement.candidate))
    url = reverse("matching:my_coach_period", args=[period.pk])
    assert "Ik was bang in de bus" in me.get(url).content.decode()
    assert url in me.get(reverse("matching:my_work")).content.decode()
    assert me.post(url, {"signature": DRAWN, "name": ""}).status_code == 302
    boss = sign_in(MembershipFactory(role=Role.EMPLOYER, bureau=plan.bureau, employer=placement.employer))
    theirs = reverse("matching:employer_coach_period", args=[period.pk])
    assert theirs in boss.get(reverse("matching:my_placements")).content.decode()
    page = boss.get(theirs).content.decode()
    assert "Samen met de bus" in page
    assert "bang" not in page
    assert "Proefpersoon" not in page
    assert boss.post(theirs, {"hours_right": "yes"}).status_code == 302
    period.refresh_from_db()
    assert period.is_signed
    assert (period.candidate_signature, bool(period.employer_name)) == (DRAWN, True)


def test_an_employer_signs_once_behind_the_link_in_the_mail(
    plan, coach, placement, django_capture_on_commit_callbacks
):
    ContactFactory(employer=placement.employer, name="Bo Baas")
    log(plan, coach)
    period = put_down(plan, coach)
    sent = Message.objects.get(kind="employer.coach_period")
    with scoped(Scope.for_bureau(plan.bureau)):
        assert messages.deliver(message_id=sent.pk)
    path = re.search(r"/vraag/[\w-]+/", mail.outbox[-1].body)[0]
    assert placement.candidate.first_name not in mail.outbox[-1].body
    page = Client().get(path).content.decode()
    assert "Samen met de bus" in page
    assert "Met ja zet je je naam eronder: Bo Baas." in page
    assert Client().post(path, {"hours_right": "yes"}).status_code == 302
    period.refresh_from_db()
    assert period.employer_name == "Bo Baas"
    assert "Je antwoord is binnen" in Client().get(path).content.decode()


def test_an_employer_who_says_no_is_on_the_coachs_day_and_has_not_signed(plan, coach):
    log(plan, coach)
    period = put_down(plan, coach)
    boss = MembershipFactory(role=Role.EMPLOYER, bureau=plan.bureau, employer=plan.employer)
    coach_periods.employer_says(period=period, right=False, words="Dinsdag was er niemand", by=boss)
    period.refresh_from_db()
    assert period.employer_signed_at is None
    assert "De uren kloppen niet, zegt de werkgever" in day_of(coach)


def test_who_shares_no_name_is_not_shown_to_the_employer(plan, coach, placement, sign_in):
    ContactFactory(employer=placement.employer)
    Placement.objects.filter(pk=placement.pk).update(shared_name="")
    plan.placement.refresh_from_db()
    log(plan, coach)
    period = put_down(plan, coach)
    boss = sign_in(MembershipFactory(role=Role.EMPLOYER, bureau=plan.bureau, employer=plan.employer))
    assert boss.get(reverse("matching:employer_coach_period", args=[period.pk])).status_code == 404
    assert not Message.objects.filter(kind="employer.coach_period").exists()


def test_without_a_yes_to_contact_the_candidates_mail_is_held(coach):
    quiet = PersonFactory(bureau=coach.bureau, coach=coach, contact=False)
    placement = WorkingFactory(bureau=coach.bureau, candidate=quiet)
    plan = services.make_plan(
        placement=placement, goals=[GoalGiven("Reizen", 60)], by=coach, granted_by="uwv", provider="Wij",
        starts_on=TODAY - timedelta(days=10), ends_on=TODAY + timedelta(days=10),
    )  # fmt: skip
    log(plan, coach)
    put_down(plan, coach)
    assert Message.objects.get(kind="candidate.coach_period").state == "held"


class TestPages:
    @pytest.fixture
    def client(self, coach, sign_in):
        return sign_in(coach)

    def test_a_plan_is_made_and_hours_are_logged_with_a_few_taps(self, client, placement):
        StepFactory(placement=placement)
        made = client.post(
            reverse("matching:coach_plan_new", args=[placement.pk]),
            {
                "granted_by": "uwv", "provider": "Wij", "starts_on": TODAY - timedelta(days=5),
                "ends_on": TODAY + timedelta(days=90), "goal_0": "Zelfstandig reizen", "hours_0": "1,5",
            },
        )  # fmt: skip
        assert made.status_code == 302
        goal = CoachGoal.objects.get()
        assert (goal.minutes, goal.plan.granted_by) == (90, "uwv")
        place = client.get(reverse("matching:placement", args=[placement.pk])).content.decode()
        url = reverse("matching:coach_hours_new", args=[goal.plan_id])
        assert url in place
        said = {"goal": goal.pk, "long": "120", "done": "Met de bus", "worked_on": TODAY}
        done = client.post(url, said, follow=True).content.decode().replace("\xa0", " ")
        assert "30 min meer dan toegekend" in done
        assert CoachHours.objects.get().minutes == 120

    def test_a_goal_without_hours_is_asked_about(self, client, plan):
        answer = client.post(
            reverse("matching:coach_plan_edit", args=[plan.pk]), {"goal_2": "Op tijd komen", "hours_2": ""}
        )
        assert "Vul in hoeveel uur er voor dit doel is toegekend." in answer.content.decode()

    def test_a_correction_on_the_page_needs_its_reason(self, client, plan, coach):
        line = log(plan, coach)
        url = reverse("matching:coach_hours_correct", args=[line.pk])
        said = {"goal": line.goal_id, "long": "30", "done": "Korter", "worked_on": line.worked_on}
        assert client.post(url, said).status_code == 200
        assert client.post(url, {**said, "reason": "Verkeerd geteld"}).status_code == 302
        assert (
            "Verkeerd geteld"
            in client.get(reverse("matching:coaching", args=[plan.placement_id])).content.decode()
        )

    def test_the_candidate_signs_on_the_coachs_screen(self, client, plan, coach):
        log(plan, coach)
        period = put_down(plan, coach)
        url = reverse("matching:coach_period_sign", args=[period.pk])
        assert client.post(url, {"name": "", "signature": ""}).status_code == 200
        assert client.post(url, {"name": "Mo", "signature": ""}).status_code == 302
        period.refresh_from_db()
        assert period.candidate_signed_with == coach

    def test_the_sheet_is_a_pdf_and_a_workbook_with_lines_to_sign(self, client, plan, coach):
        log(plan, coach, minutes=90, travel_minutes=30, candidate_words="Ik was bang")
        period = put_down(plan, coach)
        span = f"?van={plan.starts_on}&tot={TODAY}"
        for url in (
            reverse("matching:coach_period_xlsx", args=[period.pk]),
            reverse("matching:coach_plan_xlsx", args=[plan.pk]) + span,
            reverse("matching:my_coaching_xlsx") + span,
        ):
            book = openpyxl.load_workbook(io.BytesIO(client.get(url).content))
            rows = list(book.worksheets[0].iter_rows(values_only=True))
            assert rows[1][3:7] == ("Zelfstandig reizen", 1.5, 0.5, "Samen met de bus")
            roles = [row[4] for row in book.worksheets[2].iter_rows(values_only=True)]
            assert roles[1:] == ["Jobcoach", "Kandidaat", "Werkgever"]
            assert "bang" not in str(rows)
        for url in (
            reverse("matching:coach_period_pdf", args=[period.pk]),
            reverse("matching:my_coaching_pdf") + span,
        ):
            answer = client.get(url)
            assert answer["Content-Type"] == "application/pdf"
            assert answer.content.startswith(b"%PDF")

    def test_the_page_costs_the_same_with_many_lines(self, client, plan, coach, count_queries):
        url = reverse("matching:coaching", args=[plan.placement_id])
        log(plan, coach)
        few = count_queries(lambda: client.get(url))
        line = CoachHours.objects.get()
        CoachHours.objects.bulk_create(
            CoachHours(
                bureau=plan.bureau, candidate=plan.candidate, plan=plan, goal=line.goal, worked_on=TODAY, minutes=5,
                done="Kort", by=coach, by_name="Coach",
            )
            for _ in range(49)
        )  # fmt: skip
        assert count_queries(lambda: client.get(url)) == few <= 13

    def test_a_colleague_of_another_bureau_and_a_connector_see_nothing(self, plan, sign_in, member):
        stranger = sign_in(MembershipFactory(role=Role.COACH))
        assert stranger.get(reverse("matching:coaching", args=[plan.placement_id])).status_code == 404
        assert (
            sign_in(member(Role.CONNECTOR))
            .get(reverse("matching:coaching", args=[plan.placement_id]))
            .status_code
            == 403
        )


class TestToday:
    def test_hours_that_are_nearly_used_up_are_on_the_coachs_day(self, plan, coach):
        log(plan, coach, minutes=400)
        assert "Jobcoachuren bijna op" not in day_of(coach)
        log(plan, coach, minutes=100)
        assert day_of(coach)["Jobcoachuren bijna op"] == ["Zelfstandig reizen: 83 % gebruikt"]

    def test_a_plan_warns_six_weeks_before_its_end_unless_a_next_one_stands(self, plan, coach):
        plan.ends_on = TODAY + timedelta(days=43)
        plan.save()
        assert "Jobcoachplan loopt af" not in day_of(coach)
        plan.ends_on = TODAY + timedelta(days=42)
        plan.save()
        assert "Jobcoachplan loopt af" in day_of(coach)
        services.make_plan(
            placement=plan.placement, goals=[GoalGiven("Reizen", 60)], by=coach, granted_by="uwv", provider="Wij",
            starts_on=plan.ends_on, ends_on=plan.ends_on + timedelta(days=90),
        )  # fmt: skip
        assert "Jobcoachplan loopt af" not in day_of(coach)

    def test_a_period_that_waits_a_week_for_a_name_is_on_the_day(self, plan, coach):
        log(plan, coach)
        period = put_down(plan, coach)
        title = "Jobcoachuren wachten op een naam"
        assert title not in day_of(coach)
        CoachPeriod.objects.update(made_at=timezone.now() - timedelta(days=8))
        assert day_of(coach)[title] == ["wacht op de kandidaat"]
        coach_periods.candidate_signs(period=period, name="Mo", by=coach)
        assert day_of(coach)[title] == ["wacht op de werkgever"]
        boss = MembershipFactory(role=Role.EMPLOYER, bureau=plan.bureau, employer=plan.employer)
        coach_periods.employer_says(period=period, right=True, by=boss)
        assert title not in day_of(coach)


def test_erasing_a_person_takes_signed_periods_along(plan, coach, placement):
    log(plan, coach)
    put_down(plan, coach)
    placement.candidate.delete()
    assert not CoachHours.objects.exists()
    assert not CoachPeriod.objects.exists()
    assert not EmployerQuestion.objects.exists()


def test_last_month_is_what_is_put_down_usually():
    from matching.forms.job_coaching import last_month

    assert last_month(date(2026, 3, 17)) == (date(2026, 2, 1), date(2026, 2, 28))


def test_a_coach_takes_the_own_lines_along_and_not_those_of_a_namesake(plan, coach, member):
    namesake = member(Role.COACH)
    type(namesake.user).objects.filter(pk=namesake.user_id).update(name=coach.user.name)
    namesake.refresh_from_db()
    mine = log(plan, coach, minutes=60)
    log(plan, namesake, minutes=90)
    sheet = draft_sheet(plan, TODAY - timedelta(days=9), TODAY, by=coach)
    assert ([line.pk for line in sheet.lines], sheet.minutes) == ([mine.pk], 60)
