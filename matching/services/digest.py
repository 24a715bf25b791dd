"""The list of the day by e-mail, for who wishes: how much waits of each kind, never about whom.

Each role gets one row a day, which the database keeps unique; sending happens under its lock. So the task may run
twice at once, be killed, or come late: nobody gets two, and a killed worker's row is taken up by the next tick.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from anymail.exceptions import AnymailError
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import BadHeaderError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtbaan.bureaus.enums import STAFF, Role
from buurtbaan.bureaus.models import Bureau, Membership, hash_token
from buurtbaan.bureaus.services import absolute
from buurtbaan.holidays import begins_the_week, is_working_day
from buurtbaan.mailing import Letter
from buurtbaan.scope import Scope, scoped
from buurtbaan.ui.pieces import Text
from matching.day import day_list
from matching.enums import DigestDays, DigestState
from matching.models import Digest, DigestWish

MOST_TRIES = 5
LATEST = time(12)
"""After this hour a list of the day that did not leave waits for tomorrow's."""
KEPT = timedelta(days=60)
"""How long a sent one is kept, and with it the link that stops them."""


@dataclass(frozen=True)
class Line:
    """One kind with its number."""

    title: Text
    total: int


def wish(membership: Membership) -> str:
    """On which days this role gets it; nobody gets it unasked."""
    found = DigestWish.objects.visible_to(membership).first()
    return found.days if found else DigestDays.OFF


@transaction.atomic
def set_wish(*, days: DigestDays | str, by: Membership) -> DigestWish:
    """One's own choice, in this role."""
    values: dict[str, Any] = {"bureau_id": by.bureau_id, "days": days}
    found, _new = DigestWish.objects.update_or_create(membership=by, defaults=values)
    return found


def due_on(now: datetime) -> list[str]:
    """The wishes that get one on this day: none in a weekend or on a public holiday."""
    day = timezone.localdate(now)
    if not is_working_day(day):
        return []
    return [DigestDays.WEEKDAYS, *([DigestDays.MONDAY] if begins_the_week(day) else [])]


@transaction.atomic
def open_digests(bureau: Bureau, *, now: datetime | None = None) -> list[int]:
    """Make today's rows once the bureau's hour has come, and give those that wait to be sent.

    Who asks for it later on the day gets the first one on the next.
    """
    now = now or timezone.now()
    today, clock = timezone.localdate(now), timezone.localtime(now).time()
    if not bureau.digest_at <= clock < max(LATEST, _later(bureau.digest_at)):
        return []
    wanted = due_on(now)
    hour = timezone.make_aware(datetime.combine(today, bureau.digest_at))
    members = Membership.objects.current(today).filter(
        bureau=bureau, role__in=STAFF, user__is_active=True, digest_wish__days__in=wanted,
        digest_wish__changed_at__lt=hour,
    )  # fmt: skip
    Digest.objects.bulk_create(
        (Digest(bureau=bureau, membership_id=pk, day=today) for pk in members.values_list("pk", flat=True)),
        ignore_conflicts=True,
    )
    waiting = Digest.objects.filter(bureau=bureau, day=today, state=DigestState.WAITING)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def _later(hour: time) -> time:
    """Four hours on, at most until midnight."""
    return time(min(23, hour.hour + 4), 59)


def send(*, digest_id: int, bureau_id: int) -> bool:
    """Send one that waits; True when it left. What is in it is read as its reader would see it.

    The row stays locked until it says "sent", so that a second worker passes it by.
    """
    with scoped(Scope.for_bureaus([bureau_id], reason="send_digest")):
        rows = Digest.objects.select_for_update(of=("self",), skip_locked=True)
        digest = rows.filter(pk=digest_id, state=DigestState.WAITING).first()
        if digest is None:
            return False
        reader = Membership.objects.select_related("user", "bureau").get(pk=digest.membership_id)
        if wish(reader) == DigestDays.OFF or not reader.is_current:
            digest.state = DigestState.EMPTY
        else:
            _carry_out(digest, reader)
        digest.save(update_fields=["state", "sent_at", "tries", "error", "token_hash"])
        return digest.state == DigestState.SENT


