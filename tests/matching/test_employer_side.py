"""The employer answers without an account, is asked once and reminded once, and sees no more than was agreed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership, hash_token
from buurtbaan.bureaus.services import accept_invitation
from buurtbaan.scope import Scope, scoped
from candidates.models import Consent
from employers.services import invite_contact
from matching import services, tasks
from matching.enums import MatchState, QuestionKind
from matching.models import (
    CheckIn,
    EmployerLink,
    EmployerQuestion,
    HoursStep,
    Introduction,
    MatchEvent,
    Message,
    Placement,
)
from matching.services import asking, messages
from tests.access.matching import ENTRIES
from tests.bureaus.factories import MembershipFactory
from tests.matching.factories import (
    CheckInFactory,
    ContactFactory,
    MatchFactory,
    StepFactory,
    WorkFactory,
    WorkingFactory,
    agree,
)

pytestmark = pytest.mark.django_db


def text_of(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def days_ago(days):
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def match(bureau):
    """Somebody who agreed to share the hours."""
    return agree(
        MatchFactory(bureau=bureau, candidate__email="", position__title="Fietsen maken"), share=["phone"]
    )


@pytest.fixture
def contact(match):
    return ContactFactory(employer=match.employer, name="Karim de Winkelier", email="karim@winkel.example")


@pytest.fixture
def introduced(match, contact):
    services.introduce(match=match, by=match.candidate.coach)
    return Introduction.objects.get(match=match)


def send_mail():
    """Everything that waits leaves; gives the bodies of what was sent."""
    mail.outbox.clear()
    for message in Message.objects.filter(state="waiting").order_by("pk"):
        with scoped(Scope.for_bureaus([message.bureau_id])):
            services.deliver(message_id=message.pk)
    return [one.body for one in mail.outbox]


def links_in(bodies):
    return [found for body in bodies for found in re.findall(r"/vraag/[\w-]+/", body)]


@pytest.fixture
def link(introduced):
    """The path in the e-mail that Karim got."""
    (found,) = links_in(send_mail())
    return found


def work_link(placement, week=1):
    contact = ContactFactory(employer=placement.employer, name="Karim")
    question = EmployerQuestion.objects.create(
        bureau=placement.bureau, candidate=placement.candidate, employer=placement.employer,
        kind=QuestionKind.CHECK_IN, placement=placement, week=week,
    )  # fmt: skip
    return EmployerLink.issue(question=question, contact=contact)[1]


# the link of an introduction


def test_the_mail_names_nobody_and_its_link_needs_no_account(introduced, link):
    (sent,) = mail.outbox
    whole = sent.subject + sent.body + str(sent.alternatives)
    assert introduced.candidate.first_name not in whole
    assert introduced.candidate.last_name not in whole
    page = text_of(Client().get(link))
    assert introduced.shared_name in page
    assert introduced.candidate.phone in page
    assert introduced.candidate.last_name not in page


def test_looking_uses_nothing_up_and_each_look_leaves_a_line(introduced, link):
    stranger = Client()
    for _ in range(3):
        response = stranger.get(link)
        assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
        assert response["Referrer-Policy"] == "same-origin", "with less a browser's post has no origin"
    introduced.refresh_from_db()
    assert (introduced.employer_answer, EmployerLink.objects.get().used_at) == ("", None)
    lines = Reading.objects.filter(candidate_id=introduced.candidate_id, what="introduction")
    assert [(one.actor_name, one.actor_id, one.role) for one in lines] == [
        ("Karim de Winkelier", None, "employer")
    ] * 3


def test_one_tap_says_yes_and_a_second_tap_is_harmless(introduced, link):
    stranger = Client()
    first = stranger.post(link, {"answer": "yes"}, follow=True)
    assert "De coach neemt contact op" in text_of(first)
    assert "Je antwoord is binnen" in text_of(stranger.post(link, {"answer": "no", "reason": "filled"}))
    introduced.refresh_from_db()
    assert introduced.employer_answer == "yes"
    event = MatchEvent.objects.get(match=introduced.match, note__contains="Wil graag kennismaken")
    assert event.note.startswith("Karim de Winkelier")
    assert Message.objects.filter(kind="coach.employer_yes").count() == 1
    page = text_of(stranger.get(link))
    assert introduced.shared_name not in page


def test_no_wants_a_reason_and_the_candidate_hears_it(introduced, link):
    stranger = Client()
    assert "Kies wat het beste past." in text_of(stranger.post(link, {"answer": "no"}))
    stranger.post(link, {"answer": "no", "reason": "filled", "note": "Vorige week"})
    match = introduced.match
    match.refresh_from_db()
    assert (match.state, match.declined_by, match.decline_note) == ("declined", "employer", "Vorige week")
    assert introduced.shared_name not in text_of(stranger.get(link))


def test_a_candidate_with_an_address_is_told_kindly(bureau):
    match = agree(MatchFactory(bureau=bureau))
    ContactFactory(employer=match.employer)
    services.introduce(match=match, by=match.candidate.coach)
    (path,) = links_in(send_mail())
    Client().post(path, {"answer": "no", "reason": "filled"})
    assert Message.objects.filter(kind="candidate.ended", recipient=match.candidate.email).count() == 1
    assert "Dat zegt niets over jou" in "".join(send_mail())


def test_the_link_of_somebody_with_an_account_signs_nobody_in(introduced, contact, bureau):
    member = MembershipFactory(
        role=Role.EMPLOYER, bureau=bureau, employer=contact.employer, user__email=contact.email
    )
    contact.membership = member
    contact.save()
    (path,) = links_in(send_mail())
    stranger = Client()
    stranger.get(path)
    assert "_auth_user_id" not in stranger.session
    assert Reading.objects.get(what="introduction").actor_id == member.pk
    stranger.post(path, {"answer": "yes"})
    assert MatchEvent.objects.get(match=introduced.match, by=member).by_role == "employer"
    assert "Inloggen" in text_of(stranger.get(path))


def test_an_old_an_unknown_and_somebody_elses_link(introduced, link, bureau):
    assert Client().get("/vraag/verzonnen/").status_code == 404
    EmployerLink.objects.update(expires_at=days_ago(1))
    for response in (Client().get(link), Client().post(link, {"answer": "yes"})):
        assert "Deze link is te oud" in text_of(response)
    introduced.refresh_from_db()
    assert introduced.employer_answer == ""


def test_a_forwarded_link_shows_this_one_introduction_only(introduced, link, bureau):
    other = agree(MatchFactory(bureau=bureau, position=introduced.match.position))
    services.introduce(match=other, by=other.candidate.coach)
    page = text_of(Client().get(link))
    assert introduced.shared_name in page
    assert other.candidate.first_name not in page
    assert Client().get(reverse("matching:my_introductions")).status_code == 302


@pytest.mark.parametrize("how", ["withdrawn", "consent"])
def test_a_match_that_ends_between_opening_and_answering_gets_a_clear_page(introduced, link, how):
    stranger = Client()
    assert introduced.shared_name in text_of(stranger.get(link))
    if how == "withdrawn":
        services.withdraw(match=introduced.match, by=introduced.match.candidate.coach)
    else:
        Consent.objects.filter(pk=introduced.match.consent_id).update(withdrawn_at=timezone.now())
    for response in (stranger.post(link, {"answer": "yes"}), stranger.get(link)):
        page = text_of(response)
        assert "gaat niet meer door" in page
        assert introduced.shared_name not in page


def test_of_two_contacts_the_first_answer_counts(introduced, match):
    ContactFactory(employer=match.employer, name="Tweede", email="tweede@winkel.example")
    question = EmployerQuestion.objects.get()
    messages.tell_employer(match, "introduction_reminder", question=question)
    first, *_, second = links_in(send_mail())
    Client().post(first, {"answer": "yes"})
    page = text_of(Client().post(second, {"answer": "no", "reason": "filled"}))
    assert "Karim de Winkelier gaf op" in page
    introduced.match.refresh_from_db()
    assert introduced.match.state == MatchState.INTRODUCED


def test_a_colleague_who_is_signed_in_cannot_turn_an_answer_around(introduced, bureau, sign_in):
    them = [MembershipFactory(role=Role.EMPLOYER, bureau=bureau, employer=introduced.employer) for _ in "12"]
    url = reverse("matching:my_introduction", args=[introduced.pk])
    assert sign_in(them[0]).post(url, {"answer": "yes"}).status_code == 302
    assert sign_in(them[1]).post(url, {"answer": "yes"}).status_code == 302
    assert sign_in(them[1]).post(url, {"answer": "no", "reason": "filled"}).status_code == 409
    assert Message.objects.filter(kind="coach.employer_yes").count() == 1


def test_many_posts_from_one_place_have_to_wait(introduced, link):
    stranger = Client()
    codes = [stranger.post(link, {"answer": "no"}).status_code for _ in range(21)]
    assert codes[-1] == 429
    assert set(codes[:-1]) == {200}


def test_a_link_opens_the_own_company_and_no_candidate(introduced, link):
    from candidates.models import Candidate
    from matching.services.links import opened

    with opened(link.split("/")[2]) as found:
        assert found is not None
        assert not Candidate.objects.exists()
        assert EmployerLink.objects.count() == 1
    with scoped(Scope(token=hash_token("iets anders"))):
        assert not EmployerLink.objects.exists()


def test_a_contact_whose_role_ended_gets_no_mail_and_no_answer(introduced, link, contact, bureau):
    contact.membership = MembershipFactory(
        role=Role.EMPLOYER, bureau=bureau, employer=contact.employer,
        starts=days_ago(9).date(), ends=days_ago(2).date(),
    )  # fmt: skip
    contact.save()
    assert introduced.shared_name not in text_of(Client().get(link))
    assert list(messages.reachable(contact.employer_id)) == []


# how it goes, and hours


@pytest.fixture
def working(bureau):
    """Somebody who started a week ago for eight hours."""
    work = WorkFactory(bureau=bureau, title="Koken")
    placement = WorkingFactory(
        bureau=bureau, position=work, starts_on=timezone.localdate() - timedelta(days=7)
    )
    StepFactory(placement=placement)
    return placement


def test_three_answers_by_link_stand_apart_and_confirm_the_hours(working):
    check = CheckInFactory(placement=working, week=1, candidate_words="Ik leer veel")
    path = work_link(working)
    page = text_of(Client().get(path))
    assert "Ik leer veel" not in page
    assert "8 uur per week" in page
    said = {"going": "good", "hours_right": "yes", "help_wanted": "no", "words": "Een aanwinst"}
    assert "De coach leest het" in text_of(Client().post(path, said, follow=True))
    question = EmployerQuestion.objects.get()
    assert (question.going, question.words, question.answered_by) == ("good", "Een aanwinst", "Karim")
    assert HoursStep.objects.get().confirmed_at is not None
    check.refresh_from_db()
    assert (check.employer_words, check.candidate_words, check.done_on) == ("", "Ik leer veel", None)


def test_the_three_questions_stand_on_the_own_pages_until_answered(working, bureau, sign_in):
    client = sign_in(MembershipFactory(role=Role.EMPLOYER, bureau=bureau, employer=working.employer))
    url = reverse("matching:my_check_in", args=[working.pk])
    assert url in text_of(client.get(reverse("matching:my_start")))
    assert "Kies wat het beste past." in text_of(client.post(url, {}))
    client.post(url, {"going": "hard", "hours_right": "yes", "help_wanted": "yes", "words": ""})
    assert url not in text_of(client.get(reverse("matching:my_placements")))
    assert "Verteld op" in text_of(client.get(url))
    client.post(url, {"going": "good", "hours_right": "yes", "help_wanted": "no"})
    assert EmployerQuestion.objects.get().going == "hard", "the first answer counts"


def test_help_wanted_reaches_the_coach_who_takes_it_up(working, bureau, sign_in):
    ContactFactory(employer=working.employer, phone="070 1234567")
    by = MembershipFactory(role=Role.EMPLOYER, bureau=bureau, employer=working.employer)
    services.answer_week(placement=working, week=1, going="hard", help_wanted="yes", words="Te druk", by=by)
    coach = sign_in(working.candidate.coach)
    page = text_of(coach.get(reverse("matching:today")))
    assert "vraagt of je belt over" in page
    assert "tel:0701234567" in page
    file = reverse("matching:placement", args=[working.pk])
    assert "Te druk" in text_of(coach.get(file))
    coach.post(reverse("matching:question_settle", args=[EmployerQuestion.objects.get().pk]))
    assert "vraagt of je belt over" not in text_of(coach.get(reverse("matching:today")))


def test_hours_that_are_not_right_stay_as_they_are_and_reach_the_coach(working, bureau, sign_in):
    step = HoursStep.objects.get()
    client = sign_in(MembershipFactory(role=Role.EMPLOYER, bureau=bureau, employer=working.employer))
    url = reverse("matching:hours_answer", args=[step.pk])
    assert "Schrijf erbij wat er niet klopt." in text_of(client.post(url, {"hours_right": "no"}))
    client.post(url, {"hours_right": "no", "words": "Het zijn er twaalf"})
    step.refresh_from_db()
    assert (step.hours, step.confirmed_at) == (8, None)
    assert "de coach kijkt naar de uren" in text_of(client.get(reverse("matching:my_placements")))
    client.post(reverse("matching:hours_confirm", args=[working.pk]))
    step.refresh_from_db()
    assert step.confirmed_at is None, "what somebody doubts is not confirmed along the way"
    coach = sign_in(working.candidate.coach)
    assert "Het zijn er twaalf" in text_of(coach.get(reverse("matching:today")))
    with scoped(Scope.for_membership(working.candidate.coach)):
        services.add_hours_step(
            placement=working, hours=12, starts=working.starts_on, by=working.candidate.coach
        )
    assert "Het zijn er twaalf" not in text_of(coach.get(reverse("matching:today")))
    assert "De uren kloppen" in text_of(client.get(reverse("matching:my_placements"))), "asked anew"


def test_a_double_tap_on_hours_is_one_answer(working, bureau, sign_in):
    client = sign_in(MembershipFactory(role=Role.EMPLOYER, bureau=bureau, employer=working.employer))
    url = reverse("matching:hours_answer", args=[HoursStep.objects.get().pk])
    assert [client.post(url, {"hours_right": "yes"}).status_code for _ in "12"] == [302, 302]
    assert EmployerQuestion.objects.get(kind="hours").hours_right == "yes"


def test_a_link_about_work_that_ended_explains(working):
    path = work_link(working)
    Placement.objects.update(ended_on=timezone.localdate(), end_reason="other", destination="unknown")
    page = text_of(Client().get(path))
    assert "niet meer nodig" in page
    assert working.shared_name not in page


# asked once, reminded once, then somebody is told


def kinds():
    return sorted(Message.objects.values_list("kind", flat=True))


def test_a_week_is_asked_once_however_often_the_task_runs(working):
    ContactFactory(employer=working.employer)
    for _ in "123":
        tasks.look_after_proposals()
    assert kinds() == ["employer.check_in"]
    (path,) = links_in(send_mail())
    assert working.shared_name not in mail.outbox[0].subject + mail.outbox[0].body
    assert working.shared_name in text_of(Client().get(path))


def test_an_employer_is_reminded_half_way_once_and_then_the_coach_is_told(introduced, bureau, sign_in):
    coach = sign_in(introduced.match.candidate.coach)
    today = reverse("matching:today")
    tasks.look_after_proposals()
    assert "employer.introduction_reminder" not in kinds()
    EmployerQuestion.objects.update(asked_at=days_ago(8))
    Introduction.objects.update(introduced_at=days_ago(8))
    for _ in "12":
        tasks.look_after_proposals()
    assert kinds().count("employer.introduction_reminder") == 1
    assert "Werkgever heeft nog niet geantwoord" not in text_of(coach.get(today))
    EmployerQuestion.objects.update(asked_at=days_ago(15))
    Introduction.objects.update(introduced_at=days_ago(15))
    for _ in "12":
        tasks.look_after_proposals()
    assert kinds().count("employer.introduction_reminder") == 1
    assert "Werkgever heeft nog niet geantwoord" in text_of(coach.get(today))
    assert EmployerQuestion.objects.get().told_at is not None


def test_the_candidate_hears_once_that_an_employer_is_silent(bureau):
    match = agree(MatchFactory(bureau=bureau))
    ContactFactory(employer=match.employer)
    services.introduce(match=match, by=match.candidate.coach)
    EmployerQuestion.objects.update(asked_at=days_ago(15))
    for _ in "12":
        tasks.look_after_proposals()
    assert kinds().count("candidate.employer_silent") == 1
    assert "Dat zegt niets over jou" in "".join(send_mail())


@pytest.mark.parametrize("kind", ["check_in", "hours"])
def test_silence_about_work_is_reminded_once_and_then_the_coach_calls(working, kind, sign_in):
    ContactFactory(employer=working.employer, phone="070 1234567")
    about = {"week": 1} if kind == "check_in" else {"step": HoursStep.objects.get()}
    asking.question_about(working, kind=kind, **about)
    for days, reminders in ((8, 1), (15, 1)):
        EmployerQuestion.objects.update(asked_at=days_ago(days))
        for _ in "12":
            tasks.look_after_proposals()
        assert kinds().count(f"employer.{kind}_reminder") == reminders
    page = text_of(sign_in(working.candidate.coach).get(reverse("matching:today")))
    assert "Werkgever vertelt niet hoe het gaat: bel" in page
    assert "tel:0701234567" in page


def test_an_answer_ends_the_asking(working, bureau):
    ContactFactory(employer=working.employer)
    tasks.look_after_proposals()
    by = MembershipFactory(role=Role.EMPLOYER, bureau=bureau, employer=working.employer)
    services.answer_week(placement=working, week=1, going="good", help_wanted="no", by=by)
    EmployerQuestion.objects.update(asked_at=days_ago(8))
    tasks.look_after_proposals()
    assert kinds() == ["employer.check_in"]


def test_during_a_break_nobody_is_asked_and_afterwards_it_goes_on(working):
    ContactFactory(employer=working.employer)
    working.employer.paused_until = timezone.localdate()
    working.employer.save()
    tasks.look_after_proposals()
    assert kinds() == []
    working.employer.paused_until = timezone.localdate() - timedelta(days=1)
    working.employer.save()
    tasks.look_after_proposals()
    assert kinds() == ["employer.check_in"]


def test_an_employer_on_a_break_can_still_answer(introduced, link):
    introduced.employer.paused_until = timezone.localdate() + timedelta(days=9)
    introduced.employer.save()
    Client().post(link, {"answer": "yes"})
    introduced.refresh_from_db()
    assert introduced.employer_answer == "yes"


def test_what_was_asked_long_ago_is_not_asked_by_mail(bureau):
    placement = WorkingFactory(bureau=bureau, starts_on=timezone.localdate() - timedelta(days=75))
    StepFactory(placement=placement)
    ContactFactory(employer=placement.employer)
    tasks.look_after_proposals()
    assert kinds() == []


def test_a_week_in_which_the_coach_spoke_with_them_is_not_asked(working):
    ContactFactory(employer=working.employer)
    CheckInFactory(placement=working, week=1, done_on=timezone.localdate(), employer_words="Gaat goed")
    tasks.look_after_proposals()
    assert "employer.check_in" not in kinds()
    assert CheckIn.objects.count() == 1


def test_old_links_are_thrown_away(introduced, link, bureau):
    EmployerLink.objects.update(expires_at=days_ago(31))
    tasks.look_after_proposals()
    assert not EmployerLink.objects.exists()


# what an employer sees


def body_of(response):
    """What a page or a file says, however it is sent."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def _pages(world, client):
    from tests.access.employers import ENTRIES as COMPANY

    for name, entry in {**ENTRIES, **COMPANY}.items():
        if not isinstance(entry.roles, str) and Role.EMPLOYER in entry.roles and entry.get:
            yield name, client.get(reverse(name, kwargs=entry.args(world) if entry.args else None))


