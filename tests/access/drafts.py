"""Drafts, and what waited for signing in: everybody's own."""

from typing import Any

from buurtbaan.bureaus.enums import Role
from tests.access import EVERYBODY, Entry
from tests.world import World

NOT_THEIRS = EVERYBODY - {Role.COACH}


def _draft(world: World) -> dict[str, Any]:
    return {"pk": world.draft.pk}


def _own(**more: Any) -> Entry:
    return Entry(roles="signed_in", get=False, post=True, **more)


ENTRIES = {
    "draft_save": _own(),
    "draft_token": Entry(roles="signed_in"),
    "draft_throw": _own(args=_draft, not_mine=NOT_THEIRS),
    "draft_back": _own(args=_draft, not_mine=NOT_THEIRS),
    "held_post": Entry(roles="signed_in"),
    "held_drop": _own(),
}
