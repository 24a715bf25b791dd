"""What the worker and the schedule do for proposals and messages, once and twice."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from kombu.exceptions import OperationalError

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import AccessLink
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates.models import Consent
from candidates.services import add_conversation, give_consent, withdraw_consent
from matching import services, tasks
from matching.enums import MatchState
from matching.models import Match, Message
from matching.services import messages
from tests.bureaus.factories import MembershipFactory
from tests.matching.factories import (
    ContactFactory,
    IntroductionFactory,
    MatchFactory,
    MeetingFactory,
    MessageFactory,
    PersonFactory,
    WorkFactory,
    WorkingFactory,
    agree,
)

TODAY = timezone.localdate


def account_of(match):
    return MembershipFactory(
        role=Role.CANDIDATE, bureau=match.bureau, candidate=match.candidate, user__email=match.candidate.email
    )


def send(message):
    tasks.send_message(message.pk, message.bureau_id)
    message.refresh_from_db()
    return message


# messages


def test_a_message_leaves_once_with_a_link_that_signs_in_once(bureau):
    message = MessageFactory(match__bureau=bureau)
    me = account_of(message.match)
    send(message)
    send(message)
    assert (message.state, message.tries, len(mail.outbox)) == ("sent", 1, 1)
    link = AccessLink.objects.get(membership=me)
    assert link.target == f"/mijn-voorstellen/{message.match_id}/"
    assert "/i/" in mail.outbox[0].body


def test_text_and_html_say_the_same_in_the_readers_language(bureau):
    message = MessageFactory(match__bureau=bureau)
    account_of(message.match)
    send(message)
    html = next(part for part, kind in mail.outbox[0].alternatives if kind == "text/html")
    for said in (message.match.position.title, message.match.employer.name, message.candidate.first_name):
        assert said in mail.outbox[0].body
        assert said in html


def test_a_message_to_an_employer_names_nobody(bureau):
    introduction = IntroductionFactory(match__bureau=bureau)
    contact = ContactFactory(employer=introduction.employer)
    message = MessageFactory(match=introduction.match, kind="employer.introduction", recipient=contact.email)
    send(message)
    whole = mail.outbox[0].subject + mail.outbox[0].body + str(mail.outbox[0].alternatives)
    assert introduction.candidate.first_name not in whole
    assert introduction.candidate.last_name not in whole


def test_somebody_who_is_also_a_colleague_gets_no_link_that_signs_in(bureau):
    message = MessageFactory(match__bureau=bureau)
    me = account_of(message.match)
    MembershipFactory(user=me.user, role=Role.COACH, bureau=bureau)
    send(message)
    assert "/i/" not in mail.outbox[0].body
    assert not AccessLink.objects.exists()


def test_a_mail_server_that_refuses_leaves_it_waiting_and_after_five_tries_failed(bureau):
    message = MessageFactory(match__bureau=bureau)
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=OSError("weg")):
        assert (send(message).state, message.error) == ("waiting", "OSError: weg")
        for _ in range(4):
            send(message)
    assert (message.state, message.tries) == ("failed", 5)
    assert not AccessLink.objects.exists(), "a link that went nowhere is not kept"


@pytest.mark.parametrize("kind", sorted(messages.emails.KINDS))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_of_message_can_be_read(bureau, kind, language):
    meeting = MeetingFactory(match__bureau=bureau, match__candidate__language=language)
    message = MessageFactory(match=meeting.match, kind=kind, recipient="iemand@ergens.example")
    with scoped(Scope.for_bureau(bureau)):
        email = messages.emails.compose(
            Message.objects.select_related("bureau", "match__candidate").get(pk=message.pk)
        )
    assert len(email.body) > 60
    assert "{{" not in email.body + str(email.alternatives)


def test_the_calendar_file_asks_moves_and_cancels_under_one_uid(bureau):
    meeting = MeetingFactory(match__bureau=bureau, calendar_sequence=3)
    for kind, method, status in (
        ("candidate.meeting", "REQUEST", "CONFIRMED"),
        ("candidate.meeting_cancelled", "CANCEL", "CANCELLED"),
    ):
        send(MessageFactory(match=meeting.match, kind=kind))
        calendar = Calendar.from_ical(mail.outbox[-1].attachments[0][1])
        event = calendar.walk("VEVENT")[0]
        assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == (method, status, 3)
        assert event["UID"] == f"{meeting.calendar_uid}@buurtbaan"
        assert event["DTSTART"].dt == meeting.starts_at.replace(microsecond=0)
        assert method in str(mail.outbox[-1].message())


def test_a_message_leaves_only_after_the_act_is_committed(bureau, coach, django_capture_on_commit_callbacks):
    person, work = PersonFactory(bureau=bureau), WorkFactory(bureau=bureau)
    with django_capture_on_commit_callbacks(execute=False) as waiting, scoped(Scope.for_membership(coach)):
        services.propose(candidate=person, position=work, by=coach)
    assert not mail.outbox
    assert len(waiting) == 1


@pytest.mark.django_db(transaction=True)
def test_with_the_queue_away_the_act_stands_and_the_schedule_sends_later():
    person = PersonFactory()
    work = WorkFactory(bureau=person.bureau)
    away = mock.patch("matching.tasks.send_message.delay", side_effect=OperationalError("weg"))
    with away, scoped(Scope.for_membership(person.coach)):
        match = services.propose(candidate=person, position=work, by=person.coach)
    message = Message.objects.get(match=match)
    assert message.state == "waiting"
    Message.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    tasks.send_waiting_messages()
    tasks.send_waiting_messages()
    message.refresh_from_db()
    assert (message.state, len(mail.outbox)) == ("sent", 1)


def test_a_failed_message_can_be_sent_again_to_the_address_of_now(bureau, coach):
    message = MessageFactory(match__bureau=bureau, state="failed", tries=5, recipient="oud@ergens.example")
    with scoped(Scope.for_membership(coach)), transaction.atomic():
        services.send_again(message=message, by=coach)
    message.refresh_from_db()
    assert (message.state, message.tries, message.recipient) == ("waiting", 0, message.candidate.email)


# proposals that wait


def test_halfway_the_candidate_is_reminded_once(bureau):
    match = MatchFactory(bureau=bureau, answer_by=TODAY() + timedelta(days=bureau.answer_days // 2))
    for _ in range(2):
        tasks.look_after_proposals()
    assert Message.objects.filter(match=match, kind="candidate.reminder").count() == 1


def test_a_fresh_proposal_is_left_alone(bureau):
    match = MatchFactory(bureau=bureau)
    tasks.look_after_proposals()
    match.refresh_from_db()
    assert (match.state, match.reminded_at, Message.objects.count()) == (MatchState.PROPOSED, None, 0)


def test_after_the_last_day_it_expires_and_the_coach_is_told_once(bureau):
    match = MatchFactory(bureau=bureau, answer_by=TODAY() - timedelta(days=1))
    for _ in range(2):
        tasks.look_after_proposals()
    match.refresh_from_db()
    assert match.state == MatchState.EXPIRED
    assert Message.objects.filter(match=match, kind="coach.expired").count() == 1
    assert Message.objects.filter(match=match, kind="candidate.expired").count() == 1


def test_the_last_day_itself_still_counts(bureau):
    match = MatchFactory(bureau=bureau, answer_by=TODAY())
    tasks.look_after_proposals()
    match.refresh_from_db()
    assert match.state == MatchState.PROPOSED


def test_what_was_answered_meanwhile_does_not_expire(bureau):
    match = MatchFactory(bureau=bureau, state=MatchState.INTRODUCED, answer_by=TODAY() - timedelta(days=9))
    tasks.look_after_proposals()
    match.refresh_from_db()
    assert match.state == MatchState.INTRODUCED


def test_every_bureau_is_looked_after(bureau, other_bureau):
    for one in (bureau, other_bureau):
        MatchFactory(bureau=one, answer_by=TODAY() - timedelta(days=1))
    tasks.look_after_proposals()
    assert not Match.objects.exclude(state=MatchState.EXPIRED).exists()


def test_a_withdrawn_consent_hides_the_name(bureau):
    match = agree(MatchFactory(bureau=bureau))
    match.state = MatchState.INTRODUCED
    match.save()
    introduction = IntroductionFactory(match=match)
    ContactFactory(employer=match.employer)
    Consent.objects.update(withdrawn_at=timezone.now())
    tasks.look_after_proposals()
    introduction.refresh_from_db()
    match.refresh_from_db()
    assert (match.state, introduction.open) == (MatchState.WITHDRAWN, False)


def test_after_the_last_day_at_work_what_was_shared_disappears(bureau):
    introduction = IntroductionFactory(match__bureau=bureau, match__state=MatchState.PLACED)
    WorkingFactory(
        bureau=bureau, candidate=introduction.candidate, position=introduction.match.position,
        match=introduction.match, ended_on=TODAY() - timedelta(days=1), end_reason="other", destination="unknown",
    )  # fmt: skip
    tasks.look_after_proposals()
    introduction.refresh_from_db()
    assert introduction.open is False


def test_who_did_not_say_yes_to_contact_is_called_not_mailed(bureau, coach, sign_in):
    person = PersonFactory(bureau=bureau, coach=coach, contact=False)
    match = MatchFactory(bureau=bureau, candidate=person)
    message = messages.tell_candidate(match, "proposal", by=coach)
    assert message is not None
    assert message.state == "held"
    with scoped(Scope.for_bureau(bureau)):
        assert not services.deliver(message_id=message.pk)
    assert not mail.outbox
    page = sign_in(coach).get(reverse("matching:today")).content.decode()
    assert "Mag niet mailen: bel" in page
    assert "06 12345678" in page
    with pytest.raises(NotAllowedNow):
        services.send_again(message=message, by=coach)
    add_conversation(candidate=person, by=coach, text="Gebeld over het voorstel.")
    assert "Mag niet mailen: bel" not in sign_in(coach).get(reverse("matching:today")).content.decode()


def test_a_yes_taken_back_before_the_mail_left_holds_it(bureau, coach):
    match = MatchFactory(bureau=bureau, candidate=PersonFactory(bureau=bureau, coach=coach))
    message = messages.tell_candidate(match, "proposal", by=coach)
    assert message is not None
    assert message.state == "waiting"
    withdraw_consent(consent=match.candidate.consents.get(), by=coach)
    assert not services.deliver(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, len(mail.outbox)) == ("held", 0)
    give_consent(candidate=match.candidate, purpose="contact", by=coach)
    services.send_again(message=message, by=coach)
    assert services.deliver(message_id=message.pk)
    assert len(mail.outbox) == 1
