"""How a message leaves, and what is done when it does not: checked first, tried again, and then somebody is told.

Nothing leaves to an address that a rule does not vouch for: the candidate's own address with a yes to contact, a
contact of this employer whose role goes on, a colleague; and none at which an earlier message came back.
"""

from __future__ import annotations

from datetime import timedelta

from anymail.exceptions import AnymailError
from django.core.exceptions import ValidationError
from django.core.mail.message import BadHeaderError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate
from candidates.services import may_write, save_details
from employers.models import Contact
from matching import emails
from matching.models import Message
from matching.models.messages import WhyHeld
from matching.services.messages import HELD, reachable, wake

MOST_TRIES = 5
WAITS = (timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
"""How long after each try the next one comes."""
NOT_ARRIVED = ("failed", HELD, "bounced")


@transaction.atomic
def deliver(*, message_id: int) -> bool:
    """Send one message that waits; True when it left. Safe to call twice: the second call finds nothing waiting.

    After five failed tries it is marked failed, which the day list shows. One that may not leave any more is held.
    """
    message = (
        Message.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related(
            "bureau", "match__bureau", "match__candidate__coach__user", "match__position", "match__employer",
            "question__bureau", "question__candidate__coach__user", "question__employer",
            "question__placement__position", "check_in__bureau", "check_in__candidate__coach__user",
            "check_in__employer",
        )
        .filter(pk=message_id, state="waiting")
        .first()
    )  # fmt: skip
    if message is None:
        return False
    message.why_held = why_not(message)
    if message.why_held:
        message.state = HELD
        message.save(update_fields=["state", "why_held"])
        return False
    _try(message)
    message.save(update_fields=["state", "sent_at", "error", "tries", "next_try_at", "provider_id"])
    return message.state == "sent"


def _try(message: Message) -> None:
    message.tries += 1
    try:
        with transaction.atomic():
            email = emails.compose(message)
            email.send()
    except (OSError, AnymailError, BadHeaderError, ValidationError, ValueError) as error:
        message.error = f"{type(error).__name__}: {error}"[:300]
        message.state = "failed" if message.tries >= MOST_TRIES else "waiting"
        message.next_try_at = timezone.now() + WAITS[min(message.tries, len(WAITS)) - 1]
        return
    known = getattr(getattr(email, "anymail_status", None), "message_id", None)
    message.provider_id = str(known or "")[:200]
    message.state, message.sent_at, message.error, message.next_try_at = "sent", timezone.now(), "", None


def why_not(message: Message) -> str:
    """The rule that keeps a message from leaving, or nothing."""
    role = message.kind.split(".")[0]
    if role == Role.CANDIDATE and message.candidate_id is not None:
        candidate = Candidate.objects.get(pk=message.candidate_id)
        if not may_write(candidate):
            return WhyHeld.CONSENT
        if candidate.email.lower() != message.recipient.lower():
            return WhyHeld.CHANGED
    if role == Role.EMPLOYER and not _contact(message):
        return WhyHeld.GONE
    return WhyHeld.BOUNCED if came_back(message.bureau_id, message.recipient) else ""


def _contact(message: Message) -> Contact | None:
    """The contact person of this employer who reads mail at this address, as long as the role goes on."""
    about = message.match or message.question
    if about is None:
        return None
    return reachable(about.employer_id).filter(email__iexact=message.recipient).first()


def came_back(bureau_id: int, address: str) -> bool:
    """Whether the newest word about an address is that a message came back; one that arrived later clears it."""
    rows = Message.objects.filter(bureau_id=bureau_id, recipient__iexact=address)
    last = rows.filter(state="bounced").order_by("-sent_at", "-pk").first()
    if last is None:
        return False
    later = rows.filter(state="sent", pk__gt=last.pk)
    return not later.exists()


@transaction.atomic
def send_again(*, message: Message, by: Membership) -> None:
    """Try a message that did not arrive once more, to the address as it is now.

    Somebody looked at it, so an earlier bounce does not stand in the way. Raises NotAllowedNow while a rule does.
    """
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if message.state not in NOT_ARRIVED:
        return
    message.recipient = _address_now(message)
    refused = why_not(message)
    if refused == WhyHeld.CONSENT:
        raise NotAllowedNow(
            _("Je mag deze persoon niet mailen. Bel, of vraag eerst toestemming voor contact.")
        )
    if refused == WhyHeld.GONE:
        raise NotAllowedNow(
            _("Dit adres hoort niet bij een contactpersoon van deze werkgever. Verbeter eerst het adres.")
        )
    if refused == WhyHeld.BOUNCED:
        forget_bounces(message.bureau_id, message.recipient)
    message.state, message.tries, message.why_held, message.next_try_at = "waiting", 0, "", None
    message.save(update_fields=["state", "tries", "recipient", "why_held", "next_try_at"])
    transaction.on_commit(lambda: wake(message.pk, message.bureau_id))


def forget_bounces(bureau_id: int, address: str) -> None:
    """A colleague says that the address is right: what came back no longer stands in the way."""
    Message.objects.filter(bureau_id=bureau_id, recipient__iexact=address, state="bounced").update(
        state="failed"
    )


def _address_now(message: Message) -> str:
    if message.kind.startswith(f"{Role.CANDIDATE}.") and message.candidate_id:
        return Candidate.objects.get(pk=message.candidate_id).email or message.recipient
    return message.recipient


@transaction.atomic
def correct_address(*, message: Message, address: str, by: Membership) -> None:
    """Put the right address where it belongs (the person, the contact), and send the message there.

    Raises NotAllowedNow for a message to a colleague: their address is their account's.
    """
    address = address.strip()
    validate_email(address)
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    role, was = message.kind.split(".")[0], message.recipient
    if role == Role.CANDIDATE and message.candidate_id:
        save_details(
            candidate=Candidate.objects.get(pk=message.candidate_id), values={"email": address}, by=by
        )
    elif role == Role.EMPLOYER:
        about = message.match or message.question
        rows = Contact.objects.filter(employer_id=about.employer_id if about else 0, email__iexact=was)
        right = about is not None and reachable(about.employer_id).filter(email__iexact=address).exists()
        if not rows.update(email=address) and not right:
            raise NotAllowedNow(
                _("Deze contactpersoon staat er niet meer. Voeg die eerst toe bij de werkgever.")
            )
    else:
        raise NotAllowedNow(_("Dit adres hoort bij een account van een collega. Vraag de bureauleider."))
    Message.objects.filter(pk=message.pk).update(recipient=address)
    send_again(message=message, by=by)


@transaction.atomic
def came_back_from_provider(*, provider_id: str, recipient: str, why: str) -> int:
    """The provider says that a message did not arrive; gives how many it was about."""
    rows = Message.objects.filter(provider_id=provider_id, state="sent").exclude(provider_id="")
    if recipient:
        rows = rows.filter(recipient__iexact=recipient)
    return rows.update(state="bounced", error=why[:300])
