"""Stories, success sheets, evidence for funds and the comparison between bureaus."""

from buurtbaan.bureaus.enums import Role
from tests.access import STAFF, Entry

R = Role
MANAGER, CANDIDATE = frozenset({R.MANAGER}), frozenset({R.CANDIDATE})
SIGNERS = frozenset({R.MANAGER, R.COACH})
STORY = {"roles": STAFF, "args": lambda w: {"pk": w.story.pk}}
SHEET = {"roles": MANAGER, "args": lambda w: {"pk": w.success_sheet.pk}}
EVIDENCE = {"args": lambda w: {"pk": w.evidence_sheet.pk}}
"""A draft is out of a coach's sight: 404."""

ENTRIES = {
    "impact:story_list": Entry(roles=STAFF),
    "impact:story_new": Entry(roles=STAFF, post=True, args=lambda w: {"candidate": w.candidate.pk}),
    "impact:story": Entry(**STORY),
    "impact:story_edit": Entry(**STORY, post=True),
    "impact:story_remove": Entry(**STORY, get=False, post=True),
    "impact:story_check": Entry(**STORY, post=True),
    "impact:story_ask": Entry(**STORY, post=True),
    "impact:story_ask_undo": Entry(
        roles=STAFF, args=lambda w: {"pk": w.story_consent.pk}, get=False, post=True
    ),
    "impact:story_link": Entry(**STORY, post=True),
    "impact:story_use": Entry(**STORY, post=True),
    "impact:my_stories": Entry(roles=CANDIDATE),
    "impact:my_story": Entry(roles=CANDIDATE, post=True, args=lambda w: {"pk": w.story.pk}),
    "impact:my_story_answer": Entry(
        roles=CANDIDATE,
        get=False,
        post=True,
        args=lambda w: {"pk": w.story_consent.pk},
        data={"answer": "yes"},
    ),
    "impact:success_list": Entry(roles=MANAGER),
    "impact:success_new": Entry(roles=MANAGER, post=True),
    "impact:success": Entry(**SHEET, ok=frozenset({200, 409})),
    "impact:success_issue": Entry(**SHEET, get=False, post=True),
    "impact:success_remove": Entry(**SHEET, get=False, post=True),
    "impact:success_pdf": Entry(**SHEET, ok=frozenset({200, 404})),
    "impact:evidence_list": Entry(roles=SIGNERS),
    "impact:evidence_new": Entry(roles=MANAGER, post=True),
    "impact:evidence": Entry(**EVIDENCE, roles=SIGNERS, not_mine=frozenset({R.COACH})),
    "impact:evidence_prepare": Entry(**EVIDENCE, roles=MANAGER, get=False, post=True),
    "impact:evidence_undo": Entry(**EVIDENCE, roles=MANAGER, get=False, post=True),
    "impact:evidence_sign": Entry(
        **EVIDENCE, roles=SIGNERS, get=False, post=True, not_mine=frozenset({R.COACH})
    ),
    "impact:evidence_withdraw": Entry(**EVIDENCE, roles=MANAGER, post=True),
    "impact:evidence_changes": Entry(**EVIDENCE, roles=MANAGER),
    "impact:evidence_remove": Entry(**EVIDENCE, roles=MANAGER, get=False, post=True),
    "impact:evidence_book": Entry(
        **EVIDENCE, roles=SIGNERS, get=False, post=True, ok=frozenset({200, 403, 409}), not_mine=SIGNERS
    ),
    "impact:network": Entry(roles=MANAGER),
    "impact:network_join": Entry(roles=MANAGER, get=False, post=True),
    "impact:network_leave": Entry(roles=MANAGER, get=False, post=True),
    "impact:network_book": Entry(roles=MANAGER, ok=frozenset({404})),
}