@pytest.mark.parametrize("at_work", [False, True])
def test_no_page_of_an_employer_names_somebody_who_took_the_consent_back(world, sign_in, at_work):
    consent = Consent.objects.create(
        bureau=world.bureau, candidate=world.candidate, purpose="share_with_employer", text_version="1", text="…",
        recipient="Fietsen",
    )  # fmt: skip
    world.match.consent = consent
    world.match.save()
    if at_work:
        Placement.objects.filter(pk=world.placement.pk).update(match=world.match)
    else:
        Placement.objects.filter(pk=world.placement.pk).update(shared_name="")
    client = sign_in(world.members[Role.EMPLOYER])
    name = world.candidate.first_name
    named = [page for page, response in _pages(world, client) if name.encode() in body_of(response)]
    assert "matching:my_start" in named
    with scoped(Scope.for_membership(world.members[Role.CANDIDATE])):
        Consent.objects.filter(pk=consent.pk).update(withdrawn_at=timezone.now())
    named = [page for page, response in _pages(world, client) if name.encode() in body_of(response)]
    assert named == []
    assert name not in text_of(Client().get(reverse("matching:employer_link", args=[world.employer_token])))


def test_who_worked_here_before_is_not_named(working, bureau, sign_in):
    Placement.objects.update(
        ended_on=timezone.localdate() - timedelta(days=1), end_reason="other", destination="unknown"
    )
    client = sign_in(MembershipFactory(role=Role.EMPLOYER, bureau=bureau, employer=working.employer))
    page = text_of(client.get(reverse("matching:my_placements")))
    assert "Koken" in page
    assert working.shared_name not in page


