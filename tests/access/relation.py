"""The relation with an employer: staff read, coach and manager write."""

from collections.abc import Callable
from typing import Any

from buurtbaan.bureaus.enums import Role
from tests.access import STAFF, Entry

R = Role
WRITERS = frozenset({R.COACH, R.MANAGER})


def _of(name: str) -> Callable[[Any], dict[str, int]]:
    return lambda w: {"pk": getattr(w, name).pk}


def _post(name: str, roles: frozenset[Role] = WRITERS) -> Entry:
    return Entry(roles=roles, get=False, post=True, args=_of(name))


ENTRIES = {
    "employers:relation": Entry(roles=STAFF, args=_of("employer")),
    "employers:employer_sheet": Entry(roles=STAFF, args=_of("employer")),
    "employers:talk_new": Entry(roles=WRITERS, post=True, args=_of("employer")),
    "employers:talk_edit": Entry(roles=WRITERS, post=True, args=_of("talk")),
    "employers:talk_remove": _post("talk"),
    "employers:talk_restore": _post("talk"),
    "employers:reminder_new": Entry(roles=WRITERS, post=True, args=_of("employer")),
    "employers:reminder_edit": Entry(roles=WRITERS, post=True, args=_of("reminder")),
    "employers:reminder_done": Entry(
        roles=STAFF, get=False, post=True, args=_of("reminder"), ok=frozenset({200, 302, 403})
    ),
    "employers:reminder_reopen": Entry(
        roles=STAFF, get=False, post=True, args=_of("reminder"), ok=frozenset({200, 302, 403})
    ),
    "employers:agreement_list": Entry(roles=STAFF, args=_of("employer")),
    "employers:agreement_new": Entry(roles=WRITERS, post=True, args=_of("employer")),
    "employers:agreement": Entry(roles=STAFF, args=_of("agreement")),
    "employers:agreement_edit": Entry(roles=WRITERS, post=True, args=_of("agreement")),
    "employers:agreement_sign": Entry(roles=WRITERS, post=True, args=_of("agreement")),
    "employers:agreement_end": Entry(roles=WRITERS, post=True, args=_of("agreement")),
    "employers:agreement_back": Entry(
        roles=WRITERS, get=False, post=True, args=_of("agreement"), ok=frozenset({409})
    ),
    "employers:agreement_pdf": Entry(roles=STAFF, args=_of("agreement")),
    "employers:contribution_list": Entry(roles=STAFF, args=_of("employer")),
    "employers:contribution_new": Entry(roles=WRITERS, post=True, args=_of("employer")),
    "employers:contribution_edit": Entry(roles=WRITERS, post=True, args=_of("contribution")),
    "employers:contribution_remove": _post("contribution"),
    "employers:contribution_restore": _post("contribution"),
    "employers:ways": Entry(roles=STAFF),
    "employers:ways_export": Entry(roles=STAFF, post=True, ok=frozenset({200, 403})),
    "employers:relations_hand_over": Entry(roles=WRITERS, post=True),
    "employers:relations_take_back": Entry(roles=WRITERS, get=False, post=True),
}
