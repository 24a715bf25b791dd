"""Conversations after the start: both sides apart, told alone or on the phone, late, moved or skipped."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import AccessLink
from buurtbaan.errors import NotAllowedNow
from matching import questions, services
from matching.models import CheckIn, EmployerQuestion
from tests.bureaus.factories import MembershipFactory
from tests.matching.factories import CheckInFactory, PersonFactory, WorkingFactory


def url(name: str, *args: object) -> str:
    return reverse(f"matching:{name}", args=args)


@pytest.fixture
def check(bureau: Any, coach: Any) -> CheckIn:
    person = PersonFactory(bureau=bureau, coach=coach, first_name="Samira", stage="working")
    work = WorkingFactory(
        bureau=bureau, candidate=person, starts_on=timezone.localdate() - timedelta(weeks=13)
    )
    return CheckInFactory(placement=work, week=13)


@pytest.fixture
def at_coach(sign_in: Any, coach: Any) -> Client:
    client: Client = sign_in(coach)
    return client


@pytest.fixture
def own_page(check: CheckIn, sign_in: Any) -> Client:
    me = MembershipFactory(role=Role.CANDIDATE, bureau=check.bureau, candidate=check.candidate)
    client: Client = sign_in(me)
    return client


def text_of(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    text: str = response.content.decode()
    return text


@pytest.mark.parametrize("week", questions.EVERY_WEEK)
@pytest.mark.parametrize("side", [questions.CANDIDATE, questions.EMPLOYER])
def test_each_week_has_its_own_questions_for_both_sides(side: str, week: int) -> None:
    codes = [question.code for question in questions.questions(side, week)]
    assert codes
    assert len(set(codes)) == len(codes)
    assert ("first" in codes) == (side == questions.CANDIDATE and week == 1)


def test_answers_outside_the_questions_of_a_week_are_not_kept() -> None:
    said = {"hours": "less", "helped": "nonsense", "first": "te laat", "proud": "  de kas "}
    assert questions.kept(questions.CANDIDATE, 13, said) == {"hours": "less", "proud": "de kas"}


def test_an_answer_reads_as_it_was_asked_then() -> None:
    (one,) = questions.told(questions.CANDIDATE, version="1", answers={"hours": "less"})
    assert (str(one.question), one.answer) == ("Zijn de uren goed voor je?", "Liever wat minder")
    assert questions.told(questions.CANDIDATE, version="", answers={"hours": "less"}) == []


def test_the_candidate_tells_it_alone_and_the_coach_reads_it_in_one_tap(
    check: CheckIn, own_page: Client, at_coach: Client
) -> None:
    answer = url("check_in_answer", check.pk)
    asked = text_of(own_page.get(answer))
    assert "Wat heb je al geleerd?" in asked
    assert "mag leeg blijven" not in asked, "said once, above all of them"
    assert "Beantwoord één vraag" in text_of(own_page.post(answer, {}))
    own_page.post(answer, {"mood": "mixed", "hours": "less", "proud": "De kas", "words": "Moe na de middag"})
    check.refresh_from_db()
    assert (check.mood, check.version, check.answers) == ("mixed", "1", {"hours": "less", "proud": "De kas"})
    assert (check.told_self, check.told_on, check.done_on) == (True, timezone.localdate(), None)
    day = text_of(at_coach.get(url("today")))
    assert "Vertelde hoe het gaat" in day
    assert "Moe na de middag" in day
    at_coach.post(url("day_act"), {"gedaan": f"check_in_told:{check.pk}"})
    check.refresh_from_db()
    assert check.done_on == timezone.localdate()
    assert "Vertelde hoe het gaat" not in text_of(at_coach.get(url("today")))
    assert "al over" in text_of(own_page.post(answer, {"words": "Nog iets"})), "spoken is spoken"


def test_reading_can_be_taken_back(check: CheckIn, own_page: Client, at_coach: Client) -> None:
    own_page.post(url("check_in_answer", check.pk), {"words": "Goed"})
    at_coach.post(url("check_in_read", check.pk))
    at_coach.post(url("check_in_undo", check.pk))
    check.refresh_from_db()
    assert check.waits_for_reading


def test_undo_takes_back_ones_own_act_and_never_a_colleagues_words(
    check: CheckIn, own_page: Client, at_coach: Client, manager: Any, sign_in: Any
) -> None:
    own_page.post(url("check_in_answer", check.pk), {"words": "Goed"})
    at_coach.post(url("check_in_read", check.pk))
    undo, history = url("check_in_undo", check.pk), url("placement_check_ins", check.placement_id)
    assert f"{undo}?wat=read" in text_of(at_coach.get(history))
    colleague = sign_in(manager)
    form = {"mood": "good", "candidate_words": "Later gezegd", "done_on": f"{timezone.localdate()}"}
    colleague.post(url("check_in", check.pk), form)
    for asked in (undo, f"{undo}?wat=read", f"{undo}?wat=written"):
        assert at_coach.post(asked).status_code == 409
    assert undo not in text_of(at_coach.get(history))
    check.refresh_from_db()
    assert check.candidate_words == "Later gezegd"
    colleague.post(f"{undo}?wat=written")
    check.refresh_from_db()
    assert check.candidate_words == "Goed"


def test_the_coach_sees_both_sides_and_keeps_what_the_candidate_wrote(
    check: CheckIn, own_page: Client, at_coach: Client
) -> None:
    own_page.post(url("check_in_answer", check.pk), {"mood": "good", "proud": "De kas"})
    by = MembershipFactory(role=Role.EMPLOYER, bureau=check.bureau, employer=check.employer)
    services.answer_week(
        placement=check.placement, week=13, going="hard", help_wanted="no", words="Vaak te laat",
        answers={"guidance": "much", "step": "Een uur erbij"}, by=by,
    )  # fmt: skip
    page = text_of(at_coach.get(url("check_in", check.pk)))
    for said in ("De kas", "Vaak te laat", "Het is veel", "Een uur erbij", "Dit vulde de kandidaat zelf in"):
        assert said in page
    form = {"mood": "good", "proud": "De kas", "hours": "right", "done_on": f"{timezone.localdate()}"}
    at_coach.post(url("check_in", check.pk), form)
    check.refresh_from_db()
    assert (check.answers, check.told_self) == ({"proud": "De kas", "hours": "right"}, True)
    history = text_of(at_coach.get(url("placement_check_ins", check.placement_id)))
    for said in ("De kas", "Vaak te laat", "<svg", "Kandidaat", "Werkgever"):
        assert said in history


def test_neither_side_reads_the_other(check: CheckIn, own_page: Client, sign_in: Any) -> None:
    own_page.post(url("check_in_answer", check.pk), {"words": "Mijn baas is streng"})
    by = MembershipFactory(role=Role.EMPLOYER, bureau=check.bureau, employer=check.employer)
    employer = sign_in(by)
    mine = url("my_check_in", check.placement_id)
    assert "Lukt het om te begeleiden?" in text_of(employer.get(mine))
    said = {"going": "mixed", "help_wanted": "no", "guidance": "time", "words": "Vaak te laat"}
    employer.post(mine, said)
    question = EmployerQuestion.objects.get()
    assert (question.version, question.answers) == ("1", {"guidance": "time"})
    for page in (url("my_placements"), mine, url("my_start")):
        assert "streng" not in text_of(employer.get(page))
    assert employer.get(url("placement_check_ins", check.placement_id)).status_code == 403
    assert "te laat" not in text_of(own_page.get(url("my_work")))


def test_a_conversation_is_written_down_late(check: CheckIn, at_coach: Client) -> None:
    CheckIn.objects.filter(pk=check.pk).update(due_on=timezone.localdate() - timedelta(days=40))
    day = timezone.localdate() - timedelta(days=2)
    at_coach.post(url("check_in", check.pk), {"mood": "good", "done_on": f"{day}"})
    check.refresh_from_db()
    assert (check.done_on, check.told_on) == (day, day)
    tomorrow = timezone.localdate() + timedelta(days=1)
    again = at_coach.post(url("check_in", check.pk), {"mood": "good", "done_on": f"{tomorrow}"})
    assert "nog niet geweest" in text_of(again)


def test_skipping_asks_why_and_can_be_taken_back(check: CheckIn, at_coach: Client) -> None:
    skip = url("check_in_skip", check.pk)
    assert "Vul" in text_of(at_coach.post(skip, {"reason": " "}))
    at_coach.post(skip, {"reason": "We spraken elkaar gisteren"})
    history = url("placement_check_ins", check.placement_id)
    assert "We spraken elkaar gisteren" in text_of(at_coach.get(history))
    assert "Nazorggesprekken" not in text_of(at_coach.get(url("today")))
    at_coach.post(url("check_in_unskip", check.pk))
    check.refresh_from_db()
    assert (check.is_open, check.skip_reason) == (True, "")
    at_coach.post(skip, {"reason": "Vakantie"})
    at_coach.post(url("check_in", check.pk), {"mood": "good", "done_on": f"{timezone.localdate()}"})
    check.refresh_from_db()
    assert (check.skipped_on, check.done_on) == (None, timezone.localdate()), "held after all"


def test_moving_goes_forward_only_and_back_in_one_tap(check: CheckIn, at_coach: Client) -> None:
    was, move = check.due_on, url("check_in_move", check.pk)
    for days in (-1, 61):
        day = timezone.localdate() + timedelta(days=days)
        assert "Kies een dag vanaf vandaag" in text_of(at_coach.post(move, {"due_on": f"{day}"}))
    day = timezone.localdate() + timedelta(days=60)
    at_coach.post(move, {"due_on": f"{day}"})
    check.refresh_from_db()
    assert (check.due_on, check.moved_from) == (day, was)
    at_coach.post(url("check_in_move_back", check.pk))
    check.refresh_from_db()
    assert (check.due_on, check.moved_from) == (was, None)


def test_the_questions_go_by_mail_behind_a_link_that_opens_once(
    check: CheckIn, at_coach: Client, coach: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        at_coach.post(url("check_in_send", check.pk))
    (sent,) = mail.outbox
    assert sent.to == [check.candidate.email]
    assert AccessLink.objects.get().target == url("check_in_answer", check.pk)
    nobody = CheckInFactory(placement__bureau=check.bureau, placement__candidate__email="")
    silent = CheckInFactory(
        placement__bureau=check.bureau, placement__candidate=PersonFactory(bureau=check.bureau, contact=False)
    )
    for one in (nobody, silent):
        with pytest.raises(NotAllowedNow):
            services.send_questions(check_in=one, by=coach)


def test_a_connector_reads_and_does_not_write(check: CheckIn, connector: Any, sign_in: Any) -> None:
    check.candidate.connector = connector
    check.candidate.save()
    client = sign_in(connector)
    page = text_of(client.get(url("placement_check_ins", check.placement_id)))
    assert url("check_in", check.pk) not in page
    assert client.get(url("check_in", check.pk)).status_code == 403


@pytest.mark.parametrize("name", ["placement_check_ins", "check_in"])
def test_the_pages_keep_to_their_budget(
    check: CheckIn, at_coach: Client, name: str, count_queries: Any
) -> None:
    for week in (1, 4, 26, 52):
        CheckInFactory(
            placement=check.placement, week=week, mood="good", told_on=check.due_on, done_on=check.due_on
        )
    page = url(name, check.placement_id if name == "placement_check_ins" else check.pk)
    at_coach.get(page)
    assert count_queries(lambda: at_coach.get(page)) <= 12
    assert len(at_coach.get(page).content) < 60_000
