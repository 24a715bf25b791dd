"""Who is told what: a row per message, which the worker carries out (see `delivery`).

With the queue away a message waits, and the schedule sends it later. Nothing leaves before the act is committed.
"""

from __future__ import annotations

import logging
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from candidates.models import Candidate
from candidates.services import invite_candidate, may_write
from employers.models import Contact
from matching import emails
from matching.models import CheckIn, EmployerQuestion, Introduction, Match, Message
from matching.models.messages import WhyHeld

log = logging.getLogger("buurtbaan.messages")
HELD = "held"
"""Not sent, for a reason that stands with it (WhyHeld)."""


def tell_candidate(match: Match, kind: str, *, by: Membership | None) -> Message | None:
    """Write to the candidate, who gets an account at the first message; nothing without an e-mail address.

    Without a yes to contact the message is held back, and the day list asks the coach to call.
    """
    candidate = match.candidate
    if not candidate.email:
        return None
    if not may_write(candidate):
        return _queue(
            match, f"candidate.{kind}", candidate.email, candidate.language, why_held=WhyHeld.CONSENT
        )
    if by is not None and by.pk and not Membership.objects.filter(candidate=candidate).exists():
        invite_candidate(candidate=candidate, by=by, target=reverse("matching:my_proposals"), by_mail=False)
    return _queue(match, f"candidate.{kind}", candidate.email, candidate.language)


def tell_about(question: EmployerQuestion, kind: str) -> Message | None:
    """Write to the candidate about what an employer is asked, too; held back without a yes to contact."""
    return _to_person(question, question.candidate, kind, question=question)


def ask_candidate(check_in: CheckIn, kind: str) -> Message | None:
    """Write to the candidate about a week at work; None without an address or a yes to contact."""
    candidate = check_in.candidate
    if not candidate.email or not may_write(candidate):
        return None
    if candidate.coach and not Membership.objects.filter(candidate=candidate).exists():
        target = reverse("matching:check_in_answer", args=[check_in.pk])
        invite_candidate(candidate=candidate, by=candidate.coach, target=target, by_mail=False)
    return _queue(check_in, f"candidate.{kind}", candidate.email, candidate.language)


def tell_person(*, candidate: Candidate, kind: str) -> Message | None:
    """Write to somebody about nothing but themselves, for example that another coach came; held likewise."""
    return _to_person(emails.Alone(candidate), candidate, kind)


def _to_person(
    about: emails.About, candidate: Candidate, kind: str, *, question: EmployerQuestion | None = None
) -> Message | None:
    if not candidate.email:
        return None
    why = "" if may_write(candidate) else WhyHeld.CONSENT
    said = (f"candidate.{kind}", candidate.email, candidate.language)
    return _queue(about, *said, why_held=why, question=question)


def tell_employer(match: Match, kind: str, *, question: EmployerQuestion | None = None) -> list[Message]:
    """Write to everybody at the employer who has an e-mail address; their text names nobody."""
    return [
        _queue(match, f"employer.{kind}", contact.email, language_of(contact), question=question)
        for contact in reachable(match.employer_id)
    ]


def ask_employer(question: EmployerQuestion, kind: str) -> list[Message]:
    """Write about a question to the same people; each gets a link of their own."""
    return [
        _queue(question, f"employer.{kind}", contact.email, language_of(contact), question=question)
        for contact in reachable(question.employer_id)
    ]


def reachable(employer_id: int) -> QuerySet[Contact]:
    """Who gets e-mail: an address, and no role that ended."""
    ended = Q(membership__ends__lt=timezone.localdate())
    rows = Contact.objects.filter(employer_id=employer_id).exclude(email="").exclude(ended)
    return rows.select_related("membership__user").order_by("name", "pk")


def language_of(contact: Contact) -> str:
    """In which language a contact reads."""
    return contact.membership.user.language if contact.membership else "nl"


def tell_coach(match: Match, kind: str) -> Message | None:
    """Write to the candidate's coach, or else to whoever made the proposal."""
    coach = match.candidate.coach or match.proposed_by
    if coach is None or not coach.user.email:
        return None
    return _queue(match, f"coach.{kind}", coach.user.email, coach.user.language)


def tell_managers(match: Match, kind: str) -> list[Message]:
    """Write to everybody who leads the bureau, apart from the coach who heard it already."""
    leaders = Membership.objects.current().filter(bureau=match.bureau_id, role=Role.MANAGER)
    known = match.candidate.coach_id or match.proposed_by_id
    rows = leaders.exclude(pk=known or 0).exclude(user__email="").select_related("user").order_by("pk")
    return [_queue(match, f"coach.{kind}", one.user.email, one.user.language) for one in rows]


def tell_companion(match: Match, member: Membership, kind: str) -> Message | None:
    """Write to the colleague who comes along; a coach who does gets one message, as coach."""
    if member.pk == match.candidate.coach_id or not member.user.email:
        return None
    return _queue(match, f"companion.{kind}", member.user.email, member.user.language)


def tell_everyone(match: Match, introduction: Introduction, kind: str, *, by: Membership | None) -> None:
    """About an appointment: candidate, employer, coach, and the colleague who comes along."""
    match.introduction = introduction  # what the messages keep is the appointment as it is now
    tell_candidate(match, kind, by=by)
    tell_employer(match, kind)
    tell_coach(match, kind)
    if introduction.companion_member:
        tell_companion(match, introduction.companion_member, kind)


def _queue(
    about: emails.About,
    kind: str,
    recipient: str,
    language: str,
    *,
    why_held: str = "",
    question: EmployerQuestion | None = None,
) -> Message:
    with translation.override(language):
        subject = emails.subject(kind, about)
    message = Message.objects.create(
        bureau_id=about.bureau_id,
        candidate_id=about.candidate_id,
        match=about if isinstance(about, Match) else None,
        question=question,
        check_in=about if isinstance(about, CheckIn) else None,
        kind=kind,
        recipient=recipient,
        subject=subject[:200],
        state=HELD if why_held else "waiting",
        why_held=why_held,
        meeting=_appointment(about, kind),
    )
    if not why_held:
        transaction.on_commit(partial(wake, message.pk, about.bureau_id))
    return message


def _appointment(about: emails.About, kind: str) -> dict[str, object] | None:
    """What goes into the calendar, kept with the message."""
    if not emails.KINDS[kind].calendar or not isinstance(about, Match):
        return None
    introduction = getattr(about, "introduction", None)
    return emails.as_it_is(introduction) if introduction else None


def wake(message_id: int, bureau_id: int) -> None:
    """Ask the worker to send; with the queue away the message simply waits for the schedule."""
    from matching.tasks import send_message

    try:
        send_message.delay(message_id, bureau_id)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("Message %s waits: %s", message_id, error)
