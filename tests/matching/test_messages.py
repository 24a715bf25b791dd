"""Every e-mail in two languages and two parts; who it may go to; and what happens when it does not arrive."""

import base64
import json
import re
from datetime import timedelta
from html import unescape
from unittest import mock

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from buurtbaan.bureaus.enums import Role
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from matching import emails, recipients, services
from matching.models import EmployerQuestion, Message
from matching.services import reminders
from tests.bureaus.factories import MembershipFactory
from tests.matching.factories import (
    ContactFactory,
    MeetingFactory,
    MessageFactory,
    PersonFactory,
    WorkingFactory,
)

QUESTIONS = ("employer.check_in", "employer.hours")


@pytest.fixture
def meeting(bureau, coach):
    bureau.phone, bureau.email = "070 1234567", "post@bureau.example"
    bureau.save()
    person = PersonFactory(
        bureau=bureau, coach=coach, first_name="Xantippe", last_name="Vandenberghe", phone="0687654321"
    )
    made = MeetingFactory(match__bureau=bureau, match__candidate=person, companion="Tante Rachida")
    made.employer.name, made.position_title = "Fietsenhuis", "Fietsen maken"
    made.employer.save()
    return made


def message_of(meeting, kind, language):
    """A message of this kind to somebody who reads this language."""
    role = kind.split(".")[0]
    match = meeting.match
    match.candidate.language = language
    match.candidate.save()
    if role == "candidate":
        return MessageFactory(match=match, kind=kind, recipient=match.candidate.email)
    where = {"employer": match.employer} if role == "employer" else {}
    reader = MembershipFactory(
        role=Role.EMPLOYER if role == "employer" else Role.COACH,
        bureau=match.bureau,
        user__language=language,
        **where,
    )
    if role == "employer":
        ContactFactory(employer=match.employer, email=reader.user.email, membership=reader)
    made = MessageFactory(match=match, kind=kind, recipient=reader.user.email)
    if kind.startswith(QUESTIONS):
        work = WorkingFactory(bureau=match.bureau, candidate=match.candidate, position=match.position)
        made.question = EmployerQuestion.objects.create(
            bureau=match.bureau, candidate=match.candidate, employer=match.employer, kind="check_in", placement=work,
            week=1,
        )  # fmt: skip
        made.match = None
        made.save()
    return made


def letters_of(text):
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", sorted(emails.KINDS))
def test_every_kind_says_the_same_in_text_and_html_and_only_what_was_agreed(meeting, kind, language):
    message = message_of(meeting, kind, language)
    with scoped(Scope.for_bureaus([message.bureau_id])):
        email = emails.compose(Message.objects.get(pk=message.pk))
    (html, _type), *_calendar = email.alternatives
    plain = letters_of(unescape(strip_tags(html)))
    for line in email.body.split("\n\n")[:2]:
        assert letters_of(line) in plain, "both parts say the same"
    assert f'<html lang="{language}">' in html
    assert not re.search(
        r"<img|<script|https?://(?!localhost|127\.0\.0\.1|testserver)", html.replace("&amp;", "&")
    )
    assert "You get this" in email.body or "Je krijgt dit bericht" in email.body, "why"
    assert email.from_email.startswith((meeting.bureau.name, f'"{meeting.bureau.name}'))
    assert len(email.reply_to) == 1
    whole = f"{email.subject}{email.body}{html}{[str(one) for one in email.attachments]}"
    hidden = ["Vandenberghe", "0687654321", "{{", "None"]
    if not kind.startswith("candidate."):
        hidden.append("Xantippe")
    if kind.startswith("employer."):
        hidden += ["Rachida", str(message.candidate.email)]
    assert not [word for word in hidden if word in whole]
    assert "Xantippe" not in email.subject


