"""Telling officers by e-mail that a report may be read: a link, never the report itself.

One row per officer and release, which the database keeps unique; it is sent under its lock. So the task may run twice,
be killed, or come late: nobody is told twice, and nobody who was away from the queue is forgotten.
"""

from __future__ import annotations

from datetime import timedelta

from anymail.exceptions import AnymailError
from django.core.exceptions import ValidationError
from django.core.mail.message import BadHeaderError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership, Municipality
from buurtbaan.bureaus.services import absolute
from buurtbaan.mailing import Letter
from buurtbaan.scope import Scope, scoped
from impact.models import NoticeState, NoticeWish, Release, ReleaseNotice

RECENT = timedelta(days=7)
"""A report that was released longer ago is no news."""
MOST_TRIES = 5
WAITS = (timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))


def wish(membership: Membership) -> bool:
    """Whether this officer wants these e-mails: yes, until they say no."""
    found = NoticeWish.objects.visible_to(membership).first()
    return found.wanted if found else True


@transaction.atomic
def set_wish(*, wanted: bool, by: Membership) -> None:
    """One's own choice."""
    values = {"municipality_id": by.municipality_id or 0, "wanted": wanted}
    NoticeWish.objects.update_or_create(membership=by, defaults=values)


def tell_all() -> int:
    """Tell every officer of every release that is news; gives how many letters left."""
    sent = 0
    for municipality in Municipality.objects.filter(bureaus__isnull=False).distinct().order_by("pk"):
        with scoped(_inside(municipality.pk)):
            waiting = write_notices(municipality)
        sent += sum(send(notice_id=pk, municipality_id=municipality.pk) for pk in waiting)
    return sent


def _inside(municipality_id: int) -> Scope:
    return Scope(role="system", municipalities=(municipality_id,), reason="report notice")


def write_notices(municipality: Municipality) -> list[int]:
    """A row for every officer and every new release; gives those that wait to be sent. Needs a scope.

    Who became an officer, or asked for these e-mails, after a report was released is not told of it.
    """
    now = timezone.now()
    releases = Release.objects.filter(
        municipality=municipality, released_at__gt=now - RECENT, withdrawn_at=None
    )
    news = list(releases.defer("published").order_by("pk"))
    if news:
        ReleaseNotice.objects.bulk_create(
            (_notice(release, reader) for release in news for reader in _readers(municipality, release)),
            ignore_conflicts=True,
        )
    waiting = ReleaseNotice.objects.filter(municipality=municipality, state=NoticeState.WAITING)
    ripe = Q(next_try_at=None) | Q(next_try_at__lte=now)
    return list(waiting.filter(ripe).order_by("pk").values_list("pk", flat=True))


def _readers(municipality: Municipality, release: Release) -> list[Membership]:
    members = Membership.objects.current().filter(
        municipality=municipality,
        role=Role.MUNICIPALITY,
        user__is_active=True,
        starts__lte=timezone.localdate(release.released_at),
    )
    changed_later = Q(notice_wish__changed_at__gt=release.released_at)
    return list(members.exclude(notice_wish__wanted=False).exclude(changed_later).order_by("pk"))


def _notice(release: Release, reader: Membership) -> ReleaseNotice:
    return ReleaseNotice(
        release=release,
        membership=reader,
        municipality_id=release.municipality_id,
        bureau_name=release.bureau_name,
        since=release.since,
        until=release.until,
    )


def send(*, notice_id: int, municipality_id: int) -> bool:
    """Send one that waits; True when it left. A second worker passes it by while it is under way."""
    with scoped(_inside(municipality_id)):
        rows = ReleaseNotice.objects.select_for_update(of=("self",), skip_locked=True)
        notice = rows.filter(pk=notice_id, state=NoticeState.WAITING).first()
        if notice is None:
            return False
        reader = Membership.objects.select_related("user", "municipality").get(pk=notice.membership_id)
        there = Release.objects.filter(pk=notice.release_id, withdrawn_at=None).exists()
        off = NoticeWish.objects.filter(membership=reader, wanted=False).exists()
        if not there or off or not reader.is_current or not reader.user.email:
            notice.state = NoticeState.DROPPED
        else:
            _carry_out(notice, reader)
        notice.save(update_fields=["state", "tries", "next_try_at", "error", "sent_at"])
        return notice.state == NoticeState.SENT


def _carry_out(notice: ReleaseNotice, reader: Membership) -> None:
    notice.tries += 1
    try:
        with translation.override(reader.user.language):
            letter(notice, reader).email().send()
    except (OSError, AnymailError, BadHeaderError, ValidationError, ValueError) as error:
        notice.error = f"{type(error).__name__}: {error}"[:300]
        notice.state = NoticeState.FAILED if notice.tries >= MOST_TRIES else NoticeState.WAITING
        notice.next_try_at = timezone.now() + WAITS[min(notice.tries, len(WAITS)) - 1]
        return
    notice.state, notice.sent_at, notice.error = NoticeState.SENT, timezone.now(), ""


def letter(notice: ReleaseNotice, reader: Membership) -> Letter:
    """What an officer reads: whose report over which days, and where; no figure and no attachment."""
    facts = {
        "bureau": notice.bureau_name,
        "since": date_format(notice.since, "j F Y"),
        "until": date_format(notice.until, "j F Y"),
    }
    settings_page = absolute(reverse("impact:notice_settings"))
    return Letter(
        to=reader.user.email,
        subject=_("Nieuw rapport van %(bureau)s") % facts,
        body=_(
            "%(bureau)s heeft het rapport over %(since)s tot en met %(until)s vrijgegeven. "
            "Je leest het op de pagina, en je downloadt het daar als PDF, XLSX, CSV of JSON."
        )
        % facts,
        why=_("Je krijgt deze e-mail omdat je voor %(place)s rapporten leest. Zet hem uit op %(address)s")
        % {"place": reader.place, "address": settings_page},
        act=_("Lees het rapport"),
        address=absolute(reverse("impact:released", args=[notice.release_id])),
    )


def was_told(membership: Membership, release_id: int) -> ReleaseNotice | None:
    """The letter in which this officer got the link to a report, also when that was withdrawn since."""
    return ReleaseNotice.objects.visible_to(membership).filter(release=release_id).first()