def _carry_out(digest: Digest, reader: Membership) -> None:
    with translation.override(reader.user.language), timezone.override(None):
        now, calm = waiting_for(reader)
        if not now and not calm:
            digest.state = DigestState.EMPTY
            return
        digest.tries += 1
        token = secrets.token_urlsafe(24)
        try:
            compose(digest, reader, now, calm, token).send()
        except (OSError, AnymailError, BadHeaderError, ValidationError, ValueError) as error:
            digest.error = f"{type(error).__name__}: {error}"[:300]
            digest.state = DigestState.FAILED if digest.tries >= MOST_TRIES else DigestState.WAITING
            return
    digest.token_hash, digest.error = hash_token(token), ""
    digest.state, digest.sent_at = DigestState.SENT, timezone.now()


def waiting_for(reader: Membership) -> tuple[list[Line], list[Line]]:
    """How much waits of each kind today, and of what can wait: the own people's, and for the manager the bureau's."""
    with scoped(Scope.for_membership(reader, reason="send_digest")):
        groups = day_list(reader, own=reader.role != Role.MANAGER)
    lines = [(group.calm, Line(group.title, group.total)) for group in groups]
    return [line for calm, line in lines if not calm], [line for calm, line in lines if calm]


def compose(
    digest: Digest, reader: Membership, now: list[Line], calm: list[Line], token: str
) -> EmailMultiAlternatives:
    """Text and simple HTML with numbers alone; mail programs find the way to stop in the headers (RFC 8058)."""
    stop = absolute(reverse("matching:digest_stop", args=[token]))
    total = sum(line.total for line in now)
    subject = _("Je dag bij %(bureau)s: niets dat haast heeft") % {"bureau": reader.place}
    if total:
        words = ngettext(
            "Je dag bij %(bureau)s: %(total)s zaak", "Je dag bij %(bureau)s: %(total)s zaken", total
        )
        subject = words % {"bureau": reader.place, "total": total}
    more = {
        "now": now, "calm": calm, "day": date_format(digest.day, "l j F"), "stop": stop,
        "settings": absolute(reverse("matching:digest_settings")),
    }  # fmt: skip
    return Letter(
        to=reader.user.email, subject=subject, body="", why="", bureau=reader.bureau, act=_("Open je daglijst"),
        address=absolute(reverse("matching:today")), template="emails/matching/digest", more=more,
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    ).email()  # fmt: skip


@dataclass(frozen=True)
class Stop:
    """Whom a link in an e-mail stops it for."""

    reader: Membership
    days: str


def opened(token: str) -> Stop | None:
    """Whose e-mails this link stops; None for one that nobody got, that was used, or that is too old."""
    with scoped(Scope(token=hash_token(token))):
        digest = Digest.objects.filter(token_hash=hash_token(token)).first()
    if digest is None:
        return None
    with scoped(_inside(digest)):
        reader = Membership.objects.select_related("user", "bureau").get(pk=digest.membership_id)
        return Stop(reader, wish(reader))


def stop(token: str) -> bool:
    """No more of these e-mails; the link works once. False when there was nothing to stop."""
    with scoped(Scope(token=hash_token(token))):
        digest = Digest.objects.filter(token_hash=hash_token(token)).first()
    if digest is None:
        return False
    with scoped(_inside(digest)):
        rows = Digest.objects.select_for_update(of=("self",))
        digest = rows.filter(pk=digest.pk, token_hash=hash_token(token)).first()
        if digest is None:
            return False
        digest.token_hash = None
        digest.save(update_fields=["token_hash"])
        set_wish(days=DigestDays.OFF, by=Membership.objects.get(pk=digest.membership_id))
    return True


def _inside(digest: Digest) -> Scope:
    return Scope(
        role="system", membership=digest.membership_id, bureaus=(digest.bureau_id,), token=digest.token_hash or "",
        reason=f"digest {digest.pk}",
    )  # fmt: skip


@transaction.atomic
def forget(bureau: Bureau) -> int:
    """What was sent long ago; gives how many."""
    old = Digest.objects.filter(bureau=bureau, day__lt=timezone.localdate() - KEPT)
    return old.delete()[0]