def test_an_answer_to_the_mail_goes_to_the_coach(meeting):
    message = message_of(meeting, "candidate.meeting", "nl")
    with scoped(Scope.for_bureaus([message.bureau_id])):
        assert emails.compose(message).reply_to == [meeting.candidate.coach.user.email]
        colleague = message_of(meeting, "coach.meeting", "nl")
        assert emails.compose(colleague).reply_to == ["post@bureau.example"]


def deliver(message):
    with scoped(Scope.for_bureaus([message.bureau_id])):
        services.deliver(message_id=message.pk)
    message.refresh_from_db()
    return message


# who it may go to


def test_an_address_that_no_rule_vouches_for_is_held_with_the_reason(meeting, coach, sign_in):
    stranger = MessageFactory(match=meeting.match, kind="employer.meeting", recipient="wie@ergens.example")
    assert (deliver(stranger).state, stranger.why_held) == ("held", "gone")
    changed = MessageFactory(match=meeting.match, recipient="vroeger@ergens.example")
    assert (deliver(changed).state, changed.why_held) == ("held", "changed")
    assert not mail.outbox
    client = sign_in(coach)
    page = client.get(reverse("matching:today")).content.decode()
    assert "Bericht kwam niet aan" in page
    assert reverse("matching:message", args=[changed.pk]) in page
    page = client.get(reverse("matching:match", args=[meeting.match_id])).content.decode()
    assert "hoort niet meer bij een contactpersoon" in page
    with pytest.raises(NotAllowedNow, match="contactpersoon"):
        services.send_again(message=stranger, by=coach)


def test_a_contact_whose_role_ended_gets_nothing(meeting):
    contact = ContactFactory(employer=meeting.employer)
    message = MessageFactory(match=meeting.match, kind="employer.meeting", recipient=contact.email)
    contact.membership = MembershipFactory(
        role=Role.EMPLOYER, bureau=meeting.bureau, employer=meeting.employer,
        starts=timezone.localdate() - timedelta(days=9), ends=timezone.localdate() - timedelta(days=1),
    )  # fmt: skip
    contact.save()
    assert deliver(message).why_held == "gone"


def test_the_check_before_sending_names_what_is_odd(meeting):
    ContactFactory(employer=meeting.employer, name="Karim", email="karim@hotmail.com")
    ContactFactory(employer=meeting.employer, name="Lies", email="lies@fietsenhuis.example")
    MessageFactory(
        match=meeting.match, kind="employer.ended", recipient="lies@fietsenhuis.example", state="bounced"
    )
    with scoped(Scope.for_bureau(meeting.bureau)):
        karim, lies = recipients.of_introduction(meeting.match)
    assert (karim.warnings[0][:25], karim.held) == ("Dit is een gewoon e-maila", "")
    assert "kwam terug" in lies.warnings[0]
    assert lies.held
    assert "Fietsen maken" in karim.subject or karim.subject
    assert "Xantippe" not in karim.subject + karim.text


# when it does not arrive


@pytest.fixture
def provider(settings):
    settings.MAIL_TRACKING = "postmark"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "bode:geheim"}


def report(client, known_to_us="bode:geheim", **event):
    known = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "TypeCode": 1,
        "Email": "",
        "MessageID": "",
        **event,
    }
    key = base64.b64encode(known_to_us.encode()).decode()
    return client.post(
        reverse("matching:delivery_report"), json.dumps(known), content_type="application/json",
        headers={"Authorization": f"Basic {key}"},
    )  # fmt: skip


def test_a_bounce_marks_the_message_and_asks_for_another_address(meeting, client, provider, coach, sign_in):
    message = MessageFactory(match=meeting.match, state="sent", provider_id="abc-1", sent_at=timezone.now())
    other = MessageFactory(match=meeting.match, state="sent", provider_id="abc-2", sent_at=timezone.now())
    assert report(client, MessageID="abc-1", Email=message.recipient).status_code == 200
    message.refresh_from_db()
    other.refresh_from_db()
    assert (message.state, other.state) == ("bounced", "sent")
    at_coach = sign_in(coach)
    url = reverse("matching:message", args=[message.pk])
    assert url in at_coach.get(reverse("matching:today")).content.decode()
    assert "nam het bericht niet aan" in at_coach.get(url).content.decode()
    timeline = at_coach.get(reverse("candidates:file", args=[message.candidate_id])).content.decode()
    assert "Bericht kwam terug" in timeline
    at_coach.post(url, {"address": "goed@kandidaat.example"})
    message.refresh_from_db()
    message.candidate.refresh_from_db()
    assert (message.state, message.recipient) == ("waiting", "goed@kandidaat.example")
    assert message.candidate.email == "goed@kandidaat.example"


