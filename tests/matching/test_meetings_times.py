"""Finding a moment together, and what becomes of moments that do not suit."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django import forms
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from matching import emails, services
from matching.enums import MatchState, QuestionKind
from matching.forms.meetings import local_moment
from matching.models import EmployerQuestion, Introduction, Match, MeetingOption, Message
from matching.services import asking, times
from tests.bureaus.factories import MembershipFactory
from tests.matching.factories import ContactFactory, IntroductionFactory, PersonFactory


@pytest.fixture
def introduction(bureau, coach):
    person = PersonFactory(bureau=bureau, coach=coach)
    made = IntroductionFactory(match__bureau=bureau, match__candidate=person, employer_answer="yes")
    ContactFactory(employer=made.employer, name="Karim")
    return made


def as_candidate(introduction):
    """Their account; the first message made one."""
    return Membership.objects.filter(candidate=introduction.candidate).first() or MembershipFactory(
        role=Role.CANDIDATE, bureau=introduction.bureau, candidate=introduction.candidate
    )


def as_employer(introduction):
    return MembershipFactory(role=Role.EMPLOYER, bureau=introduction.bureau, employer=introduction.employer)


def at(days):
    return timezone.now().replace(microsecond=0) + timedelta(days=days)


def propose(introduction, by, days=(3, 4, 5)):
    moments = [services.Time(at(day), "Buurthuis") for day in days]
    with scoped(Scope.for_membership(by)):
        return services.propose_times(match=introduction.match, times=moments, by=by)


def answer(introduction, by, fits=(), **more):
    with scoped(Scope.for_membership(by)):
        return services.answer_times(introduction=introduction, fits=[one.pk for one in fits], by=by, **more)


def kinds():
    return set(Message.objects.values_list("kind", flat=True))


def test_the_coach_asks_both_and_the_last_one_settles(introduction, coach):
    _first, second, third = propose(introduction, coach)
    assert kinds() == {"candidate.times", "employer.times"}
    answer(introduction, as_candidate(introduction), [second, third])
    introduction.refresh_from_db()
    assert introduction.starts_at is None
    them = as_employer(introduction)
    answer(introduction, them, chosen=third.pk)
    introduction.refresh_from_db()
    introduction.match.refresh_from_db()
    assert introduction.starts_at == third.starts_at
    assert introduction.match.state == MatchState.MEETING_PLANNED
    assert not MeetingOption.objects.filter(closed_at=None).exists()
    assert {"candidate.meeting", "employer.meeting", "coach.meeting"} <= kinds()
    assert EmployerQuestion.objects.get(kind=QuestionKind.TIMES).answered_by == str(them.user)


def test_an_employer_names_moments_and_the_coach_and_candidate_are_asked(introduction):
    options = propose(introduction, as_employer(introduction))
    assert kinds() == {"candidate.times", "coach.times"}
    assert {one.employer_says for one in options} == {"yes"}


def told_of_fits():
    return Message.objects.filter(kind="coach.times_fit").count()


def test_the_coach_hears_once_both_can_and_only_when_nobody_settled_it(introduction, coach, sign_in):
    """Two moments suit both and nobody chose: the coach is told, sees which, and settles one."""
    first, second, _third = propose(introduction, coach)
    answer(introduction, as_candidate(introduction), [first, second])
    assert told_of_fits() == 0, "the employer has not said anything"
    answer(introduction, as_employer(introduction), [first, second])
    introduction.refresh_from_db()
    assert introduction.starts_at is None
    assert told_of_fits() == 1
    message = Message.objects.get(kind="coach.times_fit")
    assert message.recipient == coach.user.email
    assert introduction.match.position.title in emails.compose(message).subject
    page = sign_in(coach).get(reverse("matching:today")).content.decode()
    assert "Er past een moment om kennis te maken" in page
    with scoped(Scope.for_membership(coach)):
        services.settle_time(option=first, by=coach)
    introduction.refresh_from_db()
    assert introduction.starts_at == first.starts_at
    assert "Er past een moment" not in sign_in(coach).get(reverse("matching:today")).content.decode()


@pytest.mark.parametrize("employer_takes", ["another", "none"])
def test_the_coach_is_not_told_of_a_moment_that_suits_one_side_only(introduction, coach, employer_takes):
    first, second, _third = propose(introduction, coach)
    answer(introduction, as_candidate(introduction), [first])
    answer(introduction, as_employer(introduction), [second] if employer_takes == "another" else [])
    assert told_of_fits() == 0
    assert "coach.times_none" in kinds()


def test_a_coach_who_was_asked_too_hears_it_and_one_who_cannot_come_does_not(introduction, coach, sign_in):
    first, *_rest = propose(introduction, as_employer(introduction))
    answer(introduction, as_candidate(introduction), [first])
    assert told_of_fits() == 1
    today = reverse("matching:today")
    assert "Er past een moment" in sign_in(coach).get(today).content.decode()
    answer(introduction, coach, [])
    assert "Er past een moment" not in sign_in(coach).get(today).content.decode()
    assert told_of_fits() == 1


def test_a_moment_that_does_not_suit_the_others_cannot_be_forced(introduction, coach):
    first, second, _third = propose(introduction, coach)
    answer(introduction, as_candidate(introduction), [first])
    answer(introduction, as_employer(introduction), chosen=second.pk)
    introduction.refresh_from_db()
    assert introduction.starts_at is None


def test_when_nothing_suits_the_coach_is_asked_for_other_moments(introduction, coach, sign_in):
    propose(introduction, coach)
    answer(introduction, as_candidate(introduction), words="Alleen ’s middags")
    assert "coach.times_none" in kinds()
    assert not MeetingOption.objects.filter(closed_at=None).exists()
    assert introduction.match.events.filter(note__contains="’s middags").exists()
    page = sign_in(coach).get(reverse("matching:today")).content.decode()
    assert "Zoek samen een nieuw moment" in page


def test_new_moments_replace_the_old_ones_and_at_most_five_are_open(introduction, coach):
    propose(introduction, coach)
    propose(introduction, coach, days=(6,))
    assert MeetingOption.objects.filter(closed_at=None).count() == 1
    for days in ((), range(2, 8)):
        with pytest.raises(NotAllowedNow, match="één tot vijf"):
            propose(introduction, coach, days=days)
    option = MeetingOption.objects.get(closed_at=None)
    option.pk, option.number = None, 6
    option.starts_at += timedelta(hours=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        option.save()


def test_a_moment_that_passed_is_never_offered_or_settled(introduction, coach):
    with pytest.raises(NotAllowedNow, match="voorbij"):
        propose(introduction, coach, days=(-1, 2))
    (option,) = propose(introduction, coach, days=(1,))
    MeetingOption.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    me = as_candidate(introduction)
    with pytest.raises(NotAllowedNow, match="voorbij"):
        answer(introduction, me, [option])
    with scoped(Scope.for_membership(coach)), pytest.raises(NotAllowedNow, match="kan niet meer"):
        services.settle_time(option=option, by=coach)


def test_proposals_expire_once_and_the_coach_hears_it(introduction, coach, bureau):
    propose(introduction, coach)
    MeetingOption.objects.update(proposed_at=timezone.now() - timedelta(days=bureau.answer_days + 1))
    with scoped(Scope.for_bureau(bureau)):
        assert (times.expire_times(bureau), times.expire_times(bureau)) == (1, 0)
    assert Message.objects.filter(kind="coach.times_none").count() == 1
    assert not EmployerQuestion.objects.unanswered().filter(kind=QuestionKind.TIMES).exists()


def test_two_who_look_at_once_tell_the_coach_once(introduction, coach, bureau):
    propose(introduction, coach)
    MeetingOption.objects.update(proposed_at=timezone.now() - timedelta(days=bureau.answer_days + 1))
    with scoped(Scope.for_bureau(bureau)):
        assert [times._expire(introduction.match, bureau) for _run in range(2)] == [True, False]
    assert Message.objects.filter(kind="coach.times_none").count() == 1


def test_both_sides_are_reminded_half_way_once(introduction, coach, bureau):
    propose(introduction, coach, days=(40,))
    then = timezone.now() - asking.halfway(bureau) - timedelta(hours=1)
    MeetingOption.objects.update(proposed_at=then)
    EmployerQuestion.objects.filter(kind=QuestionKind.TIMES).update(asked_at=then)
    with scoped(Scope.for_bureau(bureau)):
        for _run in range(2):
            times.remind_candidates_of_times(bureau)
            asking.remind_employers(bureau)
    found = Message.objects.filter(kind__endswith="times_reminder").values_list("kind", flat=True)
    assert sorted(found) == ["candidate.times_reminder", "employer.times_reminder"]


def test_the_link_in_the_mail_takes_one_answer_without_an_account(introduction, coach, client):
    options = propose(introduction, coach)
    mail.outbox.clear()
    message = Message.objects.get(kind="employer.times")
    with scoped(Scope.for_bureau(introduction.bureau)):
        assert services.deliver(message_id=message.pk)
    (link,) = re.findall(r"/vraag/[\w-]+/", mail.outbox[0].body)
    page = client.get(link).content.decode()
    assert page.count('type="checkbox"') == 4
    assert introduction.candidate.last_name not in page
    client.post(link, {"fits": [str(options[0].pk)]})
    client.post(link, {"fits": [str(options[1].pk)]})
    options[0].refresh_from_db()
    options[1].refresh_from_db()
    assert (options[0].employer_says, options[1].employer_says) == ("yes", "no")


def test_candidate_and_employer_answer_on_their_own_pages(introduction, coach, sign_in):
    first, _second, _third = propose(introduction, coach)
    us = sign_in(as_employer(introduction))
    assert "Wanneer kan" in us.get(reverse("matching:my_start")).content.decode()
    us.post(reverse("matching:introduction_times", args=[introduction.pk]), {"fits": [str(first.pk)]})
    me = sign_in(as_candidate(introduction))
    url = reverse("matching:my_times", args=[introduction.match_id])
    assert "Kies wat je past" in me.get(url.replace("momenten/", "")).content.decode()
    assert 'type="radio"' in me.get(url).content.decode(), "the last one chooses"
    me.post(url, {"chosen": str(first.pk)})
    introduction.refresh_from_db()
    assert introduction.starts_at == first.starts_at


def test_moments_for_a_second_meeting_can_be_answered(introduction, coach, sign_in, client):
    Introduction.objects.update(starts_at=timezone.now() - timedelta(days=1))
    Match.objects.update(state=MatchState.MEETING_PLANNED)
    Match.objects.update(state=MatchState.MET)
    first, second, _third = propose(introduction, coach)
    us = sign_in(as_employer(introduction))
    page, url = (
        reverse(f"matching:{name}", args=[introduction.pk])
        for name in ("my_introduction", "introduction_times")
    )
    assert "Wanneer kan" in us.get(reverse("matching:my_start")).content.decode()
    assert url in us.get(page).content.decode()
    with scoped(Scope.for_bureau(introduction.bureau)):
        assert services.deliver(message_id=Message.objects.get(kind="employer.times").pk)
    (link,) = re.findall(r"/vraag/[\w-]+/", mail.outbox[-1].body)
    client.post(link, {"fits": [str(first.pk)]})
    first.refresh_from_db()
    assert first.employer_says == "yes"
    said = us.post(url, {"fits": [str(first.pk), str(second.pk)]}, follow=True).content.decode()
    assert "Je hoort het zodra er een moment is" in said
    me = sign_in(as_candidate(introduction))
    me.post(reverse("matching:my_times", args=[introduction.match_id]), {"chosen": str(second.pk)})
    introduction.refresh_from_db()
    assert introduction.starts_at == second.starts_at


def test_a_coach_proposes_on_a_form_that_says_what_is_missing(introduction, coach, sign_in):
    at_coach, url = sign_in(coach), reverse("matching:times_propose", args=[introduction.match_id])
    day = f"{timezone.localdate() + timedelta(days=3)}"
    half = {"minutes": "45", "place": "Buurthuis", "day1": day}
    assert "Zet er een tijd bij" in at_coach.post(url, half).content.decode()
    assert "Noem minstens één moment" in at_coach.post(url, {"minutes": "45", "place": "x"}).content.decode()
    at_coach.post(url, {**half, "time1": "10:00", "companion_member": coach.pk})
    option = MeetingOption.objects.get()
    assert f"{timezone.localtime(option.starts_at):%H:%M}" == "10:00"
    page = at_coach.get(reverse("matching:match", args=[introduction.match_id])).content.decode()
    assert "Kandidaat: nog geen antwoord" in page
    at_coach.post(reverse("matching:times_settle", args=[option.pk]))
    assert Introduction.objects.get().companion_member == coach


def test_a_time_that_the_clock_skips_is_refused_and_others_keep_their_hour(settings):
    spring = date(2031, 3, 30)
    with pytest.raises(forms.ValidationError):
        local_moment(spring, time(2, 30))
    assert local_moment(spring, time(10, 0)) == datetime(2031, 3, 30, 8, 0, tzinfo=UTC)
    assert local_moment(date(2031, 3, 29), time(10, 0)) == datetime(2031, 3, 29, 9, 0, tzinfo=UTC)


def test_an_ended_proposal_takes_its_moments_along(introduction, coach):
    propose(introduction, coach)
    with scoped(Scope.for_membership(coach)):
        services.withdraw(match=introduction.match, by=coach)
    assert not MeetingOption.objects.filter(closed_at=None).exists()
