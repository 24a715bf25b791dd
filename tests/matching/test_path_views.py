"""The pages of hours, agreements, threads and ends in sight."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.enums import Role
from employers.enums import WorkForm
from matching.enums import MatchState
from matching.models import CoachPlan, HoursStep, NextPlan, Placement, WageValue
from tests.bureaus.factories import MembershipFactory
from tests.employers.factories import SubscriptionFactory
from tests.matching.factories import (
    ContactFactory,
    IntakeFactory,
    IntroductionFactory,
    MatchFactory,
    PersonFactory,
    StepFactory,
    WorkFactory,
    WorkingFactory,
)

MOST_QUERIES = 12
OF_A_PERSON = 15


def days(n):
    return timezone.localdate() + timedelta(days=n)


def url(name, *args):
    return reverse(f"matching:{name}", args=args)


def text_of(response):
    return response.content.decode()


@pytest.fixture
def at_coach(sign_in, coach):
    return sign_in(coach)


@pytest.fixture
def own(bureau, coach):
    """own(…) makes a placement of a person of this coach, with hours."""

    def make(**fields):
        person = fields.pop("candidate", None) or PersonFactory(bureau=bureau, coach=coach)
        placement = WorkingFactory(bureau=bureau, candidate=person, **fields)
        return StepFactory(placement=placement).placement

    return make


# beginning


@pytest.mark.parametrize(
    ("form", "asked", "not_asked"),
    [
        (
            "regular_job",
            ["Contract vanaf", "Werkgever op papier", "Contract tot en met"],
            ["Proefplaatsing tot"],
        ),
        ("trial", ["Proefplaatsing tot en met", "hoogstens zes maanden"], ["Contract vanaf"]),
        ("volunteering", ["Laat leeg als er geen einddatum is."], ["Contract vanaf", "Werkgever op papier"]),
    ],
)
def test_the_work_form_decides_what_is_asked(bureau, coach, at_coach, form, asked, not_asked):
    person = PersonFactory(bureau=bureau, coach=coach)
    match = MatchFactory(bureau=bureau, candidate=person, state=MatchState.MET)
    page = text_of(at_coach.get(url("match_place", match.pk), {"form": form}))
    for words in asked:
        assert words in page
    for words in not_asked:
        assert words not in page


def test_work_begins_with_who_is_there_and_what_was_agreed(bureau, coach, at_coach):
    person = PersonFactory(bureau=bureau, coach=coach)
    match = MatchFactory(bureau=bureau, candidate=person, state=MatchState.MET)
    contact = ContactFactory(employer=match.employer, name="Karin")
    data = {
        "form": "supported_job", "starts_on": f"{days(0)}", "hours": "12", "contract_on": f"{days(0)}",
        "employer_of_record": "De Ketting", "ends_on": f"{days(200)}", "supervisor_contact": contact.pk,
        "job_coach": coach.pk, "dayparts": ["0", "3"], "agreed": "Pauze om tien uur",
    }  # fmt: skip
    at_coach.post(url("match_place", match.pk), data)
    made = Placement.objects.get(match=match)
    assert (made.supervisor, made.supervisor_contact, made.job_coach) == ("Karin", contact, coach)
    assert (made.dayparts, made.agreed, made.ends_on) == (0b1001, "Pauze om tien uur", days(200))
    page = text_of(at_coach.get(url("placement", made.pk)))
    for words in ("Karin", str(coach.user), "Pauze om tien uur", "De Ketting"):
        assert words in page


def test_a_start_by_mistake_is_taken_back_until_something_follows(bureau, coach, at_coach):
    person = PersonFactory(bureau=bureau, coach=coach)
    match = IntroductionFactory(
        match__bureau=bureau, match__candidate=person, match__state=MatchState.MET
    ).match
    data = {"form": "work_experience", "starts_on": f"{days(0)}", "hours": "8"}
    at_coach.post(url("match_place", match.pk), data)
    made = Placement.objects.get()
    undo = url("change_undo", made.changes.get().pk)
    assert undo in text_of(at_coach.get(url("placement", made.pk)))
    assert at_coach.post(undo)["Location"] == url("match", match.pk)
    match.refresh_from_db()
    assert (match.state, Placement.objects.count()) == (MatchState.MET, 0)
    at_coach.post(url("match_place", match.pk), data)
    made = Placement.objects.get()
    HoursStep.objects.update(confirmed_at=timezone.now())
    assert at_coach.post(url("change_undo", made.changes.get().pk)).status_code == 409


def test_a_job_coach_is_a_colleague_or_somebody_from_outside(bureau, coach, at_coach, own):
    data = {"form": "work_experience", "starts_on": f"{own().starts_on}", "job_coach": coach.pk}
    answer = at_coach.post(
        url("placement_edit", Placement.objects.get().pk), data | {"job_coach_name": "Van buiten"}
    )
    assert "Kies een collega, of schrijf iemand van buiten op." in text_of(answer)


def test_after_a_proposal_work_may_go_on_from_other_work(bureau, coach, at_coach, own):
    before = own(starts_on=days(-100))
    match = MatchFactory(bureau=bureau, candidate=before.candidate, state=MatchState.MET)
    move = text_of(at_coach.get(url("placement_move", before.pk)))
    begin = f"{url('match_place', match.pk)}?vervolg={before.pk}"
    assert begin in move
    assert f'<option value="{before.pk}" selected>' in text_of(at_coach.get(begin))
    data = {"form": "work_experience", "starts_on": f"{days(0)}", "hours": "16", "previous": before.pk}
    at_coach.post(url("match_place", match.pk), data)
    after = Placement.objects.get(match=match)
    before.refresh_from_db()
    assert (after.previous, before.ended_on) == (before, days(-1))


# a running placement


def test_two_who_edit_at_once_see_three_values(at_coach, own):
    placement = own(supervisor="Piet")
    page = text_of(at_coach.get(url("placement_edit", placement.pk)))
    was = page.split('name="was" value="')[1].split('"')[0]
    Placement.objects.update(supervisor="Karin")
    data = {
        "form": "work_experience",
        "starts_on": f"{placement.starts_on}",
        "supervisor": "Joke",
        "was": was,
    }
    answer = at_coach.post(url("placement_edit", placement.pk), data)
    assert answer.status_code == 409
    for name in ("Piet", "Karin", "Joke"):
        assert name in text_of(answer)


def test_what_was_changed_is_told_and_taken_back_from_the_page(at_coach, own, coach):
    placement = own(supervisor="Piet")
    data = {"form": "work_experience", "starts_on": f"{placement.starts_on}", "supervisor": "Karin"}
    page = text_of(at_coach.post(url("placement_edit", placement.pk), data, follow=True))
    undo = url("change_undo", placement.changes.get().pk)
    assert page.count(undo) == 2, "in the message and on the page"
    assert "Begeleider op het werk: van Piet naar Karin" in text_of(
        at_coach.get(url("placement_history", placement.pk))
    )
    assert at_coach.get(undo).status_code == 405
    at_coach.post(undo)
    placement.refresh_from_db()
    assert placement.supervisor == "Piet"
    assert "Teruggedraaid" in text_of(at_coach.get(url("placement_history", placement.pk)))


def test_a_step_is_corrected_with_a_reason_or_taken_away(at_coach, own):
    placement = own(starts_on=days(-60))
    at_coach.post(
        url("hours_new", placement.pk), {"hours": "12", "starts": f"{days(-20)}", "reason": "Lukt goed"}
    )
    step = HoursStep.objects.get(hours=12)
    data = {"hours": "14", "starts": f"{days(-25)}", "reason": "Lukt goed"}
    assert "Waarom verbeter je dit" in text_of(at_coach.post(url("hours_correct", step.pk), data))
    at_coach.post(url("hours_correct", step.pk), data | {"note": "Typefout"})
    step.refresh_from_db()
    assert (step.hours, step.during.lower) == (14, days(-25))
    at_coach.post(url("hours_correct", step.pk), data | {"note": "Andere persoon", "remove": "on"})
    assert placement.hours_steps.count() == 1


def test_the_page_shows_one_path_across_employers_within_its_budget(bureau, at_coach, own, count_queries):
    first = own(starts_on=days(-140))
    work = WorkFactory(bureau=bureau, title="Planten water geven", employer__name="Kas Noord")
    data = {"form": "work_experience", "starts_on": f"{days(0)}", "hours": "27"}
    answer = at_coach.post(f"{url('placement_move', first.pk)}?werkplek={work.pk}", data)
    second = Placement.objects.get(previous=first)
    assert answer["Location"] == url("placement", second.pk)
    pages = {pk: text_of(at_coach.get(url("placement", pk))) for pk in (first.pk, second.pk)}
    for page in pages.values():
        assert "20 weken bij 2 werkgevers" in page
        assert "Kas Noord" in page.split('class="path-list"')[1].split("</ol>")[0], "the page names both"
    assert url("placement_move", second.pk) in pages[second.pk]
    assert url("placement_move", first.pk) not in pages[first.pk]
    assert count_queries(lambda: at_coach.get(url("placement", second.pk))) <= OF_A_PERSON
    paper = at_coach.get(url("placement_path_pdf", second.pk))
    assert paper.content.startswith(b"%PDF")


def test_a_move_begins_with_the_work_that_can_and_finds_the_rest_by_name(
    bureau, at_coach, own, count_queries
):
    first = own()
    IntakeFactory(candidate=first.candidate, forms_accepted=[WorkForm.WORK_EXPERIENCE])
    fits = WorkFactory(bureau=bureau, form=WorkForm.WORK_EXPERIENCE, musts=["form"])
    clashes = WorkFactory(bureau=bureau, form=WorkForm.VOLUNTEERING, musts=["form"], title="Zwaluwen tellen")
    here = url("placement_move", first.pk)
    links = {work: f'href="?werkplek={work.pk}"' for work in (fits, clashes, first.position) if work}
    page = text_of(at_coach.get(here))
    assert [work for work in links if links[work] in page] == [fits]
    assert "<select" not in page
    found = text_of(at_coach.get(here, {"q": "zwaluwen"}))
    assert [work for work in links if links[work] in found] == [clashes]
    by_name = text_of(at_coach.get(here, {"q": clashes.employer.name}))
    assert f'href="?werkgever={clashes.employer_id}"' in by_name
    assert count_queries(lambda: at_coach.get(here)) <= OF_A_PERSON


def test_a_move_leads_only_to_open_work_at_another_employer(bureau, at_coach, own):
    first, closed = own(), WorkFactory(bureau=bureau, status="draft")
    same = WorkFactory(bureau=bureau, employer=first.employer)
    here = url("placement_move", first.pk)
    wrong = [f"werkplek={closed.pk}", f"werkplek={same.pk}", f"werkgever={first.employer_id}", "werkgever=x"]
    assert {at_coach.get(f"{here}?{query}").status_code for query in wrong} == {404}
    data = {"form": "work_experience", "starts_on": f"{days(0)}", "hours": "8"}
    assert "Zoek een werkplek of werkgever" in text_of(at_coach.post(here, data)), "first where, then what"
    assert Placement.objects.count() == 1


def test_a_move_sent_twice_gets_the_first_answer_though_it_filled_the_place(bureau, at_coach, own):
    first, new = own(), WorkFactory(bureau=bureau, places=1)
    here = f"{url('placement_move', first.pk)}?werkplek={new.pk}"
    data = {"form": "work_experience", "starts_on": f"{days(0)}", "hours": "8", "once": str(uuid4())}
    answers = [at_coach.post(here, data) for _turn in range(2)]
    new.refresh_from_db()
    assert new.status == "filled"
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, url("placement", Placement.objects.latest("pk").pk))
    }
    assert Placement.objects.count() == 2


def test_who_comes_too_late_for_a_place_keeps_what_was_typed(bureau, at_coach, own):
    first, new = own(), WorkFactory(bureau=bureau)
    here = f"{url('placement_move', first.pk)}?werkplek={new.pk}"
    data = {"form": "work_experience", "starts_on": f"{days(0)}", "hours": "8", "agreed": "Elke dag koffie"}
    type(new).objects.filter(pk=new.pk).update(status="closed")
    assert "Deze werkplek staat niet meer open." in text_of(at_coach.get(here))
    page = text_of(at_coach.post(here, data))
    assert "staat niet meer open. Kies ander werk." in page
    assert "Elke dag koffie" in page
    assert Placement.objects.count() == 1


def test_my_work_is_one_path_and_goes_along_on_paper(bureau, sign_in, own):
    first = own(
        starts_on=days(-100), ended_on=days(-1), end_reason="other_work", destination="other_placement"
    )
    own(candidate=first.candidate, previous=first, starts_on=days(0))
    mine = sign_in(MembershipFactory(role=Role.CANDIDATE, bureau=bureau, candidate=first.candidate))
    page = text_of(mine.get(url("my_work")))
    assert page.count("<svg xmlns") == 1, "one staircase for both"
    assert "Zonder onderbreking aan het werk" in page
    assert mine.get(url("my_path_pdf")).content.startswith(b"%PDF")


def test_volunteering_for_good_is_said_warmly_and_can_be_taken_back(at_coach, own):
    placement = own(form="volunteering")
    data = {
        "last_day": f"{days(0)}", "reason": "agreed_end", "destination": "volunteering", "said_by": "candidate",
        "note": "Ik hoor er nu bij",
    }  # fmt: skip
    page = text_of(at_coach.post(url("placement_end", placement.pk), data, follow=True))
    assert "Blijvend vrijwilliger: een vaste plek, op eigen kracht." in page
    assert "De kandidaat: “Ik hoor er nu bij”" in page
    at_coach.post(url("change_undo", placement.changes.get().pk))
    placement.refresh_from_db()
    assert placement.ended_on is None


def test_ending_work_that_a_subscription_pays_points_to_the_contract(bureau, at_coach, own):
    placement = own()
    paying = SubscriptionFactory(
        bureau=bureau, employer=placement.employer, starts_on=days(-90), ends_on=days(90)
    )
    paying.positions.add(placement.position, through_defaults={"bureau": bureau})
    assert url("placement_contract", placement.pk) in text_of(
        at_coach.get(url("placement_end", placement.pk))
    )


# ends in sight


def valued(placement, until, since=None):
    """A wage value at this work that holds until a day."""
    WageValue.objects.create(
        bureau=placement.bureau, candidate=placement.candidate, placement=placement, percentage=50,
        measured_on=days(-100), assessed_by="Deskundige", valid_from=since or days(-100), valid_until=until,
    )  # fmt: skip
    return placement


@pytest.fixture
def cohort(bureau, own):
    """One of each that ends within six weeks, and some that do not."""
    paid = own(ends_on=None)
    money = SubscriptionFactory(bureau=bureau, employer=paid.employer, starts_on=days(-90), ends_on=days(30))
    money.positions.add(paid.position, through_defaults={"bureau": bureau})
    found = {
        "trial": own(form="trial", ends_on=days(20)),
        "contract": own(form="regular_job", employer_of_record="X", contract_on=days(-9), ends_on=days(40)),
        "subscription": paid,
        "planned": own(ended_on=days(5), end_reason="no_money", destination="searching"),
        "work": own(ends_on=days(-2)),
        "value": valued(own(), days(25)),
    }
    coached = own()
    plan = CoachPlan(starts_on=days(-40), ends_on=days(35), granted_by="uwv", provider="Bureau Proef")
    for name in ("bureau", "candidate", "employer"):
        setattr(plan, name, getattr(coached, name))
    plan.placement = coached
    plan.save()
    found["coach"] = coached
    own(ends_on=days(60))
    own()
    own(ended_on=days(5), end_reason="contract", destination="regular_job")
    return found


def test_the_list_holds_whatever_ends_and_nothing_else(at_coach, cohort):
    page = at_coach.get(url("ending_list"))
    shown = {one.what: one for one in page.context["page"]}
    assert shown == cohort
    assert len(at_coach.get(url("ending_list"), {"weken": 2}).context["page"]) == 2
    assert len(at_coach.get(url("ending_list"), {"weken": 13}).context["page"]) == len(cohort) + 1


def test_money_beside_the_work_is_found_by_its_kind_and_told_beside_what_ends_first(
    at_coach, sign_in, connector, own, cohort
):
    both = valued(own(form="trial", ends_on=days(10)), days(30))
    follows = valued(own(), days(12))
    valued(follows, None, since=days(13))
    page = at_coach.get(url("ending_list"), {"soort": "value"}).context["page"]
    assert {one.pk for one in page} == {both.pk, cohort["value"].pk}
    assert both in at_coach.get(url("ending_list"), {"soort": "trial"}).context["page"]
    assert "ook: Loonwaarde, en daarmee de subsidie" in text_of(
        at_coach.get(url("ending_list"), {"soort": "trial"})
    )
    both.candidate.connector = connector
    both.candidate.save()
    theirs = text_of(sign_in(connector).get(url("ending_list")))
    assert "Loonwaarde, en" not in theirs.partition('id="einde"')[2], "who does not read it is not told"


def test_what_follows_is_noted_and_filtered(at_coach, cohort):
    trial = cohort["trial"]
    data = {"step": "talk", "on": f"{days(3)}", "note": "Met Karin erbij"}
    assert "Vul in wanneer het gesprek is." in text_of(
        at_coach.post(url("next_plan", trial.pk), {"step": "talk"})
    )
    page = text_of(at_coach.post(url("next_plan", trial.pk), data, follow=True))
    assert "Met Karin erbij" in page
    at_coach.post(url("next_plan", trial.pk), {"step": "contract"})
    assert NextPlan.objects.get().step == "contract"
    unplanned = at_coach.get(url("ending_list"), {"vervolg": "geen"}).context["page"]
    assert trial not in unplanned
    assert len(unplanned) == len(cohort) - 1
    assert [*at_coach.get(url("ending_list"), {"vervolg": "contract"}).context["page"]] == [trial]
    assert "Contract in zicht" in text_of(at_coach.get(reverse("matching:today")))


def test_the_manager_sees_it_per_coach_and_takes_it_along(bureau, sign_in, coach, manager, cohort):
    at = sign_in(manager)
    page = at.get(url("ending_list"))
    assert [(one["name"], one["total"], one["open"]) for one in page.context["coaches"]] == [
        (str(coach.user), len(cohort), len(cohort))
    ]
    manager.may_export = True
    manager.save()
    answer = at.get(url("ending_sheet"))
    rows = list(load_workbook(BytesIO(answer.getvalue())).active.values)
    assert len(rows) == len(cohort) + 1
    assert Reading.objects.filter(what="export").count() == len(cohort)


def test_a_list_is_not_taken_along_without_the_right(at_coach, cohort):
    assert at_coach.get(url("ending_sheet")).status_code == 403


@pytest.mark.parametrize("count", [5, 50])
def test_the_list_costs_the_same_at_any_length(at_coach, own, count_queries, count):
    for _ in range(count):
        own(form="trial", ends_on=days(9))
    at_coach.get(url("ending_list"))
    assert count_queries(lambda: at_coach.get(url("ending_list") + "?van=alle")) <= MOST_QUERIES
