"""People, their files and their own page."""

from typing import Any

from buurtbaan.bureaus.enums import Role
from tests.access import STAFF, Entry
from tests.world import World

R = Role
MINE = frozenset({R.CANDIDATE})


def _pk(world: World) -> dict[str, Any]:
    return {"pk": world.candidate.pk}


def _consent(world: World) -> dict[str, Any]:
    return {"pk": world.candidate.pk, "consent": world.consent.pk}


def _act(**more: Any) -> Entry:
    return Entry(roles=STAFF, post=True, args=_pk, **more)


ENTRIES = {
    "candidates:caseload": Entry(roles=STAFF),
    "candidates:search": Entry(roles=STAFF),
    "candidates:board": Entry(roles=STAFF),
    "candidates:board_move": Entry(roles=STAFF, get=False, post=True),
    "candidates:conversation_new": Entry(roles=STAFF, post=True),
    "candidates:doubles": Entry(roles=STAFF, get=False, post=True),
    "candidates:file": Entry(roles=STAFF, args=_pk),
    "candidates:timeline_page": Entry(roles=STAFF, args=_pk),
    "candidates:open_with_reason": _act(),
    "candidates:intake": Entry(roles=STAFF, args=_pk),
    "candidates:intake_step": Entry(roles=STAFF, post=True, args=lambda w: {**_pk(w), "slug": "dromen"}),
    "candidates:safety_remove": Entry(
        roles=frozenset({R.COACH}), get=False, post=True, args=lambda w: {**_pk(w), "remark": w.safety_remark.pk}
    ),
    "candidates:conversation_add": _act(),
    "candidates:details_edit": _act(),
    "candidates:stage_change": _act(),
    "candidates:measurement_add": _act(),
    "candidates:assign": _act(),
    "candidates:call_back": _act(),
    "candidates:close": _act(),
    "candidates:reopen": _act(),
    "candidates:consent_give": Entry(
        roles=STAFF, get=False, post=True, args=_pk, data={"purpose": "contact"}
    ),
    "candidates:consent_withdraw": Entry(roles=STAFF, get=False, post=True, args=_consent),
    "candidates:candidate_link": _act(),
    "candidates:my_file": Entry(roles=MINE),
    "candidates:my_consent_give": Entry(roles=MINE, get=False, post=True, data={"purpose": "contact"}),
    "candidates:my_consent_withdraw": Entry(
        roles=MINE, get=False, post=True, args=lambda w: {"consent": w.consent.pk}
    ),
    "candidates:my_correction": Entry(roles=MINE, post=True),
    "candidates:my_consents": Entry(roles=MINE),
    "candidates:my_readings": Entry(roles=MINE),
    "candidates:my_card": Entry(roles=MINE, post=True),
    "candidates:my_card_pdf": Entry(roles=MINE),
    "candidates:card_pdf": Entry(roles=STAFF, args=_pk),
    "candidates:correction_answer": Entry(
        roles=STAFF, post=True, args=lambda w: {**_pk(w), "correction": w.correction.pk}
    ),
}  # fmt: skip
