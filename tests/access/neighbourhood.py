"""Organisations, referrals, gatherings, trainings, help requests and training budgets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from buurtbaan.bureaus.enums import Role
from tests.access import STAFF, Entry
from tests.world import World

MINE = frozenset({Role.CANDIDATE})


def _of(name: str, **more: str) -> Callable[[World], dict[str, Any]]:
    """The key of a row of the world; more: other arguments by row."""
    return lambda world: {
        "pk": getattr(world, name).pk,
        **{key: getattr(world, row).pk for key, row in more.items()},
    }


def _page(name: str = "", **more: str) -> Entry:
    return Entry(roles=STAFF, args=_of(name, **more) if name else None)


def _form(name: str = "", **more: str) -> Entry:
    return Entry(roles=STAFF, post=True, args=_of(name, **more) if name else None)


def _act(name: str, data: dict[str, Any] | None = None, **more: str) -> Entry:
    return Entry(roles=STAFF, get=False, post=True, args=_of(name, **more), data=data or {})


def _token(world: World) -> dict[str, Any]:
    return {"token": world.gathering_link.token}


ENTRIES = {
    f"neighbourhood:{name}": entry
    for name, entry in {
        "gathering_sign_up": Entry(roles="public", post=True, args=_token, other_hidden=False),
        "gathering_sign_up_calendar": Entry(roles="public", args=_token, other_hidden=False),
        "hub": _page(),
        "organisation_list": _page(),
        "organisation_new": _form(),
        "organisation": _page("organisation"),
        "organisation_edit": _form("organisation"),
        "referral_list": _page(),
        "referral_new": _form(),
        "referral": _page("inward"),
        "referral_move": _act("inward", {"naar": "unreachable"}),
        "referral_tell": _act("inward"),
        "outward_list": _page(),
        "outward": Entry(roles=STAFF, post=True, args=_of("outward"), data={"naar": "accepted"}),
        "gathering_list": _page(),
        "gathering_new": _form(),
        "gathering": _page("gathering"),
        "gathering_edit": _form("gathering"),
        "gathering_cancel": _act("gathering"),
        "gathering_links": _form("gathering"),
        "gathering_add": _form("gathering"),
        "gathering_attendance": _form("gathering"),
        "gathering_called": _act("gathering", guest="guest"),
        "gathering_calendar": _page("gathering"),
        "training_list": _page(),
        "training_new": _form(),
        "training": _page("training"),
        "training_edit": _form("training"),
        "training_close": _act("training"),
        "training_add": _form("training"),
        "session_new": _form("training"),
        "session_attendance": _form("training", session="session"),
        "training_result": _form("training", place="training_place"),
        "help_list": _page(),
        "help_new": _form(),
        "help_request": _page("help_request"),
        "help_edit": _form("help_request"),
        "help_find": _form("help_request"),
        "help_move": _act("help_request", {"naar": "done"}),
        "my_neighbourhood": Entry(roles=MINE),
        "my_budget": Entry(roles=MINE),
        "my_budget_statement": Entry(roles=MINE),
        "send_on": _form("candidate"),
        "budget": _page("candidate"),
        "budget_book": Entry(
            roles=STAFF, post=True, args=_of("candidate"), not_mine=frozenset({Role.CONNECTOR})
        ),
        "budget_take_back": Entry(
            roles=STAFF, get=False, post=True, args=_of("candidate", line="budget_line"),
            not_mine=frozenset({Role.CONNECTOR}),
        ),
        "budget_statement": _page("candidate"),
    }.items()
}  # fmt: skip
