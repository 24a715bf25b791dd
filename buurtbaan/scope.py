"""Which rows a transaction may see: the setting that PostgreSQL's row-level security reads.

A scope lasts for one transaction and no longer, so a pooled connection carries nothing over to its next user.
Without a scope every table with tenant or person data reads as empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import connection, transaction

from buurtbaan.bureaus.enums import Role
from buurtbaan.rls import APP_ROLE

if TYPE_CHECKING:
    from buurtbaan.bureaus.models import Bureau, Membership


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Who acts, as what, and which bureaus, employers, candidates and municipalities that opens.

    `home`: bureaus whose staff's names may be read without being one of them (candidates, employer contacts).
    `token`: the hash of a single-use link, which opens exactly the row that carries it.
    """

    user: int | None = None
    membership: int | None = None
    role: str = ""
    bureaus: tuple[int, ...] = ()
    employers: tuple[int, ...] = ()
    candidates: tuple[int, ...] = ()
    municipalities: tuple[int, ...] = ()
    home: tuple[int, ...] = ()
    token: str = ""
    reason: str = ""

    @classmethod
    def for_bureau(cls, bureau: Bureau, *, reason: str = "") -> Scope:
        """The whole of one bureau, for a task or a command; `reason` goes into the audit trail."""
        return cls.for_bureaus([bureau.pk], reason=reason)

    @classmethod
    def for_bureaus(cls, bureaus: Iterable[int], *, reason: str = "") -> Scope:
        """Several bureaus at once, for a report over a municipality."""
        return cls(role="system", bureaus=tuple(bureaus), reason=reason)

    @classmethod
    def for_membership(cls, membership: Membership, *, reason: str = "") -> Scope:
        """What this role opens at most; the QuerySets narrow it further."""
        scope = cls(user=membership.user_id, membership=membership.pk, role=membership.role, reason=reason)
        match membership.role:
            case Role.CONNECTOR | Role.COACH | Role.MANAGER:
                return replace(scope, bureaus=_one(membership.bureau_id))
            case Role.EMPLOYER:
                return replace(scope, employers=_one(membership.employer_id), home=_one(membership.bureau_id))
            case Role.CANDIDATE:
                return replace(
                    scope, candidates=_one(membership.candidate_id), home=_one(membership.bureau_id)
                )
            case Role.MUNICIPALITY:
                return replace(scope, municipalities=_one(membership.municipality_id))
        return scope


def _one(pk: int | None) -> tuple[int, ...]:
    return () if pk is None else (pk,)


def enter(scope: Scope) -> None:
    """Set the scope for the rest of the current transaction, in one round trip.

    It also takes on the application's role, so that a scope binds whoever opened the connection.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A scope needs a transaction to live in.")
    _set(
        [
            APP_ROLE,
            str(scope.user or ""),
            str(scope.membership or ""),
            scope.role,
            *(
                ",".join(map(str, ids))
                for ids in (
                    scope.bureaus,
                    scope.employers,
                    scope.candidates,
                    scope.municipalities,
                    scope.home,
                )
            ),
            scope.token,
            scope.reason,
        ]
    )


@contextmanager
def scoped(scope: Scope) -> Iterator[None]:
    """A transaction that may see what `scope` opens; nested in another one, the outer scope returns at its end."""
    nested = connection.in_atomic_block
    with transaction.atomic():
        previous = _current() if nested else None
        enter(scope)
        yield
        if previous is not None and not connection.needs_rollback:
            _set(previous)


@contextmanager
def fresh_transaction() -> Iterator[None]:
    """A transaction that sees nothing yet, for one request."""
    if connection.in_atomic_block:
        with scoped(Scope()):
            yield
    else:
        with transaction.atomic():
            yield


_SETTINGS = (
    "role",
    "buurtbaan.user",
    "buurtbaan.membership",
    "buurtbaan.role",
    "buurtbaan.bureaus",
    "buurtbaan.employers",
    "buurtbaan.candidates",
    "buurtbaan.municipalities",
    "buurtbaan.home",
    "buurtbaan.token",
    "buurtbaan.reason",
)
_READ = "SELECT " + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in _SETTINGS)
_WRITE = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in _SETTINGS)


def _current() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        return list(cursor.fetchone())


def _set(values: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, values)