def test_the_first_page_teaches_when_there_is_nothing_and_shows_a_break(bureau, sign_in):
    work = WorkFactory(bureau=bureau)
    client = sign_in(MembershipFactory(role=Role.EMPLOYER, bureau=bureau, employer=work.employer))
    page = text_of(client.get("/", follow=True))
    assert "Er wacht nu niets op jou" in page
    assert "Op vakantie? Neem pauze" in page
    until = timezone.localdate() + timedelta(days=14)
    done = client.post(
        reverse("employers:employer_pause", args=[work.employer_id]),
        {"until": until.isoformat()},
        follow=True,
    )
    assert "Maak ongedaan" in text_of(done)
    assert "Jullie hebben pauze tot en met" in text_of(client.get(reverse("matching:my_start")))


def test_the_first_page_asks_few_questions_of_the_database(bureau, sign_in, count_queries):
    work = WorkFactory(bureau=bureau, places=40)
    client = sign_in(MembershipFactory(role=Role.EMPLOYER, bureau=bureau, employer=work.employer))

    def fill(number):
        for _ in range(number):
            placement = WorkingFactory(
                bureau=bureau, position=work, starts_on=timezone.localdate() - timedelta(days=8)
            )
            StepFactory(placement=placement)

    fill(2)
    pages = [reverse("matching:my_start"), reverse("matching:my_placements")]
    few = [count_queries(lambda page=page: client.get(page)) for page in pages]
    fill(12)
    many = [count_queries(lambda page=page: client.get(page)) for page in pages]
    assert few == many
    assert max(many) <= 14, "three of them are the frame that a test puts around a request"


# coming in


def test_an_accepted_invitation_ties_the_contact_to_the_account(bureau, manager):
    contact = ContactFactory(employer=WorkFactory(bureau=bureau).employer, email="Karim@Winkel.example")
    invite_contact(contact=contact, by=manager)
    from buurtbaan.bureaus.models import Invitation

    Invitation.objects.update(token_hash=hash_token("geheim"))
    made = accept_invitation(token="geheim", name="Karim", password="een lang wachtwoord")
    contact.refresh_from_db()
    assert contact.membership == made == Membership.objects.get(employer=contact.employer)
