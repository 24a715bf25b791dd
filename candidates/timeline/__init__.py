"""Everything that happened with somebody, newest first.

What there is little of (placements, proposals, measurements, consents, the plan) is in memory for the page anyway;
what grows (conversations, stage changes, check-ins) comes in one query over its tables, a page at a time. Which kinds
there are stands in `kinds.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection

from buurtbaan.bureaus.models import Membership
from candidates.models import Candidate
from candidates.timeline.base import Happening, Kind, Known
from candidates.timeline.kinds import KINDS

__all__ = ["KINDS", "Entry", "Happening", "Kind", "Known", "TimelinePage", "timeline"]

PER_PAGE = 20
LAST_PAGE = 100
TELLS = {sort: tell for kind in KINDS.values() for sort, tell in kind.tells.items()}


@dataclass(frozen=True)
class Entry:
    """One happening, ready to draw."""

    kind: str
    on: date
    title: str
    text: str
    who: str
    icon: str
    tone: str = "quiet"


@dataclass(frozen=True)
class TimelinePage:
    """Some entries, and whether there are older ones."""

    entries: list[Entry]
    number: int
    has_next: bool
    kind: str


def timeline(candidate: Candidate, known: Known, *, kind: str = "", page: int = 1) -> TimelinePage:
    """A page of what happened; the reader must have been allowed the file already. kind: a key of KINDS, or all."""
    number = min(max(page, 1), LAST_PAGE)
    asked = [kind] if kind in KINDS else list(KINDS)
    most = number * PER_PAGE + 1
    found = [one for each in asked for one in KINDS[each].known(known)] + _growing(candidate, asked, most)
    found.sort(key=lambda one: (-one.on.toordinal(), one.kind, -one.row))
    shown = found[most - 1 - PER_PAGE : most - 1]
    names = _names({one.who for one in shown if one.who})
    entries = [_entry(one, names) for one in shown]
    more = len(found) >= most and number < LAST_PAGE
    return TimelinePage(entries, number, more, kind if kind in KINDS else "")


def _names(ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    found = Membership.objects.filter(pk__in=ids).values_list("pk", "user__name", "user__email")
    return {pk: name or email for pk, name, email in found}


ANYBODY = -1
"""Stands for the candidate in a statement that was put together before."""


def _growing(candidate: Candidate, kinds: list[str], most: int) -> list[Happening]:
    """The newest of what grows, in one query."""
    sql, params = _statement(tuple(kinds))
    if not sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(candidate.pk if one == ANYBODY else one for one in params), most])
        return [Happening(*row) for row in cursor.fetchall()]


@cache
def _statement(kinds: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    """The query over the tables of these kinds; Django takes longer to put it together than PostgreSQL to answer."""
    somebody = Candidate(pk=ANYBODY)
    chosen = [rows for kind in kinds for rows in KINDS[kind].rows(somebody).values()]
    if not chosen:
        return "", ()
    every = chosen[0].union(*chosen[1:], all=True) if chosen[1:] else chosen[0]
    sql, params = every.order_by("-t_on", "t_kind", "-t_row").query.sql_with_params()
    return f"{sql} LIMIT %s", params


def _entry(one: Happening, names: dict[int, str]) -> Entry:
    title, icon, tone = TELLS[one.kind](one.code or "", one.other or "")
    who = names.get(one.who, "") if one.who else ""
    return Entry(one.kind, one.on, title, one.text or "", who, icon, tone)
