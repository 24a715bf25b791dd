"""Who may call which address: each app's file here holds an Entry for each of its URLs.

tests/test_access.py walks the URL resolver, so an address without an Entry, and an Entry without an address, fail.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from buurtbaan.bureaus.enums import Role
from tests.world import World

R = Role
STAFF = frozenset({R.CONNECTOR, R.COACH, R.MANAGER})
EVERYBODY = frozenset(Role)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One address.

    roles: who may call it (must equal the view's own `@allow`), or "public" / "signed_in" / "by_link" / "by_key".
    args: the URL's arguments, from a World; called with the own bureau's world for the allowed roles and with
      the other bureau's for the 404 check. Leave out when the URL has none.
    get / post: which methods it takes. data: what an allowed POST sends (empty by default).
    ok: the answers that count as "let in" for an allowed role on the own object (a 404 never does).
    not_mine: roles for whom the World's object is legitimately out of sight, although the view is theirs (404).
    reaches_all: roles for whom another bureau's object is theirs as well.
    other_hidden: False for objects that are not tied to a bureau, which answer to everybody alike.
    """

    roles: frozenset[Role] | str
    args: Callable[[World], dict[str, Any]] | None = None
    get: bool = True
    post: bool = False
    data: dict[str, Any] = field(default_factory=dict)
    ok: frozenset[int] = frozenset({200, 302, 303, 400, 409, 422})
    not_mine: frozenset[Role] = frozenset()
    reaches_all: frozenset[Role] = frozenset()
    other_hidden: bool = True
