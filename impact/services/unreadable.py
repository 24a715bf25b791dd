"""Making the words of a line unreadable when they turn out to name somebody; amounts and hours stay."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Case, F, Model, Value, When

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from candidates.models import HourClaim
from impact.models import CashbookEntry

UNREADABLE = "(onleesbaar gemaakt)"
"""What stands where the words were; the database knows this sentence too."""


def may_blank(by: Membership) -> bool:
    """The manager: it cannot be taken back."""
    return by.role == Role.MANAGER


@transaction.atomic
def blank_entry(*, entry: CashbookEntry, by: Membership) -> None:
    """Make a line of the cash book unreadable, with every older or struck line that belongs to it."""
    _blank(CashbookEntry, _with_void(entry), first="activity", second="note")


@transaction.atomic
def blank_claim(*, claim: HourClaim, by: Membership) -> None:
    """Make what somebody wrote beside hours on a fund unreadable; the hours still count."""
    _blank(HourClaim, [claim.pk], first="what", second="void_reason")


def _with_void(entry: CashbookEntry) -> list[int]:
    """This line and all that do not count any more of those it replaced or was replaced by."""
    root = entry
    while root.replaces is not None:
        root = root.replaces
    every, newest = [root], [root]
    while newest:
        newest = list(CashbookEntry.objects.filter(replaces__in=newest).order_by("pk"))
        every += newest
    return [one.pk for one in every if one.pk == entry.pk or one.void_at]


def _blank(model: type[Model], ids: list[int], *, first: str, second: str) -> None:
    """first is always there; second may be empty and then stays so. The trail loses the words after the rows did."""
    gone = Value(UNREADABLE)
    rows = model._default_manager.filter(pk__in=ids)
    rows.update(**{first: gone, second: Case(When(**{second: ""}, then=F(second)), default=gone)})
    with connection.cursor() as cursor:
        cursor.execute("SELECT blank_trail(%s, %s)", [model._meta.db_table, ids])
