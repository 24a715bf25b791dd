"""The meeting itself: in every calendar and out of it again, on paper, and how it was in each party's words."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from employers.models import Location
from matching import services
from matching.enums import MatchState
from matching.models import Introduction, MeetingAccount, Message
from matching.route import route_to
from matching.services import accounts
from tests.bureaus.factories import MembershipFactory
from tests.matching.factories import ContactFactory, IntroductionFactory, MeetingFactory, PersonFactory

HOUR = timedelta(hours=1)


@pytest.fixture
def person(bureau, coach):
    return PersonFactory(bureau=bureau, coach=coach, language="en", last_name="Vandenberghe")


@pytest.fixture
def introduction(bureau, person):
    made = IntroductionFactory(match__bureau=bureau, match__candidate=person, employer_answer="yes")
    ContactFactory(employer=made.employer, name="Karim")
    return made


@pytest.fixture
def was(bureau, person):
    """A meeting of an hour ago."""
    made = MeetingFactory(match__bureau=bureau, match__candidate=person, starts_at=timezone.now() - HOUR)
    ContactFactory(employer=made.employer)
    return made


def account(role, about):
    where = {"candidate": about.candidate} if role == Role.CANDIDATE else {"employer": about.employer}
    return Membership.objects.filter(role=role, **where).first() or MembershipFactory(
        role=role, bureau=about.bureau, **where
    )


def plan(match, by, **more):
    fields = {"starts_at": timezone.now() + timedelta(days=3), "place": "Buurthuis", **more}
    with scoped(Scope.for_membership(by)):
        return services.plan_meeting(match=match, plan=services.Plan(**fields), by=by)


def send():
    """Everything that waits leaves; gives recipient → calendar event and method."""
    mail.outbox.clear()
    for message in Message.objects.filter(state="waiting").order_by("pk"):
        with scoped(Scope.for_bureaus([message.bureau_id])):
            assert services.deliver(message_id=message.pk)
    return {one.to[0]: _event(one) for one in mail.outbox}


def _event(sent):
    calendar = Calendar.from_ical(sent.attachments[0][1])
    assert not calendar.errors
    return calendar.walk("VEVENT")[0], str(calendar["METHOD"])


# in and out of calendars


def test_everybody_gets_the_file_the_update_and_the_cancellation(introduction, coach, connector):
    match = introduction.match
    colleague = connector
    first = plan(match, coach, companion="Zus Samira", companion_member=colleague)
    made = send()
    whole = {match.candidate.email, coach.user.email, colleague.user.email, "werk@"}
    assert {one if not one.startswith("werk") else "werk@" for one in made} == whole
    for sent in mail.outbox:
        assert (sent.to[0].startswith("werk")) == ("Samira" not in sent.body), (
            "the employer's mail names no family"
        )
    plan(match, coach, starts_at=timezone.now() + timedelta(days=4), companion_member=colleague)
    moved = send()
    with scoped(Scope.for_membership(coach)):
        services.cancel_meeting(match=match, by=coach)
    gone = send()
    for who in made:
        events = [found[who][0] for found in (made, moved, gone)]
        assert len({str(event["UID"]) for event in events}) == 1
        assert [event["SEQUENCE"] for event in events] == sorted({event["SEQUENCE"] for event in events})
        assert [found[who][1] for found in (made, moved, gone)] == ["REQUEST", "REQUEST", "CANCEL"]
        assert events[2]["STATUS"] == "CANCELLED"
        assert {"DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER", "ATTENDEE"} <= set(events[0])
        assert events[0]["DTSTART"].dt == first.starts_at.replace(microsecond=0)
        assert events[1]["DTSTART"].dt == events[2]["DTSTART"].dt
        text = events[0].to_ical().decode()
        assert match.candidate.last_name not in text


def test_a_mail_that_waited_tells_the_appointment_it_was_made_for(introduction, coach):
    first = plan(introduction.match, coach)
    plan(introduction.match, coach, starts_at=first.starts_at + timedelta(days=1))
    mail.outbox.clear()
    for kind in ("candidate.meeting_moved", "candidate.meeting"):
        message = Message.objects.get(kind=kind)
        with scoped(Scope.for_bureaus([message.bureau_id])):
            assert services.deliver(message_id=message.pk)
    later, earlier = (_event(one)[0]["DTSTART"].dt for one in mail.outbox)
    assert later - earlier == timedelta(days=1)


def test_somebody_else_who_comes_along_takes_the_first_ones_place(introduction, coach, connector, manager):
    plan(introduction.match, coach, companion_member=connector)
    plan(introduction.match, coach, companion_member=manager)
    found = (
        Message.objects.filter(kind__startswith="companion.").order_by("pk").values_list("kind", "recipient")
    )
    assert list(found) == [
        ("companion.meeting", connector.user.email),
        ("companion.meeting_cancelled", connector.user.email),
        ("companion.meeting_moved", manager.user.email),
    ]


def test_taking_the_planning_back_ends_it_everywhere_and_leaves_the_proposal(introduction, coach, sign_in):
    plan(introduction.match, coach)
    client, url = sign_in(coach), reverse("matching:match", args=[introduction.match_id])
    assert "Terugdraaien: zeg af" in client.get(url).content.decode()
    client.post(reverse("matching:meeting_cancel", args=[introduction.match_id]))
    introduction.refresh_from_db()
    introduction.match.refresh_from_db()
    assert (introduction.starts_at, introduction.match.state) == (None, MatchState.INTRODUCED)
    assert Message.objects.filter(kind="employer.meeting_cancelled").exists()
    assert client.post(reverse("matching:meeting_cancel", args=[introduction.match_id])).status_code == 409


def test_a_second_meeting_that_is_called_off_leaves_that_they_met(was, coach):
    with scoped(Scope.for_membership(coach)):
        services.record_meeting(match=was.match, by=coach)
    plan(was.match, coach)
    with scoped(Scope.for_membership(coach)):
        services.cancel_meeting(match=was.match, by=coach)
    was.match.refresh_from_db()
    assert was.match.state == MatchState.MET


# before it leaves


def test_nothing_leaves_before_the_coach_saw_to_whom_and_what(introduction, coach, sign_in):
    contact = introduction.employer.contacts.get()
    contact.email = "karim@gmail.com"
    contact.save()
    client, url = sign_in(coach), reverse("matching:meeting_plan", args=[introduction.match_id])
    data = {
        "day": f"{timezone.localdate() + timedelta(days=2)}", "time": "10:30", "minutes": "45", "place": "Buurthuis",
    }  # fmt: skip
    page = client.post(url, data).content.decode()
    for said in (
        "Dit gaat naar",
        "karim@gmail.com",
        "gewoon e-mailadres",
        "laatste week veranderd",
        "Engels",
        "10:30",
    ):
        assert said in page
    assert not Message.objects.exists()
    assert "Verder: wie krijgt bericht?" in client.post(url, {**data, "change": "1"}).content.decode()
    client.post(url, {**data, "confirmed": "1"})
    assert Message.objects.filter(kind="employer.meeting").exists()


# the way there, and the note


def test_the_note_says_when_where_how_and_whom_to_call(introduction, coach, sign_in):
    position = introduction.match.position
    position.location = Location.objects.create(
        bureau=position.bureau, employer=position.employer, address="Proefstraat 1", postcode="2531AB", city="Den Haag",
        latitude=52.06, longitude=4.29,
    )  # fmt: skip
    position.save()
    plan(introduction.match, coach, place=f"{position.employer.name}, {position.location}")
    client = sign_in(coach)
    for name in ("meeting_note", "meeting_calendar"):
        response = client.get(reverse(f"matching:{name}", args=[introduction.match_id]))
        assert response.status_code == 200
    me = sign_in(account(Role.CANDIDATE, introduction))
    response = me.get(reverse("matching:my_meeting_note", args=[introduction.match_id]))
    assert response.content.startswith(b"%PDF")
    page = me.get(reverse("matching:my_proposal", args=[introduction.match_id])).content.decode()
    assert "Proefstraat 1, 2531AB Den Haag" in page
    assert 'href="https://9292.nl/"' in page


def test_the_way_is_told_in_minutes_and_only_to_where_the_work_is(introduction):
    match = introduction.match
    location = Location.objects.create(
        bureau=match.bureau, employer=match.employer, address="Proefstraat 1", latitude=52.06, longitude=4.29
    )
    match.position.location = location
    match.candidate.__dict__["home"] = (52.07, 4.31)
    found = route_to(match, f"Bij ons, {location}")
    assert found is not None
    assert re.fullmatch(r"Lopend: ongeveer \d+ minuten", found.lines[0])
    assert route_to(match, "Koffie in het park") is None


# how it was


def test_each_says_it_in_the_own_words_and_the_employer_reads_only_theirs(was, coach, sign_in):
    me, them = sign_in(account(Role.CANDIDATE, was)), sign_in(account(Role.EMPLOYER, was))
    me.post(
        reverse("matching:my_meeting", args=[was.match_id]),
        {"words": "Beetje druk daar", "next_step": "maybe"},
    )
    theirs = reverse("matching:introduction_tell", args=[was.pk])
    assert "Hoe was de kennismaking met" in them.get(reverse("matching:my_start")).content.decode()
    them.post(theirs, {"words": "Fijn iemand", "next_step": "yes"})
    for url in (theirs, reverse("matching:my_introduction", args=[was.pk]), reverse("matching:my_start")):
        assert "Beetje druk daar" not in them.get(url).content.decode()
    with scoped(Scope.for_membership(account(Role.EMPLOYER, was))):
        assert [one.words for one in MeetingAccount.objects.all()] == ["Fijn iemand"], "the second wall"
    client = sign_in(coach)
    record = reverse("matching:meeting_record", args=[was.match_id])
    assert "outcome_candidate" not in client.get(record).content.decode(), "told already"
    client.post(record, {"happened": "yes", "outcome_coach": "Goed gesprek"})
    page = client.get(reverse("matching:match", args=[was.match_id])).content.decode()
    for said in ("Beetje druk daar", "Fijn iemand", "Goed gesprek", "Ik weet het nog niet"):
        assert said in page


def test_what_a_coach_heard_is_shown_as_written_down_by_the_coach(was, coach, sign_in):
    with scoped(Scope.for_membership(coach)):
        services.record_meeting(match=was.match, outcome_candidate="Leuk", by=coach)
    page = sign_in(coach).get(reverse("matching:match", args=[was.match_id])).content.decode()
    assert f"opgeschreven door {coach.user}" in page


def test_both_are_asked_once_how_it_was(was, bureau):
    Introduction.objects.update(starts_at=timezone.now() - 3 * HOUR)
    with scoped(Scope.for_bureau(bureau)):
        assert (accounts.ask_about_meetings(bureau), accounts.ask_about_meetings(bureau)) == (1, 0)
    found = Message.objects.values_list("kind", flat=True)
    assert sorted(found) == ["candidate.met", "employer.met"]


def test_two_who_ask_at_once_ask_once(was, bureau):
    Introduction.objects.update(starts_at=timezone.now() - 3 * HOUR)
    with scoped(Scope.for_bureau(bureau)):
        assert [accounts._ask(was.match), accounts._ask(was.match)] == [True, False]
    assert Message.objects.filter(kind__endswith=".met").count() == 2


def test_telling_by_link_needs_no_account(was, bureau, client):
    Introduction.objects.update(starts_at=timezone.now() - 3 * HOUR)
    with scoped(Scope.for_bureau(bureau)):
        accounts.ask_about_meetings(bureau)
        services.deliver(message_id=Message.objects.get(kind="employer.met").pk)
    (link,) = re.findall(r"/vraag/[\w-]+/", mail.outbox[-1].body)
    client.post(link, {"words": "Graag nog een keer", "next_step": "yes"})
    assert MeetingAccount.objects.get().words == "Graag nog een keer"
    assert "binnen" in client.get(link).content.decode()


# when it did not come about


def test_a_meeting_that_did_not_come_about_leads_to_a_new_one_without_blame(was, coach, sign_in):
    client = sign_in(coach)
    record = reverse("matching:meeting_record", args=[was.match_id])
    assert "Kies wat het beste past" in client.post(record, {"happened": "no"}).content.decode()
    response = client.post(record, {"happened": "no", "reason": "tense"})
    assert response["Location"] == reverse("matching:times_propose", args=[was.match_id])
    was.refresh_from_db()
    was.match.refresh_from_db()
    assert (was.starts_at, was.match.state, was.open) == (None, MatchState.INTRODUCED, True)
    send_only_text = _bodies()
    assert not any("spannend" in body.lower() for body in send_only_text)
    them = sign_in(account(Role.EMPLOYER, was)).get(reverse("matching:my_introduction", args=[was.pk]))
    assert "spannend" not in them.content.decode().lower()
    today = client.get(reverse("matching:today")).content.decode()
    assert "Zoek samen een nieuw moment" in today
    assert "spannend" not in today.lower()


def _bodies():
    mail.outbox.clear()
    for message in Message.objects.filter(state="waiting"):
        with scoped(Scope.for_bureaus([message.bureau_id])):
            services.deliver(message_id=message.pk)
    assert len(mail.outbox) == 2
    return [sent.body for sent in mail.outbox]


def test_no_list_rule_or_figure_reads_why_a_meeting_did_not_come_about():
    root = Path(settings.BASE_DIR)
    readers = [
        *root.glob("impact/**/*.py"),
        *root.glob("matching/rules/*.py"),
        *root.glob("matching/day/*.py"),
    ]
    readers += [
        root / "matching" / name for name in ("suggest.py", "judge.py", "gather.py", "facts.py", "freeze.py")
    ]
    for file in readers:
        text = file.read_text()
        assert not re.search(r"MeetingAccount|meetingaccount|MissedReason", text), file


@pytest.mark.parametrize("happened", [True, False])
def test_what_was_noted_can_be_taken_back_for_a_day(was, coach, sign_in, happened):
    when = was.starts_at
    with scoped(Scope.for_membership(coach)):
        if happened:
            services.record_meeting(match=was.match, outcome_candidate="Leuk", by=coach)
        else:
            services.miss_meeting(match=was.match, reason="ill", by=coach)
    client, url = sign_in(coach), reverse("matching:outcome_undo", args=[was.match_id])
    client.post(url)
    was.refresh_from_db()
    was.match.refresh_from_db()
    assert (was.starts_at, was.match.state) == (when, MatchState.MEETING_PLANNED)
    assert not MeetingAccount.objects.exists()
    with scoped(Scope.for_membership(coach)):
        services.record_meeting(match=was.match, by=coach)
    MeetingAccount.objects.update(told_at=timezone.now() - timedelta(hours=25))
    with scoped(Scope.for_membership(coach)), pytest.raises(NotAllowedNow, match="langer dan een dag"):
        services.take_back_outcome(match=was.match, by=coach)
