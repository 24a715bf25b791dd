"""A source finds matters of some kinds in SQL; one statement asks all of them at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.formats import date_format

from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.pieces import Text
from matching.permissions import can_propose

SHOWN = 8
"""Matters of one kind on the list; the rest is behind a link."""
OWN = "(c.coach_id = %(me)s OR c.connector_id = %(me)s)"

Facts = dict[str, Any]
TYPES = {
    "me": "bigint",
    "user": "bigint",
    "bureau": "bigint",
    "role": "text",
    "today": "date",
    "now": "timestamptz",
    "tomorrow": "timestamptz",
}
"""What the SQL of a source may name, from `Asked.values`."""
_KNOWN: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
"""The statements that each session has planned."""


@dataclass(frozen=True)
class Asked:
    """Whose day it is, and which day."""

    membership: Membership
    own: bool
    today: date
    now: datetime

    @classmethod
    def by(cls, membership: Membership, *, own: bool) -> Asked:
        """The day of a role at this moment."""
        return cls(membership, own, timezone.localdate(), timezone.now())

    @property
    def may_propose(self) -> bool:
        """Coaches and the manager act; a connector looks."""
        return can_propose(self.membership)

    def values(self) -> Facts:
        """What the SQL of a source may name."""
        tomorrow = datetime.combine(self.today + timedelta(days=1), datetime.min.time())
        return {
            "me": self.membership.pk,
            "user": self.membership.user_id,
            "bureau": self.membership.bureau_id,
            "role": self.membership.role,
            "today": self.today,
            "now": self.now,
            "tomorrow": timezone.make_aware(tomorrow),
        }


@dataclass(frozen=True)
class Matter:
    """One thing to do: who, what is going on, and the act; `page` is where more is told about it.

    throw: where a post throws it away, for what is nobody's but one's own. done: where a post says that it is done.
    """

    name: str
    text: str
    url: str
    act: Text
    note: str = ""
    page: str = ""
    throw: str = ""
    done: str = ""


@dataclass(frozen=True)
class Source:
    """Where matters of some kinds come from, and how each is told.

    found: SQL with at least (id, kind) and the columns of `order`; rows whose kind is NULL are no matter. It starts
        from the bureau and keeps to {mine}.
    order: SQL; who comes first within a kind.
    facts: SQL pairs for jsonb_build_object, read for the few that are shown.
    joins: SQL that brings what the facts name; `first` is the found row.
    mine: SQL, what makes a row one's own; unless told otherwise a condition on `c`, the row of candidates_candidate.
    """

    found: str
    order: str
    facts: str
    joins: str
    told: Callable[[Asked, str, Facts], Matter]
    mine: str = OWN

    def sql(self, own: bool) -> str:
        """The first of each kind in `order`, with the total of that kind."""
        found = self.found.replace("{mine}", self.mine if own else "true")
        return f"""
            SELECT first.kind, first.total, first.number, jsonb_build_object({self.facts})
            FROM (
                SELECT *, count(*) OVER (PARTITION BY kind) AS total,
                    row_number() OVER (PARTITION BY kind ORDER BY {self.order}) AS number
                FROM ({found}) AS found WHERE kind IS NOT NULL
            ) AS first {self.joins} WHERE first.number <= {SHOWN}"""  # noqa: S608 - pieces are constants of ours


def ask(sources: tuple[Source, ...], asked: Asked) -> Iterator[tuple[str, int, Matter]]:
    """Every matter to show with its kind and the total of that kind, in one query."""
    with connection.cursor() as cursor:
        name = _planned(cursor, sources, asked.own)
        values = asked.values()
        places = ", ".join(f"%({value})s" for value in TYPES)
        cursor.execute(f"EXECUTE {name} ({places})", values)
        rows = cursor.fetchall()
    for number, kind, total, _place, facts in rows:
        yield kind, total, sources[number].told(asked, kind, json.loads(facts))


def _planned(cursor: CursorWrapper, sources: tuple[Source, ...], own: bool) -> str:
    """The statement's name in this session, which plans it once: to plan it takes longer than to answer it.

    One plan serves whoever asks; PostgreSQL makes it anew when a table or the role changes.
    """
    name, statement = _statement(sources, own)
    known = _KNOWN.setdefault(connection.connection, set())
    if name not in known:
        cursor.execute(f"PREPARE {name} ({', '.join(TYPES.values())}) AS {statement}")
        known.add(name)
    cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    return name


@cache
def _statement(sources: tuple[Source, ...], own: bool) -> tuple[str, str]:
    parts = (
        f"SELECT {number}, part.* FROM ({source.sql(own)}) AS part"  # noqa: S608 - pieces are constants of ours
        for number, source in enumerate(sources)
    )
    numbered = {value: f"${number}" for number, value in enumerate(TYPES, 1)}
    statement = f"{' UNION ALL '.join(parts)} ORDER BY 1, 2, 4" % numbered
    return f"day_{sha256(statement.encode()).hexdigest()[:16]}", statement


def day(value: str | None) -> str:
    """A date from the facts in words."""
    return date_format(date.fromisoformat(value), "j F") if value else ""


def moment(value: str) -> datetime:
    """A moment from the facts, on the local clock."""
    return timezone.localtime(datetime.fromisoformat(value))
