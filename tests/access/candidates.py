"""People, their files and their own page."""

from typing import Any

from buurtbaan.bureaus.enums import Role
from tests.access import STAFF, Entry
from tests.world import World

R = Role
MINE = frozenset({R.CANDIDATE})
LEADS = frozenset({R.MANAGER})


def _pk(world: World) -> dict[str, Any]:
    return {"pk": world.candidate.pk}


def _consent(world: World) -> dict[str, Any]:
    return {"pk": world.candidate.pk, "consent": world.consent.pk}


def _goal(world: World) -> dict[str, Any]:
    return {"pk": world.candidate.pk, "goal": world.goal.pk}


def _step(world: World) -> dict[str, Any]:
    return {"pk": world.candidate.pk, "step": world.step.pk}


def _slug(world: World) -> dict[str, Any]:
    return {"slug": world.bureau.slug}


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
    "candidates:plan": Entry(roles=STAFF, args=_pk),
    "candidates:plan_pdf": Entry(roles=STAFF, args=_pk),
    "candidates:goal_add": _act(),
    "candidates:goal_edit": Entry(roles=STAFF, post=True, args=_goal),
    "candidates:goal_end": Entry(roles=STAFF, get=False, post=True, args=_goal, data={"state": "reached"}),
    "candidates:goal_move": Entry(roles=STAFF, get=False, post=True, args=_goal),
    "candidates:step_add": Entry(roles=STAFF, post=True, args=_goal),
    "candidates:step_edit": Entry(roles=STAFF, post=True, args=_step),
    "candidates:step_remove": Entry(roles=STAFF, get=False, post=True, args=_step),
    "candidates:step_move": Entry(roles=STAFF, get=False, post=True, args=_step),
    "candidates:step_tick": Entry(roles=STAFF, get=False, post=True, args=_step),
    "candidates:step_untick": Entry(roles=STAFF, get=False, post=True, args=_step),
    "candidates:my_plan": Entry(roles=MINE),
    "candidates:my_plan_pdf": Entry(roles=MINE),
    "candidates:my_goal_add": Entry(roles=MINE, post=True),
    "candidates:my_goal_end": Entry(
        roles=MINE, get=False, post=True, args=lambda w: {"goal": w.goal.pk}, data={"state": "reached"}
    ),
    "candidates:my_step_add": Entry(roles=MINE, post=True, args=lambda w: {"goal": w.goal.pk}),
    "candidates:my_step_tick": Entry(roles=MINE, get=False, post=True, args=lambda w: {"step": w.step.pk}),
    "candidates:my_step_untick": Entry(roles=MINE, get=False, post=True, args=lambda w: {"step": w.step.pk}),
    "candidates:reassign": Entry(roles=STAFF, post=True),
    "candidates:reassign_undo": Entry(roles=STAFF, get=False, post=True),
    "candidates:handover_choose": Entry(roles=frozenset({R.MANAGER})),
    "candidates:handover": Entry(
        roles=frozenset({R.MANAGER}), post=True, args=lambda w: {"pk": w.members[R.COACH].pk}
    ),
    "candidates:caseload_export": Entry(roles=STAFF, post=True, ok=frozenset({200, 403})),
    "candidates:course": Entry(roles=STAFF, args=_pk),
    "candidates:wellbeing_add": _act(),
    "candidates:my_course": Entry(roles=MINE),
    "candidates:my_wellbeing": Entry(roles=MINE, post=True),
    "candidates:my_correction": Entry(roles=MINE, post=True),
    "candidates:my_consents": Entry(roles=MINE),
    "candidates:my_readings": Entry(roles=MINE),
    "candidates:signups": Entry(roles=STAFF),
    "candidates:signup_take": Entry(roles=STAFF, get=False, post=True, args=_pk, not_mine=STAFF),
    "candidates:join_poster": Entry(roles=STAFF),
    "joining:bureaus": Entry(roles="public"),
    "joining:join": Entry(roles="public", post=True, args=_slug),
    "joining:join_english": Entry(roles="public", post=True, args=_slug),
    "joining:thanks": Entry(roles="public", args=_slug),
    "candidates:my_card": Entry(roles=MINE, post=True),
    "candidates:my_card_pdf": Entry(roles=MINE),
    "candidates:card_pdf": Entry(roles=STAFF, args=_pk),
    "candidates:my_summary_pdf": Entry(roles=MINE),
    "candidates:summary_pdf": Entry(roles=STAFF, args=_pk),
    "candidates:correction_answer": Entry(
        roles=STAFF, post=True, args=lambda w: {**_pk(w), "correction": w.correction.pk}
    ),
    "candidates:my_data": Entry(roles=MINE),
    "candidates:my_data_json": Entry(roles=MINE),
    "candidates:my_data_pdf": Entry(roles=MINE),
    "candidates:leave": Entry(roles=MINE, post=True),
    "candidates:leave_not": Entry(roles=MINE, get=False, post=True),
    "candidates:departure": _act(),
    "candidates:data_json": Entry(roles=frozenset({R.COACH, R.MANAGER}), args=_pk),
    "candidates:data_pdf": Entry(roles=frozenset({R.COACH, R.MANAGER}), args=_pk),
    "candidates:retention": Entry(roles=LEADS),
    "candidates:retention_purge": Entry(roles=LEADS, post=True),
    "candidates:retention_rule": Entry(roles=LEADS, post=True),
    "candidates:retention_postpone": Entry(roles=LEADS, post=True, args=_pk),
}  # fmt: skip