def test_an_address_of_a_contact_is_put_right_where_it_belongs(meeting, coach):
    contact = ContactFactory(employer=meeting.employer, email="fout@fietsenhuis.example")
    message = MessageFactory(
        match=meeting.match, kind="employer.meeting", recipient=contact.email, state="bounced"
    )
    with scoped(Scope.for_membership(coach)):
        services.correct_address(message=message, address="goed@fietsenhuis.example", by=coach)
    contact.refresh_from_db()
    assert contact.email == "goed@fietsenhuis.example"
    assert deliver(message).state == "sent"


def test_a_message_leaves_after_its_contact_was_put_right_elsewhere(meeting, coach):
    ContactFactory(employer=meeting.employer, email="goed@fietsenhuis.example")
    message = MessageFactory(
        match=meeting.match, kind="employer.meeting", recipient="fout@fietsenhuis.example"
    )
    assert deliver(message).why_held == "gone"
    with scoped(Scope.for_membership(coach)):
        with pytest.raises(NotAllowedNow, match="staat er niet meer"):
            services.correct_address(message=message, address="ander@fietsenhuis.example", by=coach)
        services.correct_address(message=message, address="Goed@fietsenhuis.example", by=coach)
    assert deliver(message).state == "sent"


def test_after_a_bounce_nothing_more_goes_there_until_somebody_looked(meeting, coach):
    MessageFactory(match=meeting.match, state="bounced", sent_at=timezone.now())
    message = MessageFactory(match=meeting.match)
    assert deliver(message).why_held == "bounced"
    with scoped(Scope.for_membership(coach)):
        services.send_again(message=message, by=coach)
    assert deliver(message).state == "sent"


@pytest.mark.parametrize("secret", ["bode:fout", ""])
def test_whoever_has_not_the_secret_changes_nothing(meeting, client, provider, secret):
    message = MessageFactory(match=meeting.match, state="sent", provider_id="abc-1")
    assert report(client, secret, MessageID="abc-1", Email=message.recipient).status_code == 400
    message.refresh_from_db()
    assert message.state == "sent"


def test_the_address_for_reports_is_off_unless_configured(client, settings, db):
    assert report(client).status_code == 404
    settings.MAIL_TRACKING, settings.ANYMAIL = "postmark", {}
    assert report(client).status_code == 404


def test_damaged_and_unknown_reports_are_no_error(client, provider, db):
    url, key = reverse("matching:delivery_report"), base64.b64encode(b"bode:geheim").decode()
    head = {"Authorization": f"Basic {key}"}
    assert client.post(url, "{", content_type="application/json", headers=head).status_code == 400
    assert report(client, MessageID="nooit-gezien", Email="wie@ergens.example").status_code == 200


def test_each_try_waits_longer_than_the_one_before(meeting, bureau):
    message = MessageFactory(match=meeting.match, created_at=timezone.now() - timedelta(hours=1))
    waits = []
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=OSError("weg")):
        for _try in range(4):
            deliver(message)
            waits.append(message.next_try_at - timezone.now())
            assert message.pk not in reminders.waiting_messages(bureau)
    assert waits == sorted(waits)
    assert message.state == "waiting"
    Message.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    assert message.pk in reminders.waiting_messages(bureau)


def test_files_on_disk_are_the_default():
    from buurtbaan import settings as written

    assert "filebased" in written.EMAIL_BACKEND
    assert not written.MAIL_TRACKING
