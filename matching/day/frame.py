"""A source finds matters of some kinds in SQL; one statement asks all of them at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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
ALONE = 40
"""Matters of the one kind that somebody chose to see."""
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
    "only": "text",
}
"""What the SQL of a source may name, from `Asked.values`."""
ASIDE = """
WITH aside AS MATERIALIZED (
    SELECT kind, about FROM matching_daymark
    WHERE membership_id = %(me)s AND bureau_id = %(bureau)s AND what = 'later' AND until > %(today)s)
"""
_KNOWN: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
"""The statements that each session has planned."""


@dataclass(frozen=True)
class Asked:
    """Whose day it is, and which day. only: the one kind to see at length. aside: what was put aside instead."""

    membership: Membership
    own: bool
    today: date
    now: datetime
    only: str = ""
    aside: bool = False

    @classmethod
    def by(cls, membership: Membership, *, own: bool, only: str = "", aside: bool = False) -> Asked:
        """The day of a role at this moment."""
        return cls(membership, own, timezone.localdate(), timezone.now(), only, aside)

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
            "only": self.only,
        }


@dataclass(frozen=True)
class Matter:
    """One thing to do: who, what is going on, and the act; `page` is where more is told about it.

    throw: where a post throws it away, for what is nobody's but one's own. done: where a post says that it is done.
    did: what one tap says instead ("Ik heb gebeld"), for the kinds that `services.day` knows how to do.
    key: the matter's kind and row, as the buttons send it.
    """

    name: str
    text: str
    url: str
    act: Text
    note: str = ""
    page: str = ""
    throw: str = ""
    done: str = ""
    did: Text = ""
    key: str = ""


@dataclass(frozen=True)
class Source:
    """Where matters of some kinds come from, and how each is told.

    found: SQL with at least (id, kind) and the columns of `order`; rows whose kind is NULL are no matter. It starts
        from the bureau and keeps to {mine}.
    order: SQL; who comes first within a kind.
    facts: SQL pairs for jsonb_build_object, read for the few that are shown.
    joins: SQL that brings what the facts name; `first` is the found row.
    mine: SQL, what makes a row one's own; unless told otherwise a condition on `c`, the row of candidates_candidate.
    person: SQL, the candidate whom the matter is about, if it is about one.
    """

    found: str
    order: str
    facts: str
    joins: str
    told: Callable[[Asked, str, Facts], Matter]
    mine: str = OWN
    person: str = "NULL"

    def sql(self, own: bool, aside: bool = False) -> str:
        """The first of each kind in `order`, with the total of that kind; without what was put aside, or only that."""
        return f"""
            SELECT first.kind, first.total, first.number, first.id::text, jsonb_build_object({self.facts})
            FROM (
                SELECT *, count(*) OVER (PARTITION BY kind) AS total,
                    row_number() OVER (PARTITION BY kind ORDER BY {self.order}) AS number
                FROM ({self._found(own)}) AS found WHERE kind IS NOT NULL AND {"" if aside else "NOT "}EXISTS (
                    SELECT FROM aside WHERE aside.kind = found.kind AND aside.about = found.id::text)
            ) AS first {self.joins}
            WHERE first.number <= CASE %(only)s WHEN '' THEN {SHOWN} WHEN first.kind THEN {ALONE} ELSE 1 END
            """  # noqa: S608 - pieces are constants of ours

    def one(self, own: bool) -> str:
        """One matter by its kind and row: whom it is about, and its facts."""
        return f"""
            SELECT {self.person}, jsonb_build_object({self.facts})
            FROM (SELECT * FROM ({self._found(own)}) AS found WHERE kind = %(kind)s AND id::text = %(row)s) AS first
            {self.joins} LIMIT 1"""  # noqa: S608 - pieces are constants of ours

    def _found(self, own: bool) -> str:
        return self.found.replace("{mine}", self.mine if own else "true")


@dataclass(frozen=True)
class Line:
    """One matter that was found and not told yet: most are, however long the day is."""

    kind: str
    total: int
    source: Source
    row: str
    facts: str

    def tell(self, asked: Asked) -> Matter:
        """In words, with its acts."""
        matter = self.source.told(asked, self.kind, json.loads(self.facts))
        return replace(matter, key=f"{self.kind}:{self.row}")


def ask(sources: tuple[Source, ...], asked: Asked) -> Iterator[Line]:
    """Every matter that may show with its kind and the total of that kind, in one query."""
    with connection.cursor() as cursor:
        name = _planned(cursor, sources, asked)
        values = asked.values()
        places = ", ".join(f"%({value})s" for value in TYPES)
        cursor.execute(f"EXECUTE {name} ({places})", values)
        rows = cursor.fetchall()
    for number, kind, total, _place, row, facts in rows:
        yield Line(kind, total, sources[number], row, facts)


@dataclass(frozen=True)
class Found:
    """One matter of somebody's list: its kind and row, whom it is about, and what is known."""

    kind: str
    row: str
    person: int | None
    facts: Facts
    matter: Matter


def find(sources: tuple[Source, ...], asked: Asked, key: str) -> Found | None:
    """The matter that a button names, if it is still one of this list."""
    kind, _colon, row = key.partition(":")
    if "\x00" in row:
        return None
    for source in sources:
        if f"'{kind}'" not in source.found or not kind.isidentifier():
            continue
        with connection.cursor() as cursor:
            cursor.execute(source.one(asked.own), {**asked.values(), "kind": kind, "row": row[:36]})
            found = cursor.fetchone()
        if found:
            facts = json.loads(found[1])
            return Found(kind, row, found[0], facts, source.told(asked, kind, facts))
    return None


def _planned(cursor: CursorWrapper, sources: tuple[Source, ...], asked: Asked) -> str:
    """The statement's name in this session, which plans it once: to plan it takes longer than to answer it.

    One plan serves whoever asks; PostgreSQL makes it anew when a table or the role changes.
    """
    name, statement = _statement(sources, asked.own, asked.aside)
    known = _KNOWN.setdefault(connection.connection, set())
    if name not in known:
        cursor.execute(f"PREPARE {name} ({', '.join(TYPES.values())}) AS {statement}")
        known.add(name)
    cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    return name


@cache
def _statement(sources: tuple[Source, ...], own: bool, aside: bool) -> tuple[str, str]:
    parts = (
        f"SELECT {number}, part.* FROM ({source.sql(own, aside)}) AS part"  # noqa: S608 - pieces are constants of ours
        for number, source in enumerate(sources)
    )
    numbered = {value: f"${number}" for number, value in enumerate(TYPES, 1)}
    statement = f"{ASIDE} {' UNION ALL '.join(parts)} ORDER BY 1, 2, 4" % numbered
    return f"day_{sha256(statement.encode()).hexdigest()[:16]}", statement


def day(value: str | None) -> str:
    """A date from the facts in words."""
    return date_format(date.fromisoformat(value), "j F") if value else ""


def moment(value: str) -> datetime:
    """A moment from the facts, on the local clock."""
    return timezone.localtime(datetime.fromisoformat(value))
