"""E-mail that leaves: a row in the database is the truth, the worker only carries it out.

With the queue away a message waits, and the schedule sends it later. Nothing leaves before the act is committed.
"""

from __future__ import annotations

import logging
from functools import partial

from anymail.exceptions import AnymailError
from django.core.exceptions import ValidationError
from django.core.mail.message import BadHeaderError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate
from candidates.services import invite_candidate, may_write
from employers.models import Contact
from matching import emails
from matching.models import EmployerQuestion, Match, Message

log = logging.getLogger("buurtbaan.messages")
MOST_TRIES = 5
HELD = "held"
"""Not sent, because the candidate did not say yes to contact."""


def tell_candidate(match: Match, kind: str, *, by: Membership | None) -> Message | None:
    """Write to the candidate, who gets an account at the first message; nothing without an e-mail address.

    Without a yes to contact the message is held back, and the day list asks the coach to call.
    """
    candidate = match.candidate
    if not candidate.email:
        return None
    if not may_write(candidate):
        return _queue(match, f"candidate.{kind}", candidate.email, candidate.language, held=True)
    if by is not None and by.pk and not Membership.objects.filter(candidate=candidate).exists():
        invite_candidate(candidate=candidate, by=by, target=reverse("matching:my_proposals"), by_mail=False)
    return _queue(match, f"candidate.{kind}", candidate.email, candidate.language)


def tell_employer(match: Match, kind: str, *, question: EmployerQuestion | None = None) -> list[Message]:
    """Write to everybody at the employer who has an e-mail address; their text names nobody."""
    return [
        _queue(match, f"employer.{kind}", contact.email, _language(contact), question=question)
        for contact in reachable(match.employer_id)
    ]


def ask_employer(question: EmployerQuestion, kind: str) -> list[Message]:
    """Write about a question to the same people; each gets a link of their own."""
    return [
        _queue(question, f"employer.{kind}", contact.email, _language(contact), question=question)
        for contact in reachable(question.employer_id)
    ]


def reachable(employer_id: int) -> QuerySet[Contact]:
    """Who gets e-mail: an address, and no role that ended."""
    ended = Q(membership__ends__lt=timezone.localdate())
    rows = Contact.objects.filter(employer_id=employer_id).exclude(email="").exclude(ended)
    return rows.select_related("membership__user").order_by("name", "pk")


def _language(contact: Contact) -> str:
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


def _queue(
    about: Match | EmployerQuestion,
    kind: str,
    recipient: str,
    language: str,
    *,
    held: bool = False,
    question: EmployerQuestion | None = None,
) -> Message:
    with translation.override(language):
        subject = emails.subject(kind, about)
    message = Message.objects.create(
        bureau_id=about.bureau_id,
        candidate_id=about.candidate_id,
        match=about if isinstance(about, Match) else None,
        question=question,
        kind=kind,
        recipient=recipient,
        subject=subject[:200],
        state=HELD if held else "waiting",
    )
    if not held:
        transaction.on_commit(partial(wake, message.pk, about.bureau_id))
    return message


def wake(message_id: int, bureau_id: int) -> None:
    """Ask the worker to send; with the queue away the message simply waits for the schedule."""
    from matching.tasks import send_message

    try:
        send_message.delay(message_id, bureau_id)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("Message %s waits: %s", message_id, error)


@transaction.atomic
def deliver(*, message_id: int) -> bool:
    """Send one message that waits; True when it left. Safe to call twice: the second call finds nothing waiting.

    After five failed tries it is marked failed, which the day list shows. One to a candidate who took the yes to
    contact back meanwhile is held.
    """
    message = (
        Message.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related(
            "bureau", "match__candidate", "match__position", "match__employer", "question__candidate",
            "question__employer", "question__placement__position",
        )
        .filter(pk=message_id, state="waiting")
        .first()
    )  # fmt: skip
    if message is None:
        return False
    if _may_not_write(message):
        message.state = HELD
        message.save(update_fields=["state"])
        return False
    message.tries += 1
    try:
        with transaction.atomic():
            emails.compose(message).send()
    except (OSError, AnymailError, BadHeaderError, ValidationError, ValueError) as error:
        message.error = f"{type(error).__name__}: {error}"[:300]
        message.state = "failed" if message.tries >= MOST_TRIES else "waiting"
    else:
        message.state, message.sent_at, message.error = "sent", timezone.now(), ""
    message.save(update_fields=["state", "sent_at", "error", "tries"])
    return message.state == "sent"


@transaction.atomic
def send_again(*, message: Message, by: Membership) -> None:
    """Try a failed message once more, for example after the address was corrected; or one that was held back.

    Raises NotAllowedNow while the candidate does not want to be written to.
    """
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if _may_not_write(message):
        raise NotAllowedNow(
            _("Je mag deze persoon niet mailen. Bel, of vraag eerst toestemming voor contact.")
        )
    if message.state in ("failed", HELD):
        message.recipient = _address_now(message)
        message.state, message.tries = "waiting", 0
        message.save(update_fields=["state", "tries", "recipient"])
        transaction.on_commit(partial(wake, message.pk, message.bureau_id))


def _may_not_write(message: Message) -> bool:
    """Whether this goes to a candidate who does not want to be written to."""
    if not message.kind.startswith(f"{Role.CANDIDATE}.") or message.candidate_id is None:
        return False
    return not may_write(Candidate(pk=message.candidate_id))


def _address_now(message: Message) -> str:
    if message.kind.startswith(f"{Role.CANDIDATE}.") and message.candidate_id:
        return Candidate.objects.get(pk=message.candidate_id).email or message.recipient
    return message.recipient
