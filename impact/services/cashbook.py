"""Writing in the social cash book: a line never changes, another one takes its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from impact.models import CashbookEntry

Values = Mapping[str, Any]
OLDEST = timedelta(days=3 * 366)
"""Older than this is another year than was meant."""


def check_day(day: date) -> None:
    """Raises NotAllowedNow for a day to come and for one of long ago."""
    today = timezone.localdate()
    if day > today:
        raise NotAllowedNow(_("Deze dag moet nog komen. Kies vandaag of een eerdere dag."))
    if day < today - OLDEST:
        raise NotAllowedNow(_("Dit is meer dan drie jaar geleden. Kijk het jaar na."))


@transaction.atomic
def note(*, values: Values, by: Membership) -> CashbookEntry:
    """Write down an activity. Raises NotAllowedNow for a day to come or of long ago."""
    check_day(values["on"])
    assert by.bureau is not None  # noqa: S101 - bureau staff, says the database
    return CashbookEntry.objects.create(bureau=by.bureau, by=by, **values)


@transaction.atomic
def correct(*, entry: CashbookEntry, values: Values, by: Membership) -> CashbookEntry:
    """Another line takes the place of this one. Raises NotAllowedNow when that happened before, or for the day."""
    check_day(values["on"])
    row = _holding(entry)
    _void(row, by)
    return CashbookEntry.objects.create(bureau_id=row.bureau_id, by=by, replaces=row, **values)


@transaction.atomic
def take_back(*, entry: CashbookEntry, by: Membership) -> CashbookEntry:
    """Within a day: the line does not count any more, and the one that it replaced counts again.

    Raises NotAllowedNow later than that, or when something took its place.
    """
    row = _holding(entry)
    if not row.may_undo:
        raise NotAllowedNow(_("Terugdraaien kan een dag lang. Maak nu een verbetering."))
    _void(row, by)
    if row.replaces_id:
        CashbookEntry.objects.filter(pk=row.replaces_id).update(void_at=None, void_by=None)
    return row


@transaction.atomic
def strike(*, entry: CashbookEntry, by: Membership) -> CashbookEntry:
    """The line was a mistake: it stays to be read and does not count any more."""
    row = _holding(entry)
    _void(row, by)
    return row


def may_change(entry: CashbookEntry, membership: Membership) -> bool:
    """Whoever wrote it, and the manager."""
    return membership.role == Role.MANAGER or (entry.by_id is not None and entry.by_id == membership.pk)


def _holding(entry: CashbookEntry) -> CashbookEntry:
    row = CashbookEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if row.void_at is not None:
        raise NotAllowedNow(
            _("Deze regel telt al niet meer. Kijk bij de geschiedenis wat ervoor in de plaats kwam.")
        )
    return row


def _void(row: CashbookEntry, by: Membership) -> None:
    row.void_at, row.void_by = timezone.now(), by
    row.save(update_fields=["void_at", "void_by"])
